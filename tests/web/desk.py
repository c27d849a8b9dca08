"""Two editors at work on a bulletin, through the forms of the pages."""

import re
from html import unescape
from typing import Any

from fastapi.testclient import TestClient
from people import SAME, log_in, make_account, team_of

from truceline.model.person import Role
from truceline.store.bulletins import latest_version

HIDDEN = re.compile(r'<input type="hidden" name="(token|seen|key)" value="([^"]*)">')
FORM = re.compile(r'<form [^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(
    r'<input(?: [^>]*)? name="([\w-]+)"(?: [^>]*)? value="([^"]*)"|name="([\w-]+)"[^>]*>\n?([^<]*)</textarea>'
)


def forms_on(page: str) -> dict[str, dict[str, str]]:
    """The forms of a page with all that they send, by the last part of their address."""
    found = {}
    for action, inner in FORM.findall(page):
        fields = {}
        for name, value, area, words in FIELD.findall(inner):
            if not name.startswith("out-"):
                fields[name or area] = unescape(value or words)
        found[action.rpartition("/")[2]] = fields
    return found


class Desk:
    """Two editors at work on one bulletin."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        make_account(client, Role.EDITOR, "rima")
        make_account(client, Role.EDITOR, "omar")
        self.rima, self.omar = log_in(client, "rima"), log_in(client, "omar")
        form = forms_on(self.rima.get("/bulletins").text)["bulletins"]
        answer = self.rima.post("/bulletins", data=form, headers=SAME)
        assert answer.status_code == 303, answer.text
        self.path = answer.headers["location"].removesuffix("/edit")
        self.id = self.path.rpartition("/")[2]

    def forms(self, own: TestClient | None = None) -> dict[str, dict[str, str]]:
        return forms_on((own or self.rima).get(f"{self.path}/edit").text)

    def save(self, own: TestClient | None = None, **changed: str) -> Any:
        own = own or self.rima
        form = self.forms(own)["edit"] | {name.replace("_", "-"): words for name, words in changed.items()}
        return own.post(f"{self.path}/edit", data=form, headers=SAME)

    def step(self, what: str, own: TestClient | None = None, **changed: str) -> Any:
        own = own or self.omar
        asked = own.get(self.path if what in ("correct", "withdraw") else f"{self.path}/edit")
        page = asked.text if asked.status_code == 200 else own.get(f"{self.path}/edit").text
        form = forms_on(page).get(what) or dict(HIDDEN.findall(page))
        return own.post(f"{self.path}/{what}", data=form | changed, headers=SAME)

    def publish(self) -> None:
        assert self.step("approve").status_code == 303
        assert self.step("publish").status_code == 303

    def state(self) -> str:
        with team_of(self.client).reading() as connection:
            found = latest_version(connection, self.id)
        assert found is not None
        return found.state.value
