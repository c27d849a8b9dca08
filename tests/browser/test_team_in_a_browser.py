"""A day of a team in a real browser: the printed link, a text checked, the map, ten reviews by keyboard."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from looking import complaints, keep_shot, open_anew, outside, wait_for_map

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "web")]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
pytest.importorskip("uvicorn", reason="needs uvicorn")
MISSION = ROOT / "missions" / "syria-2016"
ARTICLE = ROOT.parent / "shared" / "cases" / "article-2016-06.txt"
PASSWORD = "a long sentence, to remember"  # noqa: S105  of the tests
DISPATCH = "Warplanes struck Khan Tuman south of Aleppo on Friday, the Observatory said.\nThe ministry denied it.\n"


def truceline(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "truceline", *map(str, arguments)]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    """A service started as a user starts it: its address, the printed link, the register's folder."""
    from soak import free_port

    folder = tmp_path_factory.mktemp("team")
    register = folder / "register"
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1", "TRUCELINE_FETCH": "off"}
    made = truceline("run", "-m", MISSION, "--register", register, "--out", folder / "out")
    subprocess.run(made, check=True, env=environment, capture_output=True)
    port = free_port()
    command = truceline("serve", "-m", MISSION, "--register", register, "--port", port)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            address = running.stdout.readline().split()[-1].rstrip("/")
            link = re.search(r"http\S+/join/\S+", running.stdout.readline())
            assert link is not None
            wait_until_it_answers(address)
            yield address, link[0], register
        finally:
            running.terminate()


def wait_until_it_answers(address: str) -> None:
    import httpx

    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/login", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the service did not answer")


@pytest.fixture(scope="module")
def team(browser: Any, started: tuple[str, str, Path]) -> tuple[Any, str, Path]:
    """The browser, logged in as the first admin."""
    address, link, register = started
    open_anew(browser, link)
    for name, value in (("name", "Rima Haddad"), ("login", "rima"), ("password", PASSWORD), ("again", PASSWORD)):
        find(browser, f"form.entrance [name={name}]").send_keys(value)
    find(browser, "form.entrance button").click()
    wait_for(browser, lambda: find(browser, ".bar a[href$=account]").text == "Rima Haddad")
    return browser, address, register


def find(browser: Any, selector: str) -> Any:
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)


def wait_for(browser: Any, is_so: Any, seconds: int = 60) -> None:
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
    from selenium.webdriver.support.ui import WebDriverWait

    gone = (NoSuchElementException, StaleElementReferenceException)
    WebDriverWait(browser, seconds, ignored_exceptions=gone).until(lambda _: is_so())


def quiet(browser: Any, address: str) -> None:
    assert complaints(browser) == []
    assert outside(browser, address) == []


def test_the_printed_link_makes_the_first_admin_and_works_once(
    team: tuple[Any, str, Path], started: tuple[str, str, Path], tmp_path: Path
) -> None:
    browser, address, _ = team
    keep_shot(browser, "first login", tmp_path)
    quiet(browser, address)
    open_anew(browser, started[1])
    assert "used, has ended or never was" in find(browser, "main").text


def test_an_article_is_pasted_and_checked(team: tuple[Any, str, Path], tmp_path: Path) -> None:
    browser, address, _ = team
    open_anew(browser, f"{address}/check")
    text = ARTICLE.read_text(encoding="utf-8") if ARTICLE.is_file() else DISPATCH
    browser.execute_script("document.querySelector('textarea').value = arguments[0]", text)
    find(browser, ".paste button").click()
    wait_for(browser, lambda: "not stored" in find(browser, ".article-head").text, seconds=120)
    assert browser.execute_script("return document.querySelectorAll('#text .claim').length") > (
        5 if text != DISPATCH else 0
    )
    keep_shot(browser, "article checked", tmp_path)
    quiet(browser, address)


def test_the_map_is_filtered(team: tuple[Any, str, Path], tmp_path: Path) -> None:
    from selenium.webdriver.support.ui import Select

    browser, address, _ = team
    open_anew(browser, f"{address}/")
    Select(find(browser, "select[name=kind]")).select_by_visible_text("Air or drone strike")
    find(browser, ".filters button").click()
    wait_for(browser, lambda: "kind=air" in browser.current_url)
    wait_for_map(browser)
    drawn = int(find(browser, "#map").get_attribute("data-count"))
    assert 0 < drawn < int(find(browser, ".lead").text.split(" of ")[1].split()[0].replace(",", ""))
    keep_shot(browser, "map filtered", tmp_path)
    quiet(browser, address)


def test_ten_items_are_reviewed_by_keyboard_alone(team: tuple[Any, str, Path], tmp_path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    from truceline.store.sqlite import open_team
    from truceline.testing import NOON

    browser, address, register = team
    open_anew(browser, f"{address}/review")
    wait_for(browser, lambda: "Begin with the first" in find(browser, "main").text)
    browser.get(f"{address}/review/next")
    keep_shot(browser, "review", tmp_path)
    for number in range(10):
        here = browser.current_url
        keys = ActionChains(browser)
        if number == 3:  # leave one for later, come back
            keys.send_keys("j").perform()
            wait_for(browser, lambda here=here: browser.current_url != here)
            ActionChains(browser).send_keys("k").perform()
            wait_for(browser, lambda here=here: browser.current_url == here)
            keys = ActionChains(browser)
        keys.send_keys("a").send_keys("w").send_keys(f"Read by keyboard, {number}").send_keys(Keys.ENTER).perform()
        wait_for(browser, lambda here=here: browser.current_url != here and "/review/" in browser.current_url)
    quiet(browser, address)
    with open_team(register, now=lambda: NOON) as kept:
        decisions = [each for each in kept.decisions() if each.why.startswith("Read by keyboard")]
        assert len({each.item for each in decisions}) == len(decisions) == 10
        assert {each.by for each in decisions} == {"Rima Haddad"}
        assert kept.verify().faults == ()
