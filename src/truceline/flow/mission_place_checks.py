"""Coordinates of places.csv that cannot be meant: null island, latitude and longitude swapped, another country."""

from collections.abc import Iterator, Sequence

from truceline.errors import Problem, Severity
from truceline.flow.mission_faults import Fault
from truceline.flow.mission_files import MissionFiles
from truceline.flow.mission_places import PlaceRow
from truceline.vocab.geo import Box, country_box, lies_in

NULL_DEGREES = 0.01


def find_misplaced(files: MissionFiles) -> Iterator[Fault]:
    """Rows whose coordinates are no coordinates of such a place; nothing is put right, the row is to be mended."""
    watched = _watched_boxes(files)
    for row in files.place_rows or ():
        lat, lon = _number(row, "lat"), _number(row, "lon")
        if lat is not None and lon is not None and abs(lat) <= 180 and abs(lon) <= 180:
            yield from _misplaced(row, lat, lon, watched)


def _watched_boxes(files: MissionFiles) -> tuple[Box, ...]:
    """Those of the mission's countries; none where one of them has no outline here."""
    mission = files.tomls.get("mission.toml")
    countries = mission.tree.get("countries") if mission is not None else None
    boxes = [country_box(str(code)) for code in countries] if isinstance(countries, list) else []
    return tuple(box for box in boxes if box is not None) if None not in boxes else ()


def _number(row: PlaceRow, column: str) -> float | None:
    try:
        return float(row.cells.get(column, ""))
    except ValueError:
        return None


def _misplaced(row: PlaceRow, lat: float, lon: float, watched: Sequence[Box]) -> Iterator[Fault]:
    subject, country = f"place '{row.cells.get('id', '')}': ", row.cells.get("country")
    told = f"{subject}{lat:g}, {lon:g} lies outside"
    if abs(lat) < NULL_DEGREES and abs(lon) < NULL_DEGREES:
        message = f"{subject}0, 0 lies in the Gulf of Guinea and mostly stands for 'unknown'; give its coordinates"
        yield Fault(problem=_problem("mission.null-island", message, row), parts=row.parts)
    elif country is None:
        # It may lie in any country, so that the row stays: only its author knows.
        if watched and not _in_any(watched, lat, lon) and _in_any(watched, lon, lat):
            message = f"{told} the mission's countries; are lat and lon swapped? If not, give its country"
            yield Fault(problem=_problem("mission.swapped-coordinates", message, row, Severity.WARNING))
    elif (box := country_box(country)) is not None and not lies_in(box, lat, lon):
        if lies_in(box, lon, lat):
            message = f"{told} {country}; lat and lon seem swapped: put them right"
            yield Fault(problem=_problem("mission.swapped-coordinates", message, row), parts=row.parts)
        else:
            message = f"{told} {country}; check lat, lon and country"
            yield Fault(problem=_problem("mission.outside-country", message, row, Severity.WARNING))


def _problem(code: str, message: str, row: PlaceRow, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code=code, message=message, where=row.where, severity=severity)


def _in_any(boxes: Sequence[Box], lat: float, lon: float) -> bool:
    return any(lies_in(box, lat, lon) for box in boxes)
