"""What is no longer held, told at a terminal: former incidents, claims of older versions, and what versions did."""

import re
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from truceline.kit.visible import visible_in_terminal
from truceline.model.document import Document
from truceline.model.reading import Reading
from truceline.model.revision import Revision
from truceline.model.telling import Telling
from truceline.publish.versions import (
    difference_words,
    fate_words,
    find_history,
    find_kept,
    follow,
    kept_words,
    step_words,
    withdrawn_words,
)
from truceline.publish.words import instant_words
from truceline.store.register import Former, Register

DERIVED = re.compile(r"(?:inc|as)-")  # ids of incidents and assessments: no document has one
CLAIM = re.compile(r"c[0-9a-f]{12}")


def tell_past(id: str, register: Register, owners: Mapping[str, str], timezone: str) -> str | None:
    """What an id stood for that is in no incident now; None where it never stood for anything.

    Looked for in this order: claims of older versions, documents by their whole id, former incidents, documents by the
    beginning of it, claims that made no incident, and claims as an earlier reader found them.
    """
    zone, revisions = ZoneInfo(timezone), register.revisions()
    told = tell_old_claim(id, register, revisions, owners, zone)
    if not told and not DERIVED.match(id):
        told = tell_document(id, register, revisions, owners, zone, whole=True)
    former = None if told else register.former(id)
    if former is not None:
        told = list(lines_of_former(former, revisions, owners, zone))
    if not told and not DERIVED.match(id):
        told = tell_document(id, register, revisions, owners, zone) or tell_idle_claim(id, register, zone)
    if not told and CLAIM.fullmatch(id):
        reading = register.read_before(id)
        told = list(lines_of_reading(id, reading, zone)) if reading is not None else []
    return visible_in_terminal("\n".join(told)) if told else None


# ---- claims of older versions


def tell_old_claim(
    id: str, register: Register, revisions: Sequence[Revision], owners: Mapping[str, str], zone: ZoneInfo
) -> list[str]:
    """A claim of an older version, by its id or the beginning of it where that means one alone."""
    found = {change.old for each in revisions for change in each.changes if change.old and change.old.startswith(id)}
    claim = id if id in found else found.pop() if len(found) == 1 else None
    return [] if claim is None else list(lines_of_claim(claim, register, revisions, owners, zone))


def lines_of_claim(
    claim: str, register: Register, revisions: Sequence[Revision], owners: Mapping[str, str], zone: ZoneInfo
) -> Iterator[str]:
    fate = follow(claim, revisions)
    first, change = fate.steps[0] if fate.steps else (None, None)
    if first is not None and change is not None:
        yield f"{claim}: a claim of {first.document}, version {first.version}, which speaks no more."
        text = text_of(first.document, first.version, register)
        if change.old_span is not None and text is not None:
            yield f"  “{change.old_span.of(text.text)}”"
    yield from (f"  {fate_words(*each, zone)}" for each in fate.steps)
    yield f"  {where_now(fate.now, owners)}"
    former = register.former(claim)
    if former is not None:
        yield f"  It stood in {former.incident.id} ({former.incident.title}), held until {moment(former, zone)}."
    for each in (one for revision in revisions for one in revision.outdated):
        if each.telling.claim == claim and each.incidents:
            yield f"  It is shown, as no longer said, under {', '.join(each.incidents)}."
        if each.telling.claim == claim and each.kept_by:
            yield f"  Still said by those who have it from there: {', '.join(each.kept_by)}."


def where_now(claim: str | None, owners: Mapping[str, str]) -> str:
    if claim is None:
        return "Nothing takes its place."
    return f"{claim} is in {owners[claim]}." if claim in owners else f"{claim} is in no incident now."


def text_of(document: str, version: int, register: Register) -> Document | None:
    for superseded in (False, True):
        for each in register.documents(superseded=superseded):
            if (each.id, each.version) == (document, version):
                return each
    return None


# ---- former incidents


def moment(former: Former, zone: ZoneInfo) -> str:
    return f"{former.gone_at.astimezone(zone):%Y-%m-%d %H:%M}"


def lines_of_former(
    former: Former, revisions: Sequence[Revision], owners: Mapping[str, str], zone: ZoneInfo
) -> Iterator[str]:
    """What became of an incident that is held no more, and why each of its claims left it."""
    claims = [each.claim for each in former.incident.versions]
    fates = {claim: follow(claim, revisions) for claim in claims}
    later = {owners[now] for each in fates.values() if (now := each.now) is not None and now in owners}
    now_in = sorted({*former.now_in, *later})
    yield f"{former.incident.id}: {former.incident.title}"
    yield f"Held until {moment(former, zone)}, and no more."
    match len(now_in):
        case 0:
            yield "None of its claims is in an incident now: their documents were corrected or withdrawn, or"
            yield "are read otherwise. The older versions of the documents are kept."
        case 1:
            yield f"What it rested on is now in {now_in[0]}."
        case _:
            yield f"It was split: what it rested on is now in {', '.join(now_in)}."
    for version in former.incident.versions:
        yield f"  {version.claim}  of {version.document}"
        yield from (f"    {fate_words(*step, zone)}" for step in fates[version.claim].steps)


# ---- documents


def tell_document(
    id: str,
    register: Register,
    revisions: Sequence[Revision],
    owners: Mapping[str, str],
    zone: ZoneInfo,
    *,
    whole: bool = False,
) -> list[str]:
    """A document by its id or address, or, not `whole`, by the beginning of its id where that means one alone."""
    held = list(register.documents())
    meant = [each for each in held if id in (each.id, each.uri) or (not whole and each.id.startswith(id))]
    if len(meant) != 1:
        return []
    return list(lines_of_document(meant[0], register, revisions, owners, zone))


def lines_of_document(
    document: Document, register: Register, revisions: Sequence[Revision], owners: Mapping[str, str], zone: ZoneInfo
) -> Iterator[str]:
    yield f"{document.id}: {document.title or 'no title'}, {document.publisher or 'publisher not named'}"
    older = [each for each in register.documents(superseded=True) if each.id == document.id]
    for each in sorted((*older, document), key=lambda each: each.version):
        published = "no date" if each.published_at is None else instant_words(each.published_at, zone)
        yield f"  version {each.version}, {published}, SHA-256 {each.sha256[:16]}…"
    for step in find_history(document.id, revisions):
        yield from lines_of_step(step, zone)
    kept = find_kept(revisions)
    yield "Claims of its latest version:"
    for telling in (each for each in register.tellings() if each.document == document.id):
        yield f"  {telling.claim} “{' '.join(telling.quote.split())}”: {standing(telling, owners, zone)}"
        if telling.claim in kept:
            yield f"    {kept_words(kept[telling.claim])}."


def lines_of_step(step: Revision, zone: ZoneInfo) -> Iterator[str]:
    yield step_words(step, zone)
    yield from (f"  it says: “{each.words}”" for each in step.notices)
    for each in step.outdated:
        told = difference_words(each.change)
        where = f"; shown under {', '.join(each.incidents)}" if each.incidents else ""
        yield f"  {each.change.state.value} {each.telling.claim} “{' '.join(each.telling.quote.split())}”"
        yield f"    {told or 'no longer said'}{where}"


def standing(telling: Telling, owners: Mapping[str, str], zone: ZoneInfo) -> str:
    if telling.claim in owners:
        return f"in {owners[telling.claim]}"
    return withdrawn_words(telling, zone) or "in no incident"


# ---- claims in no incident


def tell_idle_claim(id: str, register: Register, zone: ZoneInfo) -> list[str]:
    found = [each for each in register.tellings() if each.claim == id]
    return [line for each in found for line in lines_of_idle(each, zone)]


def lines_of_idle(telling: Telling, zone: ZoneInfo) -> Iterator[str]:
    from truceline.fuse.worthy import find_bar

    yield f"{telling.claim}: a claim of {telling.document}, version {telling.version}, in no incident."
    yield f"  “{telling.quote}”"
    yield f"  {withdrawn_words(telling, zone) or find_bar(telling) or 'nothing near it says where or who'}"


def lines_of_reading(claim: str, reading: Reading, zone: ZoneInfo) -> Iterator[str]:
    """A claim that only an earlier reader, or a reading of an older version, found."""
    document = reading.document
    found = next((each for each in reading.claims if each.id == claim), None)
    published = "no date" if document.published_at is None else instant_words(document.published_at, zone)
    yield f"{claim}: a claim of {document.id}, version {document.version} ({published}), as an earlier reader read it."
    if found is not None:
        yield f"  “{found.span.of(document.text)}”"
    yield "  The reader in use reads the document otherwise; the text and that reading are kept."
