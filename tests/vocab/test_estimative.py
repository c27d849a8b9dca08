"""Likelihood and confidence are kept apart, and words of likelihood to one row (ICD 203)."""

import pytest

from truceline.vocab.estimative import bands_in_use, find_estimative_mistakes, words_in_use
from truceline.vocab.verdicts import VerdictTableError, load_verdict_table, parse_verdict_table


@pytest.mark.parametrize(
    "text",
    [
        "It is very likely, with high confidence, that the truce was broken.",
        "We judge with low confidence that a rise is unlikely.",
        "Confidence in the likely cause is moderate.",
    ],
)
def test_a_sentence_that_holds_both_is_found(text: str) -> None:
    assert len(list(find_estimative_mistakes(text))) == 1


def test_two_sentences_may_hold_one_each() -> None:
    assert list(find_estimative_mistakes("A rise is very likely. Confidence is moderate.")) == []
    assert list(find_estimative_mistakes("likelihood  very likely\nconfidence  high")) == []


def test_words_of_both_rows_in_one_text_are_found() -> None:
    assert list(find_estimative_mistakes("A rise is very likely. A fall is highly improbable.")) == [
        "words of both rows: highly improbable, very likely"
    ]


def test_names_of_the_admiralty_scale_are_no_words_of_likelihood() -> None:
    assert list(find_estimative_mistakes("Graded B2, probably true. A rise is very likely.")) == []


def test_the_words_in_use_cover_every_chance_in_order() -> None:
    bounds = [bound for bound, _ in bands_in_use()]
    assert bounds == sorted(bounds)
    assert bounds[-1] == 1.0
    assert {word for _, word in bands_in_use()} <= set(words_in_use())


def test_a_verdict_table_that_leaves_the_row_is_refused() -> None:
    from importlib.resources import files

    text = files("truceline.vocab").joinpath("verdicts.toml").read_text(encoding="utf-8")
    assert set(load_verdict_table().likelihood.values()) <= set(words_in_use())
    with pytest.raises(VerdictTableError, match="is no word of the row in use"):
        parse_verdict_table(text.replace('2 = "likely"', '2 = "probable"'))
