"""Answers that say what went wrong: problem+json (RFC 9457) for programs, a page for people."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response

from truceline.publish.page import templates
from truceline.web.site import SERVICE

API = "/api/"

# Above the words that say what is wrong; where there are none, what the status alone lets us say.
HEADINGS = {
    400: "This cannot be looked up",
    401: "Log in first",
    403: "This is not open to you",
    404: "There is nothing here",
    405: "This address is not used that way",
    409: "Somebody was quicker",
    413: "That is too much",
    414: "This address is too long",
    422: "This cannot be looked up",
    429: "A moment, please",
    500: "Something went wrong on our side",
    503: "The register cannot be read now",
}
SAID = {
    404: "No page has this address. It may be mistyped, or what it held was taken up elsewhere since.",
    405: "Open it as a page, or go on from the register.",
}
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
        title=HEADINGS.get(status, title),
        detail=SAID.get(status, detail) if detail == title else detail,
        is_missing=status == HTTPStatus.NOT_FOUND,
        mistakes=dict(mistakes or {}),
    )
    return HTMLResponse(shown, status)
