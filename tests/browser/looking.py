"""What tests in a browser share: a server on a free port, how a page is shown, and what is wrong with it."""

import json
import os
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

EXPECTED = ("GL Driver Message", "the server responded with a status")
SHOTS = "TRUCELINE_SHOTS"  # names a folder in which screenshots are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """How a page is shown: the window in CSS pixels, how many of the screen's make one, and the colour scheme."""

    name: str
    scheme: str
    width: int
    height: int
    scale: float = 1.0
    mobile: bool = False


DAY = Showing(name="light", scheme="light", width=1280, height=900)
NIGHT = Showing(name="dark", scheme="dark", width=1280, height=900)
PHONE = Showing(name="phone", scheme="light", width=390, height=844, scale=2, mobile=True)
PHONE_NIGHT = Showing(name="phone-dark", scheme="dark", width=390, height=844, scale=2, mobile=True)
ZOOMED = Showing(name="zoomed", scheme="light", width=640, height=450, scale=2)  # the first window at 200 %


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The application on a free port of this machine; gives its address."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="none"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    running.join(10)


@contextmanager
def shown_as(browser: Any, showing: Showing) -> Iterator[None]:
    """The window, its zoom and its colour scheme, put back afterwards."""
    screen = {"width": showing.width, "height": showing.height, "deviceScaleFactor": showing.scale}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**screen, "mobile": showing.mobile})
    scheme = [{"name": "prefers-color-scheme", "value": showing.scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def open_anew(browser: Any, address: str) -> None:
    """The page, with nothing left of what was said about an earlier one."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address)


def wait_for_map(browser: Any) -> None:
    """Until the map of the page, if it has one that moves, has drawn or given up."""
    from selenium.webdriver.support.ui import WebDriverWait

    settled = "return !document.querySelector('#map') || 'map' in document.documentElement.dataset"
    WebDriverWait(browser, 30).until(lambda each: each.execute_script(settled))


def complaints(browser: Any) -> list[str]:
    """What the console says, the driver's notes on slow rendering and the status of an error page left out."""
    said = [each["message"] for each in browser.get_log("browser")]
    return [each for each in said if not any(part in each for part in EXPECTED)]


def outside(browser: Any, address: str) -> list[str]:
    """Requests to anything but this address; `chrome:` pages are the browser's own."""
    events = [json.loads(each["message"])["message"] for each in browser.get_log("performance")]
    asked = [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
    return [each for each in asked if not each.startswith((address, "data:", "blob:", "about:", "chrome:"))]


@cache
def axe() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")


def barriers(browser: Any) -> list[str]:
    """What axe-core finds on the page that is serious or critical, with where."""
    browser.execute_script(axe())
    run = """
        const done = arguments[arguments.length - 1];
        const only = { resultTypes: ["violations"] };
        axe.run(document, only).then((found) => done(found.violations), (error) => done(String(error)));
    """
    found = browser.execute_async_script(run)
    assert isinstance(found, list), found
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


def overflow(browser: Any) -> list[str]:
    """What reaches beyond the right edge where the page as a whole can be pushed sideways."""
    return list(
        browser.execute_script(
            """
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            const right = (each) => Math.round(each.getBoundingClientRect().right);
            const out = [...document.querySelectorAll("body *")].filter((each) => right(each) > wide + 1);
            return out.slice(0, 5).map((each) => `${each.tagName}.${each.className} ${right(each)}`);
            """
        )
    )


def keep_shot(browser: Any, name: str, otherwise: Path) -> Path:
    """A screenshot: down to the foot into the folder that the environment names, else what is in view, elsewhere."""
    whole = os.environ.get(SHOTS)
    folder = Path(whole or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{re.sub(r'[^a-z0-9-]+', '_', name.lower()).strip('_') or 'front'}.png"
    if whole:
        import base64

        taken: Mapping[str, str] = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        path.write_bytes(base64.b64decode(taken["data"]))
    else:
        browser.save_screenshot(str(path))
    return path
