"""What [grading] of mission.toml names, held against the actors."""

from collections.abc import Iterator

from truceline.errors import Problem, Severity
from truceline.flow.mission_faults import Fault
from truceline.flow.mission_files import MissionFiles, Tree
from truceline.kit.nearest import did_you_mean
from truceline.kit.tomlplace import TomlPath


def find_unknown_sides(files: MissionFiles) -> Iterator[Fault]:
    """WARNING: sides that no actor bears: what is said of them would hold for nobody."""
    mission, actors = files.tomls.get("mission.toml"), files.tomls.get("actors.toml")
    grading = mission.tree.get("grading") if mission is not None else None
    if mission is None or actors is None or not isinstance(grading, dict):
        return
    known = {str(each["side"]) for _, each in actors.tables("actor") if "side" in each}
    for path, side in sides_of(grading):
        if side not in known:
            message = f"'{side}' is the side of no actor{did_you_mean(side, known)}"
            where = mission.where(path)
            yield Fault(
                problem=Problem(code="mission.unknown-side", message=message, where=where, severity=Severity.WARNING)
            )


def sides_of(grading: Tree) -> Iterator[tuple[TomlPath, str]]:
    """Every side named, with where it stands."""
    flyers, camps = grading.get("no_aircraft"), grading.get("camps")
    for at, side in enumerate(flyers if isinstance(flyers, list) else []):
        yield ("grading", "no_aircraft", at), str(side)
    for at, camp in enumerate(camps if isinstance(camps, list) else []):
        for inner, side in enumerate(camp if isinstance(camp, list) else []):
            yield ("grading", "camps", at, inner), str(side)
