"""The register as tables and as GeoJSON, with a dictionary of every column."""

import json
from collections.abc import Sequence
from typing import Any

from truceline.model.incident import Incident
from truceline.model.telling import TakenFrom, Telling
from truceline.publish.cells import Cell, bounds, instant, joined, write_table
from truceline.publish.coded_table import EVENT_COLUMNS
from truceline.publish.drawing import is_drawn_as_point
from truceline.publish.graded_tables import GRADED_TABLES, best_of
from truceline.publish.lineage import rows_of_links
from truceline.publish.looks import kind_of, line_of
from truceline.publish.lookup import Lookup, area_of, in_order
from truceline.publish.words import release_words
from truceline.schemas.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, VERSION_COLUMNS, Column


def incidents_csv(lookup: Lookup) -> str:
    """One incident a line, by time."""
    lines = [incident_line(each, lookup) for each in in_order(lookup.view.incidents)]
    return write_table([each.name for each in INCIDENT_COLUMNS], lines)


def incidents_hxl(lookup: Lookup) -> str:
    """The same with a row of HXL hashtags under the header."""
    lines = [incident_line(each, lookup) for each in in_order(lookup.view.incidents)]
    return write_table([each.name for each in INCIDENT_COLUMNS], [[each.tag for each in INCIDENT_COLUMNS], *lines])


def claims_csv(lookup: Lookup) -> str:
    """One telling a line, by document and place in it."""
    held = sorted(lookup.view.tellings, key=lambda each: (each.document, each.span, each.claim))
    return write_table([each.name for each in CLAIM_COLUMNS], [claim_line(each, lookup) for each in held])


def incident_line(incident: Incident, lookup: Lookup) -> list[Cell]:
    place, assessment = lookup.place(incident.place), lookup.assessments.get(incident.id)
    located = place is not None and place.id is not None
    return [
        incident.id,
        incident.title,
        kind_of(incident.event).label,
        incident.event.plover,
        incident.event.mode,
        incident.event.acled,
        incident.event.cameo,
        instant(incident.start),
        instant(incident.end),
        place.name if place is not None else None,
        place.precision.value if place is not None and place.precision else None,
        place.lat if place is not None and located else None,
        place.lon if place is not None and located else None,
        place.radius_km if place is not None and located else None,
        place.admin1 if place is not None else None,
        place.country if place is not None else None,
        joined(incident.agents),
        joined(incident.agent_words),
        joined(incident.recipients),
        joined(incident.recipient_words),
        *bounds(incident.killed),
        *bounds(incident.injured),
        best_of(incident, "killed"),
        best_of(incident, "injured"),
        len(incident.versions),
        sum(each.stance.value == "denies" for each in incident.versions),
        len(incident.origins),
        joined(each.what for each in incident.contradictions),
        f"{incident.grade.reliability}{incident.grade.credibility}",
        assessment.verdict.value if assessment else None,
        assessment.finding.value if assessment else None,
        assessment.likelihood if assessment else None,
        assessment.confidence if assessment else None,
    ]


def standing_of(telling: Telling) -> str:
    if telling.withdrawn is not None:
        return "withdrawn"
    return "note" if telling.in_notice else "speaks"


def claim_line(telling: Telling, lookup: Lookup) -> list[Cell]:
    happened = telling.happened
    return [
        telling.claim,
        joined(lookup.held_by.get(telling.claim, ())),
        telling.document,
        telling.version,
        telling.source,
        telling.family,
        instant(telling.published_at),
        telling.span.start,
        telling.span.end,
        telling.quote,
        telling.trigger,
        " > ".join(each.words or "?" for each in telling.chain),
        " > ".join(each.actor or "?" for each in telling.chain),
        telling.event.plover,
        telling.event.mode,
        telling.mood.value,
        round(telling.factuality, 2),
        line_of(telling.mood, telling.factuality, negated=telling.negated).value,
        joined(each.words for each in telling.agents),
        joined(each.actor or "?" for each in telling.agents),
        joined(each.words for each in telling.recipients),
        joined(each.actor or "?" for each in telling.recipients),
        instant(happened.start) if happened else None,
        instant(happened.end) if happened else None,
        happened.basis.value if happened else None,
        telling.place.name if telling.place else None,
        *bounds(telling.harm.killed if telling.harm else None),
        telling.copied_from,
        *_taken_from(telling.taken_from),
        round(telling.stances[0].factuality, 2) if telling.stances else None,
        telling.evidence.value,
        instant(telling.horizon.start) if telling.horizon else None,
        instant(telling.horizon.end) if telling.horizon else None,
        standing_of(telling),
        None if telling.withdrawn is None else telling.withdrawn.document,
        lookup.kept[telling.claim].revision.document if telling.claim in lookup.kept else None,
    ]


def _taken_from(place: TakenFrom | None) -> list[Cell]:
    if place is None:
        return [None, None, None, None]
    return [place.document, place.span.start, place.span.end, place.version]


def incidents_geojson(lookup: Lookup) -> str:
    """A FeatureCollection after RFC 7946; an incident known only by governorate or not placed has a null geometry."""
    features = [feature_of(each, lookup) for each in in_order(lookup.view.incidents)]
    body = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features)
    return '{"type":"FeatureCollection","features":[\n' + body + "\n]}\n"


def feature_of(incident: Incident, lookup: Lookup) -> dict[str, Any]:
    """One incident after RFC 7946."""
    names = [each.name for each in INCIDENT_COLUMNS]
    told = dict(zip(names, incident_line(incident, lookup), strict=True))
    place = lookup.place(incident.place)
    geometry = None
    if place is not None and place.id is not None and is_drawn_as_point(place):
        geometry = {"type": "Point", "coordinates": [told.pop("lon"), told.pop("lat")]}
    told["area"] = area_of(incident)
    return {"type": "Feature", "id": told.pop("id"), "geometry": geometry, "properties": told}


LINK_COLUMNS = tuple(
    Column(name=name, tag="", meaning=meaning)
    for name, meaning in (
        ("incident", "Id of the incident."),
        ("document", "The report that has it from somebody."),
        ("publisher", "Who published that report."),
        ("how", "own, cite, copy, taken (an oddity gives it away), amplify (its own side's words) or deny."),
        ("to_document", "The report it has it from; empty where that one has no report in the incident."),
        ("to", "Whom it has it from, as called."),
        ("evidence", "The words or the reason that show it."),
        ("origins", "The independent origins that this leads to, separated by ' | '."),
        ("in_circle", "yes: reports that credit each other in a ring, of which nobody knows who began."),
    )
)


def origins_csv(lookup: Lookup) -> str:
    """One arrow of an origin graph a line, by incident."""
    return write_table([each.name for each in LINK_COLUMNS], rows_of_links(in_order(lookup.view.incidents), lookup))


def data_dictionary(lookup: Lookup) -> str:
    """What every file and every column holds."""
    mission = lookup.view.mission
    head = [
        f"{mission.name}: data published by Truceline",
        f"Fingerprint of the register: {lookup.view.fingerprint}",
        *(() if lookup.view.release is None else (f"Released as {release_words(lookup.view.release)}",)),
        "",
        "incidents.csv       one incident a line: what is held, with what differs between the tellings",
        "incidents.hxl.csv   the same with a row of HXL hashtags under the header",
        "incidents.geojson   the same as points (RFC 7946: WGS84, longitude first); null where no point is known",
        "claims.csv          one claim a line: the exact words, who is said to say them, how certain",
        "origins.csv         one arrow of an origin graph a line: which report has it from whom",
        "values.csv          one value of an incident a line: what is agreed and by which rule, with what is told",
        "sums.csv            one pair of numbers a line that do not go together",
        "versions.csv        one claim of a corrected text a line: what a newer text made of it",
        "sources.csv         how often each source's claims were confirmed or contradicted by others",
        "coded_events.csv    incidents counted as UCDP GED and ACLED count: a place, a day, two sides are one event",
        "letters.csv         one source a line: its letter as given, and what its record makes of it",
        "plots/NAME.vl.json  plots of the watch for Vega-Lite 5, each beside NAME.csv, with the same as a table,",
        "                    and NAME.svg and NAME-dark.svg, which show it",
        "",
        "All files are UTF-8; CSV after RFC 4180.",
        "Text that a spreadsheet would run as a formula stands behind an apostrophe.",
        "A claim is what a source says. An incident is what we hold happened. Neither states that anything is so.",
        "Text of claims belongs to its publishers; quote it with its source.",
    ]
    tables = (
        ("incidents.csv", INCIDENT_COLUMNS),
        ("claims.csv", CLAIM_COLUMNS),
        ("origins.csv", LINK_COLUMNS),
        *GRADED_TABLES,
        ("coded_events.csv", EVENT_COLUMNS),
        ("versions.csv", VERSION_COLUMNS),
    )
    return "\n".join([*head, *(line for name, columns in tables for line in _listing(name, columns))]) + "\n"


def _listing(name: str, columns: Sequence[Column]) -> list[str]:
    return ["", name, "-" * len(name), *(f"{each.name:<18}{each.meaning}" for each in columns)]
