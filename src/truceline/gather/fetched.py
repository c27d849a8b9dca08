"""A page that was fetched, as a document that no register keeps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from truceline.errors import Problem
from truceline.gather.draft import Draft, settle, without_unstorable
from truceline.gather.fetch import Fetched
from truceline.gather.opened import decode
from truceline.gather.page import find_drafts_in, is_known
from truceline.kit.hashing import sha256_of_bytes
from truceline.model.document import Document, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The document, None where the page holds none, and what is wrong with it.

    `given` names the facts (title, publisher, date of publication) that the page does not say and whoever asked did.
    """

    document: Document | None
    problems: tuple[Problem, ...]
    given: tuple[str, ...] = ()


def parse_fetched(
    fetched: Fetched, *, now: datetime, title: str = "", publisher: str = "", published: str = ""
) -> Drawn:
    """What the page says of itself counts; `title`, `publisher` and `published` fill in what it does not say."""
    parts: list[Document | Problem] = []
    given: tuple[str, ...] = ()
    for draft in _find_drafts(fetched):
        if isinstance(draft, Problem):
            parts.append(draft)
            continue
        filled = replace(
            at_its_own_address(draft, fetched),
            title=draft.title or title.strip() or None,
            publisher=draft.publisher or publisher.strip() or None,
            published=draft.published or published.strip() or None,
        )
        given = tuple(name for name, fact in FACTS.items() if getattr(filled, fact) != getattr(draft, fact))
        parts += settle(without_unstorable(filled), original_sha256=sha256_of_bytes(fetched.octets), now=now)
    document = next((each for each in parts if isinstance(each, Document)), None)
    return Drawn(document=document, problems=tuple(each for each in parts if isinstance(each, Problem)), given=given)


FACTS = {"title": "title", "publisher": "publisher", "date of publication": "published"}


def at_its_own_address(draft: Draft, fetched: Fetched) -> Draft:
    """The address a page gives itself counts on its own host only: none may pass for another's."""
    own = draft.uri if draft.uri is not None and _host(draft.uri) == _host(fetched.address) else fetched.address
    return replace(draft, id=own, uri=own)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _find_drafts(fetched: Fetched) -> Iterator[Draft | Problem]:
    where = fetched.address
    if fetched.media in ("text/html", "application/xhtml+xml"):
        yield from find_drafts_in(fetched.octets, name=where, where=where, charset=fetched.charset)
        return
    opened = decode(fetched.octets, where, declared=fetched.charset if is_known(fetched.charset) else None)
    if isinstance(opened, Problem):
        yield opened
        return
    yield from opened.warnings
    form = Form.MARKDOWN if fetched.media == "text/markdown" else Form.TEXT
    yield Draft(id=where, text=opened.text.replace("\r\n", "\n"), form=form, where=where)
