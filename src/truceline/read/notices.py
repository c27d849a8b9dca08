"""Notices on the text itself: 'Correction:', 'This article has been amended', 'retracts its report of 3 May'."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from truceline.model.notice import Notice, NoticeKind
from truceline.model.span import Span
from truceline.vocab.load import load_toml

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*(?:\n|$))[^\n]*)*")
SENTENCE = re.compile(r"\S.*?(?:[.!?][”\"’')\]]*(?=\s|$)|$)", re.DOTALL)
ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|St|No)\.$")
HEADING = re.compile(r"(?m)^(?P<label>[A-Z][A-Za-z’' ]{5,18}:)[ \t]*(?:\n[ \t]*)+(?=\S)")
LONGEST = 600  # characters: no newsroom's notice runs on in one sentence for longer
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(MONTHS)})|"
    rf"(?P<month2>{'|'.join(MONTHS)}) (?P<day2>\d{{1,2}}))\b(?:,? (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:report|story|article|dispatch|bulletin|item|post|piece|account|published)\b.{0,40}?\b(?:of|from|on)\b ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The expressions of vocab/cues/en_notices.toml."""

    labels: Mapping[NoticeKind, re.Pattern[str]]
    open_label: re.Pattern[str]
    says: Mapping[NoticeKind, re.Pattern[str]]
    of_itself: re.Pattern[str]
    of_others: re.Pattern[str]
    hints: tuple[str, ...]


@cache
def load_patterns() -> Patterns:
    table = load_toml("cues/en_notices.toml")
    label = table["label"]
    # Those that undo most are looked for first.
    kinds = (NoticeKind.RETRACTION, NoticeKind.CORRECTION, NoticeKind.UPDATE)
    return Patterns(
        labels={kind: _label(label[kind.value]) for kind in kinds},
        open_label=_label(label["open_labels"]),
        says={kind: _says(table, kind.value) for kind in kinds},
        of_itself=_says(table, "of_itself"),
        of_others=_says(table, "of_others"),
        hints=tuple(table["hints"]),
    )


def _label(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"[*\[(]*(?:{'|'.join(words)})[*\])]*\s*(?:[:—–]|-\s|$)", re.IGNORECASE)


def _says(table: Mapping[str, Any], name: str) -> re.Pattern[str]:
    written = (each.replace("{page}", table["page"]) for each in table[name]["says"])
    return re.compile("|".join(f"(?:{each})" for each in written), re.IGNORECASE)


def find_notices(text: str, *, published: date | None = None) -> Iterator[Notice]:
    """The notices of a text in its order; `published` dates a day that is named without its year."""
    for paragraph in PARAGRAPH.finditer(with_headings_joined(text)):
        if may_say(paragraph[0]):
            yield from merged(list(read_paragraph(paragraph, published)), text)


def may_say(words: str) -> bool:
    """Whether anything stands there that every notice has: spares looking closer at nearly everything."""
    folded = words.casefold()
    return any(each in folded for each in load_patterns().hints)


def with_headings_joined(text: str) -> str:
    """The text, every label that stands in a line of its own joined to the paragraph behind it; offsets stay."""
    return HEADING.sub(lambda found: found["label"] + " " * (len(found[0]) - len(found["label"])), text)


def read_paragraph(paragraph: re.Match[str], published: date | None) -> Iterator[Notice]:
    """The sentences that are notices; what a sentence says goes before what its heading calls it."""
    patterns = load_patterns()
    headed = next((kind for kind, label in patterns.labels.items() if label.match(paragraph[0])), None)
    is_open = patterns.open_label.match(paragraph[0]) is not None
    for at, span in enumerate(split_sentences(paragraph)):
        words = " ".join(span.of(paragraph.string).split())
        label = headed if at == 0 else None
        kind = find_kind(words, patterns) or (None if is_open else label)
        if kind is not None:
            yield notice_of(kind, span, words, published, labelled=label is not None)


def find_kind(words: str, patterns: Patterns) -> NoticeKind | None:
    if len(words) > LONGEST or not may_say(words) or patterns.of_others.search(words):
        return None
    return next((kind for kind, says in patterns.says.items() if says.search(words)), None)


def notice_of(kind: NoticeKind, span: Span, words: str, published: date | None, *, labelled: bool) -> Notice:
    patterns = load_patterns()
    return Notice(
        kind=kind,
        span=span,
        words=words,
        of_itself=patterns.of_itself.search(words) is not None,
        labelled=labelled,
        day=find_day(words, published),
    )


def split_sentences(paragraph: re.Match[str]) -> Iterator[Span]:
    """Sentences by their full stops; a label on its own line is taken with what follows."""
    start = None
    for found in SENTENCE.finditer(paragraph[0]):
        begun = found.start() if start is None else start
        if ABBREVIATED.search(found[0]):
            start = begun
            continue
        start = None
        yield Span(paragraph.start() + begun, paragraph.start() + found.end())
    if start is not None:
        yield Span(paragraph.start() + start, paragraph.end())


def merged(found: Sequence[Notice], text: str) -> Iterator[Notice]:
    """Sentences of one paragraph that follow each other are one notice."""
    held: list[Notice] = []
    for each in found:
        if held and text[held[-1].span.end : each.span.start].strip():
            yield joined(held)
            held = []
        held.append(each)
    if held:
        yield joined(held)


def joined(some: Sequence[Notice]) -> Notice:
    """One notice of several sentences; a retraction among them is what it is."""
    first = some[0]
    retracts = any(each.kind is NoticeKind.RETRACTION for each in some)
    return replace(
        first,
        kind=NoticeKind.RETRACTION if retracts else first.kind,
        span=Span(first.span.start, some[-1].span.end),
        words=" ".join(each.words for each in some),
        of_itself=any(each.of_itself for each in some),
        labelled=any(each.labelled for each in some),
        day=next((each.day for each in some if each.day is not None), None),
    )


def find_day(words: str, published: date | None) -> date | None:
    """The day of the report that a notice names ('our report of 3 May'); None where it names none or no real day."""
    led = DATED.search(words)
    found = DAY.search(words, led.end()) if led is not None else None
    if found is None or led is None or found.start() > led.end():
        return None
    month = MONTHS.index((found["month"] or found["month2"]).casefold()) + 1
    year = int(found["year"]) if found["year"] else published.year if published is not None else None
    if year is None:
        return None
    try:
        day = date(year, month, int(found["day"] or found["day2"]))
        if found["year"] is None and published is not None and day > published:
            day = day.replace(year=year - 1)
    except ValueError:
        return None
    return day
