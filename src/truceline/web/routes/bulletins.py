"""Bulletins as they were published, for whoever may read; frozen, whatever the register does since."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.model.bulletin import BulletinVersion, State
from truceline.model.person import Right
from truceline.publish.page import render
from truceline.publish.words import instant_words, period_words
from truceline.schemas.bulletins import BulletinLine, Bulletins, EditedJudgement, EditionOut, PublishedBulletin
from truceline.store.accounts import all_accounts
from truceline.store.bulletins import all_versions, find_content, latest_versions, public_versions, subject_of
from truceline.vocab.release import PUBLIC
from truceline.web.drafting import Standings, standings_of
from truceline.web.forms import token_for
from truceline.web.posting import new_key
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import READING, ROOT
from truceline.web.routes.common import NowHeld
from truceline.web.visitor import Visitor, need, team_of, visitor_of

READER = need(Right.READ)
router = APIRouter(include_in_schema=False, dependencies=[READER])
api = APIRouter(prefix=ROOT, tags=["Bulletins"], dependencies=READING)

PACKAGES = ("truceline.web",)
NONE = "There is no such bulletin."
Id = Annotated[str, Path(max_length=64, pattern=r"^[0-9a-z-]+$")]
Edition = Annotated[int, Path(ge=1, le=100_000)]
FILES: Mapping[str, tuple[str, str]] = {
    "bulletin.pdf": ("paper", "application/pdf"),
    "bulletin.html": ("page", "text/html; charset=utf-8"),
    "bulletin.json": ("values", "application/json"),
}


def may_see(visitor: Visitor, version: BulletinVersion) -> bool:
    """Whether a bulletin of this profile was released to whoever asks."""
    return version.profile in (PUBLIC, visitor.release)


def find_standings(request: Request, id: str) -> Standings:
    """Raises HTTPException 404 for a bulletin that whoever asks may not see, as for one that there is none of."""
    with team_of(request).reading() as connection:
        found = standings_of(all_versions(connection, id))
    if not may_see(visitor_of(request), found.latest):
        raise HTTPException(404, NONE)
    return found


# ---- pages


@router.get("/bulletins")
def show_bulletins(request: Request, held: NowHeld) -> Response:
    """What was published, the latest period first; drafts for those who write them."""
    visitor = visitor_of(request)
    is_editor = Right.EDIT in visitor.rights
    with team_of(request).reading() as connection:
        public = [each for each in public_versions(connection) if may_see(visitor, each)]
        works = latest_versions(connection) if is_editor else ()
        names = names_of(connection) if is_editor else {}
    page = render(
        "bulletins.html",
        held.bare,
        here="bulletin",
        packages=PACKAGES,
        public=[line_of(each) for each in public],
        works=[each for each in works if may_see(visitor, each) and each.state in (State.DRAFT, State.APPROVED)],
        names=names,
        is_editor=is_editor,
        profiles=tuple(dict.fromkeys((PUBLIC, visitor.release))),
        is_empty=held.browser is None,
        words=words_of(held),
        token=token_for(request) if is_editor else "",
        key=new_key(),
    )
    return HTMLResponse(page)


def names_of(connection: Any) -> dict[str, str]:
    return {each.id: each.name for each in all_accounts(connection)}


def words_of(held: Any) -> dict[str, Any]:
    """Days and moments as the pages word them."""
    return {"period": period_words, "moment": lambda at: instant_words(at, held.zone)}


@router.get("/bulletins/{id}")
def show_latest(request: Request, id: Id, held: NowHeld) -> Response:
    """The last edition published; a bulletin that has none is for its editors only."""
    found = find_standings(request, id)
    if found.shown is None:
        if Right.EDIT not in visitor_of(request).rights:
            raise HTTPException(404, NONE)
        return RedirectResponse(f"/bulletins/{id}/edit", 303)
    return published_page(request, held, found, found.shown, depth=1)


@router.get("/bulletins/{id}/{edition}")
def show_edition(request: Request, id: Id, edition: Edition, held: NowHeld) -> Response:
    """One edition as it was published, with a notice where it was corrected or withdrawn."""
    found = find_standings(request, id)
    return published_page(request, held, found, edition_of(found, edition), depth=2)


def edition_of(found: Standings, edition: int) -> BulletinVersion:
    if edition not in found.editions:
        raise HTTPException(404, "There is no such edition.")
    return found.editions[edition]


def published_page(request: Request, held: Any, found: Standings, version: BulletinVersion, *, depth: int) -> Response:
    """The very HTML that was published, in a frame that says what became of it since."""
    visitor, team = visitor_of(request), team_of(request)
    with team.reading() as connection:
        body = find_content(connection, version.frozen.page)
        names = names_of(connection) if Right.COMMENT in visitor.rights else {}
    can_publish = Right.PUBLISH in visitor.rights
    page = render(
        "bulletin_shown.html",
        held.bare,
        here="bulletin",
        depth=depth,
        packages=PACKAGES,
        version=version,
        body=Markup(body.decode()),  # noqa: S704  made by our own templates, and what its hash says
        editions=sorted(found.editions.values(), key=lambda each: -each.edition),
        later=found.shown if found.shown is not None and found.shown.edition > version.edition else None,
        withdrawn=found.withdrawn,
        drafted=found.latest.state in (State.DRAFT, State.APPROVED),
        names=names,
        words=words_of(held),
        can_publish=can_publish,
        token=token_for(request) if can_publish else "",
        seen=team.seen(subject_of(version.id)) if can_publish else 0,
        key=new_key(),
    )
    return HTMLResponse(page)


@router.get("/bulletins/{id}/{edition}/{name}")
def give_file(request: Request, id: Id, edition: Edition, name: Annotated[str, Path(max_length=30)]) -> Response:
    """The very bytes that were published, under the hash that the page names."""
    if name not in FILES:
        raise HTTPException(404, f"There is no such file; there are {', '.join(FILES)}.")
    part, media = FILES[name]
    version = edition_of(find_standings(request, id), edition)
    sha256 = getattr(version.frozen, part)
    with team_of(request).reading() as connection:
        content = find_content(connection, sha256)
    shown = "inline" if name.endswith(".pdf") else "attachment"
    headers = {
        "Content-Disposition": f'{shown}; filename="bulletin-{id}-{edition}.{name.rpartition(".")[2]}"',
        "ETag": f'"{sha256}"',
    }
    return Response(content, media_type=media, headers=headers)


# ---- for programs


@api.get("/bulletins", response_model=Bulletins, operation_id="list_bulletins")
def bulletins(request: Request) -> Response:
    """The bulletins published, the latest period first, each by its last edition."""
    visitor = visitor_of(request)
    with team_of(request).reading() as connection:
        found = [each for each in public_versions(connection) if may_see(visitor, each)]
    return told(request, Bulletins(items=tuple(BulletinLine(**line_of(each)) for each in found)))


@api.get("/bulletins/{id}", response_model=PublishedBulletin, operation_id="get_published_bulletin")
def bulletin(request: Request, id: Id) -> Response:
    """One bulletin: the key judgements of its last edition, and every edition with the hashes of what was published."""
    found = find_standings(request, id)
    if found.shown is None:
        raise HTTPException(404, NONE)
    answer = PublishedBulletin(
        **line_of(found.withdrawn or found.shown),
        fingerprint=found.shown.fingerprint,
        note=found.shown.note,
        judgements=tuple(
            EditedJudgement(
                statement=each.wording.statement,
                likelihood=each.wording.likelihood,
                confidence=each.wording.confidence,
                rests_on=each.rests_on,
                figures=each.figures,
            )
            for each in found.shown.judgements
        ),
        editions=tuple(edition_line(each) for _, each in sorted(found.editions.items())),
        withdrawn_because=None if found.withdrawn is None else found.withdrawn.why,
    )
    return told(request, answer)


def line_of(version: BulletinVersion) -> dict[str, Any]:
    published = version.published
    assert published is not None
    return {
        "id": version.id,
        "number": version.number,
        "since": version.since.isoformat(),
        "until": version.until.isoformat(),
        "period": period_words(version.since, version.until),
        "profile": version.profile,
        "edition": version.edition,
        "state": version.state.value,
        "published_at": published.at.isoformat(),
        "page": f"/bulletins/{version.id}",
    }


def edition_line(version: BulletinVersion) -> EditionOut:
    published, base = version.published, f"/bulletins/{version.id}/{version.edition}"
    assert published is not None
    return EditionOut(
        edition=version.edition,
        published_at=published.at.isoformat(),
        changed=version.changed,
        page=base,
        html_sha256=version.frozen.page,
        pdf_sha256=version.frozen.paper,
        data_sha256=version.frozen.values,
        files=tuple(f"{base}/{each}" for each in FILES),
    )
