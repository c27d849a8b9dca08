"""The notes beside an article: each claim with its speakers, its values, and what the register holds on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.check import ArticleCheck, Checked, Holding
from truceline.model.claim import Claim, Participant
from truceline.model.place import Toponym
from truceline.model.reading import Reading
from truceline.model.series import RateCheck
from truceline.model.when import Basis, When
from truceline.publish import words
from truceline.publish.cards import Chip, harm_words
from truceline.publish.counting import compared_words
from truceline.publish.looks import Kind, Line, certainty_words, kind_of, line_of
from truceline.publish.voices import said_besides

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
    neutral: str
    besides: str
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
            when=self.when(claim.happened),
            where="" if place is None else words.place_words(place, text),
            pin="" if place is None else self.letters.get(place_key(place), ""),
            harm="" if claim.harm is None else harm_words(claim.harm.killed, claim.harm.injured),
            quote=claim.span.of(text),
            neutral=self.neutral(claim, kind, certainty_words(claim.mood, line)),
            besides=said_besides(claim, self.zone),
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

    def when(self, happened: When | None) -> str:
        """When it is said to have happened; the day of publication stands above the article already."""
        unstated = happened is not None and happened.basis is Basis.PUBLISHED
        return "no time stated" if unstated else when_told(happened, self.zone)

    def neutral(self, claim: Claim, kind: Kind | None, certainty: str) -> str:
        """The claim in our words, for a pointer or a key: what, by whom, to whom, where, who says so, how surely."""
        place = None if claim.place is None else self.reading.places[claim.place]
        who, whom = (words.list_words(list(map(self.named, each))) for each in (claim.agents, claim.recipients))
        speakers = " through ".join(
            self.spoken(self.chip(self.reading.attribution(each))) for each in claim.chain[::-1]
        )
        told = [
            kind.label if kind else words.quoted(claim.trigger.span.of(self.reading.document.text)),
            f"by {who}" if who else "",
            f"to {whom}" if whom else "",
            words.place_words(place) if place is not None and place.id is not None else "",
            f"{certainty}, by {speakers}" if speakers else f"{certainty} in the author's own voice",
        ]
        return "; ".join(each for each in told if each)

    def named(self, each: Participant) -> str:
        """The neutral name of a participant, the source's words in quotes where none is known."""
        said = " ".join(each.span.of(self.reading.document.text).split())
        return self.actors.get(each.actor, each.actor) if each.actor else words.quoted(said)

    def spoken(self, chip: Chip) -> str:
        return chip.name or chip.words

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


def place_key(place: Toponym) -> str:
    """What tells two places apart: one name may stand for a town and for the country around it."""
    return f"{place.id}|{place.lat}|{place.lon}"


def rates_by_claim(check: ArticleCheck) -> dict[str, tuple[RateCheck, ...]]:
    grouped: dict[str, tuple[RateCheck, ...]] = {}
    for each in check.rates:
        grouped[each.claim] = (*grouped.get(each.claim, ()), each)
    return grouped
