"""The suite of acts: the gold fed back is exact, silence finds none, and heads, modes and moods are told apart."""

from pathlib import Path
from typing import Any

import pytest

from truceline.errors import UsageError
from truceline.gauge import gold_reader, run_suite
from truceline.gauge.acts import Acts, LaterActs, _act
from truceline.gauge.case import empty_reading

CASES = Path(__file__).parents[1] / "cases" / "read"
TEXT = "Jets bombed Marat."


def _claim(start: int, end: int, plover: str, mode: str | None, mood: str = "assertion") -> dict[str, Any]:
    return {"event": {"start": start, "end": end, "plover": plover, "mode": mode}, "mood": mood, "factuality": 3.0}


def _counts(*claims: dict[str, Any], line: str = "bombed | ASSAULT/aerial") -> dict[str, float]:
    suite = Acts()
    case = next(each for each in suite.cases(CASES, "all") if each.gold.acts)
    gold = type(case.gold)(section="", acts=(_act(line, TEXT, "acts.txt"),))
    asked = type(case)(document=case.document, part="", gold=gold)
    return dict(suite.tally(asked, {"claims": list(claims)}).counts)


def test_every_sentence_of_the_file_is_asked() -> None:
    cases = list(Acts().cases(CASES, "all"))
    assert len(cases) == 231
    assert sum(len(case.gold.acts) for case in cases) == 195
    assert sum(not case.gold.acts for case in cases) == 45
    assert len(list(LaterActs().cases(CASES, "all"))) == 62


@pytest.mark.parametrize("name", ["acts", "acts-later"])
def test_the_gold_fed_back_is_exact(name: str) -> None:
    report = run_suite(name, CASES, predict=gold_reader(name, CASES))
    assert {score.value for score in report.scores if not score.lower_is_better} == {1.0}
    assert {score.value for score in report.scores if score.lower_is_better} == {0.0}


def test_silence_finds_no_act() -> None:
    report = run_suite("acts", CASES, predict=empty_reading)
    assert report.score("acts right").value == 0.0


def test_an_act_of_another_mode_is_found_and_not_right() -> None:
    counts = _counts(_claim(5, 11, "ASSAULT", "firearms"))
    assert (counts["found"], counts["right"]) == (1, 0)


def test_an_act_of_another_category_or_at_another_word_is_not_found() -> None:
    assert _counts(_claim(5, 11, "COERCE", "arrest"))["found"] == 0
    assert _counts(_claim(12, 17, "ASSAULT", "aerial"))["idle"] == 1


def test_a_plan_read_as_done_is_not_worthy() -> None:
    planned = "bombed | ASSAULT/aerial | no"
    assert _counts(_claim(5, 11, "ASSAULT", "aerial"), line=planned)["worthy"] == 0
    assert _counts(_claim(5, 11, "ASSAULT", "aerial", mood="plan"), line=planned)["worthy"] == 1


def test_a_line_that_ends_in_another_word_is_refused() -> None:
    with pytest.raises(UsageError, match="does not end"):
        _act("bombed | ASSAULT/aerial | maybe", TEXT, "acts.txt")
