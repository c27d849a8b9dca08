"""Incidents that may be one act, and incidents that may be several: both read off the scores that fusing joins by."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from truceline.fuse.block import Block, lay_block
from truceline.fuse.cards import Card, lay_out
from truceline.fuse.columns import Ints
from truceline.fuse.compare import Frame, compare
from truceline.fuse.links import Links, find_links
from truceline.fuse.policy import weights
from truceline.fuse.refresh import frame_of
from truceline.fuse.worthy import find_bar
from truceline.model.assessment import Verdict
from truceline.model.decision import Decision
from truceline.model.incident import Incident
from truceline.model.review import ItemKind
from truceline.model.ruling import Proposal, Ruling
from truceline.model.telling import Telling
from truceline.review.holdings import Holdings, counted, lives, name_tellers
from truceline.review.items import REJECTED, Item, Option, name_item
from truceline.review.policy import Stakes, chance_of, policy, weigh

NEIGHBOURS = 3  # pairs an incident is asked about at the most, the likeliest first


@dataclass(frozen=True, slots=True)
class Scored:
    """Cards with the incident each is in (by number), and the pairs of them that may be of one act."""

    block: Block
    homes: tuple[str, ...]
    home_of: Ints
    links: Links

    @property
    def cards(self) -> Sequence[Card]:
        return self.block.cards

    def homes_of(self, link: int) -> tuple[int, int]:
        """The numbers of the two incidents that a pair lies in."""
        return int(self.home_of[self.links.low[link]]), int(self.home_of[self.links.high[link]])


def score_tellings(holdings: Holdings) -> Scored:
    """Every pair of tellings within the register that comes near to a join, with its score."""
    homes, cards, home_of = list[str](), list[Card](), list[int]()
    for incident, told in holdings.told.items():
        able = [each for each in told if find_bar(each) is None]
        home_of += [len(homes)] * len(able)
        cards += map(lay_out, able)
        homes.append(incident)
    block = lay_block(cards, frame_of(holdings.view.mission))
    least = weights()["decision", "join"].weight - policy()["duplicate"]["near"]["log_odds"]
    links = find_links(block, least=least) if cards else Links(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0))
    return Scored(block, tuple(homes), np.array(home_of, dtype=np.int64), links)


# ---- may be one


def find_duplicates(holdings: Holdings, scored: Scored) -> Iterator[Item]:
    """Pairs of incidents that come near to a join, or are held apart by a contradiction alone."""
    asked: Counter[int] = Counter()
    for first in best_across(scored):
        one, other = scored.homes_of(first)
        if asked[one] >= NEIGHBOURS or asked[other] >= NEIGHBOURS:
            continue
        item = ask_whether_one(holdings, scored, first)
        if item is not None:
            asked[one] += 1
            asked[other] += 1
            yield item


def best_across(scored: Scored) -> list[int]:
    """For every two incidents that links join the strongest of these, the strongest first."""
    low, high = scored.home_of[scored.links.low], scored.home_of[scored.links.high]
    across = np.flatnonzero(low != high)
    named = np.minimum(low, high)[across] * len(scored.homes) + np.maximum(low, high)[across]
    _named, first = np.unique(named, return_index=True)
    return np.sort(across[first]).tolist()  # type: ignore[no-any-return]


def ask_whether_one(holdings: Holdings, scored: Scored, link: int) -> Item | None:
    cards = scored.cards[scored.links.low[link]], scored.cards[scored.links.high[link]]
    one, other = (holdings.incidents[scored.homes[each]] for each in scored.homes_of(link))
    one, other = sorted((one, other), key=lambda each: each.id)
    ours, theirs = (tuple(each.claim for each in holdings.told[home.id]) for home in (one, other))
    score = float(scored.links.score[link])
    reopened = ""
    if holdings.decided.parts(frozenset(ours), frozenset(theirs)):
        reopened = find_new_likeness(holdings, cards, score, (ours, theirs))
        if not reopened:
            return None
    joins = score >= weights()["decision", "join"].weight
    chance = policy()["duplicate"]["odds_only"]["chance"] if joins else chance_of(score)
    told = "a contradiction keeps them apart, the likeness would join them" if joins else "the likeness is too small"
    because = f"the two closest tellings have log-odds {score:.1f} of one act"
    weight = weigh(stakes_of_one(holdings, one, other), chance, because)
    return Item(
        id=name_item(ItemKind.DUPLICATE, one.id, other.id),
        kind=ItemKind.DUPLICATE,
        question=f"One act? {describe(holdings, one)} — and {describe(holdings, other)}",
        proposal=Proposal(
            value=Ruling.DIFFERENT.value,
            words=f"two acts: {told}",
            reasons=list_evidence(*cards, scored.block.frame),
            runners_up=(f"{Ruling.SAME.value}: one act",),
        ),
        options=(
            Option(key="a", words="accept: two acts", ruling=Ruling.CONFIRM, about=Ruling.DIFFERENT),
            Option(key="m", words="merge: one act", ruling=Ruling.SAME),
        ),
        incidents=(one.id, other.id),
        claims=ours,
        others=theirs,
        chance=round(chance, 3),
        weight=weight.amount,
        weight_reason=weight.reason,
        reopened=reopened,
    )


def list_evidence(one: Card, other: Card, frame: Frame) -> tuple[str, ...]:
    """What speaks for one act and what against it, the strongest first, that most pairs are none among it."""
    prior = weights()["decision", "prior"]
    weighed = [each for each in compare(one, other, frame).evidence if each.weight]
    weighed.sort(key=lambda each: (-abs(each.weight), each.feature))
    told = ((each.weight > 0, each.reason.rstrip(".")) for each in (*weighed, prior))
    return tuple(f"{'for' if speaks_for else 'against'} one act: {reason}" for speaks_for, reason in told)


def find_new_likeness(
    holdings: Holdings,
    cards: tuple[Card, Card],
    score: float,
    sides: tuple[tuple[str, ...], tuple[str, ...]],
) -> str:
    """What came since a person called them two acts and would join them; "" where nothing did."""
    decision = latest_between(holdings, *sides)
    if decision is None or score < weights()["decision", "join"].weight:
        return ""
    seen = {*decision.claims, *decision.others}
    new = [each.telling.claim for each in cards if each.telling.claim not in seen]
    if not new:
        return ""
    return f"called two acts on {decision.at:%Y-%m-%d}; since then {' and '.join(new)} came in, which fits both"


def latest_between(holdings: Holdings, ours: Sequence[str], theirs: Sequence[str]) -> Decision | None:
    """The latest decision that holds on a pair of claims across both sides."""
    pairs = (holdings.decided.why.get(frozenset((one, other))) for one in ours for other in theirs)
    return max((each for each in pairs if each is not None), key=lambda each: (each.at, each.id), default=None)


def stakes_of_one(holdings: Holdings, one: Incident, other: Incident) -> Stakes:
    verdicts = [holdings.assessments[each.id].verdict for each in (one, other) if each.id in holdings.assessments]
    waiting = {Verdict.INSUFFICIENT, Verdict.ALLEGED}
    moved = len(set(verdicts)) > 1 or (set(verdicts) <= waiting and not shares_origin(one, other))
    return Stakes(
        incidents=1,
        claims=min(len(holdings.told[one.id]), len(holdings.told[other.id])),
        origins=0 if shares_origin(one, other) else min(len(one.origins), len(other.origins)),
        deaths=min(lives(one), lives(other)),
        verdicts=int(bool(verdicts) and moved),
    )


def shares_origin(one: Incident, other: Incident) -> bool:
    return not {each.id for each in one.origins}.isdisjoint(each.id for each in other.origins)


def describe(holdings: Holdings, incident: Incident) -> str:
    """“Shelling in Aleppo, 3 May 2016” (2 tellings: sana, sohr; 5 dead)"""
    told = holdings.told[incident.id]
    dead = f"; at least {lives(incident)} dead" if lives(incident) else ""
    return f"“{incident.title}” ({counted(len(told), 'telling')}: {name_tellers(told)}{dead})"


# ---- may be several


@dataclass(slots=True)
class Forest:
    """Cards joined by the strongest links that hold them together, and the last link taken of each incident."""

    parent: dict[int, int] = field(default_factory=dict)
    taken: dict[int, list[tuple[int, int, float]]] = field(default_factory=dict)

    def root(self, at: int) -> int:
        while self.parent.setdefault(at, at) != at:
            self.parent[at] = self.parent[self.parent[at]]
            at = self.parent[at]
        return at

    def join(self, home: int, one: int, other: int, score: float) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self.parent[first] = second
            self.taken.setdefault(home, []).append((one, other, score))


def find_loose(holdings: Holdings, scored: Scored) -> Iterator[Item]:
    """Incidents whose parts hang together by a link little stronger than the least that joins."""
    join = weights()["decision", "join"].weight
    loosest = join + policy()["incident"]["loose"]["log_odds"]
    forest = Forest()
    low, high = scored.links.low, scored.links.high
    for at in np.flatnonzero((scored.home_of[low] == scored.home_of[high]) & (scored.links.score >= join)).tolist():
        forest.join(int(scored.home_of[low[at]]), int(low[at]), int(high[at]), float(scored.links.score[at]))
    for home, taken in forest.taken.items():
        if taken[-1][2] < loosest:
            item = ask_whether_several(holdings, scored, home, taken)
            if item is not None:
                yield item


def find_side(start: int, links: Sequence[tuple[int, int, float]]) -> set[int]:
    """The cards that links join to one."""
    side, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        near = {there if here == at else here for here, there, _ in links if at in (here, there)} - side
        side |= near
        waiting += near
    return side


def ask_whether_several(
    holdings: Holdings, scored: Scored, home: int, taken: Sequence[tuple[int, int, float]]
) -> Item | None:
    """The two parts that the weakest link holds together; None where a person said that they are one act."""
    one, other, score = taken[-1]
    sides = [
        tuple(sorted(scored.cards[at].telling.claim for at in find_side(start, taken[:-1]))) for start in (one, other)
    ]
    smaller, larger = sorted(sides, key=lambda each: (len(each), each))
    if latest_between(holdings, smaller, larger) is not None or is_called_one(holdings, smaller, larger):
        return None
    incident = holdings.incidents[scored.homes[home]]
    told = {each.claim: each for each in holdings.told[incident.id]}
    chance = 1 - chance_of(score)
    stakes = stakes_of_several(incident, [told[each] for each in smaller], assessed=incident.id in holdings.assessments)
    weight = weigh(stakes, chance, f"the closest two across both parts have log-odds {score:.1f}")
    quotes = " / ".join(shorten(told[each].quote) for each in smaller[:2])
    return Item(
        id=name_item(ItemKind.INCIDENT, incident.id),
        kind=ItemKind.INCIDENT,
        question=f"All of one act? {describe(holdings, incident)}; "
        f"loosely joined to it: {counted(len(smaller), 'telling')}, {quotes}",
        proposal=Proposal(
            value=Ruling.SAME.value,
            words="one act",
            reasons=list_evidence(scored.cards[one], scored.cards[other], scored.block.frame),
            runners_up=(f"{Ruling.DIFFERENT.value}: two acts",),
        ),
        options=(
            Option(key="a", words="accept: one act", ruling=Ruling.CONFIRM, about=Ruling.SAME),
            Option(key="s", words="split: two acts", ruling=Ruling.DIFFERENT),
            replace(REJECTED, words="the loosely joined is misread: it tells of no incident"),
        ),
        incidents=(incident.id,),
        claims=smaller,
        others=larger,
        chance=round(chance, 3),
        weight=weight.amount,
        weight_reason=weight.reason,
    )


def is_called_one(holdings: Holdings, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """A decision holds claims of both sides together, though through another claim."""
    same = (each for each in holdings.decided.why.values() if each.holds is Ruling.SAME)
    held = [frozenset((*each.claims, *each.others)) for each in same]
    return any(not each.isdisjoint(ours) and not each.isdisjoint(theirs) for each in held)


def stakes_of_several(incident: Incident, smaller: Sequence[Telling], *, assessed: bool) -> Stakes:
    claims = {each.claim for each in smaller}
    dead = [each.harm.killed.low or 0 for each in smaller if each.harm is not None and each.harm.killed is not None]
    return Stakes(
        incidents=1,
        claims=len(smaller),
        origins=sum(set(each.claims) <= claims for each in incident.origins),
        deaths=max(dead, default=0),
        verdicts=int(assessed),
    )


def shorten(words: str, most: int = 110) -> str:
    told = " ".join(words.split())
    return f"“{told}”" if len(told) <= most else f"“{told[: most - 1].rsplit(' ', 1)[0]} …”"
