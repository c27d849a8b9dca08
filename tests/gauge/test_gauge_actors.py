"""The suite of actors: the gold fed back is exact, silence names nobody, and the words as printed are what counts."""

from pathlib import Path

import pytest

from truceline.gauge.actors import Actors
from truceline.gauge.case import empty_reading
from truceline.gauge.suites import gold_reader, run_suite

CASES = Path(__file__).parents[1] / "cases" / "read"
BLOCK = """# === (a) names

@publisher SANA
The Northern Shield (NS) left. Homs is quiet, NS said.
> Northern Shield | shield
> NS#2 | local:Northern Shield
> Homs | place
"""


def test_the_gold_fed_back_is_exact() -> None:
    report = run_suite("actors", CASES, predict=gold_reader("actors", CASES))
    assert {each.value for each in report.scores if each.name.startswith("exact")} == {1.0}
    assert report.score("wrong actor").value == 0.0


def test_a_reader_that_finds_nothing_has_left_nobody_unresolved() -> None:
    report = run_suite("actors", CASES, predict=empty_reading)
    assert {each.value for each in report.scores} == {0.0}


def test_two_hundred_and_fifty_mentions_are_asked_about() -> None:
    assert sum(len(each.gold.asked) for each in Actors().cases(CASES, "all")) >= 250


def test_the_first_exact_name_of_the_registry_is_the_baseline() -> None:
    report = run_suite("actors", CASES, predict=gold_reader("actors", CASES))
    assert 0.2 < (report.score("exact").baseline or 0.0) < 0.6


@pytest.mark.parametrize(
    ("words", "actor", "right"),
    [
        ("Northern Shield", "shield", 1),
        ("The Northern Shield", "shield", 1),  # an article more or less
        ("The Northern Shield", "sword", 0),
        ("The", "shield", 0),  # other words
    ],
)
def test_what_is_printed_over_the_words_answers(tmp_path: Path, words: str, actor: str, right: int) -> None:
    (tmp_path / "actors.txt").write_text(BLOCK, encoding="utf-8")
    (case,) = Actors().cases(tmp_path, "all")
    start = case.document.text.index(words)
    row = {"start": start, "end": start + len(words), "text": words, "type": "ORGANISATION", "actor": actor}
    tally = Actors().tally(case, {**empty_reading(case.document), "mentions": [row]})
    assert tally.counts["exact"] == right
    assert tally.counts["asked"] == 3


def test_the_publisher_and_the_day_are_those_of_the_passage(tmp_path: Path) -> None:
    (tmp_path / "actors.txt").write_text(BLOCK, encoding="utf-8")
    (case,) = Actors().cases(tmp_path, "all")
    assert case.document.publisher == "SANA"
    assert case.document.published_at is not None
    assert case.document.published_at.date().isoformat() == "2016-05-15"
