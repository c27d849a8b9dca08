"""Passages of certainty and of loaded words by a linguist who had not read the reader; the share kept never falls."""

from collections.abc import Callable

import pytest
from test_linguist_cases import Case, load_cases, readings, trigger_fits

from truceline.model.claim import Claim
from truceline.model.reading import Reading
from truceline.read.reader import Reader

PLAY = 0.5
AHEAD = {"prediction", "demand", "promise", "question", "hypothetical"}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.default()


def claim_at(reading: Reading, words: str) -> Claim | None:
    return next((each for each in reading.claims if trigger_fits(each, words, reading.document.text)), None)


def factuality_kept(claim: Claim, line: list[str]) -> bool:
    return abs(claim.factuality - float(line[1])) <= PLAY


def mood_kept(claim: Claim, line: list[str]) -> bool:
    return claim.mood.value == line[2]


def evidence_kept(claim: Claim, line: list[str]) -> bool:
    return claim.evidence.value == line[3]


def is_ahead(line: list[str]) -> bool:
    """What lies ahead or is only supposed: the passages give it 0, the crowd's scale more (docs/quality.md)."""
    return line[2] in AHEAD and float(line[1]) == 0.0


def share_of(reader: Reader, kept: Callable[[Claim, list[str]], bool], *, ahead: bool | None) -> tuple[float, str]:
    outcomes = []
    for reading, expected in readings(reader, load_cases("certainty_chain.txt")):
        for line in expected:
            if ahead is None or is_ahead(line) is ahead:
                claim = claim_at(reading, line[0])
                got = "no claim" if claim is None else f"{claim.factuality:.1f} {claim.mood} {claim.evidence}"
                outcomes.append((claim is not None and kept(claim, line), line, got, reading.document.text))
    missed = [f"{line} got {got}\n    in: {text}" for right, line, got, text in outcomes if not right]
    return 1 - len(missed) / len(outcomes), f"{len(outcomes)} lines; missed:\n" + "\n".join(missed)


# Shares of the first run, before anything was mended for these passages, stand in docs/quality.md.
@pytest.mark.parametrize(
    ("kept", "ahead", "share"),
    [(factuality_kept, False, 0.80), (mood_kept, None, 0.80), (evidence_kept, None, 0.80)],
)
def test_share_of_the_certainty_passages_that_is_read(
    reader: Reader, kept: Callable[[Claim, list[str]], bool], ahead: bool | None, share: float
) -> None:
    reached, missed = share_of(reader, kept, ahead=ahead)
    assert reached >= share, f"{reached:.3f} of {missed}"


def labels_kept(cases: list[Case], reader: Reader) -> tuple[int, int, int, list[str]]:
    """(flagged and expected, expected, flagged, what is wrong) over the passages of loaded words."""
    right = expected_count = flagged_count = 0
    wrong: list[str] = []
    for reading, lines in readings(reader, cases):
        wanted = {line[0].partition("#")[0].casefold() for line in lines}
        flagged = {each.word.casefold() for each in reading.labels}
        hit = {each for each in wanted if any(each in word or word in each for word in flagged)}
        extra = {each for each in flagged if not any(each in word or word in each for word in wanted)}
        right, expected_count = right + len(hit), expected_count + len(wanted)
        flagged_count += len(flagged)
        if wanted - hit or extra:
            wrong.append(f"missed {sorted(wanted - hit)} extra {sorted(extra)}\n    in: {reading.document.text}")
    return right, expected_count, flagged_count, wrong


def test_share_of_the_loaded_words_that_is_flagged(reader: Reader) -> None:
    right, wanted, flagged, wrong = labels_kept(load_cases("labels.txt"), reader)
    recall, precision = right / wanted, right / flagged
    told = f"recall {recall:.3f} precision {precision:.3f}; wrong:\n" + "\n".join(wrong)
    assert recall >= 0.95, told
    assert precision >= 0.95, told
