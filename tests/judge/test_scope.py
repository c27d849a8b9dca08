from datetime import UTC, datetime, timedelta

import pytest
from judge_makers import place

from truceline.judge.scope import place_in_window
from truceline.judge.zones import Within, both, zone_holds
from truceline.model.agreement import Zone, ZoneKind
from truceline.model.place import Precision, Toponym

OPENS = datetime(2016, 5, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLOSES = OPENS + 48 * HOUR


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (-2, -1, Within.OUTSIDE),
        (-1, 0, Within.OUTSIDE),  # half-open: it ended as the window opened
        (-1, 1, Within.UNCLEAR),
        (0, 1, Within.INSIDE),
        (47, 48, Within.INSIDE),
        (47, 49, Within.UNCLEAR),
        (48, 49, Within.OUTSIDE),
    ],
)
def test_a_stretch_against_a_window(start: int, end: int, wanted: Within) -> None:
    assert place_in_window(OPENS + start * HOUR, OPENS + end * HOUR, opens=[OPENS], closes=CLOSES) is wanted


@pytest.mark.parametrize(
    ("hours", "wanted"), [(-0.5, Within.OUTSIDE), (0, Within.UNCLEAR), (0.5, Within.UNCLEAR), (1, Within.INSIDE)]
)
def test_between_the_told_openings_nobody_knows(hours: float, wanted: Within) -> None:
    assert place_in_window(OPENS + hours * HOUR, None, opens=[OPENS + HOUR, OPENS], closes=None) is wanted


def test_a_time_nobody_tells_is_unclear() -> None:
    assert place_in_window(None, None, opens=[OPENS], closes=None) is Within.UNCLEAR


def test_one_no_is_a_no_and_one_doubt_is_a_doubt() -> None:
    assert both(Within.INSIDE, Within.OUTSIDE) is Within.OUTSIDE
    assert both(Within.INSIDE, Within.UNCLEAR) is Within.UNCLEAR
    assert both(Within.UNCLEAR, Within.OUTSIDE) is Within.OUTSIDE


def circle(radius_km: float) -> Zone:
    return Zone(kind=ZoneKind.CIRCLE, name="Aleppo", lat=36.2, lon=37.16, radius_km=radius_km)


@pytest.mark.parametrize(
    ("zone", "told", "wanted"),
    [
        (circle(10), place(lat=36.21, lon=37.15, radius_km=1), Within.INSIDE),
        (circle(10), place(lat=36.10, lon=37.05, radius_km=10, precision=Precision.NEAR), Within.UNCLEAR),
        (circle(10), place(lat=35.93, lon=36.63, radius_km=3), Within.OUTSIDE),
        (circle(10), place(radius_km=70, precision=Precision.ADMIN1), Within.UNCLEAR),
        (Zone(kind=ZoneKind.ADMIN1, name="Aleppo"), place(), Within.INSIDE),
        (Zone(kind=ZoneKind.ADMIN1, name="Idlib"), place(), Within.OUTSIDE),
        (Zone(kind=ZoneKind.ADMIN1, name="Idlib"), place(admin1=None), Within.UNCLEAR),
        (Zone(kind=ZoneKind.ADMIN1, name="Idlib"), place(radius_km=30, precision=Precision.NEAR), Within.UNCLEAR),
        (Zone(kind=ZoneKind.ADMIN1, name="Idlib", country="SY"), place(country="TR", admin1=None), Within.OUTSIDE),
        (Zone(kind=ZoneKind.ADMIN1, name="Idlib", country="SY"), place(admin1=None), Within.UNCLEAR),
        (Zone(kind=ZoneKind.COUNTRY, name="SY"), place(), Within.INSIDE),
        (Zone(kind=ZoneKind.COUNTRY, name="SY"), place(country="TR"), Within.OUTSIDE),
        (Zone(kind=ZoneKind.COUNTRY, name="SY"), place(country=None), Within.UNCLEAR),
        (Zone(kind=ZoneKind.PLACE, name="place:Zahraa"), place(), Within.INSIDE),
        (Zone(kind=ZoneKind.PLACE, name="place:Homs"), place(), Within.UNCLEAR),
    ],
)
def test_a_place_against_a_zone(zone: Zone, told: Toponym, wanted: Within) -> None:
    assert zone_holds(zone, told) is wanted
