"""Stated absences, firsts and resumptions: none told is no proof unless those who tell such things were heard."""

from datetime import timedelta
from math import inf

from scipy.special import gammaincinv

from truceline.kit.negbin import Dispersion, find_dispersion, spread_ratio
from truceline.model.series import Answer
from truceline.model.trend import Days, StatedTrend
from truceline.watch.days import Stretch
from truceline.watch.trend_finding import ONE_DAY, Finding, tell_count, tell_counts, tell_incident, tell_stretch
from truceline.watch.trend_ground import Ground, Matching, find_witnesses, is_credible, stretch_of


def try_absence(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """None in the stretch; 'largely' none where the words say so."""
    if trend.days is None:
        return Finding(answer=Answer.CANNOT_TELL, because="The words fix no days.", measure="incidents told")
    days = stretch_of(trend.days)
    return judge_largely(days, matching, ground) if trend.largely else judge_absence(days, matching, ground)


def judge_absence(days: Stretch, matching: Matching, ground: Ground) -> Finding:
    """No report is not no incident: it counts only where those who tell of such were heard on nearly all days."""
    found, observed = matching.within(days), ground.observed(days)
    high = None if found or not observed else float(gammaincinv(1, 0.95)) / observed
    if found:
        first = min(found, key=lambda each: (each.first, each.incident.id))
        sure = [each for each in found if is_credible(each, ground.table.tests.credible)]
        told = f"The register holds {tell_count(matching, days)} in {tell_stretch(days)}, first {tell_incident(first)}"
        answer = Answer.NOT_SUPPORTED if sure else Answer.CANNOT_TELL
        because = told if sure else f"{told}; all of it is told doubtfully"
    elif (gap := find_gap(days, matching, ground)) is not None:
        answer, because = Answer.CANNOT_TELL, f"No report is no proof: {gap}"
    else:
        answer, because = Answer.SUPPORTED, f"None told in {observed} observed days ({tell_stretch(days)})"
    low, most = matching.bounds(days)
    return Finding(
        answer=answer,
        because=f"{because}.",
        measure="incidents told" if found else "incidents told; at most so many a day",
        figure=float(len(found)),
        low=float(low) if found else 0.0,
        high=float(most) if found else high,
    )


def find_gap(days: Stretch, matching: Matching, ground: Ground) -> str | None:
    """Why silence proves nothing here; None where it does."""
    observed = ground.observed(days)
    if observed < ground.table.tests.least_observed * days.length:
        return f"somebody was heard on {observed} of {days.length} days only ({tell_stretch(days)})"
    if not matching.counted:
        return "the register holds no such incident at any time, so nobody is known to tell them"
    own = {matching.own} if matching.own is not None else set()
    heard = ground.exposure.find_sources(days) - own
    if not heard:
        return "nobody was heard but the one who says it"
    witnesses = find_witnesses(matching.counted) - own
    if witnesses and not witnesses & heard:
        return f"the sources that told such incidents ({', '.join(sorted(witnesses)[:3])}) were silent"
    return None


def judge_largely(days: Stretch, matching: Matching, ground: Ground) -> Finding:
    """Fewer than the usual rate of the days before, by the share that 'largely' allows."""
    usual = Stretch(since=min(ground.first_day(), days.since - ONE_DAY), until=days.since)
    observed = ground.observed(days), ground.observed(usual)
    counts = matching.count(days), matching.count(usual)
    if min(observed) == 0 or sum(counts) < ground.table.tests.least_incidents or not counts[1]:
        return Finding(
            answer=Answer.CANNOT_TELL,
            because=f"Too little to compare: {tell_counts(days, usual, matching, ground)}.",
            measure="share of the usual rate",
        )
    found = spread_ratio(counts[0], observed[0], counts[1], observed[1], _dispersion(days, usual, matching, ground))
    share = ground.table.tests.largely_share
    if found.high <= share:
        answer = Answer.SUPPORTED
    else:
        answer = Answer.NOT_SUPPORTED if found.low > share else Answer.CANNOT_TELL
    return Finding(
        answer=answer,
        because=f"{tell_counts(days, usual, matching, ground).capitalize()}.",
        measure="share of the usual rate",
        figure=found.ratio,
        low=found.low,
        high=None if found.high == inf else found.high,
    )


def _dispersion(now: Stretch, before: Stretch, matching: Matching, ground: Ground) -> Dispersion | None:
    return find_dispersion([matching.by_day(each, ground.exposure) for each in (before, now)])


def try_first_since(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """None between the time named and the eve of the day told."""
    if trend.days is None:
        return Finding(answer=Answer.CANNOT_TELL, because="The words fix no days.", measure="incidents told between")
    first = trend.days.first if trend.against is None or trend.against.last is None else trend.against.last + ONE_DAY
    # The text may tell of the day before its publication.
    until = trend.published_on - ONE_DAY
    if first >= until:
        return Finding(answer=Answer.CANNOT_TELL, because="Nothing lies between.", measure="incidents told between")
    found = judge_absence(Stretch(since=first, until=until), matching, ground)
    return Finding(
        answer=found.answer,
        because=found.because,
        measure="incidents told between",
        figure=found.figure,
        low=found.low,
        high=found.high,
    )


def try_resumption(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """Some before the pause, none in it, some after it."""
    rules = ground.table.tests
    eve = trend.published_on - ONE_DAY
    days = trend.days or Days(first=eve - timedelta(days=rules.pause_days - 1), last=eve)
    pause = stretch_of(days)
    # The day before publication may already be that of the resumption.
    inner = Stretch(since=pause.since, until=max(pause.since + ONE_DAY, min(pause.until, eve)))
    before = Stretch(since=pause.since - timedelta(days=max(pause.length, rules.open_days)), until=pause.since)
    after = Stretch(since=inner.until, until=trend.published_on + ONE_DAY)
    quiet = judge_absence(inner, matching, ground)
    again, once = matching.within(after), matching.within(before)
    told = f"{len(once)} told in {tell_stretch(before)}, {len(again)} in {tell_stretch(after)}"
    if quiet.answer is not Answer.SUPPORTED:
        return Finding(
            answer=quiet.answer, because=f"{quiet.because} {told.capitalize()}.", measure="incidents told in the pause",
            figure=quiet.figure, low=quiet.low, high=quiet.high,
        )  # fmt: skip
    answer = Answer.SUPPORTED if again and once else Answer.CANNOT_TELL
    return Finding(
        answer=answer,
        because=f"{quiet.because} {told.capitalize()}.",
        measure="incidents told in the pause",
        figure=quiet.figure,
        low=quiet.low,
        high=quiet.high,
    )
