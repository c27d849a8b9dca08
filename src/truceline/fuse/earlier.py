"""Whose wording a text has, where older versions of texts are known too.

An outlet that took a story over before it was corrected still has it from there, and a corrected text is no copy of
those who copied it: older versions take part as texts of their own, and stand for their document in the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from truceline.fuse.copies import find_copies
from truceline.fuse.passages import find_reuse
from truceline.model.document import Document
from truceline.model.span import Span
from truceline.model.telling import TakenFrom

MARK = "\0"  # parts a document's id from its version; no id holds it


class Taken(Protocol):
    """What documents have taken over, asked by document and stretch."""

    def taken_from(self, document: str, span: Span) -> TakenFrom | None:
        """Where the words stand first; None where they are the document's own."""
        ...


def name_version(document: Document) -> str:
    return f"{document.id}{MARK}{document.version}"


def split_name(name: str) -> tuple[str, int | None]:
    """The document and the version that a name means; None for the latest."""
    document, _, version = name.partition(MARK)
    return document, int(version) if version else None


def with_older(documents: Sequence[Document], older: Sequence[Document]) -> list[Document]:
    return [*documents, *(replace(each, id=name_version(each)) for each in older)]


def find_copies_of_all(documents: Sequence[Document], older: Sequence[Document]) -> dict[str, str]:
    """As `find_copies`, from any version of another document."""
    found = find_copies(with_older(documents, older))
    own = {each.id for each in documents}
    named = {name: other_than(name, found) for name in found if name in own}
    return {name: first for name, first in named.items() if first is not None}


def other_than(name: str, found: Mapping[str, str]) -> str | None:
    """The first text of another document; a version is no copy of an older one of its own."""
    document, first, met = name, found.get(name), {name}
    while first is not None and split_name(first)[0] == document and first not in met:
        met.add(first)
        first = found.get(first)
    if first is None or split_name(first)[0] == document:
        return None
    return split_name(first)[0]


@dataclass(frozen=True, slots=True)
class ReuseOfVersions:
    """`Taken` over all versions: what a text has from an older version of itself it has from where that has it."""

    reuse: Taken

    def taken_from(self, document: str, span: Span) -> TakenFrom | None:
        own = split_name(document)[0]
        found = self.reuse.taken_from(document, span)
        while found is not None and split_name(found.document)[0] == own:
            found = self.reuse.taken_from(found.document, found.span)
        if found is None:
            return None
        name, version = split_name(found.document)
        return replace(found, document=name, version=version)


def find_reuse_of_all(documents: Sequence[Document], older: Sequence[Document]) -> Taken:
    """As `find_reuse`, from any version of another document."""
    reuse = find_reuse(with_older(documents, older))
    return ReuseOfVersions(reuse) if older else reuse
