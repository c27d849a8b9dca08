"""A bulletin in the hands of the team: drafted from the register, worded by editors, approved, published, corrected."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Where one version of a bulletin stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # what was published stays to be read, under a notice
    DROPPED = "dropped"  # a draft put aside before it was published


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A judgement in words; how likely and how sure are sentences of their own (ICD 203)."""

    statement: str
    likelihood: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyJudgement:
    """One judgement as worded by now, with the machine's wording beside it.

    `rests_on` are ids of incidents of the period, those that the machine `named` among them; `figures` numbers of the
    register in words. `rule` names the rule that proposed it; `machine` is None and `rule` "" for an editor's own.
    """

    wording: Wording
    rests_on: tuple[str, ...]
    figures: tuple[str, ...] = ()
    machine: Wording | None = None
    named: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who did something and when (aware UTC); `by` is an account's id."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """SHA-256 of what a bulletin is made of and was published as.

    `values` are all numbers and lines, as of the fingerprint; `page` and `paper` the published HTML and PDF, "" before.
    """

    values: str
    page: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinVersion:
    """One version of a bulletin; each change makes another one, and none is written over.

    The period runs from `since` to `until` (local days, the end excluded). `fingerprint` names the register that it was
    made from, as far as `profile` releases it; `edition` is 1, and one more for each correction, which says in
    `changed` what is other than before and why. `why` is the reason given for the last step.
    """

    id: str
    version: int
    state: State
    edition: int
    number: int
    since: date
    until: date
    cutoff: str
    profile: str
    fingerprint: str
    as_of: datetime | None
    judgements: tuple[KeyJudgement, ...]
    frozen: Frozen
    made: Hand
    edited: Hand
    approved: Hand | None = None
    published: Hand | None = None
    withdrawn: Hand | None = None
    note: str = ""
    changed: str = ""
    why: str = ""
