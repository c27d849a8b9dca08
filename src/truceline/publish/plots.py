"""Plots of the watch as Vega-Lite, each beside a table that holds the same.

They read in grey print and without telling colours apart: marks differ in shape and darkness, areas in one scale from
light to dark, kinds of event stand in a column each, and days without reports are a dashed box, never nought.
"""

from collections.abc import Sequence
from pathlib import Path

from truceline.model.series import Pattern, Watch
from truceline.publish.plot import BAND, INK, SOFT, Plot
from truceline.publish.plot_days import daily_plot
from truceline.publish.plot_grids import area_plot, party_plot
from truceline.publish.plot_words import lag_words

MOST_PATTERNS = 6


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
    title = f"“{pattern.then}” after “{pattern.first}”, {where}"
    return Plot(
        name=name,
        title=title,
        words=lag_words(pattern),
        limits="That one follows the other does not say that one is done because of the other.",
        rows=rows,
        spec={
            "title": {
                "text": title,
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
