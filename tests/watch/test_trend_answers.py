"""What the register answers to a stated trend: figure, interval, and 'cannot tell' where it cannot."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from watch_makers import MISSION, at, daily, incident, strikes, telling

from truceline.model.document import Document
from truceline.model.incident import Grade, Incident
from truceline.model.quantity import Range
from truceline.model.series import Answer
from truceline.model.trend import TrendCheck
from truceline.watch import find_statements

WITNESSES = ("AFP", "SANA")


def statement(words: str, day: int, publisher: str = "TASS") -> Document:
    return replace(daily(day, day, publisher=publisher)[0], id="statement", text=words, language="en")


def ask(
    words: str,
    incidents: Sequence[Incident],
    *,
    day: int = 15,
    heard: tuple[int, int] = (1, 15),
    publisher: str = "TASS",
) -> TrendCheck:
    """The one answer to words published on a day of June, where two sources were heard on the days `heard`."""
    documents = [each for who in WITNESSES for each in daily(*heard, publisher=who)]
    told = [telling(f"{each.id}-afp", source="afp") for each in incidents]
    found = find_statements(
        MISSION,
        incidents=incidents,
        assessments=(),
        tellings=told,
        documents=[*documents, statement(words, day, publisher)],
    )
    (check,) = found.trends
    return check


def test_three_times_as_many_bear_out_tripled() -> None:
    counts = dict.fromkeys(range(10, 13), 3) | dict.fromkeys(range(13, 16), 9)
    found = ask("Air strikes have tripled over the last three days.", strikes(counts))
    assert (found.answer, found.figure) == (Answer.SUPPORTED, pytest.approx(3.0))
    assert found.low is not None
    assert found.high is not None
    assert found.low > 1
    assert "27 in 3 observed days (2016-06-13 to 2016-06-15) against 9 in 3" in found.because


def test_an_unchanged_rate_speaks_against_tripled_and_a_few_incidents_cannot_tell() -> None:
    words = "Air strikes have tripled over the last three days."
    assert ask(words, strikes(dict.fromkeys(range(1, 16), 12))).answer is Answer.NOT_SUPPORTED
    few = ask(words, strikes({11: 1, 14: 3}))
    assert few.answer is Answer.CANNOT_TELL
    assert "Too few" in few.because


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Air strikes increased this week.", Answer.SUPPORTED),
        ("Air strikes declined this week.", Answer.NOT_SUPPORTED),
        ("The number of air strikes remained unchanged this week.", Answer.NOT_SUPPORTED),
    ],
)
def test_a_direction_is_held_against_the_equal_stretch_before(words: str, answer: Answer) -> None:
    counts = dict.fromkeys(range(10, 13), 4) | dict.fromkeys(range(13, 16), 14)
    assert ask(words, strikes(counts)).answer is answer


def test_no_report_is_no_proof_where_nobody_was_heard() -> None:
    words = "There have been no air strikes for three days."
    before = strikes({4: 2, 6: 1})
    assert ask(words, before).answer is Answer.SUPPORTED
    unheard = ask(words, before, heard=(1, 12))
    assert unheard.answer is Answer.CANNOT_TELL
    assert "somebody was heard on" in unheard.because or "nobody was heard" in unheard.because


def test_silence_of_those_who_tell_such_things_proves_nothing() -> None:
    documents = [*daily(1, 8, publisher="AFP"), *daily(1, 15, publisher="SANA")]
    told = strikes({4: 2, 6: 1})
    found = find_statements(
        MISSION,
        incidents=told,
        assessments=(),
        tellings=[telling(f"{each.id}-afp", source="afp") for each in told],
        documents=[*documents, statement("There have been no air strikes for three days.", 15)],
    )
    assert found.trends[0].answer is Answer.CANNOT_TELL
    assert "afp" in found.trends[0].because


def test_who_says_that_nothing_happened_is_no_witness_for_it() -> None:
    documents = daily(1, 15, publisher="SANA")
    told = strikes({4: 2})
    found = find_statements(
        MISSION,
        incidents=told,
        assessments=(),
        tellings=[telling(f"{each.id}-afp", source="sana") for each in told],
        documents=[*documents, statement("There have been no air strikes for three days.", 15, "SANA")],
    )
    assert found.trends[0].answer is Answer.CANNOT_TELL
    assert "the one who says it" in found.trends[0].because


def test_a_kind_nobody_ever_tells_cannot_be_told_absent() -> None:
    found = ask("There have been no air strikes for three days.", strikes({4: 2}, mode="heavy-weapons"))
    assert found.answer is Answer.CANNOT_TELL
    assert "holds no such incident" in found.because


def test_one_credible_incident_refutes_an_absence_and_a_doubtful_one_does_not() -> None:
    words = "There have been no air strikes for three days."
    (strike,) = strikes({14: 1})
    assert ask(words, [strike]).answer is Answer.NOT_SUPPORTED
    doubtful = replace(strike, grade=Grade(reliability="E", credibility=5, reason=""))
    assert ask(words, [doubtful]).answer is Answer.CANNOT_TELL


def test_what_only_the_statement_tells_counts_neither_for_nor_against_it() -> None:
    (strike,) = strikes({14: 1})
    own = replace(strike, versions=tuple(replace(each, document="statement") for each in strike.versions))
    assert ask("There have been no air strikes for three days.", [*strikes({4: 2}), own]).answer is Answer.SUPPORTED


def test_largely_allows_for_a_few() -> None:
    usual = dict.fromkeys(range(1, 13), 8)
    words = "A relative lull in air strikes has prevailed over the past three days."
    assert ask(words, strikes({**usual, 14: 1})).answer is Answer.SUPPORTED
    assert ask(words, strikes({**usual, 13: 8, 14: 8, 15: 8})).answer is Answer.NOT_SUPPORTED


def test_the_first_since_may_follow_one_within_the_time_named() -> None:
    words = "Warplanes struck the coast for the first time since 3 June."
    assert ask(words, strikes({3: 2, 15: 1})).answer is Answer.SUPPORTED
    assert ask(words, strikes({3: 2, 9: 1, 15: 1})).answer is Answer.NOT_SUPPORTED


def test_a_resumption_needs_some_before_none_between_and_some_after() -> None:
    words = "Air strikes resumed on Wednesday after a three-day lull."
    assert ask(words, strikes({8: 2, 10: 1, 15: 2})).answer is Answer.SUPPORTED
    assert ask(words, strikes({8: 2, 13: 2, 15: 2})).answer is Answer.NOT_SUPPORTED
    assert ask(words, strikes({8: 2})).answer is Answer.CANNOT_TELL


def test_a_record_needs_a_lead_that_chance_does_not_give_and_days_that_were_seen() -> None:
    words = "Air strikes have reached their highest level since 2 June."
    level = dict.fromkeys(range(2, 15), 4)
    assert ask(words, strikes({**level, 15: 16})).answer is Answer.SUPPORTED
    assert ask(words, strikes({**level, 15: 5})).answer is Answer.CANNOT_TELL
    assert ask(words, strikes({**level, 8: 20, 15: 4})).answer is Answer.NOT_SUPPORTED
    unseen = ask(words, strikes({13: 2, 15: 16}), heard=(10, 15))
    assert unseen.answer is Answer.CANNOT_TELL


def test_fewer_than_stated_cannot_refute_a_count_and_more_can() -> None:
    words = "It was the third air strike this week."
    assert ask(words, strikes({13: 1, 14: 1, 15: 1})).answer is Answer.SUPPORTED
    fewer = ask(words, strikes({14: 1}))
    assert fewer.answer is Answer.CANNOT_TELL
    assert "need not hold all" in fewer.because
    assert ask(words, strikes({13: 3, 15: 3})).answer is Answer.NOT_SUPPORTED


def test_the_dead_are_counted_as_told_from_least_to_most() -> None:
    (strike,) = strikes({14: 1})
    deadly = replace(strike, killed=Range(low=8, high=14))
    found = ask("At least 12 people have been killed since Monday.", [deadly])
    assert (found.answer, found.low, found.high) == (Answer.SUPPORTED, 8.0, 14.0)


def test_daily_needs_nearly_every_observed_day() -> None:
    words = "Air strikes hit the coast daily."
    assert ask(words, strikes(dict.fromkeys(range(2, 16), 1))).answer is Answer.SUPPORTED
    rare = ask(words, strikes({3: 1, 9: 1}))
    assert rare.answer is Answer.NOT_SUPPORTED
    assert rare.measure == "share of observed days with one"
    assert ask(words, strikes(dict.fromkeys(range(2, 16), 1)), heard=(9, 15)).answer is Answer.CANNOT_TELL


def test_the_words_narrow_more_than_counts_can_follow() -> None:
    words = "It was the third air strike against the Brigades this week."
    found = ask(words, strikes({13: 1, 14: 1, 15: 1}))
    assert found.answer is Answer.CANNOT_TELL
    assert "Narrower than what can be counted (“against”)" in found.because
    none = ask("There have been no air strikes against the Brigades for three days.", strikes({4: 2}))
    assert none.answer is Answer.SUPPORTED


def test_only_those_of_the_actor_named_count() -> None:
    words = "It was the second air strike by Russia this week."
    assert ask(words, strikes({13: 1, 14: 1}, agents=("rus.air",))).answer is Answer.SUPPORTED
    assert ask(words, strikes({13: 1, 14: 1}, agents=("rebels",))).answer is Answer.CANNOT_TELL


def test_a_text_without_a_date_or_in_another_language_states_nothing() -> None:
    text = statement("Air strikes have tripled over the last three days.", 15)
    for other in (replace(text, published_at=None), replace(text, language="ar")):
        found = find_statements(MISSION, incidents=(), assessments=(), tellings=(), documents=[other])
        assert found.trends == ()


def test_the_answer_names_its_place_and_counts_there_only() -> None:
    near, far = (incident(name, at(14), agents=()) for name in ("near", "far"))
    assert near.place is not None
    far = replace(far, place=replace(near.place, id="q", lat=36.0, lon=38.0, radius_km=2.0))
    near = replace(near, place=replace(near.place, lat=35.0, lon=37.0, radius_km=2.0))
    words = "It was the second air strike on Kafr this week."
    said = replace(
        telling("said", quote=words, source="tass"), document="statement", place=near.place, published_at=at(15, 20)
    )
    found = find_statements(
        MISSION,
        incidents=[near, far],
        assessments=(),
        tellings=[said],
        documents=[*daily(1, 15), statement(words, 15)],
    )
    (check,) = found.trends
    assert (check.place, check.figure, check.answer) == ("P", 1.0, Answer.CANNOT_TELL)
