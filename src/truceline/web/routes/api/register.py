"""The register as a whole: where things are, words in any spelling, a view over time and by place."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from truceline.model.place import Toponym
from truceline.publish.looks import kind_of
from truceline.publish.lookup import safe_name
from truceline.publish.words import place_words, release_words
from truceline.schemas.register import HeapOut, HeapsOut, Hit, Hits, Index, MapOut, PileOut, TimelineOut
from truceline.store.browse import Pile, Sought
from truceline.web.filters import MOST_CHARACTERS, Filters, parse_box, parse_cursor, parse_filters
from truceline.web.held import Held
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import READING, ROOT, WORLD, Asked, Bbox, Cursor, Limit
from truceline.web.routes.api.incidents import next_address
from truceline.web.routes.common import NowHeld
from truceline.web.timeline import count_days, stretch_of

router = APIRouter(prefix=ROOT, tags=["Register"], dependencies=READING)

NAMES = (
    *("incidents", "incidents.geojson", "incidents.jsonl", "claims.jsonl", "documents", "search", "timeline", "map"),
    *("heaps", "watch", "statements", "bulletin", "bulletins", "agreement", "sources", "openapi.json"),
)
PILES = 10_000


@router.get("", response_model=Index, operation_id="get_index")
def index(request: Request, held: NowHeld) -> Response:
    """Where things are, and how much is held."""
    answer = Index(
        mission=held.mission.name,
        fingerprint=held.fingerprint,
        release=release_words(held.release),
        incidents=0 if held.browser is None else held.browser.count(Sought()),
        documents=held.documents_count,
        links={name: f"{ROOT}/{name}" for name in NAMES},
    )
    return told(request, answer)


@router.get("/search", response_model=Hits, operation_id="search")
def search(
    request: Request,
    held: NowHeld,
    q: Annotated[str, Query(min_length=1, max_length=MOST_CHARACTERS, description="Words in any spelling.")],
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Response:
    """Incidents that hold all these words, or words that begin with them, in title, place or quotes."""
    filters = Filters(values={"q": q})
    sought, after = parse_filters(filters, held), parse_cursor(cursor)
    if held.browser is None:
        return told(request, Hits(items=(), count=0, next=None))
    page = held.browser.page(sought, limit=limit, after=after)
    lookup = held.look_up_page(page)
    hits = tuple(
        Hit(
            id=each.id,
            title=each.title,
            start=each.start,
            where=place_words(lookup.place(each.place)),
            page=f"/incidents/{safe_name(each.id)}.html",
        )
        for each in page.incidents
    )
    following = next_address(f"{ROOT}/search", filters, page, limit=limit)
    return told(request, Hits(items=hits, count=held.browser.count(sought), next=following))


@router.get("/timeline", response_model=TimelineOut, operation_id="get_timeline")
def timeline(request: Request, filters: Asked, held: NowHeld) -> Response:
    """Incidents of a view by the local day on which they are said to have begun, and the days without a report."""
    sought = parse_filters(filters, held)
    starts = () if held.browser is None else held.browser.starts(sought, held.zone)
    counts, undated = count_days(starts)
    since, until = stretch_of(counts, filters, held)
    inside = sorted(day for day in counts if since <= day < until)
    answer = {
        "since": since,
        "until": max(since, until),
        "days": [{"day": day, "incidents": counts[day], "is_observed": day in held.observed} for day in inside],
        "gaps": [{"since": first, "until": last} for first, last in find_gaps(held.observed, since, until)],
        "undated": undated,
        "outside": sum(counts.values()) - sum(counts[day] for day in inside),
    }
    return told(request, TimelineOut.model_validate(answer))


def find_gaps(observed: frozenset[date], since: date, until: date) -> Iterator[tuple[date, date]]:
    """The stretches between observed days, half-open."""
    seen = sorted(day for day in observed if since <= day < until)
    edges = [since - timedelta(days=1), *seen, until]
    for before, after in pairwise(edges):
        if (after - before).days > 1:
            yield before + timedelta(days=1), after


@router.get("/map", response_model=MapOut, operation_id="get_map")
def by_place(request: Request, filters: Asked, held: NowHeld) -> Response:
    """Incidents of a view counted by place, kind and verdict: what its map draws. Places are rounded as published."""
    sought = parse_filters(filters, held)
    counts: Counter[tuple[Any, ...]] = Counter()
    for each in () if held.browser is None else held.browser.piles(sought):
        counts[key_of(each, held)] += each.count
    fullest = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    names = [each for each in PileOut.model_fields if each != "count"]
    items = tuple(PileOut(**dict(zip(names, key, strict=True)), count=count) for key, count in fullest[:PILES])
    count = sum(counts.values())
    return told(request, MapOut(items=items, count=count, left_out=count - sum(each.count for each in items)))


@router.get("/heaps", response_model=HeapsOut, operation_id="get_heaps")
def heaps(
    request: Request,
    filters: Asked,
    held: NowHeld,
    zoom: Annotated[int, Query(ge=0, le=16, description="Of the map: 0 the world on 512 pixels, 16 a street.")] = 6,
    bbox: Bbox = "",
) -> Response:
    """Incidents of a view counted about points, as closely as a map of this zoom can show; those with a point only."""
    sought, box = parse_filters(filters, held), parse_box(bbox or WORLD)
    assert box is not None
    found = () if held.browser is None else held.ground.heap(sought, box, zoom)
    items = tuple(
        HeapOut(lon=each.lon, lat=each.lat, count=each.count, kind=each.kind, verdict=each.shape) for each in found
    )
    return told(request, HeapsOut(items=items, count=sum(each.count for each in items)))


def key_of(pile: Pile, held: Held) -> tuple[Any, ...]:
    """Kind, verdict and place; two places that are rounded to one are one."""
    return kind_of(pile.event).label, pile.verdict or None, *place_of(held.bare.place(pile.place))


def place_of(place: Toponym | None) -> tuple[Any, ...]:
    """Name, precision, latitude, longitude, radius, province, country: as in the columns of an incident."""
    if place is None:
        return (None,) * 7
    located = place.id is not None
    spot = (place.lat, place.lon, place.radius_km) if located else (None, None, None)
    return place.name, place.precision.value if place.precision else None, *spot, place.admin1, place.country
