"""What agreement.toml names and does not define (actors, zones, weapons, versions), and zones without a shape."""

from collections.abc import Callable, Iterable, Iterator

from truceline.errors import Problem
from truceline.flow.mission_agreement_sense import find_senseless
from truceline.flow.mission_faults import Fault
from truceline.flow.mission_files import MissionFiles, TomlFile, Tree, tables_in
from truceline.flow.mission_mentions import Mention, listed_mentions, mentions, nested_mentions, warning
from truceline.kit.nearest import did_you_mean
from truceline.kit.shapes import crosses_itself, ring_area_km2
from truceline.kit.tomlplace import TomlPath
from truceline.vocab.verdicts import load_verdict_table

# What `binds` and `protects` may say besides actor ids and sides.
EVERYBODY = {"binds": ("party",), "protects": ("party", "any")}
LEAST_AREA_KM2 = 0.01  # a hectare: less is no area that anything could be said to lie in


def find_unknown_bound(files: MissionFiles) -> Iterator[Fault]:
    """Words in `binds` and `protects` that are no actor, no side of an actor and no word for everybody."""
    actors, agreement = files.tomls.get("actors.toml"), files.tomls.get("agreement.toml")
    if actors is None or agreement is None:
        return
    known = {each.value for each in mentions(actors, "actor", "id")}
    known |= {f"side:{each.value}" for each in mentions(actors, "actor", "side")}
    for table, key in (("obligation", "binds"), ("obligation", "protects"), ("truce", "binds"), ("truce", "protects")):
        allowed = known.union(EVERYBODY[key])
        for each in listed_mentions(agreement, table, key):
            if each.value not in allowed:
                message = (
                    f"'{each.value}' in {key} is neither an actor, a side of an actor, nor {_either(EVERYBODY[key])}"
                )
                message += did_you_mean(each.value, allowed)
                yield each.fault("mission.unknown-actor", message)


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(f"'{word}'" for word in words)


def find_undefined_terms(files: MissionFiles) -> Iterator[Fault]:
    """Ids of zones, weapons, versions and terms that the file uses and does not define."""
    agreement = files.tomls.get("agreement.toml")
    if agreement is None:
        return
    for table, users in (
        ("zone", [*mentions(agreement, "area", "zone"), *nested_mentions(agreement, "truce", "zones", "zone")]),
        ("zone", [*listed_mentions(agreement, "obligation", "zones")]),
        ("weapon", [*listed_mentions(agreement, "obligation", "weapons")]),
        ("weapon", [*listed_mentions(agreement, "weapon", "any_of"), *listed_mentions(agreement, "weapon", "but_not")]),
        ("version", [*mentions(agreement, "obligation", "version")]),
        ("obligation", [*mentions(agreement, "obligation", "superseded_by")]),
    ):
        yield from _undefined(users, table, agreement)


def _undefined(users: Iterable[Mention], table: str, agreement: TomlFile) -> Iterator[Fault]:
    known = {each.value for each in mentions(agreement, table, "id")}
    for each in users:
        if each.value not in known:
            hint = did_you_mean(each.value, known) or f"; add [[{table}]] with this id"
            yield each.fault("mission.undefined-term", f"no [[{table}]] has the id '{each.value}'{hint}")


def find_unknown_exceptions(files: MissionFiles) -> Iterator[Fault]:
    """WARNING: exceptions that nobody could ever be heard to claim, as no cues belong to them."""
    agreement = files.tomls.get("agreement.toml")
    if agreement is None:
        return
    own = {each.value for each in mentions(agreement, "exception", "id")}
    shared = [each.id for each in load_verdict_table().exceptions]
    for table in ("obligation", "truce"):
        for each in listed_mentions(agreement, table, "exceptions"):
            words = each.value.casefold().replace("defense", "defence")
            if each.value not in own and not any(name in words for name in shared):
                message = (
                    f"the exception '{each.value}' is described nowhere, so that no telling can claim it; "
                    f"add [[exception]] with this id, or use one of {', '.join(shared)}"
                )
                yield warning("mission.unknown-exception", message, each.where)


def find_unplaced_zones(files: MissionFiles) -> Iterator[Fault]:
    """Circles without a centre or radius, lines without a width, and places that places.csv does not list."""
    agreement = files.tomls.get("agreement.toml")
    if agreement is None:
        return
    places = None if files.place_rows is None else {row.cells.get("id", "") for row in files.place_rows}
    needed = {"circle": ("lat", "lon", "radius_km"), "buffer": ("line", "km"), "polygon": ("points",)}
    needed["settlements"] = ("places",)
    for path, zone in zones_of(agreement):
        where, name, kind = agreement.where(path), zone.get("name"), str(zone.get("kind"))
        missing = [key for key in needed.get(kind, ()) if key not in zone]
        if missing:
            message = (
                f"the {kind} '{name}' has no {', '.join(missing)}; add {', '.join(f'{key} = …' for key in missing)}"
            )
            yield Fault(problem=Problem(code="mission.missing-key", message=message, where=where))
        named = zone.get("places") if kind == "settlements" else [name] if kind == "place" else []
        for place in named if isinstance(named, list) and places is not None else ():
            if isinstance(place, str) and place not in (places or ()):
                hint = did_you_mean(place, places or ()) or '; add a row with this id, or use kind = "circle"'
                message = f"places.csv has no id '{place}'{hint}"
                yield Fault(problem=Problem(code="mission.unknown-place", message=message, where=where))


def find_empty_zones(files: MissionFiles) -> Iterator[Fault]:
    """Polygons and lines that enclose nothing, or cross themselves."""
    agreement = files.tomls.get("agreement.toml")
    for path, zone in zones_of(agreement) if agreement is not None else ():
        assert agreement is not None
        key = {"polygon": "points", "buffer": "line"}.get(str(zone.get("kind")), "")
        points = _points(zone.get(key))
        told = None if points is None else _fault_of_shape(key, points)
        if told is not None:
            message = f"the {zone.get('kind')} '{zone.get('name')}' {told}"
            yield Fault(
                problem=Problem(code="mission.empty-zone", message=message, where=agreement.where((*path, key)))
            )


def _points(value: object) -> list[tuple[float, float]] | None:
    """The points, None where they are not all pairs of numbers (which the form tells)."""
    pairs = [tuple(each) for each in value if isinstance(each, list)] if isinstance(value, list) else []
    numbers = [pair for pair in pairs if len(pair) == 2 and all(isinstance(each, int | float) for each in pair)]
    return numbers if isinstance(value, list) and len(numbers) == len(value) else None


def _fault_of_shape(key: str, points: list[tuple[float, float]]) -> str | None:
    if key == "line":
        return None if len(set(points)) > 1 else "is no line: give at least two different points [lat, lon]"
    if points and crosses_itself(points):
        return "crosses itself: give its corners in the order in which one walks around it"
    if ring_area_km2(points) < LEAST_AREA_KM2:
        return "has no area: give at least three points [lat, lon] that are not in one line"
    return None


def find_unused_terms(files: MissionFiles) -> Iterator[Fault]:
    """WARNING: zones, weapons, exceptions and versions that are defined and used by nothing."""
    agreement = files.tomls.get("agreement.toml")
    if agreement is None:
        return
    used = {
        "zone": [
            *mentions(agreement, "area", "zone"),
            *nested_mentions(agreement, "truce", "zones", "zone"),
            *listed_mentions(agreement, "obligation", "zones"),
        ],
        "weapon": [
            *listed_mentions(agreement, "obligation", "weapons"),
            *listed_mentions(agreement, "weapon", "any_of"),
            *listed_mentions(agreement, "weapon", "but_not"),
        ],
        "exception": [
            *listed_mentions(agreement, "obligation", "exceptions"),
            *listed_mentions(agreement, "truce", "exceptions"),
        ],
        "version": [*mentions(agreement, "obligation", "version")],
    }
    for table, users in used.items():
        names = {each.value for each in users}
        for each in mentions(agreement, table, "id"):
            if each.value not in names:
                message = f"{table} '{each.value}' is used by no term; use it or remove it"
                yield warning("mission.unused-term", message, each.where)


def zones_of(agreement: TomlFile) -> Iterator[tuple[TomlPath, Tree]]:
    """Every drawn zone; those named by an id are drawn once, in their [[zone]]."""
    for table in ("zone", "area"):
        for index, zone in agreement.tables(table):
            if "zone" not in zone:
                yield (table, index), zone
    for truce_index, truce in agreement.tables("truce"):
        for index, zone in tables_in(truce, "zones"):
            if "zone" not in zone:
                yield ("truce", truce_index, "zones", index), zone


AGREEMENT_CHECKS: tuple[Callable[[MissionFiles], Iterator[Fault]], ...] = (
    find_unknown_bound,
    find_undefined_terms,
    find_unknown_exceptions,
    find_unplaced_zones,
    find_empty_zones,
    find_unused_terms,
    find_senseless,
)
