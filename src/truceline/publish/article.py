"""The annotated article as values: paragraphs with marks, notes beside them, and what the register holds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from itertools import chain

from truceline.model.attribution import SpeakerKind
from truceline.model.check import ArticleCheck
from truceline.model.claim import Claim
from truceline.model.mention import Label
from truceline.model.place import Toponym
from truceline.model.quantity import Quantity, Unit
from truceline.model.reading import Reading
from truceline.model.release import ReleaseProfile
from truceline.model.span import Span
from truceline.model.when import When
from truceline.publish import words
from truceline.publish.looks import Line, line_of
from truceline.publish.marking import Mark
from truceline.publish.notes import Group, Note, Scribe, group_notes, place_key, rates_by_claim, when_told
from truceline.publish.pins import Pin, can_be_pinned, country_of
from truceline.publish.redact import publishable
from truceline.publish.score import Lane, Place, find_lanes
from truceline.publish.stated import StatedLine, stated_lines
from truceline.publish.voices import label_words
from truceline.publish.words import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A loaded word as it was put, by whom ("": the author), what we would say, and why it is flagged."""

    word: str
    neutral: str
    reason: str
    kind: str = ""
    speaker: str = ""

    @property
    def shown(self) -> str:
        """The neutral rendering, and whose word it is where it is not the author's."""
        neutral = self.neutral or "can be left out"
        return f"{neutral}; {quoted(self.speaker)} said it" if self.speaker else neutral


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph: where it lies in the text, the notes and the loaded words that belong beside it."""

    span: Span
    notes: tuple[Note, ...]
    loaded: tuple[Loaded, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        return group_notes(self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A reading laid out: paragraphs in order, marks over the whole text, pins of the places."""

    reading: Reading
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...]
    pins: tuple[Pin, ...]
    country: str
    elsewhere: tuple[Toponym, ...]
    unlocated: tuple[tuple[str, str], ...]
    tips: Mapping[str, str]
    numbers: Mapping[str, int]
    triggers: Mapping[str, Span]
    stated: tuple[StatedLine, ...] = ()
    lanes: tuple[Lane, ...] = ()

    def distance(self, claim: str, span: Span) -> int:
        """How far the word that tells a claim stands from a stretch of the text, in code points."""
        trigger = self.triggers[claim]
        return max(trigger.start - span.end, span.start - trigger.end, 0)

    @property
    def loaded(self) -> tuple[Loaded, ...]:
        """Every loaded word once, as it is first put."""
        every = chain.from_iterable(each.loaded for each in self.paragraphs)
        return tuple({each.word.casefold(): each for each in reversed(list(every))}.values())[::-1]

    @property
    def neutral(self) -> Mapping[int, str]:
        """Each claim in our words, by its number."""
        return {each.number: each.neutral for each in self.notes}

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(chain.from_iterable(each.notes for each in self.paragraphs))


def lay_out(
    reading: Reading,
    *,
    actors: Mapping[str, str],
    zone: tzinfo = UTC,
    countries: Sequence[str] = (),
    place_kinds: Mapping[str, str] | None = None,
    check: ArticleCheck | None = None,
    release: ReleaseProfile | None = None,
) -> Article:
    """The article laid out.

    `actors` gives the neutral name of an actor id and `place_kinds` the kind of a place id: places that shelter people
    are moved to a coarse grid unless `release` shows them exactly. `check` says what the register holds.
    """
    kinds = place_kinds or {}
    reading = replace(
        reading,
        places=tuple(publishable(each, kind=kinds.get(each.id or ""), release=release) for each in reading.places),
    )
    claims = sorted(find_shown(reading), key=lambda each: (each.trigger.span, each.span, each.id))
    country = country_of([each for each in reading.places if each.id is not None], countries)
    letters = _letters([each for each in reading.places if each.id is not None and can_be_pinned(each, country)])
    scribe = Scribe(
        reading=reading,
        actors=actors,
        zone=zone,
        letters=letters,
        checked={each.claim: each for each in check.checked} if check else {},
        rates=rates_by_claim(check) if check else {},
    )
    notes = [scribe.note(number, each) for number, each in enumerate(claims, start=1)]
    numbers = {note.claim: note.number for note in notes}
    paragraphs = tuple(_part(reading, claims, notes))
    return Article(
        reading=reading,
        paragraphs=paragraphs,
        marks=tuple(find_marks(reading)),
        pins=tuple(
            Pin(letter=letters[key], name=words.place_words(place, reading.document.text), place=place)
            for key, place in _located(reading.places).items()
            if key in letters
        ),
        country=country,
        elsewhere=tuple(each for key, each in _located(reading.places).items() if key not in letters),
        unlocated=tuple(_unlocated(reading)),
        tips=tips_of(reading, letters, zone),
        numbers=numbers,
        triggers={each.id: each.trigger.span for each in claims},
        stated=stated_lines(check.statements) if check else (),
        lanes=find_lanes(
            notes,
            [Place(span=each.span, trigger=each.trigger.span) for each in claims],
            length=len(reading.document.text),
        ),
    )


def _part(reading: Reading, claims: Sequence[Claim], notes: Sequence[Note]) -> Iterator[Paragraph]:
    """The paragraphs, each with the notes on what is told in it and its loaded words."""
    starts = {claim.id: claim.trigger.span.start for claim in claims}
    for span in split_paragraphs(reading.document.text):
        yield Paragraph(
            span=span,
            notes=tuple(each for each in notes if span.start <= starts[each.claim] < span.end),
            loaded=tuple(_loaded((each for each in reading.labels if span.overlaps(each.span)), reading)),
        )


PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def split_paragraphs(text: str) -> list[Span]:
    """The stretches between blank lines."""
    return [Span(*match.span()) for match in PARAGRAPH.finditer(text) if match.group().strip()]


def find_shown(reading: Reading) -> list[Claim]:
    """The claims that get a mark.

    Not the mere saying of something, for its speaker is shown with what is said; nor an event without a type where
    another one already marks the same words in the same way.
    """
    cues = [span for each in reading.attributions for span in each.cue]
    marked = {_looks_of(each) for each in reading.claims if each.trigger.type.plover is not None}
    shown: list[Claim] = []
    for each in reading.claims:
        if each.trigger.type.plover is None:
            if _looks_of(each) in marked or any(span.overlaps(each.trigger.span) for span in cues):
                continue
            marked.add(_looks_of(each))
        shown.append(each)
    return shown


def _looks_of(claim: Claim) -> tuple[Span, Line, tuple[str, ...]]:
    return claim.span, line_of(claim.mood, claim.factuality, negated=claim.negated), claim.chain


def find_marks(reading: Reading) -> Iterator[Mark]:
    """Everything found in the text, as marks over it."""
    for claim in find_shown(reading):
        line = line_of(claim.mood, claim.factuality, negated=claim.negated)
        yield Mark(span=claim.span, kind="claim", ref=claim.id, line=line)
        yield Mark(span=claim.trigger.span, kind="trigger", ref=claim.id)
    for nth, attribution in enumerate(reading.attributions):
        anonymous = "anonymous" if attribution.kind is SpeakerKind.ANONYMOUS else "speaker"
        for span in attribution.source:
            yield Mark(span=span, kind=anonymous, ref=f"s{nth}")
    yield from (Mark(span=each.span, kind="place", ref=f"p{nth}") for nth, each in enumerate(reading.places))
    yield from (Mark(span=each.span, kind="label", ref=f"l{nth}") for nth, each in enumerate(reading.labels))
    yield from (Mark(span=each.span, kind="time", ref=f"t{nth}") for nth, each in enumerate(reading.times) if each.span)
    yield from (Mark(span=each.span, kind="number", ref=f"q{nth}") for nth, each in enumerate(reading.quantities))


def tips_of(reading: Reading, letters: Mapping[str, str], zone: tzinfo) -> dict[str, str]:
    """What a pointer or a screen reader is told of a mark, by its ref."""
    tips = {f"l{nth}": label_words(each, speaker=speaker_of(each, reading)) for nth, each in enumerate(reading.labels)}
    tips |= {f"q{nth}": quantity_words(each) for nth, each in enumerate(reading.quantities)}
    tips |= {f"t{nth}": time_words(each, zone) for nth, each in enumerate(reading.times)}
    for nth, place in enumerate(reading.places):
        letter = letters.get(place_key(place))
        where = words.place_words(place) if place.id is not None else f"not located: {place.reason}"
        tips[f"p{nth}"] = f"{letter} on the map: {where}" if letter else where
    return tips


def quantity_words(quantity: Quantity) -> str:
    bounds = words.bounds_words(quantity.low, quantity.high)
    match quantity.unit:
        case Unit.RATIO:
            return f"ratio of {bounds}" + (f", {quantity.of}" if quantity.of else "")
        case Unit.PERCENT:
            return f"{bounds} %" + (f" of {quantity.of}" if quantity.of else "")
        case _:
            return f"{bounds} {quantity.of}".strip()


def time_words(when: When, zone: tzinfo) -> str:
    return (
        f"{when_told(when, zone)} ({when.basis.value})"
        if when.start is not None
        else f"{when.value} ({when.type.value.lower()})"
    )


def _located(places: Iterable[Toponym]) -> dict[str, Toponym]:
    return {place_key(each): each for each in places if each.id is not None}


def _letters(places: Sequence[Toponym]) -> dict[str, str]:
    """A letter for each place on the map, in the order of the text: A … Z, then A2 …."""
    keys = dict.fromkeys(place_key(each) for each in places)
    return {key: chr(65 + nth % 26) + (str(nth // 26 + 1) if nth >= 26 else "") for nth, key in enumerate(keys)}


def _unlocated(reading: Reading) -> Iterator[tuple[str, str]]:
    missing = {each.span.of(reading.document.text): each.reason for each in reading.places if each.id is None}
    yield from sorted(missing.items())


def speaker_of(label: Label, reading: Reading) -> str:
    """Who is quoted with a loaded word, as worded; '' for the author, "somebody not named" for an unnamed speaker."""
    attribution = next((each for each in reading.attributions if each.id == label.by), None)
    if attribution is None:
        return ""
    return " … ".join(piece.of(reading.document.text) for piece in attribution.source) or "somebody not named"


def _loaded(labels: Iterable[Label], reading: Reading) -> list[Loaded]:
    found = [
        Loaded(
            word=each.word,
            neutral=each.neutral,
            reason=each.reason,
            kind=each.kind.value,
            speaker=speaker_of(each, reading),
        )
        for each in labels
    ]
    return list({each.word.casefold(): each for each in reversed(found)}.values())[::-1]
