"""Jobs and webhooks: what the service does by itself, and whom it tells."""

import json
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.model.job import Webhook
from truceline.model.person import Right
from truceline.publish.page import render
from truceline.store.jobs import add_job, again, is_waiting, jobs
from truceline.store.webhooks import DELIVER, TOLD_OF, add_webhook, drop_webhook, find_webhook, set_active, webhooks
from truceline.web.forms import read_form, token_for
from truceline.web.rerun import RUN
from truceline.web.routes.common import held_now
from truceline.web.visitor import need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(Right.MANAGE)])

Id = Annotated[str, Path(max_length=64)]
# Readers hear of what was published; a program of the team may hear of drafts, too.
EVENTS = ("bulletin.published", "bulletin.withdrawn", *(f"{each}*" for each in TOLD_OF), "*")
NONE = "There is none of this name."


@router.get("/jobs")
def show_work(request: Request) -> Response:
    """The jobs, the webhooks, and what can be done with them."""
    return HTMLResponse(page(request))


@router.post("/jobs/run")
async def start_run(request: Request) -> Response:
    """Put decisions into effect and read what is new; one at a time."""
    await read_form(request, ())
    return await run_in_threadpool(queue_run, request)


def queue_run(request: Request) -> Response:
    with team_of(request).writing(who=visitor_of(request).who) as desk:
        if not is_waiting(desk.connection, RUN):
            add_job(desk, RUN, "{}")
            desk.enter("run.asked", "register")
    return RedirectResponse("/jobs", 303)


@router.post("/jobs/{id}/again")
async def try_again(request: Request, id: Id) -> Response:
    await read_form(request, ())
    return await run_in_threadpool(queue_again, request, id)


def queue_again(request: Request, id: str) -> Response:
    with team_of(request).writing(who=visitor_of(request).who) as desk:
        if not again(desk, id):
            raise HTTPException(404, "There is no such job that failed.")
        desk.enter("job.again", f"job {id}")
    return RedirectResponse("/jobs", 303)


# ---- webhooks


@router.post("/jobs/webhooks")
async def make_webhook(request: Request) -> Response:
    """The secret is shown once, on the page that follows."""
    form = await read_form(request, ("name", "address", "events"))
    return await run_in_threadpool(try_webhook, request, form)


def try_webhook(request: Request, form: dict[str, str]) -> Response:
    mistakes = find_mistakes(form)
    if mistakes:
        return HTMLResponse(page(request, typed=form, mistakes=mistakes), 400)
    with team_of(request).writing(who=visitor_of(request).who) as desk:
        secret, hook = add_webhook(
            desk, name=form["name"].strip(), address=form["address"].strip(), events=(form["events"],)
        )
    return HTMLResponse(page(request, made=hook, secret=secret), 201)


def find_mistakes(form: dict[str, str]) -> dict[str, str]:
    found = {}
    if not 0 < len(form["name"].strip()) <= 100:
        found["name"] = "say whose program it is, in up to 100 characters"
    if form["events"] not in EVENTS:
        found["events"] = f"'{form['events'][:40]}' is none; choose one of {', '.join(EVENTS)}"
    fault = find_bad_address(form["address"].strip())
    if fault is not None:
        found["address"] = fault
    return found


def find_bad_address(text: str) -> str | None:
    """What is wrong with an address to send messages to; whether it is a public one is seen when one is sent."""
    try:
        split = urlsplit(text)
        port = split.port
    except ValueError:
        return "this is no address; write https://their.example/path"
    if split.scheme != "https" or not split.hostname or len(text) > 500 or not text.isprintable():
        return "this must be an https address, as https://their.example/path"
    if port not in (None, 443):
        return "only the usual port of https is spoken to; leave the port out"
    if split.username or split.password:
        return "an address with a password in it would be kept and shown; leave it out"
    return None


@router.post("/jobs/webhooks/{id}/{what}")
async def change_webhook(
    request: Request, id: Id, what: Annotated[str, Path(pattern="^(on|off|drop|try)$")]
) -> Response:
    await read_form(request, ())
    return await run_in_threadpool(apply_change, request, id, what)


def apply_change(request: Request, id: str, what: str) -> Response:
    with team_of(request).writing(who=visitor_of(request).who) as desk:
        found = find_webhook(desk.connection, id)
        if found is None:
            raise HTTPException(404, NONE)
        hook = found[0]
        match what:
            case "drop":
                drop_webhook(desk, hook)
            case "try":
                message = {"id": f"try-{hook.id}", "event": "try", "subject": "", "at": desk.now.isoformat()}
                add_job(desk, DELIVER, json.dumps({"webhook": hook.id, "message": message}))
                desk.enter("webhook.tried", f"webhook {hook.id}")
            case _:
                set_active(desk, hook, is_active=what == "on")
    return RedirectResponse("/jobs", 303)


def page(
    request: Request,
    *,
    typed: dict[str, str] | None = None,
    mistakes: dict[str, str] | None = None,
    made: Webhook | None = None,
    secret: str = "",
) -> str:
    held = held_now(request)
    with team_of(request).reading() as connection:
        done, hooks, is_running = jobs(connection), webhooks(connection), is_waiting(connection, RUN)
    return render(
        "work.html",
        held.bare,
        here="work",
        depth=request.url.path.count("/") - 1,
        packages=("truceline.web",),
        token=token_for(request),
        jobs=done,
        hooks=hooks,
        is_running=is_running,
        events=EVENTS,
        typed=typed or {"name": "", "address": "", "events": EVENTS[0]},
        mistakes=mistakes or {},
        made=made,
        secret=secret,
    )
