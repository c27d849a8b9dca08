"""Totals that do not come to the sum of their parts."""

import pytest
from fuse_makers import groups, only, tell_of

from truceline.fuse.sums import Sum, parse_sum


@pytest.mark.parametrize(
    ("sentence", "stated", "added"),
    [
        ("The centre recorded 15 violations: 11 in Aleppo, one in Damascus, one in Hama and one in Latakia.", 15, 14),
        ("Fifteen towns heard that 6 violations were registered: Aleppo (3), Hama (2), Latakia (1).", 6, 6),
        (
            "In one day 8 violations were registered: in Aleppo province 4, in Hama province 2, in Homs province 2.",
            8,
            8,
        ),
        ("In 24 hours 20 violations were recorded – 12 in Aleppo, 8 in Daraa", 20, 20),
        ("Seven breaches were counted (four in Aleppo and two in Idlib)", 7, 6),
    ],
)
def test_a_total_is_held_against_its_parts(sentence: str, stated: int, added: int) -> None:
    assert parse_sum(sentence) == Sum(stated=stated, added=added, partial=False)


@pytest.mark.parametrize(
    "sentence",
    [
        "An air strike killed 5 people in Idlib on 5 May.",
        "At 14:30, shells fell: three on the market and many elsewhere.",
        "Rebels said: 3 killed, 5 wounded and the base burning",
        "",
        "12 km south: 3 shells, 2 rockets",
    ],
)
def test_no_sum_is_read_into_a_sentence_that_lists_none(sentence: str) -> None:
    assert parse_sum(sentence) is None


def test_parts_named_as_examples_may_come_to_less_but_not_to_more() -> None:
    fewer = parse_sum("The strike killed 10 people, including 3 children and 2 women.")
    more = parse_sum("The strike killed 4 people, including 3 children and 2 women.")
    assert fewer is not None
    assert not fewer.is_off
    assert more is not None
    assert more.is_off


BULLETIN = "In a day 15 violations were registered: in Aleppo province 11, in Damascus province 1, in Hama province 1."


def test_a_bulletin_that_does_not_add_up_is_flagged() -> None:
    incident = only(tell_of("untyped", None, "2016-03-06", claim="a", quote=BULLETIN))
    flagged = next(each for each in incident.contradictions if each.what == "sum")
    assert [each.value for each in flagged.variants] == ["15 stated", "13 by adding its parts"]
    assert incident.title == "Violations counted, 6 March 2016"


def test_a_count_told_by_two_words_of_its_sentence_is_one() -> None:
    told = tell_of("untyped", None, "2016-03-06", claim="a", document="d", quote=BULLETIN)
    again = tell_of("violation", None, "2016-03-06", claim="b", document="d", quote=BULLETIN)
    assert len(only(told, again).versions) == 1


def test_a_count_joins_no_act() -> None:
    told = tell_of("untyped", "Aleppo", "2016-03-06", claim="a", document="d", quote=BULLETIN)
    act = tell_of("shelling", "Aleppo", "2016-03-06", claim="b", document="d", span=(100, 120))
    assert groups(told, act) == [["a"], ["b"]]


def test_a_breach_alleged_without_a_count_is_a_statement() -> None:
    assert groups(tell_of("violation", "Aleppo", "2016-03-06", claim="a", by="rebels")) == []
