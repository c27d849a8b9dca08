"""The register's contract: read this first.

Append-only: originals, documents (every version), readings, problems, people's decisions. A version is never edited: a
changed text is the next version of the same document. Derived: tellings, incidents, assessments and the watch, always
recomputable to the same ids, and replaced as a whole or for what changed, in one transaction. What is published looks
at a `View`.

    with open_register(folder, now=now, writing=True) as register:
        with register.writing() as writer:          # one transaction
            writer.add_documents(documents)
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from truceline.errors import Problem
from truceline.model.assessment import Assessment
from truceline.model.decision import Decision
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.revision import Revision
from truceline.model.series import Watch
from truceline.model.shelved import Shelf, Shelved
from truceline.model.telling import Telling
from truceline.model.view import View

READING = "reading"  # the checkpoint that holds the fingerprint of the reader in use


class Kept(StrEnum):
    """What adding a document did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is held."""

    documents: int
    versions: int
    readings: int
    tellings: int
    incidents: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one incident can be found by: lower-case words, actor ids, "side:NAME", source ids."""

    kinds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A filter on incidents: everything given must hold; `since` inclusive, `until` exclusive, both aware UTC.

    `grade` is a reliability ("B"), a credibility ("2") or both ("B2"); `text` is looked for in titles and quotes.
    """

    since: datetime | None = None
    until: datetime | None = None
    kind: str | None = None
    party: str | None = None
    actor: str | None = None
    verdict: str | None = None
    place: str | None = None
    source: str | None = None
    grade: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Everything recomputed from the documents; `found` runs parallel to `incidents`.

    `shelved` is what fusing leaves for the next run.
    """

    tellings: tuple[Telling, ...]
    incidents: tuple[Incident, ...]
    assessments: tuple[Assessment, ...]
    watch: Watch | None
    found: tuple[Found, ...]
    shelved: tuple[Shelved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An incident that is held no more, since when, and the incidents that its claims are in now."""

    incident: Incident
    gone_at: datetime
    now_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What takes the place of a part: `derived` of all that `documents` told, and of all that rested on `claims`.

    `incidents` are ids of those that rest on the same claims as before and changed all the same, in their grade.
    """

    documents: frozenset[str]
    claims: frozenset[str]
    derived: Derived
    incidents: frozenset[str] = frozenset()


class Writer(Protocol):
    """One transaction: all of it is kept, or nothing."""

    def add_original(self, sha256: str, path: Path, *, kept_at: datetime) -> bool:
        """Keep the bytes of `path` under their hash; False when they are held already."""
        ...

    def add_documents(self, documents: Sequence[Document], *, gathered_at: datetime) -> tuple[Kept, ...]:
        """What each document was: new, a changed version of a known one, or the same again."""
        ...

    def add_readings(self, readings: Sequence[Reading], *, fingerprint: str) -> int:
        """How many readings were new: one per version of a document and reader fingerprint."""
        ...

    def add_problems(self, problems: Sequence[Problem], *, stage: str, found_at: datetime, found_with: str = "") -> int:
        """How many problems were new; the same problem found again is kept once, and stands again.

        `found_with` is the fingerprint of the reader that found it: with another reader it no longer stands.
        """
        ...

    def settle_problems(
        self, files: Collection[str] | None, still: Sequence[Problem], *, settled_at: datetime, stage: str = "gather"
    ) -> int:
        """Note that problems a stage had with these files (None: with any) are gone, but for those `still` there.

        Gives how many.
        """
        ...

    def replace_derived(self, derived: Derived, *, at: datetime | None = None) -> None:
        """Drop what was derived, its checkpoints too, and keep this; `at` as in `change_derived`."""
        ...

    def change_derived(self, changes: Changes, *, at: datetime | None = None) -> None:
        """Put a part of what was derived in the place of what it was; the watch is left as it is.

        Incidents that are no more are kept among the former ones, as gone at the moment `at`.
        """
        ...

    def set_watch(self, watch: Watch | None) -> None: ...

    def set_revisions(self, revisions: Sequence[Revision]) -> None:
        """Put these in the place of all revisions held."""
        ...

    def set_checkpoint(self, name: str, fingerprint: str) -> None:
        """Note that a step was done with inputs of this fingerprint."""
        ...

    def drop_derived(self) -> None:
        """Forget everything that can be recomputed."""
        ...


class Register(Protocol):
    """What is held, for reading; `writing()` opens one transaction."""

    def writing(self) -> AbstractContextManager[Writer]: ...

    def close(self) -> None: ...

    def counts(self) -> Counts: ...

    def contents(self) -> str:
        """A fingerprint over every version of every document, whatever the order in which they came."""
        ...

    def fingerprint(self) -> str:
        """A fingerprint over all that is held, the derived too: the one printed on what is published."""
        ...

    def version(self) -> int:
        """The number of this state: it grows with every change; 0 where nothing was ever written."""
        ...

    def keep_fingerprint(self) -> None:
        """Keep the fingerprint of this state, so that whoever shows the register need not read all of it."""
        ...

    def checkpoint(self, name: str) -> str | None:
        """What a step was last done with; None when it was not, or what it made was dropped."""
        ...

    def documents(self, *, superseded: bool = False) -> Iterator[Document]:
        """The latest versions by id, or the superseded ones."""
        ...

    def unread(self, fingerprint: str) -> Iterator[Document]:
        """Versions this reader has not read, also superseded ones; safe to write while walking."""
        ...

    def unread_size(self, fingerprint: str) -> tuple[int, int]:
        """How many documents are unread, and how many code points of prose they hold."""
        ...

    def readings(self, fingerprint: str, *, superseded: bool = False) -> Iterator[Reading]:
        """What this reader read in the latest versions, or in the superseded ones, by document id and version."""
        ...

    def revisions(self) -> tuple[Revision, ...]:
        """What became of the claims of older versions, by document and version."""
        ...

    def read_before(self, claim: str) -> Reading | None:
        """The reading, by whatever reader and of whatever version, in which a claim of this id was found."""
        ...

    def problems(self) -> tuple[Problem, ...]:
        """The problems that stand: not settled, and not of a reader that reads no more."""
        ...

    def tellings(self) -> tuple[Telling, ...]: ...

    def tellings_by_document(self) -> Iterator[tuple[str, tuple[Telling, ...]]]:
        """What each document tells, by document id."""
        ...

    def shelf(self) -> Shelf:
        """What fusing left for the next run."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided, the oldest first."""
        ...

    def incidents(self, wanted: Wanted | None = None) -> tuple[Incident, ...]:
        """The incidents that match, in order of time and id."""
        ...

    def assessments(self) -> tuple[Assessment, ...]: ...

    def watch(self) -> Watch | None: ...

    def view(self, mission: Mission) -> View:
        """Everything at this moment, read in one transaction."""
        ...

    def owners(self) -> dict[str, str]:
        """The incident behind every id of an incident, an assessment or a claim."""
        ...

    def former(self, id: str) -> Former | None:
        """What became of an incident, or of the one that a claim was in, by its id or the beginning of it."""
        ...

    def view_of(self, incident: str, mission: Mission) -> View:
        """One incident with what it rests on: its tellings, their documents, its assessment."""
        ...

    def original(self, sha256: str) -> Path | None:
        """Where the kept bytes lie."""
        ...
