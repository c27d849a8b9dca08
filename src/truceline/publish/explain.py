"""Why we hold what we hold on one incident: every claim, every reason, every step, for a reader at a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from zoneinfo import ZoneInfo

from truceline.errors import UnknownId
from truceline.model.agreement import Agreement, Obligation
from truceline.model.assessment import Assessment, Verdict
from truceline.model.document import Document
from truceline.model.incident import Contradiction, Incident, Origin, Stance, Version
from truceline.model.telling import Speaker, Telling
from truceline.model.view import View
from truceline.publish.plain_words import (
    COLUMNS,
    LABEL,
    bullets,
    counted,
    heading,
    indented,
    labelled,
    listed,
    sentence,
    word_actors,
    word_codes,
    word_instant,
    word_place,
    word_range,
    word_when,
)
from truceline.publish.values import sum_lines, value_rows
from truceline.publish.versions import Gone, find_gone, find_kept, gone_words, kept_words
from truceline.publish.voices import said_besides
from truceline.publish.words import DISPUTE_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One telling of the incident, numbered from 1, with the document it stands in.

    `speakers` runs from the outermost inwards and is empty for the author's own voice. `superseded` are the
    older versions of the document that are kept. `telling` and `document` are None when only a trace is left.
    """

    number: int
    version: Version
    telling: Telling | None
    document: Document | None
    speakers: tuple[str, ...]
    origin: Origin | None
    superseded: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An obligation applied: its title where the agreement in force has it."""

    id: str
    obligation: Obligation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that stands behind one incident, resolved and in reading order; `names` maps actor ids to neutral names.

    `gone` are claims shown under it that speak no more, `kept` what the origin of a claim no longer says.
    """

    incident: Incident
    told: tuple[Told, ...]
    assessment: Assessment | None
    terms: tuple[Term, ...]
    names: Mapping[str, str]
    timezone: str
    gone: tuple[Gone, ...] = ()
    kept: Mapping[str, Gone] = field(default_factory=dict)


def explain(id: str, view: View) -> str:
    """The explanation of an incident, or of the incident behind a claim or an assessment, as plain text.

    Raises UnknownId when the register holds nothing by that id.
    """
    return write_text(find_explanation(id, view))


def find_explanation(id: str, view: View) -> Explanation:
    """Everything behind `id`: an incident's, an assessment's or a claim's. Raises UnknownId."""
    incident = find_incident(id, view)
    assessment = next((each for each in view.assessments if each.incident == incident.id), None)
    return Explanation(
        incident=incident,
        told=tuple(find_told(incident, view)),
        assessment=assessment,
        terms=find_terms(assessment, view.mission.agreement),
        names={actor.id: actor.name for actor in view.mission.actors},
        timezone=view.mission.timezone,
        gone=tuple(find_gone(view.revisions, incident.id)),
        kept=find_kept(view.revisions),
    )


def find_incident(id: str, view: View) -> Incident:
    by_assessment = {each.id: each.incident for each in view.assessments}
    wanted = by_assessment.get(id, id)
    for incident in view.incidents:
        if incident.id == wanted or any(version.claim == id for version in incident.versions):
            return incident
    raise UnknownId(f"the register holds no incident, assessment or claim of an incident with the id '{id}'")


def find_told(incident: Incident, view: View) -> Iterator[Told]:
    tellings = {each.claim: each for each in view.tellings}
    documents = {each.id: each for each in view.documents}
    names = {actor.id: actor.name for actor in view.mission.actors}
    for number, version in enumerate(incident.versions, start=1):
        telling = tellings.get(version.claim)
        yield Told(
            number=number,
            version=version,
            telling=telling,
            document=documents.get(version.document),
            speakers=tuple(word_speaker(each, names) for each in telling.chain) if telling is not None else (),
            origin=next((each for each in incident.origins if version.claim in each.claims), None),
            superseded=tuple(sorted(each.version for each in view.superseded if each.id == version.document)),
        )


def find_terms(assessment: Assessment | None, agreement: Agreement | None) -> tuple[Term, ...]:
    if assessment is None:
        return ()
    known = {each.id: each for each in agreement.obligations} if agreement is not None else {}
    return tuple(Term(id=each, obligation=known.get(each)) for each in assessment.obligations)


def word_speaker(speaker: Speaker, names: Mapping[str, str]) -> str:
    """As worded, with the neutral name beside where it differs; an anonymous speaker is marked."""
    if not speaker.words.strip():
        return "somebody not named"
    name = names.get(speaker.actor) if speaker.actor is not None else None
    if name is not None and name.casefold() != speaker.words.casefold():
        return f"{speaker.words} ({name})"
    return f"{speaker.words} (anonymous)" if speaker.kind == "anonymous" else speaker.words


# ------------------------------------------------------------------------------------------------------------- text


def write_text(explanation: Explanation) -> str:
    """The explanation in plain text of at most 100 columns, ending in a newline."""
    sections = [
        write_head(explanation),
        write_told(explanation),
        write_gone(explanation),
        write_values(explanation),
        write_contradictions(explanation),
        write_reasons(explanation),
        write_assessment(explanation),
    ]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def write_head(explanation: Explanation) -> list[str]:
    incident = explanation.incident
    title = incident.title[:1].upper() + incident.title[1:]
    lines = [*wrap(title, COLUMNS), "=" * min(COLUMNS, len(title)), ""]
    kind = " ".join(each for each in (incident.event.plover, incident.event.mode) if each) or "not told"
    lines += labelled("id", incident.id)
    lines += labelled("when", word_when(incident.start, incident.end, explanation.timezone))
    lines += labelled("where", word_place(incident.place))
    lines += labelled("kind", kind + word_codes(incident))
    lines += labelled("by", word_actors(incident.agents, incident.agent_words, explanation.names))
    lines += labelled("against", word_actors(incident.recipients, incident.recipient_words, explanation.names))
    if incident.killed is not None:
        lines += labelled("killed", f"{word_range(incident.killed)}, as told")
    if incident.injured is not None:
        lines += labelled("injured", f"{word_range(incident.injured)}, as told")
    grade = incident.grade
    lines += labelled("grade", f"{grade.reliability}{grade.credibility}. {sentence(grade.reason)}")
    return lines + (labelled("letter", sentence(grade.record)) if grade.record else [])


def write_told(explanation: Explanation) -> list[str]:
    incident = explanation.incident
    origins = counted(len(incident.origins), "independent origin")
    lines = heading(f"What is told: {counted(len(explanation.told), 'telling')}, {origins}")
    if incident.origin_note:
        lines += ["", *wrap(f"{incident.origin_note}.", COLUMNS)]
    for told in explanation.told:
        lines += ["", *write_one(told, explanation.timezone)]
        if told.version.claim in explanation.kept:
            lines += labelled("mind", f"{kept_words(explanation.kept[told.version.claim])}.", indent=4)
    return lines


def write_gone(explanation: Explanation) -> list[str]:
    """What was told and is no longer said."""
    if not explanation.gone:
        return []
    lines = heading("No longer said")
    for gone in explanation.gone:
        telling = gone.outdated.telling
        quote = " ".join(telling.quote.split())
        lines += ["", *wrap(f"“{quote}”", COLUMNS, initial_indent="    ", subsequent_indent="    ")]
        lines += indented(gone_words(gone, ZoneInfo(explanation.timezone)))
        lines += labelled("claim", telling.claim, indent=4)
    return lines


def write_one(told: Told, timezone: str) -> list[str]:
    """One telling: its stance and document, its words, its speakers, its origin and why it is here."""
    lead = f"[{told.number}] {told.version.stance.value}"
    lines = wrap(f"{lead} · {word_document(told, timezone)}", COLUMNS, subsequent_indent="    ")
    if told.telling is not None:
        quote = " ".join(told.telling.quote.split())
        lines += wrap(f"“{quote}”", COLUMNS, initial_indent="    ", subsequent_indent="    ")
        lines += labelled("speakers", " > ".join(told.speakers) or "the author's own voice", indent=4)
        if told.telling.copied_from is not None:
            lines += labelled("copied", f"the wording repeats that of {told.telling.copied_from}", indent=4)
        lines += write_voices(told.telling, timezone)
    if told.origin is not None or told.version.stance is not Stance.DENIES:
        lines += labelled("origin", word_origin(told.origin), indent=4)
    lines += labelled("here as", sentence(told.version.reason) if told.version.reason else "it tells of it", indent=4)
    if told.document is not None and told.document.uri is not None:
        lines.append(f"    {'at':<{LABEL}}{told.document.uri}")
    lines += labelled("claim", told.version.claim, indent=4)
    return lines


def write_voices(telling: Telling, timezone: str) -> list[str]:
    """Where its words are taken from, what the speaker goes by, how the author stands to it, by when it is due."""
    lines = []
    if telling.taken_from is not None:
        place = telling.taken_from
        words = f"these words stand in {place.document}, characters {place.span.start} to {place.span.end}"
        lines += labelled("taken from", words, indent=4)
    besides = said_besides(telling, ZoneInfo(timezone))
    return lines + (labelled("besides", besides, indent=4) if besides else [])


def word_document(told: Told, timezone: str) -> str:
    document = told.document
    if document is None:
        return f"document {told.version.document}, no longer the latest version of its page"
    parts = [document.publisher or "publisher not named"]
    if document.published_at is not None:
        parts.append(word_instant(document.published_at, timezone))
    if document.title is not None:
        parts.append(f"“{document.title}”")
    version = f"version {document.version}"
    if told.superseded:
        version += f" (kept besides: {listed([str(each) for each in told.superseded])})"
    return " · ".join([*parts, version, document.id])


def word_origin(origin: Origin | None) -> str:
    if origin is None:
        return "none of its own: it repeats another telling"
    same = f", the same for {len(origin.claims)} tellings" if len(origin.claims) > 1 else ""
    repeats = ", which repeats its own side's words" if origin.amplifies is not None else ""
    return f"{origin.name}{same}{repeats}"


def write_values(explanation: Explanation) -> list[str]:
    """Value by value what is agreed and by which rule, and what is told; then numbers that do not go together."""
    numbers = {told.version.claim: f"[{told.number}]" for told in explanation.told}
    rows = value_rows(explanation.incident, numbers, ZoneInfo(explanation.timezone))
    lines = heading("Value by value") if rows else []
    for row in rows:
        lines += ["", *labelled(row.what.lower(), f"{row.agreed} ({row.rule})")]
        lines += [line for value, who in row.told for line in indented(f"{value}  {who}")]
        lines += indented(f"replaced by a later report of its own: {row.replaced}") if row.replaced else []
    sums = list(sum_lines(explanation.incident, numbers))
    lines += ["", *heading("Numbers that do not go together"), "", *bullets(sums)] if sums else []
    return lines


def write_contradictions(explanation: Explanation) -> list[str]:
    contradictions = explanation.incident.contradictions
    if not contradictions:
        return []
    numbers = {told.version.claim: told.number for told in explanation.told}
    lines = heading("What the tellings disagree on")
    for contradiction in contradictions:
        lines += write_contradiction(contradiction, numbers)
    return lines


def write_contradiction(contradiction: Contradiction, numbers: Mapping[str, int]) -> list[str]:
    """The values side by side, each with the tellings that hold it."""
    lines = ["", f"{DISPUTE_WORDS.get(contradiction.what, contradiction.what)}:"]
    width = max(len(variant.value) for variant in contradiction.variants)
    for variant in contradiction.variants:
        who = " ".join(f"[{numbers[claim]}]" for claim in variant.claims if claim in numbers)
        if width > COLUMNS // 2:
            lines += [*wrap(variant.value, COLUMNS, initial_indent="    ", subsequent_indent="    "), f"        {who}"]
        else:
            lines += wrap(
                f"{variant.value:<{width}}  {who}", COLUMNS, initial_indent="    ", subsequent_indent=" " * (6 + width)
            )
    return lines + wrap(contradiction.note, COLUMNS, initial_indent="    ", subsequent_indent="    ")


def write_reasons(explanation: Explanation) -> list[str]:
    reasons = explanation.incident.reasons
    if not reasons or len(explanation.told) == 1:
        return []
    return [*heading("Why these tellings are held to be one incident"), "", *bullets(reasons)]


def write_assessment(explanation: Explanation) -> list[str]:
    found = explanation.assessment
    if found is None:
        return [*heading("Assessment"), "", "None: this mission counts, and judges under no agreement."]
    lines = [*heading(f"Assessment: {found.verdict.value}"), ""]
    if found.by:
        accused = found.verdict in (Verdict.ALLEGED, Verdict.CONTESTED)
        lines += labelled(
            "accused" if accused else "by", listed([explanation.names.get(each, each) for each in found.by])
        )
    lines += labelled("attribution", found.finding.value)
    if found.aloud:
        lines += ["", *wrap(found.aloud, COLUMNS), ""]
    lines += labelled("likelihood", found.likelihood or "no estimate: nothing told supports one")
    lines += labelled("confidence", found.confidence)
    for number, step in enumerate(found.steps, start=1):
        lines += ["", *wrap(f"{number:>2}. {step.question}", COLUMNS, subsequent_indent="    ")]
        lines += wrap(
            f"{sentence(step.answer)} {step.because}", COLUMNS, initial_indent="    ", subsequent_indent="    "
        )
    lines += write_terms(explanation.terms)
    return [*lines, "", "What would change it:", *indented(found.would_change)]


def write_terms(terms: Sequence[Term]) -> list[str]:
    if not terms:
        return []
    lines = ["", "Terms applied:"]
    for term in terms:
        words = term.id
        if term.obligation is not None:
            each = term.obligation
            words = f"{each.id}: {sentence(each.title)} {sentence(each.clause)} {sentence(each.source)}"
        lines += indented(words)
    return lines
