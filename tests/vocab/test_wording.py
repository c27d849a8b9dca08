"""What the wording of a key judgement is held to."""

import pytest

from truceline.vocab.wording import (
    find_bare_sentences,
    find_likelihood_faults,
    find_loaded,
    states_confidence,
    states_likelihood,
)


@pytest.mark.parametrize(
    "text",
    [
        "A rise is very likely. Confidence is moderate.",
        "Almost certainly more was reported.",
        "Graded B2, probably true.",
        "It happened on 3 May; a fall is unlikely.",
    ],
)
def test_words_of_the_table_stated_apart_are_no_fault(text: str) -> None:
    assert list(find_likelihood_faults(text)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A rise is probable.", "'probable' is not in the row"),
        ("A rise is remote.", "'remote' is not in the row"),
        ("They may have agreed.", "'may have' has no place"),
        ("Undoubtedly it rose.", "'Undoubtedly' has no place"),
        ("It is likely, with low confidence.", "stand in one sentence"),
    ],
)
def test_other_words_of_likelihood_are_faults(text: str, fault: str) -> None:
    assert any(fault in each for each in find_likelihood_faults(text))


def test_a_likelihood_and_a_confidence_are_stated_or_said_to_be_withheld() -> None:
    assert states_likelihood("That it rose is assessed as: very likely.")
    assert states_likelihood("Who did it cannot be determined.")
    assert not states_likelihood("We believe so.")
    assert states_confidence("Confidence in any attribution is low.")
    assert states_confidence("No confidence level is given.")
    assert not states_confidence("We are confident.")


def test_a_sentence_without_a_word_of_who_says_so_is_bare() -> None:
    told = "Shells fell on the town. The council said that shells fell. According to both, three were hurt."
    assert list(find_bare_sentences(told)) == ["Shells fell on the town."]


def test_loaded_words_are_found_in_any_number_and_not_in_names() -> None:
    assert [each.word for each in find_loaded("Terrorists and a mercenary. Terrorists again.")] == [
        "Terrorists",
        "mercenary",
    ]
    assert list(find_loaded("The Revolutionary Terrorist League", names=["Revolutionary Terrorist League"])) == []
    assert list(find_loaded("the terrorist designation list")) == []
    assert list(find_loaded("The army and the opposition met.")) == []
