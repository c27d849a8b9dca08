"""Changes, alerts, patterns, chains and silences as the watch tells them."""

from datetime import date, timedelta

import numpy as np
from watch_makers import MISSION, at, daily, document, incident

from truceline.model.incident import Incident
from truceline.model.series import Finding, Watch
from truceline.watch import watch

DAYS = 61  # of the mission: May and June
MAY = [*daily(1, 31, month=5), *daily(1, 30, month=6)]


def look(incidents: list[Incident], documents: list = MAY) -> Watch:
    return watch(MISSION, incidents=incidents, assessments=(), tellings=(), documents=documents)


def on_days(marks: np.ndarray, **given: object) -> list[Incident]:
    """An incident on every marked day since the first of May."""
    return [
        incident(f"{given}-{day}-{number}", at(1, 12, 5) + timedelta(days=int(day)), **given)  # type: ignore[arg-type]
        for day, count in enumerate(marks)
        for number in range(int(count))
    ]


def test_a_tripled_rate_is_a_change_with_its_day_and_both_rates() -> None:
    counts = np.random.default_rng(1).poisson(np.repeat([3, 10], [30, 31]))
    (change,) = next(each for each in look(on_days(counts)).levels if each.name == "incidents").changes
    assert abs((change.day - date(2016, 5, 31)).days) <= 2
    assert change.earliest <= change.day <= change.latest
    assert change.before < 5
    assert change.after > 8


def test_a_few_incidents_are_too_few_to_tell_a_change() -> None:
    levels = look(on_days(np.array([1] * 10))).levels[0]
    assert levels.changes == ()
    assert levels.note.startswith("Too few to tell: 10 in ")


def test_days_without_documents_are_left_out_and_not_nought() -> None:
    counts = np.random.default_rng(2).poisson(np.repeat([8, 0, 8], [25, 15, 21]))
    gap = [each for each in MAY if not date(2016, 5, 26) <= each.published_at.date() < date(2016, 6, 10)]
    found = look(on_days(counts), gap)
    assert found.levels[0].changes == ()
    assert [(each.since, each.until) for each in found.gaps] == [(date(2016, 5, 26), date(2016, 6, 10))]


def test_an_alert_is_raised_within_days_of_a_jump() -> None:
    counts = np.random.default_rng(3).poisson(np.repeat([4, 16], [45, 16]))
    alerts = [each for each in look(on_days(counts)).alerts if each.name == "incidents"]
    assert date(2016, 6, 15) <= alerts[-1].day <= date(2016, 6, 19)
    assert alerts[-1].false_alert_days == 365


def test_answers_the_next_day_are_a_pattern_and_the_reverse_is_not() -> None:
    first = np.random.default_rng(4).random(DAYS) < 0.3
    answers = np.concatenate([[False], first[:-1]])
    found = look([*on_days(first, agents=("rebels",), mode="heavy-weapons"), *on_days(answers)])
    forth = [each for each in found.patterns if each.first.startswith("Rebels")]
    back = [each for each in found.patterns if each.first.startswith("Russia")]
    assert {each.finding for each in forth} == {Finding.MORE}
    assert forth[0].followed > forth[0].high
    assert max(forth[0].lags, key=lambda each: each.count).days == 1
    assert {each.finding for each in back} == {Finding.NO_MORE}


def test_unrelated_acts_follow_each_other_no_more_often_than_chance() -> None:
    drawn = np.random.default_rng(5)
    found = look([*on_days(drawn.random(DAYS) < 0.4, agents=("rebels",)), *on_days(drawn.random(DAYS) < 0.4)])
    assert found.patterns
    assert {each.finding for each in (*found.patterns, *found.chains)} == {Finding.NO_MORE}


def test_a_daily_source_that_stops_is_unusually_silent_and_a_rare_one_is_not() -> None:
    rare = [document(f"rare{month}", at(9, 12, month), publisher="SANA") for month in (5, 6)]
    found = look([], [*MAY, *daily(1, 10, publisher="TASS"), *rare])
    silences = {each.source: each for each in found.silences}
    assert silences["tass"].unusual
    assert silences["tass"].last_heard == date(2016, 6, 10)
    assert not silences["sana"].unusual


def test_every_day_is_counted_under_its_party_kind_and_area() -> None:
    found = look(on_days(np.array([0, 2, 1])))
    counts = {(each.by, each.name): each.counts for each in found.headings}
    assert set(counts) == {("party", "Russia"), ("kind", "Air or drone strike"), ("area", "Aleppo")}
    assert counts["party", "Russia"][:4] == (0, 2, 1, 0)
    assert len(counts["party", "Russia"]) == len(found.days)
