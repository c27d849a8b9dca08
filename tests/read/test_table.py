"""Parsed words as plain objects say what spaCy says."""

import pytest

from truceline.read.models import load_spacy
from truceline.read.sentences import parse_texts
from truceline.read.table import Doc

TEXT = (
    "It's gonna rain, the mayor of Arvel told reporters on Monday; let's go! There were shells, mines and 12 rockets. "
    "I ain't leaving, he'd said, and what they'd built couldn't have stood."
)
SAID = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_", "i", "idx", "is_space", "is_punct", "is_title", "like_num")


@pytest.fixture(scope="module")
def parsed() -> Doc:
    return next(parse_texts([TEXT]))


def test_every_word_is_what_spacy_takes_it_for(parsed: Doc) -> None:
    plain = load_spacy()(TEXT)
    assert [[getattr(each, name) for name in SAID] for each in parsed] == [
        [getattr(each, name) for name in SAID] for each in plain
    ]
    assert [(each.head.i, [one.i for one in each.children]) for each in parsed] == [
        (each.head.i, [one.i for one in each.children]) for each in plain
    ]


def test_rows_branches_and_sentences_are_those_of_spacy(parsed: Doc) -> None:
    plain = load_spacy()(TEXT)
    for ours, theirs in zip(parsed, plain, strict=True):
        assert [each.i for each in ours.subtree] == sorted(each.i for each in theirs.subtree)
        assert [each.i for each in ours.conjuncts] == [each.i for each in theirs.conjuncts]
        assert [each.i for each in ours.ancestors] == [each.i for each in theirs.ancestors]
    assert [(each.start, each.end) for each in parsed.sents] == [(each.start, each.end) for each in plain.sents]
    assert [(each.start, each.end, each.label_) for each in parsed.ents] == [
        (each.start, each.end, each.label_) for each in plain.ents
    ]


def test_words_over_a_stretch_and_their_root_are_those_of_spacy(parsed: Doc) -> None:
    plain = load_spacy()(TEXT)
    for start in range(0, len(TEXT), 3):
        for length in (1, 5, 17):
            ours = parsed.char_span(start, start + length)
            theirs = plain.char_span(start, start + length, alignment_mode="expand")
            assert (ours is None) == (theirs is None)
            if ours is not None and len(ours):
                assert (ours.start, ours.end, ours.root.i) == (theirs.start, theirs.end, theirs.root.i)


def test_paragraphs_are_one_document_with_the_offsets_of_the_text() -> None:
    text = "The mill burned.\n\nNobody died, he said.\n\n\n• Two fled"
    doc = next(parse_texts([text]))
    assert [text[each.idx : each.idx + len(each)] for each in doc] == [each.text for each in doc]
    assert [each.i for each in doc] == list(range(len(doc)))


def test_without_names_nothing_is_named_and_the_rest_stays() -> None:
    named, unnamed = next(parse_texts([TEXT])), next(parse_texts([TEXT], ner=False))
    assert not unnamed.ents
    assert [(each.lemma_, each.dep_) for each in unnamed] == [(each.lemma_, each.dep_) for each in named]
