"""Why a place was taken for this one: the reader's own choice, laid open."""

import pytest
from place_makers import world

from truceline.model.span import Span
from truceline.read.places import find_places
from truceline.read.places_features import FEATURES
from truceline.read.places_why import explain_place, word_why
from truceline.vocab.places import toml_table

TEXT = "Police in Paris, Texas, said a man from Dallas was held."


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_the_likeliest_candidate_is_the_one_the_reader_takes() -> None:
    why = explain_place(TEXT, span_of("Paris"), gazetteer=world())
    taken = next(each for each in find_places(TEXT, gazetteer=world()) if each.span.of(TEXT) == "Paris")
    assert why is not None
    assert why.candidates[0].named.place.id == taken.id
    assert sum(each.chance for each in why.candidates) == pytest.approx(1.0)


def test_more_points_are_a_greater_chance() -> None:
    why = explain_place(TEXT, span_of("Paris"), gazetteer=world())
    assert why is not None
    points = [sum(each.points.values()) for each in why.candidates]
    assert points == sorted(points, reverse=True)


def test_words_tell_the_place_its_features_and_the_runners_up() -> None:
    why = explain_place(TEXT, span_of("Paris"), gazetteer=world())
    assert why is not None
    lead, first, second, *_ = word_why(why)
    assert "places are called so" in lead
    assert "Texas" in first
    assert "the text says inside which division" in first
    assert "France" in second or ", FR" in second or "(geonames:2988507)" in second


def test_words_without_a_name_have_nothing_to_explain() -> None:
    assert explain_place(TEXT, span_of("was held"), gazetteer=world()) is None


def test_every_feature_has_a_weight_and_words() -> None:
    table = toml_table("choice.toml")
    assert set(FEATURES) == {*table["learned"], *table["set"]} == set(table["words"])
