"""A gazetteer compiled once for the tests, and reading with it in one call."""

from collections.abc import Sequence
from functools import cache

from truceline.model.place import Place, Precision, Toponym
from truceline.read.gazetteer import MissionGazetteer, open_gazetteer
from truceline.read.offsets import move_offsets
from truceline.read.places import find_places
from truceline.read.places_anaphora import resolve_anaphora

ALEPPO = (36.20124, 37.16117)


@cache
def world() -> MissionGazetteer:
    """The world and no mission."""
    return open_gazetteer()


@cache
def syria() -> MissionGazetteer:
    """The world with two places of a mission in Syria."""
    return open_gazetteer((base(), village()), countries=("SY", "TR"))


def base() -> Place:
    return Place(
        id="mission:hmeimim",
        name="Hmeimim",
        lat=35.4011,
        lon=35.9487,
        kind="base",
        precision=Precision.POINT,
        radius_km=3.0,
        country="SY",
        admin1="Latakia",
        aliases=("Hmeimim air base", "حميميم"),
    )


def village() -> Place:
    return Place(
        id="mission:khan-tuman",
        name="Khan Tuman",
        lat=36.117,
        lon=37.051,
        kind="village",
        precision=Precision.SETTLEMENT,
        radius_km=3.0,
        country="SY",
        admin1="Aleppo",
    )


def named(text: str, *, countries: Sequence[str] = ()) -> list[Toponym]:
    """The places named in a text, unmoved."""
    return list(find_places(text, gazetteer=syria() if countries else world(), countries=countries))


def told(text: str, *, countries: Sequence[str] = ("SY", "TR")) -> list[Toponym]:
    """The places told in a text: named, pointed back to, moved."""
    found = named(text, countries=countries)
    return list(move_offsets(text, sorted([*found, *resolve_anaphora(text, found)], key=lambda each: each.span)))


def words(text: str, places: Sequence[Toponym]) -> list[str]:
    return [place.span.of(text) for place in places]
