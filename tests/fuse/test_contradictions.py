"""What tellings of one incident differ in is kept side by side."""

import pytest
from fuse_makers import denial, only, tell_of, words

from truceline.model.incident import Contradiction
from truceline.model.telling import Telling


def found(what: str, *tellings: Telling) -> Contradiction | None:
    return next((each for each in only(*tellings).contradictions if each.what == what), None)


def values(what: str, *tellings: Telling) -> list[str]:
    contradiction = found(what, *tellings)
    assert contradiction is not None
    return [each.value for each in contradiction.variants]


def test_tolls_that_do_not_meet_stand_side_by_side() -> None:
    assert values(
        "killed",
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia", killed=(3, 3)),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", killed=(5, 7), source="afp"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="c", by="russia", killed=(3, 4), source="daily"),
    ) == ["3", "5–7"]


def test_at_least_three_and_five_agree() -> None:
    assert (
        found(
            "killed",
            tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", killed=(3, None)),
            tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", killed=(5, 5), source="afp"),
        )
        is None
    )


def test_two_hours_apart_is_a_contradiction_of_hours() -> None:
    assert values(
        "hour",
        tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05 16:00", claim="b", by="russia", source="afp"),
    ) == ["2016-05-05T14:00", "2016-05-05T16:00"]


def test_a_day_and_an_hour_of_it_agree() -> None:
    assert (
        found(
            "hour",
            tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a", by="russia"),
            tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
        )
        is None
    )


def test_different_agents_are_named_by_their_neutral_names() -> None:
    assert values(
        "agent",
        tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="a", by="army", to=words("the hospital"), killed=(7, 7)),
        tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="b", by="ahrar", to=words("a hospital"), killed=(7, 7)),
    ) == ["Ahrar al-Sham", "Syrian army"]


def test_the_army_and_its_government_do_not_contradict_each_other() -> None:
    assert (
        found(
            "agent",
            tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="a", by="army"),
            tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="b", by="gov", source="afp"),
        )
        is None
    )


def test_a_drone_and_an_aircraft_are_kept_as_different_means() -> None:
    assert values(
        "means",
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        tell_of("drone strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
    ) == ["Air strike", "Drone strike"]


def test_a_denial_stands_beside_what_it_denies() -> None:
    contradiction = found(
        "denial",
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        denial("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="sputnik"),
    )
    assert contradiction is not None
    assert [(each.value, each.claims) for each in contradiction.variants] == [("told", ("a",)), ("denied", ("b",))]


@pytest.mark.parametrize("what", ["agent", "hour", "place", "means", "killed", "sum", "denial"])
def test_tellings_that_agree_contradict_in_nothing(what: str) -> None:
    told = tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a", by="russia", killed=(3, 3))
    again = tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="b", by="russia", killed=(3, 3), source="afp")
    assert found(what, told, again) is None
