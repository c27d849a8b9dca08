"""The scores of partitions: known small examples, worked by hand."""

import pytest

from truceline.gauge.case import Tally
from truceline.gauge.measure import Bootstrap, Measure
from truceline.gauge.partitions import (
    B3,
    CEAF,
    CONLL,
    MUC,
    b3_f1,
    count_b3,
    count_conll,
    count_pairs,
    overlaps,
    pairs_f1,
)


def partition(*clusters: str) -> dict[str, int]:
    """Each letter a thing, each word a cluster."""
    return {thing: at for at, cluster in enumerate(clusters) for thing in cluster}


def value(measure: Measure, counts: dict[str, float]) -> float:
    return Bootstrap(tallies=[Tally(counts=counts)], draws=1).estimate(measure).value or 0.0


def test_a_partition_against_itself_is_perfect() -> None:
    gold = partition("abc", "de", "f")
    counts = count_conll(gold, gold) | count_pairs(overlaps(gold, gold))
    assert [value(each, counts) for each in (MUC, B3, CEAF, CONLL, pairs_f1("pairs"))] == pytest.approx([1.0] * 5)


def test_links_to_a_stranger_cost_as_luo_has_it() -> None:
    # X. Luo, 2005, figure 1: the second answer joins the large cluster and one of the small ones.
    gold = partition("12345", "67", "89abc")
    joined_small = count_conll(gold, partition("12345", "6789abc"))
    joined_large = count_conll(gold, partition("1234589abc", "67"))
    assert value(MUC, joined_small) == pytest.approx(value(MUC, joined_large)) == pytest.approx(2 * 0.9 / 1.9)
    assert value(B3, joined_small) == pytest.approx(0.865, abs=0.001)
    assert value(B3, joined_large) == pytest.approx(0.737, abs=0.001)
    # Likeness 1 of {12345} and 10/12 of {6789abc}: 1.833 of 3 gold and 2 found clusters.
    assert value(CEAF, joined_small) == pytest.approx(2 * (1 + 10 / 12) / 5)
    assert value(CEAF, joined_large) == pytest.approx(2 * (1 + 10 / 15) / 5)


def test_the_mean_of_three_is_the_conll_score() -> None:
    counts = count_conll(partition("abc", "d"), partition("ab", "cd"))
    assert value(CONLL, counts) == pytest.approx((value(MUC, counts) + value(B3, counts) + value(CEAF, counts)) / 3)


def test_clusters_of_one_are_kept_in_b3_and_ceaf() -> None:
    counts = count_conll(partition("a", "b", "cd"), partition("a", "b", "c", "d"))
    assert value(MUC, counts) == 0.0
    assert value(B3, counts) == pytest.approx(2 * 1 * 0.75 / 1.75)
    assert value(CEAF, counts) == pytest.approx(2 * (1 + 1 + 2 / 3) / 7)


def test_pairs_are_counted_once_each() -> None:
    counts = count_pairs(overlaps(partition("abc", "de"), partition("ab", "cde")))
    assert counts == {"pairs.right": 2.0, "pairs.gold": 4.0, "pairs.found": 4.0}


def test_topics_scored_one_by_one_add_up_to_the_whole() -> None:
    gold, found = partition("abc", "de"), partition("ab", "cde")
    whole = count_b3(overlaps(gold, found)) | count_pairs(overlaps(gold, found))
    parts = [
        {thing: cluster for thing, cluster in gold.items() if thing in held} for held in ({"a", "b", "c"}, {"d", "e"})
    ]
    counted = [count_b3(overlaps(each, found)) | count_pairs(overlaps(each, found)) for each in parts]
    assert {name: sum(each[name] for each in counted) for name in whole} == pytest.approx(whole)


def test_what_is_not_placed_scores_nothing() -> None:
    counts = count_conll(partition("abc"), {})
    assert [value(each, counts) for each in (MUC, b3_f1("B³"), CEAF)] == [0.0, 0.0, 0.0]
