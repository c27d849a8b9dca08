"""The review queue for programs: what waits, and answers."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from truceline.errors import UsageError
from truceline.model.person import Right
from truceline.review.items import Item
from truceline.web.forms import posted_json
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import ASKED, MARKED
from truceline.web.routes.common import NowHeld
from truceline.web.routes.review import (
    Id,
    Kind,
    decision_of,
    find_item,
    keep,
    repeated,
    subject_of,
    waiting_for,
)
from truceline.web.visitor import need, team_of

router = APIRouter(prefix="/api/v1", tags=["Review"], dependencies=[need(Right.REVIEW), *ASKED])


class OptionOut(BaseModel):
    """One answer."""

    key: str
    words: str
    needs: str = Field(description="What has to be given with it: place, actor, verdict, event, time, or nothing.")


class ItemOut(BaseModel):
    """What waits for a decision."""

    id: str
    kind: str
    question: str
    proposal: str
    reasons: list[str]
    weight: float = Field(description="By how much a decision would change the register; the queue's order.")
    weight_reason: str
    incidents: list[str]
    claims: list[str]
    others: list[str]
    options: list[OptionOut]
    seen: int | None = Field(default=None, description="To be given back with an answer.")


class Queue(BaseModel):
    items: list[ItemOut]
    count: int


class AnswerIn(BaseModel):
    """The answer to an item, by the key of one of its options."""

    model_config = ConfigDict(extra="forbid")

    option: str = Field(min_length=1, max_length=10)
    why: str = Field(min_length=1, max_length=2000)
    seen: int | None = Field(default=None, ge=0)
    key: str = Field(min_length=8, max_length=100, description="Sent again, it is the same request.")
    place: str = ""
    actor: str = ""
    verdict: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""


class AnswerKept(BaseModel):
    """The entry of the ledger."""

    entry: int
    hash: str


@router.get("/review", response_model=Queue, operation_id="list_review", dependencies=MARKED)
def give_queue(
    request: Request, held: NowHeld, kind: Kind = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """What waits for whoever asks, the weightiest first."""
    items = [each for each in waiting_for(request, held) if kind is None or each.kind is kind]
    return told(request, Queue(items=[item_out(each) for each in items[:limit]], count=len(items)))


@router.get(
    "/review/{id}",
    response_model=ItemOut,
    responses={404: {"description": "Waits no more"}},
    operation_id="get_review",
    dependencies=MARKED,
)
def give_item(request: Request, held: NowHeld, id: Id) -> Response:
    """One item, and the last entry of the ledger on it."""
    item = find_item(request, held, id).item
    return told(request, item_out(item, seen=team_of(request).seen(subject_of(item))))


@router.post(
    "/review/{id}",
    status_code=201,
    response_model=AnswerKept,
    responses={404: {"description": "Waits no more"}, 409: {"description": "Somebody else answered meanwhile"}},
    operation_id="answer_review",
    dependencies=[posted_json],
)
def answer_item(request: Request, held: NowHeld, id: Id, given: AnswerIn) -> Response:
    """Keep an answer; the next run puts it into effect."""
    entry = repeated(request, given.key)
    if entry is None:
        before = team_of(request).seen(f"item {id}")  # looked up before it is seen that the item waits
        item = find_item(request, held, id).item
        said: dict[str, Any] = given.model_dump(mode="json")
        try:
            decision = decision_of(request, held, item, given.option, said)
        except UsageError as error:
            raise HTTPException(400, f"{error}.") from error
        seen = before if given.seen is None else given.seen
        entry = keep(request, held, item, decision, seen=seen, key=given.key)
    return JSONResponse(AnswerKept(entry=entry.seq, hash=entry.hash).model_dump(), 201)


def item_out(item: Item, *, seen: int | None = None) -> ItemOut:
    return ItemOut(
        id=item.id,
        kind=item.kind.value,
        question=item.question,
        proposal=item.proposal.words,
        reasons=list(item.proposal.reasons),
        weight=item.weight,
        weight_reason=item.weight_reason,
        incidents=list(item.incidents),
        claims=list(item.claims),
        others=list(item.others),
        options=[OptionOut(key=each.key, words=each.words, needs=each.needs.value) for each in item.options],
        seen=seen,
    )
