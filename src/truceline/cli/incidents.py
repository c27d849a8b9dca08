"""`truceline incidents`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.options import (
    DatabaseAddress,
    MissionFolder,
    RegisterFolder,
    known_mission,
    moment_or_none,
    open_register_of,
)

if TYPE_CHECKING:
    from truceline.model.assessment import Assessment
    from truceline.model.incident import Incident
    from truceline.model.mission import Mission
    from truceline.model.view import View


class Format(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


def incidents(
    mission: MissionFolder,
    since: Annotated[str | None, typer.Option(help="From this day or instant on.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Before this day or instant.", metavar="DATE")] = None,
    kind: Annotated[
        str | None, typer.Option(help="PLOVER category or mode, ACLED sub-event or CAMEO code.", metavar="KIND")
    ] = None,
    party: Annotated[
        str | None, typer.Option(help="Said to be responsible: an actor's id, or side:NAME.", metavar="ACTOR")
    ] = None,
    actor: Annotated[
        str | None, typer.Option(help="Taking part in any role: an actor's id, or side:NAME.", metavar="ACTOR")
    ] = None,
    verdict: Annotated[str | None, typer.Option(help="As `violation` or `contested`.", metavar="VERDICT")] = None,
    place: Annotated[
        str | None, typer.Option(help="A part of the place's name or governorate.", metavar="NAME")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Told by this source, an id of sources.toml.", metavar="ID")
    ] = None,
    grade: Annotated[str | None, typer.Option(help="Admiralty: B, 2 or B2.", metavar="GRADE")] = None,
    text: Annotated[str | None, typer.Option(help="Said in its title or in a claim.", metavar="WORDS")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print them.")] = Format.TABLE,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """List what the register holds, by time.

    Every filter narrows the list. A party or an actor stands for its members too: `--party side:opposition` finds
    every group of that side. Days are days in the mission's time zone.

        truceline incidents -m missions/syria-2016 --since 2016-05-01 --until 2016-05-08 --kind aerial

        truceline incidents -m missions/syria-2016 --verdict violation --format csv > violations.csv
    """
    known = known_mission(mission)
    check_names(known, {"--party": party, "--actor": actor}, source=source)
    from truceline.store.register import Wanted

    check_stretch(since, until, known)
    wanted = Wanted(
        since=local_moment(since, known, name="--since"),
        until=local_moment(until, known, name="--until"),
        kind=known_kind(kind),
        party=party,
        actor=actor,
        verdict=known_verdict(verdict),
        place=place,
        source=source,
        grade=known_grade(grade),
        text=text,
    )
    with open_register_of(known, register, database) as opened:
        found = opened.incidents(wanted)
        if format in {Format.CSV, Format.GEOJSON}:
            show_published(replace(opened.view(known), incidents=found), format)
        else:
            assessments = {each.incident: each for each in opened.assessments()}
            show_held(found, assessments, format, timezone=known.timezone)


def local_moment(text: str | None, mission: "Mission", *, name: str) -> datetime | None:
    """A bare day is midnight in the mission's time zone."""
    from zoneinfo import ZoneInfo

    moment = moment_or_none(text, name=name)
    if moment is None or text is None or len(text) > len("2016-05-01"):
        return moment
    return moment.replace(tzinfo=ZoneInfo(mission.timezone))


def check_names(mission: "Mission", actors: dict[str, str | None], *, source: str | None) -> None:
    """Raises UsageError, with the nearest known one, for an actor or source the mission does not know."""
    from truceline.errors import UsageError
    from truceline.kit.nearest import did_you_mean

    sides = {f"side:{each.side}" for each in mission.actors if each.side}
    ids = {each.id for each in mission.actors} | sides
    for option, name in actors.items():
        if name is not None and name not in ids:
            raise UsageError(f"{option}: actors.toml has no '{name}'{did_you_mean(name, ids)}")
    sources = {each.id for each in mission.sources}
    if source is not None and source not in sources:
        raise UsageError(f"--source: sources.toml has no '{source}'{did_you_mean(source, sources)}")


def check_stretch(since: str | None, until: str | None, mission: "Mission") -> None:
    """Raises UsageError for a stretch of time that ends before it begins."""
    from truceline.errors import UsageError

    start, end = local_moment(since, mission, name="--since"), local_moment(until, mission, name="--until")
    if start is not None and end is not None and end <= start:
        raise UsageError(f"--until: {until} does not come after --since {since}; nothing can lie between")


def known_kind(text: str | None) -> str | None:
    """The kind as it was written, any CAMEO code among them. Raises UsageError for one no table of ours names."""
    from truceline.errors import UsageError
    from truceline.kit.nearest import did_you_mean
    from truceline.vocab.mission_terms import kind_names, plover_modes

    if text is None or text.isdecimal() or text.casefold() in {each.casefold() for each in kind_names()}:
        return text
    hint = did_you_mean(text, kind_names()) or f"; categories are {', '.join(plover_modes())}"
    raise UsageError(f"--kind: '{text}' is no PLOVER category or mode, ACLED sub-event or CAMEO code{hint}")


def known_grade(text: str | None) -> str | None:
    """The grade as it was written. Raises UsageError for one that the Admiralty scale does not have."""
    from truceline.errors import UsageError

    if text is None or re.fullmatch("[A-F][1-6]?|[1-6]", text.strip().upper()):
        return text
    raise UsageError(f"--grade: '{text}' is none; write a letter A to F, a number 1 to 6, or both, as in B2")


def known_verdict(text: str | None) -> str | None:
    """The verdict meant by its words or the beginning of them. Raises UsageError."""
    from truceline.errors import UsageError
    from truceline.model.assessment import Verdict

    if text is None:
        return None
    meant = [each.value for each in Verdict if each.value.startswith(text.casefold())]
    if not meant:
        raise UsageError(f"--verdict: '{text}' is none; choose one of {', '.join(each.value for each in Verdict)}")
    return meant[0]


def show_published(view: "View", format: Format) -> None:
    """The incidents as they are published: places where people shelter or are treated are rounded."""
    from truceline.publish.datasets import incidents_csv, incidents_geojson
    from truceline.publish.lookup import look_up

    write = incidents_csv if format is Format.CSV else incidents_geojson
    print(write(look_up(view)), end="")


def show_held(
    found: "Sequence[Incident]", assessments: "Mapping[str, Assessment]", format: Format, *, timezone: str
) -> None:
    if format is Format.JSONL:
        show_jsonl(found, assessments)
    else:
        show_table(found, assessments, timezone=timezone)


def show_table(found: "Sequence[Incident]", assessments: "Mapping[str, Assessment]", *, timezone: str) -> None:
    from zoneinfo import ZoneInfo

    from rich.table import Table
    from rich.text import Text

    from truceline.cli.shown import answers
    from truceline.kit.visible import visible_line

    if not found:
        answers().print("no incident matches", style="dim")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("id", "when", "what", "where", "by", "grade", "verdict"):
        table.add_column(column, overflow="fold", no_wrap=column == "id")
    for each in found:
        when = "unknown" if each.start is None else f"{each.start.astimezone(ZoneInfo(timezone)):%Y-%m-%d}"
        place = "unknown" if each.place is None or each.place.name is None else each.place.name
        grade = f"{each.grade.reliability}{each.grade.credibility}"
        by = ", ".join(each.agents) or "unknown"
        verdict = assessments[each.id].verdict.value if each.id in assessments else "not assessed"
        table.add_row(each.id[:12], when, Text(visible_line(each.title)), Text(visible_line(place)), by, grade, verdict)
    console = answers()
    console.print(table)
    console.print(f"{len(found):,} found", style="dim")


def show_jsonl(found: "Sequence[Incident]", assessments: "Mapping[str, Assessment]") -> None:
    """One incident a line with its assessment, as records."""
    import json

    from truceline.store.records import adapter

    for each in found:
        assessment = assessments.get(each.id)
        whole = {
            **adapter(type(each)).dump_python(each, mode="json"),
            "assessment": None
            if assessment is None
            else adapter(type(assessment)).dump_python(assessment, mode="json"),
        }
        print(json.dumps(whole, ensure_ascii=False))
