"""Chances of places that keep their word, and names left unresolved where the evidence points nowhere."""

import pytest
from place_makers import syria, world

from truceline.model.place import Place, Precision, Toponym
from truceline.read.gazetteer import Named
from truceline.read.places import find_places
from truceline.read.places_chance import calibrated


def settlement(kind: str, people: int) -> Place:
    return Place(
        id="test:harran",
        name="Harran",
        lat=36.0,
        lon=37.0,
        kind=kind,
        precision=Precision.SETTLEMENT,
        radius_km=2.0,
        country="SY",
        population=people,
    )


TOWN = settlement("town", 20_000)


def chance(named: Named, **given: object) -> float:
    evidence: dict[str, object] = {"key": "harran", "use": 0.98, "choice": 0.98, "alone": False, "home": False}
    return calibrated(named, **{**evidence, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"use": 0.7}, {"use": 0.99}),
        ({"choice": 0.5}, {"choice": 0.99}),
        ({"home": False}, {"home": True}),
    ],
)
def test_what_speaks_for_a_place_raises_its_chance(less: dict[str, object], more: dict[str, object]) -> None:
    named = Named(TOWN, main=True)
    assert 0 < chance(named, **less) < chance(named, **more) < 1


def test_a_place_that_only_goes_by_the_name_besides_its_own_is_less_sure() -> None:
    assert chance(Named(TOWN, main=False)) < chance(Named(TOWN, main=True))


def test_a_small_place_is_less_sure_than_a_large_one() -> None:
    assert chance(Named(settlement("village", 200), main=True)) < chance(Named(TOWN, main=True))


def test_nothing_is_certain_even_where_the_gazetteer_knows_no_other() -> None:
    assert chance(Named(TOWN, main=True), alone=True, choice=1.0, use=1.0) < 1


def read(text: str) -> list[Toponym]:
    return list(find_places(text, gazetteer=world()))


def test_a_place_and_its_runners_up_share_no_more_than_certainty() -> None:
    for each in read("Trains from Springfield to Paris stop in Georgia, Lincoln and Vienna."):
        assert each.chance + sum(other.chance for other in each.runners_up) <= 1.01


def test_a_small_town_of_a_country_that_nothing_points_to_stays_unresolved() -> None:
    aleppo, stranger = read("Shells fell on Aleppo, then on the road to Arbin.")
    assert (aleppo.id is not None, stranger.id) == (True, None)
    assert "outside everything else" in stranger.reason


@pytest.mark.parametrize("words", ["a trip from Aleppo to Arbin, France", "a French family went from Aleppo to Arbin"])
def test_it_is_placed_where_the_text_says_its_country(words: str) -> None:
    assert next(each for each in read(words) if each.span.of(words) == "Arbin").country == "FR"


def test_the_first_word_of_a_longer_arabic_name_is_no_place_by_itself() -> None:
    assert [each.name for each in read("Shells hit Jisr al-Shughur.")] == ["Jisr ash Shughūr"]
    assert all(each.id is None for each in read("Shells hit Jisr al-Quffa."))


def test_a_small_town_of_the_mission_needs_nothing_to_point_to_its_country() -> None:
    text = "A depot exploded in Darkush near Ankara."
    found = list(find_places(text, gazetteer=syria(), countries=("SY", "TR")))
    assert [each.country for each in found] == ["SY", "TR"]
