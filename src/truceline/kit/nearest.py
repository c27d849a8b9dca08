"""The known word that somebody probably meant."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

# Below this likeness (0 to 100) a suggestion misleads more often than it helps.
LIKENESS_FLOOR = 62


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` most like `word`, None where nothing is like it; ties go to the first by name."""
    choices = sorted(set(known))
    likeliest = process.extractOne(
        word, choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKENESS_FLOOR
    )
    return None if likeliest is None else likeliest[0]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What to append to a message: "; did you mean 'x'?", empty where nothing is like it."""
    nearest = find_nearest(word, known)
    return "" if nearest is None else f"; did you mean '{nearest}'?"
