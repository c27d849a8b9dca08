"""Which pairs are worth comparing: those that share a day and a district, or a report."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, floor, radians

from truceline.fuse.cards import Card
from truceline.fuse.compare import Frame
from truceline.fuse.policy import limits
from truceline.kit.geo import KM_PER_DEGREE

LONGEST_DAYS = 12  # a longer period is filed under its first days: it joins no single act anyway
AHEAD = 40  # claims of one report compared with those that follow: two or three sentences hold no more


def find_pairs(cards: Sequence[Card], frame: Frame) -> Iterator[tuple[int, int]]:
    """Index pairs (low, high), each once, in an order that depends on the cards' order only."""
    near = set(pairs_by_report(cards))
    yield from near
    for low, high in pairs_by_box(cards, frame):
        if (low, high) not in near:
            yield low, high


def pairs_by_report(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    """Claims of one report that stand close to each other."""
    reports: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        reports[card.group, card.telling.document].append(at)
    for members in reports.values():
        members.sort(key=lambda at: (cards[at].telling.span, cards[at].telling.claim))
        for position, one in enumerate(members):
            for other in members[position + 1 : position + 1 + AHEAD]:
                yield (one, other) if one < other else (other, one)


def pairs_by_box(cards: Sequence[Card], frame: Frame) -> Iterator[tuple[int, int]]:
    """Cards that lie in the same or neighbouring boxes: a day, and a square as wide as two precise places may be apart.

    A card without a precise place is held against all of its days.
    """
    grid = Grid(side=(frame.window_km + 2 * limits()["wide_km"]) / KM_PER_DEGREE)
    spans = [find_days(card, frame.window_hours) for card in cards]
    for at, card in enumerate(cards):
        for day in spans[at]:
            for other in grid.find_near(card, day):
                # Two cards may share several days: they meet on the first.
                if day == max(spans[at].start, spans[other].start):
                    yield other, at
        for day in spans[at]:
            grid.file_away(at, card, day)


@dataclass(slots=True)
class Grid:
    """Cards by group and day: those of precise place by square, and the rest."""

    side: float
    squares: defaultdict[tuple[str, int, int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    placeless: defaultdict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    everyone: defaultdict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))

    def find_near(self, card: Card, day: int) -> Iterator[int]:
        where = card.where
        if where is None or where.wide:
            yield from self.everyone.get((card.group, day), ())
            return
        yield from self.placeless.get((card.group, day), ())
        row = floor(where.lat / self.side)
        for near_row in (row - 1, row, row + 1):
            column = self.find_column(near_row, where.lon)
            for near_column in (column - 1, column, column + 1):
                yield from self.squares.get((card.group, day, near_row, near_column), ())

    def file_away(self, at: int, card: Card, day: int) -> None:
        self.everyone[card.group, day].append(at)
        where = card.where
        if where is None or where.wide:
            self.placeless[card.group, day].append(at)
        else:
            row = floor(where.lat / self.side)
            self.squares[card.group, day, row, self.find_column(row, where.lon)].append(at)

    def find_column(self, row: int, lon: float) -> int:
        """Columns narrow towards the poles as degrees of longitude do."""
        return floor(lon * max(0.05, cos(radians((row + 0.5) * self.side))) / self.side)


def find_days(card: Card, window_hours: float) -> range:
    """Days since 1970 this card may share with another, half the window added on both sides."""
    if card.start is None:
        return range(0)
    slack = window_hours / 2
    first, last = floor((card.start - slack) / 24), floor((card.end + slack) / 24)
    return range(first, min(last, first + LONGEST_DAYS) + 1)
