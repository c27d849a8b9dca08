"""Which sentences can tell a time at all: most cannot, and need not be taken apart."""

import re
from collections.abc import Iterator
from functools import cache

from truceline.read.times_words import Lexicon, Meanings, lexicon, split_form

# Every time has a word with one of these meanings, or digits that `_DIGITS` finds.
_TELLING = frozenset(
    {
        "month",
        "weekday",
        "weekdays",
        "unit",
        "units",
        "part",
        "parts",
        "season",
        "seasons",
        "dayword",
        "clockword",
        "ref",
        "set",
        "holiday",
        "zone",
        "local",
        "oclock",
        "year_ago",
        "period",
        "dual",
        "sutki",
        "truce",
    }
)
_NUMBERS_OF_YEARS = frozenset({19, 20, 1000})  # one of them stands in a year that is written in words
_THE_PAST = "past"
# A sentence's end, unless the word before it may be abbreviated: the words on either side never make one time.
_END = re.compile(r"[.!?][\"”’)\]]*\s+|\n[ \t]*\n\s*")
_LONGER = 5  # letters than any abbreviation has
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_DIGITS = re.compile(r"\d{4}|\d:\d|\d\d?[/.-]\d\d?[/.-]\d|\d0['’]?s|['’]\d\d|\d\s?[aApP]\.?\s?[mM]|Q[1-4]")


def sentences_with_times(text: str) -> Iterator[tuple[int, str]]:
    """Where the sentences begin that can tell a time, and their text, in order; two may come as one."""
    start = 0
    for end in _END.finditer(text):
        if _may_be_abbreviated(text[max(0, end.start() - _LONGER) : end.start()]):
            continue
        if can_tell(sentence := text[start : end.end()]):
            yield start, sentence
        start = end.end()
    if can_tell(sentence := text[start:]):
        yield start, sentence


def _may_be_abbreviated(before: str) -> bool:
    """Whether a stop after these letters may belong to them: 'Sept.', 'a.m.', 'pm.'."""
    word = _LAST_WORD.search(before)
    letters = word[0] if word else ""
    return 0 < len(letters) < _LONGER and (len(letters) < _LONGER - 2 or letters.lower() in lexicon().words)


def can_tell(sentence: str) -> bool:
    """Whether a word or figure stands there without which no time is told."""
    return not telling_words().isdisjoint(_WORD.findall(sentence.lower())) or _DIGITS.search(sentence) is not None


@cache
def telling_words() -> frozenset[str]:
    """Words in lower case; of a phrase its longest word stands for all."""
    known = lexicon()
    return frozenset(_forms(known)) | {_THE_PAST}


def _forms(known: Lexicon) -> Iterator[str]:
    for form, meanings in known.words.items():
        if _is_telling(meanings):
            yield max(split_form(form), key=len)
    for phrases in known.phrases.values():
        for words, meanings in phrases:
            if _is_telling(meanings):
                yield max(words, key=len)


def _is_telling(meanings: Meanings) -> bool:
    return not _TELLING.isdisjoint(meanings) or meanings.get("numword") in _NUMBERS_OF_YEARS
