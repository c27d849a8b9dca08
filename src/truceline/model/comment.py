"""A remark of somebody in the team on an incident or a document; never part of what is published."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment. `subject` is "incident ID" or "document ID"; `claims` those of the incident when it was written.

    `who` is an account's id and `at` aware UTC. When it was erased, `words` are "" and the rest stays.
    """

    id: str
    subject: str
    who: str
    at: datetime
    words: str
    claims: tuple[str, ...] = ()
    erased_at: datetime | None = None
    erased_by: str = ""
