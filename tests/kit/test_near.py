"""How alike two wordings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.kit.near import (
    containment,
    content_words,
    find_shingles,
    find_words,
    fold_loosely,
    jaccard,
    stable_hash,
)

sets = st.frozensets(st.integers(0, 20))


@pytest.mark.parametrize("name", ["Khan Tuman", "Khān al-Ṭūmān", "KHAN  TUMAN", "the Khan-Tuman"])
def test_spellings_of_one_place_fold_alike(name: str) -> None:
    assert fold_loosely(name) == "khan tuman"


def test_a_name_that_is_all_articles_keeps_them() -> None:
    assert fold_loosely("Al") == "al"
    assert fold_loosely("") == ""


def test_content_words_leave_out_what_says_nothing() -> None:
    assert content_words("The army said that 3 shells had hit the market") == {"army", "3", "shells", "hit", "market"}


def test_every_run_of_words_is_a_shingle() -> None:
    assert len(find_shingles("a b c d e f g")) == 3
    assert find_shingles("a b c") == find_shingles("A  B, C!")
    assert find_shingles("") == frozenset()


def test_hashes_are_the_same_in_every_process() -> None:
    assert stable_hash("khan tuman") == 7298961982515411961


@given(sets, sets)
def test_likeness_is_the_same_both_ways_and_within_bounds(one: frozenset[int], other: frozenset[int]) -> None:
    for alike in (jaccard, containment):
        assert alike(one, other) == alike(other, one)
        assert 0 <= alike(one, other) <= 1
    assert jaccard(one, other) <= containment(one, other)


def test_nothing_is_not_like_nothing() -> None:
    assert jaccard(frozenset(), frozenset()) == 0
    assert containment(frozenset(), frozenset({1})) == 0


def test_words_come_in_order() -> None:
    assert find_words("Aleppo's west, 2 km") == ["aleppo's", "west", "2", "km"]
