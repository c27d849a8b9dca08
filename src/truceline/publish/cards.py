"""What a page shows of one incident, one telling or one speaker: values in words, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass

from truceline.model.incident import Incident, Stance, Version
from truceline.model.quantity import Range
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import Basis
from truceline.publish import words
from truceline.publish.looks import Kind, Line, Shape, certainty_words, kind_of, line_of, shape_of
from truceline.publish.lookup import Lookup, area_of, safe_name
from truceline.publish.versions import kept_words, withdrawn_words
from truceline.publish.voices import said_besides


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One speaker of a chain. `words` as written, `name` the neutral name where it differs."""

    words: str
    name: str
    is_anonymous: bool = False
    is_publisher: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingCard:
    """One telling as shown: its speakers, exact words and line style, and what it says in values.

    `event` is the word that tells what happened.
    """

    claim: str
    chips: tuple[Chip, ...]
    quote: str
    event: str
    line: Line
    certainty: str
    stance: str
    publisher: str
    reliability: str
    published: str
    document: str
    document_title: str
    document_file: str
    language: str | None
    who: str
    whom: str
    when: str
    where: str
    harm: str
    copied_from: str | None
    taken_from: str
    besides: str
    reason: str
    transliteration: str
    kept: str
    withdrawn: str
    is_right_to_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One incident as a line of a table. `file` is the name of its page, None where it has none."""

    id: str
    title: str
    file: str | None
    kind: Kind
    shape: Shape
    day: str
    when: str
    where: str
    precision: str
    area: str
    who: str
    whom: str
    harm: str
    grade: str
    grade_spelled: str
    versions_count: int
    origins_count: int
    sources_count: int
    denied: bool
    is_contradicted: bool
    likelihood: str | None
    confidence: str

    @property
    def told(self) -> str:
        tellings = words.count_words(self.versions_count, "telling")
        return f"{tellings}, {words.count_words(self.origins_count, 'origin')}"


def row_of(incident: Incident, lookup: Lookup, *, paged: frozenset[str]) -> Row:
    """The line of one incident; `paged` holds the ids of incidents that have a page of their own."""
    assessment = lookup.assessments.get(incident.id)
    place, day = lookup.place(incident.place), lookup.day(incident)
    return Row(
        id=incident.id,
        title=incident.title,
        file=f"{safe_name(incident.id)}.html" if incident.id in paged else None,
        kind=kind_of(incident.event),
        shape=shape_of(assessment.verdict if assessment else None),
        day="" if day is None else day.isoformat(),
        when=words.when_words(incident.start, incident.end, lookup.zone),
        where=words.place_words(place),
        precision="" if place is None or place.precision is None else words.PRECISION_WORDS[place.precision],
        area=area_of(incident),
        who=_parties(incident.agents, incident.agent_words, lookup, none="not said"),
        whom=_parties(incident.recipients, incident.recipient_words, lookup, none=""),
        harm=harm_words(incident.killed, incident.injured),
        grade=f"{incident.grade.reliability}{incident.grade.credibility}",
        grade_spelled=words.grade_words(incident.grade),
        versions_count=len(incident.versions),
        origins_count=len(incident.origins),
        sources_count=lookup.sources_count(incident),
        denied=any(each.stance is Stance.DENIES for each in incident.versions),
        is_contradicted=bool(incident.contradictions),
        likelihood=assessment.likelihood if assessment else None,
        confidence=assessment.confidence if assessment else "",
    )


def rows_of(incidents: Sequence[Incident], lookup: Lookup, *, paged: frozenset[str]) -> tuple[Row, ...]:
    return tuple(row_of(each, lookup, paged=paged) for each in incidents)


def harm_words(killed: Range | None, injured: Range | None) -> str:
    """'3–5 killed, 7 injured', '' where nothing is told."""
    told = ((words.range_words(killed), "killed"), (words.range_words(injured), "injured"))
    return ", ".join(f"{count} {what}" for count, what in told if count)


def card_of(telling: Telling, lookup: Lookup, *, version: Version | None = None) -> TellingCard:
    """One telling as shown; `version` says what it does to the incident it stands in."""
    document = lookup.documents.get(telling.document)
    source = lookup.sources.get(telling.source or "")
    line = line_of(telling.mood, telling.factuality, negated=telling.negated)
    return TellingCard(
        claim=telling.claim,
        chips=chips_of(telling, lookup),
        quote=telling.quote,
        event=telling.trigger,
        line=line,
        certainty=certainty_words(telling.mood, line),
        stance="" if version is None else version.stance.value,
        publisher=lookup.publisher(telling),
        reliability=source.reliability.value if source else "F",
        published=words.instant_words(telling.published_at, lookup.zone) if telling.published_at else "date unknown",
        document=telling.document,
        document_title=(document.title if document else None) or telling.document,
        document_file=f"{safe_name(telling.document)}.html",
        language=document.language if document else None,
        who=roles_words(telling.agents, lookup),
        whom=roles_words(telling.recipients, lookup),
        when=told_when(telling, lookup),
        where=told_where(telling, lookup),
        harm="" if telling.harm is None else harm_words(telling.harm.killed, telling.harm.injured),
        copied_from=telling.copied_from,
        taken_from=taken_from_words(telling, lookup),
        besides=said_besides(telling, lookup.zone),
        reason="" if version is None else version.reason,
        kept=kept_words(lookup.kept[telling.claim]) if telling.claim in lookup.kept else "",
        withdrawn=withdrawn_words(telling, lookup.zone),
        transliteration=words.transliteration(telling.quote),
        is_right_to_left=words.is_right_to_left(telling.quote),
    )


def taken_from_words(telling: Telling, lookup: Lookup) -> str:
    """Whose words they are when they stand in an earlier document; '' where they are its own or the whole is a copy."""
    if telling.taken_from is None or telling.copied_from is not None:
        return ""
    document = lookup.documents.get(telling.taken_from.document)
    title = (document.title if document else None) or telling.taken_from.document
    publisher = document.publisher if document else None
    return f"{publisher}, {title}" if publisher else title


def chips_of(telling: Telling, lookup: Lookup) -> tuple[Chip, ...]:
    """The chain of speakers, the publisher first; an anonymous speaker is marked as such."""
    publisher = Chip(words=lookup.publisher(telling), name="", is_publisher=True)
    return (publisher, *(chip_of(each, lookup) for each in telling.chain))


def chip_of(speaker: Speaker, lookup: Lookup) -> Chip:
    name = lookup.actor_name(speaker.actor) if speaker.actor is not None else ""
    return Chip(
        words=speaker.words or "unnamed",
        name="" if name.casefold() in speaker.words.casefold() else name,
        is_anonymous=speaker.kind == "anonymous" or (speaker.actor is None and not speaker.words),
    )


def told_when(telling: Telling, lookup: Lookup) -> str:
    if telling.happened is None:
        return "time not stated"
    stated = words.when_words(telling.happened.start, telling.happened.end, lookup.zone)
    if telling.happened.basis is Basis.PUBLISHED:
        return f"time not stated; published {stated}"
    return stated if telling.happened.start is not None else telling.happened.value


def told_where(telling: Telling, lookup: Lookup) -> str:
    if telling.place is None:
        return "place not stated"
    document = lookup.documents.get(telling.document)
    inside = document is not None and telling.place.span.end <= len(document.text)
    return words.place_words(lookup.place(telling.place), document.text if document and inside else "")


def roles_words(roles: Sequence[Role], lookup: Lookup) -> str:
    return words.list_words([role_words(each, lookup) for each in roles])


def role_words(role: Role, lookup: Lookup) -> str:
    """A participant as worded, with the neutral name of the actor it was resolved to and the count as bounded."""
    name = lookup.actor_name(role.actor) if role.actor is not None else ""
    count = words.bounds_words(role.low, role.high)
    named = (
        f"“{role.words}”"
        if not name
        else role.words
        if name.casefold() in role.words.casefold()
        else f"{words.quoted(role.words)} ({name})"
    )
    return f"{named} [{count}]" if count and count.replace(",", "") not in role.words.replace(",", "") else named


def _parties(ids: Sequence[str], as_worded: Sequence[str], lookup: Lookup, *, none: str) -> str:
    """Names agreed or alleged; where no actor was resolved, the words of the tellings in quotes."""
    if ids:
        return words.list_words(lookup.actor_names(ids))
    distinct = list(dict.fromkeys(each for each in as_worded if each))
    return words.list_words([words.quoted(each) for each in distinct[:3]], none=none)
