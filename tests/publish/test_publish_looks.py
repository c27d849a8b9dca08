"""Looks and words: colour for kinds only, a shape for every verdict, vagueness kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from views import CAMP, NEAR, toponym

from truceline.model.assessment import Verdict
from truceline.model.claim import EventType, Mood
from truceline.model.quantity import Range
from truceline.publish import words
from truceline.publish.looks import Line, find_kinds, find_shapes, kind_of, line_of, shape_of
from truceline.publish.redact import publishable
from truceline.vocab.geo import find_countries, find_divisions, find_neighbours, has_divisions

OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999"}
PLOVER = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
)
DAMASCUS = ZoneInfo("Asia/Damascus")


def test_every_colour_is_safe_for_colour_blind_readers_and_red_is_kept() -> None:
    colours = {each.colour for each in find_kinds()}
    assert colours <= OKABE_ITO
    assert "#D55E00" not in colours


@pytest.mark.parametrize("category", PLOVER.split())
def test_every_plover_category_has_a_kind(category: str) -> None:
    assert kind_of(EventType(plover=category)).id != "other"


def test_every_verdict_has_its_own_shape() -> None:
    drawn = {(shape_of(each).path, shape_of(each).filled) for each in Verdict}
    assert len(drawn) == len(Verdict)
    assert len({each.id for each in find_shapes()}) == len(Verdict) + 1


@pytest.mark.parametrize(
    ("mood", "factuality", "negated", "line"),
    [
        (Mood.ASSERTION, 3.0, False, Line.SOLID),
        (Mood.ASSERTION, 1.0, False, Line.DASHED),
        (Mood.ASSERTION, -3.0, False, Line.STRUCK),
        (Mood.ASSERTION, 3.0, True, Line.STRUCK),
        (Mood.DENIAL, -3.0, True, Line.STRUCK),
        (Mood.QUESTION, 0.0, False, Line.DOTTED),
        (Mood.PREDICTION, 1.0, False, Line.DOTTED),
    ],
)
def test_certainty_decides_the_line(mood: Mood, factuality: float, negated: bool, line: Line) -> None:
    assert line_of(mood, factuality, negated=negated) is line


def test_ranges_keep_their_open_ends() -> None:
    assert words.range_words(Range(low=24, high=None)) == "at least 24"
    assert words.range_words(Range(low=None, high=3)) == "at most 3"
    assert words.range_words(Range(low=0, high=0)) == "0"
    assert words.range_words(None) == ""
    assert words.bounds_words(1001, None) == "1,001 or more"


def test_times_are_told_in_local_hours_as_vague_as_they_are() -> None:
    midnight = datetime(2016, 6, 3, 21, tzinfo=UTC)
    assert words.when_words(midnight, midnight + timedelta(days=1), DAMASCUS) == "4 June 2016"
    assert words.when_words(midnight, midnight + timedelta(hours=2), DAMASCUS) == "4 June 2016, 00:00–02:00"
    assert words.when_words(midnight, midnight + timedelta(days=7), DAMASCUS) == "4 to 10 June 2016"
    assert words.when_words(None, None, DAMASCUS) == "not stated"
    utc_day = datetime(2016, 6, 4, tzinfo=UTC)
    assert words.when_words(utc_day, utc_day + timedelta(days=1), DAMASCUS) == "4 June 2016"


def test_periods_name_each_month_and_year_once() -> None:
    assert words.period_words(date(2016, 5, 29), date(2016, 6, 5)) == "29 May to 4 June 2016"
    assert words.period_words(date(2016, 6, 1), date(2016, 6, 2)) == "1 June 2016"
    assert words.period_words(date(2016, 12, 30), date(2017, 1, 3)) == "30 December 2016 to 2 January 2017"


def test_words_already_in_quotes_are_not_quoted_twice() -> None:
    assert words.quoted("“rebels”") == "“rebels”"
    assert words.quoted("militants") == "“militants”"


def test_other_scripts_get_latin_letters_and_latin_gets_none() -> None:
    assert words.transliteration("حلب")
    assert words.transliteration("Aleppo’s café") == ""


def test_a_camp_is_published_as_a_rounded_area_and_a_town_as_it_is() -> None:
    camp = publishable(toponym(CAMP), kind="camp")
    assert (camp.lat, camp.lon, camp.radius_km) == (36.2, 36.7, 10)
    assert publishable(toponym(CAMP), kind=None) == camp
    assert publishable(toponym(NEAR), kind="city") == toponym(NEAR)


def test_outlines_are_found_by_code() -> None:
    codes = {each.code for each in find_divisions("SY")}
    assert {"SY-HL", "SY-ID", "SY-TA"} <= codes
    assert len(codes) == 15
    assert not has_divisions("XX")
    assert find_divisions("../SY") == ()
    assert {"TR", "IQ", "JO", "LB"} <= {each.code for each in find_neighbours("SY")}


def test_disputed_borders_are_marked_where_the_file_has_them() -> None:
    assert [each.code for each in find_divisions("SY") if each.disputed] == ["SY-X01~"]
    assert {each.code for each in find_divisions("UA") if each.disputed} == {"UA-40", "UA-43"}


def test_every_outline_is_closed() -> None:
    outlines = [*find_countries(), *find_divisions("SY"), *find_divisions("UA")]
    assert all(ring[0] == ring[-1] for each in outlines for polygon in each.polygons for ring in polygon)
