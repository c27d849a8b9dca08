"""The stages as one set of tools, so that a run can be given others: fakes, or parts of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from truceline.errors import Dropped, Problem
from truceline.flow.halves import in_halves
from truceline.model.assessment import Assessment
from truceline.model.coded_event import CodedEvent
from truceline.model.decision import Decision
from truceline.model.document import Document, Original
from truceline.model.incident import Incident, Stance
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.revision import Revision
from truceline.model.series import RateCheck, Watch
from truceline.model.shelved import Shelf, Shelved
from truceline.model.telling import Telling
from truceline.model.trend import Statements
from truceline.model.view import View
from truceline.vocab.dictionaries import load_dictionaries
from truceline.vocab.release import PUBLIC

Gatherable = Original | Document | Problem


class Reads(Protocol):
    """A reader; `fingerprint` changes whenever it could read something differently."""

    @property
    def fingerprint(self) -> str: ...

    def read(self, document: Document) -> Reading: ...

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]: ...


class Fused(Protocol):
    @property
    def incidents(self) -> Sequence[Incident]: ...

    @property
    def dropped(self) -> Sequence[Dropped]: ...


class Refreshed(Protocol):
    """What fusing changed: claims that left or moved, how claims lie now, the incidents and the dropped of them."""

    @property
    def claims(self) -> frozenset[str]: ...

    @property
    def shelved(self) -> tuple[Shelved, ...]: ...

    @property
    def fusion(self) -> Fused: ...


class Tells(Protocol):
    """Readings to tellings; `older` are those of versions that a later one has replaced."""

    def __call__(
        self, readings: Sequence[Reading], mission: Mission, older: Sequence[Reading] = (), /
    ) -> tuple[Telling, ...]: ...


class Matched(Protocol):
    """An incident that one telling could belong to, and why."""

    @property
    def incident_id(self) -> str: ...

    @property
    def reasons(self) -> Sequence[str]: ...


def as_graded(incidents: Sequence[Incident], _mission: Mission) -> tuple[Incident, ...]:
    """The incidents as they are."""
    return tuple(incidents)


def as_told(tellings: Sequence[Telling], _documents: Sequence[Document]) -> tuple[Telling, ...]:
    """The tellings as they are, pointing nowhere."""
    return tuple(tellings)


Revises = Callable[[Sequence[Reading], Sequence[Reading], Sequence[Telling], Mission], tuple[Revision, ...]]


def any_time(_telling: Telling, _mission: Mission) -> tuple[datetime, datetime] | None:
    """For tools that find incidents however far away."""
    return None


def no_revisions(
    _readings: Sequence[Reading], _older: Sequence[Reading], _tellings: Sequence[Telling], _mission: Mission
) -> tuple[Revision, ...]:
    """For tools that compare no versions."""
    return ()


def as_revised(revisions: Sequence[Revision], _view: View) -> tuple[Revision, ...]:
    """The revisions as they are, shown nowhere."""
    return tuple(revisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a run works with. `now` is the moment of gathering, the only clock there is.

    `make_reader` is called where reading happens, in this process or in another one, so it must be a module-level
    function with plain arguments; it is called only when there is something to read or to fingerprint.
    `release` names the profile that `publish` goes by; it gives the instant at which more
    may be published, None where nothing waits.
    """

    now: datetime
    make_reader: Callable[[], Reads]
    gather: Callable[[Sequence[Path]], Iterator[Gatherable]]
    tell: Tells
    fuse: Callable[[Sequence[Telling], Mission, Sequence[Decision]], Refreshed]
    assess: Callable[[Sequence[Incident], Sequence[Telling], Mission], Iterable[Assessment]]
    watch: Callable[[View], Watch | None]
    publish: Callable[[View, Path], datetime | None]
    find_copies: Callable[[Sequence[Document]], Mapping[str, str]]
    find_bar: Callable[[Telling], str | None]
    parse_stance: Callable[[Telling], Stance]
    match: Callable[[Telling, View], Sequence[Matched]]
    check_rates: Callable[[Sequence[Telling], View], Sequence[RateCheck]]
    point_back: Callable[[Sequence[Telling], Sequence[Document]], tuple[Telling, ...]] = as_told
    find_statements: Callable[[View, Document, Sequence[Telling]], Statements] | None = None
    refresh: Callable[[Shelf, Sequence[Telling], frozenset[str], Mission, Sequence[Decision]], Refreshed] | None = None
    grade: Callable[[Sequence[Incident], Mission], tuple[Incident, ...]] = as_graded
    revise: Revises = no_revisions
    place: Callable[[Sequence[Revision], View], tuple[Revision, ...]] = as_revised
    find_reach: Callable[[Telling, Mission], tuple[datetime, datetime] | None] = any_time
    workers: int = 1
    release: str = PUBLIC

    @classmethod
    def for_mission(
        cls,
        mission: Mission | None,
        *,
        now: datetime,
        workers: int = 1,
        once: bool = True,
        dictionaries: Path | None = None,
        release: str = PUBLIC,
    ) -> "Tools":
        """The stages of this package, each loaded when it is first used; without a mission, those that need none.

        `once` False gathers every document as it comes, also one met before; `dictionaries` is a folder of them to
        code events with. `release` is the profile by which is published.
        """
        return cls(
            now=now,
            workers=workers,
            make_reader=partial(reader_of, None if mission is None else mission.folder, dictionaries),
            gather=partial(gather_documents, now=now, once=once),
            tell=tell_all,
            fuse=fuse_all,
            refresh=refresh_tellings,
            grade=grade_incidents,
            revise=revise_all,
            place=place_revisions,
            assess=assess_incidents,
            watch=watch_register,
            publish=partial(publish_for_now, release=release, now=now),
            release=release,
            find_copies=find_copies,
            point_back=point_back,
            find_bar=find_bar,
            parse_stance=parse_stance,
            match=match_telling,
            find_reach=find_reach,
            check_rates=check_rates,
            find_statements=find_statements_of,
        )


def reader_of(folder: Path | None, dictionaries: Path | None = None) -> Reads:
    """The reader of a mission folder, or the default one without a mission; with dictionaries it codes events too."""
    from truceline.read.reader import Reader

    coding = None if dictionaries is None else load_dictionaries(dictionaries).dictionaries
    if folder is None:
        return Reader.default(coding)
    from truceline.flow.mission import load_mission

    return Reader.for_mission(load_mission(folder), coding)


def gather_documents(paths: Sequence[Path], *, now: datetime, once: bool) -> Iterator[Gatherable]:
    from truceline import gather

    return gather.documents(paths, now=now, once=once)


def tell_all(readings: Sequence[Reading], mission: Mission, older: Sequence[Reading] = ()) -> tuple[Telling, ...]:
    """The latest version speaks; older ones tell only whose wording others have."""
    from truceline.fuse import corrections, earlier, find_traces, tell

    documents, before = ([each.document for each in some] for some in (readings, older))
    copies = earlier.find_copies_of_all(documents, before)
    reuse = earlier.find_reuse_of_all(documents, before)
    traces = find_traces(readings, mission.sources, mission.actors)
    revised = {each.id for each in before}
    told = {
        reading.document.id: corrections.mark_notes(
            tell(reading, sources=mission.sources, copies=copies, reuse=reuse, traces=traces), reading, revised
        )
        for reading in readings
    }
    found = corrections.find_corrections(readings, told, revised=revised, timezone=mission.timezone)
    return tuple(each for tellings in corrections.settle_corrections(told, found).values() for each in tellings)


def revise_all(
    readings: Sequence[Reading], older: Sequence[Reading], tellings: Sequence[Telling], mission: Mission
) -> tuple[Revision, ...]:
    """What became of the claims of every older version, and of those that a separate correction is about."""
    from truceline.fuse import corrections, tell
    from truceline.fuse.revisions import find_revisions

    told: dict[str, list[Telling]] = {}
    for each in tellings:
        told.setdefault(each.document, []).append(each)
    revised = {each.document.id for each in older}
    before = {
        (each.document.id, each.document.version): corrections.mark_notes(
            tell(each, sources=mission.sources, copies={}), each, revised
        )
        for each in older
    }
    return tuple(find_revisions(readings, older, told, before, timezone=mission.timezone))


def place_revisions(revisions: Sequence[Revision], view: View) -> tuple[Revision, ...]:
    """The revisions with the incidents that what is no longer said is shown under."""
    from truceline.fuse import revisions as revised

    return revised.place_revisions(revisions, view.incidents, view.tellings, view.mission)


def find_copies(documents: Sequence[Document]) -> Mapping[str, str]:
    from truceline import fuse

    return fuse.find_copies(documents)


def point_back(tellings: Sequence[Telling], documents: Sequence[Document]) -> tuple[Telling, ...]:
    """The tellings, each with the earlier one of the documents that its words are taken from."""
    from truceline import fuse
    from truceline.fuse import tellings as told

    reuse = fuse.find_reuse(documents)
    return tuple(told.point_back(each, reuse) for each in tellings)


def find_bar(telling: Telling) -> str | None:
    from truceline.fuse import worthy

    return worthy.find_bar(telling)


def parse_stance(telling: Telling) -> Stance:
    from truceline.fuse import worthy

    return worthy.parse_stance(telling)


def fuse_tellings(tellings: Sequence[Telling], mission: Mission) -> Fused:
    """Everything fused at once, and nothing left for another run."""
    return fuse_all(tellings, mission, ()).fusion


def code_events(incidents: Sequence[Incident], mission: Mission) -> tuple[CodedEvent, ...]:
    """The incidents counted as event data sets count them."""
    from truceline.fuse import find_coded_events

    return find_coded_events(incidents, sources=mission.sources, actors=mission.actors, timezone=mission.timezone)


def fuse_all(tellings: Sequence[Telling], mission: Mission, decisions: Sequence[Decision]) -> Refreshed:
    """Everything fused at once, with how claims lie for the next run."""
    from truceline.fuse import refresh

    return refresh.shelve(tellings, refresh.frame_of(mission), decisions, spread=in_halves)


def refresh_tellings(
    shelf: Shelf,
    tellings: Sequence[Telling],
    documents: frozenset[str],
    mission: Mission,
    decisions: Sequence[Decision],
) -> Refreshed:
    """Only what `documents`, which now tell `tellings`, can touch."""
    from truceline.fuse import refresh

    return refresh.refresh(shelf, tellings, documents=documents, frame=refresh.frame_of(mission), decisions=decisions)


def grade_incidents(incidents: Sequence[Incident], mission: Mission) -> tuple[Incident, ...]:
    """All incidents of a register, graded by what all of them show of each source."""
    from truceline import fuse

    return fuse.grade_by_records(incidents, sources=mission.sources, actors=mission.actors, grading=mission.grading)


def match_telling(telling: Telling, view: View) -> Sequence[Matched]:
    from truceline import fuse

    mission = view.mission
    return fuse.match(
        telling,
        view.incidents,
        view.tellings,
        window_hours=mission.window_hours,
        window_km=mission.window_km,
        actors=mission.actors,
    )


def find_reach(telling: Telling, mission: Mission) -> tuple[datetime, datetime] | None:
    """The time in which incidents lie that a telling could belong to, besides those without a time; None: any."""
    from truceline.fuse import matching

    return matching.find_reach(telling, window_hours=mission.window_hours)


def assess_incidents(
    incidents: Sequence[Incident], tellings: Sequence[Telling], mission: Mission
) -> Iterator[Assessment]:
    """One assessment an incident; none for a mission that only counts."""
    from truceline import judge

    if mission.agreement is None:
        return
    by_claim: Mapping[str, Telling] = {each.claim: each for each in tellings}
    actors = {actor.id: actor for actor in mission.actors}
    yield from judge.assess_all(
        incidents, by_claim, mission.agreement, actors, timezone=mission.timezone, sources=mission.sources
    )


def watch_register(view: View) -> Watch | None:
    from truceline import watch

    return watch.watch(
        view.mission,
        incidents=view.incidents,
        assessments=view.assessments,
        tellings=view.tellings,
        documents=view.documents,
    )


def check_rates(tellings: Sequence[Telling], view: View) -> Sequence[RateCheck]:
    from truceline import watch

    return watch.check_rates(tellings, view.incidents, view.mission, view.documents)


def publish_for_now(view: View, folder: Path, *, release: str, now: datetime) -> datetime | None:
    """Publish what a profile releases; gives the instant at which more may be published, None where nothing waits."""
    from truceline.flow.release import publish_view

    return publish_view(view, folder, release=release, now=now).withheld.next_at


def with_records(view: View) -> View:
    """The view with what only a publication shows: sources' records, coded events, stated trends."""
    from truceline import fuse

    mission = view.mission
    known: dict[str, Any] = {"sources": mission.sources, "actors": mission.actors, "grading": mission.grading}
    return replace(
        view,
        records=fuse.find_track_records(view.incidents, **known),
        letters=fuse.find_source_letters(view.incidents, **known),
        coded=code_events(view.incidents, mission),
        statements=find_statements(view),
    )


def find_statements_of(view: View, document: Document, tellings: Sequence[Telling]) -> Statements:
    """The trends and predictions that one article states, with the register's answers; its own copy is no witness."""
    from truceline.watch import find_statements as find

    return find(
        view.mission,
        incidents=view.incidents,
        assessments=view.assessments,
        tellings=[*(each for each in view.tellings if each.document != document.id), *tellings],
        documents=[each for each in view.documents if each.id != document.id],
        about=[document],
    )


def find_statements(view: View) -> Statements:
    """The trends and predictions that the register's texts state, with its answers."""
    from truceline.watch import find_statements as find

    return find(
        view.mission,
        incidents=view.incidents,
        assessments=view.assessments,
        tellings=view.tellings,
        documents=view.documents,
    )
