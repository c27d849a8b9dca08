"""The editors' desk: a bulletin is drafted, worded, approved, published, corrected, withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.errors import Overtaken, UsageError
from truceline.model.bulletin import BulletinVersion, Hand, State, Wording
from truceline.model.person import Account, Right
from truceline.publish.bulletin import Bulletin
from truceline.publish.editions import bulletin_body, dress, rows_by_id
from truceline.publish.page import render
from truceline.store.accounts import all_accounts
from truceline.store.bulletins import add_version, all_versions, find_content, latest_version, subject_of
from truceline.store.ledger import find_by_key
from truceline.store.team import Team
from truceline.vocab.estimative import words_in_use
from truceline.vocab.release import PUBLIC
from truceline.web.drafting import (
    MOST_JUDGEMENTS,
    Typed,
    correcting,
    differences,
    edited,
    frozen_now,
    has_moved,
    imprint_of,
    is_past,
    needs_four_eyes,
    released,
    remarks_on,
    reworded,
    standings_of,
    start,
    step,
    taken_up,
    values_of,
    why_not_approve,
)
from truceline.web.forms import read_form, token_for
from truceline.web.held import Held
from truceline.web.posting import CARRIED, new_key, request_key, seen_of
from truceline.web.routes.bulletins import PACKAGES, Id, may_see, words_of
from truceline.web.routes.common import held_now, keeper_of
from truceline.web.visitor import need, team_of, visitor_of

router = APIRouter(include_in_schema=False)
WRITER, PUBLISHER = need(Right.EDIT), need(Right.PUBLISH)

STATEMENT, SENTENCE, NOTE, WHY = 1500, 500, 5000, 1000  # characters
FIELDS = 10 + 6 * (MOST_JUDGEMENTS + 2)
PARTS = ("statement", "likelihood", "confidence", "place", "grounds", "out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A bulletin on the desk: its last version, its values, the register it was drafted from, and who works on it."""

    version: BulletinVersion
    values: Bulletin
    held: Held
    account: Account
    accounts: tuple[Account, ...]

    @property
    def four_eyes(self) -> bool:
        return needs_four_eyes(self.held.mission, self.accounts)

    @property
    def names(self) -> dict[str, str]:
        return {each.id: each.name for each in self.accounts}

    @property
    def actor_names(self) -> tuple[str, ...]:
        return tuple(name for each in self.held.mission.actors for name in (each.name, *each.aliases))


def work_on(request: Request, id: str) -> Work:
    """Raises HTTPException 404."""
    team, account = team_of(request), visitor_of(request).account
    assert account is not None
    with team.reading() as connection:
        version = latest_version(connection, id)
        if version is None or not may_see(visitor_of(request), version):
            raise HTTPException(404, "There is no such bulletin.")
        values = values_of(find_content(connection, version.frozen.values))
        accounts = all_accounts(connection)
    held = released(keeper_of(request), version.profile)
    return Work(version=version, values=values, held=held, account=account, accounts=accounts)


def hand_of(request: Request) -> Hand:
    return Hand(by=visitor_of(request).who, at=team_of(request).now())


def done_before(team: Team, key: str | None) -> str | None:
    """The subject of a request that came before."""
    if key is None:
        return None
    with team.reading() as connection:
        found = find_by_key(connection, key)
    return None if found is None else found.change.subject


# ---- drafting


@router.post("/bulletins", dependencies=[WRITER])
async def draft(request: Request) -> Response:
    """A new draft from the register as it stands."""
    form = await read_form(request, ("key", "profile"))
    return await run_in_threadpool(make_draft, request, form)


def make_draft(request: Request, form: dict[str, str]) -> Response:
    team, visitor = team_of(request), visitor_of(request)
    key = request_key(visitor, form["key"])
    former = done_before(team, key)
    if former is not None:
        return RedirectResponse(f"/bulletins/{former.rpartition(' ')[2]}/edit", 303)
    profile = form["profile"] or PUBLIC
    if profile not in (PUBLIC, visitor.release):
        raise HTTPException(400, f"There is no release profile '{profile}' that you may publish for.")
    try:
        version, values = start(released(keeper_of(request), profile), profile=profile, hand=hand_of(request))
    except UsageError as error:
        raise HTTPException(409, f"Nothing was drafted: {error}.") from error
    with team.writing(who=visitor.who) as desk:
        add_version(desk, version, what="bulletin.drafted", contents=(values,), key=key)
    return RedirectResponse(f"/bulletins/{version.id}/edit", 303)


# ---- wording


@router.get("/bulletins/{id}/edit", dependencies=[WRITER])
def show_desk(request: Request, id: Id) -> Response:
    """The form: one judgement after another, the machine's words beside the editors'."""
    return desk_page(request, work_on(request, id))


@router.get("/bulletins/{id}/preview", dependencies=[WRITER])
def show_preview(request: Request, id: Id) -> Response:
    """How it would look."""
    work = work_on(request, id)
    imprint = imprint_of(
        work.version, work.held, state=f"{work.version.state.value}, not published", at=work.version.edited.at
    )
    dressed = dress(work.values, work.version.judgements, imprint)
    page = render(
        "bulletin_preview.html",
        held_now(request).bare,
        here="bulletin",
        depth=2,
        packages=PACKAGES,
        version=work.version,
        body=Markup(bulletin_body(dressed, documents=work.held.files)),  # noqa: S704  made by our own templates
    )
    return HTMLResponse(page)


@router.post("/bulletins/{id}/edit", dependencies=[WRITER])
async def save(request: Request, id: Id) -> Response:
    indexes = range(MOST_JUDGEMENTS + 1)
    names = [f"{part}-{index}" for index in indexes for part in PARTS]
    form = await read_form(request, (*CARRIED, "do", "note", "changed", *names), most=FIELDS)
    return await run_in_threadpool(try_saving, request, id, form)


def try_saving(request: Request, id: str, form: dict[str, str]) -> Response:
    team, visitor, work = team_of(request), visitor_of(request), work_on(request, id)
    key, seen = request_key(visitor, form["key"]), seen_of(form["seen"])
    if done_before(team, key) is not None:
        return RedirectResponse(f"/bulletins/{id}/edit", 303)
    typed = read_typed(form, len(work.version.judgements))
    if team.seen(subject_of(id)) != seen:
        return desk_page(request, work, lost=typed, status=409)
    if work.version.state not in (State.DRAFT, State.APPROVED):
        raise HTTPException(
            409, f"This one is {work.version.state.value}: what was published is corrected, not edited."
        )
    contents: tuple[bytes, ...] = ()
    try:
        changed = reworded(work.version, typed, restore=asked_for(form["do"], "restore-"))
        if form["do"] == "take-up":
            changed, values = taken_up(changed, work.held)
            contents = (values,)
    except UsageError as error:
        return desk_page(request, work, mistakes=(f"Nothing was kept: {error}.",), lost=typed, status=400)
    if changed == work.version:
        return RedirectResponse(f"/bulletins/{id}/edit", 303)
    what = "bulletin.taken_up" if contents else "bulletin.edited"
    try:
        with team.writing(who=visitor.who) as desk:
            version = edited(changed, hand_of(request))
            add_version(desk, version, what=what, contents=contents, key=key, expected=seen)
    except Overtaken:
        return desk_page(request, work_on(request, id), lost=typed, status=409)
    return RedirectResponse(f"/bulletins/{id}/edit", 303)


def read_typed(form: dict[str, str], count: int) -> Typed:
    """What was sent for the `count` judgements that the form showed, and a further one."""
    indexes = range(min(count, MOST_JUDGEMENTS) + 1)
    return Typed(
        wordings=tuple(
            Wording(
                statement=one_line(form[f"statement-{each}"], STATEMENT),
                likelihood=one_line(form[f"likelihood-{each}"], SENTENCE),
                confidence=one_line(form[f"confidence-{each}"], SENTENCE),
            )
            for each in indexes
        ),
        places=tuple(place_of(form[f"place-{each}"], each) for each in indexes),
        out=frozenset(each for each in indexes if form[f"out-{each}"]),
        grounds=tuple(tuple(form[f"grounds-{each}"].replace(",", " ").split()[:50]) for each in indexes),
        note=form["note"].replace("\r\n", "\n").strip()[:NOTE],
        changed=form["changed"].replace("\r\n", "\n").strip()[:NOTE],
    )


def one_line(text: str, most: int) -> str:
    return " ".join(text.replace("\0", " ").split())[:most]  # PostgreSQL takes no zero byte


def place_of(text: str, index: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else index + 1


def asked_for(do: str, prefix: str) -> int | None:
    """The number behind a prefix, as in 'restore-3'."""
    number = do.removeprefix(prefix)
    return int(number) if do.startswith(prefix) and number.isdecimal() and len(number) < 4 else None


def desk_page(
    request: Request, work: Work, *, mistakes: tuple[str, ...] = (), lost: Typed | None = None, status: int = 200
) -> Response:
    team, version = team_of(request), work.version
    with team.reading() as connection:
        standings = standings_of(all_versions(connection, version.id))
    remarks = remarks_on(version, work.values, work.actor_names)
    changed = differences(version, work.values, work.held)
    page = render(
        "bulletin_edit.html",
        held_now(request).bare,
        here="bulletin",
        depth=2,
        packages=PACKAGES,
        version=version,
        rows=rows_by_id(work.values),
        remarks=remarks,
        changed=changed,
        is_other_register=has_moved(version, work.held),
        is_other_period=has_moved(version, work.held) and is_past(version, work.held),
        hindrances=why_not_approve(version, work.account, remarks, four_eyes=work.four_eyes),
        four_eyes=work.four_eyes,
        standings=standings,
        likelihoods=words_in_use(),
        names=work.names,
        history=team.history(subject_of(version.id), limit=50),
        mistakes=mistakes,
        lost=lost,
        is_full=len(version.judgements) >= MOST_JUDGEMENTS,
        words=words_of(work.held),
        can_publish=Right.PUBLISH in visitor_of(request).rights,
        token=token_for(request),
        seen=team.seen(subject_of(version.id)),
        key=new_key(),
    )
    return HTMLResponse(page, status)


# ---- steps

Steps = Callable[[Request, Work, str], tuple[BulletinVersion, tuple[bytes, ...]]]


@router.post("/bulletins/{id}/approve", dependencies=[PUBLISHER])
async def approve(request: Request, id: Id) -> Response:
    return await take_step(request, id, "bulletin.approved", approved)


@router.post("/bulletins/{id}/publish", dependencies=[PUBLISHER])
async def publish(request: Request, id: Id) -> Response:
    return await take_step(request, id, "bulletin.published", published, then="")


@router.post("/bulletins/{id}/correct", dependencies=[PUBLISHER])
async def correct(request: Request, id: Id) -> Response:
    return await take_step(request, id, "bulletin.correcting", corrected)


@router.post("/bulletins/{id}/withdraw", dependencies=[PUBLISHER])
async def withdraw(request: Request, id: Id) -> Response:
    return await take_step(request, id, "bulletin.withdrawn", withdrawn, then="")


@router.post("/bulletins/{id}/drop", dependencies=[WRITER])
async def drop(request: Request, id: Id) -> Response:
    return await take_step(request, id, "bulletin.dropped", dropped, then=None)


async def take_step(request: Request, id: str, what: str, make: Steps, *, then: str | None = "/edit") -> Response:
    """One step with its reason, on what was seen; `then` is where it goes on, None for the list."""
    form = await read_form(request, (*CARRIED, "why"))
    await run_in_threadpool(keep_step, request, id, what, make, form)
    return RedirectResponse("/bulletins" if then is None else f"/bulletins/{id}{then}", 303)


def keep_step(request: Request, id: str, what: str, make: Steps, form: dict[str, str]) -> None:
    """Raises HTTPException 400 or 409 for a step that cannot be taken, Overtaken."""
    team, visitor = team_of(request), visitor_of(request)
    key, seen = request_key(visitor, form["key"]), seen_of(form["seen"])
    if done_before(team, key) is not None:
        return
    work = work_on(request, id)
    if team.seen(subject_of(id)) == seen:  # else the ledger says who was quicker
        version, contents = make(request, work, one_line(form["why"], WHY))
    else:
        version, contents = work.version, ()
    with team.writing(who=visitor.who) as desk:
        add_version(desk, version, what=what, contents=contents, key=key, expected=seen)


def approved(request: Request, work: Work, why: str) -> tuple[BulletinVersion, tuple[bytes, ...]]:
    remarks = remarks_on(work.version, work.values, work.actor_names)
    hindrances = why_not_approve(work.version, work.account, remarks, four_eyes=work.four_eyes)
    if hindrances:
        raise HTTPException(409, f"It is not approved. {' '.join(hindrances)}")
    return step(work.version, State.APPROVED, why=why, approved=hand_of(request)), ()


def published(request: Request, work: Work, why: str) -> tuple[BulletinVersion, tuple[bytes, ...]]:
    if work.version.state is not State.APPROVED:
        raise HTTPException(409, f"It is {work.version.state.value}; only what was approved is published.")
    version, contents = frozen_now(work.version, work.values, work.held, hand_of(request))
    return replace(version, why=why), contents


def corrected(request: Request, work: Work, why: str) -> tuple[BulletinVersion, tuple[bytes, ...]]:
    if work.version.state in (State.DRAFT, State.APPROVED):
        raise HTTPException(409, "The next edition is being written already.")
    if not why:
        raise HTTPException(400, "Say what is wrong: a correction begins with its reason.")
    made = correcting(last_out(request, work), hand_of(request), why=why)
    return replace(made, version=work.version.version + 1), ()


def withdrawn(request: Request, work: Work, why: str) -> tuple[BulletinVersion, tuple[bytes, ...]]:
    if not why:
        raise HTTPException(400, "Say why: readers see the reason where the bulletin was.")
    out = last_out(request, work)
    if out.state is State.WITHDRAWN:
        raise HTTPException(409, "It is withdrawn already.")
    made = step(out, State.WITHDRAWN, why=why, withdrawn=hand_of(request))
    return replace(made, version=work.version.version + 1), ()


def dropped(request: Request, work: Work, why: str) -> tuple[BulletinVersion, tuple[bytes, ...]]:
    if work.version.state not in (State.DRAFT, State.APPROVED):
        raise HTTPException(409, f"It is {work.version.state.value}; only a draft is put aside.")
    return step(work.version, State.DROPPED, why=why, edited=hand_of(request)), ()


def last_out(request: Request, work: Work) -> BulletinVersion:
    """The last version that readers got. Raises HTTPException 409 where there is none."""
    with team_of(request).reading() as connection:
        found = standings_of(all_versions(connection, work.version.id))
    shown = found.withdrawn or found.shown
    if shown is None:
        raise HTTPException(409, "It was never published; edit the draft, or put it aside.")
    return shown
