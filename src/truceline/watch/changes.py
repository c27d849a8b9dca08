"""Changes of rate over the whole watch, and alerts on its days as they came in, for the headings most is told of."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from truceline.kit.breaks import find_breaks
from truceline.kit.onsets import Watching, find_onsets
from truceline.model.series import Alert, Change, Levels
from truceline.vocab.rates import ChangeTable, RateTable, load_thresholds
from truceline.watch.counting import NOT_NAMED, Counted
from truceline.watch.days import Exposure, Stretch
from truceline.watch.rates import ALL, FORCE


def find_headings(counted: Sequence[Counted], table: RateTable) -> Iterator[tuple[str, list[Counted]]]:
    """All incidents, acts of force, and the parties and kinds of acts of force most is told of."""
    force = [each for each in counted if each.force]
    yield ALL, list(counted)
    yield FORCE, force
    parties = Counter(party for each in force for party in each.parties if party != NOT_NAMED)
    kinds = Counter(each.kind for each in force)
    most = table.change.most_headings
    for party in rank_names(parties, table.change, most):
        yield party, [each for each in force if party in each.parties]
    for kind in rank_names(kinds, table.change, most):
        yield kind, [each for each in force if each.kind == kind]


def rank_names(counts: Counter[str], table: ChangeTable, most: int) -> list[str]:
    told = [name for name in counts if counts[name] >= table.least_incidents]
    return sorted(told, key=lambda name: (-counts[name], name))[:most]


def find_days(exposure: Exposure, stretch: Stretch, table: ChangeTable) -> list[date]:
    """The observed days, the last so many of them."""
    return [day for day in stretch.days() if exposure.is_observed(day)][-table.most_days :]


def count_on(counted: Sequence[Counted], days: Sequence[date]) -> list[int]:
    """Incidents of each day; what is told for several days together is on none."""
    by_day = Counter(each.first for each in counted if each.first == each.last)
    return [by_day[day] for day in days]


def find_levels(name: str, counted: Sequence[Counted], days: Sequence[date], table: ChangeTable) -> Levels:
    """The changes under one heading, or why none was looked for."""
    counts = count_on(counted, days)
    note = ""
    changes: tuple[Change, ...] = ()
    if len(days) < 3 * table.shortest_days:
        note = f"Too few days to tell: {len(days)} observed, {3 * table.shortest_days} needed."
    elif sum(counts) < table.least_incidents:
        note = f"Too few to tell: {sum(counts)} in {len(days)} observed days, {table.least_incidents} needed."
    else:
        found = find_breaks(counts, shortest=table.shortest_days, false_alarms=table.false_alarms)
        changes = tuple(
            Change(
                day=days[each.at],
                earliest=days[each.earliest],
                latest=days[each.latest],
                before=each.before,
                after=each.after,
            )
            for each in found.breaks
        )
    return Levels(
        name=name,
        days=len(days),
        incidents=sum(counts),
        false_alarms=table.false_alarms,
        changes=changes,
        note=note,
    )


def find_alerts(name: str, counted: Sequence[Counted], days: Sequence[date], table: ChangeTable) -> Iterator[Alert]:
    """The alerts under one heading in the order of their days."""
    watching = Watching(learn=table.learn_days, lately=table.lately_days, per_days=table.false_alert_days)
    counts = count_on(counted, days)
    if sum(counts) < table.least_incidents:
        return
    for each in find_onsets(counts, watching, load_thresholds()):
        yield Alert(
            name=name,
            day=days[each.at],
            began=days[each.began],
            chance=each.chance,
            before=each.before,
            after=each.after,
            false_alert_days=table.false_alert_days,
        )
