"""Value by value: what is agreed, by which rule, and what stays side by side."""

import pytest
from fuse_makers import ACTORS, SOURCES, only, speaker, tell_of

from truceline.fuse import fuse
from truceline.model.grading import Grading
from truceline.model.incident import AgreedValue, SumNote
from truceline.model.telling import Telling

STRIKE = ("air strike", "Kafr Nabl", "2016-05-05")
CAMPS = Grading(camps=(("external-russia", "government"),))


def value(what: str, *told: Telling) -> AgreedValue:
    found = fuse(told, window_hours=36, window_km=15, sources=SOURCES, actors=ACTORS, grading=CAMPS).incidents
    assert len(found) == 1
    return next(each for each in found[0].agreed if each.what == what)


def bounds(each: AgreedValue) -> tuple[str | None, str | None, str | None]:
    return each.low, each.best, each.high


def tolls(
    *killed: tuple[int | None, int | None], sources: tuple[str, ...] = ("reuters", "afp", "un", "sohr")
) -> AgreedValue:
    return value(
        "killed", *(tell_of(*STRIKE, claim=f"c{at}", source=sources[at], killed=each) for at, each in enumerate(killed))
    )


@pytest.mark.parametrize(
    ("killed", "rule", "agreed"),
    [
        (((12, 12),), "one", ("12", "12", "12")),
        (((12, None),), "one", ("12", None, None)),
        (((12, 12), (12, 12)), "agree", ("12", "12", "12")),
        (((12, 12), (10, 15)), "agree", ("12", "12", "12")),
        (((28, 28), (28, None)), "agree", ("28", "28", "28")),
        (((4, 4), (5, 5)), "close", ("4", "4", "5")),
        (((40, 40), (42, 42), (45, 45)), "close", ("40", "42", "45")),
        (((14, None), (27, None), (50, None)), "floor", ("14", None, None)),
        (((3, None), (16, 16)), "bounded", ("3", "16", "16")),
        (((12, 12), (30, 30)), "differ", (None, None, None)),
    ],
)
def test_a_toll_is_agreed_by_the_rule_that_fits(killed, rule: str, agreed: tuple[str | None, ...]) -> None:  # type: ignore[no-untyped-def]
    found = tolls(*killed)
    assert found.rule == rule
    assert bounds(found) == agreed
    assert len([claim for each in found.told for claim in each.claims]) == len(killed)


def test_one_side_of_the_war_agrees_with_nobody_but_itself() -> None:
    assert tolls((9, 9), (9, 9), sources=("sana", "sputnik")).rule == "one side"
    assert tolls((9, 9), (9, 9), sources=("sana", "rebel-media")).rule == "agree"


def test_papers_that_quote_one_agency_agree_as_one() -> None:
    agency = (speaker("Reuters"),)
    told = [
        tell_of(*STRIKE, claim=f"c{at}", source=name, killed=(9, 9), chain=agency)
        for at, name in enumerate(("daily", "gazette"))
    ]
    found = value("killed", *told)
    assert (found.rule, found.origins_count) == ("one", 1)


def test_a_later_report_of_the_same_origin_replaces_its_earlier_value() -> None:
    early = tell_of(*STRIKE, claim="a", killed=(9, 9), published="2016-05-05 12:00")
    late = tell_of(*STRIKE, claim="b", killed=(14, 14), published="2016-05-06 12:00")
    found = value("killed", late, early)
    assert (found.rule, bounds(found), found.superseded) == ("one", ("14", "14", "14"), ("a",))
    assert [each.value for each in found.told] == ["14", "9"]


def test_one_origin_that_tells_two_values_at_once_agrees_on_none() -> None:
    told = (
        tell_of(*STRIKE, claim="a", killed=(9, 9), published="2016-05-05 12:00"),
        tell_of(*STRIKE, claim="b", killed=(20, 20), published="2016-05-05 12:00"),
    )
    assert value("killed", *told).rule == "unsettled"


def test_who_nobody_knows_is_said_to_be_so() -> None:
    assert value("killed", tell_of(*STRIKE, claim="a", source=None, killed=(9, 9))).rule == "one unknown"


def test_what_is_only_held_possible_agrees_with_nobody() -> None:
    told = (
        tell_of(*STRIKE, claim="a", killed=(9, 9)),
        tell_of(*STRIKE, claim="b", source="afp", killed=(9, 9), factuality=1.0),
    )
    assert value("killed", *told).rule == "one"


def test_places_doers_and_weapons_are_agreed_by_name() -> None:
    told = (
        tell_of(*STRIKE, claim="a", by="russia", killed=(9, 9)),
        tell_of(*STRIKE, claim="b", by="russia", source="afp", killed=(9, 9)),
        tell_of(*STRIKE, claim="c", by="army", source="un", killed=(9, 9)),
    )
    assert (value("place", *told).rule, value("place", *told).best) == ("agree", "Kafr Nabl")
    assert (value("weapon", *told).rule, value("weapon", *told).best) == ("agree", "aircraft")
    assert (value("actor", *told[:2]).rule, value("actor", *told[:2]).best) == ("agree", "Russia")
    assert (value("actor", *told).rule, value("actor", *told).best) == ("differ", None)


def test_an_hour_is_agreed_within_an_hour_and_a_half_and_a_morning_has_no_best_one() -> None:
    told = (
        tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="b", source="afp"),
    )
    assert (value("hour", *told).rule, value("hour", *told).best) == ("agree", "2016-05-05T14:00Z")


# --- numbers that do not go together ----------------------------------------------------------------------------


def notes(quote: str) -> tuple[SumNote, ...]:
    return only(tell_of(*STRIKE, claim="a", quote=quote)).sums


def test_a_total_that_its_parts_do_not_make_is_a_note_with_the_numbers() -> None:
    (note,) = notes("The centre recorded 15 violations: 11 in Aleppo, one in Damascus, one in Hama and one in Latakia.")
    assert (note.what, note.stated, note.added, note.claims) == ("sum", 15, 14, ("a",))
    assert note.parts == ((11, "11 in Aleppo"), (1, "one in Damascus"), (1, "one in Hama"), (1, "one in Latakia"))
    assert note.words == "15 stated as the total, 14 by adding up its parts"


def test_a_part_larger_than_its_whole_is_a_note() -> None:
    (note,) = notes("Twelve people were killed, fifteen of them children, in the strike.")
    assert (note.what, note.stated, note.added) == ("part", 12, 15)


@pytest.mark.parametrize(
    "quote",
    [
        "The centre recorded 14 violations: 11 in Aleppo, one in Damascus, one in Hama and one in Latakia.",
        "Fifteen people were killed, twelve of them children, in the strike.",
        "At 12:30 shells fell on the market, three of them beside the school.",
        "On 5 May rockets were fired, eleven of them at the base.",
    ],
)
def test_numbers_that_go_together_make_no_note(quote: str) -> None:
    assert notes(quote) == ()
