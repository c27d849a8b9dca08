"""The application: routes, what stands before them, and what is said when something is wrong."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response

from truceline.errors import RegisterError
from truceline.web.filters import BadFilter
from truceline.web.held import Keeper
from truceline.web.problems import answer_problem
from truceline.web.routes import api, checking, files, pages
from truceline.web.security import HEADERS, Guard, Tokens

ABOUT = (
    "The register of one mission, for reading: incidents with every telling they rest on. A claim is what a source "
    "says; an incident is what we hold happened; neither states that anything is so. What is withheld, "
    "and from whom, /api/v1 says under `release`."
)


def make_app(keeper: Keeper) -> FastAPI:
    """The service over one register. Its documentation is openapi.json: a page of it would load scripts from afar."""
    app = FastAPI(
        title="Truceline",
        version="1",
        description=ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Guard, refuse=answer_problem)],
    )
    app.state.keeper = keeper
    app.state.tokens = Tokens()
    for part in (api, files, checking, pages):
        app.include_router(part.router)
    app.exception_handler(BadFilter)(tell_bad_filter)
    app.exception_handler(HTTPException)(tell_http)
    app.exception_handler(RequestValidationError)(tell_invalid)
    app.exception_handler(RegisterError)(tell_unreadable)
    app.exception_handler(Exception)(tell_unexpected)
    return app


async def tell_bad_filter(request: Request, error: Exception) -> Response:
    assert isinstance(error, BadFilter)
    return answer_problem(
        request.url.path, 400, "What was asked for cannot be looked up as written.", mistakes=error.mistakes
    )


async def tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = answer_problem(request.url.path, error.status_code, error.detail)
    answer.headers.update(error.headers or {})
    return answer


async def tell_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    mistakes = {str(each["loc"][-1]): str(each["msg"]) for each in error.errors()}
    return answer_problem(request.url.path, 422, "A part of the request has the wrong form.", mistakes=mistakes)


async def tell_unreadable(request: Request, error: Exception) -> Response:
    return answer_problem(request.url.path, 503, f"The register cannot be read. {error}")


async def tell_unexpected(request: Request, _error: Exception) -> Response:
    said = (
        "A mistake of ours; the terminal in which the service runs shows it. Nothing is lost: the service only reads."
    )
    answer = answer_problem(request.url.path, 500, said)
    answer.headers.update(HEADERS)  # this one is given outside of the guard
    return answer
