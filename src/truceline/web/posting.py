"""What every form that changes something carries beside its own fields: what was seen, and a name of the request."""

import hashlib
import secrets

from starlette.exceptions import HTTPException

from truceline.web.visitor import Visitor

CARRIED = ("seen", "key")


def new_key() -> str:
    """For a form: sent twice, it is one request."""
    return secrets.token_urlsafe(24)


def request_key(visitor: Visitor, key: str) -> str | None:
    """How the ledger names a request: one person's own, so that nobody can take up another's. None without a key."""
    return hashlib.sha256(f"{visitor.who}\n{key}".encode("utf-8", "replace")).hexdigest() if key else None


def seen_of(text: str) -> int:
    """The last entry that the page was made with. Raises HTTPException 400 for what is no number of one."""
    if not text.isascii() or not text.isdecimal() or len(text) > 15:
        raise HTTPException(400, "The form has lost what it was made from; load the page anew and send it.")
    return int(text)
