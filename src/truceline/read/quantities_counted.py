"""What a number counts: the noun behind it, or the subject of the verb that changes."""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.quantities_bounds import words
from truceline.read.quantities_spots import token_starts
from truceline.read.sentences import text_of

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

# What is counted, as worded, and where it stands; "" and None where nothing is.
Counted = tuple[str, Span | None]

_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_OTHER_SCRIPT = re.compile(r"[\u0400-\u06ff]")  # Cyrillic to Arabic
_LONGEST_NAME = 6  # tokens between a number and what it counts
# What a verb of change is said of: its object where it has one ('cut the guard by half').
_CHANGED = ("dobj", "nsubjpass", "nsubj")
_BEFORE_NOUN = frozenset({"amod", "compound", "nmod", "nummod"})


def token_at(doc: "Doc", offset: int) -> int:
    """The index of the token that holds an offset, or the one before the blanks that do; -1 in an empty text."""
    return bisect_right(token_starts(doc), offset) - 1


def counted(doc: "Doc", end: int) -> Counted:
    """The noun that a number ending at `end` counts."""
    tokens = name_from(doc, first_after(doc, end))
    if not tokens:
        return "", None
    last = tokens[-1].idx + len(tokens[-1].text.rstrip("….,"))
    span = Span(tokens[0].idx, max(last, tokens[0].idx + 1))
    return span.of(text_of(doc)), span


def first_after(doc: "Doc", end: int) -> int:
    """The index of the first token of the name: past 'of the', 'more', quotation marks."""
    at, skipped = token_at(doc, end - 1) + 1, words().skipped
    if at + 1 < len(doc) and doc[at].text == "," and doc[at + 1].lower_ == "of":
        at += 1  # 'dozens, perhaps hundreds, of people'
    while at < len(doc) and doc[at].lower_ in skipped:
        at += 1
    return at


def name_from(doc: "Doc", at: int) -> "list[Token]":
    """Adjectives and nouns in a row, up to the last noun; a past participle counts between two of them."""
    kept: list[Token] = []
    for token in doc[at : min(len(doc), at + _LONGEST_NAME)]:
        joins = token.pos_ in _INSIDE or token.text == "-" or (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod")
        foreign = bool(kept) and _OTHER_SCRIPT.search(token.text) is not None  # no tagger: one word only
        # 'two persons one day later': a plural is the last of its name before another number.
        counts = token.pos_ == "NUM" and (not kept or kept[-1].tag_ == "NNS")
        if not joins or foreign or counts or token.is_sent_start is True:
            break
        kept.append(token)
    while kept and kept[-1].pos_ not in _NOUNS:
        kept.pop()
    if not kept and at < len(doc) and doc[at].lower_ in words().people:
        return [doc[at]]
    return kept


def subject_of(doc: "Doc", start: int) -> Counted:
    """What the verb at or over an offset is said of, as worded; "" where it has neither subject nor object."""
    at = token_at(doc, start)
    if at < 0:
        return "", None
    for verb in (doc[at], *doc[at].ancestors):
        parts = {each.dep_: each for each in verb.children if each.dep_ in _CHANGED}
        noun = next((parts[role] for role in _CHANGED if role in parts), None)
        if noun is None or verb.pos_ not in {"VERB", "AUX"}:
            continue
        if noun.lower_ in words().amounts:
            noun = next((each for each in noun.subtree if each.dep_ == "pobj"), noun)
        of_span = _phrase(noun)
        return of_span.of(text_of(doc)), of_span
    return "", None


def _phrase(noun: "Token") -> Span:
    """A noun with what stands right before it and belongs to it."""
    first = noun
    for token in reversed(list(noun.lefts)):
        if token.dep_ not in _BEFORE_NOUN:
            break
        first = token
    return Span(first.idx, noun.idx + len(noun))
