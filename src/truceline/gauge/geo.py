"""Place names: LGL and GeoWebNews, each by itself; finding them and locating them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from truceline.gauge.align import Offsets, jaccard, overlap, pair_best_first
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import Measure, counted, f1, mean, median, share
from truceline.gauge.namesakes import distance_km, most_populous_namesakes

NEAR_KM = 161.0  # 100 miles: the customary bound since Leidner's and Cheng's work on locating

# GeoWebNews types that are no targets: a prediction on one is neither right nor wrong.
NO_TARGET = frozenset({"Demonym", "Homonym", "Language", "Non_Toponym", "Literal_Expression", "Non_Lit_Expression"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """`point` is (lat, lon) in degrees, None where the set gives none."""

    offsets: Offsets
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    names: tuple[Name, ...]
    no_targets: tuple[Offsets, ...] = ()


class Geo:
    """News with place names; LGL holds small local papers, GWN worldwide web news."""

    name = "geo"
    splits = ("all", "lgl", "gwn")
    baseline_name = "exact name, most populous"
    measures: tuple[Measure, ...] = (
        f1("finding strict F1", "strict.right", "found", "gold"),
        f1("finding relaxed F1", "relaxed.right", "found", "gold"),
        share("Acc@161 of found", "near", "located.found"),
        share("Acc@161 of all", "near", "located.gold"),
        mean("mean error", "km", "km.n", unit="km"),
        median("median error", "km", "km.n", unit="km"),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        if split in {"all", "lgl"}:
            yield from _lgl(folder / "geo" / "lgl.xml")
        if split in {"all", "gwn"}:
            yield from _gwn(folder / "geo" / "GWN.xml")

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        names = case.gold.names
        found = [each for each in map(_name, reading["places"]) if not _beside_the_point(each, case.gold)]
        relaxed = pair_best_first(names, found, lambda gold, answer: jaccard(gold.offsets, answer.offsets))
        errors = tuple(chain.from_iterable(_error_km(names[at], found[other]) for at, other in relaxed))
        targets = {each.offsets for each in names}
        return Tally(
            counts={
                **counted("relaxed", right=len(relaxed), found=len(found), gold=len(names)),
                "strict.right": len(targets & {each.offsets for each in found}),
                "found": len(found),
                "gold": len(names),
                "near": sum(error <= NEAR_KM for error in errors),
                "located.found": sum(names[at].point is not None for at, _ in relaxed),
                "located.gold": sum(each.point is not None for each in names),
                "km": sum(errors),
                "km.n": len(errors),
            },
            samples={"km": errors},
        )

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """Every name of the gazetteer that stands in the text with capitals, at its most populous bearer."""
        places = [Name(offsets=offsets, point=point) for offsets, point in most_populous_namesakes(case.document.text)]
        return reading_of_names(case, places)

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return reading_of_names(case, case.gold.names)


def _beside_the_point(found: Name, gold: Gold) -> bool:
    """On a mark that is no target, and on no target."""
    on_target = any(overlap(found.offsets, each.offsets) for each in gold.names)
    return not on_target and any(overlap(found.offsets, each) for each in gold.no_targets)


def _error_km(gold: Name, found: Name) -> tuple[float, ...]:
    if gold.point is None or found.point is None:
        return ()
    return (distance_km(gold.point, found.point),)


def _name(row: Mapping[str, Any]) -> Name:
    point = None if row.get("lat") is None else (row["lat"], row["lon"])
    return Name(offsets=(row["start"], row["end"]), point=point)


def reading_of_names(case: Case[Gold], names: Sequence[Name]) -> ContractReading:
    """A reading that holds nothing but these names, at these points."""
    places = [
        {
            "start": each.offsets[0],
            "end": each.offsets[1],
            "lat": each.point and each.point[0],
            "lon": each.point and each.point[1],
        }
        for each in names
    ]
    return {**empty_reading(case.document), "places": places}


def _lgl(path: Path) -> Iterator[Case[Gold]]:
    for article in _articles(path):
        names = tuple(_lgl_name(mark) for mark in article.iter("toponym"))
        text = article.findtext("text") or ""
        stamp = article.findtext("dltime")
        published_at = datetime.fromisoformat(stamp).astimezone(UTC) if stamp else None
        document = gold_document(f"lgl-{article.get('docid')}", text, published_at, article.findtext("domain"))
        yield Case(document=document, part="LGL", gold=Gold(names=names))


def _lgl_name(mark: ET.Element) -> Name:
    lat, lon = mark.findtext("gaztag/lat"), mark.findtext("gaztag/lon")
    return Name(offsets=_offsets(mark), point=(float(lat), float(lon)) if lat and lon else None)


def _gwn(path: Path) -> Iterator[Case[Gold]]:
    for article in _articles(path):
        names: list[Name] = []
        no_targets: list[Offsets] = []
        for mark in article.iter("toponym"):
            lat, lon = mark.findtext("latitude"), mark.findtext("longitude")
            if int(mark.findtext("start") or -1) < 0:
                continue  # the mark lay in the title line, which is not part of the text
            if mark.findtext("type") in NO_TARGET:
                no_targets.append(_offsets(mark))
            else:
                names.append(Name(offsets=_offsets(mark), point=(float(lat), float(lon)) if lat and lon else None))
        document = gold_document(f"gwn-{article.get('file')}", article.findtext("text") or "")
        yield Case(document=document, part="GWN", gold=Gold(names=tuple(names), no_targets=tuple(no_targets)))


def _offsets(mark: ET.Element) -> Offsets:
    return int(mark.findtext("start") or 0), int(mark.findtext("end") or 0)


def _articles(path: Path) -> Iterator[ET.Element]:
    return ET.parse(path).iter("article")  # noqa: S314 -- a gold set the user chose to measure against
