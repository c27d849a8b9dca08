"""The versions of a document side by side, and what is no longer said under an incident."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from truceline.kit.visible import visible
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.revision import ClaimState, Revision
from truceline.model.span import Span
from truceline.publish.cards import TellingCard, card_of
from truceline.publish.cutting import has_whole_text
from truceline.publish.lookup import Lookup, safe_name
from truceline.publish.marking import Mark, Piece, mark_up
from truceline.publish.versions import (
    STATE_WORDS,
    Gone,
    difference_words,
    find_gone,
    find_history,
    gone_words,
    step_words,
)
from truceline.publish.words import instant_words

ELEMENTS = {ClaimState.CHANGED.value: "mark", ClaimState.ADDED.value: "ins", ClaimState.WITHDRAWN.value: "del"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One text of a step: its heading, and its exact words with what changed marked."""

    heading: str
    marked: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from an older text to a newer one; `changes` in words, each with its state."""

    words: str
    notices: tuple[str, ...]
    sides: tuple[Side, ...]
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLongerSaid:
    """One claim under an incident that no longer speaks: as it was, what ended it, and who keeps to it."""

    card: TellingCard
    words: str
    kept_by: tuple[str, ...]


def find_no_longer_said(incident: Incident, lookup: Lookup) -> tuple[NoLongerSaid, ...]:
    return tuple(no_longer_said(each, lookup) for each in find_gone(lookup.view.revisions, incident.id))


def no_longer_said(gone: Gone, lookup: Lookup) -> NoLongerSaid:
    keepers = [lookup.tellings[each] for each in gone.outdated.kept_by if each in lookup.tellings]
    return NoLongerSaid(
        card=card_of(gone.outdated.telling, lookup),
        words=gone_words(gone, lookup.zone),
        kept_by=tuple(dict.fromkeys(lookup.publisher(each) for each in keepers)),
    )


def find_steps(document: Document, lookup: Lookup) -> tuple[Step, ...]:
    """The steps of a document, the oldest first."""
    return tuple(step_of(each, lookup) for each in find_history(document.id, lookup.view.revisions))


def step_of(revision: Revision, lookup: Lookup) -> Step:
    return Step(
        words=step_words(revision, lookup.zone),
        notices=tuple(each.words for each in revision.notices),
        sides=tuple(find_sides(revision, lookup)),
        changes=tuple(find_changes(revision, lookup)),
    )


def find_sides(revision: Revision, lookup: Lookup) -> Iterator[Side]:
    old = lookup.version(revision.document, revision.version)
    new = lookup.version(revision.by_document, revision.by_version)
    changed = [each for each in revision.changes if each.state is not ClaimState.UNCHANGED]
    look = anchored if revision.by_document == revision.document else dress
    if old is not None and has_whole_text(old):
        marks = [mark(each.old_span, each.state, each.old) for each in revision.changes if each.old_span and each.old]
        yield Side(heading=name_text(old, lookup), marked=mark_up(old.text, inside(marks, old), look))
    if new is not None and has_whole_text(new):
        marks = [mark(each.new_span, each.state, each.new) for each in changed if each.new_span and each.new]
        yield Side(heading=name_text(new, lookup), marked=mark_up(new.text, inside(marks, new), dress))


def mark(span: Span, state: ClaimState, claim: str) -> Mark:
    return Mark(span=span, kind=state.value, ref=claim)


def inside(marks: list[Mark], document: Document) -> list[Mark]:
    return [each for each in dict.fromkeys(marks) if each.span.end <= len(document.text)]


def name_text(document: Document, lookup: Lookup) -> str:
    published = instant_words(document.published_at, lookup.zone) if document.published_at else "date unknown"
    return f"Version {document.version} of {visible(document.title or document.id)}, {published}"


def anchored(piece: Piece, inner: Markup) -> Markup:
    """`dress`, with an anchor for every claim of an older version, whose id was once published."""
    anchors = Markup("").join(Markup('<a id="v-{}"></a>').format(safe_name(each.ref)) for each in piece.starting)
    return anchors + dress(piece, inner)


def dress(piece: Piece, inner: Markup) -> Markup:
    """The words of a claim marked by what became of it."""
    told = next((each for each in piece.marks if each.kind != ClaimState.UNCHANGED.value), None)
    if told is None:
        return inner
    return Markup('<{} class="{}" title="{}">{}</{}>').format(
        ELEMENTS[told.kind], told.kind, told.kind, inner, ELEMENTS[told.kind]
    )


def find_changes(revision: Revision, lookup: Lookup) -> Iterator[tuple[str, str, str]]:
    """(state, the claim's words, what changed) for every claim of an act that does not stand as it was."""
    outdated = {each.telling.claim: each.telling for each in revision.outdated}
    for change in revision.changes:
        if change.old in outdated:
            yield STATE_WORDS[change.state], outdated[change.old or ""].quote, difference_words(change)
        elif change.state is ClaimState.ADDED and change.new in lookup.held_by:
            yield STATE_WORDS[change.state], lookup.tellings[change.new or ""].quote, ""
