"""What the trained encoder notices does not hang on how the text is cut up for it."""

import re

import numpy as np
import pytest

from truceline.read.models import load_tokens, load_trained
from truceline.read.pieces import cut, pieces_of
from truceline.read.trained import NEAR, Noticed

SENTENCE = "Guards at the eastern gate said that two lorries had been stopped before dawn. "


def noticed(text: str) -> Noticed:
    return load_trained().notice(pieces_of(text, load_tokens()))


def test_many_words_have_the_chances_that_each_has_alone() -> None:
    text = SENTENCE * 3 + "Re-establishing counter-insurgency checkpoints angered shopkeepers."
    words = [match.span() for match in re.finditer(r"\w+", text)]
    found = noticed(text)
    alone = [found.chance_of("event", start, end) for start, end in words]
    together = found.chances("event", [start for start, _ in words], [end for _, end in words])
    assert together == pytest.approx(alone, abs=1e-6)
    assert max(alone) > 0.5 > min(alone)


def test_no_words_have_no_chances() -> None:
    assert noticed("").chances("event", [], []) == []
    assert noticed(SENTENCE).chances("event", [], []) == []


def test_what_follows_changes_nothing_in_an_earlier_chunk() -> None:
    short, long = noticed(SENTENCE * 40), noticed(SENTENCE * 90)
    _, end = next(cut(short.pieces))
    assert len(short.pieces.ids) > end
    assert np.array_equal(short.tags[:end], long.tags[:end])


def test_words_that_run_past_the_near_window_are_looked_after_farther() -> None:
    rows = ", ".join(f"the {place} depot" for place in ("northern", "southern", "western", "upper", "lower") * 4)
    text = f"The quartermaster said that they had emptied {rows} and the last shed by the river."
    (heard,) = [each for each in noticed(text).heard if each.cue.of(text) == "said"]
    assert len(pieces_of(text, load_tokens()).ids) > NEAR[1]
    assert heard.content[-1].end > text.index("the last shed")
