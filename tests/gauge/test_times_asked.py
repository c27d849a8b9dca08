"""The suite of times: the gold fed back is exact, silence is not, and every case stands in its passage."""

from pathlib import Path

from truceline.gauge.suites import gold_reader, run_suite
from truceline.gauge.times import Times

CASES = Path(__file__).parents[1] / "cases" / "read"


def test_the_gold_fed_back_is_exact() -> None:
    report = run_suite("times", CASES, predict=gold_reader("times", CASES))
    assert report.score("exact").value == report.score("exact stretch, where asked").value == 1.0


def test_as_many_times_are_asked_as_the_passages_list() -> None:
    golds = [case.gold for case in Times().cases(CASES, "all")]
    times = [each for gold in golds for each in gold.times]
    assert (len(times), sum(each.start is not None for each in times)) == (205, 76)


def test_every_section_has_a_score_of_its_own() -> None:
    report = run_suite("times", CASES, predict=gold_reader("times", CASES))
    assert sum(score.n for score in report.scores if score.name.startswith("exact: ")) == 205


def test_a_time_that_nobody_asked_for_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "times_asked.txt").write_text("@published 2016-06-04\n\nIn 2012 a man may sing.\n! may\n")
    (case,) = Times().cases(tmp_path, "all")
    counts = Times().tally(case, Times().baseline(case)).counts
    assert (counts["asked"], counts["asked and extra"], counts["none.read"]) == (0, 1, 0)
