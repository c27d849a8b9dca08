"""Watch: the register over time, with its exposure, its intervals and its silences."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from truceline.model.assessment import Assessment
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.series import Watch
from truceline.model.telling import Telling
from truceline.vocab.rates import load_rate_table
from truceline.watch.changes import find_alerts, find_days, find_headings, find_levels
from truceline.watch.checks import check_rate, check_rates, find_stating
from truceline.watch.counting import count_days, count_headings, count_party_kinds, count_ready, tally
from truceline.watch.days import Exposure, Stretch, find_exposure, find_period
from truceline.watch.patterns import find_patterns
from truceline.watch.rates import find_ratios
from truceline.watch.silence import find_gaps, find_silences
from truceline.watch.statements import find_statements

__all__ = ["check_rates", "find_statements", "watch"]


def watch(
    mission: Mission,
    *,
    incidents: Sequence[Incident],
    assessments: Sequence[Assessment],
    tellings: Sequence[Telling],
    documents: Sequence[Document],
) -> Watch:
    """Counts by day, tallies and ratios of the last period, changes, alerts, patterns, stated rates and silences."""
    table, zone = load_rate_table(), ZoneInfo(mission.timezone)
    counted = count_ready(mission, incidents, assessments, tellings, table)
    exposure = find_exposure(documents, tellings, mission.sources, zone)
    last_day = max((each.last for each in counted), default=None)
    period = find_period(mission, documents, last_day)
    whole = watched(mission, exposure, period)
    days = find_days(exposure, Stretch(since=mission.since, until=period.until), table.change)
    headed = list(find_headings(counted, table))
    patterns, chains = find_patterns(counted, days, table.pattern)
    return Watch(
        since=period.since,
        until=period.until,
        days=count_days(counted, exposure, whole),
        tallies=tally(counted, period),
        ratios=find_ratios(counted, exposure, period, table),
        checks=tuple(check_rate(each, counted, exposure, mission, table) for each in find_stating(tellings)),
        silent_sources=find_silent(exposure, period),
        headings=count_headings(counted, whole),
        party_kinds=count_party_kinds(counted, whole),
        silences=find_silences(exposure, period, table.silence_chance),
        gaps=find_gaps(exposure, Stretch(since=mission.since, until=period.until)),
        levels=tuple(find_levels(name, group, days, table.change) for name, group in headed),
        alerts=tuple(alert for name, group in headed for alert in find_alerts(name, group, days, table.change)),
        patterns=patterns,
        chains=chains,
    )


def watched(mission: Mission, exposure: Exposure, period: Stretch) -> Stretch:
    """From the mission's first day to the last one seen, the day still running included."""
    seen = max((day for day in exposure.documents if day < mission.until), default=mission.since)
    return Stretch(since=mission.since, until=max(period.until, seen + timedelta(days=1)))


def find_silent(exposure: Exposure, period: Stretch) -> tuple[str, ...]:
    """Sources heard before the period and not in it."""
    first = min(exposure.documents, default=period.since)
    earlier = exposure.find_sources(Stretch(since=min(first, period.since), until=period.since))
    return tuple(sorted(earlier - exposure.find_sources(period)))
