"""The interactive map, its static twin and its table: offline, from a file."""

import json
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from truceline.kit.visible import visible
from truceline.model.place import Precision, Toponym
from truceline.publish.cards import Row, card_of, rows_of
from truceline.publish.drawing import Spot, answers_to, country_box, is_circle, is_drawn_as_point, middle_of, still_map
from truceline.publish.folder import Shelf
from truceline.publish.looks import Kind, Section, find_kinds, find_shapes
from truceline.publish.lookup import Lookup, in_order, safe_name
from truceline.publish.page import asset, render
from truceline.vocab.geo import Outline, find_countries, find_divisions, find_neighbours

TABLE_LIMIT = 600
# Above so many incidents the map opens on the days of the bulletin; the reader widens them.
WHOLE_LIMIT = 1000
TOWN_POPULATION = 60_000


def write_map(shelf: Shelf, lookup: Lookup, *, paged: frozenset[str]) -> None:
    """map.html and what it needs beside it."""
    for name in LIBRARY:
        shelf.put(f"assets/{name}", library(name))
    for name in SCRIPTS:
        shelf.put(f"assets/{name}", asset(name))
    shelf.put("assets/map-outlines.js", outlines_script(lookup))
    shelf.put("assets/map-incidents.js", incidents_script(lookup, paged=paged))
    shelf.put("map.html", map_page(lookup, paged=paged))


SCRIPTS = ("map-base.js", "map.js")
LIBRARY = ("maplibre-gl.js", "maplibre-gl.css")


def outlines_script(lookup: Lookup) -> str:
    """What the map draws under the incidents, as a script file."""
    return _script("outlines", outlines_of(lookup))


def incidents_script(lookup: Lookup, *, paged: frozenset[str]) -> str:
    """The incidents that the map draws, as a script file."""
    return _script("incidents", incidents_of(lookup, paged=paged))


def legend_script() -> str:
    """Kinds and verdicts as the map draws them, as a script file."""
    return _script("legend", legend_of())


def library(name: str) -> bytes:
    """A file of the installed maplibre package; found without importing it, for that would load its widgets."""
    return Path(str(distribution("maplibre").locate_file(f"maplibre/srcjs/{name}"))).read_bytes()


def map_page(lookup: Lookup, *, paged: frozenset[str]) -> str:
    """The page: map, legend, and the table that works without a script."""
    held = in_order(lookup.view.incidents)
    rows = rows_of(held, lookup, paged=paged)
    spots = find_spots(rows, lookup)
    country = home_of(lookup)
    shown = [row for row in rows if row.id in paged][:TABLE_LIMIT]
    drawn = sum(each.count for each in spots)
    days = sorted({row.day for row in rows if row.day})
    opening = lookup.view.mission.since if len(rows) <= WHOLE_LIMIT else lookup.since
    return render(
        "map.html",
        lookup,
        here="map",
        still=still_map(spots, country),
        rows=shown,
        total=len(rows),
        undrawn=len(rows) - drawn,
        kinds=find_kinds(),
        shapes=find_shapes(),
        disputed=[each for each in find_divisions(country) if each.disputed],
        days=days,
        first=next((nth for nth, day in enumerate(days) if day >= opening.isoformat()), 0),
        is_narrowed=opening != lookup.view.mission.since,
    )


def home_of(lookup: Lookup) -> str:
    """The country the map shows: the mission's first."""
    return next(iter(lookup.view.mission.countries), "")


def find_spots(rows: tuple[Row, ...], lookup: Lookup) -> list[Spot]:
    """Incidents gathered by place, kind and verdict, the fullest first; those that no map can show left out."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    places: dict[tuple[Any, ...], Toponym] = {}
    for row in rows:
        place = lookup.place(lookup.incidents[row.id].place)
        if place is None or not can_be_drawn(place):
            continue
        key = (place.id, place.lat, place.lon, row.kind.id, row.shape.id)
        groups[key].append(row)
        places[key] = place
    order = sorted(groups, key=lambda key: (-len(groups[key]), str(key)))
    return [
        Spot(
            place=places[key],
            kind=groups[key][0].kind,
            shape=groups[key][0].shape,
            where=groups[key][0].where,
            count=len(groups[key]),
        )
        for key in order
    ]


def can_be_drawn(place: Toponym) -> bool:
    """Whether the still map shows a place: a whole country or region is no place on it."""
    return place.id is not None and place.precision not in (None, Precision.COUNTRY, Precision.REGION)


def incidents_of(lookup: Lookup, *, paged: frozenset[str]) -> dict[str, Any]:
    """What the script needs: kinds, shapes and every incident, tellings only for those with a page."""
    held = in_order(lookup.view.incidents)
    return {**legend_of(), "incidents": [_told(row, lookup) for row in rows_of(held, lookup, paged=paged)]}


def legend_of() -> dict[str, Any]:
    """Kinds with their colours, verdicts with their shapes; `said`: words rather than acts."""
    return {
        "kinds": [
            {"id": each.id, "label": each.label, "colour": each.colour, "said": is_said(each)} for each in find_kinds()
        ],
        "shapes": [
            {"id": each.id, "value": each.value, "words": each.words, "path": each.path, "filled": each.filled}
            for each in find_shapes()
        ],
    }


def is_said(kind: Kind) -> bool:
    """Whether a kind is words rather than an act; those are drawn beneath."""
    return kind.section is Section.STATEMENTS


def _told(row: Row, lookup: Lookup) -> dict[str, Any]:
    place = lookup.place(lookup.incidents[row.id].place)
    return {
        "id": safe_name(row.id),
        "title": visible(row.title),
        "page": row.file,
        "kind": row.kind.id,
        "shape": row.shape.id,
        "day": row.day,
        "when": row.when,
        "where": visible(row.where),
        "who": visible(row.who),
        "harm": row.harm,
        "told": row.told,
        "grade": f"{row.grade}, {row.grade_spelled}",
        **_geometry(place, lookup),
        "tellings": _tellings(row, lookup) if row.file else [],
    }


def _geometry(place: Toponym | None, lookup: Lookup) -> dict[str, Any]:
    """A point, a point with a radius, or the code of a governorate; nothing where nothing is located."""
    if place is None or place.id is None:
        return {}
    if is_drawn_as_point(place):
        circle = {"km": round(place.radius_km or 5.0, 1)} if is_circle(place) else {}
        return {"at": [place.lon, place.lat], **circle}
    if place.precision is Precision.ADMIN1:
        divisions = find_divisions(place.country or home_of(lookup))
        return next(({"area": each.code} for each in divisions if answers_to(each, place.admin1 or place.name)), {})
    return {}


def _tellings(row: Row, lookup: Lookup) -> list[dict[str, str]]:
    incident = lookup.incidents[row.id]
    cards = [
        card_of(lookup.tellings[each.claim], lookup, version=each)
        for each in incident.versions
        if each.claim in lookup.tellings
    ]
    return [
        {
            "chain": visible(" › ".join(chip.words for chip in card.chips)),
            "quote": visible(card.quote),
            "line": card.line.value,
            "stance": card.stance,
        }
        for card in cards
    ]


def outlines_of(lookup: Lookup) -> dict[str, Any]:
    """Land, governorates and labels of the home country and what lies around it."""
    country = home_of(lookup)
    divisions = find_divisions(country)
    own = divisions or tuple(each for each in find_countries() if each.code == country)
    return {
        "box": country_box(country),
        "land": [_feature(each) for each in find_neighbours(country)],
        "home": [_feature(each) for each in own],
        "labels": [
            {"at": middle_of(each), "name": each.name, "name_ar": each.name_ar or "", "rank": "governorate"}
            for each in own
            if each.disputed is None
        ],
        "towns": [
            {"at": [each.lon, each.lat], "name": each.name, "rank": "town"}
            for each in sorted(lookup.view.mission.places, key=lambda one: one.id)
            if each.kind in ("city", "town") and each.country == country and each.population >= TOWN_POPULATION
        ],
    }


def _feature(outline: Outline) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": outline.code, "name": outline.name, "disputed": outline.disputed is not None},
        "geometry": {"type": "MultiPolygon", "coordinates": outline.polygons},
    }


def _script(name: str, value: Any) -> str:
    """A script file that sets one global; as a file of its own its text can close no tag."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.truceline=window.truceline||{{}};window.truceline.{name}={body};\n"
