"""'the city', 'the province', a monitor's 'its position': which named place such words point back to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from truceline.kit.nearby import Nearby
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span

TOWN_RADIUS_KM = 2.0  # 'the city' is rarely said of anything smaller
LESS_SURE = 0.8  # pointing back is a guess on top of the place's own

_NOUNS = {
    "city": (Precision.SETTLEMENT, Precision.POINT),
    "town": (Precision.SETTLEMENT, Precision.POINT),
    "village": (Precision.SETTLEMENT, Precision.POINT),
    "province": (Precision.ADMIN1,),
    "governorate": (Precision.ADMIN1,),
    "country": (Precision.COUNTRY,),
}
_SAID = re.compile(
    r"\b(?:the|this|that)\s+(?:(?:besieged|war-torn|northern|southern|eastern|western|same|rebel-held|government-held)\s+)?"
    r"(city|town|village|province|governorate|country)\b(?!\s+(?:of|council|hall|center|centre)\b|['’]s\s+(?:of)\b|-)",
    re.IGNORECASE,
)
# Where a monitor stands, said of what he hears or sees: '2-4 km south-east of its position'.
_STANDS = re.compile(r"(?<=\bof\s)(?:its|his|her|their|our)\s+position\b", re.IGNORECASE)
_STANDS_AT = (Precision.SETTLEMENT, Precision.POINT)
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])|\n")


def resolve_anaphora(text: str, places: Sequence[Toponym]) -> Iterator[Toponym]:
    """A place for every 'the city' that points back to one named before it; its reason says to which words."""
    near = Nearby(places, lambda place: (place.span,))
    for said in (*_SAID.finditer(text), *_STANDS.finditer(text)):
        span = Span(said.start(), said.end())
        if any(place.span.overlaps(span) for place in near.around(span)):
            continue
        if said.re is _STANDS:
            meant = _observed_from(text, places, span.start)
        else:
            meant = _meant(said.group(1).lower(), places, span.start)
        if meant is not None:
            words = meant.span.of(text)
            yield replace(
                meant, span=span, chance=round(meant.chance * LESS_SURE, 3), reason=f"points back to '{words}'"
            )


def _observed_from(text: str, places: Sequence[Toponym], start: int) -> Toponym | None:
    """The place that the sentence names first: 'At Berdianske, 1.5 km west of Shyrokyne, the patrol heard …'."""
    begin = max((each.end() for each in _SENTENCE.finditer(text, 0, start)), default=0)
    stood = (each for each in places if begin <= each.span.start < start)
    return next((each for each in stood if each.id is not None and each.precision in _STANDS_AT), None)


def _meant(noun: str, places: Sequence[Toponym], start: int) -> Toponym | None:
    """The last place named before `start` that is such a thing; a city is a large one, if there is any."""
    last = None
    for place in reversed(places):
        if place.span.end > start or place.id is None or place.precision not in _NOUNS[noun]:
            continue
        if noun != "city" or (place.radius_km or 0.0) >= TOWN_RADIUS_KM:
            return place
        last = last or place
    return last
