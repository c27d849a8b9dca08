"""What every route starts from: the register as it stands, as far as it is released to whoever asks."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from truceline.model.person import Right
from truceline.store.browse import Browser
from truceline.store.former import find_former
from truceline.store.register import Former
from truceline.web.filters import Filters, given_filters
from truceline.web.held import Held, Keeper
from truceline.web.visitor import team_of, visitor_of

EMPTY = "The register is empty. `truceline run --mission …` fills it."


def keeper_of(request: Request) -> Keeper:
    keeper = request.app.state.keeper
    assert isinstance(keeper, Keeper)
    return keeper


def held_now(request: Request) -> Held:
    """What is released of the register to whoever asks, as it stands."""
    return keeper_of(request).held(visitor_of(request).release)


NowHeld = Annotated[Held, Depends(held_now)]
Given = Annotated[Filters, Depends(given_filters)]


def browser_of(held: Held) -> Browser:
    """The register to turn over. Raises 404 where there is none."""
    if held.browser is None:
        raise HTTPException(404, EMPTY)
    return held.browser


def former_of(request: Request, held: Held, id: str) -> Former | None:
    """An incident that was held once, with those that hold its claims now, as far as whoever asks may see them.

    That there was one is told to the team, and to others where they may see what became of it.
    """
    if held.browser is None or "\0" in id:
        return None
    with team_of(request).reading() as connection:
        former = find_former(connection, id)
    if former is None:
        return None
    seen = tuple(each for each in former.now_in if held.browser.has_incident(each))
    may_know = bool(seen) or Right.COMMENT in visitor_of(request).rights
    return replace(former, now_in=seen) if may_know else None
