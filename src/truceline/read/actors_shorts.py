"""Acronyms that a text introduces itself, of actors that the registry knows and of others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from truceline.model.span import Span
from truceline.read.actors_tables import words_of
from truceline.read.actors_words import ActorHit
from truceline.read.transliterate import is_article


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """An acronym and the full name it stands for; `actor` is None where the registry knows nobody of that name."""

    acronym: str
    full: Span
    actor: str | None


_ACRONYM = r"[\"“'‘]?(?P<acronym>[A-Z][A-Za-z]*[A-Z][A-Za-z-]*)[\"”'’]?"
# What stands between a full name and its acronym.
_INTRODUCED = re.compile(
    rf"\s*\(\s*(?:the\s+|or\s+)?(?:[^()\d]{{0,30}}?\bacronym\s+|[^()\d]{{0,30}}?\binitials\s+)?{_ACRONYM}\s*[),;]"
    rf"|,\s+(?:or|also\s+called|abbreviated(?:\s+as)?|(?:better\s+|also\s+|commonly\s+)?known\s+(?:by|as|under)(?:\s+\w+){{0,3}}?)\s+(?:the\s+)?"
    rf"{_ACRONYM.replace('acronym', 'named')}(?=\W)"
    rf"|\s*[-–—,(]\s*{_ACRONYM.replace('acronym', 'short')}\s+for\s+short\b"
)
_NAME = re.compile(r"[^\W\d_][\w.]*(?:['’]s?(?=\s))?")
_LEADS = frozenset("‘“\"'(")
LONGEST = 10  # words of a full name


def find_shorts(text: str, hits: Sequence[ActorHit], known: Mapping[str, str] | None = None) -> Iterator[Short]:
    """Acronyms behind the names they stand for: 'Syrian Democratic Forces (SDF)', 'the Relief Fund, or RF'.

    `known` says whose acronym the registry takes each for: behind a name that it does not abbreviate
    ('Turkey (NATO)') it introduces nothing.
    """
    by_end = {hit.span.end: hit for hit in hits}
    for match in _INTRODUCED.finditer(text):
        acronym = next(filter(None, match.groupdict().values()))
        hit = by_end.get(match.start())
        if hit is not None and hit.may_be_place and not _is_spelled(text, hit.span, acronym):
            hit = None  # 'Damascus (DAM)'
        full = _full_name(text, match.start(), acronym)
        if hit is not None and (full is None or full.start >= hit.span.start):
            if full is not None or (known or {}).get(acronym, hit.actor_id) == hit.actor_id:
                yield Short(acronym=acronym, full=hit.span, actor=hit.actor_id)
        elif full is not None:
            yield Short(acronym=acronym, full=full, actor=None)


def _full_name(text: str, end: int, acronym: str) -> Span | None:
    """The words before `end` whose first letters are the acronym's."""
    letters = [each.casefold() for each in acronym if each.isalpha()]
    taken: list[re.Match[str]] = []
    for word in reversed(list(_NAME.finditer(text, max(0, end - 160), end))):
        follows = taken[-1].start() if taken else end
        if len(taken) == LONGEST or text[word.end() : follows].strip("-‑ \n") not in ("", "&"):
            return None
        taken.append(word)
        if word[0][0].isupper() and _spells(letters, [each[0] for each in reversed(taken)]):
            return Span(word.start(), end)
    return None


def _is_spelled(text: str, name: Span, acronym: str) -> bool:
    full = _full_name(text, name.end, acronym)
    return full is not None and full.start >= name.start


def _spells(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Whether letters are the words' first ones; small joining words and articles may be left out."""
    if not words:
        return not letters
    word = words[0].casefold()
    if letters and word[0] == letters[0] and _spells(letters[1:], words[1:]):
        return True
    return (word in words_of("joining") or is_article(word)) and _spells(letters, words[1:])


def find_again(text: str, shorts: Sequence[Short]) -> Iterator[tuple[Span, Short]]:
    """Every place where an introduced acronym stands as a word."""
    first: dict[str, Short] = {}
    for short in shorts:
        first.setdefault(short.acronym, short)
    if not first:
        return
    for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, first))})(?!\w)", text):
        yield Span(match.start(), match.end()), first[match[0]]
