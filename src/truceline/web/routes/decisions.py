"""Decisions by programs and pages: kept once, under the name of who took them, never over somebody else's."""

import hashlib
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from truceline.model.decision import Decision, Ruling
from truceline.model.person import Right
from truceline.store.decided import decide
from truceline.web.forms import posted_json
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import ASKED, MARKED
from truceline.web.routes.common import NowHeld, browser_of
from truceline.web.visitor import need, team_of, visitor_of

router = APIRouter(prefix="/api/v1", tags=["Decisions"], dependencies=ASKED)

Names = Annotated[list[Annotated[str, Field(min_length=1, max_length=100)]], Field(min_length=1, max_length=200)]
Key = Annotated[
    str,
    Header(alias="Idempotency-Key", min_length=8, max_length=100, description="Sent again, it is the same request."),
]


class DecisionIn(BaseModel):
    """What somebody decides: that claims are of one act, or of two."""

    model_config = ConfigDict(extra="forbid")

    ruling: Ruling
    claims: Names
    others: Names
    why: str = Field(min_length=1, max_length=2000)
    seen: int = Field(
        default=0, ge=0, description="The last entry of the ledger on this incident that was seen; 0 for none."
    )


class DecisionKept(BaseModel):
    """The decision as it stands in the ledger."""

    id: str
    entry: int = Field(description="Its number in the ledger.")
    hash: str
    at: datetime


class EntryOut(BaseModel):
    """A change by a person, as the ledger has it."""

    entry: int
    at: datetime
    who: str = Field(description="An account's id.")
    what: str
    why: str
    hash: str


class HistoryOut(BaseModel):
    """What people did to one incident, the latest first."""

    seen: int = Field(description="The last entry on it, to be given back as `seen` with a decision; 0 for none.")
    entries: list[EntryOut]


@router.get(
    "/incidents/{name}/history",
    response_model=HistoryOut,
    operation_id="get_history",
    dependencies=[need(Right.COMMENT), *MARKED],
)
def give_history(request: Request, held: NowHeld, name: Annotated[str, Path(max_length=300)]) -> Response:
    """What was decided on an incident; for the team, not for who only reads."""
    found = held.incident_id(name)
    if found is None:
        raise HTTPException(404, "The register holds no such incident.")
    entries = team_of(request).history(f"incident {found}")
    history = HistoryOut(
        seen=entries[0].seq if entries else 0,
        entries=[
            EntryOut(
                entry=each.seq,
                at=each.at,
                who=each.change.who,
                what=each.change.what,
                why=each.change.why,
                hash=each.hash,
            )
            for each in entries
        ],
    )
    return told(request, history)


@router.post(
    "/decisions",
    status_code=201,
    response_model=DecisionKept,
    operation_id="decide",
    responses={
        404: {"description": "A claim that is not held"},
        409: {"description": "Somebody else decided meanwhile; nothing was kept"},
    },
    dependencies=[need(Right.REVIEW), posted_json],
)
def take_decision(request: Request, held: NowHeld, given: DecisionIn, key: Key) -> Response:
    """Keep a decision; the next run puts it into effect."""
    visitor, team = visitor_of(request), team_of(request)
    assert visitor.account is not None
    incidents = browser_of(held).holding((*given.claims, *given.others))
    unknown = sorted({*given.claims, *given.others} - set(incidents))
    if unknown:
        raise HTTPException(404, f"The register holds no claim {unknown[0]} in an incident; nothing was kept.")
    own_key = hashlib.sha256(f"{visitor.account.id}\0{key}".encode()).hexdigest()
    decision = Decision(
        id=f"decision-{own_key[:16]}",
        ruling=given.ruling,
        claims=tuple(dict.fromkeys(given.claims)),
        others=tuple(each for each in dict.fromkeys(given.others) if each not in given.claims),
        by=visitor.account.name,
        at=team.now(),
        why=given.why.strip(),
    )
    entry = decide(
        team,
        decision,
        who=visitor.account.id,
        subject=f"incident {incidents[given.claims[0]]}",
        expected=given.seen,
        key=own_key,
    )
    assert entry is not None  # the key is found before the decision
    kept = DecisionKept(id=decision.id, entry=entry.seq, hash=entry.hash, at=entry.at)
    return JSONResponse(kept.model_dump(mode="json"), 201)
