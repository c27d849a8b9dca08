"""Words of likelihood and of confidence, and whether a text keeps them apart (ICD 203): `estimative.toml`."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from truceline.vocab.load import load_toml

# A sentence ends at its stop or at the end of its line: a heading, a cell and a label are sentences of their own.
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def find_estimative_mistakes(text: str) -> Iterator[str]:
    """What a text does that ICD 203 forbids, sentence by sentence, then as a whole.

    Names of the Admiralty scale ("probably true") are grades, no words of likelihood.
    """
    plain = admiralty_names().sub(lambda each: each.group() if " " not in each.group() else " ", text)
    for sentence in SENTENCE_END.split(plain):
        likely = terms_pattern().search(sentence)
        sure = confidence_pattern().search(sentence)
        if likely is not None and sure is not None:
            yield f"'{likely.group()}' and '{sure.group()}' stand in one sentence: {' '.join(sentence.split())}"
    told = (each.group() for each in terms_pattern().finditer(plain))
    found = {row_of(each): each for each in told if admiralty_names().fullmatch(each) is None}
    if len(found) > 1:
        yield f"words of both rows: {', '.join(sorted(found.values()))}"


def words_in_use() -> tuple[str, ...]:
    """The words of the row that is kept to, from least to most likely."""
    table = load_toml("estimative.toml")
    return tuple(word for band in table["band"] for word in band[table["in_use"]])


def bands_in_use() -> tuple[tuple[float, str], ...]:
    """The highest chance (0..1) that each word stands for, with the word; the last one reaches to 1."""
    table = load_toml("estimative.toml")
    bounds = [(band["high"] / 100, band[table["in_use"]][0]) for band in table["band"]]
    return (*bounds[:-1], (1.0, bounds[-1][1]))


@cache
def rows() -> dict[str, str]:
    """The row of each word."""
    bands = load_toml("estimative.toml")["band"]
    return {word: row for band in bands for row in ("likely", "probable") for word in band[row]}


def row_of(word: str) -> str:
    return rows()[" ".join(word.casefold().split())]


@cache
def terms_pattern() -> re.Pattern[str]:
    return any_of(tuple(rows()))


@cache
def confidence_pattern() -> re.Pattern[str]:
    """'confidence: low', 'high confidence', 'confidence is moderate'."""
    levels = "|".join(load_toml("estimative.toml")["confidence"]["levels"])
    return re.compile(rf"\b(?:{levels}) confidence\b|\bconfidence\b\W+(?:\w+\W+){{0,8}}(?:{levels})\b", re.IGNORECASE)


@cache
def admiralty_names() -> re.Pattern[str]:
    return any_of(tuple(each["words"] for each in load_toml("admiralty.toml")["number"]))


def any_of(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first, on word boundaries."""
    longest_first = sorted(words, key=len, reverse=True)
    listed = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)
