"""Every page of the service for every reader: axe-core, the keyboard alone, dark, on a phone, at 200 %."""

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
    "/join/{secret}": "/join/spent",
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
FILES = ("/assets/", "/data/", "/favicon.ico", "/api/", ".csv", ".pdf")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """Address and application of a service over the small register."""
    from served import fill, make_client
    from views import small_view

    folder = tmp_path_factory.mktemp("served") / "register"
    fill(folder, small_view())
    app = make_client(small_view(), folder).app
    with serving(app) as address:
        yield address, app


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a service whose register was never filled."""
    from served import make_client
    from views import small_view

    with serving(make_client(small_view(), tmp_path_factory.mktemp("none") / "register").app) as address:
        yield address


def pages_of(app: Any) -> list[str]:
    """The address of every page that can be asked for, with real names in it."""
    paths = [each.path for each in routes_of(app) if "GET" in (getattr(each, "methods", None) or ())]
    shown = [each for each in dict.fromkeys(paths) if not any(part in each for part in FILES)]
    return [NAMES.get(each, each) for each in shown]


def routes_of(router: Any) -> Iterator[Any]:
    """Every route, those of routers taken in, too; FastAPI keeps these as they were given."""
    for each in router.routes:
        inner = getattr(each, "original_router", None)
        yield from (each,) if inner is None else routes_of(inner)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=lambda each: each.name)
def test_no_page_shuts_a_reader_out(browser: Any, served: tuple[str, Any], tmp_path: Path, way: Showing) -> None:
    address, app = served
    pages = pages_of(app)
    assert len(pages) > 12
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
