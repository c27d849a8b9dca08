"""Coordinates of places.csv that cannot be meant: null island, latitude and longitude swapped, another country."""

from collections.abc import Iterator

from truceline.errors import Problem, Severity
from truceline.flow.mission_files import MissionFiles, PlaceRow
from truceline.vocab.geo import country_box, lies_in

NULL_DEGREES = 0.01


def find_misplaced(files: MissionFiles) -> Iterator[Problem]:
    """Rows whose coordinates are no coordinates of such a place; nothing is put right, the row is to be mended."""
    for row in files.place_rows or ():
        lat, lon = _number(row, "lat"), _number(row, "lon")
        if lat is not None and lon is not None and abs(lat) <= 180 and abs(lon) <= 180:
            problem = _misplaced(row, lat, lon)
            if problem is not None:
                yield problem


def _number(row: PlaceRow, column: str) -> float | None:
    try:
        return float(row.cells.get(column, ""))
    except ValueError:
        return None


def _misplaced(row: PlaceRow, lat: float, lon: float) -> Problem | None:
    subject, box = f"place '{row.cells.get('id', '')}': ", country_box(row.cells.get("country", ""))
    if abs(lat) < NULL_DEGREES and abs(lon) < NULL_DEGREES:
        message = f"{subject}0, 0 lies in the Gulf of Guinea and mostly stands for 'unknown'; give its coordinates"
        return Problem(code="mission.null-island", message=message, where=row.where)
    if box is None or lies_in(box, lat, lon):
        return None
    if lies_in(box, lon, lat):
        message = f"{subject}{lat:g}, {lon:g} lies outside {row.cells['country']}; lat and lon seem swapped"
        return Problem(code="mission.swapped-coordinates", message=message, where=row.where)
    message = f"{subject}{lat:g}, {lon:g} lies outside {row.cells['country']}; check lat, lon and country"
    return Problem(code="mission.outside-country", message=message, where=row.where, severity=Severity.WARNING)
