"""What may be asked: nothing is passed over in silence, for a misspelt filter would give back everything."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from truceline.kit.nearest import did_you_mean
from truceline.model.person import Right
from truceline.web.filters import BOX, CURSOR, BadFilter, Filters, given_filters
from truceline.web.visitor import need

ROOT = "/api/v1"
NUL = "\0"  # which no database takes in a text


def refuse_unknown(request: Request) -> None:
    """Raises BadFilter for parameters that this address does not know or that are given twice."""
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    known = set(find_parameters(route.dependant))
    given = [name for name, _ in request.query_params.multi_items()]
    mistakes = {name: f"there is no such parameter{did_you_mean(name, known)}" for name in given if name not in known}
    mistakes |= {name: "given more than once" for name in given if name in known and given.count(name) > 1}
    if mistakes:
        raise BadFilter(mistakes)


def find_parameters(asked: Dependant) -> Iterator[str]:
    """The names of the parameters of a route's query, and of all that it depends on."""
    yield from (each.alias for each in asked.query_params)
    for each in asked.dependencies:
        yield from find_parameters(each)


def given_strictly(request: Request, filters: Annotated[Filters, Depends(given_filters)]) -> Filters:
    """The filters of a request. Raises BadFilter for blanks around one: a form may leave them, a program means them."""
    blank = [name for name, value in request.query_params.items() if name != "q" and value != value.strip()]
    if blank:
        raise BadFilter(dict.fromkeys(blank, "there are blanks around it; leave them out"))
    return filters


def known_mark(
    if_none_match: Annotated[
        str | None,
        Header(alias="If-None-Match", description="ETag of an answer you hold: 304 where it is still that."),
    ] = None,
) -> None:
    """For the description alone: `unchanged` reads the header."""


def sound_id(id: Annotated[str, Path(min_length=1, max_length=500, description="As `id` in a list.")]) -> str:
    """The id in the address. Raises 404 for what no register can hold."""
    if NUL in id:
        raise HTTPException(404, "Nothing is held under such an id.")
    return id


# What every address of the API depends on, one whose answer has a mark, and one that reads the register.
ASKED = [Depends(refuse_unknown)]
MARKED = [Depends(known_mark)]
READING = [need(Right.READ), *ASKED, *MARKED]

Asked = Annotated[Filters, Depends(given_strictly)]
Id = Annotated[str, Depends(sound_id)]
WORLD = "-180,-90,180,90"
Bbox = Annotated[
    str,
    Query(
        max_length=100,
        json_schema_extra={"pattern": BOX},
        description="A window, west,south,east,north in degrees, as 35.5,35,38.5,37.2; else all.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many on a page.")]
Cursor = Annotated[
    str, Query(max_length=1500, json_schema_extra={"pattern": CURSOR}, description="As given by `next`.")
]
