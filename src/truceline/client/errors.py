"""A problem as the service tells it, as an exception that says what, where and what next."""

import httpx
from pydantic import ValidationError

from truceline.errors import ServiceError, ServiceRefused, ServiceUnreachable, UnknownId
from truceline.schemas.register import ProblemOut

NEXT = {
    401: "log in there, make a token, and hand it over as Client(…, token=…)",
    403: "ask whoever runs the service for the right to it",
    429: "ask less often",
    503: "ask again later",
}


def raise_problem(answer: httpx.Response) -> None:
    """Raises UnknownId for what is not held, ServiceRefused for any other refusal; nothing for a good answer."""
    if answer.is_success or answer.status_code == httpx.codes.NOT_MODIFIED:
        return
    where, told = answer.request.url.path, problem_of(answer)
    if told is None:
        said = f"answered {answer.status_code} and no word of ours; is this a Truceline service, version 1 of its API?"
        raise ServiceError(f"{where}: {said}")
    mistakes = "".join(f"; {each.parameter}: {each.detail}" for each in told.errors or ())
    next_step = f"; {NEXT[told.status]}" if told.status in NEXT else ""
    message = f"{where}: {told.detail.rstrip('.')}{mistakes}{next_step}"
    if told.status == httpx.codes.NOT_FOUND:
        raise UnknownId(message)
    raise ServiceRefused(
        message, status=told.status, errors={each.parameter: each.detail for each in told.errors or ()}
    )


def problem_of(answer: httpx.Response) -> ProblemOut | None:
    """None where the answer is no problem+json."""
    try:
        return ProblemOut.model_validate_json(answer.read())
    except ValidationError:
        return None


def unreachable(url: httpx.URL, error: httpx.HTTPError) -> ServiceUnreachable:
    """The exception for a service that did not answer, or not to the end."""
    reason = str(error) or type(error).__name__
    return ServiceUnreachable(
        f"{url.host}{url.path}: no answer ({reason}); see that `truceline serve` runs there, and that the port is right"
    )
