"""A second factor for the tests, and the time it goes by."""

import re
from datetime import datetime

from fastapi.testclient import TestClient
from people import PASSWORD, SAME, another, team_of, token_on

from truceline.testing import NOON
from truceline.web.second_factor import code_at, plain_recovery

TOTP = re.compile(r"six digits: <code>([A-Z2-7 ]+)</code>")
NOTE = re.compile(r'name="note" value="([^"]+)"')
CODES = re.compile(r"<li><code>([a-z2-7-]{19})</code>")
FACTOR = "/account/second-factor"


def set_clock(client: TestClient, now: datetime) -> None:
    """It is so late for everything of this service."""
    team_of(client)._now = lambda: now


def post(own: TestClient, path: str, *, on: str = "/account", **form: str) -> object:
    """A form as the page at `on` would send it."""
    return own.post(path, data={"token": token_on(own, on), **form}, headers=SAME)


def switch_on(own: TestClient, now: datetime = NOON) -> tuple[str, list[str]]:
    """The secret of a second factor that is now on, and its recovery codes."""
    shown = post(own, f"{FACTOR}/begin", on=FACTOR, password=PASSWORD).text
    totp, note = TOTP.search(shown)[1].replace(" ", ""), NOTE.search(shown)[1]
    answer = post(own, f"{FACTOR}/on", on=FACTOR, note=note, code=code_at(totp, now))
    assert answer.status_code == 200, answer.text
    codes = CODES.findall(answer.text)
    assert len(codes) == len(set(map(plain_recovery, codes))) == 10
    return totp, codes


def half_in(client: TestClient, login: str) -> TestClient:
    """A browser that has given the password and is asked for the code."""
    own = another(client)
    form = {"token": token_on(own, "/login"), "login": login, "password": PASSWORD, "next": "/map.html"}
    answer = own.post("/login", data=form, headers=SAME)
    assert answer.headers["location"] == "/login/code?next=%2Fmap.html"
    return own


def give_code(own: TestClient, code: str) -> object:
    return post(own, "/login/code", on="/login/code", code=code, next="/map.html")
