"""A page of the service that shows nothing of the register: entry, accounts, the ledger."""

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from truceline.publish.page import render
from truceline.web.forms import token_for
from truceline.web.routes.common import held_now


def show(request: Request, template: str, *, here: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page with a token for its forms; `mistakes` by field, none where none are given."""
    shown = render(
        template,
        held_now(request).bare,
        here=here,
        depth=request.url.path.count("/") - 1,
        packages=("truceline.web",),
        token=token_for(request),
        **{"mistakes": {}, **values},
    )
    return HTMLResponse(shown, status)
