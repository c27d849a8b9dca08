"""The plot of counts by day: intervals, levels, changes, and days of which nothing is known."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from truceline.model.series import Watch
from truceline.publish.counting import poisson_interval
from truceline.publish.plot import BAND, GAP, INK, SOFT, Plot, Row
from truceline.publish.plot_words import daily_words


def daily_plot(watch: Watch) -> Plot:
    """Counts by day with their exact intervals, the level of each stretch, and the days on which it changes."""
    subtitle = [
        "Dots: counts, thin bars: 95 % (Poisson). Steps: rate between changes; dashed line: day of a change, with its",
        "95 % in grey. Dashed box: no reports, which is not no incidents.",
    ]
    rows = tuple(day_rows(watch))
    return Plot(
        name="daily",
        title="Incidents by day",
        words=daily_words(rows),
        limits="It counts what was reported: more reports, or fewer, move it as more incidents would.",
        rows=rows,
        spec={
            "title": {"text": "Incidents by day", "subtitle": subtitle},
            "width": 760,
            "height": 260,
            "layer": [*ground_layers(watch), *count_layers()],
        },
    )


def day_rows(watch: Watch) -> Iterator[Row]:
    levels = levels_by_day(watch)
    for each in watch.days:
        low, high = poisson_interval(each.incidents)
        seen = each.documents > 0
        yield {
            "day": each.day.isoformat(),
            "until": (each.day + timedelta(days=1)).isoformat(),
            "incidents": each.incidents if seen else None,
            "low": low if seen else None,
            "high": high if seen else None,
            "level": levels.get(each.day),
            "documents": each.documents,
            "sources": each.sources,
            "told": "reports" if seen else "no reports",
        }


def ground_layers(watch: Watch) -> list[Row]:
    """Days without reports, and changes with the days they may lie on."""
    changes = [each for one in watch.levels[:1] for each in one.changes]
    marks = [
        {
            "at": each.day.isoformat(),
            "from": each.earliest.isoformat(),
            "to": (each.latest + timedelta(days=1)).isoformat(),
        }
        for each in changes
    ]
    return [
        {
            "data": {"values": unseen_stretches(watch)},
            "mark": {"type": "rect", "color": GAP, "stroke": SOFT, "strokeDash": [2, 3], "strokeWidth": 0.8},
            "encoding": {"x": day_axis("from"), "x2": {"field": "to"}},
        },
        {
            "data": {"values": marks},
            "mark": {"type": "rect", "color": BAND, "opacity": 0.6},
            "encoding": {"x": day_axis("from"), "x2": {"field": "to"}},
        },
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "color": INK, "strokeDash": [5, 3]},
            "encoding": {"x": day_axis("at")},
        },
    ]


def unseen_stretches(watch: Watch) -> list[Row]:
    """Days on end without a report, each stretch from its first day to the day after its last."""
    stretches: list[Row] = []
    for is_seen, run in groupby(watch.days, key=lambda each: each.documents > 0):
        days = [each.day for each in run]
        if not is_seen:
            stretches.append({"from": days[0].isoformat(), "to": (days[-1] + timedelta(days=1)).isoformat()})
    return stretches


def count_layers() -> list[Row]:
    """Intervals, counts and levels."""
    count = {"type": "quantitative", "title": "incidents a day"}
    return [
        {
            "mark": {"type": "rule", "color": SOFT, "strokeWidth": 1},
            "encoding": {"x": day_axis("day"), "y": {"field": "low", **count}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 22, "color": INK},
            "encoding": {"x": day_axis("day"), "y": {"field": "incidents", **count}},
        },
        {
            "mark": {"type": "line", "interpolate": "step-after", "color": INK, "strokeWidth": 2},
            "encoding": {"x": day_axis("day"), "y": {"field": "level", **count}},
        },
    ]


def day_axis(field: str) -> Row:
    axis = {"format": "%-d %b %Y", "labelOverlap": True}
    # Days are days, wherever the computer stands that draws them.
    return {"field": field, "type": "temporal", "title": None, "axis": axis, "scale": {"type": "utc"}}


def levels_by_day(watch: Watch) -> dict[date, float]:
    """The rate of the stretch every day lies in; nothing where no change was looked for."""
    if not watch.levels or watch.levels[0].note:
        return {}
    found, changes = watch.levels[0], watch.levels[0].changes
    days = [each.day for each in watch.days if each.day < watch.until]
    if not changes:
        return dict.fromkeys(days, found.incidents / found.days) if found.days else {}
    told = {}
    for each in days:
        later = [change for change in changes if change.day <= each]
        told[each] = later[-1].after if later else changes[0].before
    return told
