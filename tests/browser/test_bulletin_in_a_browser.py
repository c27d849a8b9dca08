"""Two editors in a real browser: one words a bulletin, the other approves and publishes it; a comment; no complaint."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from looking import barriers, complaints, serving

sys.path[:0] = [str(Path(__file__).parents[1] / each) for each in ("publish", "web")]

pytestmark = pytest.mark.browser
pytest.importorskip("uvicorn", reason="needs uvicorn")
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
SAID = "Reports per observed day rose against the week before."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own on a free port, with two editors."""
    from people import make_account
    from served import fill, make_client
    from views import small_view

    from truceline.model.person import Role

    folder = tmp_path_factory.mktemp("served") / "register"
    fill(folder, small_view())
    client = make_client(small_view(), folder)
    for name in ("rima", "omar"):
        make_account(client, Role.EDITOR, name)
    with serving(client.app) as running:
        yield running


def log_in(browser: Any, address: str, name: str) -> None:
    from people import PASSWORD

    browser.delete_all_cookies()
    browser.get(f"{address}/login")
    find(browser, "[name=login]").send_keys(name)
    find(browser, "[name=password]").send_keys(PASSWORD)
    find(browser, ".entrance button").click()
    wait_for(browser, lambda: browser.current_url == f"{address}/")


def find(browser: Any, selector: str) -> Any:
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)


def press(browser: Any, words: str) -> None:
    """The button of these words, where a reader would have scrolled to it."""
    from selenium.webdriver.common.by import By

    button = browser.find_element(By.XPATH, f"//button[starts-with(normalize-space(), '{words}')]")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    browser.execute_script("window.leaving = true")
    button.click()
    wait_for(browser, lambda: browser.execute_script("return !window.leaving && document.readyState === 'complete'"))


def wait_for(browser: Any, is_so: Callable[[], bool]) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 20).until(lambda _: is_so())


def findings(browser: Any) -> list[str]:
    """What axe-core finds serious, and what the console complains of."""
    return [*barriers(browser), *complaints(browser)]


def test_a_bulletin_goes_from_one_editor_to_the_other_and_out(browser: Any, address: str, tmp_path: Path) -> None:
    pytest.importorskip("axe_core_python", reason="needs axe-core-python (the dev extra)")
    log_in(browser, address, "rima")
    browser.get(f"{address}/bulletins")
    assert findings(browser) == []
    press(browser, "Draft a bulletin")
    words = find(browser, "[name=statement-0]")
    words.clear()
    words.send_keys(SAID)
    press(browser, "Keep the draft")
    assert find(browser, ".machine p:last-of-type").text.startswith("Reported incidents per observed day rose")
    assert findings(browser) == []
    assert "Four eyes" in find(browser, "main").text
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= PHONE["width"]
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    place = browser.current_url
    log_in(browser, address, "omar")
    browser.get(place)
    press(browser, "Approve version")
    press(browser, "Publish edition")
    assert browser.current_url == place.removesuffix("/edit")
    assert SAID in find(browser, ".issue").text
    assert findings(browser) == []
    browser.save_screenshot(str(tmp_path / "published.png"))


def test_a_comment_is_written_and_erased_without_script(browser: Any, address: str) -> None:
    log_in(browser, address, "rima")
    browser.get(f"{address}/incidents/i-khan-tuman-air.html")
    find(browser, ".say textarea").send_keys("See the photographs.")
    press(browser, "Comment")
    assert "See the photographs." in find(browser, ".comments").text
    assert findings(browser) == []
    press(browser, "Erase")
    assert "Erased by its writer" in find(browser, ".comments").text
