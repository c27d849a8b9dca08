"""What every route starts from: the register as it stands, as far as it is released to whoever asks."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from truceline.store.browse import Browser
from truceline.vocab.release import PUBLIC
from truceline.web.filters import Filters, given_filters
from truceline.web.held import Held, Keeper

EMPTY = "The register is empty. `truceline run --mission …` fills it."


def keeper_of(request: Request) -> Keeper:
    keeper = request.app.state.keeper
    assert isinstance(keeper, Keeper)
    return keeper


def held_now(request: Request) -> Held:
    return keeper_of(request).held(release_of(request))


def release_of(request: Request) -> str:
    """The profile by which whoever asks is answered: as was decided for the request, else the one for everybody."""
    return str(getattr(request.state, "release", PUBLIC))


NowHeld = Annotated[Held, Depends(held_now)]
Given = Annotated[Filters, Depends(given_filters)]


def browser_of(held: Held) -> Browser:
    """The register to turn over. Raises 404 where there is none."""
    if held.browser is None:
        raise HTTPException(404, EMPTY)
    return held.browser
