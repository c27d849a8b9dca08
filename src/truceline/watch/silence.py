"""Who fell silent, and on which days nobody was heard."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import exp

from truceline.model.series import Gap, Silence
from truceline.watch.days import Exposure, Stretch


def find_silences(exposure: Exposure, period: Stretch, chance: float) -> tuple[Silence, ...]:
    """Sources heard before the period and not in it, by name; how rare so long a silence is at their earlier pace.

    The pace is days heard over days since first heard, up to the last day heard; a source heard on one day has none.
    """
    heard = find_heard(exposure, period.until)
    found = []
    for source, days in sorted(heard.items()):
        if days[-1] >= period.since:
            continue
        quiet = (period.until - days[-1]).days - 1
        span = (days[-1] - days[0]).days
        rarity = exp(-quiet * (len(days) - 1) / span) if span else 1.0
        found.append(
            Silence(
                source=source,
                last_heard=days[-1],
                quiet_days=quiet,
                days=len(days),
                chance=rarity,
                unusual=rarity <= chance,
            )
        )
    return tuple(found)


def find_heard(exposure: Exposure, until: date) -> Mapping[str, Sequence[date]]:
    """The days on which each source was heard, in order."""
    heard: dict[str, list[date]] = {}
    for day in sorted(each for each in exposure.sources if each < until):
        for source in exposure.sources[day]:
            heard.setdefault(source, []).append(day)
    return heard


def find_gaps(exposure: Exposure, stretch: Stretch) -> tuple[Gap, ...]:
    """The runs of days from which there is no document, within a stretch."""
    gaps: list[Gap] = []
    for day in stretch.days():
        if exposure.is_observed(day):
            continue
        after = day + timedelta(days=1)
        if gaps and gaps[-1].until == day:
            gaps[-1] = Gap(since=gaps[-1].since, until=after)
        else:
            gaps.append(Gap(since=day, until=after))
    return tuple(gaps)
