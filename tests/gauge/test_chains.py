"""The suite of chains: the gold fed back is exact, silence is not, and every case stands in its passage."""

from pathlib import Path

import pytest

from truceline.gauge.chains import Chains
from truceline.gauge.suites import gold_reader, run_suite

CASES = Path(__file__).parents[1] / "cases" / "read"


@pytest.mark.parametrize("suite", ["chains", "chains-later"])
def test_the_gold_fed_back_is_exact(suite: str) -> None:
    report = run_suite(suite, CASES, predict=gold_reader(suite, CASES))
    assert report.score("exact chain").value == 1.0


def test_there_are_two_hundred_passages_and_more() -> None:
    assert len(list(Chains().cases(CASES, "all"))) >= 200


def test_the_author_saying_everything_is_the_baseline() -> None:
    report = run_suite("chains", CASES, predict=gold_reader("chains", CASES))
    assert 0.1 < report.score("exact chain").baseline < 0.3
