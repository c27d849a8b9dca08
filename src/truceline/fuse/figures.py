"""What a telling says of the killed and the hurt, as ranges that can be held against each other.

Figures are compared like with like: all of those told, or one part of them ('three of them children'). A part
bounds the whole from below and says nothing more of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from truceline.fuse.cards import Card
from truceline.fuse.disputed import disputed
from truceline.kit.numerals import NUMERAL, parse_numeral
from truceline.model.quantity import Range, Status, StatusCount

# Some of the people told, whoever the others are. Fighters and civilians are told as a side's whole loss.
PARTS = frozenset({Status.CHILD, Status.WOMAN, Status.MEDIC, Status.JOURNALIST, Status.AID_WORKER})
# Losses of one side say nothing of the other's.
SIDES = frozenset({Status.FIGHTER, Status.SOLDIER, Status.POLICE})
ALL = "all"

HEDGED = re.compile(rf"\b(?P<hedge>[a-z]+(?: [a-z]+)?)\s+(?P<number>{NUMERAL})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of which part one telling gives; `part` is ALL or a status, `side` whose loss it is where told."""

    card: Card
    part: str
    told: Range
    side: str = ""


def may_differ(cards: Sequence[Card], what: str) -> bool:
    """Whether figures of one part do not all meet as they are told: how they are hedged only widens them."""
    told: defaultdict[str, list[Range]] = defaultdict(list)
    for card in cards:
        harm = card.telling.harm
        total: Range | None = getattr(harm, what) if harm is not None else None
        if total is not None:
            told[ALL].append(total)
            for each in getattr(harm, f"{what}_by"):
                told[each.status].append(each.count)
    return any(len(counts) > 1 and not have_in_common(counts) for counts in told.values())


def have_in_common(counts: Sequence[Range]) -> bool:
    """One number at least lies within all of them."""
    highs = [each.high for each in counts if each.high is not None]
    return not highs or max(each.low or 0 for each in counts) <= min(highs)


def find_figures(cards: Sequence[Card], what: str) -> list[Figure]:
    """Every figure of the killed or the injured, those that are replaced later left out."""
    found = [figure for card in cards for figure in figures_of(card, what)]
    return [kept for each in found if (kept := as_held(each, found)) is not None]


def figures_of(card: Card, what: str) -> Iterable[Figure]:
    harm = card.telling.harm
    total: Range | None = getattr(harm, what) if harm is not None else None
    if harm is None or total is None:
        return
    by_status: Sequence[StatusCount] = getattr(harm, f"{what}_by")
    exact = loosen(total, card.telling.quote)
    side = next((each.status for each in by_status if each.status in SIDES), None)
    whole = next((each for each in by_status if each.status in PARTS and is_whole(each.count, total)), None)
    yield Figure(card, ALL, at_least(exact) if whole is not None else exact, side if side is not None else "")
    partial = disputed().partial.search(card.telling.quote) is not None
    for each in by_status:
        if each.status in PARTS | SIDES:
            count = loosen(each.count, card.telling.quote)
            yield Figure(card, each.status, at_least(count) if partial and not is_whole(each.count, total) else count)


def is_whole(part: Range, total: Range) -> bool:
    return part == total


def at_least(told: Range) -> Range:
    return Range(low=told.low, high=None)


@lru_cache(maxsize=4096)
def loosen(told: Range, quote: str) -> Range:
    """'About 20' leaves room on both sides; a count still going on leaves it above."""
    if disputed().open.search(quote):
        return at_least(told)
    if told.low is None or told.low != told.high:
        return told
    for each in HEDGED.finditer(quote):
        if parse_numeral(each["number"]) == told.low and is_hedge(each["hedge"]):
            slack = max(disputed().slack_least, round(disputed().slack_share * told.low))
            return Range(low=max(0, told.low - slack), high=told.low + slack)
    return told


def is_hedge(words: str) -> bool:
    folded = words.casefold()
    return folded in disputed().hedged or folded.rpartition(" ")[2] in disputed().hedged


def as_held(figure: Figure, others: Sequence[Figure]) -> Figure | None:
    """The figure as it still stands: None where its own voice replaced it, a lower bound where the toll grew."""
    for other in others:
        if not is_later(other.card, figure.card) or other.part != figure.part:
            continue
        if (
            voice_of(other.card) == voice_of(figure.card)
            and other.card.telling.document != figure.card.telling.document
        ):
            return None
        updates = disputed().updated.search(other.card.telling.quote) is not None
        if updates and (other.told.low or 0) >= (figure.told.low or 0):
            return replace(figure, told=at_least(figure.told))
    return figure


def is_later(card: Card, than: Card) -> bool:
    later, earlier = card.telling.published_at, than.telling.published_at
    return later is not None and earlier is not None and later > earlier


def voice_of(card: Card) -> str:
    """Who says it: the innermost speaker where one is named, else the publisher's family."""
    named = [each.actor or each.words.casefold() for each in card.telling.chain if each.actor or each.words]
    return named[-1] if named else card.telling.family


def are_apart(one: Figure, two: Figure) -> bool:
    """Two speakers' figures of the same people whose ranges do not meet."""
    if one.part != two.part or is_same_voice(one.card, two.card):
        return False
    if one.part == ALL and one.side and two.side and one.side != two.side:
        return False
    return do_not_meet(one.told, two.told)


def is_same_voice(one: Card, two: Card) -> bool:
    return one.telling.document == two.telling.document and voice_of(one) == voice_of(two)


def do_not_meet(one: Range, two: Range) -> bool:
    over = two.high is not None and (one.low or 0) > two.high
    under = one.high is not None and (two.low or 0) > one.high
    return over or under
