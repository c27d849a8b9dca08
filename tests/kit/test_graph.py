"""Who stands above whom."""

from hypothesis import given
from hypothesis import strategies as st

from truceline.kit.graph import find_ancestors
from truceline.kit.memo import Same


def test_all_that_lies_above_is_found() -> None:
    assert find_ancestors({"centre": ["ministry"], "ministry": ["state"], "state": []})["centre"] == {
        "ministry",
        "state",
    }


def test_a_parent_that_nobody_listed_is_still_above() -> None:
    assert find_ancestors({"brigade": ["front"]})["brigade"] == {"front"}


@given(st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3)))
def test_rings_end_and_nobody_is_above_himself(parents: dict[int, list[int]]) -> None:
    for node, above in find_ancestors(parents).items():
        assert node not in above
        assert all(parent in above for parent in parents[node] if parent != node)


def test_a_key_is_the_same_for_the_same_thing_only() -> None:
    one, equal = [1], [1]
    assert Same(one) == Same(one)
    assert hash(Same(one)) == hash(Same(one))
    assert Same(one) != Same(equal)
    assert Same(one) != one
