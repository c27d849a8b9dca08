"""Rows of UCDP GED and ACLED tables: one claim each, every value reading back, nothing invented."""

import csv
import os
import time
from pathlib import Path

import pytest

from truceline.model.actor import Actor, ActorKind, DatedName, Membership
from truceline.model.attribution import SpeakerKind
from truceline.model.claim import Claim, Mood
from truceline.model.document import Document, Form
from truceline.model.place import Precision
from truceline.model.quantity import Range
from truceline.model.reading import Reading
from truceline.model.when import Basis
from truceline.read.tables import read_row
from truceline.testing import digest

SHARED = Path(os.environ.get("TRUCELINE_SHARED", Path(__file__).parents[2] / "../shared"))
GED = SHARED / "gold/ucdp/ged_syria_2017_2019.csv"

ACTORS = (
    Actor(id="gov", name="Syrian government", kind=ActorKind.STATE, country="SY"),
    Actor(id="forces", name="Armed forces", kind=ActorKind.MILITARY, country="SY", memberships=(Membership(of="gov"),)),
    Actor(id="navy", name="Navy", kind=ActorKind.MILITARY, country="SY", memberships=(Membership(of="forces"),)),
    Actor(id="isil", name="ISIL", kind=ActorKind.ARMED_GROUP, aliases=("Islamic State",)),
    Actor(id="ahrar", name="Ahrar al-Sham", kind=ActorKind.ARMED_GROUP),
    Actor(id="hts", name="Nusra", kind=ActorKind.ARMED_GROUP, names=(DatedName(name="Hayat Tahrir al-Sham"),)),
    Actor(id="civilians", name="Civilians", kind=ActorKind.CIVILIANS),
    Actor(id="twin-1", name="First Brigade", kind=ActorKind.ARMED_GROUP),
    Actor(id="twin-2", name="The first brigade", kind=ActorKind.ARMED_GROUP),
    Actor(id="monitor", name="Monitor", kind=ActorKind.NGO, aliases=("SOHR",)),
)

GED_ROW = {
    "id": "900001",
    "type_of_violence": "1",
    "dyad_name": "Government of Syria - IS",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "number_of_sources": "1",
    "source_article": '"SOHR,2017-01-08,Fighting goes on"',
    "source_office": "SOHR",
    "source_headline": "Fighting goes on",
    "where_prec": "1",
    "where_coordinates": "Khan Tuman village",
    "adm_1": "Aleppo Governorate",
    "latitude": "36.11",
    "longitude": "37.04",
    "country": "Syria",
    "date_prec": "1",
    "date_start": "2017-01-07",
    "date_end": "2017-01-07",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "1",
    "deaths_unknown": "0",
    "low": "3",
    "best": "4",
    "high": "6",
}
ACLED_ROW = {
    "event_id_cnty": "SYR1",
    "event_date": "2019-03-02",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Military Forces of Syria (2000-)",
    "inter1": "1",
    "actor2": "Civilians (Syria)",
    "inter2": "7",
    "country": "Syria",
    "admin1": "Idlib",
    "location": "Jisr-Ash-Shugur",
    "latitude": "35.81",
    "longitude": "36.32",
    "geo_precision": "1",
    "source": "SOHR; Local Network",
    "notes": "Shells fell on the town.",
    "fatalities": "2",
}


def document_of(form: Form, cells: dict[str, str], changes: dict[str, str]) -> Document:
    kept = {column: cell for column, cell in {**cells, **changes}.items() if cell}
    text = "".join(f"{column}: {cell}\n" for column, cell in kept.items())
    return Document(id="row-1", text=text, sha256=digest(text), form=form, cells=tuple(kept.items()))


def ged(**changes: str) -> Reading:
    return read_row(document_of(Form.UCDP_GED, GED_ROW, changes), actors=ACTORS, timezone="Asia/Damascus")


def acled(**changes: str) -> Reading:
    return read_row(document_of(Form.ACLED, ACLED_ROW, changes), actors=ACTORS, timezone="Asia/Damascus")


def claim_of(reading: Reading) -> Claim:
    (claim,) = reading.claims
    return claim


def words(reading: Reading) -> list[str]:
    """What each agent and recipient reads back as."""
    claim = claim_of(reading)
    return [each.span.of(reading.document.text) for each in (*claim.agents, *claim.recipients)]


def test_a_row_is_one_asserted_claim_over_the_whole_row() -> None:
    reading = ged()
    claim = claim_of(reading)
    assert claim.mood is Mood.ASSERTION
    assert claim.span.of(reading.document.text) == reading.document.text.rstrip()
    assert reading.problems == ()


def test_ucdp_codes_no_means_and_none_is_made_up() -> None:
    event = claim_of(ged()).trigger.type
    assert (event.plover, event.mode) == ("ASSAULT", None)


def test_both_armed_sides_act_because_the_table_gives_no_direction() -> None:
    reading = ged()
    assert [each.actor for each in claim_of(reading).agents] == ["gov", "isil"]
    assert claim_of(reading).recipients == ()
    assert words(reading) == ["Government of Syria", "IS"]


def test_in_one_sided_violence_the_civilians_suffer() -> None:
    claim = claim_of(ged(type_of_violence="3", side_a="IS", side_b="Civilians"))
    assert [each.actor for each in claim.agents] == ["isil"]
    assert [each.actor for each in claim.recipients] == ["civilians"]


def test_a_side_of_several_groups_is_each_of_them() -> None:
    reading = ged(side_b="Ahrar al-Sham, HTS, Third Corps")
    found = claim_of(reading).agents[1:]
    assert [each.actor for each in found] == ["ahrar", "hts", None]
    assert [each.span.of(reading.document.text) for each in found] == ["Ahrar al-Sham", "HTS", "Third Corps"]


def test_an_unknown_side_stays_unresolved_and_says_why() -> None:
    assert claim_of(ged(side_b="Syrian insurgents")).agents[1].reason == "no actor of the mission bears this name"


def test_a_name_that_two_actors_bear_is_not_resolved() -> None:
    side = claim_of(ged(side_b="First Brigade")).agents[1]
    assert (side.actor, side.reason) == (None, "several actors of the mission bear this name")


def test_the_chain_is_the_data_set_then_the_office_it_cites() -> None:
    reading = ged()
    outer, inner = (reading.attribution(link) for link in claim_of(reading).chain)
    assert (outer.kind, outer.source) == (SpeakerKind.DOCUMENT, ())
    assert (inner.kind, inner.speaker, inner.parent) == (SpeakerKind.NAMED, "monitor", outer.id)
    assert [span.of(reading.document.text) for span in inner.source] == ["SOHR"]


def test_several_offices_are_named_once_each() -> None:
    reading = ged(source_office="SOHR;Airwars;sohr")
    inner = reading.attributions[1]
    assert inner.kind is SpeakerKind.COLLECTIVE
    assert [span.of(reading.document.text) for span in inner.source] == ["SOHR", "Airwars"]


def test_no_office_is_an_anonymous_speaker() -> None:
    inner = ged(source_office="").attributions[1]
    assert (inner.kind, inner.source) == (SpeakerKind.ANONYMOUS, ())


@pytest.mark.parametrize(
    ("code", "precision", "radius_km"),
    [
        ("1", Precision.SETTLEMENT, 3),
        ("2", Precision.NEAR, 25),
        ("3", Precision.ADMIN2, 30),
        ("4", Precision.ADMIN1, 80),
        ("5", Precision.AREA, 50),
        ("6", Precision.COUNTRY, 350),
    ],
)
def test_the_code_of_precision_gives_the_radius(code: str, precision: Precision, radius_km: float) -> None:
    (place,) = ged(where_prec=code).places
    assert (place.precision, place.radius_km) == (precision, radius_km)


def test_the_place_is_named_without_its_kind_and_lies_where_it_was_coded() -> None:
    (place,) = ged().places
    assert (place.id, place.name, place.lat, place.lon) == ("ucdp:khan-tuman", "Khan Tuman", 36.11, 37.04)
    assert (place.country, place.admin1) == ("SY", "Aleppo")


def test_governorates_get_the_name_the_map_uses() -> None:
    assert ged(adm_1="Deir ez Zor Governorate").places[0].admin1 == "Deir ez-Zor"
    assert ged(adm_1="Nowhere Governorate").places[0].admin1 == "Nowhere"


def test_a_day_is_a_local_day() -> None:
    (when,) = ged().times
    assert (when.value, when.basis) == ("2017-01-07", Basis.STATED)
    assert when.start is not None
    assert when.start.isoformat() == "2017-01-06T22:00:00+00:00"


def test_days_from_to_are_one_stretch() -> None:
    reading = ged(date_end="2017-01-11", date_prec="2")
    (when,) = reading.times
    assert when.value == "2017-01-07/2017-01-11"
    assert when.start is not None
    assert when.end is not None
    assert (when.end - when.start).days == 5
    assert when.span is not None
    assert when.span.of(reading.document.text) == "2017-01-07\ndate_end: 2017-01-11"


def test_deaths_span_the_estimates() -> None:
    reading = ged()
    harm = claim_of(reading).harm
    assert harm is not None
    assert (harm.killed, harm.killed_civilians) == (Range(low=3, high=6), Range(low=1, high=1))
    assert reading.quantities[0].span.of(reading.document.text) == "4"


@pytest.mark.parametrize("changes", [{"date_start": "2017-02-30"}, {"date_end": "2017-01-01"}, {"date_end": "soon"}])
def test_an_impossible_date_is_a_problem_and_the_rest_is_kept(changes: dict[str, str]) -> None:
    reading = ged(**changes)
    assert [each.code for each in reading.problems] == ["date.impossible"]
    assert reading.times == ()
    assert claim_of(reading).happened is None
    assert claim_of(reading).place == 0


def test_a_problem_points_at_the_cell() -> None:
    reading = ged(date_start="2017-02-30")
    (problem,) = reading.problems
    assert reading.document.text[problem.start : problem.end] == "2017-02-30"
    assert problem.where == "row-1"


@pytest.mark.parametrize("number", ["-1", "many", "2.5", "1e400", "nan"])
def test_an_impossible_number_is_a_problem(number: str) -> None:
    reading = ged(high=number)
    assert [each.code for each in reading.problems] == ["number.impossible"]
    harm = claim_of(reading).harm
    assert harm is not None
    assert harm.killed == Range(low=3, high=4)


def test_estimates_out_of_order_are_a_range_with_a_warning() -> None:
    reading = ged(low="7")
    assert [each.code for each in reading.problems] == ["number.order"]
    harm = claim_of(reading).harm
    assert harm is not None
    assert harm.killed == Range(low=4, high=7)


@pytest.mark.parametrize("latitude", ["91", "north", "nan", ""])
def test_a_place_without_usable_coordinates_is_named_but_unresolved(latitude: str) -> None:
    (place,) = ged(latitude=latitude).places
    assert (place.id, place.lat) == (None, None)
    assert place.reason


def test_an_unknown_kind_of_violence_makes_no_claim() -> None:
    reading = ged(type_of_violence="9")
    assert reading.claims == ()
    assert [each.code for each in reading.problems] == ["table.kind-unknown"]


def test_an_empty_row_makes_no_claim() -> None:
    reading = read_row(
        Document(id="row", text="", sha256=digest(""), form=Form.UCDP_GED), actors=ACTORS, timezone="Asia/Damascus"
    )
    assert reading.claims == ()
    assert [each.code for each in reading.problems] == ["table.row-empty"]


def test_a_headline_that_names_the_place_and_one_means_tells_the_means() -> None:
    reading = ged(source_headline="Air strikes on Khan Tuman kill four")
    claim = claim_of(reading)
    assert claim.trigger.type.mode == "aerial"
    assert claim.trigger.span.of(reading.document.text) == "Air strikes"


@pytest.mark.parametrize(
    "changes",
    [
        {"source_headline": "Air strikes kill four"},
        {"source_headline": "Air strikes and shelling hit Khan Tuman"},
        {"source_headline": "Air strikes on Khan Tuman", "number_of_sources": "2"},
    ],
)
def test_a_headline_that_may_tell_of_more_tells_no_means(changes: dict[str, str]) -> None:
    assert claim_of(ged(**changes)).trigger.type.mode is None


def test_an_acled_row_tells_its_kind_place_time_and_toll() -> None:
    reading = acled()
    claim = claim_of(reading)
    event = claim.trigger.type
    assert (event.plover, event.mode, event.acled) == (
        "ASSAULT",
        "heavy-weapons",
        "Shelling/artillery/missile attack",
    )
    assert reading.places[0].id == "acled:jisr-shugur"
    assert reading.times[0].value == "2019-03-02"
    assert claim.harm is not None
    assert claim.harm.killed == Range(low=2, high=2)
    assert reading.problems == ()


def test_acled_names_no_direction_but_civilians_do_not_act() -> None:
    claim = claim_of(acled())
    assert [each.actor for each in claim.agents] == ["forces"]
    assert [each.actor for each in claim.recipients] == ["civilians"]
    both = claim_of(acled(sub_event_type="Armed clash", actor2="Islamic State (Syria)"))
    assert [each.actor for each in both.agents] == ["forces", "isil"]


def test_a_week_in_acled_is_any_day_of_it() -> None:
    assert acled(time_precision="2").times[0].value == "2019-02-24/2019-03-08"


def test_an_acled_kind_outside_plover_is_told_but_untyped() -> None:
    event = claim_of(acled(sub_event_type="Other")).trigger.type
    assert (event.plover, event.acled) == (None, "Other")


def test_the_same_row_gives_the_same_claim_and_a_changed_row_another() -> None:
    assert claim_of(ged()).id == claim_of(ged()).id
    assert claim_of(ged()).id != claim_of(ged(best="5")).id


@pytest.mark.gold
@pytest.mark.skipif(not GED.exists(), reason="the shared gold sets are not here")
def test_real_rows_read_back_and_fast() -> None:
    with GED.open(encoding="utf-8", newline="") as lines:
        rows = [row for _, row in zip(range(1500), csv.DictReader(lines), strict=False)]
    documents = [document_of(Form.UCDP_GED, row, {}) for row in rows]
    started = time.process_time()
    readings = [read_row(each, actors=ACTORS, timezone="Asia/Damascus") for each in documents]
    per_second = len(readings) / (time.process_time() - started)
    assert per_second > 1500  # half of what is promised, for a busy machine
    for row, reading in zip(rows, readings, strict=True):
        claim = claim_of(reading)
        assert words(reading)[0] in row["side_a"]
        assert claim.harm is not None
        assert claim.harm.killed is not None
        best, killed = int(row["best"]), claim.harm.killed
        assert killed.low is not None
        assert killed.high is not None
        assert killed.low <= best <= killed.high
        assert reading.times[0].value.startswith(row["date_start"])
