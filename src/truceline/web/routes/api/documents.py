"""Documents: by page, one with its claims and versions, and what was read in it."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from truceline.model.document import Document
from truceline.publish.cutting import has_whole_text
from truceline.publish.lookup import Lookup, safe_name
from truceline.publish.versions import find_history
from truceline.read.contract import as_contract
from truceline.schemas.document import DocumentOut, DocumentRow, DocumentsPage, ReadingOut
from truceline.store.browse import DocumentLine, Mark
from truceline.web.filters import Filters, parse_cursor, write_cursor
from truceline.web.held import Held
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import READING, ROOT, Cursor, Id, Limit
from truceline.web.routes.api.rows import row_of_claim, rows_of_changes
from truceline.web.routes.common import NowHeld, browser_of

router = APIRouter(prefix=ROOT, tags=["Documents"], dependencies=READING)


@router.get("/documents", response_model=DocumentsPage, operation_id="list_documents")
def documents(request: Request, held: NowHeld, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """The documents, the latest first."""
    after = parse_cursor(cursor)
    lines = held.documents(limit=limit + 1, after=after)
    shown = lines[:limit]
    last = Mark(start=shown[-1].published_at, id=shown[-1].id) if len(lines) > limit else None
    following = None if last is None else Filters().query(cursor=write_cursor(last), limit=str(limit))
    answer = DocumentsPage(
        items=tuple(row_of_document(each) for each in shown),
        count=held.documents_count,
        next=None if following is None else f"{ROOT}/documents{following}",
    )
    return told(request, answer)


def row_of_document(line: DocumentLine) -> DocumentRow:
    return DocumentRow(
        id=line.id,
        title=line.title,
        publisher=line.publisher,
        published_at=line.published_at,
        language=line.language,
        version=line.version,
        claims=line.claims_count,
        page=f"/documents/{safe_name(line.id)}.html",
    )


@router.get("/documents/{id:path}", response_model=DocumentOut, operation_id="get_document")
def document(
    request: Request,
    id: Id,
    held: NowHeld,
    version: Annotated[int | None, Query(ge=1, le=1_000_000, description="An older one; else the latest.")] = None,
) -> Response:
    """One document with its text, claims, versions, and what newer texts made of older claims."""
    latest, lookup = find_document(id, held)
    shown = latest if version is None else lookup.version(id, version)
    if shown is None:
        raise HTTPException(404, f"No version {version} of this document is held; the latest is {latest.version}.")
    return told(request, DocumentOut.model_validate(whole_document(shown, lookup)))


def find_document(id: str, held: Held) -> tuple[Document, Lookup]:
    """The latest version, by the document's id. Raises 404."""
    if held.browser is None or not held.browser.has_document(id):
        raise HTTPException(404, "The register holds no document of this id.")
    lookup = held.look_up(browser_of(held).document(id, held.mission))
    if id not in lookup.documents:
        raise HTTPException(404, "The register holds no document of this id that you may see.")
    return lookup.documents[id], lookup


def whole_document(shown: Document, lookup: Lookup) -> dict[str, Any]:
    """As `DocumentOut`."""
    older = [each for each in lookup.view.superseded if each.id == shown.id]
    versions = sorted({each.version: each for each in (*older, lookup.documents[shown.id])}.items())
    claims = lookup.told_in.get(shown.id, ())
    changes = [row for each in find_history(shown.id, lookup.view.revisions) for row in rows_of_changes(each)]
    return {
        "id": shown.id,
        "version": shown.version,
        "title": shown.title,
        "publisher": shown.publisher,
        "published_at": shown.published_at,
        "language": shown.language,
        "uri": shown.uri,
        "form": shown.form.value,
        "text": shown.text,
        "versions": [
            {"version": number, "sha256": each.sha256, "title": each.title, "published_at": each.published_at}
            for number, each in versions
        ],
        "claims": [row_of_claim(each, lookup, lookup.held_by.get(each.claim, ())) for each in claims],
        "changes": changes,
        "problems": [each.message for each in lookup.view.problems if each.where == shown.id],
    }


@router.get("/readings/{id:path}", response_model=ReadingOut, operation_id="get_reading")
def reading(request: Request, id: Id, held: NowHeld) -> Response:
    """What was read in the latest version of a document, as `truceline read --format jsonl` prints it."""
    latest, lookup = find_document(id, held)
    if not has_whole_text(latest):
        raise HTTPException(404, "The whole text of this document is not released; its claims are.")
    found = browser_of(held).reading(latest)
    if found is None:
        raise HTTPException(404, "This version has not been read yet; `truceline run` reads it.")
    places = tuple(lookup.place(each) or each for each in found.places)
    return told(request, ReadingOut.model_validate(as_contract(replace(found, places=places))))
