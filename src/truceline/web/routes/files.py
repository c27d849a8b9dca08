"""Files: styles and scripts of the pages, and the data sets."""

import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from truceline.model.person import Right
from truceline.publish import datasets, graded_tables, pictures
from truceline.publish.coded_table import events_csv
from truceline.publish.drawing import ground
from truceline.publish.lookup import Lookup
from truceline.publish.map_page import (
    LIBRARY,
    SCRIPTS,
    incidents_script,
    legend_script,
    library,
    outlines_script,
)
from truceline.publish.page import asset
from truceline.publish.pdf import bulletin_pdf
from truceline.publish.versions_csv import versions_csv
from truceline.web.filters import parse_filters
from truceline.web.held import Held
from truceline.web.routes.api.answers import marked, unchanged
from truceline.web.routes.common import Given, NowHeld, browser_of
from truceline.web.routes.walk import whole_page
from truceline.web.visitor import need

router = APIRouter(include_in_schema=False)
ANYBODY, READER = need(None), need(Right.READ)

ASSETS = ("style.css", "article.css", *SCRIPTS)
OWN = ("service.css", "icon.svg", "reader.js", "register.js", "review.js")
DATA: Mapping[str, Callable[[Lookup], str]] = {
    "incidents.csv": datasets.incidents_csv,
    "incidents.hxl.csv": datasets.incidents_hxl,
    "claims.csv": datasets.claims_csv,
    "origins.csv": datasets.origins_csv,
    "values.csv": graded_tables.values_csv,
    "sums.csv": graded_tables.sums_csv,
    "sources.csv": graded_tables.sources_csv,
    "letters.csv": graded_tables.letters_csv,
    "coded_events.csv": events_csv,
    "versions.csv": versions_csv,
    "incidents.geojson": datasets.incidents_geojson,
    "README.txt": datasets.data_dictionary,
}
Name = Annotated[str, Path(max_length=300)]


@router.get("/assets/map-incidents.js", dependencies=[READER])
def give_incidents_on_map(held: NowHeld) -> Response:
    """What the moving map shows."""
    return Response(incidents_script(held.whole.lookup, paged=held.whole.paged), media_type="text/javascript")


@router.get("/assets/{name}", dependencies=[ANYBODY])
def give_asset(name: Name, request: Request, held: NowHeld) -> Response:
    """One of the files that pages need; nothing is looked for on the disk under the name that was asked for."""
    found = asset_named(name, held)
    if found is None:
        raise HTTPException(404, "There is no such file.")
    media = mimetypes.guess_type(name)[0] or "text/plain"
    raw = found.encode() if isinstance(found, str) else found
    mark = f'"{hashlib.sha256(raw).hexdigest()[:32]}"'
    return unchanged(request, mark) or Response(raw, media_type=media, headers=marked(mark))


def asset_named(name: str, held: Held) -> str | bytes | None:
    if name in ASSETS:
        return asset(name)
    if name in OWN:
        return files("truceline.web").joinpath("static", name).read_text("utf-8")
    if name in LIBRARY:
        return library(name)
    if name == "map-outlines.js":
        return outlines_script(held.bare)
    if name == "map-legend.js":
        return legend_script()
    countries = {f"ground-{each}.svg": each for each in held.mission.countries}
    return ground(countries[name]) if name in countries else None


@router.get("/favicon.ico", dependencies=[ANYBODY])
def give_icon(request: Request, held: NowHeld) -> Response:
    return give_asset("icon.svg", request, held)


@router.get("/data/{name}", dependencies=[READER])
def give_data(name: Name, held: NowHeld) -> Response:
    """One data set of the whole register."""
    write = DATA.get(name)
    if write is None:
        raise HTTPException(404, f"There is no such data set; there are {', '.join(DATA)}.")
    media = {"csv": "text/csv", "geojson": "application/geo+json", "txt": "text/plain"}[name.rpartition(".")[2]]
    return attached(write(held.whole.lookup), name, media)


@router.get("/data/plots/{name}", dependencies=[READER])
def give_plot(name: Name, held: NowHeld) -> Response:
    """A plot of the watch: its picture, its table or its specification; what is asked for first is drawn then."""
    watch = held.whole.view.watch
    found = None if watch is None else pictures.file_of(watch, name)
    if found is None:
        raise HTTPException(404, "There is no such plot; /watch.html has those there are.")
    if name.endswith(".svg"):
        return Response(found, media_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"})
    return attached(found, name, "text/csv" if name.endswith(".csv") else "application/json")


@router.get("/incidents.csv", dependencies=[READER])
def give_incidents(filters: Given, held: NowHeld) -> Response:
    """The incidents of a filtered view."""
    page = whole_page(browser_of(held), parse_filters(filters, held))
    return attached(datasets.incidents_csv(held.look_up_page(page)), "incidents.csv", "text/csv")


@router.get("/incidents/{name}.csv", dependencies=[READER])
def give_incident(name: Name, held: NowHeld) -> Response:
    """One incident as a line."""
    found = held.incident_id(name)
    if found is None:
        raise HTTPException(404, "The register holds no such incident.")
    lookup = held.look_up(browser_of(held).incident(found, held.mission))
    return attached(datasets.incidents_csv(lookup), f"{name}.csv", "text/csv")


@router.get("/incidents/{name}.geojson", dependencies=[READER])
def give_incident_on_map(name: Name, held: NowHeld) -> Response:
    """One incident as a point (RFC 7946)."""
    found = held.incident_id(name)
    if found is None:
        raise HTTPException(404, "The register holds no such incident.")
    lookup = held.look_up(browser_of(held).incident(found, held.mission))
    return attached(datasets.incidents_geojson(lookup), f"{name}.geojson", "application/geo+json")


@router.get("/bulletin.pdf", dependencies=[READER])
def give_bulletin(held: NowHeld) -> Response:
    return Response(bulletin_pdf(held.whole.bulletin, held.whole.lookup), media_type="application/pdf")


def attached(body: str, name: str, media: str) -> Response:
    """A file to be saved under a name that is ours."""
    return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
