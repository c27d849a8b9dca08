"""What a brief text reports as a whole: where it happened if one claim leaves that out, what it was if none says so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from truceline.fuse.policy import read_table
from truceline.fuse.worthy import find_bar
from truceline.kit.geo import haversine_km
from truceline.model.claim import EventType, Mood
from truceline.model.place import Precision, Toponym
from truceline.model.reading import Reading
from truceline.model.telling import Telling

EXACT = frozenset({Precision.SETTLEMENT, Precision.POINT})
MEANS = frozenset({"heavy-weapons", "aerial", "explosives", "firearms"})
OPEN = re.compile(r"(?:raid|pound|fir|target|str[iu]k|strik|struck|hit|bomb|attack|round)", re.IGNORECASE)
ATTACKS = frozenset({None, "heavy-weapons", "aerial", "explosives", "firearms", "destroy"})
TAKEN = "192"  # CAMEO: a place taken is not the fight for it
WIDER = 1.5  # times the radius: a city and its quarter
SITED = frozenset({*EXACT, Precision.NEAR, Precision.AREA})
DATELINE = re.compile(r"^[^.\n]{0,40}?\s(?:\([^)]*\)\s*)?[-–—]\s|^[A-Z][A-Z ,]+\b")


def find_gist(tellings: Sequence[Telling], reading: Reading, *, denied: bool) -> tuple[Telling, ...]:
    """The tellings of a text, those of a brief one with its only place, and one with its kind where none has any.

    `denied`: the text as a whole calls it untrue.
    """
    text = reading.document.text
    if not tellings or len(text.split()) > limit("words"):
        return tuple(tellings)
    place = find_only_place(reading)
    placed = tuple(tellings) if place is None else tuple(settle_place(each, place) for each in tellings)
    event = find_event(text)
    if any(find_bar(each) is None for each in placed):
        return unify(placed, event)
    carrier = find_carrier(placed) if event is not None else None
    if event is None or carrier is None:
        return placed
    told = replace(carrier, event=event, incident_worthy=True, mood=Mood.DENIAL if denied else carrier.mood)
    return tuple(told if each is carrier else each for each in placed)


def unify(tellings: Sequence[Telling], event: EventType | None) -> tuple[Telling, ...]:
    """One act told by several words of one brief text is of one kind: shells that fell, and what they struck."""
    acts = [each for each in tellings if find_bar(each) is None]
    if event is None or event.mode not in MEANS or not all(is_attack(each, event) for each in acts):
        return tuple(tellings)
    agents = {actor for each in acts for role in each.agents if (actor := role.actor) is not None}
    days = {each.happened.value[:10] for each in acts if each.happened is not None}
    places = {each.place.id for each in acts if each.place is not None}
    if max(len(agents), len(days), len(places)) > 1:
        return tuple(tellings)
    told = {id(each) for each in acts if can_be(each, event)}
    return tuple(replace(each, event=event) if id(each) in told else each for each in tellings)


def is_attack(telling: Telling, event: EventType) -> bool:
    """Violence by any means, told as having happened; a place taken is not the fight for it."""
    own = telling.event
    return own.plover == event.plover and own.mode in ATTACKS and own.cameo != TAKEN and not telling.negated


def can_be(telling: Telling, event: EventType) -> bool:
    """Whether its own word leaves the means open: 'killed', 'raids', 'fired'; but clashes remain clashes."""
    mode = telling.event.mode
    if mode in {None, "destroy"} or mode == event.mode:
        return True
    if mode == "firearms":
        return OPEN.match(telling.trigger) is not None
    return mode == "explosives" and event.mode in {"heavy-weapons", "aerial"}


def find_only_place(reading: Reading) -> Toponym | None:
    """The one village, town or site that the text names outside its dateline; None where there are several.

    A capital that acts or speaks ('Kyiv has not handed over a list') is a government there, and no place.
    """
    dateline = DATELINE.match(reading.document.text)
    start = dateline.end() if dateline is not None else 0
    acting = {each.span for claim in reading.claims for each in claim.agents if each.actor is not None}
    acting.update(span for each in reading.attributions if each.speaker is not None for span in each.source)
    named = [each for each in reading.places if each.span not in acting]
    told = [each for each in named if each.precision in EXACT and each.id is not None]
    told = told or [each for each in named if each.precision is Precision.NEAR]
    within = [each for each in told if each.span.start >= start] or told
    innermost = [each for each in within if not any(holds(each, other) for other in within)]
    return innermost[0] if innermost and len({(each.id, each.name) for each in innermost}) == 1 else None


def holds(outer: Toponym, inner: Toponym) -> bool:
    """A city that the quarter lies in."""
    if outer.lat is None or outer.lon is None or inner.lat is None or inner.lon is None or outer.id == inner.id:
        return False
    wider = (outer.radius_km or 0.0) > WIDER * (inner.radius_km or 0.0)
    return wider and haversine_km(outer.lat, outer.lon, inner.lat, inner.lon) <= (outer.radius_km or 0.0)


def settle_place(telling: Telling, place: Toponym) -> Telling:
    """The telling at the text's only place where it names none, or only a district."""
    own = telling.place
    if own is not None and own.precision in SITED:
        return telling
    if own is not None and own.country is not None and own.country != place.country:
        return telling
    return replace(telling, place=place)


def find_event(text: str) -> EventType | None:
    """The kind that the words of the text name, the more particular first."""
    return next((event for pattern, event in gists() if pattern.search(text)), None)


def find_carrier(tellings: Sequence[Telling]) -> Telling | None:
    """The claim that carries it: asserted firmly, with a place of its own, the longest of these."""
    firm = [
        each
        for each in tellings
        if each.mood is Mood.ASSERTION
        and each.factuality >= limit("factuality")
        and each.stated_rate is None
        and each.place is not None
        and each.place.precision in SITED
    ]
    return max(firm, key=lambda each: (each.span.end - each.span.start, -each.span.start, each.claim), default=None)


@cache
def limit(name: str) -> float:
    return float(read_table("truceline.fuse", "gist.toml")["limits"][name]["value"])


@cache
def gists() -> tuple[tuple[re.Pattern[str], EventType], ...]:
    return tuple(
        (re.compile("|".join(entry["patterns"]), re.IGNORECASE), EventType(**entry["event"]))
        for entry in read_table("truceline.fuse", "gist.toml")["gist"]
    )
