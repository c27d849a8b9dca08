"""What newer texts made of the claims of older ones, as a table."""

from collections.abc import Iterator

from truceline.model.revision import ClaimChange, Outdated, Revision
from truceline.publish.cells import Cell, Column, instant, joined, write_table
from truceline.publish.lookup import Lookup

VERSION_COLUMNS = tuple(
    Column(name=name, tag="", meaning=meaning)
    for name, meaning in (
        ("document", "Id of the document whose claim it is."),
        ("version", "Its older version."),
        ("by_document", "Document with the newer text: the same, or a correction published separately."),
        ("by_version", "Version of that one."),
        ("at", "When the newer text was published, UTC."),
        ("state", "unchanged, changed, added or withdrawn."),
        ("old_claim", "Id of the claim in the older text; empty: added."),
        ("old_start", "Where it starts there, in code points."),
        ("old_end", "Where it ends there."),
        ("new_claim", "Id of the claim that goes on with it; empty: withdrawn."),
        ("new_start", "Where that starts in the newer text."),
        ("new_end", "Where it ends there."),
        ("changed", "What changed: toll, place, time, actor, target, kind, certainty, attribution."),
        ("old_values", "As the older text has it, in that order, separated by ' | '; '-': not said."),
        ("new_values", "As the newer text has it."),
        ("old_quote", "The exact words that are no longer said so; empty where the claim stands or told of no act."),
        ("incidents", "Ids of the incidents it is shown under as no longer said."),
        ("kept_by", "Ids of claims of others that have it from there and still say so."),
        ("notice", "The words by which the newer text says that it corrects; empty: it does not say."),
    )
)


def versions_csv(lookup: Lookup) -> str:
    """One claim of a text with an older version, or with a separate correction, a line."""
    lines = [line for each in lookup.view.revisions for line in revision_lines(each)]
    return write_table([each.name for each in VERSION_COLUMNS], lines)


def revision_lines(revision: Revision) -> Iterator[list[Cell]]:
    outdated = {each.telling.claim: each for each in revision.outdated}
    for change in revision.changes:
        yield change_line(revision, change, outdated.get(change.old or ""))


def change_line(revision: Revision, change: ClaimChange, outdated: Outdated | None) -> list[Cell]:
    return [
        revision.document,
        revision.version,
        revision.by_document,
        revision.by_version,
        instant(revision.at),
        change.state.value,
        change.old,
        *((None, None) if change.old_span is None else (change.old_span.start, change.old_span.end)),
        change.new,
        *((None, None) if change.new_span is None else (change.new_span.start, change.new_span.end)),
        joined(each.aspect.value for each in change.differences),
        " | ".join(each.old or "-" for each in change.differences),
        " | ".join(each.new or "-" for each in change.differences),
        None if outdated is None else outdated.telling.quote,
        None if outdated is None else joined(outdated.incidents),
        None if outdated is None else joined(outdated.kept_by),
        " ".join(each.words for each in revision.notices) or None,
    ]
