"""Reports that state no day: what days of publication, growing tolls and words of going on say of two of them."""

from fuse_makers import groups, tell_of

from truceline.fuse.cards import lay_out
from truceline.model.telling import Telling


def shelled(claim: str, published: str, quote: str = "", **given: object) -> Telling:
    return tell_of("shelling", "Kafr Nabl", claim=claim, published=published, quote=quote, **given)


def test_undated_reports_of_one_day_on_one_village_are_one_act() -> None:
    assert groups(shelled("a", "2016-05-05"), shelled("b", "2016-05-05", source="afp")) == [["a", "b"]]


def test_undated_reports_of_neighbouring_days_need_more_than_place_and_kind() -> None:
    assert groups(shelled("a", "2016-05-05"), shelled("b", "2016-05-06", source="afp")) == [["a"], ["b"]]


def test_undated_reports_two_days_apart_are_two_acts() -> None:
    told = {"killed": (7, 7)}
    assert groups(shelled("a", "2016-05-05", **told), shelled("b", "2016-05-07", **told, source="afp")) == [
        ["a"],
        ["b"],
    ]


def test_an_act_told_as_one_more_is_not_the_one_before() -> None:
    renewed = shelled("b", "2016-05-05", "Renewed shelling hit Kafr Nabl", source="afp")
    going_on = shelled("c", "2016-05-05", "Shelling of Kafr Nabl for the third day in a row", source="daily")
    first = shelled("a", "2016-05-05", "Shelling hit Kafr Nabl")
    assert groups(first, renewed) == [["a"], ["b"]]
    assert groups(first, going_on) == [["a"], ["c"]]


def test_words_of_going_on_count_beside_the_act_only() -> None:
    talks_go_on = shelled("b", "2016-05-05", "Shelling hit Kafr Nabl while talks on a new text continued", source="afp")
    assert not lay_out(talks_go_on).further
    assert groups(shelled("a", "2016-05-05"), talks_go_on) == [["a", "b"]]


def test_a_toll_that_has_grown_joins_the_act_of_days_before() -> None:
    grown = shelled(
        "b", "2016-05-08", "Two more deaths raise the toll of the shelling of Kafr Nabl to 16", killed=(16, 16)
    )
    assert groups(shelled("a", "2016-05-05", killed=(14, 14)), grown) == [["a", "b"]]


def test_a_new_toll_that_raises_a_longer_sum_is_no_growth() -> None:
    fresh = shelled(
        "b", "2016-05-08", "Shelling of Kafr Nabl killed 16, raising the toll of the month to 90", killed=(16, 16)
    )
    assert groups(shelled("a", "2016-05-05", killed=(14, 14)), fresh) == [["a"], ["b"]]


def test_a_toll_that_shrank_is_no_growth_of_the_earlier_one() -> None:
    other = shelled("b", "2016-05-08", "Another death raises the toll of the shelling of Kafr Nabl to 4", killed=(4, 4))
    assert groups(shelled("a", "2016-05-05", killed=(14, 14)), other) == [["a"], ["b"]]


def test_a_bombing_is_the_explosion_that_another_tells_of() -> None:
    bombing = tell_of("attack", "Aleppo", claim="b", published="2016-05-05", source="afp", trigger="bombing")
    attack = tell_of("attack", "Aleppo", claim="c", published="2016-05-05", source="daily")
    blast = tell_of("explosion", "Aleppo", claim="a", published="2016-05-05")
    assert groups(blast, bombing) == [["a", "b"]]
    assert groups(blast, attack) == [["a"], ["c"]]


def test_a_bombing_from_the_air_is_no_explosion_on_the_ground() -> None:
    raid = tell_of("air strike", "Aleppo", claim="b", published="2016-05-05", source="afp", trigger="bombing")
    blast = tell_of("explosion", "Aleppo", claim="a", published="2016-05-05")
    assert groups(blast, raid) == [["a"], ["b"]]


def test_two_massacres_told_of_one_place_and_day_are_one() -> None:
    told = [
        tell_of("killing", "Aleppo", claim=claim, published="2016-05-05", source=source, trigger="massacre")
        for claim, source in (("a", "afp"), ("b", "daily"))
    ]
    assert groups(*told) == [["a", "b"]]
