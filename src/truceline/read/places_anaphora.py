"""'the city', 'the province': which named place a common noun points back to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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


def resolve_anaphora(text: str, places: Sequence[Toponym]) -> Iterator[Toponym]:
    """A place for every 'the city' that points back to one named before it; its reason says to which words."""
    for said in _SAID.finditer(text):
        span = Span(said.start(), said.end())
        if any(place.span.overlaps(span) for place in places):
            continue
        meant = _meant(said.group(1).lower(), [place for place in places if place.span.end <= span.start])
        if meant is not None:
            words = meant.span.of(text)
            yield replace(
                meant, span=span, chance=round(meant.chance * LESS_SURE, 3), reason=f"points back to '{words}'"
            )


def _meant(noun: str, earlier: list[Toponym]) -> Toponym | None:
    fitting = [place for place in earlier if place.id is not None and place.precision in _NOUNS[noun]]
    if noun == "city":
        large = [place for place in fitting if (place.radius_km or 0.0) >= TOWN_RADIUS_KM]
        fitting = large or fitting
    return fitting[-1] if fitting else None
