"""Lines and polygons: distances against the sphere, insides, areas, crossings."""

import pytest

from truceline.kit.geo import KM_PER_DEGREE, destination
from truceline.kit.shapes import crosses_itself, is_inside, line_distance_km, ring_area_km2, ring_distance_km

SQUARE = ((48.0, 37.0), (48.0, 38.0), (49.0, 38.0), (49.0, 37.0))
BOW = ((48.0, 37.0), (49.0, 38.0), (49.0, 37.0), (48.0, 38.0))
NORTHWARD = ((47.0, 38.0), (49.0, 38.0))


@pytest.mark.parametrize("km", [1.0, 15.0, 25.0, 70.0])
@pytest.mark.parametrize("bearing", [90, 270])
def test_a_point_off_a_meridian_is_as_far_as_the_sphere_says(km: float, bearing: float) -> None:
    lat, lon = destination(48.0, 38.0, bearing, km)
    assert line_distance_km(lat, lon, NORTHWARD) == pytest.approx(km, rel=0.01)


def test_beyond_its_end_a_line_is_as_far_as_its_end() -> None:
    assert line_distance_km(50.0, 38.0, NORTHWARD) == pytest.approx(KM_PER_DEGREE)


def test_a_line_of_one_point_is_that_point() -> None:
    assert line_distance_km(49.0, 38.0, [(48.0, 38.0)]) == pytest.approx(KM_PER_DEGREE)


def test_inside_is_negative_and_outside_positive() -> None:
    assert is_inside(48.5, 37.5, SQUARE)
    assert not is_inside(48.5, 38.5, SQUARE)
    assert ring_distance_km(48.5, 37.01, SQUARE) == pytest.approx(-0.737, abs=0.01)
    assert ring_distance_km(48.5, 36.99, SQUARE) == pytest.approx(0.737, abs=0.01)


def test_a_ring_may_be_walked_either_way_round() -> None:
    assert ring_distance_km(48.5, 37.5, SQUARE) == pytest.approx(ring_distance_km(48.5, 37.5, SQUARE[::-1]))


def test_an_area_is_that_of_the_sphere_within_a_percent() -> None:
    # A degree square between 48 and 49 N: R^2 * dlon * (sin 49 - sin 48).
    assert ring_area_km2(SQUARE) == pytest.approx(8192, rel=0.02)
    assert ring_area_km2(SQUARE[:2]) == 0.0
    assert ring_area_km2([(48.0, 37.0), (48.0, 37.5), (48.0, 38.0)]) == pytest.approx(0.0)


def test_only_a_bow_crosses_itself() -> None:
    assert crosses_itself(BOW)
    assert not crosses_itself(SQUARE)
    assert not crosses_itself(SQUARE[:3])
