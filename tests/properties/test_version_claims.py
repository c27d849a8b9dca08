"""Every claim of two versions is accounted for once, and a text against itself changes nothing."""

from collections import Counter

from fuse_world import varied_tellings
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse.versions import compare_versions
from truceline.model.revision import ClaimState
from truceline.model.telling import Telling

GONE = {ClaimState.UNCHANGED, ClaimState.CHANGED, ClaimState.WITHDRAWN}
COME = {ClaimState.UNCHANGED, ClaimState.CHANGED, ClaimState.ADDED}


@settings(max_examples=200, deadline=None)
@given(varied_tellings())
def test_a_text_against_itself_is_unchanged_claim_by_claim(told: list[Telling]) -> None:
    changes = compare_versions(told, told)
    assert {each.state for each in changes} <= {ClaimState.UNCHANGED}
    assert [(each.old, each.new) for each in changes] == [(each.claim, each.claim) for each in told]


@settings(max_examples=200, deadline=None)
@given(varied_tellings(), varied_tellings())
def test_every_claim_of_both_texts_is_accounted_for_once(old: list[Telling], new: list[Telling]) -> None:
    changes = compare_versions(old, new)
    assert Counter(each.old for each in changes if each.old is not None) == Counter(each.claim for each in old)
    assert Counter(each.new for each in changes if each.new is not None) == Counter(each.claim for each in new)
    for each in changes:
        assert (each.old is not None) == (each.state in GONE)
        assert (each.new is not None) == (each.state in COME)
        assert bool(each.differences) == (each.state is ClaimState.CHANGED)


@settings(max_examples=100, deadline=None)
@given(varied_tellings(), st.randoms(use_true_random=False))
def test_moved_paragraphs_change_nothing(told: list[Telling], chance: object) -> None:
    moved = list(told)
    chance.shuffle(moved)  # type: ignore[attr-defined]
    assert {each.state for each in compare_versions(told, moved)} <= {ClaimState.UNCHANGED}


@settings(max_examples=100, deadline=None)
@given(varied_tellings(), st.data())
def test_what_is_left_out_is_withdrawn_and_the_rest_stands(told: list[Telling], data: st.DataObject) -> None:
    left_out = data.draw(st.integers(0, len(told) - 1)) if told else 0
    kept = [each for at, each in enumerate(told) if at != left_out]
    states = Counter(each.state for each in compare_versions(told, kept))
    assert states[ClaimState.WITHDRAWN] == len(told) - len(kept)
    assert states[ClaimState.ADDED] == states[ClaimState.CHANGED] == 0
