"""The closed vocabularies of a mission's files: kinds of place, PLOVER acts, countries."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from truceline.model.place import Precision
from truceline.vocab.load import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceKind:
    """What a kind of place means where its row says no more; `radius_km` is the reach of the name."""

    precision: Precision
    radius_km: float


@cache
def place_kinds() -> dict[str, PlaceKind]:
    """Every kind a row of places.csv may have (`place_kinds.toml`)."""
    kinds = _parse_table("place_kinds.toml")["kind"]
    return {
        name: PlaceKind(precision=Precision(kind["precision"]), radius_km=float(kind["radius_km"]))
        for name, kind in kinds.items()
    }


@cache
def plover_modes() -> dict[str, tuple[str, ...]]:
    """The modes of every PLOVER category an obligation may name (`plover_acts.toml`)."""
    return {category: tuple(modes) for category, modes in _parse_table("plover_acts.toml")["modes"].items()}


@cache
def kind_names() -> tuple[str, ...]:
    """Every PLOVER category and mode and every ACLED sub-event that an incident can have."""
    modes = [name for category, names in plover_modes().items() for name in (category, *names)]
    tables = load_toml("events/tables.toml")
    kinds = [*load_toml("events/kinds.toml")["kind"].values(), *tables["ucdp"]["violence"].values()]
    sub_events = [*tables["acled"]["kinds"], *(kind["acled"] for kind in kinds)]
    named = (*modes, *(kind.get("mode", "") for kind in kinds), *sub_events)
    return tuple(dict.fromkeys(name for name in named if name))


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes, from the table that the time zone database carries, and Kosovo's user code."""
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in table.splitlines() if not line.startswith("#")) | {"XK"}


def _parse_table(name: str) -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(resources.files("truceline.vocab").joinpath(name).read_text(encoding="utf-8"))
