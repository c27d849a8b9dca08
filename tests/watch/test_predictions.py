"""Predictions: what became of them, and how well their sources foretold."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from watch_makers import MISSION, daily, strikes, telling

from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.telling import Speaker
from truceline.model.trend import Outcome, ScoredPrediction, Statements
from truceline.watch import find_statements

HORIZON = "Air strikes on Kafr are very likely in the next three days."


def foretell(
    *words: str,
    incidents: Sequence[Incident] = (),
    heard: Sequence[Document] | None = None,
    day: int = 5,
    speaker: str | None = None,
) -> Statements:
    """What becomes of the words, published on a day of June; two sources are heard on every day of 1 to 20."""
    base = daily(day, day, publisher="TASS")[0]
    texts = [replace(base, id=f"text-{number}", text=each, language="en") for number, each in enumerate(words)]
    documents = [*daily(1, 20, publisher="AFP"), *daily(1, 20, publisher="SANA")] if heard is None else heard
    told = [telling(f"{each.id}-afp", source="afp") for each in incidents]
    if speaker is not None:
        chain = (Speaker(words="a general", kind="person", actor=speaker),)
        said = telling("said", source="tass", quote=words[0])
        told.append(replace(said, document="text-0", chain=chain))
    return find_statements(MISSION, incidents=incidents, assessments=(), tellings=told, documents=[*documents, *texts])


def one(*words: str, **given: object) -> ScoredPrediction:
    (found,) = foretell(*words, **given).predictions  # type: ignore[arg-type]
    return found


def test_what_came_within_its_days_is_scored_by_the_middle_of_its_likelihood() -> None:
    found = one(HORIZON, incidents=strikes({2: 1, 7: 1}))
    assert (found.outcome, found.prediction.word) == (Outcome.CAME_TRUE, "very-likely")
    assert found.score == pytest.approx((0.875 - 1) ** 2)


def test_what_did_not_come_while_its_tellers_were_heard_is_scored_too() -> None:
    found = one(HORIZON, incidents=strikes({2: 1, 15: 1}))
    assert found.outcome is Outcome.DID_NOT
    assert found.score == pytest.approx(0.875**2)


def test_an_assertion_without_a_word_of_likelihood_stakes_all() -> None:
    came = one("Russia will bomb the coast in the next three days.", incidents=strikes({2: 1, 7: 1}))
    assert (came.prediction.chance, came.score) == (1.0, 0.0)
    failed = one("Russia will bomb the coast in the next three days.", incidents=strikes({2: 1}))
    assert failed.score == 1.0


def test_silence_after_a_prediction_cannot_determine_it() -> None:
    found = one(HORIZON, incidents=strikes({2: 1}), heard=[*daily(1, 5, publisher="AFP"), *daily(20, 20)])
    assert (found.outcome, found.score) == (Outcome.CANNOT_TELL, None)


def test_a_prediction_is_pending_until_its_last_day_has_passed() -> None:
    found = one("Russia will bomb the coast next month.", incidents=strikes({2: 1}))
    assert (found.outcome, found.score) == (Outcome.PENDING, None)


def test_without_an_end_no_day_could_tell_it_wrong() -> None:
    found = one("Russia will bomb the coast soon.", incidents=strikes({2: 1, 9: 1}))
    assert (found.outcome, found.score) == (Outcome.CANNOT_TELL, None)


def test_what_came_before_the_prediction_does_not_fulfil_it() -> None:
    found = one(HORIZON, incidents=strikes({5: 1}))
    assert found.outcome is Outcome.DID_NOT


def test_that_nothing_will_happen_is_borne_out_by_silence_and_refuted_by_one() -> None:
    words = "Russia will not bomb Kafr in the next three days."
    assert one(words, incidents=strikes({2: 1})).outcome is Outcome.CAME_TRUE
    assert one(words, incidents=strikes({2: 1, 7: 1})).outcome is Outcome.DID_NOT


def test_a_narrower_act_than_counts_can_follow_cannot_be_determined() -> None:
    words = "Russia will bomb areas whose groups broke the truce within a week."
    found = one(words, incidents=strikes({2: 1, 7: 1}))
    assert found.outcome is Outcome.CANNOT_TELL
    assert "whose" in found.because


def test_the_end_of_a_truce_is_no_incident_that_could_be_counted() -> None:
    found = one("The truce will collapse by Friday.", incidents=strikes({2: 1, 7: 5}))
    assert found.outcome is Outcome.CANNOT_TELL


def test_more_and_fewer_are_held_against_as_many_days_before() -> None:
    words = "Air strikes will increase within a week."
    quiet, busy = dict.fromkeys(range(2, 9), 1), dict.fromkeys(range(9, 16), 5)
    assert one(words, day=8, incidents=strikes({**quiet, **busy})).outcome is Outcome.CAME_TRUE
    fell = dict.fromkeys(quiet, 5) | dict.fromkeys(busy, 1)
    assert one(words, day=8, incidents=strikes(fell)).outcome is Outcome.DID_NOT
    assert one(words, day=8, incidents=strikes({3: 5, 10: 6})).outcome is Outcome.CANNOT_TELL


def test_the_speaker_bears_the_score_and_the_publisher_where_nobody_speaks() -> None:
    assert one(HORIZON, speaker="rus").prediction.source == "rus"
    assert one(HORIZON).prediction.source == "TASS"


def test_a_source_has_the_mean_of_its_scores_with_an_interval() -> None:
    found = foretell(
        HORIZON,
        "Russia will bomb the coast in the next three days.",
        "Russia will bomb the coast soon.",
        incidents=strikes({2: 1}),
    )
    (score,) = found.sources
    assert (score.source, score.made, score.scored, score.cannot_tell) == ("TASS", 3, 2, 1)
    assert score.brier == pytest.approx((0.875**2 + 1) / 2)
    assert score.low is not None
    assert score.high is not None
    assert 0 <= score.low < score.brier < score.high <= 1


def test_how_often_it_happens_anyway_stands_beside_the_outcome() -> None:
    found = one("Russia will bomb the coast in the next three days.", day=12, incidents=strikes({2: 1, 14: 1}))
    assert "Of the 4 stretches as long before, 1 had one too." in found.because
