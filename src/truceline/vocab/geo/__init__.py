"""Outlines of countries and of their first-level divisions (Natural Earth, public domain; see CREDIT.txt)."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]
BOX_MARGIN = 2.0  # degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One area. `polygons` hold rings of (longitude, latitude), the outer ring first.

    `code` is ISO 3166-1 alpha-2 for a country and ISO 3166-2 for a division (ending in "~": Natural Earth's own);
    None where the source has none. `aliases` are other spellings; `disputed` says why the border is drawn dashed.
    """

    code: str | None
    name: str
    name_ar: str | None
    aliases: tuple[str, ...]
    polygons: tuple[tuple[Ring, ...], ...]
    disputed: str | None = None

    @property
    def box(self) -> Box:
        """West, south, east, north."""
        points = [point for polygon in self.polygons for point in polygon[0]]
        return (
            min(lon for lon, _ in points),
            min(lat for _, lat in points),
            max(lon for lon, _ in points),
            max(lat for _, lat in points),
        )


def has_divisions(country: str) -> bool:
    """Whether outlines of the divisions of this country (ISO alpha-2) are carried."""
    return country.isalpha() and files(__name__).joinpath("admin1", f"{country.upper()}.geojson").is_file()


@cache
def find_divisions(country: str) -> tuple[Outline, ...]:
    """The first-level divisions of a country (ISO alpha-2), by name; empty where none are carried."""
    if not has_divisions(country):
        return ()
    text = files(__name__).joinpath("admin1", f"{country.upper()}.geojson").read_text("utf-8")
    outlines = (_outline(feature, _disputed()) for feature in json.loads(text)["features"])
    return tuple(sorted(outlines, key=lambda each: (each.name, each.code or "")))


@cache
def find_countries() -> tuple[Outline, ...]:
    """All countries, small scale, for the background of a map."""
    text = files(__name__).joinpath("countries.geojson").read_text("utf-8")
    return tuple(_outline(feature, {}) for feature in json.loads(text)["features"])


@cache
def country_box(country: str) -> Box | None:
    """West, south, east and north of a country's outline, with a margin; None for one without an outline.

    The margin is for coasts and borders that are drawn small.
    """
    outline = next((each for each in find_countries() if each.code == country.upper()), None)
    if outline is None:
        return None
    west, south, east, north = outline.box
    return west - BOX_MARGIN, south - BOX_MARGIN, east + BOX_MARGIN, north + BOX_MARGIN


def lies_in(box: Box, lat: float, lon: float) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def find_neighbours(country: str) -> tuple[Outline, ...]:
    """The countries whose box lies within two degrees of this one's, itself left out."""
    own = next((each for each in find_countries() if each.code == country.upper()), None)
    if own is None:
        return ()
    west, south, east, north = own.box
    return tuple(
        each
        for each in find_countries()
        if each.code != own.code and _meets((west - 2, south - 2, east + 2, north + 2), each.box)
    )


def _meets(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


@cache
def _disputed() -> dict[str, str]:
    rows = tomllib.loads(files(__name__).joinpath("disputed.toml").read_text("utf-8"))["division"]
    return {row["code"]: row["why"] for row in rows}


def _outline(feature: Mapping[str, Any], disputed: Mapping[str, str]) -> Outline:
    told = feature["properties"]
    geometry = feature["geometry"]
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    code = told.get("iso_3166_2") or told.get("iso_a2")
    # Codes ending in "~" are Natural Earth's own areas; there its `name_en` is the weaker of the two names.
    own_area = code is not None and code.endswith("~")
    name = told["name"] if own_area else told.get("name_en") or told["name"]
    others = {told["name"], *(told.get("name_alt") or "").split("|")} - {name, ""}
    return Outline(
        code=code,
        name=name,
        name_ar=told.get("name_ar"),
        aliases=tuple(sorted(others)),
        polygons=tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in parts),
        disputed=disputed.get(code or ""),
    )
