"""Distances and directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.kit.geo import WINDS, bearing_degrees, destination, haversine_km, wind, wind_degrees

ALEPPO = (36.20, 37.16)
DAMASCUS = (33.51, 36.29)

latitudes = st.floats(-85, 85)
longitudes = st.floats(-179.9, 179.9)


def test_aleppo_lies_about_three_hundred_kilometres_from_damascus() -> None:
    assert haversine_km(*ALEPPO, *DAMASCUS) == pytest.approx(309.7, abs=1)


def test_a_quarter_of_the_equator_is_ten_thousand_kilometres() -> None:
    assert haversine_km(0, 0, 0, 90) == pytest.approx(10007.5, abs=1)


def test_opposite_points_are_half_the_circumference_apart() -> None:
    assert haversine_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=1)


def test_going_south_west_lowers_both_coordinates() -> None:
    lat, lon = destination(*ALEPPO, 225, 15)
    assert lat < ALEPPO[0]
    assert lon < ALEPPO[1]


def test_going_over_the_date_line_stays_within_180_degrees() -> None:
    _, lon = destination(0, 179.9, 90, 100)
    assert -180 <= lon < -179


@given(latitudes, longitudes, st.floats(0, 359.9), st.floats(0.1, 2000))
def test_a_destination_is_as_far_as_was_gone(lat: float, lon: float, bearing: float, km: float) -> None:
    assert haversine_km(lat, lon, *destination(lat, lon, bearing, km)) == pytest.approx(km, rel=1e-6)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_the_same_both_ways(a: float, b: float, c: float, d: float) -> None:
    assert haversine_km(a, b, c, d) == pytest.approx(haversine_km(c, d, a, b))


@given(st.floats(-60, 60), longitudes, st.floats(0, 359.9), st.floats(1, 500))
def test_the_bearing_back_is_the_bearing_gone(lat: float, lon: float, bearing: float, km: float) -> None:
    back = bearing_degrees(lat, lon, *destination(lat, lon, bearing, km))
    assert min(abs(back - bearing), 360 - abs(back - bearing)) < 1e-3


@pytest.mark.parametrize(
    ("bearing", "letters"), [(0, "N"), (225, "SW"), (359, "N"), (11, "N"), (12, "NNE"), (-90, "W")]
)
def test_a_bearing_is_named_by_its_nearest_wind(bearing: float, letters: str) -> None:
    assert wind(bearing) == letters


@pytest.mark.parametrize("letters", WINDS)
def test_every_wind_names_its_own_bearing(letters: str) -> None:
    assert wind(wind_degrees(letters)) == letters


def test_letters_that_are_no_wind_are_refused() -> None:
    with pytest.raises(ValueError, match="QQ"):
        wind_degrees("QQ")
