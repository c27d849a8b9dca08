"""What somebody wants checked, a text or an address, as a document. Nothing is kept of either."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from truceline.errors import Problem, Severity
from truceline.gather.fetch import Fetched
from truceline.gather.fetched import parse_fetched
from truceline.gather.pasted import parse_pasted
from truceline.model.document import Document
from truceline.publish import words
from truceline.schemas.check import TEXT_BYTES
from truceline.web.fetching import fetching_of
from truceline.web.held import Keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A text, or the address of a page, with what is known of it; all as written."""

    text: str = ""
    address: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The document, None where there is none; `fetched` where it came from an address, with what is wrong about it.

    `given` names the facts that a fetched page does not say and whoever asked did.
    """

    document: Document | None
    problems: tuple[Problem, ...]
    fetched: Fetched | None = None
    given: tuple[str, ...] = ()


async def take(asked: Asked, request: Request, keeper: Keeper) -> Taken:
    """The text as it was pasted; where only an address is given, the page that lies there."""
    address = asked.address.strip()
    known = {"title": asked.title, "publisher": asked.publisher, "published": asked.published}
    if asked.text.strip() or not address:
        pasted = parse_pasted(asked.text, now=keeper.now(), address=address, **known)
        return Taken(document=pasted[0], problems=pasted[1])
    fetched = await fetching_of(request).fetch(address, request, keeper)
    if isinstance(fetched, Problem):
        return Taken(document=None, problems=(fetched,))
    drawn = await run_in_threadpool(parse_fetched, fetched, now=keeper.now(), **known)
    if drawn.document is not None and len(drawn.document.text.encode()) > TEXT_BYTES:
        message = "the text of the page is longer than 200 kB; paste the part that is to be checked"
        return Taken(document=None, problems=(Problem(code="document.too-long", message=message),), fetched=fetched)
    return Taken(document=drawn.document, problems=drawn.problems, fetched=fetched, given=drawn.given)


def provenance(taken: Taken, keeper: Keeper) -> str:
    """Where the text came from and when, what it says of itself, and that nothing is kept; in sentences."""
    document, fetched = taken.document, taken.fetched
    assert document is not None
    if fetched is None:
        return said_together(["Pasted, read and checked just now; not stored"], taken.problems)
    at = words.instant_words(fetched.at, keeper.held().zone)
    led = ", where the address given leads" if fetched.redirects else ""
    missing = [
        name
        for name, value in (("publisher", document.publisher), ("date of publication", document.published_at))
        if not value
    ]
    lines = [f"Fetched from {fetched.address} on {at}{led}; read and checked just now, not stored"]
    lines += [f"The page names no {' and no '.join(missing)}"] if missing else []
    lines += (
        [f"The page does not say its {words.list_words(taken.given)}; as given with the address"] if taken.given else []
    )
    return said_together(lines, taken.problems)


def said_together(lines: Sequence[str], problems: Sequence[Problem]) -> str:
    minded = (f"Mind: {each.message}" for each in problems if each.severity is Severity.WARNING)
    return " ".join(f"{each}." for each in (*lines, *minded))
