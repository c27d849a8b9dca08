"""A confidential source is never left out for a mistake: its documents would be anybody's, and would be released."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from truceline.errors import Severity
from truceline.flow.mission_faults import SOURCES, Fault
from truceline.flow.mission_files import MissionFiles, Tree
from truceline.kit.nearest import find_nearest

KEY = "confidential"
NEVER_OUT = "; a confidential source is never left out, so that nothing is released by a mistake"


def keep_confidential(faults: Iterable[Fault], files: MissionFiles) -> Iterator[Fault]:
    """The faults; one that would leave out a confidential source, or a name of one, forbids the mission instead."""
    file = files.tomls.get(SOURCES)
    hidden = {index for index, table in file.tables("source") if is_meant(table)} if file is not None else set()
    for fault in faults:
        touched = {path[1] for name, path in fault.parts if name == SOURCES and len(path) > 1}
        if fault.problem.severity is Severity.ERROR and touched & hidden:
            message = f"{fault.problem.message}{NEVER_OUT}"
            yield replace(fault, problem=replace(fault.problem, message=message), parts=())
        else:
            yield fault


def is_meant(table: Tree) -> bool:
    """Whether a table says that its source is confidential, be it in a wrong spelling or with a wrong value."""
    return any(find_nearest(key, (KEY,)) is not None and value is not False for key, value in table.items())
