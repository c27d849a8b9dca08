"""The annotated article for a terminal: the words with numbers in them, the notes below, 100 columns."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from truceline.kit.visible import visible, visible_in_terminal
from truceline.publish.article import Article, Paragraph
from truceline.publish.cards import Chip, Row
from truceline.publish.notes import Group, Held, Note
from truceline.publish.words import count_words, place_words, quoted

WIDTH = 100
INDENT = " " * 6


def article_text(article: Article, *, held: Mapping[str, Row]) -> str:
    """The whole article; `held` are the rows of the incidents that its notes name, by id."""
    document = article.reading.document
    published = "date unknown" if document.published_at is None else document.published_at.strftime("%Y-%m-%d")
    head = [
        document.title or document.id,
        " · ".join(each for each in (document.publisher, published) if each),
        "=" * WIDTH,
        "",
    ]
    body = [line for each in article.paragraphs for line in (*paragraph_lines(each, article, held), "")]
    lines = [*textwrap.wrap(visible(head[0]), WIDTH), *head[1:], *body, *tail_lines(article)]
    return visible_in_terminal("\n".join(line.rstrip() for line in lines)) + "\n"


def paragraph_lines(paragraph: Paragraph, article: Article, held: Mapping[str, Row]) -> Iterator[str]:
    """The paragraph, then its notes."""
    yield from textwrap.wrap(numbered(paragraph, article), WIDTH)
    if paragraph.notes or paragraph.loaded:
        yield ""
    for group in paragraph.groups:
        yield from brief_lines(group) if group.is_brief else note_lines(group.notes[0], held)
    for each in paragraph.loaded:
        yield from wrapped(
            f"[!] {visible(quoted(each.word))} is loaded; neutral: {visible(each.shown)}"
            + (f" ({each.reason})" if each.reason else "")
        )


def numbered(paragraph: Paragraph, article: Article) -> str:
    """The words of a paragraph with each claim's number behind the word that tells it."""
    text, span = article.reading.document.text, paragraph.span
    ends = sorted(
        (mark.span.end, article.numbers[mark.ref])
        for mark in article.marks
        if mark.kind == "trigger" and span.start <= mark.span.start < span.end
    )
    parts, at = [], span.start
    for end, number in ends:
        parts.append(f"{text[at:end]}[{number}]")
        at = max(at, end)
    return visible("".join([*parts, text[at : span.end]]))


def brief_lines(group: Group) -> Iterator[str]:
    """Claims of no kind the register counts, on one line."""
    told = " · ".join(f"[{note.number}] {note.line_words}" for note in group.notes)
    yield from wrapped(visible(" · ".join(each for each in (told, speakers_words(group.chips)) if each)))


def speakers_words(chips: Sequence[Chip]) -> str:
    return " › ".join(chip.words + (f" ({chip.name})" if chip.name else "") for chip in chips)


def note_lines(note: Note, held: Mapping[str, Row]) -> Iterator[str]:
    """One note: who says so and how certainly, what, when and where, and what the register holds."""
    speakers = visible(speakers_words(note.chips))
    first = f"[{note.number}] {note.line_words}" + (f" · {speakers}" if speakers else " · in the author's own voice")
    yield from wrapped(first + (f" ({note.besides})" if note.besides else ""))
    yield from wrapped(what_words(note), indent=INDENT)
    where = note.where + (f" [{note.pin}]" if note.where and note.pin else "")
    told = [each for each in (note.when, where, note.harm) if each]
    if told:
        yield from wrapped("; ".join(told), indent=INDENT)
    if note.held is not None and note.held.sign != "·":
        yield from held_lines(note.held, held)
    for rate in note.rates:
        yield from wrapped(
            f"stated {rate.stated}, measured {rate.measured}: {rate.answer}. {rate.because}", indent=INDENT
        )


def what_words(note: Note) -> str:
    kind = note.kind.label if note.kind else "No kind of event the register counts"
    parts = (
        f"{note.who} → {note.whom}" if note.who and note.whom else note.who or (f"→ {note.whom}" if note.whom else "")
    )
    by = f" by means of {note.instruments}" if note.instruments else ""
    return visible(f"{kind} (“{note.trigger}”)" + (f": {parts}" if parts else "") + by)


def held_lines(answer: Held, held: Mapping[str, Row]) -> Iterator[str]:
    yield from wrapped(
        f"register: {answer.sign} {answer.words}" + (f" ({answer.because})" if answer.because else ""), indent=INDENT
    )
    for heading, ids in answer.named:
        for one in ids[:4]:
            named = f"{held[one].title}, {held[one].when}, {held[one].told} ({one})" if one in held else one
            yield from wrapped(f"{heading}: {visible(named)}", indent=INDENT + "  ")
        if len(ids) > 4:
            yield f"{INDENT}  {heading}: and {len(ids) - 4} more"


def tail_lines(article: Article) -> Iterator[str]:
    """The places by their letters, those not located, and how much was read."""
    if article.pins:
        yield from wrapped("Places: " + "; ".join(f"[{each.letter}] {each.name}" for each in article.pins))
    if article.elsewhere:
        names = dict.fromkeys(place_words(each) for each in article.elsewhere)
        yield from wrapped("Elsewhere: " + "; ".join(visible(each) for each in names))
    if article.unlocated:
        yield from wrapped(
            "Not located: "
            + "; ".join(
                f"“{visible(name)}” ({why})" if why else f"“{visible(name)}”" for name, why in article.unlocated
            )
        )
    for each in article.stated:
        yield from wrapped(visible(f"Stated: “{each.words}” ({each.test})"))
        yield from wrapped(visible(f"{each.answer}: {each.measured}. {each.because}"), indent=INDENT)
    yield from wrapped(
        f"{count_words(len(article.notes), 'claim')} read. A claim is what a source says, not what is so."
    )


def wrapped(line: str, *, indent: str = "") -> list[str]:
    """The line broken to the width, continued under its text."""
    return textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent + "    ", break_on_hyphens=False)
