"""Every address of the service, asked for under every profile: nothing withheld is in any answer.

The addresses are those of the application itself, so that a new one is walked as soon as it is there. Where it has a
parameter that is not known here, the test fails until it is told what to ask for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from canaries import EVERY, HIDDEN, LEAK, NOW, SOURCE, find_markers, keep, world
from fastapi.testclient import TestClient
from served import BASE, READER
from starlette.routing import Route

from truceline.flow.tools import Tools, any_time
from truceline.model.bulletin import Hand
from truceline.model.person import Account, Right, Role
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.publish.drawing import ground
from truceline.publish.facts import ViewFacts
from truceline.publish.plots import find_plots
from truceline.publish.release import Releasing
from truceline.store.bulletins import add_version
from truceline.store.sqlite import open_register, open_team
from truceline.testing import NOON
from truceline.vocab.release import profile_named
from truceline.web import Keeper, make_app
from truceline.web.drafting import frozen_now, start, values_of
from truceline.web.routes.files import ASSETS, DATA, OWN
from truceline.web.visitor import Visitor, Visitors

PROFILES = tuple(HIDDEN)
VIEW = world()
INCIDENTS = [each.id for each in VIEW.incidents]
DOCUMENTS = [each.id for each in VIEW.documents]
# What the parameters in an address stand for.
ASKED: dict[str, list[str]] = {
    "/assets/{name}": [*ASSETS, *OWN, "map-outlines.js", "map-incidents.js", "ground-SY.svg"],
    "/data/{name}": list(DATA),
    "/incidents/{name}.csv": INCIDENTS,
    "/incidents/{name}.html": INCIDENTS,
    "/documents/{name}.html": DOCUMENTS,
    "/read/{name}.html": DOCUMENTS,
    "/api/v1/incidents/{id}": INCIDENTS,
    "/api/v1/documents/{id:path}": DOCUMENTS,
    "/api/v1/readings/{id:path}": DOCUMENTS,
    "/incidents/{name}/correct": INCIDENTS,
    "/incidents/{name}.geojson": INCIDENTS,
    "/api/v1/incidents/{name}/history": INCIDENTS,
    "/join/{secret}": ["none"],
    "/join/{secret}/provider": ["none"],
    "/people/{id}": ["none"],
}
# Views that are asked for by a query; what is asked for is no marker, for a page repeats it.
QUERIES: dict[str, list[str]] = {
    "/": ["?q=khan", "?kind=shelling", "?from=2016-06-03&to=2016-06-05", "?source=agency", "?verdict=alleged"],
    "/incidents.csv": ["?q=khan", "?source=agency"],
    "/api/v1/incidents": ["?limit=3", "?q=khan", "?grade=C3", "?party=rus.vks"],
    "/api/v1/incidents.geojson": ["?q=khan"],
    "/api/v1/search": ["?q=khan", "?q=depot", "?q=daraya"],
    "/api/v1/documents": ["?limit=2"],
}


def match_every(_telling: Telling, view: View) -> list[Any]:
    """A claim could belong to whatever is held."""
    return [SimpleNamespace(incident_id=each.id, reasons=("told",)) for each in view.incidents]


@dataclass(frozen=True)
class AsProfile:
    """The application as those see it who are shown a profile and may do everything."""

    app: Any
    profile: str

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope["as profile"] = self.profile
        await self.app(scope, receive, send)


async def find_of_profile(self: Visitors, scope: Any) -> Visitor:
    """Whoever asks, shown the profile that the test asks for, else that of nobody."""
    found = await FIND(self, scope)
    profile = scope.get("as profile")
    return found if profile is None else replace(found, release=profile, rights=frozenset(Right), account=TESTER)


FIND = Visitors.find
TESTER = Account(id="tester", login="tester", name="Tester", role=Role.ADMIN, made_at=NOW)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("register")
    with open_register(folder, now=NOON, writing=True) as register, register.writing() as writer:
        keep(writer, READER)
    tools = replace(
        Tools.for_mission(VIEW.mission, now=NOW), make_reader=lambda: READER, match=match_every, find_reach=any_time
    )
    keeper = Keeper(VIEW.mission, folder, tools=tools, now=lambda: NOW)
    with pytest.MonkeyPatch.context() as patched, open_team(folder, now=lambda: NOON) as team:
        patched.setattr(Visitors, "find", find_of_profile)
        made = make_app(keeper, team)
        waiting = TestClient(AsProfile(made, "internal"), base_url=BASE).get("/api/v1/review?limit=200").json()["items"]
        assert waiting
        ASKED.update({each: [one["id"] for one in waiting] for each in ("/review/{id}", "/api/v1/review/{id}")})
        watch = keeper.held("internal").whole.view.watch
        assert watch is not None
        ASKED["/data/plots/{name}"] = [
            f"{each.name}.{kind}" for each in find_plots(watch) for kind in ("csv", "vl.json")
        ]
        bulletins = {each: publish_for(made, keeper, each) for each in PROFILES if each in ("public", "internal")}
        for path in ("/bulletins/{id}", "/bulletins/{id}/edit", "/bulletins/{id}/preview", "/api/v1/bulletins/{id}"):
            ASKED[path] = list(bulletins.values())
        ASKED.update({f"/bulletins/{{id}}/1{each}": list(bulletins.values()) for each in ("", "/bulletin.html")})
        yield made
    keeper.close()


def publish_for(app: Any, keeper: Keeper, profile: str) -> str:
    """The id of a bulletin that was published for a profile."""
    hand = Hand(by="tester", at=NOON)
    draft, values = start(keeper.held(profile), profile=profile, hand=hand)
    done, contents = frozen_now(replace(draft, approved=hand), values_of(values), keeper.held(profile), hand)
    with app.state.team.writing(who="tester") as desk:
        add_version(desk, done, what="bulletin.published", contents=contents)
    return done.id


def client_of(app: Any, profile: str) -> TestClient:
    return TestClient(AsProfile(app, profile), base_url=BASE, follow_redirects=False)


def routes_of(routes: Iterable[Any]) -> Iterator[Route]:
    """Every route of an application, those of its parts too."""
    for each in routes:
        if hasattr(each, "original_router"):
            yield from routes_of(each.original_router.routes)
        else:
            assert isinstance(each, Route), f"{each} answers in a way that this test cannot walk"
            yield each


def addresses(app: Any) -> list[str]:
    """Every address that can be asked for, its parameters filled in."""
    found: list[str] = []
    for route in routes_of(app.routes):
        path = route.path
        if "GET" not in (route.methods or ()):
            continue
        if "{" in path:
            path = path.replace("{edition}", "1").replace("/1/{name}", "/1/bulletin.html")
            assert path in ASKED, f"{path} is a new address: say in ASKED what its parameters stand for"
            found += [re.sub(r"\{[^}]*\}", each, path, count=1) for each in ASKED[path]]
        else:
            found += [path, *(f"{path}{query}" for query in QUERIES.get(path, ()))]
    return found


def told(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    return "\n".join([*(f"{name}: {value}" for name, value in answer.headers.items()), answer.text])


@pytest.mark.parametrize("profile", PROFILES)
def test_no_answer_holds_what_the_profile_withholds(app: Any, profile: str) -> None:
    client = client_of(app, profile)
    listed = client.get("/api/v1/incidents?limit=3").json()
    later = []
    while listed["next"]:
        later.append(listed["next"])
        listed = client.get(listed["next"]).json()
    asked = [*addresses(app), *later]
    found = {(each, marker) for each in asked for marker in find_markers(told(client, each), HIDDEN[profile])}
    # The bulletin on paper is printed from the record that bulletin.html shows; its fonts hold no letters.
    assert not found


def test_every_marker_is_told_where_everything_is_released(app: Any) -> None:
    client = client_of(app, "internal")
    everything = " ".join(told(client, each) for each in addresses(app))
    assert find_markers(everything, EVERY) == list(EVERY)


def test_whoever_is_nobody_is_answered_as_the_public(app: Any) -> None:
    nobody = TestClient(app, base_url=BASE, follow_redirects=False, client=("127.0.0.1", 50000))
    public = client_of(app, "public")
    for each in (
        "/api/v1/incidents",
        "/api/v1/documents",
        "/data/claims.csv",
        "/data/sources.csv",
        "/api/v1/claims.jsonl",
    ):
        assert nobody.get(each).text == public.get(each).text


TWINS = {
    "/incidents/{}.html": ("i-narwhal", "i-nowhere"),
    "/incidents/{}.csv": ("i-narwhal", "i-nowhere"),
    "/api/v1/incidents/{}": ("i-capybara", "i-nowhere"),
    "/documents/{}.html": (LEAK.id, "nowhere-2016-06-03"),
    "/read/{}.html": (LEAK.id, "nowhere-2016-06-03"),
    "/?source={}": (SOURCE.id, "nobody-at-all"),
    "/api/v1/incidents?source={}": (SOURCE.id, "nobody-at-all"),
    "/api/v1/search?q={}": ("okapisecret", "nothingofit"),
    "/?q={}": ("okapisecret", "nothingofit"),
}


@pytest.mark.parametrize("address", TWINS)
def test_what_is_withheld_is_answered_like_what_never_was(app: Any, address: str) -> None:
    client = client_of(app, "public")
    held, never = (client.get(address.format(each)) for each in TWINS[address])
    withheld, nowhere = TWINS[address]
    assert held.status_code == never.status_code
    assert held.text.replace(withheld, nowhere) == never.text
    names = [
        {name: value for name, value in each.headers.items() if name not in ("etag", "content-length")}
        for each in (held, never)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_database_and_a_view_decide_alike(app: Any, profile: str) -> None:
    held = app.state.keeper.held(profile)
    releasing = Releasing(mission=VIEW.mission, profile=profile_named(profile, VIEW.mission), now=NOW)
    assert held.withheld == releasing.find_withheld(ViewFacts(VIEW))


@pytest.mark.parametrize("profile", PROFILES)
def test_every_count_is_that_of_what_is_listed(app: Any, profile: str) -> None:
    client = client_of(app, profile)
    listed = client.get("/api/v1/incidents?limit=200").json()
    assert listed["count"] == len(listed["items"]) == client.get("/api/v1").json()["incidents"]
    features = client.get("/api/v1/incidents.geojson").json()["features"]
    assert len(features) == listed["count"]
    documents = client.get("/api/v1/documents?limit=200").json()
    assert documents["count"] == len(documents["items"])
    lines = [each for each in client.get("/api/v1/claims.jsonl").text.splitlines() if each]
    assert sum(each["claims"] for each in documents["items"]) == len(lines)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_page_says_how_it_is_released(app: Any, profile: str) -> None:
    client = client_of(app, profile)
    says = profile_named(profile, VIEW.mission).says
    for each in addresses(app):
        answer = client.get(each)
        if each.endswith("/1/bulletin.html"):
            continue  # as it was published: it says itself how it was released then
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            assert says in answer.text, each
    assert says in client.get("/api/v1").json()["release"]
    assert says in client.get("/data/README.txt").text


def test_an_answer_known_to_another_profile_is_no_answer_to_this_one(app: Any) -> None:
    mark = client_of(app, "internal").get("/api/v1/claims.jsonl").headers["etag"]
    answer = client_of(app, "public").get("/api/v1/claims.jsonl", headers={"if-none-match": mark})
    assert answer.status_code == 200


def test_a_pasted_text_is_held_against_what_is_released_only(app: Any) -> None:
    words = "Okapisecret shells struck the depot at Khan Tuman."
    for profile, hidden in (("public", True), ("internal", False)):
        client = client_of(app, profile)
        token = re.search(r'name="token" value="([^"]+)"', client.get("/check").text)
        assert token is not None
        sent = {"token": token[1], "text": words, "published": "2016-06-03"}
        answer = client.post("/check", data=sent, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == 200
        others = ("narwhalnote", "axolotlquote", "quokkaleak", "i-narwhal")
        assert bool(find_markers(answer.text, others)) is not hidden
        told = client.post("/api/v1/check", json={"text": words}, headers={"sec-fetch-site": "same-origin"})
        assert told.status_code == 200
        assert bool(find_markers(told.text, others)) is not hidden


def test_what_waited_is_shown_once_its_time_has_come_though_nothing_was_run(tmp_path: Path) -> None:
    with open_register(tmp_path, now=NOON, writing=True) as register, register.writing() as writer:
        keep(writer)
    moments = [NOW]
    tools = Tools.for_mission(VIEW.mission, now=NOW)
    keeper = Keeper(VIEW.mission, tmp_path, tools=tools, now=lambda: moments[-1])
    assert keeper.held().incident_id("i-ibex") is None
    moments.append(NOW + timedelta(days=3))
    assert keeper.held().incident_id("i-ibex") == "i-ibex"
    keeper.close()


def test_the_ground_under_a_place_is_the_same_for_all(app: Any) -> None:
    assert client_of(app, "public").get("/assets/ground-SY.svg").text == ground("SY")


def test_every_address_that_is_walked_is_there(app: Any) -> None:
    """So that a part under another address does not slip by: an address that nobody answers leaks nothing."""
    client = client_of(app, "internal")
    missing = [each for each in addresses(app) if client.get(each).status_code == 404]
    # No link is open, and no identity provider is set.
    assert set(missing) == {"/join/none", "/join/none/provider", "/login/provider", "/login/provider/back"}
    assert len(addresses(app)) > 100
