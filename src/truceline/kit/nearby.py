"""Which of many things lie over a stretch of text, without asking each of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

BUCKET = 1024


class Stretch(Protocol):
    """Anything with a half-open stretch, counted in code points."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


T = TypeVar("T")


class Nearby(Generic[T]):
    """An index of `things` by where they lie; `places` gives the stretches of one, which may be several."""

    def __init__(self, things: Iterable[T], places: Callable[[T], Iterable[Stretch]]) -> None:
        self._things: list[T] = []
        self._places = places
        self._buckets: defaultdict[int, set[int]] = defaultdict(set)
        for thing in things:
            self.add(thing)

    def add(self, thing: T) -> None:
        """One more, behind the others."""
        for place in self._places(thing):
            for bucket in range(place.start // BUCKET, place.end // BUCKET + 1):
                self._buckets[bucket].add(len(self._things))
        self._things.append(thing)

    def around(self, stretch: Stretch) -> list[T]:
        """The things that may touch the stretch (all that do, and few that do not), in their own order."""
        buckets = range(stretch.start // BUCKET, stretch.end // BUCKET + 1)
        found: set[int] = set().union(*(self._buckets.get(bucket, set()) for bucket in buckets))
        return [self._things[index] for index in sorted(found)]
