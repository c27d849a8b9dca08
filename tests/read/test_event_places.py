"""Where an event is told to have been: towns before its word, and offsets that only say where a town lies."""

import pytest

from truceline.read.reader import Reader
from truceline.testing import doc


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(actors=(), places=(), countries=("SY",), timezone="UTC")


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("The Homs bombing killed a teacher.", "bombing", "Homs"),
        ("Four are wounded in the Manbij blast.", "blast", "Manbij"),
        ("An explosion in Manbij town, north-east of Aleppo, killed two.", "explosion", "Manbij"),
        ("An explosion in Manbij city northeast of Aleppo killed two.", "explosion", "Manbij"),
        ("Shells fell north-east of Aleppo.", "fell", "north-east of Aleppo"),
    ],
)
def test_an_event_is_at_the_town_named_for_it(reader: Reader, text: str, word: str, place: str) -> None:
    reading = reader.read(doc(text))
    (claim,) = (each for each in reading.claims if each.trigger.span.of(text) == word)
    assert claim.place is not None
    assert reading.places[claim.place].span.of(text) == place
