"""The ledger as a page: who did what, when and why, and whether the chain holds.

For whoever reviews: who decides has to see what was decided before and by whom, and that nobody altered it. Entries
hold no secrets and no words that may have to be erased.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response, StreamingResponse

from truceline.model.ledger import Entry
from truceline.model.person import Right
from truceline.publish.cells import write_table
from truceline.publish.lookup import safe_name
from truceline.store.accounts import all_accounts
from truceline.store.ledger import entries, head_of
from truceline.web.forms import read_form
from truceline.web.proving import Prover
from truceline.web.shown import show
from truceline.web.visitor import TooOften, need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(Right.REVIEW)])

AT_ONCE = 100
CSV_AT_ONCE = 1000
COLUMNS = ("seq", "at", "who", "name", "what", "subject", "why", "body", "kept_in", "kept_id", "kept_sha256", "hash")
SYSTEM = {"system": "the service", "nobody": "nobody logged in"}
Words = Annotated[str, Query(max_length=200)]
Number = Annotated[int | None, Query(ge=1, le=10**15)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry with what its ids are called, and where its subject can be seen, "" for nowhere."""

    entry: Entry
    name: str
    address: str


@router.get("/ledger")
def show_ledger(request: Request, subject: Words = "", who: Words = "", before: Number = None) -> Response:
    team, sought = team_of(request), subject.strip()
    with team.reading() as connection:
        names = names_in(connection)
        found = entries(connection, subject=sought or None, who=who or None, before=before, limit=AT_ONCE + 1)
        seq, head = head_of(connection)
    lines = [line_of(each, names, can_manage=can_manage(request)) for each in found[:AT_ONCE]]
    asked = {name: value for name, value in (("subject", sought), ("who", who)) if value}
    older = urlencode({**asked, "before": found[AT_ONCE - 1].seq}) if len(found) > AT_ONCE else ""
    prover = prover_of(request)
    return show(
        request,
        "ledger.html",
        here="ledger",
        lines=lines,
        names=names,
        asked={"subject": sought, "who": who},
        is_part=bool(asked or before),
        older=older,
        seq=seq,
        head=head,
        csv=f"/ledger.csv?{urlencode(asked)}" if asked else "/ledger.csv",
        last=prover.last,
        is_running=prover.is_running,
    )


def names_in(connection: Connection) -> dict[str, str]:
    """What those who act are called, by how the ledger names them."""
    return {**SYSTEM, **{each.id: each.name for each in all_accounts(connection)}}


def line_of(entry: Entry, names: dict[str, str], *, can_manage: bool) -> Line:
    who = entry.change.who
    name = names.get(who) or (f"{who.removeprefix('cli:')} at the command line" if who.startswith("cli:") else who)
    return Line(entry=entry, name=name, address=address_of(entry.change.subject, can_manage=can_manage))


def address_of(subject: str, *, can_manage: bool) -> str:
    """Where the subject of an entry can be seen."""
    kind, _, named = subject.partition(" ")
    if kind == "incident" and named:
        return f"incidents/{safe_name(named)}.html"
    return f"people/{quote(named, safe='')}" if kind == "account" and named and can_manage else ""


def can_manage(request: Request) -> bool:
    visitor = visitor_of(request)
    return visitor.session is not None and Right.MANAGE in visitor.rights


@router.post("/ledger/verify")
async def prove(request: Request) -> Response:
    """Walk the chain: shortly while one waits, a long one on its own."""
    await read_form(request, ())
    seconds = request.app.state.paces.wait("prove", visitor_of(request).counted_as)
    if seconds:
        raise TooOften(seconds)
    await run_in_threadpool(prover_of(request).prove)
    return RedirectResponse("/ledger", 303)


def prover_of(request: Request) -> Prover:
    prover = request.app.state.prover
    assert isinstance(prover, Prover)
    return prover


@router.get("/ledger.csv")
def give_ledger(request: Request, subject: Words = "", who: Words = "") -> Response:
    """The same, all of it, the latest first, some at a time."""
    lines = csv_of(request, subject=subject.strip() or None, who=who or None)
    headers = {"Content-Disposition": 'attachment; filename="ledger.csv"'}
    return StreamingResponse(lines, media_type="text/csv", headers=headers)


def csv_of(request: Request, *, subject: str | None, who: str | None) -> Iterator[str]:
    """The head of the table, then its rows; none entered meanwhile comes in between."""
    yield write_table(COLUMNS, [])
    before: int | None = None
    while True:
        with team_of(request).reading() as connection:
            names = names_in(connection)
            found = entries(connection, subject=subject, who=who, before=before, limit=CSV_AT_ONCE)
        if not found:
            return
        whole = write_table(COLUMNS, [row_of(each, names) for each in found])
        yield whole[len(write_table(COLUMNS, [])) :]
        before = found[-1].seq


def row_of(entry: Entry, names: dict[str, str]) -> list[str | int]:
    change, kept = entry.change, entry.change.kept
    rest = ("", "", "") if kept is None else (kept.table, kept.id, kept.sha256)
    said = (change.who, names.get(change.who, ""), change.what, change.subject, change.why, change.body)
    return [entry.seq, entry.at.isoformat(), *said, *rest, entry.hash]
