"""Stated chances of places held against how often they are right: LGL, GeoWebNews and UCDP's headlines together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from truceline.gauge.align import Offsets, jaccard, overlap, pair_best_first
from truceline.gauge.case import Case, ContractReading, Detail, Tally, empty_reading
from truceline.gauge.geo import NEAR_KM, Geo
from truceline.gauge.geo import Gold as News
from truceline.gauge.measure import Measure, share
from truceline.gauge.namesakes import Point, distance_km, most_populous_namesakes
from truceline.gauge.reliability import Bin, as_detail, calibration_error, count_chance, find_bins
from truceline.gauge.ucdp import RIGHT_KM, Ucdp
from truceline.gauge.ucdp import Gold as Headline

SURE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    offsets: Offsets
    point: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """`whole`: every name of the text is marked, so that a place beside them is wrong; `aside`: marks of no target."""

    targets: tuple[Target, ...]
    right_km: float
    whole: bool
    aside: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A chance as printed, and whether the place it was stated of is the right one."""

    chance: float
    is_right: bool


class Chances:
    """Right: within 161 km in news, where a place beside all marks is wrong; within 10 km in headlines (UCDP's rule).

    Half of the documents, by the hash of their ids, is `fitted`: the map of vocab/places/chances.toml was fitted on it.
    """

    name = "chances"
    splits = ("all", "held-out", "fitted", "lgl", "gwn", "ucdp")
    baseline_name = "most populous, always certain"
    measures: tuple[Measure, ...] = (
        share("right, of chance .9 or more", "sure.right", "sure"),
        share("chance .9 or more, of placed", "sure", "stated"),
        Measure(name="calibration error", of=calibration_error, counter="stated", lower_is_better=True),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        for case in self._all(folder, split):
            if split not in {"held-out", "fitted"} or is_fitted(case.document.id) == (split == "fitted"):
                yield case

    def _all(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        if split != "ucdp":
            for news in Geo().cases(folder, split if split in {"lgl", "gwn"} else "all"):
                yield Case(document=news.document, part="", gold=_of_news(news.gold))
        if split not in {"lgl", "gwn"}:
            for line in Ucdp().cases(folder, "all"):
                if line.gold.links:
                    yield Case(document=line.document, part="", gold=_of_headline(line.gold))

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        placed = [each for each in reading["places"] if each.get("lat") is not None and each.get("chance") is not None]
        counts: dict[str, float] = {}
        for each in find_stated(case.gold, placed):
            sure = each.chance >= SURE
            adds: dict[str, float] = {"sure": sure, "sure.right": sure and each.is_right}
            adds |= count_chance(each.chance, is_right=each.is_right)
            counts = {name: counts.get(name, 0) + adds.get(name, 0) for name in counts | adds}
        return Tally(counts=counts)

    def bins(self, tallies: Sequence[Tally]) -> tuple[Bin, ...]:
        return tuple(find_bins(tallies))

    def details(self, tallies: Sequence[Tally]) -> Detail:
        return as_detail(self.bins(tallies))

    def baseline(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, most_populous_namesakes(case.document.text))

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, ((each.offsets, each.point) for each in case.gold.targets if each.point is not None))


def is_fitted(id: str) -> bool:
    return sha256(id.encode()).digest()[0] % 2 == 0


def find_stated(gold: Gold, places: Sequence[Mapping[str, Any]]) -> Iterator[Stated]:
    """Every placed place that can be judged, one gold name judging one place."""
    if not gold.whole:
        yield from _over_names(gold, places)
        return
    spans = [(place["start"], place["end"]) for place in places]
    pairs = pair_best_first(gold.targets, spans, lambda target, span: jaccard(target.offsets, span))
    judged = {other: gold.targets[at] for at, other in pairs}
    for at, place in enumerate(places):
        target = judged.get(at)
        if target is None and not any(overlap(spans[at], each) for each in gold.aside):
            yield Stated(chance=place["chance"], is_right=False)
        elif target is not None and target.point is not None:
            yield Stated(chance=place["chance"], is_right=_error_km(target, place) <= gold.right_km)


def _over_names(gold: Gold, places: Sequence[Mapping[str, Any]]) -> Iterator[Stated]:
    """Names stand in the text for one or several coded points: any of them is right."""
    for place in places:
        over = [each for each in gold.targets if overlap(each.offsets, (place["start"], place["end"]))]
        if over:
            nearest = min(_error_km(each, place) for each in over)
            yield Stated(chance=place["chance"], is_right=nearest <= gold.right_km)


def _error_km(target: Target, place: Mapping[str, Any]) -> float:
    return float("inf") if target.point is None else distance_km(target.point, (place["lat"], place["lon"]))


def _of_news(gold: News) -> Gold:
    targets = tuple(Target(offsets=each.offsets, point=each.point) for each in gold.names)
    return Gold(targets=targets, right_km=NEAR_KM, whole=True, aside=gold.no_targets)


def _of_headline(gold: Headline) -> Gold:
    targets = tuple(Target(offsets=each.offsets, point=each.point) for each in gold.links)
    return Gold(targets=targets, right_km=RIGHT_KM, whole=False)


def _reading(case: Case[Gold], places: Any) -> ContractReading:
    shown = [
        {"start": start, "end": end, "lat": point[0], "lon": point[1], "chance": 1.0} for (start, end), point in places
    ]
    return {**empty_reading(case.document), "places": shown}
