"""Word pieces: nothing is lost, every piece stands where it says, chunks join to the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.read.models import load_tokens, load_trained
from truceline.read.pieces import CHUNK, Pieces, cut, pieces_of, spans_from

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400)


def pieces(text: str) -> Pieces:
    return pieces_of(text, load_tokens())


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_pieces_stand_in_text_order_inside_the_text(text: str) -> None:
    found = pieces(text)
    assert np.all(found.starts <= found.ends)
    assert np.all(np.diff(found.starts) >= 0)
    assert not len(found.ids) or (found.starts[0] >= 0 and found.ends[-1] <= len(text))


@pytest.mark.parametrize("words", [1, 150, 400, 5_000])
def test_chunks_join_to_the_whole_and_keep_their_bound(words: int) -> None:
    found = pieces("The ridge was shelled at dawn. " * (words // 6 + 1))
    chunks = list(cut(found))
    assert [first for first, _ in chunks[1:]] == [end for _, end in chunks[:-1]]
    assert chunks[0][0] == 0
    assert chunks[-1][1] == len(found.ids)
    assert max(end - first for first, end in chunks) <= CHUNK


def test_chunks_end_after_a_sentence_where_one_ends() -> None:
    text = "The ridge was shelled at dawn. " * 60
    found = pieces(text)
    for _, end in list(cut(found))[:-1]:
        assert text[: int(found.starts[end])].rstrip().endswith(".")


def test_runs_begin_at_a_beginning_and_go_on_inside() -> None:
    assert spans_from(np.array([0, 1, 2, 2, 0, 1, 1, 2, 0, 2])) == [(1, 4), (5, 6), (6, 8), (9, 10)]


@given(TEXTS)
@settings(deadline=None, max_examples=25)
def test_the_encoder_reads_any_text_and_points_into_it(text: str) -> None:
    noticed = load_trained().notice(pieces(text))
    assert len(noticed.tags) == len(noticed.pieces.ids)
    for heard in noticed.heard:
        for piece in (heard.cue, *heard.source, *heard.content):
            assert 0 <= piece.start < piece.end <= len(text)
