"""Stated trends and predictions as readers see them: in the bulletin, on the annotated article, on the command line."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from readings import CHECK
from views import small_view

from truceline.model.series import Answer
from truceline.model.span import Span
from truceline.model.trend import (
    Course,
    Days,
    Outcome,
    Prediction,
    Rough,
    ScoredPrediction,
    SourceScore,
    StatedTrend,
    Statements,
    TrendCheck,
    TrendKind,
)
from truceline.publish import annotate, publish
from truceline.publish.stated import tell_figure, tell_test, tell_what

TREND = StatedTrend(
    document="agency-2016-06-04",
    span=Span(0, 5),
    words="It was the fifth attack on the <b>crossing</b> this week.",
    published_on=date(2016, 6, 4),
    kind=TrendKind.COUNT,
    counted="attacks",
    days=Days(first=date(2016, 5, 30), last=date(2016, 6, 4)),
    value=5.0,
    nth=True,
)
CHECKED = TrendCheck(
    trend=TREND,
    answer=Answer.CANNOT_TELL,
    measure="told",
    figure=3.0,
    low=1.0,
    high=3.0,
    because="The register holds fewer, and need not hold all.",
    caveats=("Everything watched was counted.",),
)
FORETOLD = ScoredPrediction(
    prediction=Prediction(
        id="prediction-1",
        document="agency-2016-06-04",
        span=Span(0, 5),
        words="Shelling is very likely within two days.",
        published_on=date(2016, 6, 4),
        what="shelling",
        by=None,
        source="Agency",
        word="very-likely",
        chance=0.875,
        days=Days(first=date(2016, 6, 4), last=date(2016, 6, 6)),
    ),
    outcome=Outcome.CAME_TRUE,
    score=0.015625,
    because="1 told.",
)
SOURCE = SourceScore(source="Agency", made=1, scored=1, pending=0, cannot_tell=0, brier=0.015625, low=None, high=None)
STATED = Statements(trends=(CHECKED,), predictions=(FORETOLD,), sources=(SOURCE,))


def test_the_bulletin_shows_the_test_the_figure_and_the_answer(tmp_path: Path) -> None:
    publish(replace(small_view(), statements=STATED), tmp_path)
    page = (tmp_path / "bulletin.html").read_text(encoding="utf-8")
    for words in (
        "It was the fifth attack",
        "told 3 [1–3] (count of attacks, 2016-05-30 to 2016-06-04: number 5 of them)",
        "the register cannot tell",
        "Everything watched was counted.",
        "What was foretold",
        "very likely (0.88)",
        "came true",
        "0.02",
    ):
        assert words in page, words
    assert "<b>crossing</b>" not in page


def test_a_bulletin_without_statements_has_no_such_tables(tmp_path: Path) -> None:
    publish(small_view(), tmp_path)
    assert "What was foretold" not in (tmp_path / "bulletin.html").read_text(encoding="utf-8")


def test_the_annotated_article_answers_what_it_states() -> None:
    annotated = annotate(replace(CHECK, statements=STATED), small_view())
    for shown in (annotated.html, annotated.text):
        assert "number 5 of them" in shown
        assert "foretold: shelling" in shown
    assert "<b>crossing</b>" not in annotated.html


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"kind": TrendKind.RATIO, "nth": False, "value": 3.0, "rough": Rough.NEARLY, "by": "rus"},
            "ratio of attacks by rus, 2016-05-30 to 2016-06-04: nearly 3 times as many",
        ),
        ({"kind": TrendKind.FREQUENCY, "value": 2.0, "unit": "day", "days": None}, "no stretch named: 2 a day"),
        ({"kind": TrendKind.RECORD, "value": None, "unit": "week", "course": Course.HIGH}, ": most in a week"),
        ({"kind": TrendKind.ABSENCE, "value": None, "largely": True}, ": but for a few"),
        ({"kind": TrendKind.DIRECTION, "value": None, "course": Course.FLAT}, ": as many"),
    ],
)
def test_every_test_is_told_in_a_line(changes: dict[str, object], told: str) -> None:
    assert told in tell_test(replace(TREND, **changes))  # type: ignore[arg-type]


def test_an_open_interval_and_no_figure_are_told_as_such() -> None:
    assert tell_figure(replace(CHECKED, measure="rate ratio", low=1.5, high=None)) == "rate ratio 3 [1.5–∞]"
    assert tell_figure(replace(CHECKED, figure=None)) == "not measured"


def test_what_is_foretold_not_to_happen_says_so() -> None:
    denied = replace(FORETOLD.prediction, denied=True, by="rus")
    assert tell_what(denied) == "no shelling by rus"
    assert tell_what(replace(FORETOLD.prediction, course=Course.DOWN)) == "less shelling"
