"""Places that the gazetteer knows by a longer expression than their name: a countryside, an airfield, a road."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from truceline.model.place import Place, Precision, Toponym
from truceline.read.gazetteer import Gazetteer
from truceline.read.offsets_measures import wind_words
from truceline.read.transliterate import name_key
from truceline.vocab.places import toml_table


@dataclass(frozen=True, slots=True)
class Known:
    """Asks a gazetteer for a mission's place by every way to call it; without a gazetteer nothing is known."""

    gazetteer: Gazetteer | None = None

    def countryside(self, wind: str, place: Toponym, text: str) -> Toponym | None:
        """'X's southern countryside', however put."""
        names = (f"{wind_words(wind)} {name} countryside" for name in _names(place, text))
        return self._one(names, place, (Precision.AREA,))

    def part(self, wind: str, place: Toponym, text: str) -> Toponym | None:
        """'the eastern part of X', where the mission tells the parts of the town apart."""
        names = (f"{wind_words(wind)} {name} city" for name in _names(place, text))
        return self._one(names, place, (Precision.AREA,))

    def facility(self, noun: str, place: Toponym, text: str) -> Toponym | None:
        """'X airport' for what is filed as 'X airbase'."""
        kinds: Sequence[Sequence[str]] = tuple(toml_table("offsets.toml")["facility"].values())
        family = next((kind for kind in kinds if noun.lower() in kind), (noun,))
        names = (f"{name} {each}" for name in _names(place, text) for each in (noun, *family))
        return self._one(names, place, (Precision.POINT,))

    def road(self, one: Toponym, other: Toponym, text: str) -> Toponym | None:
        """The road between two towns, by either end first."""
        pairs = [(a, b) for a in _names(one, text) for b in _names(other, text)]
        both = [*pairs, *((b, a) for a, b in pairs)]
        names = (f"{a} {b} {noun}" for a, b in both for noun in ("road", "highway"))
        return self._one(names, one, (Precision.AREA, Precision.POINT))

    def _one(self, names: Iterable[str], place: Toponym, precisions: Sequence[Precision]) -> Toponym | None:
        if self.gazetteer is None:
            return None
        for name in names:
            found = {
                each.place.id: each.place
                for each in self.gazetteer.named(name_key(name))
                if each.given and each.place.precision in precisions
            }
            if len(found) == 1:
                return _as(place, next(iter(found.values())))
        return None


def _names(place: Toponym, text: str) -> tuple[str, ...]:
    """What the place may be called in a longer name: as written, and by its own name."""
    return tuple(dict.fromkeys(filter(None, (place.span.of(text), place.name))))


def _as(said: Toponym, place: Place) -> Toponym:
    return replace(
        said,
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
        country=place.country,
        admin1=place.admin1,
        runners_up=(),
    )
