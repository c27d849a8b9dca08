"""The service in a real browser: look, filter, search, open, paste; a silent console, nothing from elsewhere."""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / each) for each in ("publish", "web")]

pytestmark = pytest.mark.browser
uvicorn = pytest.importorskip("uvicorn", reason="needs uvicorn")
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own on a free port, over the small register."""
    from served import BASE, fill, make_client
    from views import small_view

    folder = tmp_path_factory.mktemp("served") / "register"
    fill(folder, small_view())
    app = make_client(small_view(), folder).app
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="none"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    port = server.servers[0].sockets[0].getsockname()[1]
    assert BASE.startswith("http://127.0.0.1")
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(10)


def complaints(browser: Any) -> list[str]:
    return [each["message"] for each in browser.get_log("browser") if "GL Driver Message" not in each["message"]]


def outside(browser: Any, address: str) -> list[str]:
    """Requests to anything but the service; `chrome:` pages are the browser's own."""
    events = [json.loads(each["message"])["message"] for each in browser.get_log("performance")]
    asked = [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
    return [each for each in asked if not each.startswith((address, "data:", "blob:", "about:", "chrome:"))]


def find(browser: Any, selector: str) -> Any:
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)


def rows(browser: Any) -> list[str]:
    from selenium.webdriver.common.by import By

    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, "table.wide tbody th a")]


def wait_for(browser: Any, is_so: Callable[[], bool]) -> None:
    """Until the page that was asked for has taken the place of the one before."""
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
    from selenium.webdriver.support.ui import WebDriverWait

    gone = (NoSuchElementException, StaleElementReferenceException)
    WebDriverWait(browser, 20, ignored_exceptions=gone).until(lambda _browser: is_so())


def test_a_reader_walks_from_the_register_to_a_checked_text(browser: Any, address: str, tmp_path: Path) -> None:
    from selenium.webdriver.support.ui import Select

    browser.get(f"{address}/")
    assert len(rows(browser)) == 9
    browser.save_screenshot(str(tmp_path / "register.png"))

    Select(find(browser, "select[name=kind]")).select_by_visible_text("Air or drone strike")
    find(browser, ".filters button").click()
    wait_for(browser, lambda: browser.current_url == f"{address}/?kind=air")
    wait_for(browser, lambda: len(rows(browser)) == 2)

    find(browser, "input[name=q]").send_keys("Khān Ţūmān")
    find(browser, ".filters button").click()
    wait_for(browser, lambda: rows(browser) == ["Airstrike on Khan Tuman"])

    find(browser, "table.wide tbody th a").click()
    wait_for(browser, lambda: find(browser, "h1").text == "Airstrike on Khan Tuman")
    assert "Russian aircraft did not strike Khan Tuman" in find(browser, "main").text
    browser.save_screenshot(str(tmp_path / "incident.png"))

    browser.get(f"{address}/check")
    find(browser, "textarea").send_keys("Warplanes struck Khan Tuman on Friday.\nResidents fled.")
    find(browser, ".paste button").click()
    wait_for(browser, lambda: "not stored" in find(browser, ".article-head").text)
    assert find(browser, "#text .claim .trigger, #text .trigger.claim").text == "struck"
    assert "told nowhere else" in find(browser, "aside.notes").text
    browser.save_screenshot(str(tmp_path / "checked.png"))

    assert complaints(browser) == []
    assert outside(browser, address) == []
    assert {each.name for each in tmp_path.glob("*.png")} == {"register.png", "incident.png", "checked.png"}


def test_the_map_draws_from_the_service_alone(browser: Any, address: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    browser.get(f"{address}/map.html")
    WebDriverWait(browser, 20).until(
        lambda each: each.execute_script("return document.documentElement.dataset.map === 'ready'")
    )
    assert complaints(browser) == []
    assert outside(browser, address) == []


@pytest.mark.parametrize(
    "page",
    ["/", "/?q=khan", "/incidents/i-kammouna.html", "/documents/index.html", "/read/sohr-2016-06-03.html", "/check",
     "/watch.html", "/agreement.html", "/sources.html", "/bulletin.html", "/data.html"],
)  # fmt: skip
def test_pages_open_in_silence_and_fit_a_phone(browser: Any, address: str, page: str) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        browser.get(f"{address}{page}")
        assert complaints(browser) == []
        assert outside(browser, address) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_without_a_script_the_register_is_whole(browser: Any, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/?kind=air")
        assert len(rows(browser)) == 2
        assert find(browser, ".still svg").size["width"] > 300
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_reader_steps_from_claim_to_claim_with_keys(browser: Any, address: str, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{address}/check")
    find(browser, "textarea").send_keys("Warplanes struck Khan Tuman.\n\nShelling went on in Saraqib.")
    find(browser, ".paste button").click()
    wait_for(browser, lambda: "not stored" in find(browser, ".article-head").text)

    def lit() -> list[str]:
        return browser.execute_script(
            "return [...document.querySelectorAll('.on')].map((each) => each.id || each.dataset.c)"
        )

    find(browser, "body").send_keys("j")
    assert browser.switch_to.active_element.get_attribute("id") == "c1"
    assert set(lit()) == {"1", "n1"}
    assert "asserted" in (browser.switch_to.active_element.get_attribute("data-words") or "")
    browser.switch_to.active_element.send_keys("j")
    assert browser.switch_to.active_element.get_attribute("id") == "c2"
    browser.switch_to.active_element.send_keys("k")
    assert browser.switch_to.active_element.get_attribute("id") == "c1"
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert lit() == []
    find(browser, ".keys input").click()  # the keys turned off: j is a letter again
    find(browser, "body").send_keys("j")
    assert lit() == []
    browser.save_screenshot(str(tmp_path / "reader.png"))
    assert complaints(browser) == []


def test_no_serious_finding_of_accessibility_in_the_reader(browser: Any, address: str) -> None:
    axe = pytest.importorskip("axe_core_python.selenium", reason="needs axe-core-python (the dev extra)")
    for page in ("/check", "/read/sohr-2016-06-03.html"):
        browser.get(f"{address}{page}")
        found = axe.Axe().run(browser)["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
