"""A place that a person names by its id, as a telling's place."""

from truceline.model.mission import Mission
from truceline.model.place import Place, Toponym
from truceline.model.span import Span


def find_place(id: str, mission: Mission) -> Toponym | None:
    """The mission's place with this id, else the gazetteer's; None where neither has it.

    Its span is that of no text: what a decision is put into effect on keeps its own.
    """
    from truceline.read.gazetteer import open_gazetteer  # noqa: PLC0415  the world is opened only when asked for

    own = next((each for each in mission.places if each.id == id), None)
    place = own or open_gazetteer(mission.places, countries=mission.countries).place_of(id)
    return None if place is None else as_toponym(place)


def as_toponym(place: Place) -> Toponym:
    """A gazetteer's place as one that is meant for sure."""
    return Toponym(
        span=Span(0, 1),
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
        country=place.country,
        admin1=place.admin1,
        chance=1.0,
        kind=place.kind,
    )
