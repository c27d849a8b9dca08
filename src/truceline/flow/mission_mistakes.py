"""What pydantic found wrong, in the words of somebody who edits a mission: what, where, what next."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from truceline.errors import Problem
from truceline.flow.mission_faults import Fault, parts_at
from truceline.flow.mission_files import NO_DAY, TomlFile, Tree
from truceline.flow.mission_places import PlaceRow
from truceline.kit.nearest import did_you_mean
from truceline.kit.tomlplace import TomlPath

# A zone is drawn or named by its id; pydantic puts which of both it took into the path, where no file has it.
ZONE_TAGS = ("drawn-zone", "named-zone")

T = TypeVar("T")
Filled = TypeVar("Filled", bound=BaseModel)

# What to write where a key is missing or holds the wrong kind of value.
EXAMPLES = {
    "id": 'id = "…"',
    "name": 'name = "…"',
    "since": "since = 2016-02-27",
    "until": "until = 2016-06-21",
    "timezone": 'timezone = "Asia/Damascus"',
    "kind": "",
    "family": 'family = "…" (sources of one family count as one origin)',
    "reliability": 'reliability = "A" … "F" (Admiralty; "F" where nothing is known)',
    "reason": 'reason = "why this grade"',
    "source": 'source = "where a reader finds it"',
    "at": "at = 2016-02-27T00:00:00+02:00",
    "start": "start = 2016-05-05T01:00:00+03:00",
    "end": "end = 2016-05-07T01:00:00+03:00",
    "entry": "an [[entry]] table: the instant of entry into force",
    "area": "an [[area]] table: where the agreement applies",
    "acts": 'acts = [{ plover = "ASSAULT" }]',
    "binds": 'binds = ["party"]',
    "protects": 'protects = ["any"]',
    "clause": 'clause = "paragraph …"',
    "duty": 'duty = "prohibits" or "requires"',
    "zones": 'zones = [{ kind = "circle", name = "…", lat = 36.2, lon = 37.16, radius_km = 10 }]',
    "needs": "[[exception.needs]] tables: what must be shown, and the cues that say so",
    "what": 'what = "what must be shown"',
    "cues": 'cues = ["returned fire"]',
    "question": 'question = "Was it …?"',
    "from": "from = 2015-02-15T00:00:00+02:00",
    "accepted": "accepted = 2016-02-26",
    "cutoff": "cutoff = 18:00:00",
}

# What a value must be, by pydantic's name of the mistake.
EXPECTED = {
    "string_type": "must be a text in quotes",
    "string_too_short": "must not be empty",
    "date_type": "must be a date without quotes, like 2016-02-27",
    "datetime_type": "must be an instant without quotes, like 2016-02-27T00:00:00+02:00",
    "timezone_aware": "must say its offset from UTC, like 2016-02-27T00:00:00+02:00",
    "time_type": "must be an hour without quotes, like 18:00:00",
    "list_type": "must be a list in square brackets",
    "tuple_type": "must be a point [lat, lon] in degrees",
    "too_short": "must not be empty",
    "model_type": "must be a table",
    "float_type": "must be a number without quotes",
    "float_parsing": "must be a number",
    "int_type": "must be a whole number without quotes",
    "finite_number": "must be a finite number",
}


def find_mistakes(form: type[BaseModel], file: TomlFile) -> Iterator[Fault]:
    """Every mistake of a file that its form shows, each with the part it sits in."""
    try:
        form.model_validate(file.tree)
    except ValidationError as error:
        for mistake in error.errors(include_url=False):
            if not _is_told_as_day(mistake):
                yield _toml_fault(mistake, form, file)


def _is_told_as_day(mistake: ErrorDetails) -> bool:
    """A day that does not exist is told by itself (`find_impossible_days`)."""
    given = mistake["input"]
    return isinstance(given, str) and given.startswith(NO_DAY)


def _toml_fault(mistake: ErrorDetails, form: type[BaseModel], file: TomlFile) -> Fault:
    path: TomlPath = tuple(part for part in mistake["loc"] if part not in ZONE_TAGS)
    code, message = explain_mistake(mistake, form)
    subject = _subject_of(path, file.tree)
    problem = Problem(code=code, message=f"{subject}{message}", where=file.where(path))
    return Fault(problem=problem, parts=parts_at(file.name, path))


def fill_form(form: type[Filled], tree: Tree) -> Filled | None:
    """The filled form; None where the tree has mistakes."""
    try:
        return form.model_validate(tree)
    except ValidationError:
        return None


def explain_mistake(mistake: ErrorDetails, form: type[BaseModel]) -> tuple[str, str]:
    """The stable code of the problem and what to tell the editor."""
    key = _last_key(mistake["loc"])
    match mistake["type"]:
        case "missing":
            example = EXAMPLES.get(key) or _choices(form, mistake["loc"])
            return "mission.missing-key", f"'{key}' is missing; add {example or key}"
        case "extra_forbidden":
            known = _known_keys(form, mistake["loc"])
            hint = did_you_mean(key, known) or f"; known here: {', '.join(known)}"
            return "mission.unknown-key", f"unknown key '{key}'{hint}"
        case "enum":
            given, choices = str(mistake["input"]), _choices(form, mistake["loc"])
            hint = did_you_mean(given, choices.split(" | "))
            return "mission.bad-value", f"{key} = '{given}' is none of {choices}{hint}"
        case "mission":
            return "mission.bad-value", mistake["msg"]
        case kind:
            expected = EXPECTED.get(kind) or mistake["msg"].replace("Input should", "must")
            return "mission.bad-value", f"'{key}' {expected}{_given(mistake['input'])}"


def _given(value: object) -> str:
    return f", not {value!r}" if isinstance(value, str | int | float) else ""


def _last_key(path: TomlPath) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _subject_of(path: TomlPath, tree: Tree) -> str:
    """ "actor 'jan': " for the innermost table on the path that has an id or a name; else nothing."""
    subject = ""
    held: object = tree
    for depth, part in enumerate(path):
        held = _subscript(held, part)
        if isinstance(held, dict) and isinstance(part, int):
            label = held.get("id") or held.get("name") or held.get("actor")
            table = path[depth - 1] if depth else ""
            subject = f"{table} '{label}': " if isinstance(label, str) else subject
    return subject


def _subscript(held: object, part: str | int) -> object:
    if isinstance(held, dict):
        return held.get(part)
    if isinstance(held, list) and isinstance(part, int) and part < len(held):
        return held[part]
    return None


def _known_keys(form: type[BaseModel], path: TomlPath) -> list[str]:
    return list(_form_at(form, path[:-1]).model_fields)


def _form_at(form: type[BaseModel], path: TomlPath) -> type[BaseModel]:
    """The form that describes the table at the path."""
    for key in path:
        if isinstance(key, str) and key in form.model_fields:
            form = next(_find_classes(form.model_fields[key].annotation, BaseModel), form)
    return form


def _choices(form: type[BaseModel], path: TomlPath) -> str:
    """ "a | b | c" for a key with closed choices; else nothing."""
    described = _form_at(form, path[:-1]).model_fields.get(_last_key(path))
    closed = next(_find_classes(described.annotation, StrEnum), None) if described is not None else None
    return " | ".join(closed) if closed is not None else ""


def _find_classes(annotation: object, kind: type[T]) -> Iterator[type[T]]:
    """The classes of one kind named anywhere in a type annotation: list[ActorForm], Status | None."""
    if isinstance(annotation, type) and issubclass(annotation, kind):
        yield annotation
    for inner in get_args(annotation):
        yield from _find_classes(inner, kind)


def find_row_mistakes(form: type[BaseModel], row: PlaceRow) -> Iterator[Fault]:
    try:
        form.model_validate(row.cells)
    except ValidationError as error:
        subject = f"place '{row.cells['id']}': " if "id" in row.cells else ""
        for mistake in error.errors(include_url=False):
            code, message = explain_mistake(mistake, form)
            yield Fault(problem=Problem(code=code, message=f"{subject}{message}", where=row.where), parts=row.parts)
