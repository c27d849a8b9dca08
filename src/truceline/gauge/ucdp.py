"""UCDP GED Syria: place, deaths and day, read from the headlines the events were coded from."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from math import inf
from pathlib import Path
from typing import Any

from truceline.gauge.align import Offsets, overlap
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.folding import Folded, place_names
from truceline.gauge.measure import Measure, share
from truceline.gauge.namesakes import Point, distance_km, most_populous_namesakes
from truceline.gauge.ucdp_day import MEASURES as DAY_MEASURES
from truceline.gauge.ucdp_day import day_time, tally_day

RIGHT_KM = 10.0
NEAR_KM = 161.0
FAR_KM = 100.0
POINT_LIKE = (1, 2)  # where_prec: exact, or near a known point

_OF_DEATH = re.compile(r"\b(?:kill|dead|death|die[sd]?\b|dying|casualt|execut)", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.])\d[\d,]*(?!\w)")
# "One" is left out: in a headline it is a pronoun as often as a number.
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The coded name where it stands in the headline, and the coded point."""

    offsets: Offsets
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaths:
    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """`deaths` and `day` are None where the headline is not asked about them."""

    links: tuple[Link, ...]
    deaths: Deaths | None
    day: date | None


class Ucdp:
    """Headlines of 2017 to 2019, many from SOHR; only what the headline itself can tell is asked."""

    name = "ucdp"
    splits = ("all", "2017", "2018", "2019")
    baseline_name = "most populous; first number; day published"
    measures: tuple[Measure, ...] = (
        share("place within 10 km", "place.right", "place"),
        share("place Acc@161", "place.near", "place"),
        replace(share("place wrong by over 100 km, of placed", "place.far", "place.placed"), lower_is_better=True),
        share("deaths right", "deaths.right", "deaths"),
        share("deaths right, open bounds allowed", "deaths.open", "deaths"),
        *DAY_MEASURES,
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        names = place_names(folder / "ucdp" / "places_2017_2019.csv")
        with (folder / "ucdp" / "headlines_2017_2019.jsonl").open(encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                if split not in {"all", str(row["events"][0]["date_start"])[:4]}:
                    continue
                case = parse_headline(row, names)
                if case.gold.links or case.gold.deaths or case.gold.day:
                    yield case

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        gold = case.gold
        errors = [_nearest_km(link, reading["places"]) for link in gold.links]
        counts: dict[str, float] = {
            "place": len(errors),
            "place.right": sum(error <= RIGHT_KM for error in errors),
            "place.near": sum(error <= NEAR_KM for error in errors),
            "place.placed": sum(error < inf for error in errors),
            "place.far": sum(FAR_KM < error < inf for error in errors),
        }
        if gold.deaths is not None:
            counts |= _tally_deaths(gold.deaths, reading)
        if gold.day is not None:
            counts |= tally_day(gold.day, case.document.text, reading)
        return Tally(counts=counts)

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """Most populous namesakes, the first number as the killed, and the day of publication."""
        places = [_place(offsets, point) for offsets, point in most_populous_namesakes(case.document.text)]
        first = next(iter(stated_numbers(case.document.text)), None)
        killed = None if first is None else {"low": first, "high": first}
        claims = [{"time": None, "harm": {"killed": killed, "injured": None}}]
        return {**empty_reading(case.document), "places": places, "claims": claims}

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        gold = case.gold
        killed = gold.deaths and {"low": gold.deaths.best, "high": gold.deaths.best}
        times = [] if gold.day is None else [day_time(gold.day)]
        return {
            **empty_reading(case.document),
            "places": [_place(link.offsets, link.point) for link in gold.links],
            "times": times,
            "claims": [{"time": 0 if times else None, "harm": {"killed": killed, "injured": None}}],
        }


def _place(offsets: Offsets, point: Point) -> dict[str, Any]:
    return {"start": offsets[0], "end": offsets[1], "lat": point[0], "lon": point[1]}


def _nearest_km(link: Link, places: Sequence[Mapping[str, Any]]) -> float:
    """How far off the best place found over the name's characters is; infinite where there is none."""
    points = [
        (place["lat"], place["lon"])
        for place in places
        if place["lat"] is not None and overlap(link.offsets, (place["start"], place["end"]))
    ]
    return min((distance_km(link.point, point) for point in points), default=float("inf"))


def _tally_deaths(gold: Deaths, reading: ContractReading) -> dict[str, float]:
    """Right when some claim's killed range holds the best estimate and keeps within low and high.

    Open bounds ('at least 5') are as worded and cannot keep within anything: counted apart.
    """
    told = [(claim.get("harm") or {}).get("killed") for claim in reading["claims"]]
    ranges = [(killed["low"], killed["high"]) for killed in told if killed]
    return {
        "deaths": 1,
        "deaths.right": any(None not in bounds and _keeps_within(gold, *bounds) for bounds in ranges),
        "deaths.open": any(bounds != (None, None) and _keeps_within(gold, *bounds) for bounds in ranges),
    }


def _keeps_within(gold: Deaths, low: int | None, high: int | None) -> bool:
    lowest = gold.low if low is None else low
    highest = gold.high if high is None else high
    return gold.low <= lowest <= gold.best <= highest <= gold.high


def stated_numbers(text: str) -> Iterator[int]:
    """Whole numbers in the order of the text, in digits or in words from two to twelve."""
    for match in re.finditer(r"[\w.,]+", text):
        if match[0].casefold().strip(".,") in _WORDS:
            yield _WORDS[match[0].casefold().strip(".,")]
        for digits in _DIGITS.findall(match[0]):
            yield int(digits.replace(",", ""))


def parse_headline(row: Mapping[str, Any], names: Mapping[str, str]) -> Case[Gold]:
    """A headline and what may be asked of it by the set's rules."""
    text, events = row["text"], row["events"]
    published = row["published_at"]
    published_at = None if published is None else datetime.combine(date.fromisoformat(published), time(), UTC)
    alone = events[0] if len(events) == 1 else None
    gold = Gold(
        links=tuple(_links(text, events, names)),
        deaths=None if alone is None else _deaths(text, alone),
        day=date.fromisoformat(alone["date_start"]) if alone and alone["date_prec"] == 1 and published else None,
    )
    return Case(document=gold_document(row["id"], text, published_at, row["publisher"]), part="", gold=gold)


def _links(text: str, events: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Iterator[Link]:
    folded = Folded.of(text)
    for event in events:
        offsets = folded.find(names.get(event["place"], ""))
        if event["where_prec"] in POINT_LIKE and offsets is not None:
            yield Link(offsets=offsets, point=(event["lat"], event["lon"]))


def _deaths(text: str, event: Mapping[str, Any]) -> Deaths | None:
    best = event["deaths_best"]
    if event["sources_cited"] != 1 or not _OF_DEATH.search(text) or best not in set(stated_numbers(text)):
        return None
    return Deaths(low=event["deaths_low"], best=best, high=event["deaths_high"])
