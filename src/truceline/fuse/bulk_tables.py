"""What few things say of many pairs: the weight of each level, which kinds are alike, how sets of actors relate."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.fuse.columns import NOTHING, Codes, Flags, Floats, Ints
from truceline.fuse.compare import UNINFORMATIVE, score_actors, score_kinds
from truceline.fuse.policy import kinds, weights
from truceline.fuse.registry import Registry

Levels = NDArray[np.int8]
MOST_SETS = 3000  # of actors, whose relations are kept in a table; those of more are kept pair by pair

# How two sets of actors relate, as `compare.score_actors` tells; those that differ may be allied.
UNKNOWN, SAME, PART, ALIKE, DIFFER, ALLIED = range(6)
RELATIONS = {"unknown": UNKNOWN, "same": SAME, "part": PART, "alike": ALIKE, "differ": DIFFER}
AGREEING = (SAME, PART, ALIKE)
UNASKED = -1
MANY_KILLED = 5  # `compare.is_many`


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of one feature as numbers, with what each weighs."""

    names: tuple[str, ...]
    weight: Floats
    against: Floats

    def of(self, name: str) -> int:
        return self.names.index(name)

    def best(self, *names: str) -> float:
        """The highest weight among some levels, all of them where none is named."""
        return max(float(self.weight[self.of(name)]) for name in names or self.names)


def read_scale(feature: str) -> Scale:
    levels = [each for (name, _), each in weights().items() if name == feature]
    told = np.array([each.weight for each in levels])
    silent = np.array([each.level in UNINFORMATIVE for each in levels])
    return Scale(tuple(each.level for each in levels), told, np.where(silent, 0.0, np.minimum(told, 0.0)))


class KindTable:
    """How alike two kinds of act are, by their codes."""

    def __init__(self, book: Codes, scale: Scale) -> None:
        names = [each for each in book.things() if isinstance(each, tuple)]
        told = [[scale.of(score_kinds(one[1], other[1], one[2], other[2])) for other in names] for one in names]
        self.level: Levels = np.array(told, dtype=np.int8).reshape(len(names), len(names))
        groups = np.array([each[0] for each in names])
        self.allowed: Flags = (groups[:, None] == groups[None, :]) & (self.level != scale.of("other"))
        self.material: Flags = groups == "material"
        self.diplomatic: Flags = groups == "diplomatic"


class ActorTable:
    """How sets of actors relate, by their codes; each two are asked about once."""

    def __init__(self, book: Codes, registry: Registry) -> None:
        self._sets = [each for each in book.things() if isinstance(each, frozenset)]
        self._registry = registry
        size = len(self._sets) if len(self._sets) <= MOST_SETS else 0
        self._table = np.full((size + 1, size + 1), UNASKED, dtype=np.int8)
        self._table[NOTHING, :] = self._table[:, NOTHING] = UNKNOWN
        self._pairs: dict[tuple[int, int], int] = {}
        self._fights: dict[tuple[int, int], bool] = {}
        # One entry more, which the code for nothing finds.
        self.several: Flags = np.array([*(len(each) > 1 for each in self._sets), False], dtype=np.bool_)

    def look(self, ours: Ints, theirs: Ints) -> Levels:
        """The relation of each pair."""
        if len(self._table) > 1 or not self._sets:
            return self._look_up(ours, theirs)
        told = zip(ours.tolist(), theirs.tolist(), strict=True)
        return np.fromiter((self._relate(one, other) for one, other in told), np.int8, len(ours))

    def _look_up(self, ours: Ints, theirs: Ints) -> Levels:
        found = self._table[ours, theirs]
        new = np.flatnonzero(found == UNASKED)
        if len(new):
            for one, other in set(zip(ours[new].tolist(), theirs[new].tolist(), strict=True)):
                self._table[one, other] = self._relate(one, other)
            found = self._table[ours, theirs]
        return found

    def _relate(self, one: int, other: int) -> int:
        if NOTHING in (one, other):
            return UNKNOWN
        known = self._pairs.get((one, other))
        if known is None:
            ours, theirs = self._sets[one], self._sets[other]
            known = RELATIONS[score_actors(ours, theirs, self._registry)]
            if known == DIFFER and any(self._registry.allied(each, its) for each in ours for its in theirs):
                known = ALLIED
            self._pairs[one, other] = known
        return known

    def fight_others(self, one: int, other: int) -> bool:
        """What two sets of actors do not share differs."""
        known = self._fights.get((one, other))
        if known is None:
            ours, theirs = self._sets[one], self._sets[other]
            level = score_actors(ours - theirs, theirs - ours, self._registry)
            known = self._fights[one, other] = level == "differ"
        return known


def find_objects(book: Codes) -> Ints:
    """1 for each word of the book that names a kind of building or gathering."""
    words: Iterable[object] = book.things()
    return np.array([int(each in kinds().objects) for each in words], dtype=np.int64)
