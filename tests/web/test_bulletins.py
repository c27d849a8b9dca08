"""A bulletin of the team: drafted, worded, approved by another, published for good, corrected, withdrawn."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from people import SAME, another, as_role, log_in, make_account, team_of
from served import fill
from views import small_view

from truceline.model.assessment import Verdict
from truceline.model.person import Role
from truceline.model.view import View
from truceline.store.bulletins import all_versions, latest_version

HIDDEN = re.compile(r'<input type="hidden" name="(token|seen|key)" value="([^"]*)">')
FORM = re.compile(r'<form [^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<input(?: [^>]*)? name="([\w-]+)"(?: [^>]*)? value="([^"]*)"|name="([\w-]+)"[^>]*>\n?([^<]*)</textarea>')


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
        page = own.get(f"{self.path}/edit").text if what in ("approve", "publish", "drop") else own.get(self.path).text
        form = forms_on(page).get(what) or {**dict(HIDDEN.findall(page))}
        return own.post(f"{self.path}/{what}", data=form | changed, headers=SAME)

    def publish(self) -> None:
        assert self.step("approve").status_code == 303
        assert self.step("publish").status_code == 303

    def state(self) -> str:
        with team_of(self.client).reading() as connection:
            found = latest_version(connection, self.id)
        assert found is not None
        return found.state.value


@pytest.fixture
def desk(client: TestClient) -> Desk:
    return Desk(client)


@pytest.fixture
def move_on(tmp_path: Path) -> Callable[[View], None]:
    """The register filled anew, as a later run does."""
    return lambda view: fill(tmp_path / "register", view)


def later_view() -> View:
    """A register in which one incident is gone and the contested one is held to be a violation."""
    view = small_view()
    incidents = tuple(each for each in view.incidents if each.id != "i-kammouna")
    assessments = tuple(
        replace(each, verdict=Verdict.VIOLATION) if each.incident == "i-khan-tuman-air" else each
        for each in view.assessments
        if each.incident != "i-kammouna"
    )
    return replace(view, incidents=incidents, assessments=assessments)


def test_a_bulletin_walks_from_draft_to_published_between_two_editors(desk: Desk) -> None:
    assert desk.save(statement_0="Reports per observed day rose.", note="Read section 11 first.").status_code == 303
    assert desk.state() == "draft"
    desk.publish()
    assert desk.state() == "published"
    make_account(desk.client, Role.VIEWER)
    reader = log_in(desk.client, "viewer")
    page = reader.get(desk.path).text
    assert "Reports per observed day rose." in page
    assert "Read section 11 first." in page
    assert "written by one editor, approved by another" in page
    assert "Name of rima" not in page
    assert "Name of omar" in desk.rima.get(desk.path).text
    assert desk.id in reader.get("/bulletins").text
    assert team_of(desk.client).verify().faults == ()
