"""A reading as the contract's JSON object (docs/reference/reading.md): what `read --format jsonl` prints."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from truceline.model.attribution import Attribution
from truceline.model.claim import Claim, Horizon, Participant
from truceline.model.coded import CodedEvent
from truceline.model.mention import Label, Mention, Reference
from truceline.model.place import Toponym
from truceline.model.quantity import Harm, Quantity, Range, StatusCount
from truceline.model.reading import Reading
from truceline.model.span import Span
from truceline.model.when import Basis, When

CONTRACT = 1


def as_contract(reading: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """One JSON-ready object; offsets are code points into the document's text, half-open."""
    text = reading.document.text
    shown: dict[str, Any] = {
        "contract": CONTRACT,
        "document": _document(reading),
        "reported": None if reading.reported is None else _stretch(reading.reported),
        "mentions": [_mention(each, text) for each in reading.mentions],
        "references": [_reference(each, text) for each in reading.references],
        "places": [_place(each, text) for each in reading.places],
        "times": [_time(each, text) for each in reading.times if each.span is not None],
        "quantities": [_quantity(each, text) for each in reading.quantities],
        "attributions": [_attribution(each) for each in reading.attributions],
        "claims": [_claim(each, text, reading.reported) for each in reading.claims],
        "problems": [
            {"code": each.code, "message": each.message, "start": each.start, "end": each.end}
            for each in reading.problems
        ],
        "labels": [_label(each, text) for each in reading.labels],
        **_judged(reading),
    }
    if with_text:
        shown["text"] = text
    return shown


def _judged(reading: Reading) -> dict[str, Any]:
    """What stands in a reading only where a model judged it or dictionaries coded it."""
    text = reading.document.text
    shown: dict[str, Any] = {}
    if reading.incident_types is not None:
        shown["incident_types"] = [
            {"type": each.type, "chance": round(each.chance, 3), "more": [round(one, 3) for one in each.more]}
            for each in reading.incident_types
        ]
    if reading.involved is not None:
        shown["involved"] = [
            {**_words(each.span, text), "role": each.role.value, "chance": round(each.chance, 3)}
            for each in reading.involved
        ]
    if reading.coded is not None:
        shown["coded"] = [_coded(each, text) for each in reading.coded]
    return shown


def _mention(mention: Mention, text: str) -> dict[str, Any]:
    return {
        **_words(mention.span, text),
        "type": mention.type.value,
        "actor": mention.actor,
        "stands_for": mention.stands_for,
    }


def _reference(reference: Reference, text: str) -> dict[str, Any]:
    return {
        **_words(reference.span, text),
        "manner": reference.manner.value,
        "actor": reference.actor,
        "stands_for": reference.stands_for,
        "reason": reference.reason,
    }


def _label(label: Label, text: str) -> dict[str, Any]:
    return {
        **_words(label.span, text),
        "kind": label.kind.value,
        "neutral": label.neutral,
        "reason": label.reason,
        "by": label.by,
    }


def _document(reading: Reading) -> dict[str, Any]:
    document = reading.document
    return {
        "id": document.id,
        "uri": document.uri,
        "title": document.title,
        "publisher": document.publisher,
        "published_at": _instant(document.published_at),
        "language": document.language,
        "sha256": document.sha256,
        "length": len(document.text),
    }


@lru_cache(maxsize=4096)
def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _words(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _place(place: Toponym, text: str) -> dict[str, Any]:
    return {
        **_words(place.span, text),
        "id": place.id,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "precision": None if place.precision is None else place.precision.value,
        "country": place.country,
        "chance": round(place.chance, 3),
        "runners_up": [
            {"id": each.id, "name": each.name, "chance": round(each.chance, 3)} for each in place.runners_up
        ],
        "reason": place.reason,
    }


def _time(when: When, text: str) -> dict[str, Any]:
    assert when.span is not None
    return {
        **_words(when.span, text),
        "type": when.type.value,
        "value": when.value,
        "from": _instant(when.start),
        "to": _instant(when.end),
        "basis": when.basis.value,
    }


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value


def _quantity(quantity: Quantity, text: str) -> dict[str, Any]:
    ratio = quantity.unit.value == "ratio"
    return {
        **_words(quantity.span, text),
        "low": quantity.low if ratio else _number(quantity.low),
        "high": quantity.high if ratio else _number(quantity.high),
        "of": quantity.of,
        "unit": quantity.unit.value,
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "id": attribution.id,
        "source": _pairs(attribution.source),
        "cue": _pairs(attribution.cue),
        "content": _pairs(attribution.content),
        "speaker": attribution.speaker,
        "kind": attribution.kind.value,
        "parent": attribution.parent,
        "time": attribution.time,
        "stance": attribution.stance,
    }


def _participant(participant: Participant, text: str) -> dict[str, Any]:
    shown = {**_words(participant.span, text), "actor": participant.actor, "reason": participant.reason}
    if participant.count is not None:
        shown["low"], shown["high"] = _number(participant.count.low), _number(participant.count.high)
    return shown


def _claim(claim: Claim, text: str, reported: When | None) -> dict[str, Any]:
    kind = claim.trigger.type
    return {
        "id": claim.id,
        **_words(claim.span, text),
        "chain": list(claim.chain),
        "factuality": round(claim.factuality, 2),
        "negated": claim.negated,
        "mood": claim.mood.value,
        "event": {
            **_words(claim.trigger.span, text),
            "plover": kind.plover,
            "mode": kind.mode,
            "acled": kind.acled,
            "cameo": kind.cameo,
        },
        "agents": [_participant(each, text) for each in claim.agents],
        "recipients": [_participant(each, text) for each in claim.recipients],
        "instruments": [_participant(each, text) for each in claim.instruments],
        "place": claim.place,
        "time": claim.time if claim.happened is None or claim.happened.span is not None else None,
        "happened": None if claim.happened is None else _happened(claim.happened, reported),
        "harm": None if claim.harm is None else _harm(claim.harm),
        "stances": [{"by": each.by, "factuality": round(each.factuality, 2)} for each in claim.stances],
        "hedges": [_words(each, text) for each in claim.hedges],
        "evidence": claim.evidence.value,
        "horizon": None if claim.horizon is None else _horizon(claim.horizon, text),
    }


def _horizon(horizon: Horizon, text: str) -> dict[str, Any]:
    return {**_words(horizon.span, text), "from": _instant(horizon.start), "to": _instant(horizon.end)}


def _coded(event: CodedEvent, text: str) -> dict[str, Any]:
    return {
        **_words(event.span, text),
        "code": event.code,
        "source": {**_words(event.source_span, text), "code": event.source},
        "target": {**_words(event.target_span, text), "code": event.target},
        "rule": event.rule,
        "claim": event.claim,
    }


def _stretch(when: When) -> dict[str, Any]:
    return {"from": _instant(when.start), "to": _instant(when.end)}


def _happened(when: When, reported: When | None) -> dict[str, Any]:
    """What states no time reaches back from its publication as far as reports do."""
    if when.basis is Basis.PUBLISHED and reported is not None:
        when = reported
    return {
        "value": when.value,
        "from": _instant(when.start),
        "to": _instant(when.end),
        "basis": when.basis.value,
    }


def _range(people: Range | None) -> dict[str, int | None] | None:
    return None if people is None else {"low": people.low, "high": people.high}


def _harm(harm: Harm) -> dict[str, Any]:
    return {
        "killed": _range(harm.killed),
        "injured": _range(harm.injured),
        "killed_civilians": _range(harm.killed_civilians),
        "by_status": {"killed": _by_status(harm.killed_by), "injured": _by_status(harm.injured_by)},
        "toll": _range(harm.toll),
    }


def _by_status(told: tuple[StatusCount, ...]) -> dict[str, dict[str, int | None] | None]:
    return {each.status.value: _range(each.count) for each in told}
