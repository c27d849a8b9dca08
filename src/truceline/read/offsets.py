"""Places told by way of another: '15 km south-west of X', 'near X', 'the southern countryside of X', 'between A and B'.

The centre moves and the radius grows by vocab/places/offsets.toml; a moved place is NEAR or AREA, never exact.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.read.gazetteer import Gazetteer
from truceline.read.offsets_foreign import FOREIGN, is_foreign
from truceline.read.offsets_known import Known
from truceline.read.offsets_measures import DISTANCE, WIND, either
from truceline.read.offsets_movers import (
    Before,
    Rule,
    Told,
    around,
    by_distance,
    by_distance_only,
    by_wind,
    countryside,
    facility,
    within,
)
from truceline.read.offsets_ways import NOUNS, REACH, find_way
from truceline.vocab.places import toml_table

_RURAL = r"(?:countryside|hinterland|rif|reef|rural\s+(?:areas?|parts?))"
_DIVISION = r"(?:\s+(?:province|governorate))?"
_PARTS = (
    r"(?:parts?|sides?|half|edges?|districts?|quarters?|neighbou?rhoods?|suburbs?|outskirts|entrances?|approaches|"
    r"fringes?|rim|flank|sector|gates?)"
)


def _before(pattern: str, needs: str) -> Before:
    return Before(re.compile(rf"(?<![\w-]){pattern}\Z", re.IGNORECASE), tuple(needs.split()))


def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def move_offsets(text: str, places: Sequence[Toponym], *, gazetteer: Gazetteer | None = None) -> Iterator[Toponym]:
    """The places with those told by way of another moved; their spans then cover the whole expression.

    Of 'between A and B' the first carries the middle and both names; the second stays itself, inside its span. Of
    'the A-B road' the first is the whole road. `gazetteer` is asked for a mission's areas, airfields and roads.
    """
    known = Known(gazetteer)
    taken_up = 0
    for index, place in enumerate(places):
        if taken_up:
            taken_up -= 1
            continue
        if place.lat is None or place.precision is Precision.NEAR:
            yield place
            continue
        way = find_way(text, places, index, known)
        if way is not None:
            taken_up = way.ends
            yield way.place
        else:
            yield _moved(text, place, known) or place


def _moved(text: str, place: Toponym, known: Known) -> Toponym | None:
    start, end = place.span.start, place.span.end
    behind = text[end : end + REACH]
    ahead = text[max(0, start - REACH) : start]
    for (before, after), move in FOREIGN if is_foreign(text[start:end]) else _AROUND:
        second = after.match(behind) if after is not None else None
        if after is not None and second is None:
            continue
        first = before.search(ahead) if before is not None else None
        if before is not None and first is None:
            continue
        matched = first if first is not None else second
        if matched is None:
            continue
        moved = move(Told(place, matched, text, known))
        if moved is not None:
            lead = len(first.group()) if first is not None else 0
            trail = len(second.group()) if second is not None else 0
            return replace(moved, span=Span(start - lead, end + trail))
    return None


def _facilities() -> str:
    return "|".join(either("facility", kind) for kind in toml_table("offsets.toml")["facility"])


_ROAD, _FRONT, _KINDS = either("road", "nouns"), either("road", "fronts"), either("road", "kinds")
_NEAR = (
    r"(?:near|next\s+to|close\s+to|adjacent\s+to|not\s+far\s+from|a\s+short\s+(?:drive|distance|walk)\s+from|"
    r"just\s+outside|outside(?:\s+of)?|off\s+the\s+(?:coast|shores?)\s+of|off|overlooking(?!\s+the\b))"
)
_RING = r"(?:outskirts|fringes|edges?|rim)"

# In the order tried; the first that fits decides. Each: what stands before the name, what behind it.
_AROUND: tuple[Rule, ...] = (
    ((_before(rf"{DISTANCE}(?:to\s+the\s+)?(?:due\s+)?{WIND}\s+(?:of|from)\s+{NOUNS}", "of from"), None), by_distance),
    ((_before(rf"(?:the\s+)?{WIND}(?:ern)?\s+{_RURAL}\s+of\s+{NOUNS}", "of"), None), countryside),
    (
        (_before(rf"(?:the\s+)?{WIND}(?:ern)?\s+", "n e s w"), _after(rf"{_DIVISION}(?:['’]s)?\s+{_RURAL}\b")),
        countryside,
    ),
    ((None, _after(rf"(?:['’]s)?\s+{WIND}(?:ern)?\s+{_RURAL}\b")), countryside),
    (
        (
            _before(
                rf"(?:the\s+)?(?:{WIND}(?:ern)?\s+rural|rural\s+{WIND.replace('<wind>', '<side>')}(?:ern)?)\s+", "rural"
            ),
            None,
        ),
        countryside,
    ),
    ((_before(rf"(?:the\s+)?{_RURAL}\s+(?:of|around)\s+{NOUNS}", "of around"), None), countryside),
    ((None, _after(rf"{_DIVISION}(?:['’]s)?\s+{_RURAL}\b")), countryside),
    (
        (_before(rf"{DISTANCE}(?:from|outside(?:\s+of)?|beyond|off)\s+{NOUNS}", "from outside beyond off"), None),
        by_distance_only,
    ),
    ((_before(rf"(?:the\s+)?{WIND}(?:ern)?(?:most)?\s+{_PARTS}\s+(?:of|to)\s+{NOUNS}", "of to"), None), within),
    ((None, _after(rf"['’]s\s+{WIND}(?:ern)?(?:most)?\s+{_PARTS}\b")), within),
    (
        (
            _before(
                rf"(?:(?:just\s+)?to\s+the\s+|just\s+|immediately\s+|directly\s+)?{WIND}\s+(?:of|from)\s+{NOUNS}",
                "of from",
            ),
            None,
        ),
        by_wind,
    ),
    ((_before(rf"(?:the\s+)?{WIND}ern\s+", "ern"), None), within),
    ((None, _after(rf"\s+(?P<noun>(?-i:{_facilities()}))\b")), facility),
    ((_before(rf"(?:the\s+)?(?P<noun>{_facilities()})\s+(?:of|at)\s+", "of at"), None), facility),
    (
        (
            None,
            _after(
                r"(?:\s+(?:international|military|civilian|old|new))*\s+(?:airport|air\s?base|airfield|refinery|dam)\b"
            ),
        ),
        around("facility_km"),
    ),
    ((None, _after(rf"\s+(?-i:{_FRONT})(?!\w)")), around("front_km")),
    ((None, _after(rf"\s+(?:(?:{_KINDS})\s+)*(?-i:{_ROAD})(?!\w)")), around("road_km")),
    (
        (
            _before(
                rf"(?<!\w)(?-i:{_ROAD})\s+(?:leading\s+|running\s+)?(?:to|from|towards?|into|out\s+of)\s+{NOUNS}",
                "to from of",
            ),
            None,
        ),
        around("road_km"),
    ),
    (
        (_before(rf"{_NEAR}\s+{NOUNS}", "near next close adjacent from outside off overlooking"), None),
        around("near_km"),
    ),
    (
        (_before(rf"(?:on\s+|in\s+|at\s+)?(?:the\s+)?{_RING}\s+of\s+{NOUNS}", "outskirts fringe edge rim"), None),
        around("outskirts_km"),
    ),
    ((None, _after(rf"['’]s\s+{_RING}\b")), around("outskirts_km")),
    (
        (
            _before(
                rf"(?:in\s+|around\s+)?(?:the\s+)?(?:vicinity|surroundings|environs|area\s+around)\s+(?:of\s+)?{NOUNS}",
                "vicinity surroundings environs area",
            ),
            None,
        ),
        around("vicinity_km"),
    ),
    ((_before(rf"(?:the\s+)?suburbs?\s+of\s+{NOUNS}", "suburb"), None), around("suburbs_km")),
)
