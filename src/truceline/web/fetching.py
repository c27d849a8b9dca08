"""Whether, and for whom, this service fetches a page from the internet."""

from dataclasses import dataclass, field

from starlette.requests import Request

from truceline.errors import Problem
from truceline.gather.fetch import PUBLIC, Fetched, Network, fetch
from truceline.model.person import Right
from truceline.web.held import Keeper
from truceline.web.visitor import visitor_of

OFF = "this service is set to fetch no pages; paste the text instead"
NOT_YOURS = "fetching a page takes the right to fetch, which is not yours here; paste the text instead"
BUSY = "other pages are being fetched just now; try again in a moment, or paste the text"


@dataclass(slots=True, kw_only=True)
class Fetching:
    """The one place a service fetches from. `is_on` is False where whoever runs it forbids it; `under_way` counts."""

    network: Network = field(default_factory=lambda: PUBLIC)
    is_on: bool = True
    under_way: int = 0

    async def fetch(self, address: str, request: Request, keeper: Keeper) -> Fetched | Problem:
        """The page, for whoever asks; nothing is looked up for one who may not ask."""
        refusal = find_refusal(request, self)
        if refusal is not None:
            return Problem(code="fetch.refused", message=refusal, where=address.strip()[:200])
        if self.under_way >= self.network.limits.at_once:
            return Problem(code="fetch.busy", message=BUSY, where=address.strip()[:200])
        self.under_way += 1
        try:
            return await fetch(address, now=keeper.now, network=self.network)
        finally:
            self.under_way -= 1


def fetching_of(request: Request) -> Fetching:
    fetching = request.app.state.fetching
    assert isinstance(fetching, Fetching)
    return fetching


def find_refusal(request: Request, fetching: Fetching) -> str | None:
    """Why nothing is fetched for whoever asks; None where it is."""
    if not fetching.is_on:
        return OFF
    return None if Right.FETCH in visitor_of(request).rights else NOT_YOURS
