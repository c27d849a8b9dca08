"""Decisions by programs and pages: kept once, under the name of who took them, never over somebody else's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from truceline.errors import UsageError
from truceline.model.decision import Decision
from truceline.model.person import Right
from truceline.model.ruling import Ruling
from truceline.review.decide import make_decision
from truceline.review.propose import propose_grouping
from truceline.store.decided import decide
from truceline.web.forms import posted_json
from truceline.web.held import Held
from truceline.web.posting import request_key
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import ASKED, MARKED
from truceline.web.routes.common import NowHeld, browser_of
from truceline.web.routes.review import repeated
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

    ruling: Literal[Ruling.SAME, Ruling.DIFFERENT]
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
        400: {"description": "No grounds"},
        404: {"description": "A claim that is not held"},
        409: {"description": "Somebody else decided meanwhile; nothing was kept"},
    },
    dependencies=[need(Right.REVIEW), posted_json],
)
def take_decision(request: Request, held: NowHeld, given: DecisionIn, key: Key) -> Response:
    """Keep a decision; the next run puts it into effect."""
    visitor, team = visitor_of(request), team_of(request)
    entry = repeated(request, key)
    if entry is None:
        incidents = browser_of(held).holding((*given.claims, *given.others))
        entry = decide(
            team,
            decision_of(request, held, given, incidents),
            who=visitor.who,
            subject=f"incident {incidents[given.claims[0]]}",
            expected=given.seen,
            key=request_key(visitor, key),
        )
    if entry is None:
        raise HTTPException(409, "This very decision is held already; nothing was kept.")
    if entry.change.kept is None or entry.change.kept.table != "decisions":
        raise HTTPException(409, "This key was used for another request; nothing was kept. Take a new one.")
    kept = DecisionKept(id=entry.change.kept.id, entry=entry.seq, hash=entry.hash, at=entry.at)
    return JSONResponse(kept.model_dump(mode="json"), 201)


def decision_of(request: Request, held: Held, given: DecisionIn, incidents: Mapping[str, str]) -> Decision:
    """The decision with the machine's proposal beside it. Raises 404 for a claim in no incident, 400 for no grounds."""
    account, browser = visitor_of(request).account, browser_of(held)
    assert account is not None
    unknown = sorted({*given.claims, *given.others} - set(incidents))
    if unknown:
        raise HTTPException(404, f"The register holds no claim {unknown[0]} in an incident; nothing was kept.")
    views = (browser.incident(each, held.mission) for each in sorted(set(incidents.values())))
    proposed = propose_grouping({*incidents}, [one for each in views for one in each.incidents])
    try:
        return make_decision(
            given.ruling,
            given.claims,
            given.others,
            by=account.name,
            at=team_of(request).now(),
            why=given.why,
            proposed=proposed.proposal,
        )
    except UsageError as error:
        raise HTTPException(400, f"{error}; nothing was kept.") from error
