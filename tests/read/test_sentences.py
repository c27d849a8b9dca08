"""Parsing keeps every offset."""

from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.read.sentences import parse_texts

PIECES = st.lists(
    st.sampled_from(["Shelling hit the town.", "\n\n", " ", "\n", "“Quiet,” he said.", "قصف", "- item\n"]), max_size=8
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES.map("".join), min_size=1, max_size=3))
def test_every_token_reads_back_from_its_offset(texts: list[str]) -> None:
    parsed = list(parse_texts(texts))
    assert [doc.text for doc in parsed] == texts
    for text, doc in zip(texts, parsed, strict=True):
        assert all(text[token.idx : token.idx + len(token.text)] == token.text for token in doc)


def test_overlong_line_is_parsed_in_bounded_pieces() -> None:
    text = "The army shelled the village at dawn. " * 1500
    doc = next(parse_texts([text]))
    assert doc.text == text
    assert sum(token.text == "shelled" for token in doc) == 1500


def test_headline_is_a_sentence_of_its_own() -> None:
    doc = next(parse_texts(["Truce frays in Aleppo\n\nShells fell on the city."]))
    assert [sentence.text.strip() for sentence in doc.sents] == ["Truce frays in Aleppo", "Shells fell on the city."]
