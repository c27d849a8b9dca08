"""`truceline gauge`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.exits import Exit
from truceline.cli.options import existing

if TYPE_CHECKING:
    from collections.abc import Callable

    from truceline.gauge.case import Predict
    from truceline.gauge.suites import Report


class Format(StrEnum):
    TABLE = "table"
    MARKDOWN = "markdown"


NAMES = (
    "polnear, re3d, geo, geo-given, ucdp, chances, timeml, factuality, petrarch2, muc4; of our own passages chains, "
    "chains-later, actors, areas, times, acts, acts-later; of fusing ucdp-pairs, ucdp-rows, contradictions, "
    "contradictions-later, origins, origins-later, corrected, ecbplus-documents, ecbplus-mentions; of judging judging, "
    "judging-later; of watching rate-coverage, changes, alerts, patterns, stated-trends, stated-trends-later, "
    "predictions; all; or pace, documents a second; or ground, what finding places, actors and times costs."
)
SuiteName = Annotated[str, typer.Argument(help=NAMES, metavar="SUITE", show_default=False)]
GoldFolder = Annotated[Path, typer.Argument(help="The folder with the gold sets.", metavar="PATH", show_default=False)]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Take only the first documents.")]
Split = Annotated[str | None, typer.Option("--split", help="One of the suite's splits, else its first.")]
Readings = Annotated[
    Path | None,
    typer.Option("--readings", help="Score readings printed earlier by `read --format jsonl`.", metavar="FILE"),
]
ForMission = Annotated[
    Path | None, typer.Option("--mission", "-m", help="Read for a mission instead of for none.", metavar="DIR")
]
Places = Annotated[
    bool,
    typer.Option("--places/--no-places", help="With --mission: with its own places, or with the world's alone."),
]
Floors = Annotated[
    bool, typer.Option("--floors", help="Fail with 1 where a score is below its floor (gauge/floors.toml).")
]
Simulate = Annotated[
    int,
    typer.Option("--simulate", min=0, help="ground: also a gazetteer of so many invented names.", metavar="NAMES"),
]
Picture = Annotated[
    Path | None,
    typer.Option("--picture", help="With chances: draw how often they are right, as .svg or .png.", metavar="FILE"),
]


def gauge(
    suite: SuiteName,
    path: GoldFolder,
    limit: Limit = None,
    split: Split = None,
    readings: Readings = None,
    mission: ForMission = None,
    places: Places = True,
    floors: Floors = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the scores.")] = Format.TABLE,
    simulate: Simulate = 0,
    picture: Picture = None,
) -> None:
    """Score reading on gold sets.

    Each score has its interval, and beside it what a plain reader reaches.

    truceline gauge polnear ../shared/gold --limit 100

    truceline gauge ucdp ../shared/gold --mission missions/syria-2016 --no-places

    truceline gauge all ../shared/gold --floors

    truceline gauge chances ../shared/gold --split held-out --picture chances.svg
    """
    from truceline.gauge.fused_suites import FUSED
    from truceline.gauge.predict import mission_reader, readings_from
    from truceline.gauge.watched_suites import WATCHED

    existing([path])
    drawable(suite, picture)
    if suite in ("pace", "ground"):
        show_rows(suite, path, limit=limit, simulated=simulate)
        return
    tell_gazetteer()
    predict, note = None, ""
    if readings is not None:
        predict = readings_from(readings)
    elif mission is not None:
        existing([mission])
        predict = mission_reader(mission, places=places)
        note = f"Read for {mission.name}, {'with its places' if places else 'without its places'}."
    reports = []
    if suite not in FUSED and suite not in WATCHED:
        reports += measure(suite, path, predict, limit=limit, split=split, note=note)
    if suite in FUSED or (suite == "all" and readings is None):
        reports += measure_fused(suite, path, mission, limit=limit, split=split, places=places)
    if suite in WATCHED or (suite == "all" and readings is None):
        reports += measure_watched(suite)
    show(reports, format)
    if picture is not None:
        draw(reports, picture)
    if floors:
        hold_to_floors(reports)


def drawable(suite: str, picture: Path | None) -> None:
    """Raises UsageError at once, before the long measuring, where no picture can be drawn or kept."""
    from truceline.errors import UsageError

    if picture is not None and (suite != "chances" or picture.suffix.lower() not in {".svg", ".png"}):
        raise UsageError(f"--picture {picture}: only suite 'chances' has a picture, and it is written as .svg or .png")
    if picture is not None:
        existing([picture.absolute().parent])


def draw(reports: "list[Report]", picture: Path) -> None:
    from truceline.cli.shown import note
    from truceline.gauge.picture import write_picture

    write_picture(reports[0], picture)
    note(str(picture))


def measure(
    suite: str, path: Path, predict: "Predict | None", *, limit: int | None, split: str | None, note: str = ""
) -> "list[Report]":
    """The reports of one suite or of all; without `predict` what `truceline read` does is measured."""
    from truceline.cli.shown import progress_shown
    from truceline.gauge.suites import SUITES, run_suite, suite_named

    names = list(SUITES) if suite == "all" else [suite_named(suite).name]
    reader = reader_by_suite(path) if predict is None else lambda _: (predict, note)
    reports = []
    with progress_shown() as progress:
        for name in names:
            with progress.stage(name) as advance:
                read, known = reader(name)
                reports.append(
                    run_suite(name, path, predict=read, limit=limit, split=split, step=lambda: advance(1), note=known)
                )
    return reports


def measure_fused(
    suite: str, path: Path, folder: Path | None, *, limit: int | None, split: str | None, places: bool = True
) -> "list[Report]":
    """The reports of one suite of fusing or of all, read and fused for a mission as a run does it."""
    from dataclasses import replace

    from truceline.cli.shown import progress_shown
    from truceline.errors import UsageError
    from truceline.flow.mission import load_mission
    from truceline.gauge.fused_suites import FUSED
    from truceline.gauge.fusing import Asked
    from truceline.gauge.ucdp_fused import SPLITS

    if split is not None and split not in SPLITS:
        raise UsageError(f"suite '{suite}' has no split '{split}'; choose one of {', '.join(SPLITS)}")
    reports = []
    with progress_shown() as progress:
        for name in FUSED if suite == "all" else [suite]:
            mission = load_mission(folder or FUSED[name].mission)
            known = mission if places else replace(mission, places=())
            with progress.stage(name) as advance:
                asked = Asked(folder=path, mission=known, split=split or "all", limit=limit, step=lambda: advance(1))
                reports.append(FUSED[name].run(asked))
    return reports


def measure_watched(suite: str) -> "list[Report]":
    """The reports of one suite of watching or of all, on simulated series."""
    from truceline.cli.shown import progress_shown
    from truceline.gauge.watched_suites import WATCHED

    reports = []
    with progress_shown() as progress:
        for name in WATCHED if suite == "all" else [suite]:
            with progress.stage(name):
                reports.append(WATCHED[name].run())
    return reports


def reader_by_suite(path: Path) -> "Callable[[str], tuple[Predict, str]]":
    """The reader that a suite measures, and what to know of it.

    Most share one; some are given the dictionaries of their gold set, marks made without it, zones and truces,
    spans, or a mission.
    """
    from functools import cache

    from truceline.gauge.bundles import bundle_reader
    from truceline.gauge.ecbplus_documents import EcbPlusDocuments, stories_reader
    from truceline.gauge.ecbplus_mentions import EcbPlusMentions, mentions_reader
    from truceline.gauge.geo_given import GeoGiven, given_reader
    from truceline.gauge.origins import ORIGINS
    from truceline.gauge.passages import MISSION
    from truceline.gauge.predict import default_reader, marks_for, mission_reader
    from truceline.gauge.suites import dictionaries_of, mission_of
    from truceline.gauge.times import Times, times_reader

    made = cache(default_reader)
    own = {Times.name: times_reader, EcbPlusDocuments.name: stories_reader, EcbPlusMentions.name: mentions_reader}
    topics = "A document is a topic here."

    def reader(name: str) -> "tuple[Predict, str]":
        if name in own:
            return own[name](path), "" if name == Times.name else topics
        if name == GeoGiven.name:
            return given_reader(path), "The spans are given; asked are all names with coordinates, unresolved is wrong."
        if name in ORIGINS:
            suite = ORIGINS[name]
            bundles = bundle_reader(lambda: (each.document for each in suite.cases(path, suite.splits[0])))
            return bundles, f"Read and fused for {MISSION.name}, all bundles in one register."
        mission = mission_of(name)
        if mission is not None:
            return mission_reader(mission), f"Read for {mission.name}."
        marks = marks_for(name)
        return made(dictionaries_of(name, path), marks), "" if marks is None else marks.note

    return reader


def show(reports: "list[Report]", format: Format) -> None:
    from truceline.cli.shown import answers
    from truceline.gauge.show import markdown, render, render_detail

    match format:
        case Format.MARKDOWN:
            print(markdown(reports))
        case Format.TABLE:
            for report in reports:
                answers().print(render(report))
                if report.detail is not None:
                    answers().print(render_detail(report.detail))


def tell_gazetteer() -> None:
    """Say where the gazetteer in use is not the world's: scores of others are not to be held against these."""
    from truceline.cli.shown import note
    from truceline.read.gazetteer_in_use import gazetteer_fingerprint, gazetteer_path, user_cache

    if gazetteer_fingerprint(user_cache()):
        note(f"Read with {gazetteer_path(user_cache())}; TRUCELINE_GAZETTEER=default reads with the world alone.")


def show_rows(suite: str, path: Path, *, limit: int | None, simulated: int) -> None:
    """A table of docs/performance.md; progress goes to standard error, row by row."""
    from truceline.cli.shown import complain
    from truceline.gauge.bench_ground import measure_grounding
    from truceline.gauge.bench_read import markdown, measure_reading

    measured = (
        measure_reading(path, limit=limit)
        if suite == "pace"
        else measure_grounding(path, limit=limit, simulated=simulated)
    )
    rows = []
    for row in measured:
        rows.append(row)
        complain(f"{row.name}: {row.value}")
    print(markdown(rows))


def hold_to_floors(reports: "list[Report]") -> None:
    """Tell every score on the wrong side of its floor; leave with 1 when there is one."""
    from truceline.cli.shown import complain
    from truceline.gauge.floors import below_floors, read_floors

    breaches = below_floors(reports, read_floors())
    for breach in breaches:
        complain(str(breach))
    if breaches:
        raise typer.Exit(Exit.UNEXPECTED)
