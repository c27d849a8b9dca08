"""People in a real browser: the first link, a second factor, letting somebody in, the ledger; and axe on every page."""

import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / each) for each in ("publish", "web")]

pytestmark = pytest.mark.browser
uvicorn = pytest.importorskip("uvicorn", reason="needs uvicorn")
axe = pytest.importorskip("axe_core_python.selenium", reason="needs axe-core (the dev extra)")
PASSWORD = "a long sentence, to remember"  # noqa: S105  of the tests
TOTP = re.compile(r"six digits: <code>([A-Z2-7 ]+)<")
LOOKS = (("light", 1280), ("dark", 1280), ("light", 390), ("dark", 640))  # 640: 1280 at 200 %


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """A service of our own without an account, and a client that shares its register."""
    from served import fill, make_client
    from views import small_view

    folder = tmp_path_factory.mktemp("accounts") / "register"
    fill(folder, small_view())
    client = make_client(small_view(), folder)
    server = uvicorn.Server(uvicorn.Config(client.app, host="127.0.0.1", port=0, log_level="warning", ws="none"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", client
    server.should_exit = True
    running.join(10)


class Hand:
    """Looks, types and clicks; `folder` takes the pictures."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser, self.folder = browser, folder

    def find(self, selector: str) -> Any:
        from selenium.webdriver.common.by import By

        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def send(self, form: str, heading: str = "", **typed: str) -> None:
        """A form filled in, sent, and the page that answers."""
        from selenium.webdriver.support.ui import WebDriverWait

        before, sent = self.find("html"), f"form[action$='{form}']" if form else "form.entrance"
        for name, value in typed.items():
            field = self.find(f"{sent} input[name='{name}']")
            field.clear()
            field.send_keys(value)
        self.find(f"{sent} button").click()
        WebDriverWait(self.browser, 20).until(lambda _browser: is_gone(before))
        WebDriverWait(self.browser, 20).until(lambda _browser: heading in self.find("h1").text)

    def look(self, name: str) -> None:
        """Nothing serious found by axe, in light and dark, wide, at 200 % and on a phone, where nothing sticks out."""
        for scheme, width in LOOKS:
            self.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 1000}
            self.tell("Emulation.setDeviceMetricsOverride", **size)
            found = axe.Axe().run(self.browser)["violations"]
            told = [(each["id"], [one["html"] for one in each["nodes"]]) for each in found]
            serious = [each for each, one in zip(told, found, strict=True) if one["impact"] in ("serious", "critical")]
            assert serious == [], (name, scheme, width)
            assert self.browser.execute_script("return document.documentElement.scrollWidth") <= width, (name, width)
            self.browser.save_screenshot(str(self.folder / f"{name}-{scheme}-{width}.png"))
        self.tell("Emulation.clearDeviceMetricsOverride")

    def tell(self, what: str, **how: Any) -> None:
        self.browser.execute_cdp_cmd(what, how)


def is_gone(element: Any) -> bool:
    from selenium.common.exceptions import WebDriverException

    try:
        return element.tag_name is None
    except WebDriverException:
        return True


@pytest.mark.slow
def test_an_admin_comes_in_makes_it_safe_and_lets_somebody_in(
    browser: Any, served: tuple[str, Any], tmp_path: Path
) -> None:
    from datetime import timedelta

    from factor import set_clock
    from people import first_link

    from truceline.testing import NOON
    from truceline.web.second_factor import code_at

    address, client = served
    hand = Hand(browser, tmp_path)
    browser.get(f"{address}{first_link(client)}")
    hand.look("join")
    hand.send("", name="Rima Haddad", login="rima", password=PASSWORD, again=PASSWORD)
    browser.get(f"{address}/account")
    hand.look("account")
    hand.send("account/tokens", "A new token", name="notebook")
    hand.look("token")
    browser.get(f"{address}/account/second-factor")
    hand.look("factor")
    hand.send("second-factor/begin", "Show this", password=PASSWORD)
    hand.look("picture")
    totp = TOTP.search(browser.page_source)[1].replace(" ", "")
    hand.send("second-factor/on", "is on", code=code_at(totp, NOON))
    hand.look("recovery")
    browser.get(f"{address}/account")
    hand.send("logout", "Log in")
    hand.look("login")
    later = NOON + timedelta(minutes=2)
    set_clock(client, later)
    hand.send("/login", "The code", login="rima", password=PASSWORD)
    hand.look("code")
    hand.send("/login/code", code=code_at(totp, later))
    browser.get(f"{address}/people")
    hand.look("people")
    hand.find("input[value=reviewer]").click()
    hand.send("people/invite", "A link", why="Karim, from June on")
    hand.look("link")
    browser.get(f"{address}/people")
    hand.find("tbody th a").click()
    hand.look("person")
    browser.get(f"{address}/ledger")
    hand.send("ledger/verify", "Ledger")
    assert "It holds" in hand.find("main").text
    hand.look("ledger")
    assert [each["message"] for each in browser.get_log("browser") if "GL Driver" not in each["message"]] == []
    assert len(list(tmp_path.glob("*.png"))) == 12 * len(LOOKS)
