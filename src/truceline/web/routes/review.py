"""The review queue: what waits, one item with its evidence, and the answer; the keyboard does what the mouse does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.errors import UsageError
from truceline.model.assessment import Verdict
from truceline.model.decision import Decision
from truceline.model.ledger import Entry
from truceline.model.person import Right
from truceline.model.review import ItemKind
from truceline.publish.cards import card_of, rows_of
from truceline.publish.page import render
from truceline.review.agree import find_agreements
from truceline.review.decide import answer
from truceline.review.export import export_corrections
from truceline.review.items import Item
from truceline.review.queue import for_reviewer
from truceline.store.decided import decide
from truceline.vocab.mission_terms import plover_modes
from truceline.web.answers import FIELDS, NOT_KNOWN, given_for, needed_words
from truceline.web.forms import read_form, token_for
from truceline.web.held import Held
from truceline.web.posting import new_key, request_key, seen_of
from truceline.web.routes.common import NowHeld
from truceline.web.visitor import need, team_of, visitor_of
from truceline.web.waiting import Waiting

router = APIRouter(include_in_schema=False, dependencies=[need(Right.REVIEW)])

Id = Annotated[str, Path(max_length=100)]
Kind = Annotated[ItemKind | None, Query(description="Only items of this kind.")]
SHOWN = 100
GONE = "Nothing of this name waits: it is decided, or the register has changed since. The queue shows what waits now."


def waiting_for(request: Request, held: Held) -> tuple[Item, ...]:
    """What waits for whoever asks: not what they answered already."""
    waiting: Waiting = request.app.state.waiting
    if held.browser is None:
        return ()
    items = waiting.items(held.whole.view, team_of(request).decisions())
    account = visitor_of(request).account
    assert account is not None
    return for_reviewer(items, account.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One item of the queue and the queue, which is of one kind where one was asked for."""

    item: Item
    items: tuple[Item, ...]
    kind: ItemKind | None = None

    @property
    def place(self) -> int:
        """Its place in the queue; the first where it is of another kind."""
        return next((number for number, each in enumerate(self.items) if each.id == self.item.id), 0)

    def beside(self, step: int) -> str:
        """The id of the item before or after it, "" where there is none."""
        there = self.place + step
        return self.items[there].id if 0 <= there < len(self.items) else ""


def find_item(request: Request, held: Held, id: str, kind: ItemKind | None = None) -> Asked:
    """Raises 404 where it waits no more."""
    items = waiting_for(request, held)
    found = next((each for each in items if each.id == id), None)
    if found is None:
        raise HTTPException(404, GONE)
    return Asked(item=found, items=tuple(each for each in items if kind is None or each.kind is kind), kind=kind)


# ---- pages


@router.get("/review")
def show_queue(request: Request, held: NowHeld, kind: Kind = None) -> Response:
    """What waits, the weightiest first."""
    items = waiting_for(request, held)
    wanted = [each for each in items if kind is None or each.kind is kind]
    page = render(
        "review.html",
        held.bare,
        here="review",
        packages=("truceline.web",),
        items=wanted[:SHOWN],
        total=len(wanted),
        counts=[(each, sum(one.kind is each for one in items)) for each in ItemKind],
        kind=kind,
        agreements=find_agreements(team_of(request).decisions()),
        double=held.mission.review.double,
        is_empty=held.browser is None,
        folder=held.mission.folder.name,
        may_manage=Right.MANAGE in visitor_of(request).rights,
    )
    return HTMLResponse(page)


@router.get("/review/next")
def lead_on(request: Request, held: NowHeld, kind: Kind = None) -> Response:
    """To the weightiest item that waits."""
    items = [each for each in waiting_for(request, held) if kind is None or each.kind is kind]
    tail = "" if kind is None else f"?kind={kind.value}"
    return RedirectResponse(f"/review/{items[0].id}{tail}" if items else f"/review{tail}", 303)


@router.get("/review/corrections.jsonl")
def give_corrections(request: Request, held: NowHeld) -> Response:
    """Every decision in effect as a training case."""
    decisions = team_of(request).decisions()
    lines = () if held.browser is None else export_corrections(held.whole.view, decisions).lines
    body = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in lines)
    named = {"Content-Disposition": 'attachment; filename="corrections.jsonl"'}
    return Response(body.encode("utf-8", "replace"), media_type="application/jsonl", headers=named)


@router.get("/review/{id}")
def show_item(request: Request, held: NowHeld, id: Id, kind: Kind = None) -> Response:
    """One item: what is asked, what the machine proposes and why, what it rests on, what can be answered."""
    return HTMLResponse(item_page(request, held, find_item(request, held, id, kind)))


def item_page(
    request: Request, held: Held, asked: Asked, *, mistake: str = "", said: dict[str, str] | None = None
) -> str:
    lookup, item = held.whole.lookup, asked.item
    incidents = [lookup.incidents[each] for each in item.incidents if each in lookup.incidents]
    return render(
        "review_item.html",
        lookup,
        here="review",
        depth=1,
        packages=("truceline.web",),
        documents=held.files,
        item=item,
        asked=asked,
        rows=rows_of(incidents, lookup, paged=frozenset(lookup.incidents)),
        one=[card_of(lookup.tellings[each], lookup) for each in item.claims if each in lookup.tellings],
        other=[card_of(lookup.tellings[each], lookup) for each in item.others if each in lookup.tellings],
        choices=choices_for(held),
        needs=needed_words(item),
        unknown=NOT_KNOWN,
        is_double=item.kind in held.mission.review.double,
        token=token_for(request),
        seen=team_of(request).seen(subject_of(item)),
        key=new_key(),
        mistake=mistake,
        said={**dict.fromkeys(("option", "why", *FIELDS), ""), **(said or {})},
    )


def choices_for(held: Held) -> dict[str, list[tuple[str, str]]]:
    """What can be named in an answer: what is sent, and its words."""
    mission = held.mission
    kinds = [f"{each} {mode}".strip() for each, modes in plover_modes().items() for mode in ("", *modes)]
    return {
        "actor": sorted(((each.id, each.name) for each in mission.actors), key=itemgetter(1)),
        "place": [(each, each) for each in sorted({each.name for each in mission.places})],
        "verdict": [(each.value, each.value) for each in Verdict],
        "event": [(each, each) for each in kinds],
    }


def subject_of(item: Item) -> str:
    return f"item {item.id}"


@router.post("/review/{id}")
async def take_answer(request: Request, held: NowHeld, id: Id) -> Response:
    """Keep the answer and go on to the next item."""
    form = await read_form(request, ("option", "why", "seen", "key", "kind", *FIELDS))
    return await run_in_threadpool(keep_answer, request, held, id, form)


def keep_answer(request: Request, held: Held, id: str, form: dict[str, str]) -> Response:
    former = repeated(request, form["key"])
    kind = form["kind"] if form["kind"] in {each.value for each in ItemKind} else ""
    following = "/review/next" + (f"?kind={kind}" if kind else "")
    if former is not None:
        return RedirectResponse(following, 303)
    seen = seen_of(form["seen"])
    asked = find_item(request, held, id, ItemKind(kind) if kind else None)
    try:
        decision = decision_of(request, held, asked.item, form["option"], form)
    except UsageError as error:
        return HTMLResponse(item_page(request, held, asked, mistake=str(error), said=form), 400)
    keep(request, held, asked.item, decision, seen=seen, key=form["key"])
    return RedirectResponse(following, 303)


def repeated(request: Request, key: str) -> Entry | None:
    """The entry that this very request made before."""
    mark = request_key(visitor_of(request), key)
    return None if mark is None else team_of(request).made_with(mark)


def decision_of(request: Request, held: Held, item: Item, option: str, said: Mapping[str, str]) -> Decision:
    """Raises UsageError for an answer that cannot be."""
    chosen = item.option(option)
    if chosen is None:
        raise UsageError("choose one of the answers")
    account = visitor_of(request).account
    assert account is not None
    given = given_for(chosen, said, held.mission)
    return answer(item, option, by=account.name, at=team_of(request).now(), why=said["why"][:2000], **given)


def keep(request: Request, held: Held, item: Item, decision: Decision, *, seen: int, key: str) -> Entry:
    """Kept, unless somebody else answered since it was shown; two who are both asked do not stand in each other's way.

    Raises Overtaken.
    """
    visitor = visitor_of(request)
    is_double = item.kind in held.mission.review.double
    entry = decide(
        team_of(request),
        replace(decision, item=item.id),
        who=visitor.who,
        subject=subject_of(item),
        expected=None if is_double else seen,
        key=request_key(visitor, key),
    )
    assert entry is not None
    return entry
