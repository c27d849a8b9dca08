"""The scorers proved: gold against itself scores 1, nothing scores 0, plain readers score what is known of them."""

from pathlib import Path

import pytest

from truceline.errors import UsageError
from truceline.gauge import SUITES, Report, gold_reader, run_suite
from truceline.gauge.case import empty_reading

# Measures that a reader which finds nothing meets by rule: an event given no value counts as certain, a text without
# one is in no incident.
BY_RULE = ("MAE", "texts in no incident")


def measured_by_nothing(report: Report) -> dict[str, float | None]:
    return {each.name: each.value for each in report.scores if not each.name.endswith(BY_RULE)}


@pytest.mark.parametrize("suite", SUITES)
def test_gold_against_itself_is_perfect(suite: str, gold: Path) -> None:
    report = run_suite(suite, gold, predict=gold_reader(suite, gold))
    for score in (each for each in report.scores if each.n):
        assert score.value == pytest.approx(0.0 if score.lower_is_better else 1.0, abs=1e-9), score


@pytest.mark.parametrize("suite", SUITES)
def test_nothing_found_scores_nothing(suite: str, gold: Path) -> None:
    values = measured_by_nothing(run_suite(suite, gold, predict=empty_reading))
    assert set(values.values()) <= {0.0, None}


@pytest.mark.gold
@pytest.mark.parametrize("suite", SUITES)
def test_real_gold_against_itself_is_perfect(suite: str, real_gold: Path) -> None:
    report = run_suite(suite, real_gold, predict=gold_reader(suite, real_gold))
    for score in report.scores:
        assert score.n
        assert score.value == pytest.approx(0.0 if score.lower_is_better else 1.0, abs=1e-9), score


@pytest.mark.gold
def test_quotation_marks_alone_reach_what_the_set_says_they_reach(real_gold: Path) -> None:
    report = run_suite("polnear", real_gold, predict=empty_reading)
    reached = [report.score(f"relation {name}").baseline for name in ("precision", "recall", "F1")]
    assert [round(each or 0, 3) for each in reached] == [0.539, 0.206, 0.298]
    assert report.score("relation recall").n == 2192


@pytest.mark.gold
def test_never_doubting_errs_as_much_as_the_set_says(real_gold: Path) -> None:
    report = run_suite("factuality", real_gold, predict=empty_reading)
    assert round(report.score("UW: MAE").baseline or 0, 3) == 0.768
    assert round(report.score("MEANTIME: MAE").baseline or 0, 3) in (0.311, 0.312)
    assert report.score("UW: MAE").value == report.score("UW: MAE").baseline
    assert [report.score(f"{part}: MAE").n for part in ("UW", "MEANTIME")] == [3358, 195]


@pytest.mark.gold
def test_as_many_answers_are_asked_as_the_sets_hold(real_gold: Path) -> None:
    asked = {
        (suite, score): run_suite(suite, real_gold, predict=empty_reading).score(score).n
        for suite, score in (("ucdp", "deaths right"), ("timeml", "value F1"), ("re3d", "relations F1"))
    }
    assert list(asked.values()) == [237, 1822, 611]


def test_an_unknown_suite_or_split_is_refused_with_the_choices(gold: Path) -> None:
    with pytest.raises(UsageError, match="choose one of polnear"):
        run_suite("polner", gold, predict=empty_reading)
    with pytest.raises(UsageError, match="choose one of dev, train"):
        run_suite("polnear", gold, predict=empty_reading, split="test")


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no documents for suite 'polnear'"):
        run_suite("polnear", tmp_path, predict=empty_reading)


def test_a_limit_takes_the_first_documents_and_tells_each_step(gold: Path) -> None:
    steps: list[int] = []
    report = run_suite("ucdp", gold, predict=empty_reading, limit=2, step=lambda: steps.append(1))
    assert (report.documents, len(steps)) == (2, 2)
