"""The discards list: phrases that rule out their sentence or, after +, the whole text."""

from collections.abc import Iterable, Iterator

from truceline.vocab.dictionaries.lines import Line
from truceline.vocab.dictionaries.records import Discard
from truceline.vocab.dictionaries.words import parse_name


def parse_discards(lines: Iterable[Line]) -> Iterator[Discard]:
    for line in lines:
        phrase = line.text.strip()
        words = parse_name(phrase.removeprefix("+")).words
        if words:
            yield Discard(words=words, whole_text=phrase.startswith("+"), where=line.where)
