"""Datelines: where a dispatch was filed ('BEIRUT, Tuesday -', 'ALEPPO, Syria (AP) —'), not where things happened."""

import re
from functools import lru_cache

from truceline.model.span import Span

LONGEST = 120  # characters of a dateline
MOST_WORDS = 5  # of the town in it

_DATELINE = re.compile(
    r"[ \t]*(?P<town>[^\n,;:()/–—]{2,40}?)(?P<more>(?:,\s*[^\n,;:()/–—]{2,25}?){0,3})"
    r"\s*(?P<agency>\([^()\n]{2,40}\)|/[A-Z][\w-]{1,12}/)?(?:\s+-{1,2}|\s*[–—]|\s*-{2}|(?<=/)\.)\s+"
)


def in_dateline(span: Span, text: str) -> bool:
    """Whether the words stand in the dateline of their line."""
    start = text.rfind("\n", 0, span.start) + 1
    return span.end - start <= min(LONGEST, _end_of_dateline(text[start : start + LONGEST]))


@lru_cache(maxsize=256)
def _end_of_dateline(line: str) -> int:
    """Where the dateline of a line ends, 0 where it has none; asked for every place and event of the line."""
    matched = _DATELINE.match(line)
    return matched.end() if matched is not None and _is_dateline(matched) else 0


def _is_dateline(matched: re.Match[str]) -> bool:
    """A town in capitals alone, or one in a capital each with a date, a state or an agency behind it."""
    words = matched["town"].split()
    if len(words) > MOST_WORDS:
        return False
    if matched["town"].isupper():
        return True
    named = all(word[0].isupper() or word[0].isdigit() or "-" in word for word in words)
    return named and bool(matched["more"] or matched["agency"])
