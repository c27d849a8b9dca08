"""Totals that do not come to the sum of their parts."""

import pytest
from fuse_makers import only, tell_of

from truceline.fuse.sums import Sum, parse_sum


@pytest.mark.parametrize(
    ("sentence", "stated", "added"),
    [
        ("The centre recorded 15 violations: 11 in Aleppo, one in Damascus, one in Hama and one in Latakia.", 15, 14),
        ("Fifteen towns heard that 6 violations were registered: Aleppo (3), Hama (2), Latakia (1).", 6, 6),
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


def test_a_bulletin_that_does_not_add_up_is_flagged() -> None:
    quote = "Over the day 15 violations were registered: 11 in Aleppo, 1 in Damascus, 1 in Hama, 1 in Latakia"
    incident = only(tell_of("attack", "Syria", "2016-03-06", claim="a", quote=quote))
    flagged = next(each for each in incident.contradictions if each.what == "sum")
    assert [each.value for each in flagged.variants] == ["15 stated", "14 by adding its parts"]
