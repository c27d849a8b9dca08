"""Map, timeline and table of the register, bound together: by pointer, by keyboard, and whole without a script."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from looking import DAY, complaints, keep_shot, open_anew, outside, serving, shown_as, wait_for_map

sys.path[:0] = [str(Path(__file__).parents[1] / each) for each in ("publish", "web")]

pytestmark = pytest.mark.browser
pytest.importorskip("uvicorn", reason="needs uvicorn")

FOCUSED = """
    const each = document.activeElement;
    const look = getComputedStyle(each);
    const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
    return [each.id || each.name || each.getAttribute("class") || each.tagName, ring || each === document.body];
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from served import fill, make_client
    from views import small_view

    folder = tmp_path_factory.mktemp("served") / "register"
    fill(folder, small_view())
    with serving(make_client(small_view(), folder).app) as found:
        yield found


@pytest.fixture
def register(browser: Any, address: str) -> Iterator[Any]:
    """The register in a browser, its map drawn."""
    with shown_as(browser, DAY):
        open_anew(browser, f"{address}/?party=side:government")
        wait_for_map(browser)
        yield browser
        assert complaints(browser) == []
        assert outside(browser, address) == []


def find(browser: Any, selector: str) -> Any:
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)


def wait_until(browser: Any, is_so: Any) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 20).until(is_so)


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def test_days_dragged_over_are_the_days_asked_for(register: Any, address: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    drawing = find(register, "#timeline")
    register.execute_script("arguments[0].scrollIntoView()", drawing)
    across = drawing.size["width"]
    days = int(drawing.get_attribute("data-days"))
    at = [round(across * ((nth + 0.5) / days - 0.5)) for nth in (2, 4)]
    hold = ActionChains(register, duration=50).move_to_element_with_offset(drawing, at[0], 0).click_and_hold()
    hold.move_to_element_with_offset(drawing, at[1], 0).release().perform()
    wait_until(register, lambda each: "from=" in each.current_url)
    first = date.fromisoformat(find(register, "#timeline").get_attribute("data-first"))
    asked = register.current_url.partition("?")[2].split("&")
    assert sorted(asked) == [f"from={first}", "party=side%3Agovernment", f"to={first + timedelta(days=2)}"]


def test_arrows_walk_the_bars_and_enter_asks_for_their_days(register: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    stops = register.execute_script("return document.querySelectorAll(\"#timeline a[tabindex='0']\").length")
    assert stops == 1  # one stop on the way to the table, however many bars there are
    register.execute_script("document.querySelector(\"#timeline a[tabindex='0']\").focus()")
    before = register.execute_script("return document.activeElement.getAttribute('href')")
    press(register, Keys.ARROW_LEFT)
    wanted = register.execute_script("return document.activeElement.getAttribute('href')")
    assert wanted != before
    press(register, Keys.ENTER)
    wait_until(register, lambda each: each.current_url.endswith(wanted.removeprefix(".")))


def test_a_place_in_a_row_is_shown_and_its_mark_leads_back_to_the_row(register: Any, tmp_path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    button = find(register, "tr[id^='r-'] button.to-map")
    row = register.execute_script("return arguments[0].closest('tr').id", button)
    button.click()
    assert find(register, "#panel li a").is_displayed()
    assert register.execute_script("return document.querySelector('tr.aimed').id") == row
    assert register.execute_script("return document.activeElement.classList.contains('maplibregl-canvas')")
    keep_shot(register, "register-chosen", tmp_path)

    register.execute_script("document.querySelector('tr.aimed').classList.remove('aimed')")
    register.execute_script("document.getElementById('panel').hidden = true")
    wait_until(register, lambda each: each.execute_script("return !document.querySelector('.maplibregl-moving')"))
    ActionChains(register).move_to_element(find(register, ".maplibregl-canvas")).pause(0.5).click().perform()
    wait_until(register, lambda each: each.execute_script("return Boolean(document.querySelector('tr.aimed'))"))
    assert find(register, "#panel").is_displayed()
    aimed = register.execute_script("return [...document.querySelectorAll('tr.aimed')].map((each) => each.id)")
    assert row in aimed
    holder = register.execute_script("const e = document.activeElement; return (e.closest('tr') || e).id")
    assert holder == (row if aimed == [row] else "panel")


def test_the_map_shows_what_the_filters_leave(register: Any) -> None:
    rows = register.execute_script("return document.querySelectorAll(\"tr[id^='r-']\").length")
    assert 0 < rows < 9
    assert int(find(register, "#map").get_attribute("data-count")) == rows
    assert find(register, "#map canvas").is_displayed()
    assert not find(register, ".still").is_displayed()
    assert "Choose a mark" in find(register, "#map-said").text


def test_the_keyboard_alone_reaches_everything_and_sees_where_it_is(register: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    register.execute_script("window.scrollTo(0, 0); document.activeElement.blur()")
    reached, unseen = [], []
    for _ in range(80):
        press(register, Keys.TAB)
        name, is_seen = register.execute_script(FOCUSED)
        reached.append(name)
        if not is_seen:
            unseen.append(name)
        if name == "BODY":
            break
    assert reached[0] == "skip"
    assert unseen == []
    order = [
        next(nth for nth, name in enumerate(reached) if part in name)
        for part in ("q", "grade", "maplibregl-canvas", "to-map")
    ]
    assert order == sorted(order)
    assert {"q", "from", "to", "kind", "party", "verdict", "source", "grade"} <= set(reached)


def test_the_skip_link_leads_past_the_bar(register: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    register.execute_script("window.scrollTo(0, 0); document.activeElement.blur()")
    press(register, Keys.TAB)
    assert find(register, ".skip").location["x"] >= 0
    press(register, Keys.ENTER)
    assert register.execute_script("return document.activeElement.id") == "main"


def test_without_a_script_the_days_and_the_picture_still_lead_on(browser: Any, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/")
        assert find(browser, ".still svg").is_displayed()
        assert not find(browser, "#map").is_displayed()
        find(browser, ".over-time summary").click()
        find(browser, ".over-time tbody a").click()
        wait_until(browser, lambda each: "from=" in each.current_url)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
