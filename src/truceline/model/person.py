"""Who uses the service: an account, its role, and what a role may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody does in the team, the least first; each may do what those before it may."""

    VIEWER = "viewer"  # a partner who looks
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Right(StrEnum):
    """One thing a role may do or not; `vocab/rights.toml` says which role may."""

    READ = "read"  # the register, as far as the release profile goes
    CHECK = "check"  # have a pasted text read
    FETCH = "fetch"  # have a page fetched from the network
    COMMENT = "comment"
    REVIEW = "review"  # decide
    EDIT = "edit"  # write drafts of a bulletin
    PUBLISH = "publish"  # approve and publish a bulletin
    MANAGE = "manage"  # accounts, webhooks, jobs


class Standing(StrEnum):
    """Whether an account may log in."""

    ACTIVE = "active"
    CLOSED = "closed"  # never deleted: what it did stays its doing


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person. `login` is what they type, folded; `subject` their id at an identity provider, "" for none.

    `made_at` is aware UTC. Passwords and second factors are no part of this record and never leave the store.
    """

    id: str
    login: str
    name: str
    role: Role
    made_at: datetime
    standing: Standing = Standing.ACTIVE
    subject: str = ""
