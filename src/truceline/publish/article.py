"""The annotated article as values: paragraphs with marks, notes beside them, and what the register holds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from itertools import chain

from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.check import ArticleCheck, Checked, Holding
from truceline.model.claim import Claim, Participant
from truceline.model.mention import Label
from truceline.model.place import Toponym
from truceline.model.quantity import Quantity, Unit
from truceline.model.reading import Reading
from truceline.model.series import RateCheck
from truceline.model.span import Span
from truceline.model.when import Basis, When
from truceline.publish import words
from truceline.publish.cards import Chip, harm_words
from truceline.publish.counting import compared_words
from truceline.publish.drawing import Pin, can_be_pinned, country_of
from truceline.publish.looks import Kind, Line, certainty_words, kind_of, line_of
from truceline.publish.marking import Mark

HOLDING_SIGNS = {
    Holding.CORROBORATED: "+",
    Holding.DENIED: "−",
    Holding.DISPUTED: "±",
    Holding.ONLY_HERE: "○",
    Holding.NOT_CHECKED: "·",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the register holds on one claim: incidents told likewise, denied, or both, by id."""

    sign: str
    words: str
    because: str
    support: tuple[str, ...]
    against: tuple[str, ...]
    both: tuple[str, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons one by one: `because` joins them with semicolons."""
        return tuple(each.strip() for each in self.because.split(";") if each.strip())

    @property
    def named(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The incidents under the word that says how they speak, empty ones left out."""
        all_of_them = (("for", self.support), ("against", self.against), ("for and against", self.both))
        return tuple((word, ids) for word, ids in all_of_them if ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A stated rate held against the register."""

    stated: str
    measured: str
    answer: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One claim as told in the margin: number, speakers, values, and what the register holds (None: not asked)."""

    number: int
    claim: str
    line: Line
    line_words: str
    mood: str
    chips: tuple[Chip, ...]
    kind: Kind | None
    trigger: str
    who: str
    whom: str
    instruments: str
    when: str
    where: str
    pin: str
    harm: str
    quote: str
    held: Held | None
    rates: tuple[Rate, ...]

    @property
    def is_brief(self) -> bool:
        """Whether one line says all: no event of the register's kinds and nothing to check."""
        return self.kind is None and not self.rates and (self.held is None or self.held.sign == "·")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Notes told together: one full note, or neighbouring brief ones of the same speakers on one line."""

    is_brief: bool
    chips: tuple[Chip, ...]
    notes: tuple[Note, ...]


def group_notes(notes: Iterable[Note]) -> tuple[Group, ...]:
    """The notes of a paragraph in groups, in their order."""
    groups: list[Group] = []
    for note in notes:
        last = groups[-1] if groups else None
        if last is not None and note.is_brief and last.is_brief and last.chips == note.chips:
            groups[-1] = replace(last, notes=(*last.notes, note))
        else:
            groups.append(Group(is_brief=note.is_brief, chips=note.chips, notes=(note,)))
    return tuple(groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A loaded word as the author put it, what we would say, and why it is flagged."""

    word: str
    neutral: str
    reason: str


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

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(chain.from_iterable(each.notes for each in self.paragraphs))


def lay_out(
    reading: Reading,
    *,
    actors: Mapping[str, str],
    zone: tzinfo = UTC,
    countries: Sequence[str] = (),
    check: ArticleCheck | None = None,
) -> Article:
    """The article laid out; `actors` gives the neutral name of an actor id, `check` what the register holds."""
    claims = sorted(find_shown(reading), key=lambda each: (each.trigger.span, each.span, each.id))
    country = country_of([each for each in reading.places if each.id is not None], countries)
    letters = _letters([each for each in reading.places if each.id is not None and can_be_pinned(each, country)])
    scribe = Scribe(
        reading=reading,
        actors=actors,
        zone=zone,
        letters=letters,
        checked={each.claim: each for each in check.checked} if check else {},
        rates=_by_claim(check.rates) if check else {},
    )
    notes = [scribe.note(number, each) for number, each in enumerate(claims, start=1)]
    numbers = {note.claim: note.number for note in notes}
    starts = {claim.id: claim.trigger.span.start for claim in claims}
    paragraphs = tuple(
        Paragraph(
            span=span,
            notes=tuple(each for each in notes if span.start <= starts[each.claim] < span.end),
            loaded=tuple(_loaded(label for label in reading.labels if span.overlaps(label.span))),
        )
        for span in split_paragraphs(reading.document.text)
    )
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
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scribe:
    """Writes the notes of one reading."""

    reading: Reading
    actors: Mapping[str, str]
    zone: tzinfo
    letters: Mapping[str, str]
    checked: Mapping[str, Checked]
    rates: Mapping[str, tuple[RateCheck, ...]]

    def note(self, number: int, claim: Claim) -> Note:
        text = self.reading.document.text
        line = line_of(claim.mood, claim.factuality, negated=claim.negated)
        kind = None if claim.trigger.type.plover is None else kind_of(claim.trigger.type)
        place = None if claim.place is None else self.reading.places[claim.place]
        return Note(
            number=number,
            claim=claim.id,
            line=line,
            line_words=certainty_words(claim.mood, line),
            mood=claim.mood.value,
            chips=tuple(self.chip(self.reading.attribution(each)) for each in claim.chain),
            kind=kind,
            trigger=claim.trigger.span.of(text),
            who=self.people(claim.agents),
            whom=self.people(claim.recipients),
            instruments=self.people(claim.instruments),
            when=when_told(claim.happened, self.zone),
            where="" if place is None else words.place_words(place, text),
            pin="" if place is None else self.letters.get(_key(place), ""),
            harm="" if claim.harm is None else harm_words(claim.harm.killed, claim.harm.injured),
            quote=claim.span.of(text),
            held=self.held(claim),
            rates=tuple(rate_of(each) for each in self.rates.get(claim.id, ())),
        )

    def held(self, claim: Claim) -> Held | None:
        checked = self.checked.get(claim.id)
        if checked is None:
            return None
        return Held(
            sign=HOLDING_SIGNS[checked.holding],
            words=checked.holding.value,
            because=checked.because,
            support=tuple(each for each in checked.support if each not in checked.against),
            against=tuple(each for each in checked.against if each not in checked.support),
            both=tuple(each for each in checked.support if each in checked.against),
        )

    def chip(self, attribution: Attribution) -> Chip:
        said = " … ".join(each.of(self.reading.document.text) for each in attribution.source)
        name = self.actors.get(attribution.speaker, attribution.speaker) if attribution.speaker else ""
        return Chip(
            words=said or "unnamed",
            name="" if name.casefold() in said.casefold() else name,
            is_anonymous=attribution.kind is SpeakerKind.ANONYMOUS or not said,
        )

    def people(self, participants: Sequence[Participant]) -> str:
        return words.list_words([self.participant(each) for each in participants])

    def participant(self, each: Participant) -> str:
        """The words in quotes, the neutral name where it says more, the bounds where they say more."""
        said = " ".join(each.span.of(self.reading.document.text).split())
        name = self.actors.get(each.actor, each.actor) if each.actor else ""
        shown = (
            words.quoted(said) if not name or name.casefold() in said.casefold() else f"{words.quoted(said)} ({name})"
        )
        count = "" if each.count is None else words.bounds_words(each.count.low, each.count.high)
        return f"{shown} [{count}]" if count and count.replace(",", "") not in said.replace(",", "") else shown


def when_told(when: When | None, zone: tzinfo) -> str:
    """When it is said to have happened, in the days of the text; '' where nothing says."""
    if when is None:
        return ""
    if when.start is None or when.end is None:
        return when.value
    stated = words.when_words(when.start, when.end, zone)
    return f"no time stated, published {stated}" if when.basis is Basis.PUBLISHED else stated


def rate_of(check: RateCheck) -> Rate:
    return Rate(
        stated=stated_words(check),
        measured=compared_words(check.measured),
        answer=check.answer.value,
        because=check.because,
    )


def stated_words(check: RateCheck) -> str:
    """'×3', '×1.5 or more'; the words themselves where they give no number."""
    bounds = words.bounds_words(check.stated_low, check.stated_high)
    return f"×{bounds}" if bounds else words.quoted(check.words)


PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def split_paragraphs(text: str) -> list[Span]:
    """The stretches between blank lines."""
    return [Span(*match.span()) for match in PARAGRAPH.finditer(text) if match.group().strip()]


def find_shown(reading: Reading) -> list[Claim]:
    """The claims that get a mark: not the mere saying of something, for its speaker is shown with what is said."""
    cues = [span for each in reading.attributions for span in each.cue]
    return [
        each
        for each in reading.claims
        if each.trigger.type.plover is not None or not any(span.overlaps(each.trigger.span) for span in cues)
    ]


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
    tips = {f"l{nth}": f"loaded word; neutral: {each.neutral}" for nth, each in enumerate(reading.labels)}
    tips |= {f"q{nth}": quantity_words(each) for nth, each in enumerate(reading.quantities)}
    tips |= {f"t{nth}": time_words(each, zone) for nth, each in enumerate(reading.times)}
    for nth, place in enumerate(reading.places):
        letter = letters.get(_key(place))
        tips[f"p{nth}"] = (
            f"{letter} on the map: {words.place_words(place)}" if letter else f"not located: {place.reason}"
        )
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


def _key(place: Toponym) -> str:
    return f"{place.id}|{place.lat}|{place.lon}"


def _located(places: Iterable[Toponym]) -> dict[str, Toponym]:
    return {_key(each): each for each in places if each.id is not None}


def _letters(places: Sequence[Toponym]) -> dict[str, str]:
    """A letter for each place on the map, in the order of the text: A … Z, then A2 …."""
    keys = dict.fromkeys(_key(each) for each in places)
    return {key: chr(65 + nth % 26) + (str(nth // 26 + 1) if nth >= 26 else "") for nth, key in enumerate(keys)}


def _unlocated(reading: Reading) -> Iterator[tuple[str, str]]:
    missing = {each.span.of(reading.document.text): each.reason for each in reading.places if each.id is None}
    yield from sorted(missing.items())


def _loaded(labels: Iterable[Label]) -> list[Loaded]:
    found = [Loaded(word=each.word, neutral=each.neutral, reason=each.reason) for each in labels]
    return list({each.word.casefold(): each for each in reversed(found)}.values())[::-1]


def _by_claim(rates: Iterable[RateCheck]) -> dict[str, tuple[RateCheck, ...]]:
    grouped: dict[str, tuple[RateCheck, ...]] = {}
    for each in rates:
        grouped[each.claim] = (*grouped.get(each.claim, ()), each)
    return grouped
