"""Stated ratios and directions against the register's rates per observed day.

Intervals are exact mid-P, widened by what shows of days that vary more than chance alone (truceline.kit.negbin).
"""

from datetime import timedelta
from math import inf

from truceline.kit.negbin import find_dispersion, spread_ratio
from truceline.kit.poisson import Ratio
from truceline.model.series import Answer
from truceline.model.trend import Course, Rough, StatedTrend, TrendKind
from truceline.watch.days import Stretch
from truceline.watch.trend_finding import ONE_DAY, Finding, best_of, tell_counts, tell_stretch
from truceline.watch.trend_ground import Ground, Matching, stretch_of


def try_ratio(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """The stated factor against the measured one, in the stretch that speaks best for it where the words fix none."""
    low, high = stated_bounds(trend, ground.table.tests.leeway)
    findings = [judge_ratio(now, before, (low, high), matching, ground) for now, before in find_pairs(trend, ground)]
    return best_of(findings)


def stated_bounds(trend: StatedTrend, leeway: float) -> tuple[float, float]:
    assert trend.value is not None
    value = trend.value
    match trend.rough:
        case Rough.MORE:
            # 'Fell by more than half' goes further down.
            return (value / leeway, inf) if value > 1 else (0.0, value * leeway)
        case Rough.NEARLY:
            return value / leeway**2, value * leeway
        case Rough.ABOUT:
            return value / leeway**2, value * leeway**2
        case _:
            return value / leeway, value * leeway


def find_pairs(trend: StatedTrend, ground: Ground) -> list[tuple[Stretch, Stretch]]:
    """Now and before, one pair for every stretch that the words may mean."""
    if trend.days is not None:
        now = stretch_of(trend.days)
        return [(now, stretch_of(trend.against) if trend.against else now.before())]
    if trend.against is not None and trend.against.last is not None:
        now = Stretch(since=trend.against.last + ONE_DAY, until=trend.published_on + ONE_DAY)
        return [(now, stretch_of(trend.against))] if now.length > 0 else []
    shortest, longest = ground.table.tests.ratio_days
    if trend.kind is TrendKind.DIRECTION:
        shortest = longest = ground.table.tests.open_days
    until = trend.published_on + ONE_DAY
    stretches = [Stretch(since=until - timedelta(days=days), until=until) for days in range(shortest, longest + 1)]
    return [(each, each.before()) for each in stretches]


def measure_ratio(now: Stretch, before: Stretch, matching: Matching, ground: Ground) -> Ratio | str:
    """The rate ratio per observed day, or why there is none."""
    counts = matching.count(now), matching.count(before)
    days = ground.observed(now), ground.observed(before)
    if not days[0] or not days[1]:
        return f"Nobody was heard {'then' if not days[0] else 'before'}: {tell_stretch(now if not days[0] else before)}"
    incidents = len(matching.within(now)) + len(matching.within(before))
    if incidents < ground.table.tests.least_incidents:
        return f"Too few: {incidents} incidents in both stretches; a change cannot be told from chance"
    dispersion = find_dispersion([matching.by_day(each, ground.exposure) for each in (before, now)])
    return spread_ratio(counts[0], days[0], counts[1], days[1], dispersion)


def judge_ratio(
    now: Stretch, before: Stretch, stated: tuple[float, float], matching: Matching, ground: Ground
) -> Finding:
    found = measure_ratio(now, before, matching, ground)
    if isinstance(found, str):
        return Finding(answer=Answer.CANNOT_TELL, because=f"{found}.", measure="rate ratio")
    counts = tell_counts(now, before, matching, ground)
    if found.high < stated[0] or found.low > stated[1]:
        answer, because = Answer.NOT_SUPPORTED, "The register measures another change"
    elif found.low <= 1 <= found.high or found.ratio is None:
        answer, because = Answer.CANNOT_TELL, "The change cannot be told from none"
    else:
        answer, because = Answer.SUPPORTED, "The register measures such a change"
    return of_ratio(answer, f"{because}: {counts}.", found)


def try_direction(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """More, fewer or as many, per observed day."""
    pairs = find_pairs(trend, ground)
    if not pairs:
        return Finding(answer=Answer.CANNOT_TELL, because="The words fix no stretch to look at.", measure="rate ratio")
    now, before = pairs[0]
    found = measure_ratio(now, before, matching, ground)
    if isinstance(found, str):
        return Finding(answer=Answer.CANNOT_TELL, because=f"{found}.", measure="rate ratio")
    counts = tell_counts(now, before, matching, ground)
    answer, because = judge_course(trend.course, found, ground.table.tests.leeway)
    return of_ratio(answer, f"{because}: {counts}.", found)


def judge_course(course: Course | None, found: Ratio, leeway: float) -> tuple[Answer, str]:
    rose, fell = found.low > 1, found.high < 1
    if course is Course.FLAT:
        if rose or fell:
            return Answer.NOT_SUPPORTED, "The register measures a change"
        if 1 / leeway <= found.low and found.high <= leeway:
            return Answer.SUPPORTED, "The register measures hardly any change"
        return Answer.CANNOT_TELL, "The interval leaves room for a change either way"
    wanted, other = (rose, fell) if course is Course.UP else (fell, rose)
    if wanted:
        return Answer.SUPPORTED, "The register measures the same"
    if other:
        return Answer.NOT_SUPPORTED, "The register measures the contrary"
    return Answer.CANNOT_TELL, "The change cannot be told from none"


def of_ratio(answer: Answer, because: str, found: Ratio) -> Finding:
    return Finding(
        answer=answer,
        because=because,
        measure="rate ratio",
        figure=found.ratio,
        low=found.low,
        high=None if found.high == inf else found.high,
    )
