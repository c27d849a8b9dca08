"""The application: routes, what stands before them, and what is said when something is wrong."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from truceline.errors import Overtaken, RegisterBusy, RegisterError
from truceline.model.person import Right, Role
from truceline.store.team import Team
from truceline.store.webhooks import tell_of
from truceline.vocab.rights import grant_of, words_of
from truceline.web.fetching import Fetching
from truceline.web.filters import BadFilter
from truceline.web.held import Keeper
from truceline.web.limits import Paces, takes_second_factor
from truceline.web.openapi import SCHEMES, openapi_of
from truceline.web.problems import API, answer_problem
from truceline.web.provider import Provider
from truceline.web.proving import Prover
from truceline.web.routes import (
    account,
    api,
    bulletin_desk,
    bulletins,
    chain,
    check_api,
    checking,
    comments,
    correcting,
    decisions,
    entry,
    files,
    identity,
    pages,
    people,
    review,
    review_api,
    second_factor,
    twins,
    work,
)
from truceline.web.security import HEADERS, Guard, Tokens
from truceline.web.signed import Signer
from truceline.web.visitor import Refused, TooOften, Visitor, Visitors
from truceline.web.waiting import Waiting
from truceline.web.work import Worker

ABOUT = (
    "The register of one mission, for reading: incidents with every telling they rest on. A claim is what a source "
    "says; an incident is what we hold happened; neither states that anything is so. What is withheld, "
    "and from whom, /api/v1 says under `release`."
)


def make_app(
    keeper: Keeper,
    team: Team,
    *,
    names: frozenset[str] = frozenset(),
    is_open: bool = False,
    behind_proxy: bool = False,
    worker: Worker | None = None,
    provider: Provider | None = None,
) -> FastAPI:
    """The service over one register. Its documentation is openapi.json: a page of it would load scripts from afar.

    It answers to `names` beside those of this machine; `is_open` lets who is not logged in read what is public;
    `behind_proxy` takes nobody for the one who sits at this machine.
    `worker` does the jobs for as long as the service runs; `provider` is one where people may log in instead.
    """

    takes_second_factor(Role.ADMIN)  # a role misspelt in service.toml is told at the start
    team.heard = tell_of
    app = FastAPI(
        title="Truceline",
        version="1",
        description=ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=partial(living, worker),
        middleware=[
            Middleware(Guard, refuse=answer_problem, names=names),
            Middleware(Visitors, team=team, refuse=answer_problem, is_open=is_open, behind_proxy=behind_proxy),
        ],
    )
    app.state.keeper = keeper
    app.state.team = team
    app.state.tokens = Tokens(secret=team.key("forms"), clock=lambda: team.now().timestamp())
    app.state.paces = Paces()
    app.state.fetching = Fetching()
    app.state.waiting = Waiting()
    app.state.signer = Signer(secret=team.key("notes"), clock=lambda: team.now().timestamp())
    app.state.provider = provider
    app.state.prover = Prover(team)
    for router in routers():
        app.include_router(router)
    app.openapi = lambda: openapi_of(app, keeper.mission, security=SCHEMES)  # type: ignore[method-assign]
    for kind, tell in answers_to_errors().items():
        app.exception_handler(kind)(tell)
    return app


@asynccontextmanager
async def living(worker: Worker | None, _app: FastAPI) -> AsyncIterator[None]:
    """Jobs are done for as long as the service runs."""
    if worker is not None:
        worker.start()
    yield
    if worker is not None:
        worker.stop()


def answers_to_errors() -> dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
    """What is said when something is wrong, the most particular kind of error first."""
    return {
        BadFilter: tell_bad_filter,
        HTTPException: tell_http,
        RequestValidationError: tell_invalid,
        Refused: tell_refused,
        TooOften: tell_too_often,
        Overtaken: tell_overtaken,
        RegisterBusy: tell_busy,
        RegisterError: tell_unreadable,
        Exception: tell_unexpected,
    }


def routers() -> Iterator[APIRouter]:
    """The parts of the service, those that take any name in an address last."""
    programs = (api, check_api, decisions, review_api)
    persons = (entry, identity, account, second_factor, people, chain)
    team = (correcting, review, bulletin_desk, bulletins, comments, work)
    yield bulletins.api
    for part in (*programs, files, checking, *persons, *team, pages, twins):
        yield part.router


async def tell_bad_filter(request: Request, error: Exception) -> Response:
    assert isinstance(error, BadFilter)
    return answer_problem(
        request.url.path, 400, "What was asked for cannot be looked up as written.", mistakes=error.mistakes
    )


async def tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = answer_problem(request.url.path, error.status_code, error.detail)
    answer.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = ", ".join(find_methods(request))
    return answer


def find_methods(request: Request) -> Iterator[str]:
    """What can be done at this address, by all routes that lead there."""
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        asked = {**request.scope, "method": method}
        if any(each.matches(dict(asked))[0] is Match.FULL for each in request.app.routes):
            yield method


async def tell_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    mistakes = {str(each["loc"][-1]): str(each["msg"]) for each in error.errors()}
    return answer_problem(request.url.path, 422, "A part of the request has the wrong form.", mistakes=mistakes)


async def tell_refused(request: Request, error: Exception) -> Response:
    """Whoever is not logged in is led to the door; who is, is told what it takes."""
    assert isinstance(error, Refused)
    path, visitor = request.url.path, error.visitor
    if visitor.must_set_up:
        if request.method in ("GET", "HEAD") and not path.startswith(API):
            return RedirectResponse("/account/second-factor", 303)
        return answer_problem(path, 403, "Your role takes a second factor; switch it on under your account first.")
    if visitor.account is not None and error.right is None:
        return answer_problem(path, 403, "This takes a login; a token does not do.")
    if visitor.account is not None and error.right is not None:
        return answer_problem(path, 403, say_not_allowed(error.right, visitor))
    if path.startswith(API) or request.method not in ("GET", "HEAD"):
        said = "This token is not valid; make another one." if visitor.is_stray else "Log in, or send a token, first."
        answer = answer_problem(path, 401, said)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    wanted = path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?{urlencode({'next': wanted})}", 303)


def say_not_allowed(right: Right, visitor: Visitor) -> str:
    """What is missing, in words, and where to get it: a token may do less than whose it is."""
    assert visitor.account is not None
    says, name = words_of(right), visitor.account.name
    if visitor.token is not None and right in grant_of(visitor.account.role).rights:
        return f"This takes the right to {says}, which this token was not given; {name} can make one that has it."
    return f"This takes the right to {says}, which {name} does not have here; an admin gives it with another role."


async def tell_too_often(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooOften)
    answer = answer_problem(request.url.path, 429, f"That was too often in a short time; go on in {error.seconds} s.")
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


async def tell_overtaken(request: Request, error: Exception) -> Response:
    return answer_problem(request.url.path, 409, f"Nothing was kept: {error}.")


async def tell_busy(request: Request, error: Exception) -> Response:
    answer = answer_problem(request.url.path, 503, f"{error}.")
    answer.headers["Retry-After"] = "5"
    return answer


async def tell_unreadable(request: Request, error: Exception) -> Response:
    return answer_problem(request.url.path, 503, f"The register cannot be read. {error}")


async def tell_unexpected(request: Request, _error: Exception) -> Response:
    said = "A mistake of ours; the terminal in which the service runs shows it. What was being done was not kept."
    answer = answer_problem(request.url.path, 500, said)
    answer.headers.update(HEADERS)  # this one is given outside of the guard
    return answer
