"""What every route starts from: the register as it stands, as far as it is released to whoever asks."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from truceline.store.browse import Browser
from truceline.web.filters import Filters, given_filters
from truceline.web.held import Held, Keeper
from truceline.web.visitor import visitor_of

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
