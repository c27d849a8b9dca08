"""What is said besides a claim: the author's stand, the basis, the day of judgement; whose a loaded word is."""

from datetime import UTC, datetime

import pytest

from truceline.model.claim import Commitment, Evidence, Horizon
from truceline.model.mention import Label, LabelKind
from truceline.model.span import Span
from truceline.publish.voices import author_words, evidence_words, horizon_words, label_words, said_besides
from truceline.testing import claim

NOON = datetime(2016, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("author", "speaker", "words"),
    [
        (0.0, 3.0, ""),
        (2.7, 3.0, "the author shares it"),
        (-2.7, -3.0, "the author shares it"),
        (-0.4, 2.0, "the author stands back from it"),
        (-2.4, 3.0, "the author calls it untrue"),
    ],
)
def test_the_author_is_told_where_he_takes_a_stand(author: float, speaker: float, words: str) -> None:
    stances = (Commitment(by="author", factuality=author), Commitment(by="a0", factuality=speaker))
    assert author_words(stances) == words


def test_a_reading_kept_without_voices_says_nothing_besides() -> None:
    assert said_besides(claim(), UTC) == ""


@pytest.mark.parametrize("evidence", Evidence)
def test_every_basis_has_words_or_none(evidence: Evidence) -> None:
    assert bool(evidence_words(evidence)) is (evidence is not Evidence.NONE)


def test_a_horizon_is_told_by_its_last_day() -> None:
    midnight = datetime(2016, 5, 6, tzinfo=UTC)
    assert horizon_words(Horizon(span=Span(0, 1), start=NOON, end=midnight), UTC) == "to be judged by 5 May 2016"
    assert horizon_words(Horizon(span=Span(0, 1), start=NOON, end=None), UTC) == "to be judged from 3 May 2016 on"


def test_a_loaded_word_is_told_with_its_neutral_one_and_its_speaker() -> None:
    label = Label(span=Span(0, 6), word="regime", neutral="government", reason="r", kind=LabelKind.NAME_CALLING)
    assert label_words(label, speaker="") == "loaded word (name-calling); neutral: government; the author's word"
    bare = Label(span=Span(0, 6), word="heinous", neutral="", reason="r")
    assert "left out" in label_words(bare, speaker="the envoy")
    assert label_words(bare, speaker="the envoy").endswith("the envoy's word")
