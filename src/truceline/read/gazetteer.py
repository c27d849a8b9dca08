"""Places by the names they go by: one question, `named(key)`, however the places are kept."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from truceline.kit.geo import haversine_km
from truceline.model.place import Place, Precision
from truceline.read.gazetteer_file import SHORTEST_FORM, Tell
from truceline.read.gazetteer_in_use import gazetteer_file, user_cache
from truceline.read.places_added import facility_keys
from truceline.read.transliterate import arabic_form, assimilated, is_article, name_key
from truceline.vocab.places import toml_table

REMEMBERED = 50_000  # answers kept; a long run meets the same names again and again
REMEMBERED_PLACES = 150_000  # in the answers kept: in a large gazetteer one name may have thousands of bearers
WORDS_BEHIND_ARTICLE = 4
SAME_PLACE_KM = 8.0  # a mission's place and the world's one of the same name are one within this
MAPPED = 0x7FFF0000  # bytes of the file that SQLite may map into memory: as much as it can


@dataclass(frozen=True, slots=True)
class Named:
    """A place under the name asked for.

    `main`: its own name, not another one; `given`: a mission brought it; `respelled`: only a spelling like it is filed.
    """

    place: Place
    main: bool
    given: bool = False
    respelled: bool = False


class Gazetteer(Protocol):
    """What reading places needs of a gazetteer. Keys come from `transliterate.name_key`."""

    def longest(self, word: str) -> int:
        """How many words the longest name starting with this word has; 0: none starts so."""

    def named(self, key: str) -> tuple[Named, ...]:
        """Every place called so."""


class WorldGazetteer:
    """The compiled world, its file mapped into memory and read as asked: little memory, ready at once."""

    def __init__(self, path: Path) -> None:
        # Immutable: nobody writes a finished file, so any number of readers need no locks.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._base.execute(f"PRAGMA mmap_size = {MAPPED}")
        self._longest = lru_cache(maxsize=REMEMBERED)(self._ask_longest)

    def longest(self, word: str) -> int:
        return self._longest(word)

    def respelled(self, form: str) -> tuple[Named, ...]:
        """The places of which a spelling has this form (`transliterate.arabic_form`)."""
        rows = self._base.execute(
            "SELECT p.*, f.main FROM form f JOIN place p ON p.number = f.place WHERE f.form = ?", (form,)
        )
        return tuple(Named(_place(row), bool(row[-1]), given=bool(row[-2]), respelled=True) for row in rows)

    def longest_respelled(self, word: str, countries: Collection[str]) -> int:
        """How many words a free spelling of a name in these countries may have whose first word has this form."""
        rows = self._base.execute("SELECT country, longest FROM form_start WHERE word = ?", (word,))
        return max((longest for country, longest in rows if country in countries), default=0)

    def about(self) -> Mapping[str, Any]:
        """What the file was made of."""
        return {what: json.loads(told) for what, told in self._base.execute("SELECT what, told FROM about")}

    def place_of(self, id: str) -> Place | None:
        """The place with an id; every place is looked at, which takes a moment."""
        row = self._base.execute("SELECT * FROM place WHERE id = ? LIMIT 1", (id,)).fetchone()
        return None if row is None else _place(row)

    def _ask_longest(self, word: str) -> int:
        row = self._base.execute("SELECT longest FROM start WHERE word = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def named(self, key: str) -> tuple[Named, ...]:
        rows = self._base.execute(
            "SELECT p.*, n.main FROM name n JOIN place p ON p.number = n.place WHERE n.key = ?", (key,)
        )
        return tuple(Named(_place(row), bool(row[-1]), given=bool(row[-2])) for row in rows)


def _place(row: tuple[Any, ...]) -> Place:
    return Place(
        id=row[1],
        name=row[2],
        lat=row[3],
        lon=row[4],
        kind=row[5],
        precision=Precision(row[6]),
        radius_km=row[7],
        country=row[8],
        admin1=row[9],
        admin2=row[10],
        population=row[11],
    )


class MissionGazetteer:
    """The world with a mission's own places on top, and the free spellings of its countries' names.

    A mission's place stands before the world's of the same name nearby, under the mission's id.
    """

    def __init__(self, world: WorldGazetteer, places: Iterable[Place], countries: Sequence[str]) -> None:
        self._world = world
        self._own: dict[str, list[Named]] = {}
        self._divisions: dict[tuple[str | None, str | None], Place] = {}
        self._longest: dict[str, int] = defaultdict(int)
        self._forms: dict[str, list[Named]] = defaultdict(list)
        self._form_starts: dict[str, int] = defaultdict(int)
        self._countries = _respelled_in(countries or _countries_of_dumps(world))
        self._answers: dict[str, tuple[Named, ...]] = {}
        self._answered = 0  # places in these answers
        self.longest = lru_cache(maxsize=REMEMBERED)(self._find_longest)
        brought = tuple(places)
        self._brought = {each.id: each for each in brought}
        for place in brought:
            if place.precision is Precision.ADMIN1 and place.admin1:
                self._divisions[place.country, place.admin1] = place
            for name in (place.name, *place.aliases):
                self._file(name_key(name), Named(place, name == place.name, given=True))
        for place in brought:
            for key in facility_keys(place):
                if key not in self._own:
                    self._file(key, Named(place, main=False, given=True))

    def _file(self, key: str, named: Named) -> None:
        if len(key) < 2 or any(each.place.id == named.place.id for each in self._own.get(key, ())):
            return
        self._own.setdefault(key, []).append(named)
        first = key.split(" ", 1)[0]
        self._longest[first] = max(self._longest[first], key.count(" ") + 1)
        self._file_form(key, named)

    def _file_form(self, key: str, named: Named) -> None:
        form = arabic_form(key) if key.isascii() else ""
        if len(form) < SHORTEST_FORM or any(each.place.id == named.place.id for each in self._forms[form]):
            return
        self._forms[form].append(self._as_own_division(replace(named, respelled=True)))
        first = form.split(" ", 1)[0]
        # One word more than the form has, for an article.
        self._form_starts[first] = max(self._form_starts[first], form.count(" ") + 2)

    def named(self, key: str) -> tuple[Named, ...]:
        known = self._answers.get(key)
        if known is None:
            known = self._find_named(key)
            self._answered += 1 + len(known)
            if self._answered > REMEMBERED_PLACES:
                self._answers.clear()
                self._answered = 1 + len(known)
            self._answers[key] = known
        return known

    def place_of(self, id: str) -> Place | None:
        """The place with an id: the mission's before the world's."""
        return self._brought.get(id) or self._world.place_of(id)

    def _find_longest(self, word: str) -> int:
        return max(self._world.longest(word), self._longest.get(word, 0), self._longest_respelled(word))

    def _longest_respelled(self, word: str) -> int:
        if is_article(word):
            return WORDS_BEHIND_ARTICLE
        form = arabic_form(word) if self._countries or self._forms else ""
        filed = self._world.longest_respelled(form, self._countries) if form and self._countries else 0
        return max(self._form_starts.get(form, 0), filed)

    def _find_named(self, key: str) -> tuple[Named, ...]:
        own = self._own.get(key, [])
        found = [self._as_missions(self._as_own_division(each)) for each in self._filed(key)]
        world = [each for each in found if not any(_same(each.place, mine.place) for mine in own)]
        known = (*own, *world)
        return (
            *known,
            *(each for each in self._respelled(key) if not any(_same(each.place, one.place) for one in known)),
        )

    def _as_missions(self, named: Named) -> Named:
        """A town that the mission brings too, by a name that only the world has, goes by the mission's id."""
        if named.place.precision is not Precision.SETTLEMENT or not self._own:
            return named
        key = name_key(named.place.name)
        alike = (*self._own.get(key, ()), *self._respelled(key))
        mine = (each.place for each in alike if each.given and each.place.precision is Precision.SETTLEMENT)
        own = next((place for place in mine if _same(named.place, place)), None)
        return named if own is None else Named(own, named.main, given=True)

    def _filed(self, key: str) -> tuple[Named, ...]:
        """The world's places under a name, its article written as in the text or as it is said."""
        filed, said = self._world.named(key), assimilated(key)
        if said is None:
            return filed
        known = {each.place.id for each in filed}
        return (*filed, *(each for each in self._world.named(said) if each.place.id not in known))

    def _as_own_division(self, named: Named) -> Named:
        """A division the mission brings too goes by the mission's id, whatever it is called."""
        own = self._divisions.get((named.place.country, named.place.admin1))
        if own is None or named.place.precision is not Precision.ADMIN1:
            return named
        return replace(named, place=own)

    def _respelled(self, key: str) -> list[Named]:
        """The mission's places and its countries' of which only a spelling like the key is filed."""
        if not key.isascii() or not (self._countries or self._forms):
            return []
        form = arabic_form(key)
        if len(form) < SHORTEST_FORM:
            return []
        own = self._forms.get(form, [])
        known = {each.place.id for each in own}
        filed = [each for each in self._world.respelled(form) if each.place.country in self._countries]
        filed.sort(key=lambda each: self._countries.index(each.place.country or ""))
        return [*own, *(self._as_own_division(each) for each in filed if each.place.id not in known)]


def _same(world: Place, own: Place) -> bool:
    if world.id == own.id:
        return True
    if Precision.ADMIN1 in (world.precision, own.precision):
        return False
    return haversine_km(world.lat, world.lon, own.lat, own.lon) <= SAME_PLACE_KM


def _respelled_in(countries: Iterable[str]) -> tuple[str, ...]:
    """Those of the countries whose names are written down from Arabic in many ways."""
    arabic = toml_table("variants.toml")["arabic"]["countries"]
    return tuple(country for country in dict.fromkeys(countries) if country in arabic)


def _countries_of_dumps(world: WorldGazetteer) -> tuple[str, ...]:
    """The countries whose own dumps were added, in their order: where no mission says which countries are looked at."""
    countries = (dump["country"] for dump in world.about()["dumps"])
    return tuple(country for country in countries if country is not None)


def open_gazetteer(
    places: Iterable[Place] = (), *, countries: Sequence[str] = (), folder: Path | None = None, tell: Tell | None = None
) -> MissionGazetteer:
    """The gazetteer for a mission's places and countries.

    `folder` keeps the compiled file (by default the user's cache); the first call there compiles the world and takes
    some seconds, `tell` hears how far it is (places done, about how many). Raises UsageError where the file that was
    built last cannot be used.
    """
    return MissionGazetteer(WorldGazetteer(gazetteer_file(folder or user_cache(), tell=tell)), places, countries)
