"""Stated records, counts and frequencies.

That one count's rate is above another's has the chance given by independent gamma posteriors under Jeffreys' prior,
a tail of the beta distribution; shares have Wilson's interval (Wilson 1927), counts Garwood's (1936).
"""

from collections.abc import Callable
from datetime import timedelta

from scipy.special import betainc

from truceline.model.series import Answer
from truceline.model.trend import Course, Rough, StatedTrend
from truceline.watch.days import Stretch
from truceline.watch.trend_finding import (
    ONE_DAY,
    Finding,
    best_of,
    poisson_bounds,
    tell_count,
    tell_stretch,
    wilson,
)
from truceline.watch.trend_ground import Ground, Matching, stretch_of

PER_DAY = {"hour": 24.0, "day": 1.0, "night": 1.0, "week": 1 / 7, "month": 1 / 30}


def try_record(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """The stretch told of against every other of its length within the reach."""
    unit = 7 if trend.unit == "week" else 30 if trend.unit in {"month", "year"} else 1
    reach, blocks = find_reach(trend, ground), find_blocks(trend, unit)
    findings = [judge_record(block, reach, trend.course, matching, ground) for block in blocks]
    return best_of(findings)


def find_reach(trend: StatedTrend, ground: Ground) -> Stretch:
    until = trend.published_on + ONE_DAY
    if trend.days is None or trend.days.first == trend.days.last:
        return Stretch(since=min(ground.first_day(), trend.published_on), until=until)
    return stretch_of(trend.days)


def find_blocks(trend: StatedTrend, length: int) -> list[Stretch]:
    """The stretch told of: that day, or one that ends with the day of publication or the day before."""
    if length == 1 and trend.days is not None and trend.days.first == trend.days.last:
        return [stretch_of(trend.days)]
    ends = (trend.published_on + ONE_DAY, trend.published_on)
    return [Stretch(since=end - timedelta(days=length), until=end) for end in ends]


def judge_record(block: Stretch, reach: Stretch, course: Course | None, matching: Matching, ground: Ground) -> Finding:
    rules = ground.table.tests
    others = find_others(block, reach)
    others = [each for each in others if ground.observed(each) == each.length]
    own = matching.count(block)
    measure = f"told in {'a day' if block.length == 1 else f'{block.length} days'}"
    if not others or not ground.observed(block):
        why = f"{'Nobody was heard then' if others else 'Nothing observed to compare with'}: {tell_stretch(reach)}."
        return Finding(answer=Answer.CANNOT_TELL, because=why, measure=measure, figure=float(own))
    if not own and course is Course.HIGH:
        why = f"Nobody else tells of any in {tell_stretch(block)}."
        return Finding(answer=Answer.CANNOT_TELL, because=why, measure=measure, figure=0.0)
    pick: Callable[..., Stretch] = max if course is Course.HIGH else min
    rival = pick(others, key=matching.count)
    other = matching.count(rival)
    chance = float(betainc(other + 0.5, own + 0.5, 0.5))  # that this rate is above that of its rival
    chance = chance if course is Course.HIGH else 1 - chance
    told = (
        f"{own} in {tell_stretch(block)}; the {'most' if course is Course.HIGH else 'fewest'} in the {len(others)}"
        f" other observed stretches was {other} ({tell_stretch(rival)})"
    )
    seen = ground.observed(reach) / reach.length
    if chance < rules.no_record_chance:
        answer = Answer.NOT_SUPPORTED
    elif chance >= rules.record_chance and seen >= rules.least_observed:
        answer = Answer.SUPPORTED
    else:
        answer = Answer.CANNOT_TELL
        told += f"; {seen:.0%} of the days were observed" if seen < rules.least_observed else "; too close to tell"
    low, high = poisson_bounds(own)
    return Finding(answer=answer, because=f"{told}.", measure=measure, figure=float(own), low=low, high=high)


def find_others(block: Stretch, reach: Stretch) -> list[Stretch]:
    """Stretches of the block's length, side by side, back from it to the beginning of the reach."""
    others, until = [], block.since
    while until - timedelta(days=block.length) >= reach.since:
        others.append(Stretch(since=until - timedelta(days=block.length), until=until))
        until = others[-1].since
    return others


def try_count(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """The register need not hold all: fewer than stated cannot refute, more than stated can."""
    assert trend.value is not None
    if trend.days is None:
        return Finding(answer=Answer.CANNOT_TELL, because="The words fix no days.", measure="told")
    days = stretch_of(trend.days)
    least, most = matching.bounds(days)
    value, leeway = trend.value, 1.0 if trend.nth else ground.table.tests.leeway
    enough = value < most if trend.rough is Rough.MORE else value <= most * leeway
    too_many = trend.rough is not Rough.MORE and least > value * leeway
    observed = f"{ground.observed(days)} of {days.length} days were observed"
    if too_many:
        answer, because = Answer.NOT_SUPPORTED, "The register holds more"
    elif enough:
        answer, because = Answer.SUPPORTED, "The register holds as many"
    else:
        answer, because = Answer.CANNOT_TELL, f"The register holds fewer, and need not hold all ({observed})"
    told = (
        f"{least} told credibly, {most} at all" if matching.countable.measure == "incidents" else f"{least} to {most}"
    )
    return Finding(
        answer=answer,
        because=f"{because}: {told}, in {tell_stretch(days)}.",
        measure="told",
        figure=float(most),
        low=float(least),
        high=float(most),
    )


def try_frequency(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """Once a day or less: the share of observed days with one; more often: the rate."""
    assert trend.value is not None
    assert trend.unit is not None
    until = trend.published_on + ONE_DAY
    open_days = Stretch(since=until - timedelta(days=ground.table.tests.open_days), until=until)
    days = stretch_of(trend.days) if trend.days is not None else open_days
    observed = ground.observed(days)
    if not observed:
        because = f"Nobody was heard in {tell_stretch(days)}."
        return Finding(answer=Answer.CANNOT_TELL, because=because, measure="a day")
    rate = trend.value * PER_DAY[trend.unit]
    if rate == 1.0:
        return judge_share(trend, days, matching, ground)
    return judge_rate(rate, days, matching, ground)


def judge_share(trend: StatedTrend, days: Stretch, matching: Matching, ground: Ground) -> Finding:
    rules = ground.table.tests
    counts = matching.by_day(days, ground.exposure)
    with_one, observed = sum(count > 0 for count in counts), len(counts)
    low, high = wilson(with_one, observed)
    wanted = rules.almost_daily_share if trend.rough is not Rough.EXACT else rules.daily_share
    if observed < rules.least_observed * days.length:
        answer, because = Answer.CANNOT_TELL, f"Only {observed} of {days.length} days were observed"
    elif with_one >= wanted * observed:
        answer, because = Answer.SUPPORTED, "Told on nearly all observed days"
    elif high < wanted - rules.share_slack:
        answer, because = Answer.NOT_SUPPORTED, "Told on far fewer of the observed days"
    else:
        answer, because = Answer.CANNOT_TELL, "Told on some of the observed days, and reports may be missing"
    return Finding(
        answer=answer,
        because=f"{because}: {with_one} of {observed} ({tell_stretch(days)}).",
        measure="share of observed days with one",
        figure=with_one / observed,
        low=low,
        high=high,
    )


def judge_rate(rate: float, days: Stretch, matching: Matching, ground: Ground) -> Finding:
    leeway, observed, count = ground.table.tests.leeway, ground.observed(days), matching.count(days)
    low, high = (each / observed for each in poisson_bounds(count))
    told = f"{tell_count(matching, days)} in {observed} observed days ({tell_stretch(days)}), {rate:.2g} a day stated"
    if high < rate / leeway or low > rate * leeway:
        answer = Answer.NOT_SUPPORTED
    elif rate / leeway <= count / observed <= rate * leeway and count >= ground.table.tests.least_incidents:
        answer = Answer.SUPPORTED
    else:
        answer = Answer.CANNOT_TELL
    return Finding(answer=answer, because=f"{told}.", measure="told a day", figure=count / observed, low=low, high=high)
