"""What the service holds of a register: opened to read, and taken up anew whenever a run has changed it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from zoneinfo import ZoneInfo

from truceline.flow.check import check_against, check_held
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
from truceline.store.sql import SqlRegister
from truceline.store.sqlite import FILE, open_to_read
from truceline.vocab.release import PUBLIC, profile_named
from truceline.web.map import Drawn, draw_piles
from truceline.web.site import SERVICE

Stamp = tuple[int, ...]


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
    starts: tuple[tuple[datetime | None, int], ...]
    map: Drawn


OVERVIEWS = 64  # remembered; a map weighs some 150 kB


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
    def published(self) -> tuple[datetime, ...]:
        return () if self.browser is None else self.browser.published()

    @cached_property
    def observed(self) -> frozenset[date]:
        """The local days on which anything was published."""
        return frozenset(each.astimezone(self.zone).date() for each in self.published)

    @cached_property
    def choices(self) -> Choices:
        return Choices(events=(), parties=(), sources=()) if self.browser is None else self.browser.choices()

    @cached_property
    def document_names(self) -> Mapping[str, str]:
        """Ids of documents by the names of their pages."""
        return {} if self.browser is None else {safe_name(each): each for each in self.browser.document_ids()}

    @cached_property
    def files(self) -> frozenset[str]:
        """The files of documents that have a page: all."""
        return frozenset(f"{each}.html" for each in self.document_names)

    def incident_id(self, name: str) -> str | None:
        """The incident whose page has this name."""
        if self.browser is None:
            return None
        if safe_name(name) == name and self.browser.has_incident(name):
            return name
        return next((each for each in self.browser.incident_ids() if safe_name(each) == name), None)

    def overlook(self, sought: Sought) -> Overview:
        """How a view looks as a whole: counted and drawn once, then remembered while the register stands."""
        with self._counting:  # many who ask for one view at once wait for one count of it
            if sought not in self._overviews:
                assert self.browser is not None
                while len(self._overviews) >= OVERVIEWS:
                    del self._overviews[next(iter(self._overviews))]
                self._overviews[sought] = Overview(
                    count=self.browser.count(sought),
                    starts=self.browser.starts(sought),
                    map=draw_piles(self.browser.piles(sought), self.bare),
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
        return replace(view, fingerprint=self.fingerprint, as_of=max(self.published, default=None))

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

    def __init__(self, mission: Mission, folder: Path, *, tools: Tools, now: Callable[[], datetime]) -> None:
        self.mission = mission
        self.now = now
        self._folder = folder
        self._tools = tools
        self._opened = ExitStack()
        self._stamp: Stamp | None = None
        self._read: tuple[Browser | None, SqlRegister | None] = (None, None)
        self._helds: dict[str, Held] = {}
        self._opening, self._reading = Lock(), Lock()
        self._reader: Reads | None = None

    def held(self, profile: str = PUBLIC) -> Held:
        """What a profile releases of the register as it stands. Raises RegisterError where it cannot be read."""
        stamp = self._stamp_now()
        with self._opening:
            if stamp != self._stamp:
                self._helds.clear()
                self._read = self._open() if stamp else (None, None)
                self._stamp = self._stamp_now()
            held = self._helds.get(profile)
            if held is None or not held.stands(self.now()):
                held = self._helds[profile] = self._release(profile)
            return held

    def _release(self, profile: str) -> Held:
        known = profile_named(profile, self.mission)
        releasing = Releasing(mission=self.mission, profile=known, now=self.now())
        return Held(releasing, *self._read, self._tools.watch)

    def close(self) -> None:
        self._opened.close()

    def _open(self) -> tuple[Browser | None, SqlRegister | None]:
        self._opened.close()
        browser, register = self._opened.enter_context(open_to_read(self._folder))
        return (None, None) if register.counts().documents == 0 else (browser, register)

    def _stamp_now(self) -> Stamp:
        """What changes when anything is written; () where there is no register."""
        path = self._folder / FILE
        if not path.is_file():
            return ()
        found = path.stat()
        beside = path.with_name(f"{FILE}-wal")
        pending = beside.stat().st_size if beside.is_file() else 0
        return found.st_mtime_ns, found.st_size, found.st_ino, pending

    # ---- reading a text

    def check(self, document: Document, view: View) -> ArticleCheck:
        """A text read and held against the register. One at a time: a reader keeps both cores busy."""
        with self._reading:
            return check_against(document, view, self._with_one_reader())

    def check_held(self, reading: Reading, view: View) -> ArticleCheck:
        """A document of the register, by the incidents that its claims stand in."""
        return check_held(reading, view, self._tools)

    def _with_one_reader(self) -> Tools:
        if self._reader is None:
            self._reader = self._tools.make_reader()
        reader = self._reader
        return replace(self._tools, make_reader=lambda: reader, now=self.now())
