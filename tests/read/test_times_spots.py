"""Sentences that are passed over tell no time: nothing is lost by not taking them apart."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.read.times import GRAMMAR
from truceline.read.times_grammar import Context
from truceline.read.times_spots import can_tell, sentences_with_times
from truceline.read.times_words import alphabet, lexicon, tokens_of

CASES = Path(__file__).parents[1] / "cases" / "read"


def is_matched(sentence: str) -> bool:
    """Whether some rule would build something of it, without a publication that might stand in the way."""
    tokens = tokens_of(sentence)
    context = Context(published=None)
    return any(
        rule.build(found, context) is not None for rule, found in GRAMMAR.matches(alphabet().letters(tokens), tokens)
    )


@pytest.mark.parametrize("name", ["times.txt", "time_values.txt", "times_asked.txt"])
def test_every_sentence_that_a_rule_reads_is_taken_apart(name: str) -> None:
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        assert can_tell(line) or not is_matched(line), line


@given(
    st.lists(
        st.sampled_from(sorted(lexicon().words))
        | st.sampled_from(["0", "7", "28", "777", "1999", "2015", "-", ",", "the"])
    )
)
def test_no_heap_of_words_is_passed_over_that_a_rule_reads(words: list[str]) -> None:
    heap = " ".join(words)
    assert can_tell(heap) or not is_matched(heap)


def test_sentences_keep_their_places() -> None:
    text = "He left. It rained on 5 May. They met in Sept. 2015 at 5 p.m. Monday.\n\nNobody came.\n\nIt is 2016."
    for start, sentence in sentences_with_times(text):
        assert text[start:].startswith(sentence)
    kept = "".join(sentence for _, sentence in sentences_with_times(text))
    assert (
        re.sub(r"\s+", " ", kept).strip() == "It rained on 5 May. They met in Sept. 2015 at 5 p.m. Monday. It is 2016."
    )
