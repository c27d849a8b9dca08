"""What the trained encoder adds to the rules: events told by a word alone, whom an act struck, what a text reports."""

import numpy as np
import pytest
from passages import Passages

from truceline.model.claim import Mood
from truceline.read.pieces import Pieces
from truceline.read.reader import Reader
from truceline.read.roles_trained import TrainedRoles
from truceline.read.sentences import parse_texts
from truceline.read.trained import Noticed, Shape
from truceline.testing import doc

LAYERS = ("role.PerpOrg", "role.Victim", "role.Target", "event")


def noticed(text: str, marks: dict[str, tuple[str, float]], types: list[list[float]] | None = None) -> Noticed:
    """Invented findings: every word one piece, the marked words of a layer at their chance."""
    words = text.replace(".", " .").split()
    starts: list[int] = []
    for word in words:
        starts.append(text.index(word, starts[-1] + 1 if starts else 0))
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    tags = np.zeros((len(words), len(LAYERS), 3), dtype=np.float32)
    tags[:, :, 0] = 1.0
    for layer, (marked, chance) in marks.items():
        first = text.index(marked)
        for at, start in enumerate(starts):
            if first <= start < first + len(marked):
                tags[at, LAYERS.index(layer)] = (1 - chance, *((chance, 0) if start == first else (0, chance)))
    nothing = np.zeros(len(words), dtype=np.int64)
    pieces = Pieces(text=text, ids=nothing, writing=nothing, starts=np.array(starts), ends=np.array(ends))
    shape = Shape(channels=LAYERS, values=(), types=("attack", "bombing"), before=0)
    scores = np.array(types or [[-9.0, -9.0]] * len(words), dtype=np.float32)
    return Noticed(pieces=pieces, shape=shape, tags=tags, values=scores, types=scores, heard=())


@pytest.mark.parametrize(("chance", "struck"), [(0.9, ["the old mill"]), (0.6, [])])
def test_what_is_marked_as_struck_is_a_recipient_where_the_mark_is_sure(chance: float, struck: list[str]) -> None:
    text = "A bomb went off beside the old mill."
    (parsed,) = parse_texts([text])
    marked = TrainedRoles(noticed(text, {"role.Target": ("the old mill", chance)})).roles(parsed)
    assert [each.span.of(text) for each in marked] == struck


@pytest.mark.parametrize(
    ("passage", "word"),
    [
        ("The war in the valley has driven thousands out.", "war"),
        ("The council welcomed the decision of the court.", "decision"),
        ("Losses at the mill rose last year.", "Losses"),
    ],
)
def test_a_noun_outside_the_lexicon_that_tells_an_event_has_a_claim_without_a_type(
    read: Passages, passage: str, word: str
) -> None:
    claim = read(passage).claim(word)
    assert claim.trigger.type.plover is None
    assert claim.harm is None


def test_a_name_of_an_office_that_looks_like_an_event_has_none(read: Passages) -> None:
    told = read("The government is in the building.")
    triggers = {each.trigger.span.of(told.text) for each in told.reading.claims}
    assert triggers.isdisjoint({"government", "building"})


def test_a_word_outside_the_rules_keeps_the_sign_of_its_clause(read: Passages) -> None:
    claim = read("There was no ceremony in the square.").claim("ceremony")
    assert claim.negated
    assert claim.factuality < 0
    assert claim.mood is Mood.ASSERTION


def test_by_syntax_alone_nothing_is_added() -> None:
    reader = Reader(actors=(), places=(), countries=(), timezone="UTC", by_syntax_alone=True)
    reading = reader.read(doc("The war in the valley has driven thousands out."))
    assert [each.trigger.lemma for each in reading.claims] == ["drive"]
    assert reading.incident_types is None
    assert reading.involved is None
