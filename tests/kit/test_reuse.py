"""Prints and equal stretches: whatever the words, a shared run is found and what is found is equal."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from truceline.kit.reuse import RUN, WINDOW, Worded, find_prints, find_worded, follow

words = st.lists(
    st.sampled_from(["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"]), max_size=60
)


def worded(some: list[str]) -> Worded:
    return find_worded(" ".join(some))


def test_words_read_back_and_numbers_are_marked() -> None:
    text = "At 05:30, «Two» shells — it's said — hit H1."
    found = find_worded(text, marked=frozenset({"two"}), alike={"two": "2"})
    read = [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    assert read == ["At", "05", "30", "Two", "shells", "it's", "said", "hit", "H1"]
    assert [word for word, marked in zip(read, found.marked, strict=True) if marked] == ["05", "30", "Two", "H1"]


@given(words, words, st.lists(st.integers(0, 10**6), min_size=RUN + WINDOW - 1, max_size=20))
def test_a_shared_run_of_eight_words_always_shares_a_print(before: list[str], after: list[str], run: list[int]) -> None:
    shared = [f"n{each}" for each in run]
    one, _ = find_prints(worded([*before, *shared]).ids)
    other, _ = find_prints(worded([*shared, *after]).ids)
    assert set(one.tolist()) & set(other.tolist())


@given(words)
def test_prints_stand_in_text_order_within_the_text(some: list[str]) -> None:
    ids = worded(some).ids
    prints, positions = find_prints(ids)
    assert len(prints) == len(positions)
    assert (np.diff(positions) > 0).all()
    assert all(0 <= each <= len(ids) - RUN for each in positions)


@given(words, words, st.integers(0, 59), st.integers(0, 59))
def test_what_is_followed_is_equal_and_never_runs_back(one: list[str], other: list[str], i: int, j: int) -> None:
    here, there = worded(one).ids, worded(other).ids
    if i >= len(here) or j >= len(there):
        return
    forward = follow(here, there, (i, j), stop=len(here))
    for block in forward:
        assert block.length > 0
        assert (here[block.here : block.here + block.length] == there[block.there : block.there + block.length]).all()
    for first, second in pairwise(forward):
        assert first.here + first.length <= second.here
        assert first.there + first.length <= second.there
    for block in follow(here, there, (i, j), stop=0, step=-1):
        assert block.here >= 0
        assert block.there >= 0
        assert (here[block.here : block.here + block.length] == there[block.there : block.there + block.length]).all()
