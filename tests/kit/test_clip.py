"""A ring cut to a rectangle is what a general geometry library makes of it."""

from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPoint, Polygon, box

from truceline.kit.clip import clip_ring

number = st.integers(-40, 140).map(float)


@given(st.lists(st.tuples(number, number), min_size=3, max_size=9))
def test_a_convex_ring_keeps_exactly_what_lies_within(points: list[tuple[float, float]]) -> None:
    hull = MultiPoint(points).convex_hull
    if not isinstance(hull, Polygon):
        return
    kept = clip_ring(list(hull.exterior.coords)[:-1], left=0, top=0, right=100, bottom=80)
    expected = hull.intersection(box(0, 0, 100, 80))
    area = Polygon(kept).area if len(kept) > 2 else 0.0
    assert abs(area - expected.area) < 1e-6
    assert all(-1e-9 <= x <= 100 + 1e-9 and -1e-9 <= y <= 80 + 1e-9 for x, y in kept)


def test_a_ring_within_stays_and_one_outside_goes() -> None:
    within = [(1.0, 1.0), (5.0, 1.0), (5.0, 5.0)]
    assert clip_ring(within, left=0, top=0, right=10, bottom=10) == within
    assert clip_ring([(x + 20, y) for x, y in within], left=0, top=0, right=10, bottom=10) == []


def test_a_hollow_ring_keeps_its_area_though_its_parts_are_joined() -> None:
    comb = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (6.0, 9.0), (6.0, 2.0), (3.0, 2.0), (3.0, 9.0), (0.0, 9.0)]
    kept = clip_ring(comb, left=0, top=4, right=9, bottom=9)
    assert Polygon(kept).area == 30
