"""What is changing: the watch, what texts state about it, and the bulletin as values."""

from dataclasses import fields, is_dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from truceline.publish.cards import Row, TellingCard
from truceline.publish.looks import Shape
from truceline.schemas.bulletin import BulletinOut
from truceline.schemas.register import StatementsOut, WatchOut
from truceline.web.routes.api.answers import told
from truceline.web.routes.api.asking import READING, ROOT
from truceline.web.routes.common import NowHeld

router = APIRouter(prefix=ROOT, tags=["Watch"], dependencies=READING)


@router.get("/watch", response_model=WatchOut, operation_id="get_watch")
def watch(request: Request, held: NowHeld) -> Response:
    """Counts with their exposure, rates with intervals, changes, alerts, patterns, silences and gaps."""
    lookup = held.whole.lookup
    return told(request, WatchOut(fingerprint=held.fingerprint, as_of=lookup.as_of, watch=lookup.view.watch))


@router.get("/statements", response_model=StatementsOut, operation_id="get_statements")
def statements(request: Request, held: NowHeld) -> Response:
    """What texts state about trends and foretell, each with the register's answer."""
    return told(request, StatementsOut(fingerprint=held.fingerprint, statements=held.whole.lookup.view.statements))


@router.get("/bulletin", response_model=BulletinOut, operation_id="get_bulletin")
def bulletin(request: Request, held: NowHeld) -> Response:
    """The bulletin of the period as values; incidents, claims and documents stand in it by their ids."""
    return told(request, BulletinOut.model_validate(plain(held.whole.bulletin)))


def plain(value: Any) -> Any:
    """A section as plain values, with ids in place of what can be asked for by them."""
    match value:
        case Row():
            return value.id
        case TellingCard():
            return value.claim
        case Shape():
            return value.value
        case tuple():
            return tuple(plain(each) for each in value)
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value
