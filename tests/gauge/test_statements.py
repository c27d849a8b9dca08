"""The suites of statements: every case of the files reads back, and the scorer counts what it says it counts."""

from datetime import date
from pathlib import Path

from truceline.flow.mission import load_mission
from truceline.gauge.passages import MISSION
from truceline.gauge.statements import (
    FORETOLD,
    MEASURES,
    Sentence,
    read_sentences,
    tally,
    tell_prediction,
    tell_trend,
    trends_of,
)
from truceline.vocab.predictions import load_prediction_table
from truceline.vocab.trends import load_trend_table
from truceline.watch.stated_predictions import Foreseeing, find_predictions
from truceline.watch.stated_trends import Listening
from truceline.watch.statements import name_actors

CASES = Path(__file__).parents[1] / "cases" / "watch"
KINDS = {"ratio", "record", "first-since", "absence", "count", "frequency", "resumption", "direction"}
NAMED = {each.name for each in load_trend_table().countables}


def test_the_cases_are_as_many_and_as_varied_as_asked() -> None:
    sentences = list(read_sentences(CASES / "trends.txt"))
    lines = [each.split(" | ") for sentence in sentences for each in sentence.tests]
    assert len(sentences) >= 70
    assert sum(not each.tests for each in sentences) >= 12
    assert {each[0] for each in lines} == KINDS
    assert {each[1] for each in lines} <= NAMED
    assert all(len(each) == 6 for each in lines)
    assert len(list(read_sentences(CASES / "predictions.txt"))) >= 30


def test_nine_in_ten_sentences_are_parsed_to_the_right_test() -> None:
    mission = load_mission(MISSION)
    listening = Listening(table=load_trend_table(), names=name_actors(mission))
    sentences = list(read_sentences(CASES / "trends.txt"))
    right = sum(
        sorted(tell_trend(each) for each in trends_of(sentence, mission, listening)) == sorted(sentence.tests)
        for sentence in sentences
    )
    assert right >= 0.95 * len(sentences)


def test_nine_in_ten_predictions_are_parsed_right() -> None:
    foreseeing = Foreseeing(
        trends=load_trend_table(), table=load_prediction_table(), names=name_actors(load_mission(MISSION))
    )
    sentences = list(read_sentences(CASES / "predictions.txt"))
    right = sum(
        [tell_prediction(each) for each in find_predictions(own.text, "", own.published_on, foreseeing)]
        == list(own.tests)
        for own in sentences
    )
    assert right >= 0.9 * len(sentences)


def test_a_sentence_is_right_only_when_all_its_tests_are_and_no_other() -> None:
    asked = Sentence(text="…", published_on=date(2016, 9, 15), tests=("ratio | a", "count | b"))
    assert tally(asked, ["count | b", "ratio | a"]).counts["right"]
    assert not tally(asked, ["ratio | a"]).counts["right"]
    assert tally(asked, ["ratio | c", "count | c"]).counts["kind"]
    silent = Sentence(text="…", published_on=date(2016, 9, 15), tests=())
    assert tally(silent, []).counts["right"]
    assert tally(silent, ["count | b"]).counts["invented"]


def test_inventing_is_the_only_measure_where_lower_is_better() -> None:
    assert [each.name for each in (*MEASURES, *FORETOLD) if each.lower_is_better] == [
        "read into sentences that state none",
        "read into sentences that foretell nothing",
    ]
