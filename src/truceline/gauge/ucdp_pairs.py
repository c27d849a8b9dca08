"""Pairs of headlines that each cite one coded event and name its place: whether fusing holds them for one event."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import combinations
from pathlib import Path
from typing import Any

from truceline.gauge.case import Tally, gold_document
from truceline.gauge.folding import Folded, place_names
from truceline.gauge.namesakes import Point, distance_km
from truceline.gauge.ucdp import POINT_LIKE
from truceline.model.coded_event import CodedEvent
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.place import Precision
from truceline.model.reading import Reading

Pair = tuple[str, str]  # ids of documents, the smaller first
FAR_KM = 30.0
NO_SPOT = frozenset({Precision.ADMIN1, Precision.COUNTRY, Precision.REGION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One event as the data set codes it: its days, its point, its two sides."""

    id: int
    first: date
    last: date
    point: Point
    sides: tuple[str, str]

    def clashes_with(self, other: "Coded") -> bool:
        """No single act: events of one day that lie far apart or have other sides."""
        if self.first > other.last or other.first > self.last:
            return False
        return distance_km(self.point, other.point) > FAR_KM or self.sides != other.sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """`listed`: an entry of a catalogue (Airwars) that numbers its incidents and tells no more than place and day."""

    document: Document
    event: Coded
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One pair as a careful reader judged it by the two headlines alone, before he saw what is coded.

    `one_incident`: they tell of one act; `one_event`: they fall into one coded event, a day of fighting between two
    sides at one place.
    """

    pair: Pair
    one_incident: bool
    one_event: bool


def read_headlines(folder: Path, split: str) -> Iterator[Headline]:
    """Dated headlines with one event each, coded to a point whose name stands in the headline."""
    names = place_names(folder / "ucdp" / "places_2017_2019.csv")
    with (folder / "ucdp" / "headlines_2017_2019.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            event = row["events"][0]
            if len(row["events"]) > 1 or row["published_at"] is None or event["where_prec"] not in POINT_LIKE:
                continue
            if split not in {"all", event["date_start"][:4]}:
                continue
            if Folded.of(row["text"]).find(names.get(event["place"], "")) is not None:
                yield parse_headline(row)


def parse_headline(row: Mapping[str, Any]) -> Headline:
    published_at = datetime.combine(date.fromisoformat(row["published_at"]), time(), UTC)
    return Headline(
        document=gold_document(row["id"], row["text"], published_at, row["publisher"]),
        event=parse_event(row["events"][0]),
        listed="airwars" in row["publisher"].casefold().replace(" ", ""),
    )


def parse_event(row: Mapping[str, Any]) -> Coded:
    return Coded(
        id=row["ged_id"],
        first=date.fromisoformat(row["date_start"]),
        last=date.fromisoformat(row["date_end"]),
        point=(row["lat"], row["lon"]),
        sides=(row["side_a"], row["side_b"]),
    )


def pair_up(groups: Iterable[Iterable[str]]) -> frozenset[Pair]:
    """Every two documents that some group holds both of."""
    return frozenset(pair for group in groups for pair in combinations(sorted(set(group)), 2))


def fused_pairs(incidents: Iterable[Incident]) -> frozenset[Pair]:
    """Documents with a telling in one incident."""
    return pair_up((each.document for each in incident.versions) for incident in incidents)


def event_pairs(incidents: Iterable[Incident], events: Iterable[CodedEvent]) -> frozenset[Pair]:
    """Documents with a telling in one event as data sets count, or in one incident."""
    told = {each.id: [version.document for version in each.versions] for each in incidents}
    together = pair_up([document for each in event.incidents for document in told[each]] for event in events)
    return together | pair_up(told.values())


def coded_pairs(headlines: Iterable[Headline]) -> frozenset[Pair]:
    events: defaultdict[int, list[str]] = defaultdict(list)
    for each in headlines:
        events[each.event.id].append(each.document.id)
    return pair_up(events.values())


def pairs_by_key(readings: Iterable[Reading], *, most: int | None) -> frozenset[Pair]:
    """One incident a place and day of publication: by the first place that a headline names, or by any of them."""
    keyed: defaultdict[tuple[str, datetime | None], list[str]] = defaultdict(list)
    for reading in readings:
        for spot in spots_of(reading)[:most]:
            keyed[spot, reading.document.published_at].append(reading.document.id)
    return pair_up(keyed.values())


def spots_of(reading: Reading) -> list[str]:
    return [each.id for each in reading.places if each.id is not None and each.precision not in NO_SPOT]


def with_one_place(readings: Iterable[Reading]) -> frozenset[str]:
    """Headlines that name one place only: two that meet cannot have met over an act that neither was cited for."""
    return frozenset(each.document.id for each in readings if len(set(spots_of(each))) == 1)


def tally_pairs(
    headlines: Sequence[Headline], found: frozenset[Pair], sole: frozenset[str] = frozenset()
) -> list[Tally]:
    """One tally a coded event, so that an interval draws events; a pair across two goes to that of the smaller id.

    `sole` are headlines that name one place, counted apart where both of a pair do.
    """
    known = {each.document.id: each for each in headlines}
    counts: defaultdict[int, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for each in headlines:
        counts[each.event.id]["headlines"] += 1
    gold = coded_pairs(headlines)
    for one, other in sorted(found | gold):
        first, second = known[one], known[other]
        pair, mine = (one, other), counts[first.event.id]
        parts = ["all", "listed" if first.listed or second.listed else "press", *(["sole"] if {*pair} <= sole else [])]
        for part in parts:
            mine[f"{part}.gold"] += pair in gold
            mine[f"{part}.found"] += pair in found
            mine[f"{part}.right"] += pair in gold and pair in found
            mine[f"{part}.false"] += pair in found and first.event.clashes_with(second.event)
    return [Tally(counts=counts[event]) for event in sorted(counts)]


def tally_coded(headlines: Sequence[Headline], found: frozenset[Pair]) -> list[Tally]:
    """The same counts under names that begin with 'coded.'."""
    return [
        Tally(counts={f"coded.{name}": count for name, count in each.counts.items()})
        for each in tally_pairs(headlines, found)
    ]


def add_counts(one: Tally, other: Tally) -> Tally:
    return Tally(counts={**one.counts, **other.counts})


def tally_judged(judged: Iterable[Judged], headlines: Sequence[Headline], found: frozenset[Pair]) -> list[Tally]:
    """One tally a judged pair, for what the careful reader found and for what fusing found."""
    listed = {each.document.id: each.listed for each in headlines}
    gold = coded_pairs(headlines)
    tallies = []
    for each in judged:
        counts: dict[str, float] = {}
        for who, told in (("incident", each.one_incident), ("event", each.one_event), ("fused", each.pair in found)):
            for part in ("all", "listed" if any(listed[one] for one in each.pair) else "press"):
                prefix = f"{who}.{part}"
                counts |= {f"{prefix}.gold": each.pair in gold, f"{prefix}.found": told}
                counts[f"{prefix}.right"] = told and each.pair in gold
        tallies.append(Tally(counts=counts))
    return tallies


def read_judged(path: Path) -> tuple[Judged, ...]:
    """Judgements by ids of headlines, `#` before remarks; none where the file does not lie there."""
    if not path.is_file():
        return ()
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(parse_judged(line) for line in lines[1:])


def parse_judged(line: str) -> Judged:
    one, other, incident, event = line.split(",")
    first, second = sorted((one, other))
    return Judged(pair=(first, second), one_incident=incident == "same", one_event=event == "same")
