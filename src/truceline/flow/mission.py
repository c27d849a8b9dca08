"""A mission folder becomes one typed Mission, or the list of everything wrong with it."""

import re
from pathlib import Path

from truceline.errors import MissionError, Problem, Severity
from truceline.flow.mission_checks import find_contradictions
from truceline.flow.mission_files import MissionFiles, read_mission_files
from truceline.flow.mission_forms import ActorsForm, AgreementForm, MissionForm, PlaceForm, SourcesForm
from truceline.flow.mission_mistakes import Filled, fill_form, fill_row
from truceline.flow.mission_records import build_mission
from truceline.flow.mission_start import init_mission
from truceline.model.mission import Mission

__all__ = ["check_mission", "init_mission", "load_mission"]


def load_mission(folder: Path) -> Mission:
    """The mission of a folder. Raises MissionError with every mistake of every file (docs/guide/missions.md)."""
    mission, problems = check_mission(folder)
    if mission is None:
        raise MissionError(problems)
    return mission


def check_mission(folder: Path) -> tuple[Mission | None, list[Problem]]:
    """The mission, None where a mistake forbids it, and all problems sorted by file and line, warnings included."""
    if not folder.is_dir():
        message = "there is no such folder; truceline init writes a commented one to start from"
        return None, [Problem(code="mission.missing-folder", message=message, where=str(folder))]
    files = read_mission_files(folder)
    mission, problems = _fill(folder, files)
    found = {*files.problems, *problems, *find_contradictions(files)}
    ordered = sorted(found, key=_place_in_files)
    is_wrong = any(problem.severity is Severity.ERROR for problem in ordered)
    return (None if is_wrong else mission), ordered


def _fill(folder: Path, files: MissionFiles) -> tuple[Mission | None, list[Problem]]:
    problems: list[Problem] = []

    def fill(form: type[Filled], name: str) -> Filled | None:
        if name not in files.tomls:
            return None
        filled, mistakes = fill_form(form, files.tomls[name])
        problems.extend(mistakes)
        return filled

    mission, agreement = fill(MissionForm, "mission.toml"), fill(AgreementForm, "agreement.toml")
    actors, sources = fill(ActorsForm, "actors.toml"), fill(SourcesForm, "sources.toml")
    places = []
    for row in files.place_rows or ():
        place, mistakes = fill_row(PlaceForm, row)
        problems.extend(mistakes)
        places.extend([place] if place is not None else [])
    if mission is None or actors is None or sources is None or problems:
        return None, problems
    built = build_mission(
        folder, mission, agreement=agreement, actors=actors.actor, sources=sources.source, places=places
    )
    return built, problems


def _place_in_files(problem: Problem) -> tuple[str, int, str]:
    name, _, line = problem.where.partition(":")
    return name, int(line) if re.fullmatch(r"\d+", line) else 0, problem.message
