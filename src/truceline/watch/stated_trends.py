"""Statements about trends, parsed to the tests that would show them true or false."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from truceline.kit.sentences import find_sentences
from truceline.model.span import Span
from truceline.model.trend import Course, Days, Rough, StatedTrend, TrendKind
from truceline.vocab.trends import ROW_MARK, TIME_MARK, Countable, TrendPattern, TrendTable
from truceline.watch.stated_actors import Names, find_doer
from truceline.watch.stated_days import Clock, Role, TimeWords, find_times, last_calendar, this_calendar

COMPARES = re.compile(
    r"\b(?:than|as|from|with|to|versus|against|over|was|were)\W*(?:in |on |during |over |for |the )*$", re.IGNORECASE
)
SUBJECT_UNIT = re.compile(
    r"\W*(?:the|this|that|last) (day|night|week|month|year)\b(?= (?:saw|was|brought|has))", re.IGNORECASE
)
RANK_REACH = 25  # letters that a rank is worth
RANK_NEAR = 8  # of these kinds, which are mostly of acts: casualties stand beside them by the way
SUM_REACH = 30
TO_A_SUM = re.compile(
    r"\b(?:to (?:[a-z]+ ){0,2}\d|in the number of )|^ (?:the )?(?:civilian )?(?:death )?toll\b", re.IGNORECASE
)
ABOUT_ACTS = {TrendKind.DIRECTION, TrendKind.RESUMPTION, TrendKind.FREQUENCY}
REACHING = {Role.SINCE, Role.REACH, Role.CALENDAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """What statements are parsed with."""

    table: TrendTable
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause with its words of time masked, and what it counts, the best first."""

    words: str
    start: int
    times: tuple[TimeWords, ...]
    counted: tuple[tuple[Countable, re.Match[str]], ...]


def find_trends(text: str, document: str, clock: Clock, listening: Listening) -> Iterator[StatedTrend]:
    """Every trend that a text states; its spans index `text`."""
    if not listening.table.hint.search(text):
        return
    for start, end in find_sentences(text):
        sentence = text[start:end]
        for trend, span in parse_trends(sentence, clock, listening):
            yield replace(
                trend, document=document, span=Span(start + span[0], start + span[1]), words=" ".join(sentence.split())
            )


def parse_trends(sentence: str, clock: Clock, listening: Listening) -> Iterator[tuple[StatedTrend, tuple[int, int]]]:
    """The trends that one sentence states, each with the offsets of its clause."""
    table = listening.table
    if not table.hint.search(sentence) or table.void.search(sentence):
        return
    for clause in find_clauses(" ".join(sentence.split()) if "\n" in sentence else sentence, clock, table):
        trend = parse_clause(clause, clock, listening)
        if trend is not None:
            yield trend, (clause.start, clause.start + len(clause.words))


def find_clauses(sentence: str, clock: Clock, table: TrendTable) -> Iterator[Clause]:
    cuts = [0, *(match.end() for match in table.cuts.finditer(sentence)), len(sentence)]
    for start, end in pairwise(cuts):
        words = sentence[start:end]
        times = tuple(find_times(words, clock))
        masked = mask(words, times)
        counted = sorted(
            ((each, match) for each in table.countables for match in each.pattern.finditer(masked)),
            key=lambda found: (-found[0].rank, found[1].start()),
        )
        yield Clause(words=masked, start=start, times=times, counted=tuple(drop_inner(counted)))


def drop_inner(
    counted: list[tuple[Countable, re.Match[str]]],
) -> Iterator[tuple[Countable, re.Match[str]]]:
    """Without words that stand inside longer ones: 'attacks' in 'mortar attacks', 'bomb' in 'car bomb'."""
    for countable, match in counted:
        if not any(
            other.start() <= match.start() and match.end() <= other.end() and len(other[0]) > len(match[0])
            for _, other in counted
        ):
            yield countable, match


def mask(words: str, times: tuple[TimeWords, ...]) -> str:
    for each in times:
        mark = ROW_MARK if each.role is Role.ROW else TIME_MARK
        words = words[: each.start] + mark * (each.end - each.start) + words[each.end :]
    return words


def parse_clause(clause: Clause, clock: Clock, listening: Listening) -> StatedTrend | None:
    """The first pattern that fits the clause and has the days it needs."""
    table = listening.table
    if not clause.counted:
        return None
    for pattern in table.patterns:
        match = find_pattern(clause.words, pattern)
        if match is None or table.void_before.search(clause.words[: match.start()]):
            continue
        if pattern.kind is TrendKind.DIRECTION and is_sum(clause, match, table):
            continue
        if pattern.kind in {TrendKind.RATIO, TrendKind.DIRECTION} and is_of_another(clause, match, table):
            continue
        days, against = settle_days(clause, pattern, clock)
        if not has_needed(clause, pattern, match, days):
            continue
        trend = fill(pattern, match, clause, table)
        if trend is None:
            continue
        countable, counted = choose_counted(clause, match, pattern.kind)
        return replace(
            trend,
            published_on=clock.today,
            counted=countable.name,
            by=find_doer(clause.words, counted.span(), listening.names, others_of(clause, countable)),
            days=days,
            against=against,
        )
    return None


def find_pattern(words: str, pattern: TrendPattern) -> re.Match[str] | None:
    if pattern.only is not None and not pattern.only.search(words):
        return None
    return pattern.pattern.search(words)


def choose_counted(clause: Clause, match: re.Match[str], kind: TrendKind) -> tuple[Countable, re.Match[str]]:
    """What stands nearest to the words of the trend, a higher rank making up for a distance."""

    reach = RANK_NEAR if kind in ABOUT_ACTS else RANK_REACH

    def cost(each: tuple[Countable, re.Match[str]]) -> tuple[int, int]:
        countable, found = each
        behind = max(found.start() - match.end(), 0)
        distance = max(behind + 10 * (behind > 0), match.start() - found.end(), 0)
        # 'Such an attack' points to a word that says more.
        vague = countable.rank == 1 and clause.words[: found.start()].rstrip().endswith(("such", "such an", "such a"))
        return distance - (0 if vague else reach * countable.rank) + 100 * vague, found.start()

    return min(clause.counted, key=cost)


def others_of(clause: Clause, countable: Countable) -> list[int]:
    """Where the clause has what is not counted: a subject before such is the doer of that."""
    return [found.start() for each, found in clause.counted if each is not countable and each.rank > 1]


def is_sum(clause: Clause, match: re.Match[str], table: TrendTable) -> bool:
    """'The toll has risen to 145': a sum can only grow."""
    if table.down.search(match[0]):
        return False
    ahead, behind = clause.words[: match.start()], clause.words[match.end() : match.end() + SUM_REACH]
    return table.sums.search(ahead) is not None or TO_A_SUM.search(behind) is not None


def is_of_another(clause: Clause, match: re.Match[str], table: TrendTable) -> bool:
    """'Prices have doubled since the shelling': what grows is not what the register counts."""
    ahead = clause.words[: match.start()]
    other = [each.end() for each in table.other_subjects.finditer(ahead)]
    counted = [each.start() for _, each in clause.counted if each.end() <= match.end()]
    behind = table.other_subjects.search(clause.words, match.end(), match.end() + 25)
    if behind is not None and not any(match.end() <= each.start() < behind.start() for _, each in clause.counted):
        return True
    return bool(other) and (not counted or max(counted) < max(other))


def has_needed(clause: Clause, pattern: TrendPattern, match: re.Match[str], days: Days | None) -> bool:
    roles = {each.role for each in clause.times}
    match pattern.needs:
        case "days":
            return days is not None or match.groupdict().get("unit") is not None
        case "since":
            return days is not None and bool(roles & {Role.SINCE, Role.REACH, Role.VAGUE, Role.PAUSE})
        case "pause":
            return Role.PAUSE in roles
        case "window":
            return days is not None and bool(roles & REACHING)
        case "reach":
            return bool(roles & {*REACHING, Role.ROW, Role.VAGUE}) or (
                "unit" in match.groupdict() and match["unit"] is not None
            )
        case _:
            return True


def settle_days(clause: Clause, pattern: TrendPattern, clock: Clock) -> tuple[Days | None, Days | None]:
    """What the statement is about, and what it is set against."""
    base = next((each for each in clause.times if is_base(clause, each, pattern)), None)
    main = choose_main([each for each in clause.times if each is not base], pattern.kind)
    days = None if main is None else main.days
    if main is not None:
        days = shift(main, clause, clock)
        if pattern.kind is TrendKind.RESUMPTION and main.role is not Role.PAUSE:
            days = until_eve(days, clock)
    if base is None:
        # The one before may lie anywhere in what 'since' names.
        return days, None if main is None or pattern.kind is not TrendKind.FIRST_SINCE else main.boundary
    if base.role is Role.BEFORE:
        return days, None if days is None else equal_before(days)
    if days is None and base.days is not None:
        days = same_unit_now(base.days, clock)
    return days, base.days


def is_base(clause: Clause, time: TimeWords, pattern: TrendPattern) -> bool:
    if pattern.kind not in {TrendKind.RATIO, TrendKind.DIRECTION}:
        return False
    if time.role is Role.BEFORE:
        return True
    if time.role is not Role.CALENDAR:
        return False
    ahead = clause.words[: time.start]
    if COMPARES.search(ahead):
        return True
    # 'from 20 last week to five this week'
    return re.search(r"\bfrom [\w-]+ (?:[\w-]+ )?$", ahead) is not None


def choose_main(times: list[TimeWords], kind: TrendKind) -> TimeWords | None:
    order = {
        TrendKind.RESUMPTION: (Role.PAUSE, Role.SINCE, Role.REACH),
        TrendKind.FIRST_SINCE: (Role.SINCE, Role.REACH, Role.VAGUE, Role.PAUSE),
        TrendKind.FREQUENCY: (Role.ROW, Role.SINCE, Role.REACH, Role.CALENDAR),
        TrendKind.COUNT: (Role.SINCE, Role.REACH, Role.CALENDAR),
        TrendKind.RECORD: (Role.SINCE, Role.REACH, Role.VAGUE, Role.CALENDAR, Role.ROW, Role.DAY),
    }.get(kind, (Role.SINCE, Role.REACH, Role.CALENDAR, Role.ROW, Role.DAY))
    for role in order:
        for each in times:
            if each.role is role:
                return each
    return None


def shift(main: TimeWords, clause: Clause, clock: Clock) -> Days | None:
    """Rows and pauses end with the day told, where one is; a pause told by 'since' ends before it as well."""
    days = main.days
    told = next((each.days for each in clause.times if each.role is Role.DAY and each is not main), None)
    if days is None or days.last is None or told is None or told.last is None:
        return days
    if main.role not in {Role.ROW, Role.PAUSE}:
        return days
    move = clock.today - told.last
    return Days(first=days.first - move, last=days.last - move)


def until_eve(days: Days | None, clock: Clock) -> Days | None:
    """What had been so 'since Monday' was so until the day before it was told."""
    eve = clock.today - timedelta(days=1)
    return None if days is None or days.first > eve else Days(first=days.first, last=eve)


def equal_before(days: Days) -> Days:
    assert days.last is not None
    span = days.last - days.first + timedelta(days=1)
    return Days(first=days.first - span, last=days.last - span)


def same_unit_now(base: Days, clock: Clock) -> Days | None:
    """'Compared with last week' is of this week."""
    for unit in ("week", "month", "year"):
        if base == last_calendar(unit, clock.today):
            return this_calendar(unit, clock.today)
    return None


def fill(pattern: TrendPattern, match: re.Match[str], clause: Clause, table: TrendTable) -> StatedTrend | None:
    """The trend with its figures; None where the words have none that makes a test."""
    blank = StatedTrend(
        document="",
        span=Span(0, len(clause.words)),
        words=clause.words,
        published_on=date.min,
        kind=pattern.kind,
        counted="",
        course=pattern.course,
        largely=pattern.largely,
    )
    groups = {name: words for name, words in match.groupdict().items() if words is not None}
    groups["rough"] = find_rough(clause.words, match, groups, table)
    match pattern.kind:
        case TrendKind.RATIO:
            return fill_ratio(blank, groups, clause, table)
        case TrendKind.COUNT:
            return fill_count(blank, groups, table)
        case TrendKind.FREQUENCY:
            return fill_frequency(blank, groups, table)
        case TrendKind.RECORD:
            unit = groups.get("unit") or PER.get(groups.get("every", "")) or find_subject_unit(clause.words, match)
            return replace(blank, unit=unit.casefold() if unit else None)
        case _:
            return blank


FIGURES = ("value", "count", "fold", "part", "percent", "every", "unit")


def find_rough(words: str, match: re.Match[str], groups: dict[str, str], table: TrendTable) -> str:
    """'More than' and the like right before the figure; "" where nothing is."""
    at = next((match.start(name) for name in FIGURES if name in groups), match.start())
    for start in (at, match.start()):
        found = table.rough_before.search(words[:start])
        if found is not None:
            return found[1].casefold()
    return ""


def find_subject_unit(words: str, match: re.Match[str]) -> str | None:
    """'The week saw the lowest number': the unit that sets the record stands as the subject."""
    found = SUBJECT_UNIT.match(words)
    return found[1] if found and found.end() <= match.start() else None


def fill_ratio(blank: StatedTrend, groups: dict[str, str], clause: Clause, table: TrendTable) -> StatedTrend | None:
    rough = table.rough.get(groups.get("rough", "").casefold(), Rough.EXACT)
    falls = bool(table.down.search(clause.words))
    if "fold" in groups:
        factor = table.folds[groups["fold"].casefold()]
    elif "part" in groups:
        part = table.parts[groups["part"].casefold()]
        factor = 1 - part if falls else 1 + part
    elif "percent" in groups:
        factor = 1 + float(groups["percent"]) / 100 * (-1 if falls else 1)
    elif "from" in groups:
        base = table.parse_number(groups["from"])
        if not base:
            return None
        factor = table.parse_number(groups["to"]) / base
    else:
        factor = table.parse_number(groups["value"])
        factor = 1 / factor if factor and falls and "up" not in groups else factor
    if factor <= 0 or factor == 1:
        return None
    return replace(blank, value=factor, rough=rough, course=Course.UP if factor > 1 else Course.DOWN)


def fill_count(blank: StatedTrend, groups: dict[str, str], table: TrendTable) -> StatedTrend | None:
    if "nth" in groups:
        nth = table.parse_nth(groups["nth"])
        return replace(blank, value=float(nth), nth=True) if nth > 1 else None
    words = groups.get("rough", "").casefold()
    count = table.parse_number(groups["count"])
    if not count:
        return None
    return replace(
        blank,
        value=count - 1 if words in table.inclusive else count,
        rough=table.rough.get(words, Rough.EXACT),
    )


PER = {"daily": "day", "nightly": "night", "weekly": "week", "hourly": "hour", "monthly": "month"}


def fill_frequency(blank: StatedTrend, groups: dict[str, str], table: TrendTable) -> StatedTrend | None:
    words = groups.get("rough", "").casefold()
    rough = table.rough.get(words, Rough.EXACT)
    if "row" in groups:
        return replace(blank, value=1.0, unit="day")
    if "other" in groups:
        return replace(blank, value=0.5, unit=groups["other"].casefold())
    if "every" in groups:
        return replace(blank, value=1.0, unit=PER[groups["every"].casefold()], rough=rough)
    value = table.parse_number(groups["value"]) if "value" in groups else 1.0
    if not value:
        return None
    # 'At least once a week' is once a week and more often at times.
    rough = Rough.EXACT if words in table.inclusive else rough
    return replace(blank, value=value, unit=groups["unit"].casefold().removesuffix("s"), rough=rough)
