"""The plots by party and kind, and by area and week."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from truceline.model.series import HeadingDays, Watch
from truceline.publish.figures import WITH_FORCES
from truceline.publish.looks import find_kinds
from truceline.publish.plot import INK, SOFT, Plot, Row, interval_of
from truceline.publish.plot_words import area_words, party_words

MOST_ROWS = 15


def party_plot(watch: Watch) -> Plot:
    """Incidents by the party said to have acted, a column a kind, each count with its interval."""
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
    rows = tuple(
        {"party": each.party, "kind": each.kind, "incidents": each.incidents, **interval_of(each.incidents)}
        for each in watch.party_kinds
        if each.party in parties
    )
    title = "Incidents by party said to have acted, and kind"
    return Plot(
        name="parties",
        title=title,
        words=party_words(rows, parties),
        limits="It shows whom the reports name, not who did it. An incident of several parties stands with each.",
        rows=rows,
        spec={
            "title": {
                "text": title,
                "subtitle": "Since the watch began. Dots: counts; bars: 95 % (Poisson). Several parties: with each.",
            },
            **trellis(rows, parties),
        },
    )


def trellis(rows: Sequence[Row], parties: Sequence[str]) -> dict[str, Any]:
    """A row a party and a column a kind, in the colours of the legend."""
    kinds = [each for each in find_kinds() if any(row["kind"] == each.label for row in rows)]
    colours = {"domain": [each.label for each in kinds], "range": [each.colour for each in kinds]}
    lines = json.dumps({each.label: wrapped(each.label) for each in kinds}, ensure_ascii=False)
    count = {"type": "quantitative", "title": None, "axis": {"tickCount": 3, "format": "d"}}
    return {
        "facet": {
            "field": "kind",
            "type": "nominal",
            "title": None,
            "sort": [each.label for each in kinds],
            "header": {"labelExpr": f"{lines}[datum.value]", "labelLimit": 0, "labelColor": INK, "labelPadding": 4},
        },
        "columns": len(kinds) or 1,
        "spacing": 12,
        "spec": {
            "width": 92,
            "height": {"step": 20},
            "encoding": {"y": {"field": "party", "type": "nominal", "title": None, "sort": list(parties)}},
            "layer": [
                {
                    "mark": {"type": "rule", "color": SOFT, "strokeWidth": 1.2},
                    "encoding": {"x": {"field": "low", **count}, "x2": {"field": "high"}},
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 60, "stroke": INK, "strokeWidth": 0.8},
                    "encoding": {
                        "x": {"field": "incidents", **count},
                        "color": {"field": "kind", "type": "nominal", "scale": colours, "legend": None},
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10, "color": INK},
                    "encoding": {"x": {"field": "high", **count}, "text": {"field": "incidents"}},
                },
            ],
        },
    }


def wrapped(label: str, width: int = 15) -> list[str]:
    """A label in lines of about so many characters."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def area_plot(watch: Watch) -> Plot:
    """Incidents by area and week, light to dark, the number written in; weeks without reports are crossed."""
    areas = sorted((each for each in watch.headings if each.by == "area"), key=lambda each: -sum(each.counts))
    rows = [row for each in areas[:MOST_ROWS] for row in week_rows(each, watch)]
    title = "Incidents by area and week"
    return Plot(
        name="areas",
        title=title,
        words=area_words(rows, [each.name for each in areas[:MOST_ROWS]]),
        limits="Weeks run from the day the watch began; the last may be shorter. A pale cell can be silence, not calm.",
        rows=tuple(rows),
        spec={
            "title": {"text": title, "subtitle": "Dashed with ×: a week without any report, which is not zero."},
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
                "mark": {"type": "rect", "filled": False, "stroke": SOFT, "strokeDash": [2, 3], "strokeWidth": 0.8},
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
        count = sum(heading.counts[start : start + 7])
        yield {
            "area": heading.name,
            "week": days[0].day.isoformat(),
            "incidents": count if seen else None,
            **(interval_of(count) if seen else {"low": None, "high": None}),
            "observed_days": seen,
        }
