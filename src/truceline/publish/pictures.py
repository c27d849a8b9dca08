"""The plots as pictures, drawn by Vega-Lite's own program inside this process: no browser, no network."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from truceline.model.series import Watch
from truceline.publish.plot import Plot
from truceline.publish.plots import find_plots

FOLDER = "data/plots"  # where plots lie, in a published folder and behind the service

# What stands for each colour of a plot where the page is dark; the colours of kinds stay.
DARK = {
    "white": "#1b1e22",
    "#ffffff": "#15171a",
    "#1c1e21": "#e7e5e0",
    "#6b7077": "#a9adb3",
    "#c9ccd1": "#4a4f56",
    "#ecece6": "#24282d",
    "#e6e6e1": "#363a40",
    "#f4f4f1": "#24282d",
    "#3a3d42": "#d9d6cf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A plot as a page shows it: its words, its rows as a table, and the addresses of its files from the root."""

    name: str
    title: str
    words: str
    limits: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    light: str
    dark: str
    table: str
    spec: str


def find_pictures(watch: Watch | None) -> tuple[Picture, ...]:
    """The pictures of a watch; nothing is drawn yet."""
    return () if watch is None else tuple(picture_of(each) for each in find_plots(watch))


def picture_of(plot: Plot) -> Picture:
    columns = tuple(dict.fromkeys(key for row in plot.rows for key in row))
    return Picture(
        name=plot.name,
        title=plot.title,
        words=plot.words,
        limits=plot.limits,
        columns=tuple(each.replace("_", " ") for each in columns),
        rows=tuple(tuple(cell_words(row.get(each)) for each in columns) for row in plot.rows),
        light=f"{FOLDER}/{plot.name}.svg",
        dark=f"{FOLDER}/{plot.name}-dark.svg",
        table=f"{FOLDER}/{plot.name}.csv",
        spec=f"{FOLDER}/{plot.name}.vl.json",
    )


def cell_words(value: Any) -> str:
    """'' where nothing was observed."""
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def find_files(watch: Watch) -> Mapping[str, str]:
    """Every file of every plot by its name: the specification, the table, the picture in light and in dark."""
    files: dict[str, str] = {}
    for plot in find_plots(watch):
        files |= {f"{plot.name}.vl.json": plot.text, f"{plot.name}.csv": plot.table}
        files |= {f"{plot.name}.svg": draw(plot), f"{plot.name}-dark.svg": draw(plot, dark=True)}
    return files


def file_of(watch: Watch, name: str) -> str | None:
    """One of these files; only this one is drawn. None where there is none of that name."""
    for plot in find_plots(watch):
        if name in (f"{plot.name}.vl.json", f"{plot.name}.csv"):
            return plot.table if name.endswith(".csv") else plot.text
        if name in (f"{plot.name}.svg", f"{plot.name}-dark.svg"):
            return draw(plot, dark=name.endswith("-dark.svg"))
    return None


def draw(plot: Plot, *, dark: bool = False) -> str:
    """The plot as SVG. The same plot gives the same picture; it is drawn once and remembered."""
    spec = {**plot.drawn, "config": {**plot.drawn["config"], "aria": False}}  # a picture is told by its page
    return drawn(json.dumps(recoloured(spec) if dark else spec, ensure_ascii=False))


@lru_cache(maxsize=64)
def drawn(spec: str) -> str:
    import vl_convert  # noqa: PLC0415  # brings a JavaScript engine, which only those who draw need

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def recoloured(part: Any) -> Any:
    """A specification with the colours of the dark page."""
    if isinstance(part, dict):
        return {key: value if key == "values" else recoloured(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [recoloured(each) for each in part]
    return DARK.get(part, part) if isinstance(part, str) else part
