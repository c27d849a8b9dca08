"""In words: what newer versions and corrections did to what older texts said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from truceline.model.revision import ClaimChange, ClaimState, Outdated, Revision
from truceline.model.telling import Telling
from truceline.publish.words import instant_words

NOT_SAID = "not said"
STATE_WORDS = {
    ClaimState.UNCHANGED: "stands",
    ClaimState.CHANGED: "changed",
    ClaimState.ADDED: "added",
    ClaimState.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A claim that is no longer made as it was, with the step that ended it."""

    revision: Revision
    outdated: Outdated


def find_gone(revisions: Iterable[Revision], incident: str) -> Iterator[Gone]:
    """What is shown under an incident without speaking in it, in the order of the revisions."""
    for revision in revisions:
        for outdated in revision.outdated:
            if incident in outdated.incidents:
                yield Gone(revision=revision, outdated=outdated)


def find_kept(revisions: Iterable[Revision]) -> dict[str, Gone]:
    """By claim: what its origin said and no longer says, for claims of others that keep to it."""
    return {
        claim: Gone(revision=revision, outdated=outdated)
        for revision in revisions
        for outdated in revision.outdated
        for claim in outdated.kept_by
    }


def gone_words(gone: Gone, zone: tzinfo) -> str:
    """'Said until 4 May 2016, 10:30 (UTC+3): version 2 changed it (toll: 6 killed → 4 killed)'."""
    until = "" if gone.revision.at is None else f"Said until {instant_words(gone.revision.at, zone)}: "
    told = f"{until}{name_step(gone.revision)} {deed_words(gone.outdated.change)}"
    notices = " ".join(f"“{each.words}”" for each in gone.revision.notices)
    return f"{told[:1].upper()}{told[1:]}" + (f". It says: {notices}" if notices else "")


def name_step(revision: Revision) -> str:
    """What ended it: a version of the document, or another document that corrects it."""
    if revision.by_document == revision.document:
        return f"version {revision.by_version} of {revision.document}"
    return f"document {revision.by_document}, which corrects {revision.document},"


def deed_words(change: ClaimChange) -> str:
    if change.state is ClaimState.WITHDRAWN:
        return "withdrew it"
    return f"changed it ({difference_words(change)})"


def difference_words(change: ClaimChange) -> str:
    """'toll: 6 killed → 4 killed; place: …'."""
    return "; ".join(
        f"{each.aspect.value}: {each.old or NOT_SAID} → {each.new or NOT_SAID}" for each in change.differences
    )


def kept_words(gone: Gone) -> str:
    """What a telling that keeps to an outdated claim has to say of its origin."""
    if gone.outdated.change.state is ClaimState.WITHDRAWN:
        return f"Its origin, {gone.revision.document}, has since withdrawn this"
    return f"Its origin, {gone.revision.document}, has since changed this ({difference_words(gone.outdated.change)})"


def withdrawn_words(telling: Telling, zone: tzinfo) -> str:
    """How a later document of the publisher took a claim back; '' where it speaks."""
    gone = telling.withdrawn
    if gone is None:
        return "A note on the article itself, which tells of no act" if telling.in_notice else ""
    until = "" if gone.at is None else f"said until {instant_words(gone.at, zone)}: "
    deed = "retracted" if gone.retracted else "corrected"
    told = f"{until}{deed} by {gone.document}"
    return f"{told[:1].upper()}{told[1:]}. It says: “{gone.words}”"


def tally_words(changes: Sequence[ClaimChange]) -> str:
    """'3 unchanged, 1 changed, 1 withdrawn' in the order of the states."""
    counts = [(each, sum(one.state is each for one in changes)) for each in ClaimState]
    return ", ".join(f"{count} {state.value}" for state, count in counts if count) or "no claims"


def step_words(revision: Revision, zone: tzinfo) -> str:
    """One step in a line: from which to which, when, and how many claims became what."""
    at = "" if revision.at is None else f", {instant_words(revision.at, zone)}"
    if revision.by_document == revision.document:
        named = f"Version {revision.version} to version {revision.by_version}{at}"
    else:
        named = f"Version {revision.version} of {revision.document} corrected by {revision.by_document}{at}"
    return f"{named}: {tally_words(revision.changes)}"


def find_history(document: str, revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """The steps a document took part in: its own versions, the oldest first, then separate corrections of or by it."""
    own = [each for each in revisions if document in (each.document, each.by_document)]
    return tuple(sorted(own, key=lambda each: (each.by_document != each.document, each.version, each.by_document)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a claim: the steps it went through, the oldest first, and the claim that speaks for it now."""

    steps: tuple[tuple[Revision, ClaimChange], ...]
    now: str | None


def follow(claim: str, revisions: Iterable[Revision]) -> Fate:
    """A claim of any version through all that came after; without steps it is its text's latest."""
    after = {
        change.old: (revision, change)
        for revision in revisions
        for change in revision.changes
        if change.old is not None and (change.new != change.old)
    }
    steps: list[tuple[Revision, ClaimChange]] = []
    now: str | None = claim
    while now is not None and now in after and len(steps) <= len(after):
        steps.append(after[now])
        now = after[now][1].new
    return Fate(steps=tuple(steps), now=now)


def fate_words(revision: Revision, change: ClaimChange, zone: tzinfo) -> str:
    """One step of a claim's fate as a sentence."""
    at = "" if revision.at is None else f" on {instant_words(revision.at, zone)}"
    if change.state is ClaimState.UNCHANGED:
        return f"It stands unchanged in {name_step(revision)} as {change.new}."
    said = f"{name_step(revision)} {deed_words(change)}{at}"
    goes_on = "" if change.new is None else f"; {change.new} takes its place"
    notices = " ".join(f"“{each.words}”" for each in revision.notices)
    return f"{said[:1].upper()}{said[1:]}{goes_on}." + (f" It says: {notices}" if notices else "")
