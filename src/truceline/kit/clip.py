"""A ring cut to a rectangle (Sutherland and Hodgman 1974, Reentrant polygon clipping)."""

from collections.abc import Callable, Sequence

Point = tuple[float, float]


def clip_ring(ring: Sequence[Point], *, left: float, top: float, right: float, bottom: float) -> list[Point]:
    """The ring's part within left ≤ x ≤ right and top ≤ y ≤ bottom; empty where it lies outside.

    A hollow ring that leaves the rectangle and comes back is joined along the rectangle's sides.
    """
    kept = list(ring)
    sides: tuple[Callable[[Point], float], ...] = (
        lambda at: at[0] - left,
        lambda at: right - at[0],
        lambda at: at[1] - top,
        lambda at: bottom - at[1],
    )
    for inwards in sides:
        kept = _cut(kept, inwards)
    return kept


def _cut(ring: list[Point], inwards: Callable[[Point], float]) -> list[Point]:
    """What lies on the inner side of one line; `inwards` says how deep a point lies in it."""
    depths = [inwards(each) for each in ring]
    if not depths or min(depths) >= 0:
        return ring
    if max(depths) < 0:
        return []
    kept: list[Point] = []
    for nth, (here, depth) in enumerate(zip(ring, depths, strict=True)):
        before, earlier = ring[nth - 1], depths[nth - 1]
        if (depth >= 0) != (earlier >= 0):
            kept.append(_between(before, here, earlier / (earlier - depth)))
        if depth >= 0:
            kept.append(here)
    return kept


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
