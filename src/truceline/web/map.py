"""The map of a filtered view: the published picture, drawn from counts instead of incidents."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from truceline.model.assessment import Verdict
from truceline.model.claim import EventType
from truceline.model.place import Toponym
from truceline.publish.drawing import Spot, is_drawn_as_point, still_map
from truceline.publish.looks import Kind, kind_of, shape_of
from truceline.publish.lookup import Lookup
from truceline.publish.map_page import can_be_drawn, home_of
from truceline.publish.words import place_words
from truceline.store.browse import Browser, Sought
from truceline.store.columns import Mask, Numbers

WIDTH = 680  # pixels: beside the legend
SYMBOLS = 300  # more would cover each other and weigh more than the page
NOWHERE = -1
CELLS = 6  # across a tile: heaps of a map stand no closer than that

Box = tuple[float, float, float, float]  # west, south, east, north, in degrees


@lru_cache(maxsize=1_000)
def kind_named(event: EventType) -> Kind:
    return kind_of(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The picture; `undrawn` incidents have no place on it, `left_out` stand at places beyond the fullest ones."""

    picture: Markup
    undrawn: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """So many incidents about one point; `kind` and `shape` where they are all of one."""

    lon: float
    lat: float
    count: int
    kind: str | None
    shape: str | None


class Ground:
    """Where the incidents of a register are drawn: each pile's spot, found once. Places are as they are published."""

    def __init__(self, browser: Browser, lookup: Lookup) -> None:
        self._browser = browser
        self._home = home_of(lookup)
        numbers: dict[Spot, int] = {}
        found = find_spots(browser, lookup)
        spot_of = [NOWHERE if each is None else numbers.setdefault(each, len(numbers)) for each in found]
        self._spot_of = np.array(spot_of, dtype=np.int64)
        self._spots = tuple(numbers)
        order = sorted(numbers, key=lambda each: (each.where, each.kind.id, each.shape.id))
        self._ranks = np.zeros(len(numbers), dtype=np.int64)
        self._ranks[[numbers[each] for each in order]] = np.arange(len(numbers))

    def draw(self, sought: Sought) -> Drawn:
        """The incidents of a view by place, kind and verdict, the fullest spots."""
        counts, undrawn = self._count(self._browser.matching(sought))
        order = np.lexsort((self._ranks, -counts))
        shown = [int(at) for at in order[:SYMBOLS] if counts[at]]
        spots = [replace(self._spots[at], count=int(counts[at])) for at in shown]
        return Drawn(
            picture=still_map(spots, self._home, width=WIDTH),
            undrawn=undrawn,
            left_out=int(counts.sum()) - sum(each.count for each in spots),
        )

    def _count(self, mask: Mask) -> tuple[Numbers, int]:
        """How many incidents are at each spot, and how many at none."""
        piles = self._browser.columns.count_piles(mask)
        placed = self._spot_of != NOWHERE
        counts = np.bincount(self._spot_of[placed], weights=piles[placed], minlength=len(self._spots))
        return counts.astype(np.int64), int(piles[~placed].sum())

    # ---- a window on it

    @cached_property
    def _points(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude of each spot, NaN for an area that has no point."""
        places = [each.place if is_drawn_as_point(each.place) else None for each in self._spots]
        lons = np.array([np.nan if each is None or each.lon is None else each.lon for each in places], dtype=np.float64)
        lats = np.array([np.nan if each is None or each.lat is None else each.lat for each in places], dtype=np.float64)
        return lons, lats

    def _is_inside(self, box: Box) -> Mask:
        """Which spots lie in a box; one whose west is east of its east goes round the back of the world."""
        west, south, east, north = box
        lons, lats = self._points
        across = (lons >= west) & (lons <= east) if west <= east else (lons >= west) | (lons <= east)
        return across & (lats >= south) & (lats <= north)

    def inside(self, box: Box) -> Mask:
        """Which incidents are drawn as a point in a box, by the place as published: none finds the exact one."""
        if not self._spots:
            return np.zeros(self._browser.columns.size, dtype=np.bool_)
        spot_of = self._spot_of[self._browser.columns.pile_of]
        found: Mask = self._is_inside(box)[spot_of] & (spot_of != NOWHERE)
        return found

    def heap(self, sought: Sought, box: Box, zoom: int) -> Iterator[Heap]:
        """The incidents of a view in a box, gathered as closely as a map of this zoom can show, the fullest first."""
        counts, _ = self._count(self._browser.matching(sought))
        at = ((counts > 0) & self._is_inside(box)).nonzero()[0]
        lons, lats = self._points[0][at], self._points[1][at]
        step = 360 / 2**zoom / CELLS
        cells = np.floor(lons / step).astype(np.int64) * (1 << 32) + np.floor(lats / step).astype(np.int64)
        _, which = np.unique(cells, return_inverse=True)
        sums = np.bincount(which, weights=counts[at])
        middles = [np.bincount(which, weights=counts[at] * each) / sums for each in (lons, lats)]
        members: list[list[int]] = [[] for _ in sums]
        for cell, spot in zip(which, at, strict=True):
            members[cell].append(int(spot))
        for cell in np.argsort(-sums, kind="stable"):
            kinds = {self._spots[each].kind.id for each in members[cell]}
            shapes = {self._spots[each].shape.id for each in members[cell]}
            yield Heap(
                lon=round(float(middles[0][cell]), 4),
                lat=round(float(middles[1][cell]), 4),
                count=int(sums[cell]),
                kind=kinds.pop() if len(kinds) == 1 else None,
                shape=shapes.pop() if len(shapes) == 1 else None,
            )


def find_spots(browser: Browser, lookup: Lookup) -> Iterator[Spot | None]:
    """For each pile the spot it is drawn at, uncounted; None where no map can show it."""
    published: dict[Toponym | None, tuple[Toponym, str] | None] = {}
    for number in range(len(browser.columns.piles)):
        pile = browser.pile(number, 0)
        if pile.place not in published:
            place = lookup.place(pile.place)
            shown = place is not None and can_be_drawn(place)
            published[pile.place] = (place, place_words(place)) if shown and place is not None else None
        found = published[pile.place]
        if found is None:
            yield None
            continue
        shape = shape_of(Verdict(pile.verdict) if pile.verdict else None)
        yield Spot(place=found[0], kind=kind_named(pile.event), shape=shape, where=found[1], count=0)
