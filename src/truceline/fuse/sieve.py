"""Which pairs can come to a join at all: a bound on the scores of very many pairs, from what is cheap to know of each.

Cards in the order of their times are held against those behind them in tiles, some dozens against some thousand, and
nothing is looked up pair by pair. What a pair can score at most is the sum of what each feature can add for cards of
their sorts (a stated hour, a governorate only, a toll, a target that is named), of what their places allow and of how
many words they can have in common by their sketches. A property test holds that no score exceeds its bound.
"""

from collections.abc import Iterable, Iterator
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.fuse.bulk import COPIED, LEAST_COPIED, MANY, SLIGHT, SOME, Bulk, share_at_most
from truceline.fuse.bulk_tables import ALIKE, PART, SAME, Scale
from truceline.fuse.columns import NOTHING, SKETCH, Columns, Flags, Floats, Ints
from truceline.fuse.compare import LEAST_SHARED, LEAST_WORDS, SAME_POINT_KM, Frame
from truceline.fuse.policy import limits, weights
from truceline.fuse.sorts import best_of_wide, bound_kinds, sort_by_people, sort_by_target, sort_by_time_and_place
from truceline.kit.geo import EARTH_RADIUS_KM

Reals = NDArray[np.float32]

LARGEST = 131_072  # pairs: also where cards without any behind them come before a crowd
TILE = 1 << 15  # pairs looked at together: an eighth of a megabyte a number, which stays close to the processor
AT_ONCE = 1 << 15  # of those that a first look leaves
NO_OTHER = -2  # a code that equals no other
OF_FAR = ("apart", "overlap", "beside")  # levels of two places that are not the same, neither lying in the other
LOOSE = 1e-3  # of a weight: what single precision may lose in a sum of weights
LOOSE_KM = 0.1  # what it may lose in a distance
# With fewer words in common than this nothing weighs more than that some words are.
FEW = min(LEAST_SHARED, ceil(MANY * LEAST_WORDS), ceil(COPIED * LEAST_COPIED))
LEAST_ALIKE = ceil(COPIED * LEAST_COPIED)  # words of the shorter of two near-copies


class Sieve:
    """Cards of alike kinds in the order of their times; `passing` tells which pairs may score `least`."""

    def __init__(self, bulk: Bulk, columns: Columns, frame: Frame, in_time: Ints, least: float) -> None:
        self._actors, self._in_time = bulk.actors, in_time
        kinds, scales = bulk.kinds, bulk.scales
        self._kinds, self._kind = bound_kinds(kinds, scales["kind"]), columns.kind[in_time]
        self._times = sort_by_time_and_place(columns, in_time, kinds, scales)
        self._people = sort_by_people(columns, in_time, scales)
        place, document = scales["place"], scales["document"]
        self._same_place = np.float32(place.best() - best_of_wide(place))
        self._far = np.float32(place.best() - place.best(*OF_FAR))
        self._same_report = np.float32(document.best() - document.best("other"))
        needed = least - weights()["decision", "prior"].weight - scales["course"].best()
        self._needed = np.float32(needed - LOOSE)
        self._words = scales["words"]
        self._lay_places(columns, frame)
        self._lay_words(columns)
        self._lay_targets(columns, scales["recipients"])

    def _lay_places(self, columns: Columns, frame: Frame) -> None:
        """Points of a globe in km, how far each card reaches, and what may be equal whatever the distance."""
        at = self._in_time
        lat, lon, radius, placed, wide = (
            getattr(columns, name)[at] for name in ("lat", "lon", "radius", "placed", "wide")
        )
        globe = (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
        self._globe: list[Reals] = [(EARTH_RADIUS_KM * each).astype(np.float32) for each in globe]
        least = max(limits()["town_km"], SAME_POINT_KM)
        reach = np.maximum(radius, (least - frame.window_km) / 2) + (frame.window_km + LOOSE_KM) / 2
        self._reach: Reals = np.where(placed, reach, np.inf).astype(np.float32)
        close = np.maximum(radius, least) + LOOSE_KM
        self._close: Reals = np.where(placed & ~wide, close, np.inf).astype(np.float32)
        self._place, self._admin1 = columns.place[at].astype(np.int32), columns.admin1[at].astype(np.int32)
        self._known_place = np.where(self._place != NOTHING, self._place, NO_OTHER)
        self._wide_place = np.where(wide, self._known_place, NO_OTHER)
        self._wide_admin1 = np.where(wide & (self._admin1 != NOTHING), self._admin1, NO_OTHER)
        self._report, self._root = columns.document[at].astype(np.int32), columns.root[at].astype(np.int32)

    def _lay_words(self, columns: Columns) -> None:
        """Sketches of words; how many a card may have that another has not, and still share so many with it."""
        sets = [getattr(columns, name) for name in ("words", "details", "telling_words")]
        self._bits = [each.bits[self._in_time] for each in sets]
        self._size = [each.size[self._in_time].astype(np.int32) for each in sets]
        words, details, _telling = self._size
        self._spare, self._spare_details = (
            np.minimum(size - least, SKETCH).astype(np.int8) for size, least in ((words, FEW), (details, LEAST_SHARED))
        )
        copied = np.where(words >= LEAST_ALIKE, np.minimum(words * (1 - COPIED), SKETCH), -1)
        self._spare_copied = copied.astype(np.int8)

    def _lay_targets(self, columns: Columns, scale: Scale) -> None:
        at = self._in_time
        self._target_bits, self._struck = columns.recipient_words.bits[at], columns.recipients[at]
        self._objects, self._mutual = columns.object_words.size[at] > 0, columns.mutual[at]
        self._targets = sort_by_target(columns, at, scale)
        talks = "differ_talks"
        self._target_most = (
            scale.best(),
            scale.best("same_object", "same", "part"),
            scale.best("alike_object", "alike_closely", "alike", "object_told", "differ", "unknown", talks),
            scale.best("alike", "object_told", talks),
            scale.best("object_told", "differ", "unknown", talks),
            scale.best("differ", "unknown", talks),
        )

    def passing(self, counts: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Pairs (here, there) that may score enough, each of a card and one of the `counts` cards behind it."""
        for here, there, bound in gather(self._tiles(counts), AT_ONCE):
            kept = self._bound_closely(here, there, bound)
            yield self._in_time[here[kept]], self._in_time[there[kept]]

    def _tiles(self, counts: Ints) -> Iterator[tuple[Ints, Ints, Reals]]:
        """Pairs that a first look leaves, and what they may score, words aside."""
        first = 0
        while first < len(counts):
            stop, end = fit_tile(counts, first)
            bound, enough = self._bound(slice(first, stop), slice(first + 1, end))
            found = np.flatnonzero(enough)
            rows, offsets = np.divmod(found, end - first - 1)
            ahead = offsets - rows  # how many cards lie between the two
            real = (ahead >= 0) & (ahead < counts[first + rows])
            here = first + rows[real]
            yield here, here + 1 + ahead[real], bound.ravel()[found[real]]
            first = stop

    def _bound(self, rows: slice, ahead: slice) -> tuple[Reals, Flags]:
        """What each card of the rows can score with each of those ahead, words aside, and whether that may do."""
        bound: Reals = self._kinds[self._kind[rows]].take(self._kind[ahead], axis=1)
        bound += self._times.bounds(rows, ahead)
        bound += self._people.bounds(rows, ahead)
        equal = self._place[rows, None] == self._wide_place[ahead]
        equal |= self._wide_place[rows, None] == self._place[ahead]
        add_where(equal, self._same_place, bound)
        report = self._report[rows, None] == self._report[ahead]
        report |= self._root[rows, None] == self._root[ahead]
        add_where(report, self._same_report, bound)
        near, far = self._lie_near(rows, ahead)
        add_where(far, -self._far, bound)
        near &= self._may_be_worded(rows, ahead, bound)
        return bound, near

    def _may_be_worded(self, rows: slice, ahead: slice, bound: Reals) -> Flags:
        """Whether words could add what is wanting, by what a card has of its own."""
        alone, details = (np.bitwise_count(each[rows, None] & ~each[ahead]).view(np.int8) for each in self._bits[:2])
        closely: Flags = details <= self._spare_details[rows, None]
        closely |= alone <= self._spare_copied[rows, None]
        closely &= bound >= self._needed - self._words.best()
        some: Flags = alone <= self._spare[rows, None]
        some &= bound >= self._needed - self._words.best("many", "some", "few", "unknown")
        some |= closely
        some |= bound >= self._needed - self._words.best("some", "few", "unknown")
        return some

    def _lie_near(self, rows: slice, ahead: slice) -> tuple[Flags, Flags]:
        """Whether two may lie together, and whether only side by side; distances are straight through the globe."""
        apart, across, down = (each[rows, None] - each[ahead] for each in self._globe)
        apart *= apart
        for each in (across, down):
            apart += np.square(each, out=each)
        reach = self._reach[rows, None] + self._reach[ahead]
        reach *= reach
        near: Flags = apart <= reach
        equal = self._place[rows, None] == self._known_place[ahead]
        near |= equal
        near |= self._admin1[rows, None] == self._wide_admin1[ahead]
        near |= self._wide_admin1[rows, None] == self._admin1[ahead]
        close = np.maximum(self._close[rows, None], self._close[ahead])
        close *= close
        far: Flags = apart > close
        far &= near & ~equal
        return near, far

    def _bound_closely(self, here: Ints, there: Ints, bound: Reals) -> Flags:
        """What is left, with the sketches of all words and with how those that were struck relate."""
        targets = (
            self._bound_targets(here, there) - self._targets.most[self._targets.sort[here], self._targets.sort[there]]
        )
        found: Flags = bound + targets + self._bound_words(here, there) >= self._needed
        return found

    def _bound_targets(self, here: Ints, there: Ints) -> Floats:
        level = self._actors.look(self._struck[here], self._struck[there])
        found: Floats = np.select(
            [
                self._mutual[here] | self._mutual[there],
                (level == SAME) | (level == PART),
                self._target_bits[here] & self._target_bits[there] != 0,
                level == ALIKE,
                self._objects[here] & self._objects[there],
            ],
            self._target_most[:-1],
            self._target_most[-1],
        )
        return found

    def _bound_words(self, here: Ints, there: Ints) -> Floats:
        words, details, telling = (
            share_at_most(size[here], size[there], bits[here], bits[there])
            for size, bits in zip(self._size, self._bits, strict=True)
        )
        sizes, (_words, _details, telling_size) = self._size[0], self._size
        copied = words >= np.maximum(LEAST_ALIKE, (COPIED - SLIGHT) * (sizes[here] + sizes[there] - words))
        smaller = np.maximum(LEAST_WORDS, np.minimum(telling_size[here], telling_size[there]))
        scale = self._words
        found: Floats = np.select(
            [
                copied | (details >= LEAST_SHARED),
                telling >= (MANY - SLIGHT) * smaller,
                telling >= (SOME - SLIGHT) * smaller,
            ],
            [scale.best(), scale.best("many", "some", "few", "unknown"), scale.best("some", "few", "unknown")],
            scale.best("few", "unknown"),
        )
        return found


def fit_tile(counts: Ints, first: int) -> tuple[int, int]:
    """Rows up to `stop` with cards up to `end` behind them, as many as are looked at together."""
    ahead = counts[first : first + max(1, TILE // max(1, int(counts[first])))]
    # A tile is as wide as its rows and the longest stretch behind any of them, which a first look does not tell.
    rows = np.arange(1, len(ahead) + 1)
    fitting = np.searchsorted(rows * (rows + np.maximum.accumulate(ahead)), LARGEST, side="right")
    stop = first + max(1, int(fitting))
    end = int((np.arange(first, stop) + counts[first:stop]).max()) + 1
    return stop, max(end, first + 1)


def add_where(told: Flags, weight: np.float32, bound: Reals) -> None:
    """Adds the weight where so told, which is seldom."""
    bound.ravel()[np.flatnonzero(told)] += weight


Part = tuple[NDArray[Any], ...]


def gather(parts: Iterable[Part], least: int) -> Iterator[Part]:
    """The parts put together until they are so long."""
    waiting: list[Part] = []
    for each in parts:
        waiting.append(each)
        if sum(len(one[0]) for one in waiting) >= least:
            yield tuple(map(np.concatenate, zip(*waiting, strict=True)))
            waiting = []
    if waiting:
        yield tuple(map(np.concatenate, zip(*waiting, strict=True)))
