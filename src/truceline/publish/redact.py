"""What is published exactly only where a release profile says so: places where people shelter or are treated."""

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.model.place import Precision, Toponym
from truceline.model.release import ReleaseProfile, SensitivePlaces

ROUNDED = "published as a rounded area to protect people"


def is_sensitive(kind: str | None, name: str | None) -> bool:
    """Whether a place of this kind, or with such a word in its name, is published as an area only."""
    words = set((name or "").lower().replace("-", " ").split())
    return kind in _rule()["kinds"] or any(set(each.split()) <= words for each in _rule()["words"])


def publishable(place: Toponym, *, kind: str | None, release: ReleaseProfile | None = None) -> Toponym:
    """The place as it may be published: the same, or moved onto a coarse grid with a wide radius.

    A profile may show it exactly or set its own grid; without one the shipped rule holds.
    """
    if release is not None and release.sensitive_places is SensitivePlaces.EXACT:
        return place
    if place.lat is None or place.lon is None or not is_sensitive(kind, place.name):
        return place
    grid = (release.grid_degrees if release is not None else None) or _rule()["grid_degrees"]
    radius = (release.radius_km if release is not None else None) or _rule()["radius_km"]
    return replace(
        place,
        lat=round(round(place.lat / grid) * grid, 4),
        lon=round(round(place.lon / grid) * grid, 4),
        radius_km=max(place.radius_km or 0.0, radius),
        precision=Precision.AREA,
        reason=ROUNDED,
    )


@cache
def _rule() -> dict[str, Any]:
    table = tomllib.loads(files("truceline.publish").joinpath("redact.toml").read_text("utf-8"))
    return dict(table["sensitive"])
