"""A number that counts something is no year, in digits or words."""

import pytest

from truceline.read.sentences import parse_texts
from truceline.read.times import find_times


@pytest.mark.parametrize("text", ["The factions violated the truce two thousand times.", "They counted 2000 shells."])
def test_a_number_that_counts_is_no_year(text: str) -> None:
    doc = next(parse_texts([text]))
    assert list(find_times(text, published_at=None, doc=doc)) == []


def test_a_year_in_words_is_a_year() -> None:
    text = "Nobody has lived there since nineteen ninety-six."
    doc = next(parse_texts([text]))
    assert [when.value for when in find_times(text, published_at=None, doc=doc)] == ["1996"]
