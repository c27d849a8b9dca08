"""Where and when a report is set, for what it tells without saying so again.

'KAFR HAMRA. A warplane dropped two bombs on the market': the place stands in the text, only not in the sentence. What a
claim leaves out is taken from its own sentence, else from the report as a whole where that leaves no choice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.kit.geo import haversine_km
from truceline.model.claim import Claim
from truceline.model.place import Precision, Toponym
from truceline.model.reading import Reading
from truceline.model.span import Span
from truceline.model.when import Basis, When

# A place narrow enough that a report set there says where its events were.
NARROW = frozenset({Precision.POINT, Precision.SETTLEMENT, Precision.NEAR})
APPOSED = 3  # characters: 'Kafr Hamra, north of Aleppo'
OCCURRING = frozenset({"happened", "occurred", "came", "began", "started"})
PASSAGE = 160  # characters: the same sentence or the next
LEAST_KM = 5.0  # two points for one village and its outskirts


@dataclass(frozen=True, slots=True)
class Scene:
    """What a report says of place and time as a whole; None where it names several or none."""

    reading: Reading
    place: Toponym | None
    when: When | None

    def place_of(self, claim: Claim) -> Toponym | None:
        """Where a claim that names no place is set."""
        told = [self.reading.places[each.place] for each in self._beside(claim) if each.place is not None]
        return find_only(told) or self.place

    def time_of(self, claim: Claim) -> When | None:
        """When a claim that states no time is set."""
        told = [each.happened for each in self._beside(claim) if each.happened is not None]
        return find_shared(told) or self.when

    def hour_of(self, claim: Claim) -> When | None:
        """The hour at which its report says that it happened: 'The blast on Friday happened at 07:15'."""
        own = claim.happened
        if own is None or own.start is None or own.end is None:
            return None
        told = [
            each.happened
            for each in self.reading.claims
            if each.trigger.span.of(self.reading.document.text).casefold() in OCCURRING
            and 0 <= each.trigger.span.start - claim.trigger.span.start <= PASSAGE
            and each.happened is not None
            and each.happened.start is not None
            and each.happened.end is not None
        ]
        finer = [each for each in told if length(each) < length(own) and is_within(each, own)]
        return finer[0] if len(finer) == 1 else None

    def _beside(self, claim: Claim) -> list[Claim]:
        return [each for each in self.reading.claims if each.span.overlaps(claim.span)]


def find_scene(reading: Reading) -> Scene:
    """The scene of a reading: its only place and its only day."""
    voices = [span for each in reading.attributions for span in each.source]
    named = [each for each in reading.places if not any(span.covers(each.span) for span in voices)]
    return Scene(
        reading,
        find_only(without_apposed(named)),
        find_shared(each.happened for each in reading.claims if each.happened is not None),
    )


def without_apposed(places: Sequence[Toponym]) -> list[Toponym]:
    """Without what only says where another place lies: 'Kafr Hamra, north of Aleppo', 'Sheikh Maqsoud in Aleppo'."""
    ends = [each.span.end for each in places]
    return [
        each for each in places if not any(0 <= each.span.start - end <= APPOSED for end in ends) or not is_around(each)
    ]


def is_around(place: Toponym) -> bool:
    return place.precision is Precision.NEAR or place.precision not in NARROW


def find_only(places: Iterable[Toponym]) -> Toponym | None:
    """The narrow place that all others are, or lie around; None where two lie apart."""
    narrow = [each for each in places if each.precision in NARROW and each.lat is not None and each.lon is not None]
    if not narrow:
        return None
    finest = min(narrow, key=lambda each: (each.radius_km or 0.0, each.span))
    return finest if all(holds(each, finest) for each in narrow) else None


def holds(place: Toponym, finest: Toponym) -> bool:
    if place.id == finest.id:
        return True
    assert place.lat is not None
    assert place.lon is not None
    assert finest.lat is not None
    assert finest.lon is not None
    distance = haversine_km(place.lat, place.lon, finest.lat, finest.lon)
    return distance <= max(place.radius_km or 0.0, LEAST_KM)


def find_shared(times: Iterable[When]) -> When | None:
    """The widest of the stated times when one lies within another all the way; None where they part."""
    stated = [
        each for each in times if each.basis is not Basis.PUBLISHED and each.start is not None and each.end is not None
    ]
    if not stated:
        return None
    widest = max(stated, key=lambda each: (length(each), each.span or Span(0, 0)))
    return widest if all(is_within(each, widest) for each in stated) else None


def length(when: When) -> float:
    assert when.start is not None
    assert when.end is not None
    return (when.end - when.start).total_seconds()


def is_within(inner: When, outer: When) -> bool:
    assert inner.start is not None
    assert inner.end is not None
    assert outer.start is not None
    assert outer.end is not None
    return outer.start <= inner.start and inner.end <= outer.end
