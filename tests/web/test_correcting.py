"""Correcting one incident: each way, and what cannot be."""

import re

import pytest
from fastapi.testclient import TestClient
from people import SAME, as_role, team_of
from views import small_view

from truceline.model.assessment import Verdict
from truceline.model.incident import Stance
from truceline.model.person import Role
from truceline.model.ruling import Ruling

VIEW = small_view()
INCIDENT = next(each for each in VIEW.incidents if each.id == "i-khan-tuman-air")
TOLD = [each.claim for each in INCIDENT.versions if each.stance is not Stance.DENIES]
ADDRESS = f"/incidents/{INCIDENT.id}/correct"
HIDDEN = re.compile(r'name="(token|seen|key)" value="([^"]*)"')


def form_on(own: TestClient) -> dict[str, object]:
    page = own.get(ADDRESS)
    assert page.status_code == 200, page.text
    return {**dict(HIDDEN.findall(page.text)), "why": "so it reads"}


def send(own: TestClient, **given: object) -> object:
    return own.post(ADDRESS, data={**form_on(own), **given}, headers=SAME)


def test_an_incident_is_split(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    answer = send(own, way="split", claim=TOLD[:1])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/incidents/{INCIDENT.id}.html#history")
    (decision,) = team_of(client).decisions()
    assert (decision.ruling, decision.claims, set(decision.others)) == (
        Ruling.DIFFERENT,
        tuple(TOLD[:1]),
        set(TOLD[1:]),
    )
    assert decision.proposed is not None
    assert decision.proposed.words == "one act"
    assert team_of(client).history(f"incident {INCIDENT.id}")[0].change.why == "so it reads"


def test_two_incidents_are_merged_by_the_address_of_the_other(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    answer = send(own, way="merge", other="http://127.0.0.1:8000/incidents/i-aleppo-shelling.html")
    assert answer.status_code == 303
    (decision,) = team_of(client).decisions()
    assert (decision.ruling, set(decision.claims), set(decision.others)) == (Ruling.SAME, set(TOLD), {"c01", "c03"})


@pytest.mark.parametrize(
    ("given", "ruling", "field", "value"),
    [
        ({"way": "place", "place": "unknown"}, Ruling.PLACE, "place", None),
        ({"way": "time", "since": "unknown"}, Ruling.TIME, "start", None),
        ({"way": "verdict", "verdict": "contested"}, Ruling.VERDICT, "verdict", Verdict.CONTESTED),
        ({"way": "actor", "words": "Warplanes", "actor": "unknown"}, Ruling.ACTOR, "actor", None),
        ({"way": "reject", "claim": TOLD[:1]}, Ruling.REJECT, "claims", tuple(TOLD[:1])),
    ],
)
def test_what_is_put_right_stands_in_its_field(
    client: TestClient, given: dict[str, object], ruling: Ruling, field: str, value: object
) -> None:
    own = as_role(client, Role.REVIEWER)
    if given["way"] == "actor":
        told = next(each for each in VIEW.tellings if each.claim in TOLD and each.agents)
        given = {**given, "words": told.agents[0].words, "claim": [told.claim]}
    answer = send(own, **given)
    assert answer.status_code == 303, answer.text
    (decision,) = team_of(client).decisions()
    assert (decision.ruling, getattr(decision, field)) == (ruling, value)
    assert team_of(client).verify().faults == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "choose what"),
        ({"way": "split"}, "mark some"),
        ({"way": "split", "claim": TOLD}, "not all"),
        ({"way": "merge", "other": "i-none"}, "other incident"),
        ({"way": "merge", "other": "i-khan-tuman-air"}, "other incident"),
        ({"way": "reject"}, "mark the claims"),
        ({"way": "reject", "claim": ["c99"]}, "mark the claims"),
        ({"way": "place", "place": "Nowhere at all"}, "no place has"),
        ({"way": "time", "since": "yesterday"}, "no day or moment"),
        ({"way": "time", "since": "2016-06-03", "until": "2016-06-01"}, "before since"),
        ({"way": "actor", "words": "", "actor": "unknown"}, "which words"),
        ({"way": "place", "place": "unknown", "why": " "}, "on what grounds"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(client: TestClient, given: dict[str, object], said: str) -> None:
    own = as_role(client, Role.REVIEWER)
    answer = send(own, **given)
    assert answer.status_code == 400
    assert said in answer.text
    assert team_of(client).decisions() == ()


def test_who_may_not_decide_may_not_correct(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    assert own.get(ADDRESS).status_code == 403
    assert own.post(ADDRESS, data={}, headers=SAME).status_code == 403


def test_an_incident_that_is_none_is_404(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    assert own.get("/incidents/i-none/correct").status_code == 404
