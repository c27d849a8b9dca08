"""What a later sentence of a report goes on about: 'Three civilians were wounded' names no place of its own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from truceline.fuse.cards import Card
from truceline.fuse.compare import Frame, agents, find_gap, kind, recipients, time
from truceline.fuse.policy import kinds, limits
from truceline.model.incident import Stance
from truceline.model.telling import Role

ALIKE = frozenset({"same", "same_seldom", "same_word", "fitting", "unstated"})
AT_ODDS = frozenset(
    {"differ", "differ_talks", "otherwise", "allies", "swapped", "apart", "aggregate", "hours_apart", "day_next"}
)
AGREEING = frozenset({"same", "part", "alike", "alike_closely", "alike_object", "same_object"})


def link_references(cards: Sequence[Card], frame: Frame) -> list[Card]:
    """The cards in their order, each elliptic one with the claim it refers to."""
    reports: defaultdict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if not card.row:
            reports[card.telling.document].append(card)
    found: dict[str, str] = {}
    for told in reports.values():
        told.sort(key=lambda each: (each.telling.span, each.telling.claim))
        for at, card in enumerate(told):
            if is_elliptic(card):
                antecedent = find_antecedent(card, (*reversed(told[:at]), *told[at + 1 :]), frame)
                if antecedent is not None:
                    found[card.telling.claim] = antecedent.telling.claim
    return [refer(each, found.get(each.telling.claim)) for each in cards]


def refer(card: Card, claim: str | None) -> Card:
    return card if card.refers_to == claim else replace(card, refers_to=claim)


def is_elliptic(card: Card) -> bool:
    """It names no place, so that the reader must know it from elsewhere."""
    return card.telling.place is None and card.group == "material"


def find_antecedent(card: Card, others: Iterable[Card], frame: Frame) -> Card | None:
    """The nearest claim before it, else after it, that it can go on about: same kind, nobody and no time at odds.

    An answer ('the army retaliated') is another act than the one before it.
    """
    if card.words & kinds().answers:
        return None
    return next((other for other in others if can_refer(card, other, frame)), None)


def can_refer(card: Card, other: Card, frame: Frame) -> bool:
    if other.stance is Stance.DENIES or is_bare(other) or find_gap(card, other) > limits()["passage"]:
        return False
    if kind(card, other, frame) not in ALIKE or time(card, other, frame) in AT_ODDS:
        return False
    if is_rival_voice(card, other):
        return False
    acting, struck = agents(card, other, frame), recipients(card, other, frame)
    if card.stance is Stance.DENIES:
        # Nobody denies what he has just said, and a denial names whose act or which target it means.
        return card.telling.chain != other.telling.chain and bool({acting, struck} & AGREEING)
    return acting not in AT_ODDS and struck not in AT_ODDS


def is_rival_voice(card: Card, other: Card) -> bool:
    """Two speakers each tell of an act with its means and of another target: 'shells fell on the road, a man said'."""
    if card.telling.chain == other.telling.chain or " " not in card.kind:
        return False
    return bool(card.recipient_words and other.recipient_words) and not card.recipient_words & other.recipient_words


def is_bare(card: Card) -> bool:
    """A mention that tells nothing of its own: no place, nobody, no toll ('the strikes', 'such attacks')."""
    told = (*card.telling.agents, *card.telling.recipients)
    return is_elliptic(card) and card.killed is None and not card.agents and not any(is_content(each) for each in told)


def is_content(role: Role) -> bool:
    words = role.words.casefold().split()
    return role.actor is not None or any(each.isalpha() and each not in kinds().pronouns for each in words)


def is_anchored(card: Card, frame: Frame) -> bool:
    """It can stand alone: a place narrower than a country, or an actor known by name; talks need those who talk."""
    if card.group == "tally" or any(not frame.registry.vague(each) for each in card.agents | card.recipients):
        return True
    placed = card.unplaced or (card.where is not None and not card.where.vast)
    return placed and (card.group == "material" or bool(card.agent_words or card.recipient_words))
