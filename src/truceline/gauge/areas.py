"""Where things are and where they happened, in passages of our own (tests/cases/read/areas.txt)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from truceline.errors import UsageError
from truceline.flow.mission import load_mission
from truceline.gather.language import find_language
from truceline.gauge.align import Offsets, jaccard, overlap
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import share
from truceline.gauge.namesakes import most_populous_namesakes
from truceline.gauge.passages import MISSION, offsets_of, passage_file
from truceline.kit.fold import fold_name
from truceline.kit.geo import haversine_km

FILE = "areas.txt"
UNRESOLVED = "unresolved"
NOWHERE = "none"
# The parts of the file, by the first words of their headings.
OFFSETS, BEARINGS, AREAS, BETWEEN = "distance", "a bearing", "countryside", "between"
ROADS, RIVERS, TOWNS, SITES, SPELLINGS = "roads", "rivers", "town", "facilities", "spellings"
SECTIONS = (OFFSETS, BEARINGS, AREAS, BETWEEN, ROADS, RIVERS, TOWNS, SITES, SPELLINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """What the centre and the extent of a place may be."""

    lat: float
    lon: float
    within_km: float
    radius_km: tuple[float, float] = (0.0, 40_000.0)

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a printed place lies so; what is not placed is not asked."""
        if row["lat"] is None:
            return True
        least, most = self.radius_km
        near = haversine_km(self.lat, self.lon, row["lat"], row["lon"]) <= self.within_km
        return near and least <= (row["radius_km"] or 0.0) <= most


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A place that the passage names: the names and precisions that are right, and how it may lie."""

    offsets: Offsets
    names: tuple[str, ...]
    precisions: tuple[str, ...]
    geometry: Geometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A word that tells an event, and the names of where it was; none: the passage does not say."""

    trigger: Offsets
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What one passage asks."""

    section: str
    asked: tuple[Asked, ...] = ()
    none: tuple[Offsets, ...] = ()
    happened: tuple[Happened, ...] = field(default=())


class Areas:
    """Passages written by a linguist who had not read the reader; they lie in the repository, not among the gold.

    A place is exact when the printed one that best covers its words has the name, the precision and the geometry
    asked for. An event without a place is right only where it is told at all.
    """

    name = "areas"
    splits = ("all",)
    baseline_name = "exact name, most populous"
    measures = (
        share("places exact", "exact", "asked"),
        share("places exact, with geometry", "exact.placed", "asked.placed"),
        *(share(f"places exact: {name}", f"exact.{name}", f"asked.{name}") for name in SECTIONS),
        replace(share("taken for a place, being none", "taken", "none"), lower_is_better=True),
        share("event place right", "where", "events"),
        share("event place right, where one is told", "where.told", "events.told"),
        share("event place right, where none is told", "where.untold", "events.untold"),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:  # noqa: ARG002  one split only
        section = ""
        blocks = re.split(r"\n\s*\n", passage_file(folder, FILE).read_text(encoding="utf-8"))
        for number, block in enumerate(blocks):
            heading = re.search(r"^# --- (.*)", block, re.MULTILINE)
            section = heading[1] if heading else section
            lines = [line for line in block.splitlines() if line and line[0] not in "#" and line[:9] != "@mission "]
            text = "\n".join(line for line in lines if line[:2] not in ("> ", "! ", "@ "))
            if text:
                document = replace(gold_document(f"area-{number}", text), language=find_language(text) or "en")
                yield Case(document=document, part="", gold=_gold(section, text, lines))

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        counts: dict[str, float] = {}

        def count(total: str, right: str, name: str, *, hit: bool) -> None:
            for counter, value in ((total, 1), (right, hit), (f"{total}.{name}", 1), (f"{right}.{name}", hit)):
                counts[counter] = counts.get(counter, 0) + value

        for each in case.gold.asked:
            hit = is_exact(each, reading["places"])
            count("asked", "exact", _section(case.gold.section), hit=hit)
            if each.geometry is not None:
                counts["asked.placed"] = counts.get("asked.placed", 0) + 1
                counts["exact.placed"] = counts.get("exact.placed", 0) + hit
        for offsets in case.gold.none:
            count("none", "taken", "", hit=any(overlap(offsets, _offsets(row)) for row in reading["places"]))
        for event in case.gold.happened:
            count("events", "where", "told" if event.names else "untold", hit=is_where(event, reading))
        return Tally(counts=counts)

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """Every name as the mission or the world writes it, at its most populous bearer; events at the nearest one."""
        rows = list(_namesakes(case.document.text))
        claims = [
            {
                "event": {"start": each.trigger[0], "end": each.trigger[1]},
                "place": min(range(len(rows)), key=lambda at: abs(rows[at]["start"] - each.trigger[0]), default=None),
            }
            for each in case.gold.happened
        ]
        return {**empty_reading(case.document), "places": rows, "claims": claims}

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        rows = [_row(each.offsets, each.names[0], each.precisions[0], each.geometry) for each in case.gold.asked]
        claims = []
        for each in case.gold.happened:
            if each.names:
                rows.append(_row((0, 0), each.names[0], "settlement", None))
            claims.append(
                {
                    "event": {"start": each.trigger[0], "end": each.trigger[1]},
                    "place": len(rows) - 1 if each.names else None,
                }
            )
        return {**empty_reading(case.document), "places": rows, "claims": claims}


def is_exact(asked: Asked, places: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the place printed over the words is the one asked for."""
    over = [row for row in places if overlap(asked.offsets, _offsets(row))]
    if not over:
        return False
    row = max(over, key=lambda each: jaccard(asked.offsets, _offsets(each)))
    right = _is_named(row, asked.names) and (row["precision"] or "-") in asked.precisions
    return right and (asked.geometry is None or asked.geometry.holds(row))


def is_where(event: Happened, reading: ContractReading) -> bool:
    """Whether the claim at the word is placed as asked; an event without a claim is not."""
    for claim in reading["claims"]:
        if overlap(event.trigger, (claim["event"]["start"], claim["event"]["end"])):
            if claim["place"] is None:
                return not event.names
            return _is_named(reading["places"][claim["place"]], event.names)
    return False


def _is_named(row: Mapping[str, Any], names: Sequence[str]) -> bool:
    return fold_name(row["name"] or UNRESOLVED) in {fold_name(name) for name in names}


def _offsets(row: Mapping[str, Any]) -> Offsets:
    return row["start"], row["end"]


def _section(heading: str) -> str:
    found = next((name for name in SECTIONS if heading.startswith(name)), None)
    if found is None:
        raise UsageError(f"{FILE}: places are asked under '{heading}'; add the heading to SECTIONS")
    return found


def _gold(section: str, text: str, lines: Sequence[str]) -> Gold:
    marked = [(line[0], [cell.strip() for cell in line[2:].split("|")]) for line in lines]
    return Gold(
        section=section,
        asked=tuple(_asked(cells, text) for mark, cells in marked if mark == ">"),
        none=tuple(offsets_of(cells[0], text, file=FILE) for mark, cells in marked if mark == "!"),
        happened=tuple(_happened(cells, text) for mark, cells in marked if mark == "@"),
    )


def _asked(cells: Sequence[str], text: str) -> Asked:
    words, names, precisions, *geometry = cells
    return Asked(
        offsets=offsets_of(words, text, file=FILE),
        names=tuple(names.split("/")),
        precisions=tuple(precisions.split("/")),
        geometry=_geometry(geometry) if geometry else None,
    )


def _geometry(cells: Sequence[str]) -> Geometry:
    centre = re.fullmatch(r"near (\S+),(\S+) within (\S+)", cells[0])
    extent = re.fullmatch(r"radius (\S+)\.\.(\S+)", cells[1]) if len(cells) > 1 else None
    if centre is None or (extent is None and len(cells) > 1):
        raise UsageError(f"{FILE}: '{' | '.join(cells)}' is not 'near LAT,LON within KM | radius A..B'")
    placed = Geometry(lat=float(centre[1]), lon=float(centre[2]), within_km=float(centre[3]))
    return placed if extent is None else replace(placed, radius_km=(float(extent[1]), float(extent[2])))


def _happened(cells: Sequence[str], text: str) -> Happened:
    word, names = cells
    where = () if names == NOWHERE else tuple(names.split("/"))
    return Happened(trigger=offsets_of(word, text, file=FILE), names=where)


def _row(offsets: Offsets, name: str, precision: str, geometry: Geometry | None) -> dict[str, Any]:
    placed = name != UNRESOLVED
    return {
        "start": offsets[0],
        "end": offsets[1],
        "name": name if placed else None,
        "precision": None if precision == "-" else precision,
        "lat": geometry.lat if placed and geometry else None,
        "lon": geometry.lon if placed and geometry else None,
        "radius_km": geometry.radius_km[0] if placed and geometry else None,
    }


def _namesakes(text: str) -> Iterator[dict[str, Any]]:
    own = _mission_names()
    known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(own, key=len, reverse=True)))})(?!\w)")
    taken = []
    for found in known.finditer(text):
        taken.append(found.span())
        yield own[found[0]] | {"start": found.start(), "end": found.end()}
    for offsets, (lat, lon) in most_populous_namesakes(text):
        if not any(overlap(offsets, each) for each in taken):
            yield {
                **_row(offsets, text[slice(*offsets)], "settlement", None),
                "lat": lat,
                "lon": lon,
            }


@cache
def _mission_names() -> dict[str, dict[str, Any]]:
    """Every name of the mission's places as written there, with its own row of a reading."""
    return {
        name: {
            "name": place.name,
            "precision": place.precision.value,
            "lat": place.lat,
            "lon": place.lon,
            "radius_km": place.radius_km,
        }
        for place in load_mission(MISSION).places
        for name in (place.name, *place.aliases)
    }
