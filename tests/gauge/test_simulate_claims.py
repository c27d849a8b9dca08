"""Simulated claims: the skew they promise, and a truth that is known."""

from collections import Counter
from itertools import pairwise

import pytest

from truceline.gauge.simulate_claims import Simulated, days_of, simulate
from truceline.gauge.simulate_world import make_world
from truceline.model.claim import Mood


@pytest.fixture(scope="module")
def claims() -> list[Simulated]:
    return list(simulate(5_000, seed=3))


def test_the_same_seed_gives_the_same_claims(claims: list[Simulated]) -> None:
    assert list(simulate(5_000, seed=3)) == claims
    assert list(simulate(50, seed=4)) != claims[:50]


def test_there_are_as_many_claims_as_asked_for_each_with_its_own_id(claims: list[Simulated]) -> None:
    assert len({each.telling.claim for each in claims}) == len(claims) == 5_000


def test_a_million_claims_cover_ten_years_and_ten_thousand_two_months() -> None:
    assert days_of(1_000_000) == pytest.approx(3_650)
    assert days_of(10_000) == pytest.approx(60)


def test_the_period_is_about_the_one_stated(claims: list[Simulated]) -> None:
    days = {each.telling.published_at.date() for each in claims if each.telling.published_at is not None}
    assert 0.6 < len(days) / days_of(5_000) < 1.6


def test_a_few_acts_are_told_often_and_most_once_or_twice(claims: list[Simulated]) -> None:
    told = Counter(Counter(each.act for each in claims if each.act is not None).values())
    assert told[1] > told[2] > told[4]
    assert max(told) > 25


def test_a_few_places_have_much_of_what_happens(claims: list[Simulated]) -> None:
    named = Counter(each.telling.place.name for each in claims if each.telling.place is not None)
    assert sum(count for _, count in named.most_common(20)) > 0.25 * named.total()
    assert len(named) > 300


def test_monitors_tell_dozens_of_acts_in_one_bulletin(claims: list[Simulated]) -> None:
    assert max(Counter(each.telling.document for each in claims).values()) >= 24


def test_claims_of_a_document_follow_each_other(claims: list[Simulated]) -> None:
    for one, other in pairwise(claims):
        if one.telling.document == other.telling.document:
            assert one.telling.span.start <= other.telling.span.start


def test_there_are_copies_denials_opinions_and_sentences_without_a_place(claims: list[Simulated]) -> None:
    tellings = [each.telling for each in claims]
    assert 0.05 < sum(each.copied_from is not None for each in tellings) / len(claims) < 0.3
    assert any(each.mood is Mood.DENIAL for each in tellings)
    assert any(each.act is None for each in claims)
    assert any(each.place is None for each in tellings)


def test_a_place_stands_in_the_words_that_name_it(claims: list[Simulated]) -> None:
    for telling in (each.telling for each in claims):
        if telling.place is not None and telling.place.name is not None:
            assert telling.quote[telling.place.span.start - telling.span.start :].startswith(telling.place.name)


def test_actors_and_publishers_are_those_of_the_world(claims: list[Simulated]) -> None:
    world = make_world(3)
    actors, sources = {each.id for each in world.actors}, {each.id for each in world.sources}
    for telling in (each.telling for each in claims):
        assert telling.source in sources
        assert {role.actor for role in (*telling.agents, *telling.recipients)} <= actors | {None}
