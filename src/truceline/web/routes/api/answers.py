"""How the API answers: with a mark that spares the answer where nothing changed."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response, StreamingResponse

from truceline.web.held import Held

JSONL, GEOJSON = "application/jsonl", "application/geo+json"


def told(request: Request, answer: BaseModel) -> Response:
    """The answer as JSON, or 304 where the asker holds it already."""
    body = answer.model_dump_json().encode()
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return unchanged(request, mark) or Response(body, media_type="application/json", headers=marked(mark))


def streamed(request: Request, held: Held, lines: Iterator[str], media: str) -> Response:
    """The lines as they are made; they follow from the register and the address, and so does their mark."""
    parts = (held.fingerprint, held.version, request.url.path, request.url.query)
    mark = f'W/"{hashlib.sha256(chr(0).join(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'
    encoded = (each.encode("utf-8", "replace") for each in lines)
    return unchanged(request, mark) or StreamingResponse(encoded, media_type=media, headers=marked(mark))


def as_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def marked(mark: str) -> dict[str, str]:
    return {"ETag": mark, "Cache-Control": "private, no-cache"}


def unchanged(request: Request, mark: str) -> Response | None:
    """304 where one of the marks the asker names is this one, or any will do (RFC 9110, weak comparison)."""
    named = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    held = mark.removeprefix("W/") in named or named == ["*"]
    return Response(status_code=304, headers=marked(mark)) if held else None
