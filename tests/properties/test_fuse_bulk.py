"""Scores worked out for many pairs at once are those of `compare`, which alone says why."""

from itertools import combinations

import numpy as np
from fuse_world import FRAME, varied_tellings
from hypothesis import given, settings

from truceline.fuse.block import Block, lay_block
from truceline.fuse.cards import lay_out
from truceline.fuse.columns import Ints
from truceline.fuse.compare import FEATURES, Comparison, compare
from truceline.fuse.policy import FORBIDDEN, weights
from truceline.fuse.refer import link_references
from truceline.fuse.worthy import find_bar
from truceline.model.telling import Telling


def lay(told: list[Telling]) -> tuple[Block, Ints, Ints, list[Comparison]]:
    """A block, all its pairs, and what `compare` says of each."""
    cards = link_references([lay_out(each) for each in told if find_bar(each) is None], FRAME)
    pairs = list(combinations(range(len(cards)), 2))
    here, there = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    return lay_block(cards, FRAME), here, there, [compare(cards[one], cards[other], FRAME) for one, other in pairs]


@settings(max_examples=400, deadline=None)
@given(varied_tellings())
def test_scores_and_evidence_are_those_of_compare(told: list[Telling]) -> None:
    block, here, there, compared = lay(told)
    pairs = block.bulk.score(here, there)
    assert pairs.score.tolist() == [each.score for each in compared]
    assert pairs.against.tolist() == [each.against for each in compared]
    names = [each.__name__ for each in FEATURES]
    for levels, each in zip(block.bulk.levels(here, there), compared, strict=True):
        evidence = {piece.feature: piece.level for piece in each.evidence}
        assert evidence.items() <= dict(zip(names, levels, strict=True)).items()


@settings(max_examples=400, deadline=None)
@given(varied_tellings())
def test_no_pair_that_compare_joins_is_sieved_out_and_none_that_it_does_not_is_kept(told: list[Telling]) -> None:
    block, here, there, compared = lay(told)
    join = weights()["decision", "join"].weight
    kept = block.bulk.keep(here, there, np.full(len(block.cards), join))
    groups = [each.group for each in block.cards]
    wanted = [
        (one, other, each.score)
        for one, other, each in zip(here.tolist(), there.tolist(), compared, strict=True)
        if each.joins and each.score != FORBIDDEN and groups[one] == groups[other]
    ]
    assert list(zip(kept.here.tolist(), kept.there.tolist(), kept.score.tolist(), strict=True)) == wanted
