"""A gazetteer of two places that compiles at once, in a cache of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from truceline.model.place import Place, Precision
from truceline.read import gazetteer_file
from truceline.read.places_world import Filed


def use_small_world(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Makes `folder` the user's cache and the world two places; what is built there is in use."""
    monkeypatch.setenv("TRUCELINE_CACHE", str(folder))
    monkeypatch.delenv("TRUCELINE_GAZETTEER", raising=False)
    monkeypatch.setattr(gazetteer_file, "filed_places", small_world)
    return folder


def small_world(_further_names: object = None) -> Iterator[Filed]:
    state = Place(
        id="geonames:163843",
        name="Syria",
        lat=35.0,
        lon=38.0,
        kind="country",
        precision=Precision.COUNTRY,
        radius_km=240.0,
        country="SY",
    )
    town = Place(
        id="geonames:170063",
        name="Aleppo",
        lat=36.2,
        lon=37.16,
        kind="city",
        precision=Precision.SETTLEMENT,
        radius_km=12.0,
        country="SY",
        admin1="Aleppo",
        population=1_600_000,
    )
    yield Filed(state, ("Syria",))
    yield Filed(town, ("Aleppo", "Halab", "حلب"))
