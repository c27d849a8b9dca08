"""What hangs on a part of a mission that was left out: memberships, sources and terms of an actor or a place gone."""

from collections.abc import Iterable, Iterator, Sequence

from truceline.errors import Problem, Severity
from truceline.flow.mission_agreement_checks import zones_of
from truceline.flow.mission_checks import actor_mentions
from truceline.flow.mission_faults import ACTORS, PLACES, Fault, Part, left_out
from truceline.flow.mission_files import MissionFiles
from truceline.flow.mission_mentions import Mention


def find_bereft(files: MissionFiles, faults: Sequence[Fault]) -> Iterator[Fault]:
    """WARNING: what names an actor or a place that was left out."""
    gone, out = _gone_actors(files, faults), {part for fault in faults for part in fault.parts}
    for each in actor_mentions(files):
        if each.value in gone and not any(_holds(part, (each.file.name, each.path)) for part in out):
            yield _of_actor(each)
    lost = _gone_places(files, faults)
    agreement = files.tomls.get("agreement.toml")
    for path, zone in zones_of(agreement) if agreement is not None else ():
        assert agreement is not None
        if zone.get("kind") == "place" and "lat" not in zone and (files.place_rows is None or zone.get("name") in lost):
            message = f"no coordinates of '{zone.get('name')}' were read from places.csv"
            yield _warning(f"{message}: what lies in it cannot be determined", agreement.where(path))


def _holds(part: Part, inner: Part) -> bool:
    return part[0] == inner[0] and inner[1][: len(part[1])] == part[1]


def _gone_actors(files: MissionFiles, faults: Iterable[Fault]) -> frozenset[str]:
    """Ids of actors.toml of which no table is left."""
    paths = left_out(faults, ACTORS)
    return _gone(
        (str(table.get("id")), ("actor", index) in paths) for index, table in files.tomls[ACTORS].tables("actor")
    )


def _gone_places(files: MissionFiles, faults: Iterable[Fault]) -> frozenset[str]:
    lines = left_out(faults, PLACES)
    return _gone((row.cells.get("id", ""), (row.line,) in lines) for row in files.place_rows or ())


def _gone(defined: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """The ids that are defined only where they are left out."""
    known = list(defined)
    return frozenset(name for name, _ in known) - {name for name, is_out in known if not is_out}


def _of_actor(each: Mention) -> Fault:
    without = _warning(f"the actor '{each.value}' is left out", each.where)
    if each.parts:
        return Fault(problem=without.problem, parts=each.parts)
    return _warning(f"the actor '{each.value}' is left out: what is said of it here holds of nobody", each.where)


def _warning(message: str, where: str) -> Fault:
    return Fault(problem=Problem(code="mission.bereft", message=message, where=where, severity=Severity.WARNING))
