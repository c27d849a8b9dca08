"""The ledger: every change by a person, in a chain of hashes that shows when a link was altered or is gone."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The row that a change wrote: its table, its id, and the SHA-256 of its record ("" for one that was erased)."""

    table: str
    id: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is entered: who did what to which subject, and why.

    `who` is an account's id, "cli:NAME" or "system"; `what` a dotted verb ("decision.made"); `subject` what the change
    is about ("incident inc-1f0c", "account a-77"); `body` particulars, never a secret and never the words of a person
    that may have to be erased. `key` names the request: the same key again is the same change.
    """

    who: str
    what: str
    subject: str
    why: str = ""
    body: str = ""
    key: str | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change as the ledger holds it: the `seq`th, at `at` (aware UTC), with the hash of the entry before it."""

    seq: int
    at: datetime
    change: Change
    before: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What walking the whole ledger found; `faults` is empty where every link holds."""

    entries: int
    head: str
    records: int
    faults: tuple[str, ...]
