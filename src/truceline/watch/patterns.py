"""'Each time one advances there, the other attacks here': does one party's act follow another's more than by chance?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from truceline.kit.lags import Compared, Marks, adjust, compare_following, compare_lags
from truceline.model.series import Chain, Finding, Lag, Pattern
from truceline.vocab.rates import PatternTable
from truceline.watch.counting import ELSEWHERE, NOT_NAMED, NOT_TOLD, WITH_FORCES, Counted

SEED = 20160227


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doing:
    """One kind of act of one side: its name, the side, and the days by area."""

    name: str
    side: str
    marks: Marks

    @property
    def days(self) -> int:
        return int(self.marks.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A pair asked about, with what the turnings gave for following and for chains."""

    first: Doing
    then: Doing
    anywhere: bool
    following: Compared
    chains: Compared


def find_patterns(
    counted: Sequence[Counted], days: Sequence[date], table: PatternTable
) -> tuple[tuple[Pattern, ...], tuple[Chain, ...]]:
    """Every pair of two sides' most frequent acts of force, within areas and anywhere, the most striking first."""
    known = set(days)
    told = [each for each in counted if each.force and each.first == each.last and each.first in known]
    asked = [
        each
        for anywhere in (False, True)
        for each in ask_all(find_doings(told, days, table, anywhere=anywhere), table, anywhere=anywhere)
    ]
    chances = adjust([each.following.chance for each in asked])
    chained = adjust([each.chains.chance for each in asked])
    patterns = [pattern_of(each, chance, table) for each, chance in zip(asked, chances, strict=True)]
    chains = [chain_of(each, chance, table) for each, chance in zip(asked, chained, strict=True)]
    patterns = [
        replace(pattern, lags=find_lags(each, table)) if pattern.finding is Finding.MORE else pattern
        for pattern, each in zip(patterns, asked, strict=True)
    ]
    return (
        tuple(sorted(patterns, key=lambda each: (each.chance, each.first, each.then, each.anywhere))),
        tuple(sorted(chains, key=lambda each: (each.chance, each.first, each.response, each.anywhere))),
    )


def find_doings(told: Sequence[Counted], days: Sequence[date], table: PatternTable, *, anywhere: bool) -> list[Doing]:
    """What sides did of one kind on days enough, the most frequent; with `anywhere` all areas are one.

    `told` are acts of force, each on one of the days.
    """
    places = {day: at for at, day in enumerate(days)}
    named = [] if anywhere else sorted({each.area for each in told} - {NOT_TOLD, ELSEWHERE})
    areas = {area: at for at, area in enumerate(named)}
    shape = (max(len(areas), 1), len(days))
    found: defaultdict[tuple[str, str], Marks] = defaultdict(lambda: np.zeros(shape, dtype=np.bool_))
    for each in told:
        row = 0 if anywhere else areas.get(each.area)
        if row is None:
            continue
        for side in name_sides(each):
            found[side, each.kind][row, places[each.first]] = True
    doings = [Doing(name=f"{side}: {lower(kind)}", side=side, marks=marks) for (side, kind), marks in found.items()]
    doings = [each for each in doings if each.days >= table.least_days]
    return sorted(doings, key=lambda each: (-each.days, each.name))[: table.most_kinds]


def name_sides(each: Counted) -> Iterator[str]:
    """The parties with their forces where an act is told of one of them, else those named."""
    wide = [party for party in each.parties if party.endswith(WITH_FORCES)]
    yield from wide or (party for party in each.parties if party != NOT_NAMED)


def lower(kind: str) -> str:
    return kind[:1].lower() + kind[1:]


def ask_all(doings: Sequence[Doing], table: PatternTable, *, anywhere: bool) -> Iterator[Asked]:
    """Every pair of different sides; those that seem rare are asked again with more turnings."""
    for then in doings:
        firsts = [each for each in doings if each.side != then.side]
        if not firsts:
            continue
        told = dict(zip(firsts, compare(firsts, then, table, table.turnings), strict=True))
        rare = [each for each in firsts if min(found.chance for found in told[each]) < table.rare]
        if rare:
            told.update(zip(rare, compare(rare, then, table, table.many_turnings), strict=True))
        for first in firsts:
            following, chains = told[first]
            yield Asked(first=first, then=then, anywhere=anywhere, following=following, chains=chains)


def compare(firsts: Sequence[Doing], then: Doing, table: PatternTable, count: int) -> list[tuple[Compared, Compared]]:
    marks = [each.marks for each in firsts]
    return compare_following(marks, then.marks, within=table.within_days, count=count, seed=SEED)


def judge(found: Compared, adjusted: float, table: PatternTable) -> Finding:
    if adjusted <= table.false_share:
        return Finding.MORE
    # Where chance alone gives less than one, nothing is learnt from not finding more.
    return Finding.CANNOT_TELL if found.expected < 1 else Finding.NO_MORE


def pattern_of(each: Asked, adjusted: float, table: PatternTable) -> Pattern:
    found = each.following
    return Pattern(
        first=each.first.name,
        then=each.then.name,
        anywhere=each.anywhere,
        within_days=table.within_days,
        firsts=each.first.days,
        followed=found.count,
        expected=found.expected,
        low=found.low,
        high=found.high,
        chance=found.chance,
        adjusted=adjusted,
        finding=judge(found, adjusted, table),
    )


def chain_of(each: Asked, adjusted: float, table: PatternTable) -> Chain:
    found = each.chains
    return Chain(
        first=each.first.name,
        response=each.then.name,
        anywhere=each.anywhere,
        within_days=table.within_days,
        count=found.count,
        expected=found.expected,
        low=found.low,
        high=found.high,
        chance=found.chance,
        adjusted=adjusted,
        finding=judge(found, adjusted, table),
    )


def find_lags(each: Asked, table: PatternTable) -> tuple[Lag, ...]:
    lags = range(-table.lag_days, table.lag_days + 1)
    found = compare_lags(each.first.marks, each.then.marks, lags, count=table.turnings, seed=SEED)
    return tuple(
        Lag(days=lag, count=one.count, expected=one.expected, low=one.low, high=one.high)
        for lag, one in zip(lags, found, strict=True)
    )
