"""Scores worked out for many pairs at once are those of `compare`, which alone says why."""

from itertools import combinations

import numpy as np
from fuse_world import FRAME, varied_tellings
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse.block import Block, kinds_alike, lay_block
from truceline.fuse.cards import lay_out
from truceline.fuse.columns import Ints
from truceline.fuse.compare import FEATURES, Comparison, compare
from truceline.fuse.policy import FORBIDDEN, weights
from truceline.fuse.refer import link_references
from truceline.fuse.sieve import LARGEST, Sieve, fit_tile
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
    decision = {level: each.weight for (feature, level), each in weights().items() if feature == "decision"}
    odd = block.bulk.at_odds(here, there, join=decision["join"], conflict=decision["conflict"])
    assert odd.tolist() == [each.conflicts for each in compared]
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


@settings(max_examples=100, deadline=None)
@given(varied_tellings())
def test_the_first_look_leaves_out_no_pair_that_scores_enough(told: list[Telling]) -> None:
    """Whatever score is asked for, also where one feature alone weighs anything: so each bound must hold."""
    block, here, there, compared = lay(told)
    allowed = [not each.forbidden for each in compared]
    pairs = list(zip(here[allowed].tolist(), there[allowed].tolist(), strict=True))
    weights_of = {feature: scale.weight.copy() for feature, scale in block.bulk.scales.items()}
    for alone in (None, *weights_of):
        for feature, scale in block.bulk.scales.items():
            scale.weight[:] = weights_of[feature] if alone in {None, feature} else 0.0
        scores = dict(zip(pairs, block.bulk.score(here[allowed], there[allowed]).score.tolist(), strict=True))
        for alike in kinds_alike(block):
            known = {pair: score for pair, score in scores.items() if set(pair) <= set(alike.tolist())}
            for least in set(known.values()):
                assert {pair for pair, score in known.items() if score >= least} <= passing(block, alike, least)


def passing(block: Block, alike: Ints, least: float) -> set[tuple[int, ...]]:
    """The pairs that pass, each once."""
    parts = Sieve(block.bulk, block.columns, FRAME, alike, least).passing(np.arange(len(alike) - 1, -1, -1))
    found = [pair for first, second in parts for pair in zip(first.tolist(), second.tolist(), strict=True)]
    assert len(found) == len({frozenset(pair) for pair in found})
    return {tuple(sorted(pair)) for pair in found}


@settings(max_examples=60, deadline=None)
@given(runs=st.lists(st.tuples(st.integers(1, 8_000), st.integers(0, 3_000)), min_size=1, max_size=4))
def test_tiles_cover_all_pairs_and_stay_small_where_a_crowd_follows_the_lonely(runs: list[tuple[int, int]]) -> None:
    counts = np.concatenate([np.full(length, ahead, dtype=np.int64) for length, ahead in runs])
    counts = np.minimum(counts, np.arange(len(counts) - 1, -1, -1))
    first = 0
    while first < len(counts):
        stop, end = fit_tile(counts, first)
        assert first < stop <= len(counts)
        assert end > int((np.arange(first, stop) + counts[first:stop]).max())
        assert stop - first == 1 or (stop - first) * (end - first) <= LARGEST + (stop - first)
        first = stop
