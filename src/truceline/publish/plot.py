"""What a plot is: a Vega-Lite specification beside a table that holds the same."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from truceline.publish.cells import safe_cell
from truceline.publish.counting import poisson_interval

Row: TypeAlias = Mapping[str, Any]
Spec: TypeAlias = Mapping[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
INK, SOFT, BAND, GAP = "#1c1e21", "#6b7077", "#c9ccd1", "#ecece6"
CONFIG = {
    "font": "sans-serif",
    "background": "white",
    "axis": {"gridColor": "#e6e6e1", "labelColor": INK, "titleColor": INK, "labelLimit": 260},
    "title": {"anchor": "start", "fontSize": 14, "color": INK, "subtitleColor": SOFT},
    "point": {"opacity": 1},
    "view": {"stroke": None},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A plot by name, the rows it is drawn from, and its specification without them.

    `words` say what it shows, for whoever does not see it; `limits` what it cannot show.
    """

    name: str
    rows: tuple[Row, ...]
    spec: Spec
    title: str
    words: str
    limits: str

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
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in self.rows)
        return out.getvalue()


def interval_of(count: int) -> dict[str, int]:
    low, high = poisson_interval(count)
    return {"low": low, "high": high}
