"""What newer texts made of the claims of older ones, as a table."""

from collections.abc import Iterator

from truceline.model.revision import ClaimChange, Outdated, Revision
from truceline.publish.cells import Cell, instant, joined, write_table
from truceline.publish.lookup import Lookup
from truceline.schemas.columns import VERSION_COLUMNS


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
