"""The page of measured quality: what it shows agrees with what the gauge insists on."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from truceline.gauge.floors import read_floors
from truceline.web.quality import STAGES, Measured, Score, find_measured


def shown() -> Iterator[tuple[Measured, Score]]:
    for each in find_measured()[1]:
        for score in each.scores:
            yield each, score


@pytest.mark.parametrize(("measured", "score"), [*shown()], ids=lambda each: getattr(each, "suite", None) or each.name)
def test_no_score_is_shown_that_its_floor_would_keep_out(measured: Measured, score: Score) -> None:
    floor = read_floors().get(measured.suite, {}).get(score.name)
    assert (floor is None) == score.unguarded, "a score with a floor keeps its name; one without is marked"
    if floor is not None:
        assert score.value <= floor if score.less else score.value >= floor


def test_every_set_with_a_floor_is_shown() -> None:
    assert set(read_floors()) <= {each.suite for each in find_measured()[1]}


def test_an_interval_holds_its_score_and_every_set_has_its_stage_and_command() -> None:
    for measured, score in shown():
        assert (score.low is None) == (score.high is None)
        assert score.low is None or score.high is None or score.low <= score.value <= score.high
        assert measured.stage in STAGES
        assert measured.suite in measured.command
        assert measured.licence


def test_the_page_tells_what_was_not_reached_and_leaves_nothing_out(client: TestClient) -> None:
    page = client.get("/quality.html").text
    for measured, score in shown():
        assert score.name in page
        assert measured.short in page
    table = client.get("/quality.csv").text.splitlines()
    assert len(table) == 1 + len([*shown()])
