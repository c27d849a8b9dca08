"""Place names whose words are given: where each is. What is measured is the choice, not the finding."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from truceline.gauge.align import Offsets
from truceline.gauge.case import Case, ContractReading, Predict, Tally, empty_reading
from truceline.gauge.chances import SURE
from truceline.gauge.geo import NEAR_KM, Geo, Gold, reading_of_names
from truceline.gauge.measure import Measure, median, share
from truceline.gauge.namesakes import Point, distance_km
from truceline.model.document import Document
from truceline.model.place import Place, Toponym
from truceline.model.span import Span
from truceline.read.gazetteer import MissionGazetteer, open_gazetteer
from truceline.read.places import locate, mark


class GeoGiven(Geo):
    """LGL and GeoWebNews with the gold spans handed to the resolver.

    Asked: every gold name with coordinates; what stays unresolved is wrong.
    """

    name = "geo-given"
    baseline_name = "most populous of the same name"
    measures: tuple[Measure, ...] = (
        share("Acc@161", "near", "asked"),
        share("resolved", "placed", "asked"),
        share("Acc@161 of resolved", "near", "placed"),
        share("right, of chance .9 or more", "sure.near", "sure"),
        median("median error", "km", "placed", unit="km"),
    )

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        told: dict[Offsets, list[tuple[Point, float]]] = defaultdict(list)
        for row in reading["places"]:
            if row.get("lat") is not None:
                told[row["start"], row["end"]].append(((row["lat"], row["lon"]), row.get("chance", 1.0)))
        asked = [(each.point, told[each.offsets]) for each in case.gold.names if each.point is not None]
        answers = [min((distance_km(gold, point), chance) for point, chance in found) for gold, found in asked if found]
        sure = [km for km, chance in answers if chance >= SURE]
        return Tally(
            counts={
                "asked": len(asked),
                "placed": len(answers),
                "near": sum(km <= NEAR_KM for km, _ in answers),
                "sure": len(sure),
                "sure.near": sum(km <= NEAR_KM for km in sure),
            },
            samples={"km": tuple(km for km, _ in answers)},
        )

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """Every given name at the most populous of all that our gazetteer calls so: the same candidates, no choice."""
        names = case.gold.names
        marked = mark(case.document.text, [Span(*each.offsets) for each in names], gazetteer=_world())
        bearers = [() if use is None else [one.place for one in use.sense.named] for use in marked.uses]
        points = [_point_of(max(each, key=lambda one: one.population, default=None)) for each in bearers]
        return reading_of_names(case, [replace(name, point=point) for name, point in zip(names, points, strict=True)])


def _point_of(place: Place | None) -> Point | None:
    return None if place is None else (place.lat, place.lon)


@cache
def _world() -> MissionGazetteer:
    return open_gazetteer()


def given_reader(folder: Path) -> Predict:
    """What `locate` tells of the gold spans in `folder`, read for no mission."""
    suite = GeoGiven()
    spans = {
        case.document.id: [Span(*each.offsets) for each in case.gold.names]
        for case in suite.cases(folder, suite.splits[0])
    }

    def predict(document: Document) -> ContractReading:
        places = locate(document.text, spans[document.id], gazetteer=_world())
        return {**empty_reading(document), "places": rows_of(places)}

    return predict


def rows_of(places: Sequence[Toponym]) -> list[Mapping[str, object]]:
    """Toponyms as a reading prints them, as far as they are scored here."""
    return [
        {"start": each.span.start, "end": each.span.end, "lat": each.lat, "lon": each.lon, "chance": each.chance}
        for each in places
    ]
