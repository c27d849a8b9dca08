"""Places whose words somebody else has marked: each is told where it is, by the reader's own choice."""

import pytest
from place_makers import ALEPPO, syria, world

from truceline.kit.geo import haversine_km
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.read.places import find_places, locate


def given(text: str, *words: str) -> list[Toponym]:
    spans = [Span(text.index(each), text.index(each) + len(each)) for each in words]
    return locate(text, spans, gazetteer=world())


def test_every_span_has_its_answer_in_the_order_given() -> None:
    text = "Shells fell on Aleppo, then on Homs."
    assert [each.span.of(text) for each in given(text, "Homs", "Aleppo")] == ["Homs", "Aleppo"]


def test_what_the_reader_finds_by_itself_is_placed_the_same() -> None:
    text = "Trains from Springfield, Illinois, to Paris stop in Vienna."
    found = list(find_places(text, gazetteer=world()))
    again = locate(text, [each.span for each in found], gazetteer=world())
    assert [each.id for each in again] == [each.id for each in found]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("A Syrian convoy", "Syrian", "Syria"),
        ("a European envoy", "European", "Europe"),
        ("Canada's envoy", "Canada's", "Canada"),
        ("the town's name is aleppo", "aleppo", "Aleppo"),
        ("a mill at Moline, Ill.", "Ill.", "Illinois"),
    ],
)
def test_marked_words_need_no_look_of_a_name(text: str, words: str, name: str) -> None:
    assert [each.name for each in given(text, words)] == [name]


def test_a_longer_name_that_is_not_known_lies_by_the_name_within_and_is_less_sure() -> None:
    whole, part = given("Wounded from Aleppo went to Aleppo Blue Hall.", "Aleppo", "Aleppo Blue Hall")
    assert (part.name, part.chance < whole.chance) == ("Aleppo", True)
    assert "only the name within" in part.reason


def test_what_is_not_known_at_all_lies_near_the_place_named_nearest_to_it() -> None:
    text = "Trucks left Homs. In Aleppo they stopped at Qvxrtz Hall."
    hall = given(text, "Homs", "Aleppo", "Qvxrtz Hall")[2]
    assert hall.lat is not None
    assert hall.lon is not None
    assert haversine_km(hall.lat, hall.lon, *ALEPPO) < 1
    assert (hall.precision, (hall.radius_km or 0) >= 25, hall.chance < 0.8) == (Precision.NEAR, True, True)
    assert "not in the gazetteer" in hall.reason


def test_without_any_place_beside_it_it_stays_unresolved() -> None:
    (hall,) = given("They met at Qvxrtz Hall.", "Qvxrtz Hall")
    assert (hall.id, hall.lat, hall.reason) == (None, None, "no place of that name in the gazetteer")


def test_a_possessive_is_no_other_places_name() -> None:
    assert [each.name for each in find_places("Nothing was said on Canada's border.", gazetteer=world())] == ["Canada"]


@pytest.mark.parametrize("text", ["They go to Canada, Mexico and Cuba.", "They go from Greece, Canada and Cuba."])
def test_lands_in_a_row_do_not_lie_inside_each_other(text: str) -> None:
    assert all(each.precision is Precision.COUNTRY for each in find_places(text, gazetteer=world()))


def test_the_missions_country_is_preferred() -> None:
    text = "Shells hit Tripoli."
    span = Span(text.index("Tripoli"), len(text) - 1)
    assert locate(text, [span], gazetteer=syria(), countries=("LB",))[0].country == "LB"
