"""A mission folder becomes one typed Mission, without the parts that hold a mistake, or the list of what forbids it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from truceline.errors import MissionError, Problem, Severity
from truceline.flow.mission_agreement_forms import AgreementForm
from truceline.flow.mission_bereft import find_bereft
from truceline.flow.mission_checks import find_contradictions
from truceline.flow.mission_faults import PLACES, Fault, left_out, without
from truceline.flow.mission_files import MissionFiles, read_mission_files
from truceline.flow.mission_forms import ActorsForm, MissionForm, PlaceForm, SourcesForm
from truceline.flow.mission_mistakes import Filled, fill_form, find_mistakes, find_row_mistakes
from truceline.flow.mission_records import build_mission
from truceline.flow.mission_release_checks import keep_confidential
from truceline.flow.mission_release_forms import ReleaseForm
from truceline.flow.mission_start import init_mission
from truceline.model.mission import Mission

__all__ = ["check_mission", "init_mission", "load_mission"]

FORMS: dict[str, type[BaseModel]] = {
    "mission.toml": MissionForm,
    "agreement.toml": AgreementForm,
    "actors.toml": ActorsForm,
    "sources.toml": SourcesForm,
    "release.toml": ReleaseForm,
}


def load_mission(folder: Path) -> Mission:
    """The mission of a folder, its `problems` what was left out of it. Raises MissionError where none can be made."""
    mission, problems = check_mission(folder)
    if mission is None:
        raise MissionError(problems)
    return mission


def check_mission(folder: Path) -> tuple[Mission | None, list[Problem]]:
    """The mission, None where a mistake forbids it, and all problems sorted by file and line, warnings included.

    A mission with an ERROR among its problems is made without the parts they name (docs/guide/missions.md).
    """
    if not folder.is_dir():
        message = "there is no such folder; truceline init writes a commented one to start from"
        return None, [Problem(code="mission.missing-folder", message=message, where=str(folder))]
    files = read_mission_files(folder)
    faults = [*keep_confidential(_find_faults(files), files)]
    mission = None
    if not _is_forbidden(files, faults):
        faults += [*find_bereft(files, faults)]
        mission = _build(folder, files, faults)
    told = (fault.problem if mission is None else fault.told() for fault in faults)
    problems = sorted({*files.problems, *told}, key=_place_in_files)
    return (None if mission is None else replace(mission, problems=tuple(problems))), problems


def _find_faults(files: MissionFiles) -> Iterator[Fault]:
    for name, form in FORMS.items():
        if name in files.tomls:
            yield from find_mistakes(form, files.tomls[name])
    for row in files.place_rows or ():
        yield from find_row_mistakes(PlaceForm, row)
    yield from find_contradictions(files)


def _is_forbidden(files: MissionFiles, faults: Sequence[Fault]) -> bool:
    """Whether a file that a mission cannot do without is not read, or a mistake sits where nothing can be left out."""
    unread = (each for each in files.problems if each.severity is Severity.ERROR)
    return any(not each.where.startswith(PLACES) for each in unread) or any(fault.is_fatal for fault in faults)


def _build(folder: Path, files: MissionFiles, faults: Sequence[Fault]) -> Mission | None:
    """The mission of what is left when every faulty part is left out."""

    def fill(form: type[Filled], name: str) -> Filled | None:
        file = files.tomls.get(name)
        return None if file is None else fill_form(form, without(file.tree, left_out(faults, name)))

    mission, agreement = fill(MissionForm, "mission.toml"), fill(AgreementForm, "agreement.toml")
    release = fill(ReleaseForm, "release.toml")
    actors, sources = fill(ActorsForm, "actors.toml"), fill(SourcesForm, "sources.toml")
    lines = left_out(faults, PLACES)
    rows = (row for row in files.place_rows or () if (row.line,) not in lines)
    places = (fill_form(PlaceForm, row.cells) for row in rows)
    if mission is None or actors is None or sources is None:
        return None
    return build_mission(
        folder,
        mission,
        agreement=agreement,
        actors=actors.actor,
        sources=sources.source,
        places=[place for place in places if place is not None],
        profiles=() if release is None else release.profile,
    )


def _place_in_files(problem: Problem) -> tuple[str, int, str]:
    name, _, line = problem.where.partition(":")
    return name, int(line) if re.fullmatch(r"\d+", line) else 0, problem.message
