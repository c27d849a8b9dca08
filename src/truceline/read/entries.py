"""An entry of a numbered catalogue: 'June 10th 2017: (S833) Mayadin, Deir Ezzor governorate' names an incident."""

import re
from collections.abc import Sequence

from truceline.kit.hashing import content_id
from truceline.model.claim import Claim, EventType, Mood, Trigger
from truceline.model.document import Document
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.model.when import When

LONGEST = 300  # characters: place and day, no story
NUMBER = re.compile(r"\((?P<number>[A-Z]{1,4}\d{1,6}[a-zA-Z]?)\)")
HEADING = 90  # characters in which day and number stand
# What may stand beside them.
UNSURE = frozenset({"around", "about", "approximately", "circa", "date", "day", "unclear", "unknown", "uncertain"})
DAY = re.compile(r"\d{1,4}(?:st|nd|rd|th)?$")
LEMMA = "entry"
LISTED = 2.0  # whoever keeps the catalogue holds that it was alleged, and probably happened
BESIDE = re.compile(r"\b(?:and|or)\b")
NARROW = frozenset({Precision.POINT, Precision.SETTLEMENT, Precision.NEAR, Precision.AREA})
SPOTS = frozenset({Precision.POINT, Precision.SETTLEMENT})
UNSAID = EventType(plover=None)


def find_entry(
    document: Document, places: Sequence[Toponym], times: Sequence[When], claims: Sequence[Claim]
) -> Claim | None:
    """The one claim of a text that is nothing but a day, a number and a place; None for any other text.

    What its number stands for is known of the catalogue (`entries` of the source), not told in the text.
    """
    text = document.text.strip()
    if len(text) > LONGEST or "\n" in text or any(each.trigger.type.plover is not None for each in claims):
        return None
    number = NUMBER.search(document.text[:HEADING])
    heading = None if number is None else find_heading(document.text[: number.start()], times)
    if heading is None or number is None:
        return None
    start = number.start("number")
    return Claim(
        id=content_id("c", document.id, document.sha256, LEMMA),
        span=Span(0, len(document.text)),
        chain=(),
        trigger=Trigger(span=Span(start, start + len(number["number"])), type=UNSAID, lemma=LEMMA),
        factuality=LISTED,
        negated=False,
        mood=Mood.ASSERTION,
        place=find_spot(places, start, document.text),
        time=times.index(heading),
        happened=heading,
    )


def find_heading(before: str, times: Sequence[When]) -> When | None:
    """The time told before the number, where nothing else is told there."""
    told = [each for each in times if each.span is not None and each.start is not None and each.span.end <= len(before)]
    rest = before
    for each in told:
        assert each.span is not None
        rest = rest[: each.span.start] + " " * len(each.span) + rest[each.span.end :]
    silent = all(word in UNSURE or DAY.match(word) for word in re.findall(r"\w+", rest.casefold()))
    return told[0] if told and silent else None


def find_spot(places: Sequence[Toponym], start: int, text: str) -> int | None:
    """Index of the town, village or site that the entry names: of several the last, which the others lie in.

    None where none is named before the division, or where two stand side by side.
    """
    behind = [(at, each) for at, each in enumerate(places) if each.id is not None and each.span.start > start]
    wide = min((each.span.start for _, each in behind if each.precision not in NARROW), default=len(text))
    told = [(at, each) for at, each in behind if each.precision in SPOTS and each.span.start < wide]
    if not told:
        return None
    last = told[-1][1]
    between = [text[each.span.end : last.span.start] for _, each in told if each.id != last.id]
    return None if any(BESIDE.search(words) for words in between) else told[-1][0]
