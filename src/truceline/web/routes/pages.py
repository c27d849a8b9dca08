"""The pages, made where they are asked for from the same templates as a published folder."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.model.document import Document
from truceline.model.person import Right
from truceline.model.view import View
from truceline.publish import words
from truceline.publish.annotation import PageFrame, annotate
from truceline.publish.cards import rows_of
from truceline.publish.cutting import has_whole_text
from truceline.publish.looks import find_kinds, find_shapes
from truceline.publish.lookup import Lookup, safe_name
from truceline.publish.map_page import map_page
from truceline.publish.page import render
from truceline.publish.pages import Listed, document_page, incident_page
from truceline.publish.pictures import find_pictures
from truceline.publish.publisher import bulletin_page
from truceline.publish.sources import sources_page
from truceline.publish.watching import watch_words
from truceline.store.browse import DocumentLine, Mark, Page, Sought
from truceline.web.agreement import agreement_page
from truceline.web.choices import options_for
from truceline.web.filters import (
    BadFilter,
    Filters,
    filter_words,
    parse_cursor,
    parse_filters,
    write_cursor,
)
from truceline.web.held import Held
from truceline.web.routes.checking import SCRIPTS, STYLES
from truceline.web.routes.comments import team_part, tell_gone
from truceline.web.routes.common import Given, NowHeld, browser_of, keeper_of
from truceline.web.routes.files import DATA
from truceline.web.site import SERVICE
from truceline.web.timeline import make_timeline
from truceline.web.visitor import need

router = APIRouter(include_in_schema=False, dependencies=[need(Right.READ)])

PACKAGES = ("truceline.web",)
ROWS = 50
# Of what the watch tells in words, that which the page does not tell in its tables.
TOLD = ("Changes of rate", "Alerts", "Who follows whom", "Chains of escalation", "Silent sources",
        "Days without any report")  # fmt: skip
DOCUMENTS = 100
Name = Annotated[str, Path(max_length=300)]


@router.get("/")
def show_register(
    request: Request, filters: Given, held: NowHeld, cursor: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """The register: what the filters leave of it, on a map, over time and as a table."""
    if any(not value.strip() for value in request.query_params.values()):
        return RedirectResponse(f"/{filters.query(cursor=cursor)}", 303)  # a form sends what was left empty, too
    try:
        sought, after, mistakes = parse_filters(filters, held), parse_cursor(cursor), {}
    except BadFilter as error:
        sought, after, mistakes = None, None, error.mistakes
    page = register_page(held, filters, sought, page_of(held, sought, after), mistakes=mistakes, later=bool(cursor))
    return HTMLResponse(page, 400 if mistakes else 200)


def page_of(held: Held, sought: Sought | None, after: Mark | None) -> Page:
    if held.browser is None or sought is None:
        return Page(incidents=(), assessments=(), after=None)
    return held.browser.page(sought, limit=ROWS, after=after)


def register_page(
    held: Held, filters: Filters, sought: Sought | None, page: Page, *, mistakes: dict[str, str], later: bool
) -> str:
    lookup = held.look_up_page(page)
    overview = None if held.browser is None or sought is None else held.overlook(sought)
    return render(
        "register.html",
        lookup,
        here="register",
        packages=PACKAGES,
        rows=rows_of(page.incidents, lookup, paged=frozenset(lookup.incidents)),
        count=0 if overview is None else overview.count,
        total=0 if held.browser is None else held.overlook(Sought()).count,
        filters=filters,
        said=filter_words(filters, held.mission),
        mistakes=mistakes,
        is_later=later,
        older=filters.query(cursor=write_cursor(page.after)) if page.after is not None else "",
        timeline=None if overview is None else make_timeline(overview.starts, filters, held),
        map=None if overview is None else overview.map,
        choices=options_for(held, filters),
        is_empty=held.browser is None,
        folder=held.mission.folder.name,
        kinds=find_kinds(),
        shapes=find_shapes(),
    )


@router.get("/index.html")
@router.get("/incidents")
@router.get("/incidents/index.html")
def lead_to_register() -> Response:
    return RedirectResponse("/", 307)


@router.get("/incidents/{name}.html")
def show_incident(request: Request, name: Name, held: NowHeld) -> Response:
    """Everything held on one incident, and for the team what was done and said about it."""
    found = held.incident_id(name)
    if found is None:
        return tell_gone(request, held, name)
    lookup = held.look_up(browser_of(held).incident(found, held.mission))
    incident = lookup.incidents[found]
    part = team_part(request, f"incident {found}", claims=[each.claim for each in incident.versions])
    page = incident_page(
        incident,
        lookup,
        paged=frozenset(lookup.incidents),
        documents=held.files,
        template="incident_team.html",
        packages=PACKAGES,
        address=str(request.url.replace(query="", fragment="")),
        **part,
    )
    return HTMLResponse(page)


# ---- documents


@router.get("/documents")
def lead_to_documents() -> Response:
    return RedirectResponse("/documents/index.html", 307)


@router.get("/documents/index.html")
def show_documents(held: NowHeld, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """The documents, the latest first."""
    lines = held.documents(limit=DOCUMENTS, offset=(page - 1) * DOCUMENTS)
    total = held.documents_count
    shown = render(
        "documents_list.html",
        held.bare,
        here="documents",
        depth=1,
        packages=PACKAGES,
        shown=[listed(each, held) for each in lines],
        total=total,
        page=page,
        pages=max(1, -(-total // DOCUMENTS)),
        folder=held.mission.folder.name,
    )
    return HTMLResponse(shown)


def listed(line: DocumentLine, held: Held) -> Listed:
    return Listed(
        title=line.title or line.id,
        publisher=line.publisher or "Unknown publisher",
        published=words.instant_words(line.published_at, held.zone) if line.published_at else "date unknown",
        file=f"{safe_name(line.id)}.html",
        claims_count=line.claims_count,
    )


@router.get("/documents/{name}.html")
def show_document(request: Request, name: Name, held: NowHeld) -> Response:
    """One document with its claims underlined, and its versions."""
    document, lookup = find_document(name, held)
    page = document_page(
        document,
        lookup,
        paged=frozenset(lookup.incidents),
        documents=held.files,
        template="document_team.html",
        packages=PACKAGES,
        **team_part(request, f"document {document.id}"),
    )
    return HTMLResponse(page)


@router.get("/read/{name}.html")
def read_document(name: Name, request: Request, held: NowHeld) -> Response:
    """One document annotated: who says what through whom, how surely, and what others in the register tell."""
    document, lookup = find_document(name, held)
    if not has_whole_text(document):
        raise HTTPException(404, "Its whole text is not released; its page among the documents has what is.")
    reading = browser_of(held).reading(document)
    if reading is None:
        raise HTTPException(404, "This version has not been read yet; `truceline run` reads it.")
    frame = PageFrame(
        site=SERVICE,
        root="../",
        here="documents",
        styles=STYLES,
        scripts=SCRIPTS,
        said=f"As held, version {document.version}. Beside a claim stands what others tell of its incident.",
    )
    checked = keeper_of(request).check_held(reading, lookup.view)
    return HTMLResponse(annotate(checked, lookup.view, site="../", frame=frame).html)


def find_document(name: str, held: Held) -> tuple[Document, Lookup]:
    found = held.document_id(name)
    if found is None:
        raise HTTPException(404, "The register holds no such document.")
    lookup = held.look_up(browser_of(held).document(found, held.mission))
    return lookup.documents[found], lookup


# ---- the register as a whole


@router.get("/map.html")
def show_map(held: NowHeld) -> Response:
    return HTMLResponse(map_page(held.whole.lookup, paged=held.whole.paged))


@router.get("/bulletin.html")
def show_bulletin(held: NowHeld) -> Response:
    whole = held.whole
    return HTMLResponse(bulletin_page(whole.bulletin, whole.lookup, documents=whole.documents))


@router.get("/watch.html")
def show_watch(held: NowHeld) -> Response:
    """Counts, rates and what could not be seen, as the bulletin has them."""
    whole = held.whole
    page = render(
        "watch.html",
        whole.lookup,
        here="watch",
        packages=PACKAGES,
        documents=whole.documents,
        b=whole.bulletin,
        pictures=find_pictures(whole.view.watch),
        told=find_told(whole.view),
    )
    return HTMLResponse(page)


def find_told(view: View) -> list[tuple[str, tuple[str, ...]]]:
    """What the watch found beside rates and stated trends, by heading, in sentences with their figures."""
    names = {each.id: each.name for each in view.mission.sources}
    parts = () if view.watch is None else watch_words(view.watch, names)
    return [(heading, lines) for heading, lines in parts if heading in TOLD]


@router.get("/agreement.html")
def show_agreement(held: NowHeld) -> Response:
    return HTMLResponse(agreement_page(held.bare))


@router.get("/sources.html")
def show_sources(held: NowHeld) -> Response:
    return HTMLResponse(sources_page(held.whole.lookup, documents=held.whole.documents))


@router.get("/data.html")
def show_data(held: NowHeld) -> Response:
    return HTMLResponse(render("data.html", held.bare, here="data", packages=PACKAGES, names=tuple(DATA)))
