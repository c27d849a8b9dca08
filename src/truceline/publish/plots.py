"""Plots of the watch as Vega-Lite, each beside a table that holds the same.

They read in grey print and without telling colours apart: marks differ in shape and darkness, areas in one scale from
light to dark, and days without reports are a pale band rather than drawn at nought.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from truceline.model.series import HeadingDays, Pattern, Watch
from truceline.publish.counting import poisson_interval
from truceline.publish.figures import WITH_FORCES

Row: TypeAlias = Mapping[str, Any]
Spec: TypeAlias = Mapping[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
INK, SOFT, BAND, GAP = "#1c1e21", "#6b7077", "#c9ccd1", "#ecece6"
CONFIG = {
    "font": "sans-serif",
    "background": "white",
    "axis": {"gridColor": "#e6e6e1", "labelColor": INK, "titleColor": INK, "labelLimit": 260},
    "title": {"anchor": "start", "fontSize": 14, "subtitleColor": SOFT},
    "view": {"stroke": None},
}
MOST_ROWS = 15
MOST_PATTERNS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A plot by name, the rows it is drawn from, and its specification without them."""

    name: str
    rows: tuple[Row, ...]
    spec: Spec

    @property
    def drawn(self) -> dict[str, Any]:
        """The whole specification, its rows inside."""
        return {"$schema": SCHEMA, "config": CONFIG, "data": {"values": list(self.rows)}, **self.spec}

    @property
    def text(self) -> str:
        return json.dumps(self.drawn, ensure_ascii=False, indent=1) + "\n"

    @property
    def table(self) -> str:
        """The rows as CSV; nothing where nothing was reported, never 0."""
        out = io.StringIO()
        columns = list(dict.fromkeys(key for row in self.rows for key in row))
        writer = csv.DictWriter(out, fieldnames=columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: guard(value) for key, value in row.items()} for row in self.rows)
        return out.getvalue()


def guard(cell: Any) -> Any:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell


def write_plots(watch: Watch, folder: Path) -> list[Path]:
    """NAME.vl.json and NAME.csv of every plot that has anything to show."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for plot in find_plots(watch):
        spec, table = folder / f"{plot.name}.vl.json", folder / f"{plot.name}.csv"
        spec.write_text(plot.text, encoding="utf-8")
        table.write_text(plot.table, encoding="utf-8")
        written += [spec, table]
    return written


def find_plots(watch: Watch) -> list[Plot]:
    made = [daily_plot(watch), party_plot(watch), area_plot(watch), *lag_plots(watch.patterns)]
    return [each for each in made if each.rows]


def daily_plot(watch: Watch) -> Plot:
    """Counts by day with their exact intervals, the level of each stretch, and the days on which it changes."""
    subtitle = [
        "Dots: counts, thin bars: 95 % (Poisson). Steps: rate between changes; dashed: day of a change, with its 95 %",
        "in grey. Pale ground: no reports, which is not no incidents.",
    ]
    return Plot(
        name="daily",
        rows=tuple(day_rows(watch)),
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
            "transform": [{"filter": "datum.told == 'no reports'"}],
            "mark": {"type": "rect", "color": GAP},
            "encoding": {"x": day_axis("day"), "x2": {"field": "until"}},
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
    return {"field": field, "type": "temporal", "title": None, "axis": axis}


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


def party_plot(watch: Watch) -> Plot:
    """Incidents by the party said to have acted and by kind, the number written in."""
    totals: Counter[str] = Counter()
    for each in watch.party_kinds:
        totals[each.party] += each.incidents
    # An alliance that adds nothing to what one member is said to have done is not told twice.
    told = [
        each
        for each in totals.most_common()
        if (each[0].removesuffix(WITH_FORCES), each[1]) not in {*totals.items()} - {each}
    ]
    parties = [name for name, _ in told[:MOST_ROWS]]
    rows = [
        {"party": each.party, "kind": each.kind, "incidents": each.incidents, **interval_of(each.incidents)}
        for each in watch.party_kinds
        if each.party in parties
    ]
    return Plot(
        name="parties",
        rows=tuple(rows),
        spec={
            "title": {
                "text": "Incidents by party said to have acted, and kind",
                "subtitle": "Since the watch began. An incident of several parties stands with each.",
            },
            **grid(
                rows,
                x={"field": "kind", "type": "nominal", "title": None, "axis": {"labelAngle": -35, "orient": "top"}},
                y={"field": "party", "type": "nominal", "title": None, "sort": parties},
                step=58,
            ),
        },
    )


def interval_of(count: int) -> dict[str, int]:
    low, high = poisson_interval(count)
    return {"low": low, "high": high}


def area_plot(watch: Watch) -> Plot:
    """Incidents by area and week, light to dark, the number written in; weeks without reports are crossed."""
    areas = sorted((each for each in watch.headings if each.by == "area"), key=lambda each: -sum(each.counts))
    rows = [row for each in areas[:MOST_ROWS] for row in week_rows(each, watch)]
    return Plot(
        name="areas",
        rows=tuple(rows),
        spec={
            "title": {"text": "Incidents by area and week", "subtitle": "×: a week without any report."},
            **grid(
                rows,
                x={"field": "week", "type": "ordinal", "title": "week from", "axis": {"labelAngle": -60}},
                y={"field": "area", "type": "nominal", "title": None, "sort": [each.name for each in areas]},
                step=30,
            ),
        },
    )


def grid(rows: Sequence[Row], *, x: Row, y: Row, step: int) -> dict[str, Any]:
    """Cells from light to dark with their number; a cross where there is no number."""
    most = max((int(row["incidents"]) for row in rows if row["incidents"] is not None), default=0)
    shade = {"range": ["#f4f4f1", "#3a3d42"], "zero": True}
    light = {"condition": {"test": f"datum.incidents > {most / 2}", "value": "#ffffff"}, "value": INK}
    known = {"filter": "isValid(datum.incidents)"}
    return {
        "width": {"step": step},
        "height": {"step": 20},
        "encoding": {"x": x, "y": y},
        "layer": [
            {
                "transform": [known],
                "mark": {"type": "rect", "stroke": "#ffffff"},
                "encoding": {
                    "color": {"field": "incidents", "type": "quantitative", "scale": shade, "legend": None},
                },
            },
            {
                "transform": [known, {"filter": "datum.incidents > 0"}],
                "mark": {"type": "text", "fontSize": 10},
                "encoding": {"text": {"field": "incidents"}, "color": light},
            },
            {
                "transform": [{"filter": "!isValid(datum.incidents)"}],
                "mark": {"type": "text", "text": "×", "color": SOFT},
            },
        ],
    }


def week_rows(heading: HeadingDays, watch: Watch) -> Iterator[Row]:
    """One row a week of seven days since the watch began; no count where no day of it has a document."""
    for start in range(0, len(watch.days), 7):
        days = watch.days[start : start + 7]
        seen = sum(each.documents > 0 for each in days)
        yield {
            "area": heading.name,
            "week": days[0].day.isoformat(),
            "incidents": sum(heading.counts[start : start + 7]) if seen else None,
            "observed_days": seen,
        }


def lag_plots(patterns: Sequence[Pattern]) -> list[Plot]:
    """For each of the most striking patterns: days on which the other came so many days later, against chance."""
    told = [each for each in patterns if each.lags][:MOST_PATTERNS]
    return [lag_plot(each, f"lags-{number}") for number, each in enumerate(told, start=1)]


def lag_plot(pattern: Pattern, name: str) -> Plot:
    rows = tuple(
        {"lag_days": each.days, "days": each.count, "expected": each.expected, "low": each.low, "high": each.high}
        for each in pattern.lags
    )
    lag = {"field": "lag_days", "type": "quantitative", "title": "days later (negative: before)"}
    count = {"type": "quantitative", "title": "days"}
    where = "anywhere" if pattern.anywhere else "in the same area"
    return Plot(
        name=name,
        rows=rows,
        spec={
            "title": {
                "text": f"“{pattern.then}” after “{pattern.first}”, {where}",
                "subtitle": f"Dots: of {pattern.firsts} days. Grey: 95 of 100 by chance; dashed: chance on average.",
            },
            "width": 420,
            "height": 200,
            "encoding": {"x": lag},
            "layer": [
                {
                    "mark": {"type": "area", "color": BAND, "interpolate": "step"},
                    "encoding": {"y": {"field": "low", **count}, "y2": {"field": "high"}},
                },
                {
                    "mark": {"type": "line", "color": SOFT, "interpolate": "step", "strokeDash": [4, 3]},
                    "encoding": {"y": {"field": "expected", **count}},
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 45, "color": INK},
                    "encoding": {"y": {"field": "days", **count}},
                },
            ],
        },
    )
