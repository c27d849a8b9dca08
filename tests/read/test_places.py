"""Places: which words name one, and which one they mean. The linguistic cases are in cases/read/places.txt."""

from pathlib import Path

import pytest
from place_makers import named, told, words

from truceline.flow.mission import load_mission
from truceline.model.place import Precision, Toponym
from truceline.read.gazetteer import open_gazetteer
from truceline.read.offsets import move_offsets
from truceline.read.places import find_places
from truceline.read.places_anaphora import resolve_anaphora

CASES = Path(__file__).parents[1] / "cases" / "read" / "places.txt"
MISSION = Path(__file__).parents[2] / "missions" / "syria-2016"


def blocks() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """(passage, expected (words, name, precision)) of every block of the case file."""
    found = []
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and line[0] not in "#@"]
        passage = "\n".join(line for line in lines if not line.startswith(">"))
        wanted = [tuple(cell.strip() for cell in line[1:].split("|")) for line in lines if line.startswith(">")]
        if passage:
            found.append((passage, wanted))
    return found  # type: ignore[return-value]


@pytest.fixture(scope="module")
def reading() -> object:
    mission = load_mission(MISSION)
    gazetteer = open_gazetteer(mission.places, countries=mission.countries)

    def read(text: str) -> list[Toponym]:
        found = list(find_places(text, gazetteer=gazetteer, countries=mission.countries))
        return list(move_offsets(text, sorted([*found, *resolve_anaphora(text, found)], key=lambda each: each.span)))

    return read


@pytest.mark.parametrize(("passage", "wanted"), blocks())
def test_a_passage_names_the_places_a_monitor_would_note(
    reading: object, passage: str, wanted: list[tuple[str, str, str]]
) -> None:
    found = reading(passage)  # type: ignore[operator]
    got = [(place.name or "unresolved", place.precision.value if place.precision else "-") for place in found]
    assert got == [(name, precision) for _, name, precision in wanted]
    for place, (expected, _, _) in zip(found, wanted, strict=True):
        said = place.span.of(passage)
        assert said in expected or expected in said


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton opened the show.",
        "Mr. Jordan said the truce would hold.",
        "The analyst Blanche Lincoln disagreed. Lincoln said it was too early.",
        "Aleppo Soap Company sold more in March.",
        "He read the Moscow Times on a Sunday in May.",
        "Syrian and Russian officials told the French delegation that Turks had left.",
        "Reading is fun. Nice work. Police were mobile.",
        "Of the ten, five may march.",
        "Lavrov called Kerry.",
    ],
)
def test_persons_bodies_peoples_and_ordinary_words_are_no_places(text: str) -> None:
    assert words(text, named(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man from Reading, Pa., was held.", {"Reading": "US", "Pa.": "US"}),
        ("Fire in Alexandria, Va., killed two.", {"Alexandria": "US", "Va.": "US"}),
        ("The ferry left Alexandria, Egypt.", {"Alexandria": "EG", "Egypt": "EG"}),
        ("The mayor of Paris, Texas, resigned.", {"Paris": "US", "Texas": "US"}),
        ("Rain fell in Paris and Lyon.", {"Paris": "FR", "Lyon": "FR"}),
        ("They fled from Nice to Mobile, Alabama.", {"Nice": "FR", "Mobile": "US", "Alabama": "US"}),
    ],
)
def test_what_a_place_lies_in_decides_which_one_is_meant(text: str, expected: dict[str, str]) -> None:
    assert {place.span.of(text): place.country for place in named(text)} == expected


def test_the_other_places_of_a_document_decide_an_ambiguous_name() -> None:
    local = "Troopers from Lufkin and Crockett searched near Palestine. Lufkin is in Texas."
    abroad = "Israel and Jordan spoke of Palestine. Gaza and Ramallah were quiet."
    assert next(each for each in named(local) if each.span.of(local) == "Palestine").country == "US"
    assert next(each for each in named(abroad) if each.span.of(abroad) == "Palestine").country == "PS"


def test_one_name_means_one_place_throughout_a_document() -> None:
    text = "Police in Springfield, Ill., found him. Springfield has a new mayor."
    found = [each for each in named(text) if each.span.of(text) == "Springfield"]
    assert len(found) == 2
    assert {each.admin1 for each in found} == {"Illinois"}


def test_the_bare_name_is_the_town_and_with_its_noun_the_governorate() -> None:
    text = "Idlib was hit. Later Idlib province was hit."
    town, province = named(text, countries=("SY",))
    assert (town.precision, province.precision) == (Precision.SETTLEMENT, Precision.ADMIN1)


def test_runners_up_are_kept_with_smaller_chances() -> None:
    (place,) = named("A bomb went off in Springfield.")
    assert place.runners_up
    assert all(other.chance <= place.chance for other in place.runners_up)
    assert place.chance + sum(other.chance for other in place.runners_up) <= 1.0 + 1e-6


def test_a_village_no_gazetteer_holds_is_named_but_not_placed() -> None:
    text = "Shells fell on the village of Tarfarawi at noon."
    (place,) = named(text, countries=("SY",))
    assert place.span.of(text) == "Tarfarawi"
    assert (place.id, place.lat, place.lon) == (None, None, None)
    assert place.reason


def test_a_small_place_abroad_is_not_guessed_into_a_war_elsewhere() -> None:
    text = "Shells hit the Badou neighbourhood in Aleppo."
    found = {place.span.of(text): place for place in named(text, countries=("SY",))}
    assert found["Aleppo"].country == "SY"
    assert found["Badou"].id == found["Aleppo"].id  # a part of the city, which no gazetteer knows by itself
    assert "a part of Aleppo" in found["Badou"].reason


def test_a_large_city_abroad_is_understood_though_no_country_is_named() -> None:
    text = "The talks moved from Geneva to Istanbul."
    assert {place.span.of(text): place.country for place in named(text, countries=("SY",))} == {
        "Geneva": "CH",
        "Istanbul": "TR",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The “Olive Branch” operation went on.",
        "Operation Olive Branch went on.",
        "The al-Quds Brigade lost nine men.",
        "Turkistan Islamic Party fighters left.",
    ],
)
def test_operations_and_armed_groups_are_no_places(text: str) -> None:
    assert words(text, named(text, countries=("SY",))) == []


def test_the_city_points_back_to_the_last_settlement_named() -> None:
    text = "Civilians in Aleppo fled. Armed men appeared north of the city, far from Turkey."
    pointed = [each for each in told(text) if each.reason]
    assert words(text, pointed) == ["north of the city"]
    assert pointed[0].id == "geonames:170063"
    assert pointed[0].reason == "points back to 'Aleppo'"


def test_the_city_with_nothing_before_it_points_nowhere() -> None:
    assert told("The city fell. Then Homs fell.")[0].name == "Homs"


def test_reading_twice_gives_the_same() -> None:
    text = "Springfield, Georgetown and Salem in the same story, with Kingston."
    assert named(text) == named(text)


def test_a_text_without_letters_names_nothing() -> None:
    assert named("") == named("12 345, 67 — …") == []
