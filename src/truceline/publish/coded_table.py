"""Incidents counted as event data sets count them, as a table."""

from truceline.model.coded_event import CodedEvent
from truceline.publish.cells import Cell, bounds, joined, write_table
from truceline.publish.drawing import is_drawn_as_point
from truceline.publish.lookup import Lookup
from truceline.schemas.columns import Column

EVENT_COLUMNS = tuple(
    Column(name=name, tag=tag, meaning=meaning)
    for name, tag, meaning in (
        ("id", "#event+code", "Id of the event: that of its first incident."),
        ("day", "#date+occurred", "Local day; of a night over two days the first."),
        ("place", "#loc+name", "Name of the settlement or site."),
        ("lat", "#geo+lat", "Latitude of the place's middle, as in incidents.csv."),
        ("lon", "#geo+lon", "Longitude of the place's middle."),
        ("admin1", "#adm1+name", "Governorate."),
        ("country", "#country+code", "ISO 3166-1 alpha-2."),
        ("sides", "#group+id", "Ids of all said to have taken part or been struck, separated by ' | '."),
        ("killed_low", "#affected+killed+min", "Lowest numbers of killed told, added up; empty: none told."),
        ("killed_high", "#affected+killed+max", "Highest numbers added up; empty with a low: open upwards."),
        ("incidents", "", "Ids of the incidents that fall into it, separated by ' | '."),
    )
)


def events_csv(lookup: Lookup) -> str:
    """One event a line as data sets code them: force used at one place, on one day, between the same sides."""
    return write_table([each.name for each in EVENT_COLUMNS], [event_line(each, lookup) for each in lookup.view.coded])


def event_line(event: CodedEvent, lookup: Lookup) -> list[Cell]:
    place = lookup.place(event.place)
    shown = place is not None and is_drawn_as_point(place)
    return [
        event.id,
        event.day.isoformat(),
        place.name if place else None,
        place.lat if place and shown else None,
        place.lon if place and shown else None,
        event.place.admin1,
        event.place.country,
        joined(event.sides),
        *bounds(event.killed),
        joined(event.incidents),
    ]
