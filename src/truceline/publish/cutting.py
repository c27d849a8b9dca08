"""Taking out of a view what is withheld, and every pointer to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.release import Withheld
from truceline.model.revision import Outdated, Revision
from truceline.model.telling import Telling
from truceline.model.view import View

NO_WORDS = sha256(b"").hexdigest()
Bars = Callable[[Telling], bool]
# A record counts over all incidents, the withheld ones too; the letter that it gave stays.
RECORD_UNTOLD = "The record behind the letter rests on more than is released."


def named_in(incident: Incident) -> Iterator[str]:
    """Whoever an incident goes back to, as it calls them."""
    basis = incident.grade.basis
    for origin in incident.origins:
        yield from (origin.name, *origin.families)
    yield from (each.to for each in incident.origin_links)
    if basis is not None:
        yield from (each.name for each in basis.vouchers)
        yield from basis.denied_by
        yield basis.source or ""


def cut_view(view: View, withheld: Withheld, *, is_barred: Bars, mission: Mission) -> View:
    """The view without what is withheld. `is_barred` asks of a claim that stands in no incident of the view."""
    incidents = tuple(
        reword(each) if withheld else each for each in view.incidents if each.id not in withheld.incidents
    )
    standing = {version.claim for each in incidents for version in each.versions}
    kept, barred = [], set()
    for each in view.tellings:
        if each.claim in standing or not (is_gone(each, withheld) or is_barred(each)):
            kept.append(without_pointers(each, withheld))
        else:
            barred.add(each.document)
    held = {each.id for each in incidents}
    documents = tuple(_as_quoted(view.documents, withheld, barred))
    dates = [each.published_at for each in documents if each.published_at is not None]
    return replace(
        view,
        mission=mission,
        documents=documents,
        superseded=tuple(_as_quoted(view.superseded, withheld, barred)),
        tellings=tuple(kept),
        incidents=incidents,
        assessments=tuple(each for each in view.assessments if each.incident in held),
        watch=None if withheld else view.watch,
        revisions=tuple(_cut_revisions(view.revisions, withheld, barred, is_barred)),
        as_of=max(dates, default=None) if withheld and view.as_of is not None else view.as_of,
    )


def is_gone(telling: Telling, withheld: Withheld) -> bool:
    return telling.claim in withheld.claims or telling.document in withheld.documents


def without_pointers(telling: Telling, withheld: Withheld) -> Telling:
    """The claim without what it says of withheld documents: whose words it has, who took it back."""
    gone = withheld.documents
    if telling.copied_from in gone:
        telling = replace(telling, copied_from=None)
    if telling.taken_from is not None and telling.taken_from.document in gone:
        telling = replace(telling, taken_from=None)
    if telling.withdrawn is not None and telling.withdrawn.document in gone:
        telling = replace(telling, withdrawn=None)
    return telling


def reword(incident: Incident) -> Incident:
    """The incident without the figures of its source's record."""
    grade = incident.grade
    if not grade.record:
        return incident
    told = f"{grade.reliability_reason.removesuffix(grade.record).strip()} {RECORD_UNTOLD}".strip()
    return replace(incident, grade=replace(grade, reliability_reason=told, record=RECORD_UNTOLD))


def without_text(document: Document) -> Document:
    """The document without its words; the hash of them stays, so that whoever has them can tell."""
    return replace(document, text="", cells=())


def has_whole_text(document: Document) -> bool:
    """Whether its words are shown, or it never had any."""
    return document.text != "" or document.sha256 == NO_WORDS


def _as_quoted(documents: Iterable[Document], withheld: Withheld, barred: set[str]) -> Iterator[Document]:
    for each in documents:
        if each.id not in withheld.documents:
            yield without_text(each) if each.id in withheld.quoted or each.id in barred else each


def _cut_revisions(
    revisions: Iterable[Revision], withheld: Withheld, barred: set[str], is_barred: Bars
) -> Iterator[Revision]:
    """The steps between texts that are shown; of one that is quoted only, without what its notices say."""
    for each in revisions:
        if {each.document, each.by_document} & withheld.documents:
            continue
        outdated = tuple(_cut_outdated(each.outdated, withheld, is_barred))
        gone = {one.change.old for one in each.outdated} - {one.change.old for one in outdated}
        quoted = {each.document, each.by_document} & (withheld.quoted | barred)
        changes = tuple(
            one for one in each.changes if one.new not in withheld.claims and (one.old is None or one.old not in gone)
        )
        yield replace(each, outdated=outdated, changes=changes, notices=() if quoted else each.notices)


def _cut_outdated(outdated: Iterable[Outdated], withheld: Withheld, is_barred: Bars) -> Iterator[Outdated]:
    """What is no longer said of incidents that are shown."""
    for each in outdated:
        incidents = tuple(one for one in each.incidents if one not in withheld.incidents)
        hidden = bool(each.incidents) and not incidents
        if hidden or each.change.new in withheld.claims or is_barred(each.telling):
            continue
        kept_by = tuple(one for one in each.kept_by if one not in withheld.claims)
        yield replace(each, incidents=incidents, kept_by=kept_by, telling=without_pointers(each.telling, withheld))
