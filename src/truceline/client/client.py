"""A client of the API: typed records, page after page as they are needed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlsplit

import httpx
from pydantic import BaseModel, ValidationError

from truceline.client.asking import Asker, checked_base
from truceline.errors import ServiceError
from truceline.schemas.bulletin import BulletinOut
from truceline.schemas.bulletins import BulletinLine, Bulletins, PublishedBulletin
from truceline.schemas.check import CheckOut
from truceline.schemas.document import DocumentOut, DocumentRow, DocumentsPage, ReadingOut
from truceline.schemas.incident import IncidentOut, IncidentsPage
from truceline.schemas.register import (
    AgreementOut,
    FeatureCollection,
    HeapsOut,
    Hit,
    Hits,
    Index,
    MapOut,
    Sources,
    StatementsOut,
    TimelineOut,
    WatchOut,
)
from truceline.schemas.rows import ClaimRow, IncidentRow

Day = date | str | None
API = "api/v1"
ON_A_PAGE = 200
Kind = TypeVar("Kind", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An answer as it came, with the mark by which to ask whether it has changed."""

    mark: str
    body: bytes

    def as_json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks the service at `base`, as http://127.0.0.1:8000; close it, or use it as a context.

    `token` is sent as a bearer token, over https or to this machine only. `timeout` is in seconds, of each step of a
    request; `tries` how often a reading request is sent where the service is busy or away. Every method raises
    UnknownId (not held), ServiceRefused (with what was wrong), ServiceUnreachable, or ServiceError.

    Filters are those of the register: q, since and until (local days, both inclusive), party, kind, verdict, grade,
    source.
    """

    def __init__(
        self,
        base: str,
        token: str | None = None,
        *,
        timeout: float = 30.0,
        tries: int = 4,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        url = checked_base(base, token)
        headers = {"User-Agent": "truceline-client", "Accept": "application/json, */*;q=0.5"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        # Nothing is followed elsewhere and no proxy of the environment is used: the token goes to `base` alone.
        http = httpx.Client(
            base_url=url, headers=headers, timeout=timeout, follow_redirects=False, trust_env=False, transport=transport
        )
        self._asker = Asker(http=http, tries=max(1, tries))
        self._base = url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({str(self._base)!r})"

    def close(self) -> None:
        self._asker.http.close()

    # ---- incidents and claims

    def incidents(self, *, since: Day = None, until: Day = None, **filters: str) -> Iterator[IncidentRow]:
        """Those that match every filter, the latest first; pages are asked for as they are needed."""
        for page in self._pages("incidents", IncidentsPage, as_params(since, until, filters)):
            yield from page.items

    def incident(self, id: str) -> IncidentOut:
        """One with every telling it rests on."""
        return self._one(f"incidents/{as_segment(id)}", IncidentOut)

    def claims(self) -> Iterator[ClaimRow]:
        """All of them by document and place in it, as they come: nothing is held back."""
        return self._lines("claims.jsonl", ClaimRow, {})

    def stream_incidents(self, *, since: Day = None, until: Day = None, **filters: str) -> Iterator[IncidentRow]:
        """As `incidents`, in one answer."""
        return self._lines("incidents.jsonl", IncidentRow, as_params(since, until, filters))

    def geojson(self, *, since: Day = None, until: Day = None, **filters: str) -> FeatureCollection:
        """As `incidents`, as points (RFC 7946)."""
        return self._one("incidents.geojson", FeatureCollection, as_params(since, until, filters))

    def search(self, words: str) -> Iterator[Hit]:
        """Incidents that hold all these words, in any spelling."""
        for page in self._pages("search", Hits, {"q": words}):
            yield from page.items

    # ---- documents

    def documents(self) -> Iterator[DocumentRow]:
        """The latest first; pages are asked for as they are needed."""
        for page in self._pages("documents", DocumentsPage, {}):
            yield from page.items

    def document(self, id: str, *, version: int | None = None) -> DocumentOut:
        """One with its text, its claims and its versions."""
        return self._one(
            f"documents/{as_segment(id)}", DocumentOut, {} if version is None else {"version": str(version)}
        )

    def reading(self, id: str) -> ReadingOut:
        """What was read in it."""
        return self._one(f"readings/{as_segment(id)}", ReadingOut)

    def check(self, text: str, *, title: str = "", publisher: str = "", published_at: str = "") -> CheckOut:
        """A text read at once and held against the register; nothing of it is kept. Sent once."""
        given = {"text": text, "title": title, "publisher": publisher, "published_at": published_at}
        path = path_of("check")
        return parsed(CheckOut, self._asker.post(path, given).content, path)

    # ---- the register as a whole

    def index(self) -> Index:
        return self._one("", Index)

    def timeline(self, *, since: Day = None, until: Day = None, **filters: str) -> TimelineOut:
        """A view over time, with the days that nobody reported from."""
        return self._one("timeline", TimelineOut, as_params(since, until, filters))

    def heaps(self, *, zoom: int = 6, bbox: str = "", since: Day = None, until: Day = None, **filters: str) -> HeapsOut:
        """The incidents in a window ("west,south,east,north") about points, as closely as a map of this zoom shows."""
        window = {"zoom": str(zoom), **({"bbox": bbox} if bbox else {})}
        return self._one("heaps", HeapsOut, {**as_params(since, until, filters), **window})

    def map(self, *, since: Day = None, until: Day = None, **filters: str) -> MapOut:
        """A view by place, kind and verdict."""
        return self._one("map", MapOut, as_params(since, until, filters))

    def watch(self) -> WatchOut:
        """What is changing."""
        return self._one("watch", WatchOut)

    def statements(self) -> StatementsOut:
        """What texts state about trends and foretell."""
        return self._one("statements", StatementsOut)

    def bulletin(self) -> BulletinOut:
        return self._one("bulletin", BulletinOut)

    def bulletins(self) -> tuple[BulletinLine, ...]:
        """What the team published, the latest period first."""
        return self._one("bulletins", Bulletins).items

    def published(self, id: str) -> PublishedBulletin:
        """One bulletin of the team, with the hashes of every edition."""
        return self._one(f"bulletins/{as_segment(id)}", PublishedBulletin)

    def agreement(self) -> AgreementOut:
        return self._one("agreement", AgreementOut)

    def sources(self) -> Sources:
        return self._one("sources", Sources)

    def changed_since(self, mark: str | None, address: str = "incidents", **params: str) -> Changed | None:
        """The answer at an address and its mark, to be handed in the next time; None where it is still that of `mark`.

        found = client.changed_since(None, "watch")
        client.changed_since(found.mark, "watch")      # None, until a run has changed it
        """
        with self._asker.answer(path_of(address), params=params, mark=mark) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return None
            return Changed(mark=answer.headers.get("etag", ""), body=answer.read())

    # ---- how it is asked

    def _one(self, address: str, kind: type[Kind], params: Mapping[str, str] | None = None) -> Kind:
        path = path_of(address)
        with self._asker.answer(path, params=params) as answer:
            return parsed(kind, answer.read(), path)

    def _pages(self, address: str, kind: type[Kind], params: Mapping[str, str]) -> Iterator[Any]:
        asked: Mapping[str, str] | None = {**params, "limit": str(ON_A_PAGE)}
        path = path_of(address)
        while asked is not None:
            with self._asker.answer(path, params=asked) as answer:
                page: Any = parsed(kind, answer.read(), path)
            yield page
            # The query alone is taken over: an address elsewhere would get the token.
            asked = None if page.next is None else dict(httpx.QueryParams(urlsplit(page.next).query))

    def _lines(self, address: str, kind: type[Kind], params: Mapping[str, str]) -> Iterator[Kind]:
        path = path_of(address)
        with self._asker.answer(path, params=params) as answer:
            for line in find_lines(answer.iter_bytes()):
                yield parsed(kind, line, path)


def find_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, parted by line feeds alone: a text may hold other signs that part lines."""
    kept = b""
    for piece in pieces:
        *whole, kept = (kept + piece).split(b"\n")
        yield from whole
    if kept:
        yield kept


def parsed(kind: type[Kind], body: bytes, path: str) -> Kind:
    """The record. Raises ServiceError where the answer is none of this kind."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(each) for each in first["loc"])
        raise ServiceError(
            f"{path}: the answer is no {kind.__name__} ({where}: {first['msg']}); "
            "take a Truceline of the same version here and there"
        ) from error


def path_of(address: str) -> str:
    return f"{API}/{address}".rstrip("/")


def as_segment(id: str) -> str:
    """An id as one piece of an address; one of dots alone would lead upwards."""
    written = quote(id, safe="")
    return written if written.strip(".") else written.replace(".", "%2E")


def as_params(since: Day, until: Day, filters: Mapping[str, str]) -> dict[str, str]:
    """The filters as the API names them; what is not used is left out."""
    days = {"from": since, "to": until}
    written = {name: day.isoformat() if isinstance(day, date) else day for name, day in days.items() if day}
    return {**written, **{name: value for name, value in filters.items() if value}}
