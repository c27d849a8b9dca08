"""An incident told in full for the terminal: every claim, its document and span, the reasoning and the clause."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from rich.markup import escape

from truceline.kit.visible import visible_in_terminal
from truceline.model.assessment import Assessment
from truceline.model.document import Document
from truceline.model.incident import Incident, Stance, Version
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.publish.values import sum_lines, value_rows
from truceline.publish.versions import Gone, find_gone, find_kept, gone_words, kept_words
from truceline.publish.voices import said_besides
from truceline.publish.words import DISPUTE_WORDS

SIGNS = {Stance.ASSERTS: "+", Stance.DENIES: "−", Stance.HEDGES: "~"}


# Why a telling's place was taken for the one it is, in lines.
WhyPlace = Callable[[Telling, Document], Iterable[str]]


def no_reasons(_telling: Telling, _document: Document) -> tuple[str, ...]:
    """For an account without the choice of places laid open."""
    return ()


def account_of(incident: Incident, view: View, why: WhyPlace = no_reasons) -> Iterator[str]:
    """The account, paragraph by paragraph, in rich's markup; nothing a source wrote can move the cursor."""
    yield from (visible_in_terminal(part) for part in parts_of(incident, view, why))


def parts_of(incident: Incident, view: View, why: WhyPlace = no_reasons) -> Iterator[str]:
    yield from lines_of_incident(incident, view)
    yield "\n[bold]Told by[/bold]"
    tellings = {each.claim: each for each in view.tellings}
    documents = {each.id: each for each in view.documents}
    zone = ZoneInfo(view.mission.timezone)
    kept = find_kept(view.revisions)
    for version in incident.versions:
        telling = tellings.get(version.claim)
        if telling is not None:
            document = documents.get(telling.document)
            yield from lines_of_version(version, telling, document, zone=zone)
            if telling.claim in kept:
                yield f"  {escape(kept_words(kept[telling.claim]))}"
            if document is not None and document.version == telling.version:
                yield from lines_of_place(telling, why(telling, document))
    yield from lines_of_gone(tuple(find_gone(view.revisions, incident.id)), zone)
    yield from lines_of_origins(incident)
    yield from lines_of_links(incident)
    yield from lines_of_values(incident, tellings, zone)
    yield from lines_of_contradictions(incident)
    for assessment in view.assessments:
        if assessment.incident == incident.id:
            yield from lines_of_assessment(assessment)


def lines_of_incident(incident: Incident, view: View) -> Iterator[str]:
    yield f"[bold]{escape(incident.title)}[/bold]  {incident.id}"
    event = incident.event
    yield f"kind     {' · '.join(name for name in (event.plover, event.mode, event.acled) if name is not None)}"
    yield f"when     {stretch(incident, ZoneInfo(view.mission.timezone))}"
    place = incident.place
    if place is not None and place.name is not None:
        radius = "" if place.radius_km is None else f", within {place.radius_km:g} km"
        yield f"where    {escape(place.name)} ({place.id}{radius})"
    else:
        yield "where    cannot determine"
    names = {actor.id: actor.name for actor in view.mission.actors}
    for role, ids, words in (
        ("by", incident.agents, incident.agent_words),
        ("against", incident.recipients, incident.recipient_words),
    ):
        told = ", ".join(f"{names.get(each, each)} ({each})" for each in ids) or "cannot determine"
        yield f"{role:8} {escape(told)}" + (f", as worded: {escape('; '.join(words))}" if words else "")
    yield f"grade    {incident.grade.reliability}{incident.grade.credibility}: {escape(incident.grade.reason)}"
    if incident.grade.record:
        yield f"letter   {escape(incident.grade.record)}"
    yield from (f"because  {escape(reason)}" for reason in incident.reasons)


def stretch(incident: Incident, zone: ZoneInfo) -> str:
    """From when to when in the mission's time zone."""
    if incident.start is None or incident.end is None:
        return "cannot determine"
    start, end = incident.start.astimezone(zone), incident.end.astimezone(zone)
    return f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} ({zone.key})"


def lines_of_version(version: Version, telling: Telling, document: Document | None, *, zone: ZoneInfo) -> Iterator[str]:
    chain = [
        telling.source or telling.family,
        *(each.actor or each.words or f"{each.kind} speaker" for each in telling.chain),
    ]
    yield f"\n{SIGNS[version.stance]} {version.stance.value}: {escape(' ← '.join(chain))}"
    yield f"  “{escape(telling.quote)}”"
    title = "" if document is None or document.title is None else f" {escape(document.title)}"
    published = published_words(telling, zone)
    yield f"  {escape(telling.document)}, version {telling.version}, {published}{title}"
    yield f"  characters {telling.span.start} to {telling.span.end}, claim {escape(telling.claim)}"
    if telling.copied_from is not None:
        yield f"  repeats the wording of {escape(telling.copied_from)}"
    if telling.taken_from is not None:
        place = telling.taken_from
        yield f"  words taken from {escape(place.document)}, characters {place.span.start} to {place.span.end}"
    besides = said_besides(telling, zone)
    if besides:
        yield f"  {besides}"
    yield f"  here because: {escape(version.reason)}"


def lines_of_gone(gone: Sequence[Gone], zone: ZoneInfo) -> Iterator[str]:
    """Claims that are shown under the incident though they speak no more."""
    if gone:
        yield "\n[bold]No longer said[/bold]"
    for each in gone:
        telling = each.outdated.telling
        chain = [telling.source or telling.family, *(one.actor or one.words for one in telling.chain)]
        yield f"\n× {escape(' ← '.join(chain))}"
        yield f"  “{escape(telling.quote)}”"
        yield f"  {escape(telling.document)}, version {telling.version}, {published_words(telling, zone)}"
        yield f"  characters {telling.span.start} to {telling.span.end}, claim {escape(telling.claim)}"
        yield f"  {escape(gone_words(each, zone))}"
        if each.outdated.kept_by:
            yield f"  still said, from there, in {escape(', '.join(each.outdated.kept_by))}"


def lines_of_place(telling: Telling, reasons: Iterable[str]) -> Iterator[str]:
    """The place as told, with its chance, and why it was taken for this one."""
    place = telling.place
    if place is not None and place.name is not None:
        yield f"  at {escape(place.name)} ({place.id}), chance {place.chance:.2f}"
        yield from (f"    {escape(reason)}" for reason in reasons)


def published_words(telling: Telling, zone: ZoneInfo) -> str:
    """When its document was published, in the mission's time zone."""
    if telling.published_at is None:
        return "undated"
    return f"published {telling.published_at.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"


def lines_of_origins(incident: Incident) -> Iterator[str]:
    yield f"\n[bold]Independent origins: {len(incident.origins)}[/bold]"
    if incident.origin_note:
        yield f"  {escape(incident.origin_note)}"
    for origin in incident.origins:
        amplified = "" if origin.amplifies is None else f", amplifying {origin.amplifies}"
        yield f"  {escape(origin.name)}: {count_of(origin.claims)} in {', '.join(origin.families)}{escape(amplified)}"


def lines_of_links(incident: Incident) -> Iterator[str]:
    """The origin graph: each report and whom it has it from."""
    for link in incident.origin_links:
        to = link.to_document or link.to
        shown = f" “{escape(link.evidence)}”" if link.evidence else ""
        yield f"  {escape(link.document)} {link.how.value} {escape(to)}".rstrip() + shown
    for ring in incident.origin_circles:
        yield f"  in a ring: {escape(', '.join(ring))}"


def lines_of_values(incident: Incident, tellings: Mapping[str, Telling], zone: ZoneInfo) -> Iterator[str]:
    """Value by value what is agreed and by which rule, with what is told; numbers that do not go together."""
    tellers = {claim: each.source or each.family for claim, each in tellings.items()}
    rows = value_rows(incident, tellers, zone)
    if rows:
        yield "\n[bold]Value by value[/bold]"
    for row in rows:
        yield f"  {row.what}: {escape(row.agreed)} ({row.rule})"
        yield from (f"    {escape(value)}: {escape(who)}" for value, who in row.told)
        if row.replaced:
            yield f"    replaced by a later report of its own: {escape(row.replaced)}"
    for words in sum_lines(incident, tellers):
        yield f"  numbers that do not go together: {escape(words)}"


def count_of(claims: Sequence[str]) -> str:
    return "1 claim" if len(claims) == 1 else f"{len(claims):,} claims"


def lines_of_contradictions(incident: Incident) -> Iterator[str]:
    for contradiction in incident.contradictions:
        what = DISPUTE_WORDS.get(contradiction.what, contradiction.what)
        yield f"\n[bold]They differ on: {escape(what)}[/bold] {escape(contradiction.note)}"
        for variant in contradiction.variants:
            yield f"  {escape(variant.value)}: {escape(', '.join(variant.claims))}"


def lines_of_assessment(assessment: Assessment) -> Iterator[str]:
    yield f"\n[bold]Assessment: {assessment.verdict.value}[/bold]  {assessment.id}"
    by = f" ({', '.join(assessment.by)})" if assessment.by else ""
    yield f"attribution: {assessment.finding.value}{escape(by)}"
    if assessment.aloud:
        yield escape(assessment.aloud)
    for number, step in enumerate(assessment.steps, start=1):
        yield f"  {number}. {escape(step.question)} {escape(step.answer)}"
        yield f"     {escape(step.because)}"
    for clause in assessment.clauses:
        yield f"clause: {escape(clause)}"
    if assessment.likelihood is not None:
        yield f"likelihood: {assessment.likelihood}"
    yield f"confidence: {assessment.confidence}"
    yield f"what would change it: {escape(assessment.would_change)}"
