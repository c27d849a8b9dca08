"""Sides of a coded event to actors of the mission: by name, by alias, by the office a name stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from truceline.kit.graph import find_ancestors
from truceline.kit.memo import Same
from truceline.kit.near import fold_loosely
from truceline.model.actor import Actor
from truceline.vocab.load import load_rows, load_toml

UNKNOWN = "no actor of the mission bears this name"
SEVERAL = "several actors of the mission bear this name"


@dataclass(frozen=True, slots=True)
class Sides:
    """Actor ids by folded name, None where several bear it, and the topmost actors by (kind, country)."""

    by_name: dict[str, str | None]
    by_office: dict[tuple[str, str], str]

    def find(self, name: str) -> tuple[str | None, str]:
        """(actor id, reason): the reason says why there is none, or by which other name it was found."""
        folded = fold_loosely(name)
        if folded in self.by_name:
            found = self.by_name[folded]
            return found, SEVERAL if found is None else ""
        for other in [*also(folded), fold_loosely(name.partition("(")[0])]:
            found = self.by_name.get(other)
            if found is not None:
                return found, f"listed as '{other}'"
        office = self.find_office(name.partition("(")[0].strip())
        return (office, f"the {office} of the mission") if office is not None else (None, UNKNOWN)

    def find_office(self, name: str) -> str | None:
        """'Government of Turkey' by its country and kind."""
        for office in tables()["office"]:
            prefix = office["words"].partition("%s")[0]
            if name.startswith(prefix):
                country = countries().get(fold_loosely(name[len(prefix) :]))
                for kind in office["kinds"]:
                    if country is not None and (kind, country) in self.by_office:
                        return self.by_office[kind, country]
        return None


def arrange_sides(actors: Sequence[Actor]) -> Sides:
    """Sides of a mission, remembered for the very same sequence."""
    return _arrange_sides(Same(actors))


@lru_cache(maxsize=4)
def _arrange_sides(given: Same[Sequence[Actor]]) -> Sides:
    by_name: dict[str, str | None] = {}
    for actor in given.held:
        for name in {fold_loosely(each) for each in find_names(actor)}:
            by_name[name] = actor.id if by_name.get(name, actor.id) == actor.id else None
    above = find_ancestors({each.id: [belongs.of for belongs in each.memberships] for each in given.held})
    by_office: dict[tuple[str, str], str] = {}
    # The one with fewest bodies above it stands for all of its kind: the armed forces, not the navy.
    for actor in sorted(given.held, key=lambda each: (len(above[each.id]), each.id)):
        if actor.country is not None:
            by_office.setdefault((actor.kind.value, actor.country), actor.id)
    return Sides(by_name, by_office)


def find_names(actor: Actor) -> Iterator[str]:
    yield actor.name
    yield from actor.aliases
    yield from (each.name for each in actor.names)


@cache
def tables() -> Any:
    return load_toml("events/tables.toml")


@cache
def also(folded: str) -> tuple[str, ...]:
    """Other folded names of a side."""
    spelled = {fold_loosely(name): others for name, others in tables()["also"].items()}
    return tuple(fold_loosely(each) for each in spelled.get(folded, ()))


@cache
def countries() -> dict[str, str]:
    """ISO alpha-2 codes by folded country name."""
    found: dict[str, str] = {}
    for row in load_rows("places/countries.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            found.setdefault(fold_loosely(name), row["iso"])
    return found


@cache
def find_country(name: str) -> str | None:
    return countries().get(fold_loosely(name))


@cache
def find_admin1(name: str, country: str | None) -> str | None:
    """Natural Earth's English name of a first-level area; the name as given where the table has none."""
    if not name:
        return None
    bare = drop_kind_words(name)
    return admin1_names().get((country or "", fold_loosely(bare)), bare)


@cache
def admin1_names() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in load_rows("places/admin1.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            found.setdefault((row["country"], fold_loosely(name)), row["name"])
    return found


@cache
def drop_kind_words(name: str) -> str:
    """'Khan Tuman village' without what kind of place it is."""
    words = name.split()
    while len(words) > 1 and words[-1].casefold() in tables()["kind_words"]:
        words.pop()
    return " ".join(words)
