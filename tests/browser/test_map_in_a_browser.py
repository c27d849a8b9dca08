"""The published pages in a real browser, opened from the disk with no network behind them."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from readings import CHECK
from views import small_view

from truceline.publish import annotate, publish

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    publish(small_view(), folder)
    (folder / "article.html").write_text(annotate(CHECK, small_view()).html, encoding="utf-8")
    return folder


def open_page(browser: Any, page: Path, *, fragment: str = "") -> None:
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page.as_uri() + fragment)


def open_map(browser: Any, site: Path, *, fragment: str = "") -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    open_page(browser, site / "map.html", fragment=fragment)
    WebDriverWait(browser, 20).until(
        lambda each: each.execute_script("return document.documentElement.dataset.map === 'ready'")
    )


def complaints(browser: Any) -> list[str]:
    """What the console says, the driver's notes on slow software rendering left out."""
    return [each["message"] for each in browser.get_log("browser") if "GL Driver Message" not in each["message"]]


def requests(browser: Any) -> list[str]:
    import json

    events = [json.loads(each["message"])["message"] for each in browser.get_log("performance")]
    return [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]


def test_the_map_draws_without_a_word_in_the_console_or_a_request_outside(browser: Any, site: Path) -> None:
    open_map(browser, site)
    assert complaints(browser) == []
    asked = requests(browser)
    assert any(each.endswith("map.js") for each in asked)
    assert [each for each in asked if not each.startswith(("file:", "blob:", "data:", "about:"))] == []


def test_what_is_drawn_is_what_the_table_holds(browser: Any, site: Path) -> None:
    open_map(browser, site)
    rows = browser.execute_script(
        "return [...document.querySelectorAll(\"tr[id^='r-']\")].filter(r => !r.hidden).length"
    )
    assert rows == 9
    assert browser.execute_script("return document.getElementById('count').textContent") == "9 of 9 incidents"


def test_a_choice_of_kind_narrows_map_and_table_alike(browser: Any, site: Path) -> None:
    open_map(browser, site)
    browser.execute_script(
        "const k = document.getElementById('kind'); k.value = 'air'; k.dispatchEvent(new Event('input'));"
    )
    shown = browser.execute_script(
        "return [...document.querySelectorAll(\"tr[id^='r-']\")].filter(r => !r.hidden).map(r => r.id)"
    )
    assert sorted(shown) == ["r-i-kammouna", "r-i-khan-tuman-air"]
    assert browser.execute_script("return document.getElementById('count').textContent") == "2 of 9 incidents"


def test_an_address_with_an_incident_opens_its_claims_side_by_side(browser: Any, site: Path) -> None:
    open_map(browser, site, fragment="#i-khan-tuman-air")
    panel = browser.execute_script("return document.getElementById('panel').innerText")
    assert "Told (2)" in panel
    assert "Denied (1)" in panel
    assert "Russian aircraft did not strike Khan Tuman" in panel
    link = browser.execute_script("return document.querySelector('#panel > a').getAttribute('href')")
    assert (site / link).is_file()


def test_the_keyboard_reaches_the_content_the_choices_and_the_map(browser: Any, site: Path) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    open_map(browser, site)
    reached = []
    for _ in range(16):
        browser.find_element(By.CSS_SELECTOR, "body").send_keys(
            Keys.TAB
        ) if not reached else browser.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(
            browser.execute_script("const e = document.activeElement; return e.id || e.className || e.tagName")
        )
    assert reached[0] == "skip"
    assert {"from", "to", "kind", "shape"} <= set(reached)
    assert any("maplibregl-canvas" in each for each in reached)


def test_without_a_script_the_picture_and_the_table_stay(browser: Any, site: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_page(browser, site / "map.html")
        tree = browser.execute_cdp_cmd("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        still = browser.execute_cdp_cmd("DOM.querySelector", {"nodeId": tree, "selector": ".still svg"})["nodeId"]
        box = browser.execute_cdp_cmd("DOM.getBoxModel", {"nodeId": still})["model"]
        assert box["width"] > 300
        rows = browser.execute_cdp_cmd("DOM.querySelectorAll", {"nodeId": tree, "selector": "tr[id^='r-']"})["nodeIds"]
        assert len(rows) == 9
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "map.html",
        "bulletin.html",
        "incidents/i-khan-tuman-air.html",
        "documents/arabi-2016-06-02.html",
        "article.html",
    ],
)
def test_pages_open_in_silence_and_fit_a_phone(browser: Any, site: Path, name: str) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    )
    try:
        open_page(browser, site / name)
        assert complaints(browser) == []
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_arabic_runs_from_right_to_left(browser: Any, site: Path) -> None:
    open_page(browser, site / "documents/arabi-2016-06-02.html")
    direction = browser.execute_script("return getComputedStyle(document.querySelector('.document .exact')).direction")
    assert direction == "rtl"
