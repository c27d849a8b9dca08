"""The whole publication: every page and every file of one view."""

from pathlib import Path
from typing import Any

from truceline.model.view import View
from truceline.publish import datasets, graded_tables
from truceline.publish.bulletin import Bulletin, make_bulletin
from truceline.publish.coded_table import events_csv
from truceline.publish.drawing import country_drawn, ground
from truceline.publish.folder import Receipt, Shelf
from truceline.publish.lookup import Lookup, look_up, safe_name
from truceline.publish.map_page import write_map
from truceline.publish.page import asset, render
from truceline.publish.pages import (
    choose_documents,
    choose_paged,
    document_page,
    documents_page,
    incident_page,
    incidents_page,
)
from truceline.publish.pdf import bulletin_pdf
from truceline.publish.pictures import FOLDER, find_files, find_pictures
from truceline.publish.sources import sources_page
from truceline.publish.versions_csv import versions_csv


def publish(view: View, folder: Path) -> Receipt:
    """Write the bulletin, the map, the pages and the data sets of a released view into a folder.

    The same view gives the same bytes. Files of an earlier publication that are no longer needed are removed;
    files that were not published are left alone.
    """
    assert view.release is not None, "a view is released before it is published"
    lookup = look_up(view)
    paged = choose_paged(lookup)
    documents = choose_documents(lookup, paged)
    bulletin = make_bulletin(lookup, paged=paged)
    shelf = Shelf(folder=folder)
    shelf.put("assets/style.css", asset("style.css"))
    write_front(shelf, bulletin, lookup, documents=documents)
    write_map(shelf, lookup, paged=paged)
    write_pages(shelf, lookup, paged=paged, documents=documents)
    shelf.put("sources.html", sources_page(lookup, documents=documents))
    write_data(shelf, lookup)
    return shelf.close(fingerprint=view.fingerprint)


def write_front(shelf: Shelf, bulletin: Bulletin, lookup: Lookup, *, documents: frozenset[str]) -> None:
    """The front page, and the bulletin on screen and on paper."""
    counts: dict[str, Any] = {
        "documents_count": len(lookup.view.documents),
        "tellings_count": len(lookup.view.tellings),
    }
    front = render("index.html", lookup, here="front", documents=documents, b=bulletin, **counts)
    shelf.put("index.html", front)
    shelf.put("bulletin.html", bulletin_page(bulletin, lookup, documents=documents))
    shelf.put("bulletin.pdf", bulletin_pdf(bulletin, lookup))


def bulletin_page(bulletin: Bulletin, lookup: Lookup, *, documents: frozenset[str]) -> str:
    """The bulletin on screen, with the pictures of the watch."""
    pictures = find_pictures(lookup.view.watch)
    return render("bulletin.html", lookup, here="bulletin", documents=documents, b=bulletin, pictures=pictures)


def write_pages(shelf: Shelf, lookup: Lookup, *, paged: frozenset[str], documents: frozenset[str]) -> None:
    """A page for each incident and document chosen, and the lists of them."""
    shelf.put("incidents/index.html", incidents_page(lookup, paged=paged, documents=documents))
    shelf.put("documents/index.html", documents_page(lookup, documents=documents))
    write_grounds(shelf, lookup, paged=paged)
    for incident in lookup.view.incidents:
        if incident.id in paged:
            page = incident_page(incident, lookup, paged=paged, documents=documents)
            shelf.put(f"incidents/{safe_name(incident.id)}.html", page)
    for document in lookup.view.documents:
        name = f"{safe_name(document.id)}.html"
        if name in documents:
            shelf.put(f"documents/{name}", document_page(document, lookup, paged=paged, documents=documents))


def write_grounds(shelf: Shelf, lookup: Lookup, *, paged: frozenset[str]) -> None:
    """The maps under the places of single incidents, one a country."""
    places = [lookup.incidents[one].place for one in paged]
    countries = {country_drawn(each, lookup.view.mission.countries) for each in places if each is not None}
    for country in sorted(countries - {""}):
        shelf.put(f"assets/ground-{country}.svg", ground(country))


def write_data(shelf: Shelf, lookup: Lookup) -> None:
    """The data sets and their dictionary."""
    shelf.put("data/incidents.csv", datasets.incidents_csv(lookup))
    shelf.put("data/incidents.hxl.csv", datasets.incidents_hxl(lookup))
    shelf.put("data/claims.csv", datasets.claims_csv(lookup))
    shelf.put("data/origins.csv", datasets.origins_csv(lookup))
    shelf.put("data/values.csv", graded_tables.values_csv(lookup))
    shelf.put("data/sums.csv", graded_tables.sums_csv(lookup))
    shelf.put("data/sources.csv", graded_tables.sources_csv(lookup))
    shelf.put("data/letters.csv", graded_tables.letters_csv(lookup))
    shelf.put("data/coded_events.csv", events_csv(lookup))
    shelf.put("data/versions.csv", versions_csv(lookup))
    shelf.put("data/incidents.geojson", datasets.incidents_geojson(lookup))
    for name, content in find_files(lookup.view.watch).items() if lookup.view.watch is not None else ():
        shelf.put(f"{FOLDER}/{name}", content)
    shelf.put("data/README.txt", datasets.data_dictionary(lookup))
