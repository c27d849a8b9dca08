"""Everything a publisher, a watcher of the register or a reader of an article may look at, at one moment."""

from dataclasses import dataclass
from datetime import datetime

from truceline.errors import Problem
from truceline.model.assessment import Assessment
from truceline.model.coded_event import CodedEvent
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.record import SourceLetter, TrackRecord
from truceline.model.release import ReleaseProfile
from truceline.model.revision import Revision
from truceline.model.series import Watch
from truceline.model.telling import Telling
from truceline.model.trend import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The register as of one moment.

    `documents` hold the latest versions by id, `superseded` the older ones. `tellings` are those of the
    latest versions. `fingerprint` is a hash over all that is held, printed on everything published.
    `records` are what became of the sources' claims, `letters` what that makes of their letters, `coded` the incidents
    counted as data sets count them, `statements` what texts state about trends and foretell; all are filled when the
    view is published. `revisions` are what newer versions and corrections did to the claims of older texts.
    `as_of` is the last publication instant in the register (UTC): no clock is read. `release` is the profile by which
    it was released: what it withholds is gone from the view; None for the register as it is held.
    """

    mission: Mission
    documents: tuple[Document, ...]
    superseded: tuple[Document, ...]
    tellings: tuple[Telling, ...]
    incidents: tuple[Incident, ...]
    assessments: tuple[Assessment, ...]
    watch: Watch | None
    problems: tuple[Problem, ...]
    fingerprint: str
    as_of: datetime | None
    records: tuple[TrackRecord, ...] = ()
    coded: tuple[CodedEvent, ...] = ()
    statements: Statements | None = None
    letters: tuple[SourceLetter, ...] = ()
    revisions: tuple[Revision, ...] = ()
    release: ReleaseProfile | None = None
