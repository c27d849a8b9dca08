"""Correcting one incident: split it, merge it with another, put its place, time, kind, actors or verdict right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.errors import UsageError
from truceline.model.decision import Decision
from truceline.model.incident import Stance
from truceline.model.person import Right
from truceline.model.ruling import GROUPING, Ruling
from truceline.model.view import View
from truceline.publish.cards import card_of, row_of
from truceline.publish.lookup import Lookup, safe_name
from truceline.publish.page import render
from truceline.review.decide import make_decision
from truceline.review.items import Needs, Option
from truceline.review.propose import find_proposal
from truceline.store.decided import decide
from truceline.web.answers import FIELDS, NOT_KNOWN, given_for
from truceline.web.forms import read_form, token_for
from truceline.web.held import Held
from truceline.web.posting import new_key, request_key, seen_of
from truceline.web.routes.common import NowHeld, browser_of
from truceline.web.routes.review import choices_for, repeated
from truceline.web.visitor import need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(Right.REVIEW)])

Name = Annotated[str, Path(max_length=300)]
# What can be done, by the words of the form; each asks for what its ruling needs.
WAYS = (
    Option(key="split", words="Split: the claims marked tell of another act", ruling=Ruling.DIFFERENT),
    Option(key="merge", words="Merge: another incident is the same act", ruling=Ruling.SAME),
    Option(key="place", words="Another place", ruling=Ruling.PLACE, needs=Needs.PLACE),
    Option(key="time", words="Another time", ruling=Ruling.TIME, needs=Needs.TIME),
    Option(key="kind", words="Another kind of act", ruling=Ruling.KIND, needs=Needs.EVENT),
    Option(key="actor", words="Some words mean somebody else", ruling=Ruling.ACTOR, needs=Needs.ACTOR),
    Option(key="verdict", words="Another verdict", ruling=Ruling.VERDICT, needs=Needs.VERDICT),
    Option(key="reject", words="Misread: the claims marked tell of no incident", ruling=Ruling.REJECT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What was marked and written: `claims` the marked ones, `said` the rest of the form."""

    way: Option | None
    claims: tuple[str, ...]
    said: Mapping[str, str]


def find_incident(held: Held, name: str) -> tuple[str, Lookup]:
    found = held.incident_id(name)
    if found is None:
        raise HTTPException(404, "The register holds no such incident. It may have been taken up into another one.")
    return found, held.look_up(browser_of(held).incident(found, held.mission))


@router.get("/incidents/{name}/correct")
def show_form(request: Request, held: NowHeld, name: Name) -> Response:
    """The claims of an incident, and what can be put right."""
    found, lookup = find_incident(held, name)
    return HTMLResponse(page(request, held, found, lookup))


def page(
    request: Request, held: Held, id: str, lookup: Lookup, *, mistake: str = "", said: Mapping[str, str] | None = None
) -> str:
    incident = lookup.incidents[id]
    return render(
        "correct.html",
        lookup,
        here="review",
        depth=2,
        packages=("truceline.web",),
        documents=held.files,
        row=row_of(incident, lookup, paged=frozenset(lookup.incidents)),
        cards=[(each.claim, card_of(lookup.tellings[each.claim], lookup, version=each)) for each in incident.versions],
        named=sorted({each for claim in lookup.tellings.values() for each in words_of(claim)}),
        ways=WAYS,
        choices=choices_for(held),
        unknown=NOT_KNOWN,
        token=token_for(request),
        seen=team_of(request).seen(subject_of(id)),
        key=new_key(),
        mistake=mistake,
        said={**dict.fromkeys(("way", "why", "words", "other", *FIELDS), ""), **(said or {})},
    )


def words_of(telling: Any) -> tuple[str, ...]:
    return tuple(each.words for each in (*telling.agents, *telling.recipients, *telling.chain))


def subject_of(id: str) -> str:
    return f"incident {id}"


@router.post("/incidents/{name}/correct")
async def take_correction(request: Request, held: NowHeld, name: Name) -> Response:
    """Keep what was put right; the next run puts it into effect."""
    form = await read_form(request, ("way", "why", "seen", "key", "words", "other", *FIELDS))
    claims = await marked(request)
    return await run_in_threadpool(keep_correction, request, held, name, form, claims)


async def marked(request: Request) -> tuple[str, ...]:
    """The claims that were marked: the one field that a form of ours sends several times."""
    try:
        fields = parse_qs((await request.body()).decode("utf-8"), max_num_fields=400)
    except ValueError as error:
        raise HTTPException(400, "The form is not in UTF-8, or has too many fields.") from error
    return tuple(dict.fromkeys(each[:100] for each in fields.get("claim", [])))


def keep_correction(request: Request, held: Held, name: str, form: dict[str, str], claims: tuple[str, ...]) -> Response:
    found, lookup = find_incident(held, name)
    back = RedirectResponse(f"/incidents/{safe_name(found)}.html#history", 303)
    if repeated(request, form["key"]) is not None:
        return back
    visitor = visitor_of(request)
    assert visitor.account is not None
    way = next((each for each in WAYS if each.key == form["way"]), None)
    try:
        given = Corrected(way=way, claims=claims, said=form)
        decision = correction(held, lookup.view, given, by=visitor.account.name, at=team_of(request).now())
    except UsageError as error:
        return HTMLResponse(page(request, held, found, lookup, mistake=str(error), said=form), 400)
    decide(
        team_of(request),
        decision,
        who=visitor.who,
        subject=subject_of(found),
        expected=seen_of(form["seen"]),
        key=request_key(visitor, form["key"]),
    )
    return back


def correction(held: Held, view: View, given: Corrected, *, by: str, at: datetime) -> Decision:
    """The decision that a filled form stands for. Raises UsageError for one that cannot be."""
    if given.way is None:
        raise UsageError("choose what is to be put right")
    (incident,) = view.incidents
    held_claims = [each.claim for each in incident.versions if each.stance is not Stance.DENIES]
    chosen = tuple(each for each in given.claims if each in held_claims)
    ruling = given.way.ruling
    others: tuple[str, ...] = ()
    if ruling is Ruling.DIFFERENT:
        others = tuple(each for each in held_claims if each not in chosen)
        if not chosen or not others:
            raise UsageError("mark some of the claims, but not all: those marked become an act of their own")
    elif ruling is Ruling.SAME:
        chosen, (view, others) = tuple(held_claims), find_other(held, view, given.said["other"], incident.id)
    elif ruling is Ruling.REJECT and not chosen:
        raise UsageError("mark the claims that tell of no incident")
    values = given_for(given.way, given.said, held.mission)
    words = given.said["words"].strip() if ruling is Ruling.ACTOR else ""
    if ruling is Ruling.ACTOR:
        if not words:
            raise UsageError("say which words are meant, as the claims have them")
        values["words"] = (words,)
    claims = chosen or tuple(held_claims)
    question = Ruling.SAME if ruling in GROUPING else ruling
    proposed = find_proposal(question, (*claims, *others), view, words=words).proposal
    return make_decision(
        ruling, claims, others, by=by, at=at, why=given.said["why"][:2000], proposed=proposed, **values
    )


def find_other(held: Held, view: View, name: str, id: str) -> tuple[View, tuple[str, ...]]:
    """Both incidents as one view, and the claims of the other. Raises UsageError."""
    asked = name.strip().rpartition("/")[2].removesuffix(".html")
    other = held.incident_id(asked) if asked else None
    if other is None or other == id:
        raise UsageError("give the id or the address of the other incident")
    beside = browser_of(held).incident(other, held.mission)
    (incident,) = beside.incidents
    both = replace(view, incidents=(*view.incidents, incident), tellings=(*view.tellings, *beside.tellings))
    return both, tuple(each.claim for each in incident.versions if each.stance is not Stance.DENIES)
