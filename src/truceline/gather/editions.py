"""Which texts were met under which id: one document, a later version of it, or a mistake."""

from dataclasses import dataclass, field
from datetime import datetime

from truceline.errors import Problem
from truceline.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    published_at: datetime | None
    sha256: str
    where: str


@dataclass(slots=True)
class Editions:
    """The documents of one gathering by id.

    Two texts under one id are versions of one page where both say when they were published, at different instants.
    Otherwise nobody can tell which is the later, and the second is a mistake. An equal one adds nothing. Where `once`
    is False nothing is kept and everything passes.
    """

    once: bool = True
    by_id: dict[str, list[_Edition]] = field(default_factory=dict)

    def admit(self, document: Document, where: str) -> Document | Problem | None:
        """The document where it is new or a version, a problem where its id is taken, None where it is met again."""
        if not self.once:
            return document
        known = self.by_id.setdefault(document.id, [])
        if any(each.sha256 == document.sha256 and each.published_at == document.published_at for each in known):
            return None
        clash = next((each for each in known if _is_clash(each.published_at, document.published_at)), None)
        if clash is not None:
            return _duplicate(document, clash, where)
        known.append(_Edition(published_at=document.published_at, sha256=document.sha256, where=where))
        return document


def _is_clash(first: datetime | None, second: datetime | None) -> bool:
    return first is None or second is None or first == second


def _duplicate(document: Document, first: _Edition, where: str) -> Problem:
    message = f"another text has the id '{document.id}' at {first.where}; this one is not read: give each its own id"
    message += ", or, if one corrects the other, say in both when it was published"
    return Problem(code="document.duplicate-id", message=message, where=where)
