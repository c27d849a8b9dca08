"""The last period against the one before: rate ratios with their intervals and their caveats."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf

from truceline.kit.negbin import Dispersion, find_dispersion, spread_ratio
from truceline.model.series import RateRatio
from truceline.vocab.rates import RateTable
from truceline.watch.counting import ELSEWHERE, NOT_NAMED, NOT_TOLD, Counted
from truceline.watch.days import Exposure, Stretch
from truceline.watch.left_out import leave_out

ALL = "incidents"
FORCE = "acts of force"


def find_ratios(
    counted: Sequence[Counted], exposure: Exposure, period: Stretch, table: RateTable
) -> tuple[RateRatio, ...]:
    """All incidents, acts of force, then every kind, party and area met in either period."""
    stretches = look_back(period, table)
    known = Stretch(since=stretches[-1].since, until=period.until)
    recent = [each for each in counted if known.holds(each.first, each.last)]
    before = period.before()
    met = {name for each in recent if in_either(each, period, before) for name in names_of(each)}
    groups: dict[tuple[int, str], list[Counted]] = {name: [] for name in sorted(met)}
    for each in recent:
        for name in names_of(each):
            if name in groups:
                groups[name].append(each)
    headed = [(ALL, recent), (FORCE, [each for each in recent if each.force])]
    headed += [(name, group) for (_, name), group in groups.items()]
    return tuple(compare(name, group, exposure, period, table) for name, group in headed)


def look_back(period: Stretch, table: RateTable) -> tuple[Stretch, ...]:
    """The period, the one before, and equal ones further back from which the variation of days is known."""
    found = [period, period.before()]
    for _ in range(table.stretches_back):
        found.append(found[-1].before())
    return tuple(found)


def in_either(each: Counted, period: Stretch, before: Stretch) -> bool:
    return period.holds(each.first, each.last) or before.holds(each.first, each.last)


def names_of(each: Counted) -> Iterator[tuple[int, str]]:
    """The headings under which one incident is compared, each with its rank: kinds, parties, areas."""
    yield 0, each.kind
    yield from ((1, party) for party in each.parties if party != NOT_NAMED)
    if each.area not in (NOT_TOLD, ELSEWHERE):
        yield 2, each.area


def compare(name: str, counted: Sequence[Counted], exposure: Exposure, period: Stretch, table: RateTable) -> RateRatio:
    """The rate of `period` over the rate of the equal stretch before, per observed day.

    `counted` are the incidents of the heading, those of earlier stretches too: they show how much days vary.
    """
    before = period.before()
    now_count = sum(period.holds(each.first, each.last) for each in counted)
    before_count = sum(before.holds(each.first, each.last) for each in counted)
    now_days, before_days = exposure.count_days(period), exposure.count_days(before)
    found, notes = None, find_caveats(counted, exposure, period, table)
    if not now_days or not before_days:
        notes.insert(0, f"The {'period' if not now_days else 'period before'} was not observed.")
    elif not now_count + before_count:
        notes.insert(0, "Nothing told in either period.")
    else:
        dispersion = find_dispersion(count_by_day(counted, exposure, look_back(period, table)))
        found = spread_ratio(now_count, now_days, before_count, before_days, dispersion)
        if found.ratio is None:
            notes.insert(0, "Nothing told in the period before, so only a least ratio can be given.")
        notes.extend(note_dispersion(dispersion, (now_count + before_count) / (now_days + before_days), table))
    return RateRatio(
        name=name,
        now_count=now_count,
        now_days=now_days,
        before_count=before_count,
        before_days=before_days,
        ratio=found.ratio if found is not None else None,
        low=found.low if found is not None else None,
        high=found.high if found is not None and found.high < inf else None,
        note=" ".join(notes),
        left_out=leave_out(counted, exposure, period) if found is not None else None,
    )


def note_dispersion(dispersion: Dispersion | None, mean: float, table: RateTable) -> list[str]:
    times = 1 + dispersion.alpha * mean if dispersion is not None else 1.0
    if times <= table.overdispersed:
        return []
    return [f"Days vary {times:.1f} times as much as chance alone; the interval allows for it."]


def count_by_day(counted: Sequence[Counted], exposure: Exposure, stretches: Sequence[Stretch]) -> list[list[int]]:
    """Incidents of each observed day by stretch; what is told for several days together is on none."""
    by_day = Counter(each.first for each in counted if each.first == each.last)
    return [[by_day[day] for day in stretch.days() if exposure.is_observed(day)] for stretch in stretches]


def find_caveats(counted: Sequence[Counted], exposure: Exposure, period: Stretch, table: RateTable) -> list[str]:
    """Notes when other sources, or far more or fewer documents, told of the two periods."""
    before = period.before()
    now_sources, before_sources = exposure.find_sources(period), exposure.find_sources(before)
    both, either = now_sources & before_sources, now_sources | before_sources
    notes = []
    if now_sources and before_sources and len(both) < table.same_sources * len(either):
        now = sum(period.holds(each.first, each.last) and bool(each.sources & both) for each in counted)
        then = sum(before.holds(each.first, each.last) and bool(each.sources & both) for each in counted)
        notes.append(
            f"The sources changed: {len(both)} of {len(either)} were heard in both periods;"
            f" they told of {now} now and {then} before."
        )
    notes.extend(find_volume_caveat(exposure, period, before, table))
    return notes


def find_volume_caveat(exposure: Exposure, period: Stretch, before: Stretch, table: RateTable) -> list[str]:
    now_days, before_days = exposure.count_days(period), exposure.count_days(before)
    if not now_days or not before_days:
        return []
    now = exposure.count_documents(period) / now_days
    then = exposure.count_documents(before) / before_days
    if not now or not then or max(now / then, then / now) <= table.same_volume:
        return []
    return [f"Reporting changed: {now:.1f} documents a day now, {then:.1f} before."]
