"""Every page of the service for every reader: axe-core, the keyboard alone, dark, on a phone, at 200 %."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from looking import (
    DAY,
    NIGHT,
    PHONE,
    PHONE_NIGHT,
    ZOOMED,
    Showing,
    barriers,
    complaints,
    keep_shot,
    open_anew,
    outside,
    overflow,
    serving,
    shown_as,
    wait_for_map,
)

sys.path[:0] = [str(Path(__file__).parents[1] / each) for each in ("publish", "web")]

pytestmark = pytest.mark.browser
pytest.importorskip("uvicorn", reason="needs uvicorn")
pytest.importorskip("axe_core_python", reason="needs axe-core-python (the dev extra)")

# Pages whose address holds a name, with a real one; a link that works once is shown as spent.
NAMES = {
    "/incidents/{name}.html": "/incidents/i-khan-tuman-air.html",
    "/documents/{name}.html": "/documents/arabi-2016-06-02.html",
    "/read/{name}.html": "/read/sohr-2016-06-03.html",
    "/incidents/{name}/correct": "/incidents/i-khan-tuman-air/correct",
    "/join/{secret}": "/join/spent",
    "/join/{secret}/provider": "/join/spent/provider",
}
# Besides the pages as they are: narrowed ones, empty ones, mistakes.
FURTHER = (
    "/?q=khan&from=2016-06-01",
    "/?q=nothinglikethis",
    "/?kind=airr&from=2016-13-01&grade=Z",
    "/documents/index.html?page=7",
    "/incidents/none.html",
    "/there-is-no-such-page.html",
)
WAYS = (DAY, NIGHT, PHONE, ZOOMED)
FILES = (
    "/assets/",
    "/data/",
    "/favicon.ico",
    "/api/",
    ".csv",
    ".pdf",
    ".jsonl",
    ".geojson",
    "/{edition}/{name}",
    "/logout",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """Address of a service over the small register that has an admin, and a client of it."""
    from desk import Desk
    from people import make_account
    from served import fill, make_client
    from views import small_view

    from truceline.model.person import Role

    folder = tmp_path_factory.mktemp("served") / "register"
    fill(folder, small_view())
    client = make_client(small_view(), folder)
    make_account(client, Role.ADMIN)
    Desk(client).publish()
    with serving(client.app) as address:
        yield address, client


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a service whose register was never filled."""
    from served import make_client
    from views import small_view

    with serving(make_client(small_view(), tmp_path_factory.mktemp("none") / "register").app) as address:
        yield address


def pages_of(client: Any) -> list[str]:
    """The address of every page that can be asked for, with real names in it."""
    from people import log_in, routes_of

    paths = [each.path for each in routes_of(client) if "GET" in (each.methods or ())]
    shown = [each for each in sorted({*paths}) if not any(part in each for part in FILES)]
    admin, names = log_in(client, "admin"), dict(NAMES)
    (bulletin,) = [each["id"] for each in admin.get("/api/v1/bulletins").json()["items"]]
    for tail in ("", "/edit", "/preview"):
        names[f"/bulletins/{{id}}{tail}"] = f"/bulletins/{bulletin}{tail}"
    names["/bulletins/{id}/{edition}"] = f"/bulletins/{bulletin}/1"
    for path, page in (("/review/{id}", "review"), ("/people/{id}", "people")):
        found = re.search(rf'href="/?({page}/(?!next)[0-9a-z-]+)"', admin.get(f"/{page}").text)
        if found is not None:
            names[path] = f"/{found[1]}"
    return [names.get(each, each) for each in shown]


def enter(browser: Any, address: str) -> None:
    """Logged in as the admin, once for all pages."""
    from people import PASSWORD
    from selenium.webdriver.common.by import By

    browser.get(f"{address}/login")
    for name, typed in (("login", "admin"), ("password", PASSWORD)):
        for field in browser.find_elements(By.CSS_SELECTOR, f"input[name={name}]"):
            field.send_keys(typed)
    for button in browser.find_elements(By.CSS_SELECTOR, ".entrance button"):
        button.click()  # none where the browser is in already
    browser.get(f"{address}/")
    assert "Name of admin" in browser.find_element(By.CSS_SELECTOR, ".bar").text


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=lambda each: each.name)
def test_no_page_shuts_a_reader_out(browser: Any, served: tuple[str, Any], tmp_path: Path, way: Showing) -> None:
    address, client = served
    pages = pages_of(client)
    assert len(pages) > 12
    enter(browser, address)
    assert [each for each in pages if "{" in each] == [], "give NAMES an address with a real name for each"
    with shown_as(browser, way):
        assert found_on(browser, address, [*pages, *FURTHER], way, tmp_path) == ""


@pytest.mark.slow
def test_an_empty_register_shuts_nobody_out(browser: Any, empty: str, tmp_path: Path) -> None:
    pages = ["/", "/documents/index.html", "/watch.html", "/map.html", "/sources.html", "/bulletin.html", "/check"]
    for way in (DAY, PHONE_NIGHT):
        with shown_as(browser, way):
            assert found_on(browser, empty, pages, way, tmp_path, "empty") == ""


@pytest.mark.slow
def test_a_published_folder_shuts_nobody_out(browser: Any, tmp_path: Path) -> None:
    from views import small_view

    from truceline.publish import publish

    publish(small_view(), tmp_path / "site")
    lists = ["index.html", "bulletin.html", "map.html", "sources.html", "incidents/index.html", "documents/index.html"]
    pages = [f"/{each}" for each in (*lists, "incidents/i-khan-tuman-air.html", "documents/arabi-2016-06-02.html")]
    with shown_as(browser, NIGHT):
        assert found_on(browser, (tmp_path / "site").as_uri(), pages, NIGHT, tmp_path, "folder") == ""


def found_on(browser: Any, address: str, pages: list[str], way: Showing, otherwise: Path, of: str = "") -> str:
    """What is wrong, a line each with its page; "" where nothing is."""
    lines = []
    for page in pages:
        open_anew(browser, f"{address}{page}")
        wait_for_map(browser)
        keep_shot(browser, f"{way.name}-{of}{page}", otherwise)
        wrong = [*barriers(browser), *overflow(browser), *outside(browser, address), *complaints(browser)]
        lines += [f"{page}: {' '.join(each.split())}" for each in wrong]
    return "\n".join(lines)
