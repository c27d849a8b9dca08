"""Forms that are posted: taken only from a page of ours, with the token of who sent it, and never too much."""

import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from truceline.web.security import Tokens, is_same_site
from truceline.web.visitor import visitor_of

MEDIA = ("multipart/form-data", "application/x-www-form-urlencoded")
FIELDS = 40
FIELD_BYTES = 200_000
TOKEN = "token"  # noqa: S105  the name of a field
HEADER = "x-truceline-token"
PASTED = "text"  # what is wrong with a pasted text is told beside it
ZERO = "There is a zero byte in what was sent, which no word has."


async def read_form(request: Request, names: Sequence[str], *, most: int = FIELDS) -> dict[str, str]:
    """The fields of these names, "" for one that is not there; `most` fields may come.

    Raises HTTPException 403, 413, 415 or 400 for what is no form of ours.
    """
    refuse_other_sites(request)
    fields = await parse_form(request, most)
    refuse_strange_token(request, fields.get(TOKEN, ""))
    if any("\0" in fields.get(name, "") for name in names if name != PASTED):
        raise HTTPException(400, ZERO)
    return {name: fields.get(name, "") for name in names}


async def parse_form(request: Request, most: int = FIELDS) -> Mapping[str, str]:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in MEDIA:
        raise HTTPException(415, "Send a form, as our pages do.")
    try:
        words = (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The form is not in UTF-8; save the text as UTF-8 and paste it anew.") from error
    if media == MEDIA[1]:
        try:
            fields = parse_qs(words, max_num_fields=most, keep_blank_values=True, errors="strict")
        except ValueError as error:
            raise HTTPException(400, "The form is not in UTF-8, or has too many fields.") from error
        return {name: values[0] for name, values in fields.items()}
    form = await request.form(max_files=0, max_fields=most, max_part_size=FIELD_BYTES + 1000)
    return {name: str(value) for name, value in form.items()}


def refuse_other_sites(request: Request) -> None:
    if not is_same_site(request.headers):
        raise HTTPException(403, "This form was sent from another page; open the page here and send it from there.")


def refuse_strange_token(request: Request, token: str) -> None:
    """A token ties a form to a login, or, without one, to this service and the last hours."""
    session = visitor_of(request).session
    if session is None:
        ours = tokens_of(request).is_ours(token)
    else:
        ours = hmac.compare_digest(token.encode("utf-8", "replace"), session.csrf.encode())
    if not ours:
        raise HTTPException(403, "This form has lost its token or is too old; go back, load the page anew and send it.")


def token_for(request: Request) -> str:
    """What a form must carry, for whoever asks."""
    session = visitor_of(request).session
    return tokens_of(request).make() if session is None else session.csrf


def tokens_of(request: Request) -> Tokens:
    tokens = request.app.state.tokens
    assert isinstance(tokens, Tokens)
    return tokens


async def refuse_strange_json(request: Request) -> None:
    """JSON is taken from a program with a token, or from a page of ours that names its form token in a header."""
    if b"\\u0000" in await request.body():
        raise HTTPException(400, ZERO)
    if visitor_of(request).token is None:
        refuse_other_sites(request)
        refuse_strange_token(request, request.headers.get(HEADER, ""))


posted_json = Depends(refuse_strange_json)
