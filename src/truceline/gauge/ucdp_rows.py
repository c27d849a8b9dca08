"""Coded events told by two data sets: whether rows of different events are kept apart, and those of one meet.

Two rows of one data set never merge, whatever they say, so fusing the set as it is would measure nothing. Every event
is therefore given to a first data set, to a second, or to both, a third each. The second is another family, has ids of
its own and points a little beside: all it shares with the first is what happened, and for half of its rows the first
has none that would be right.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from truceline.gauge.case import Tally
from truceline.gauge.ucdp_pairs import Coded, Pair, pair_up
from truceline.kit.geo import KM_PER_DEGREE
from truceline.model.document import Document
from truceline.model.place import Toponym
from truceline.model.telling import Telling

SECOND = "second:"
BESIDE_KM = 2.0
ANY_TIME = datetime(2020, 1, 1, tzinfo=UTC)  # when the rows were gathered shows nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    document: Document
    event: Coded


def read_rows(folder: Path, split: str) -> Iterator[Row]:
    """The rows of the set, or of one year."""
    gather = import_module("truceline.gather")
    for each in gather.documents([folder / "ucdp" / "ged_syria_2017_2019.csv"], now=ANY_TIME):
        if isinstance(each, Document):
            row = parse_row(each)
            if split in {"all", str(row.event.first.year)}:
                yield row


def parse_row(document: Document) -> Row:
    cells = dict(document.cells)
    event = Coded(
        id=int(cells["id"]),
        first=date.fromisoformat(cells["date_start"]),
        last=date.fromisoformat(cells["date_end"]),
        point=(float(cells["latitude"]), float(cells["longitude"])),
        sides=(cells["side_a"], cells["side_b"]),
    )
    return Row(document=document, event=event)


def tell_as_others(tellings: Sequence[Telling]) -> list[Telling]:
    """The rows of the first data set as they are, those of the second as another would tell them."""
    told = []
    for each in tellings:
        third = draw(each.document) % 3
        if third != 0:
            told.append(each)
        if third != 1:
            told.append(tell_second(each))
    return told


def tell_second(telling: Telling) -> Telling:
    return replace(
        telling,
        claim=f"{telling.claim}-second",
        document=f"{SECOND}{telling.document}",
        source=None,
        family="second data set",
        place=None if telling.place is None else move(telling.place, telling.document),
    )


def move(place: Toponym, id: str) -> Toponym:
    """The place as another gazetteer has it: no common id, a point up to 2 km north or south."""
    if place.lat is None:
        return place
    share = draw(f"moved {id}") % 2001 / 1000 - 1
    return replace(place, id=None, lat=place.lat + share * BESIDE_KM / KM_PER_DEGREE)


def draw(words: str) -> int:
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big")


def pairs_by_place(tellings: Sequence[Telling]) -> frozenset[Pair]:
    """One incident a place, by its name, and day."""
    keyed: defaultdict[tuple[str | None, datetime | None], list[str]] = defaultdict(list)
    for each in tellings:
        name = each.place.name if each.place is not None else None
        keyed[name, each.happened.start if each.happened is not None else None].append(each.document)
    return frozenset(pair for pair in pair_up(keyed.values()) if is_across(pair))


def is_across(pair: Pair) -> bool:
    return pair[0].startswith(SECOND) != pair[1].startswith(SECOND)


def tally_rows(rows: Sequence[Row], tellings: Sequence[Telling], found: frozenset[Pair]) -> list[Tally]:
    """One tally a day, that of the first of two rows."""
    events = {each.document.id: each.event for each in rows}
    counts: defaultdict[date, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    told = sorted({each.document for each in tellings})
    for pair in pairs_of_one_day(told, events):
        first, second = (events[each.removeprefix(SECOND)] for each in pair)
        day = counts[min(first.first, second.first)]
        day["gold"] += first.id == second.id
        day["apart"] += first.clashes_with(second)
    for pair in found:
        first, second = (events[each.removeprefix(SECOND)] for each in pair)
        day = counts[min(first.first, second.first)]
        day["found"] += 1
        day["right"] += first.id == second.id
        day["false"] += first.clashes_with(second)
    return [Tally(counts=counts[day]) for day in sorted(counts)]


def pairs_of_one_day(documents: Sequence[str], events: dict[str, Coded]) -> Iterator[Pair]:
    """A row of the first and one of the second data set whose events begin on one day."""
    days: defaultdict[date, list[str]] = defaultdict(list)
    for each in documents:
        days[events[each.removeprefix(SECOND)].first].append(each)
    for together in days.values():
        yield from (pair for pair in pair_up([together]) if is_across(pair))
