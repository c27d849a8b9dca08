"""Answers that say what went wrong: problem+json (RFC 9457) for programs, a page for people."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response

from truceline.publish.page import templates
from truceline.web.site import SERVICE

API = "/api/"
MEDIA = "application/problem+json"


def answer_problem(path: str, status: int, detail: str, *, mistakes: Mapping[str, str] | None = None) -> Response:
    """The answer for whoever asks at this path; `mistakes` are the parts that were wrong, by name."""
    title = HTTPStatus(status).phrase
    if path.startswith(API):
        problem: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        if mistakes:
            problem["errors"] = [{"parameter": name, "detail": what} for name, what in mistakes.items()]
        return Response(json.dumps(problem, ensure_ascii=False), status, media_type=MEDIA)
    page = templates("truceline.web").get_template("error.html")
    shown = page.render(
        site=SERVICE,
        root="/",
        here="",
        mission="Truceline",
        status=status,
        title=title,
        detail=detail,
        mistakes=dict(mistakes or {}),
    )
    return HTMLResponse(shown, status)
