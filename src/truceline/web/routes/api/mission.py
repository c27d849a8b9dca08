"""What the mission states: the agreement with its zones, and the sources with their letters and records."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from truceline.model.agreement import Agreement, Zone
from truceline.model.place import Toponym
from truceline.model.record import TrackRecord
from truceline.model.source import Source
from truceline.model.span import Span
from truceline.publish.lookup import Lookup
from truceline.schemas.register import AgreementOut, SourceOut, Sources
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import READING, ROOT
from truceline.web.routes.common import NowHeld

router = APIRouter(prefix=ROOT, tags=["Mission"], dependencies=READING)


@router.get("/sources", response_model=Sources, operation_id="list_sources")
def sources(request: Request, held: NowHeld) -> Response:
    """The publishers: each letter as given and after its record, and what became of its family's claims."""
    lookup = held.whole.lookup
    return told(request, Sources(items=tuple(source_out(each, lookup) for each in held.mission.sources)))


def source_out(source: Source, lookup: Lookup) -> SourceOut:
    letter = next((each for each in lookup.view.letters if each.source == source.id), None)
    given = source.reliability.value
    return SourceOut.model_validate(
        {
            "id": source.id,
            "name": source.name,
            "kind": source.kind.value,
            "family": source.family,
            "reliability": given if letter is None else letter.given,
            "letter": given if letter is None else letter.letter,
            "record": "" if letter is None else letter.words,
            "reason": source.reason,
            "actor": source.actor,
            "records": [record_out(each) for each in lookup.view.records if each.family == source.family],
        }
    )


def record_out(record: TrackRecord) -> dict[str, Any]:
    """As `RecordOut`."""
    return {
        "kind": record.kind or None,
        "served": record.served or None,
        "incidents": record.incidents,
        "confirmed": record.confirmed,
        "contradicted": record.contradicted,
        "low": record.low,
        "high": record.high,
        "counting": record.counting,
    }


@router.get("/agreement", response_model=AgreementOut, operation_id="get_agreement")
def agreement(request: Request, held: NowHeld) -> Response:
    """Terms with whom they bind and protect, parties and those who are none, local truces, zones; all with sources."""
    found = held.mission.agreement
    shown = None if found is None else with_rounded_zones(found, held.bare)
    return told(request, AgreementOut(mission=held.mission.name, agreement=shown))


def with_rounded_zones(agreement: Agreement, lookup: Lookup) -> Agreement:
    def rounded(zones: tuple[Zone, ...]) -> tuple[Zone, ...]:
        return tuple(rounded_zone(each, lookup) for each in zones)

    return replace(
        agreement,
        area=rounded(agreement.area),
        obligations=tuple(replace(each, zones=rounded(each.zones)) for each in agreement.obligations),
        local_truces=tuple(replace(each, zones=rounded(each.zones)) for each in agreement.local_truces),
    )


def rounded_zone(zone: Zone, lookup: Lookup) -> Zone:
    """A zone around a place that shelters people is as rounded as the place itself is everywhere else."""
    if zone.parts:
        return replace(zone, parts=tuple(rounded_zone(each, lookup) for each in zone.parts))
    if zone.lat is None or zone.lon is None:
        return zone
    named = Toponym(
        span=Span(0, 1), id=zone.id or zone.name, name=zone.name, lat=zone.lat, lon=zone.lon, radius_km=zone.radius_km
    )
    place = lookup.place(named) or named
    return replace(zone, lat=place.lat, lon=place.lon, radius_km=place.radius_km)
