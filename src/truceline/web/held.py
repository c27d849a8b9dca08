"""What the service holds of a register: opened to read, and taken up anew whenever a run has changed it."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from zoneinfo import ZoneInfo

from sqlalchemy import URL

from truceline.errors import RegisterError
from truceline.flow.check import check_held, check_near
from truceline.flow.release import Watches, whole_of
from truceline.flow.tools import Reads, Tools
from truceline.model.check import ArticleCheck
from truceline.model.document import Document
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.release import NOTHING
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.publish.bulletin import Bulletin, make_bulletin
from truceline.publish.lookup import Lookup, look_up, safe_name
from truceline.publish.release import Releasing
from truceline.store.browse import Browser, Choices, DocumentLine, Mark, Page, Sought
from truceline.store.door import Door, State
from truceline.store.sql import SqlRegister
from truceline.vocab.release import PUBLIC, profile_named
from truceline.web.map import Drawn, Ground
from truceline.web.site import SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The whole register at once, for the pages that speak of all of it."""

    lookup: Lookup
    bulletin: Bulletin
    paged: frozenset[str]
    documents: frozenset[str]

    @property
    def view(self) -> View:
        return self.lookup.view


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A filtered view as a whole: how many incidents, when they start, and where they are."""

    count: int
    starts: tuple[tuple[date | None, int], ...]
    map: Drawn


OVERVIEWS = 64  # remembered; a map weighs some 150 kB


class FilesBut(frozenset[str]):
    """The files of all documents but these, without a list of them."""

    def __contains__(self, file: object) -> bool:
        return bool(file) and not super().__contains__(file)


class Held:
    """What one profile releases of the register at one moment, and nothing else.

    `browser` is None where nothing was ever run. What costs is found when asked for; `watch` watches what is released.
    """

    def __init__(
        self, releasing: Releasing, browser: Browser | None, register: SqlRegister | None, watch: Watches
    ) -> None:
        self.mission = releasing.shown_mission
        self.release = releasing.profile
        self.withheld = NOTHING if browser is None else releasing.find_withheld(browser.facts())
        self.browser = None if browser is None else browser.releasing(self.withheld)
        self._releasing = releasing
        self._register = register
        self._watch = watch
        self._busy, self._counting = RLock(), RLock()
        self._overviews: dict[Sought, Overview] = {}

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.mission.timezone)

    @cached_property
    def fingerprint(self) -> str:
        return "" if self._register is None else self._register.fingerprint()

    @cached_property
    def version(self) -> str:
        """What an answer depends on besides the register: the profile, and what it withholds by now."""
        return f"{self.release.id} {self.withheld.next_at}"

    @cached_property
    def as_of(self) -> datetime | None:
        return None if self.browser is None else self.browser.as_of()

    @cached_property
    def observed(self) -> frozenset[date]:
        """The local days on which anything was published."""
        return frozenset() if self.browser is None else self.browser.published(self.zone)

    @cached_property
    def choices(self) -> Choices:
        return Choices(events=(), parties=(), sources=()) if self.browser is None else self.browser.choices()

    @cached_property
    def document_names(self) -> Mapping[str, str]:
        """Ids of documents by the names of their pages."""
        return {} if self.browser is None else {safe_name(each): each for each in self.browser.document_ids()}

    def document_id(self, name: str) -> str | None:
        """The document whose page has this name; most are called so themselves."""
        if self.browser is None:
            return None
        if safe_name(name) == name and self.browser.has_document(name):
            return name
        return self.document_names.get(name)

    @cached_property
    def documents_count(self) -> int:
        return 0 if self.browser is None else self.browser.count_documents()

    @cached_property
    def files(self) -> frozenset[str]:
        """The files of documents that have a page: all that are released."""
        return FilesBut(f"{safe_name(each)}.html" for each in self.withheld.documents)

    @cached_property
    def incident_names(self) -> Mapping[str, str]:
        """Ids of incidents by the names of their pages."""
        return {} if self.browser is None else {safe_name(each): each for each in self.browser.incident_ids()}

    def incident_id(self, name: str) -> str | None:
        """The incident whose page has this name."""
        return self.incident_names.get(name)

    @cached_property
    def ground(self) -> Ground:
        """What the map draws the incidents on."""
        assert self.browser is not None
        ground = Ground(self.browser, self.bare)
        gc.freeze()  # it stays as long as the register does: not to be looked through for garbage again and again
        return ground

    def overlook(self, sought: Sought) -> Overview:
        """How a view looks as a whole: counted and drawn once, then remembered while the register stands."""
        with self._counting:  # many who ask for one view at once wait for one count of it
            if sought not in self._overviews:
                assert self.browser is not None
                while len(self._overviews) >= OVERVIEWS:
                    del self._overviews[next(iter(self._overviews))]
                self._overviews[sought] = Overview(
                    count=self.browser.count(sought),
                    starts=self.browser.starts(sought, self.zone),
                    map=self.ground.draw(sought),
                )
            return self._overviews[sought]

    def stands(self, now: datetime) -> bool:
        """Whether nothing that was withheld may be shown by now."""
        return self.withheld.next_at is None or now < self.withheld.next_at

    def look_up(self, view: View) -> Lookup:
        """A part of the register as it is released, with what is true of the whole."""
        shown = self._releasing.without_texts(self._releasing.cut(view, self.withheld))
        return look_up(self.as_whole(shown), site=SERVICE)

    def claims(self) -> Iterator[tuple[Telling, tuple[str, ...]]]:
        """Every claim that is released, by document and place in it, with the ids of the incidents it stands in."""
        for telling, ids in () if self.browser is None else self.browser.claims():
            shown = self._releasing.telling(telling, ids, self.withheld)
            if shown is not None:
                yield shown

    def documents(self, *, limit: int, offset: int = 0, after: Mark | None = None) -> tuple[DocumentLine, ...]:
        """The documents, the latest first, each with how many of its claims are released."""
        lines = () if self.browser is None else self.browser.documents(limit=limit, offset=offset, after=after)
        if not lines or not (self.withheld or self._releasing.bars):
            return lines
        assert self.browser is not None
        told = self.browser.told_in([each.id for each in lines])
        ids = self.browser.standing([each.claim for each in told])
        shown = Counter(
            each.document
            for each in told
            if self._releasing.telling(each, ids.get(each.claim, ()), self.withheld) is not None
        )
        return tuple(replace(each, claims_count=shown[each.id]) for each in lines)

    def as_whole(self, view: View) -> View:
        return replace(view, fingerprint=self.fingerprint, as_of=self.as_of)

    def nothing(self) -> View:
        """A view of no incident."""
        return View(
            mission=self.mission,
            documents=(),
            superseded=(),
            tellings=(),
            incidents=(),
            assessments=(),
            watch=None,
            problems=(),
            fingerprint="",
            as_of=None,
        )

    def near(self, spans: Sequence[tuple[datetime, datetime]]) -> View:
        """The incidents that any of these stretches of time touches or that have no time, with all they rest on."""
        if self.browser is None:
            return self.as_whole(self.nothing())
        return self.look_up(self.browser.near(spans, self.mission)).view

    def look_up_page(self, page: Page) -> Lookup:
        return self.look_up(replace(self.nothing(), incidents=page.incidents, assessments=page.assessments))

    @cached_property
    def bare(self) -> Lookup:
        """A lookup of no incident, for pages that show none."""
        return self.look_up(self.nothing())

    @cached_property
    def revised(self) -> Lookup:
        """A lookup of no incident that knows what newer texts did to older claims."""
        revisions = () if self._register is None else self._register.revisions()
        return self.look_up(replace(self.nothing(), revisions=revisions))

    @property
    def whole(self) -> Whole:
        with self._busy:  # two readers never load it twice
            return self._whole

    @cached_property
    def _whole(self) -> Whole:
        view = self.nothing() if self._register is None else self._register.view(self.mission)
        shown = whole_of(view, self._releasing, self.withheld, watch=self._watch)
        lookup = look_up(self.as_whole(shown), site=SERVICE)
        paged = frozenset(lookup.incidents)
        return Whole(lookup=lookup, bulletin=make_bulletin(lookup, paged=paged), paged=paged, documents=self.files)


class Keeper:
    """Gives the register as it stands, and reads texts against it one at a time.

    `tools` are those of a mission; `now` is a clock.
    """

    def __init__(
        self, mission: Mission, folder: Path, *, tools: Tools, now: Callable[[], datetime], database: URL | None = None
    ) -> None:
        self.mission = mission
        self.now = now
        self._folder = folder
        self._door = Door(folder, database, now=now)
        self._tools = tools
        self._state: State | None = None
        self._read: tuple[Browser | None, SqlRegister | None] = (None, None)
        self._helds: dict[str, Held] = {}
        self._opening, self._reading = Lock(), Lock()
        self._reader: Reads | None = None

    def held(self, profile: str = PUBLIC) -> Held:
        """What a profile releases of the register as it stands. Raises RegisterError where it cannot be read."""
        with self._opening:
            state = self._door.state()
            if state != self._state:
                self._helds.clear()
                self._read = self._door.read() or (None, None)
                self._state = state
            held = self._helds.get(profile)
            if held is None or not held.stands(self.now()):
                held = self._helds[profile] = self._release(profile)
            return held

    def _release(self, profile: str) -> Held:
        known = profile_named(profile, self.mission)
        releasing = Releasing(mission=self.mission, profile=known, now=self.now())
        return Held(releasing, *self._read, self._tools.watch)

    def warm(self) -> None:
        """Read what every page needs, so that the first reader need not wait; what cannot be read is told to him."""
        with suppress(RegisterError):
            held = self.held()
            if held.browser is not None:
                held.overlook(Sought())

    def close(self) -> None:
        self._door.close()

    # ---- reading a text

    def check(self, document: Document, held: Held) -> tuple[ArticleCheck, View]:
        """A text read and held against the register, and the part of it that sufficed. One at a time: a reader keeps
        both cores busy.
        """
        with self._reading:
            tools = self._with_one_reader()
            return check_near(document, held.mission, held.near, lambda: held.whole.view, tools)

    def check_held(self, reading: Reading, view: View) -> ArticleCheck:
        """A document of the register, by the incidents that its claims stand in."""
        return check_held(reading, view, self._tools)

    def _with_one_reader(self) -> Tools:
        if self._reader is None:
            self._reader = self._tools.make_reader()
        reader = self._reader
        return replace(self._tools, make_reader=lambda: reader, now=self.now())
