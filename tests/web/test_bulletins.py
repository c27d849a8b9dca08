"""A bulletin of the team: drafted, worded, approved by another, published for good, corrected, withdrawn."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from desk import HIDDEN, Desk, forms_on
from fastapi.testclient import TestClient
from people import SAME, another, as_role, log_in, make_account, team_of
from served import fill
from views import small_view

from truceline.model.assessment import Verdict
from truceline.model.person import Role
from truceline.model.view import View
from truceline.store.bulletins import all_versions, latest_version


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


def test_who_wrote_last_does_not_approve_where_there_are_two_editors(desk: Desk) -> None:
    assert desk.save(note="A note.").status_code == 303
    answer = desk.step("approve", desk.rima)
    assert answer.status_code == 409
    assert "Four eyes" in answer.text
    assert "Four eyes: who approves is not who wrote it last" in desk.rima.get(f"{desk.path}/edit").text
    assert desk.save(desk.omar, note="Another note.").status_code == 303
    assert desk.step("approve", desk.omar).status_code == 409
    assert desk.step("approve", desk.rima).status_code == 303
    assert desk.save(desk.omar, note="After it was approved.").status_code == 303
    assert desk.state() == "draft"
    assert desk.step("publish").status_code == 409


@pytest.mark.parametrize("asked", [None, True, False])
def test_one_editor_alone_approves_unless_the_mission_asks_for_four_eyes(
    serve: Callable[[View], TestClient], asked: bool | None
) -> None:
    view = small_view()
    client = serve(replace(view, mission=replace(view.mission, four_eyes=asked)))
    own = as_role(client, Role.EDITOR)
    form = forms_on(own.get("/bulletins").text)["bulletins"]
    path = own.post("/bulletins", data=form, headers=SAME).headers["location"]
    page = own.get(path).text
    if asked:
        assert "approve" not in forms_on(page)
        return
    assert own.post(path.replace("edit", "approve"), data=forms_on(page)["approve"], headers=SAME).status_code == 303
    assert own.post(
        path.replace("edit", "publish"), data=forms_on(own.get(path).text)["publish"], headers=SAME
    ).is_redirect
    assert "written and approved by one editor" in own.get(path.removesuffix("/edit")).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"likelihood_0": "It is likely, with high confidence."}, "stand in one sentence"),
        ({"likelihood_0": "It is probable."}, "is not in the row of words"),
        ({"likelihood_0": "It may well be."}, "has no place in the table"),
        ({"likelihood_0": "We think so."}, "uses no word of the table"),
        ({"confidence_0": "We are sure."}, "neither low, moderate nor high"),
        ({"statement_0": ""}, "There is no statement"),
        ({"statement_2": "Warplanes struck Khan Tuman."}, "Worded as a fact, and it rests on incidents"),
        ({"statement_4": "Somebody said something.", "likelihood_4": "No likelihood is given."}, "It rests on nothing"),
        ({"grounds_4": "i-none", "statement_4": "Shells were said to fall."}, "is no incident of the period"),
    ],
)
def test_what_must_not_stand_in_a_bulletin_keeps_it_from_being_approved(
    desk: Desk, changed: dict[str, str], said: str
) -> None:
    assert desk.save(**changed).status_code == 303
    page = unescape(desk.omar.get(f"{desk.path}/edit").text)
    assert said in page
    assert "approve" not in forms_on(page)
    assert desk.step("approve").status_code == 409
    assert desk.state() == "draft"


def test_loaded_words_and_strange_numbers_are_remarked_and_hinder_nobody(desk: Desk) -> None:
    assert desk.save(statement_2="14 strikes by terrorists were told and denied.").status_code == 303
    page = unescape(desk.omar.get(f"{desk.path}/edit").text)
    assert "'terrorists' is loaded; neutral: fighter" in page
    assert "Not a number of the machine's: 14." in page
    assert desk.step("approve").status_code == 303


def test_an_edited_judgement_goes_on_pointing_at_its_incidents_and_the_machine_stays_beside_it(desk: Desk) -> None:
    assert desk.save(statement_2="One strike was told and denied.", grounds_2="i-kammouna").status_code == 303
    with team_of(desk.client).reading() as connection:
        found = latest_version(connection, desk.id)
    assert found is not None
    third = found.judgements[2]
    assert third.wording.statement == "One strike was told and denied."
    assert third.machine is not None
    assert third.machine.statement.startswith("1 incident told and denied")
    assert third.rests_on == ("i-khan-tuman-air", "i-kammouna")
    assert "Airstrike on Khan Tuman" in desk.rima.get(f"{desk.path}/preview").text
    assert desk.save(grounds_2="", do="restore-2").status_code == 303
    with team_of(desk.client).reading() as connection:
        found = latest_version(connection, desk.id)
    assert found is not None
    assert found.judgements[2].wording == third.machine
    assert found.judgements[2].rests_on[0] == "i-khan-tuman-air"


def test_judgements_are_moved_taken_out_and_added(desk: Desk) -> None:
    before = statements(desk)
    own = {"statement_4": "Shelling was told by one side.", "likelihood_4": "No likelihood is given."}
    own |= {"confidence_4": "Confidence is low.", "grounds_4": "i-aleppo-shelling", "place_4": "1"}
    assert desk.save(place_0="3", place_2="2", out_1="1", **own).status_code == 303
    after = statements(desk)
    assert after == [own["statement_4"], before[2], before[0], before[3]]


def statements(desk: Desk) -> list[str]:
    with team_of(desk.client).reading() as connection:
        found = latest_version(connection, desk.id)
    assert found is not None
    return [each.wording.statement for each in found.judgements]


def test_of_two_editors_at_once_the_second_is_told_and_gets_their_words_back(desk: Desk) -> None:
    mine, theirs = desk.forms(desk.rima)["edit"], desk.forms(desk.omar)["edit"]
    assert desk.omar.post(f"{desk.path}/edit", data=theirs | {"note": "Of Omar."}, headers=SAME).status_code == 303
    answer = desk.rima.post(f"{desk.path}/edit", data=mine | {"note": "Of Rima."}, headers=SAME)
    assert answer.status_code == 409
    assert "Your words were not kept" in answer.text
    assert "Of Rima." in answer.text
    assert "Of Omar." in answer.text
    stale = {name: mine[name] for name in ("token", "seen", "key")}
    assert desk.rima.post(f"{desk.path}/approve", data=stale, headers=SAME).status_code == 409
    assert team_of(desk.client).verify().faults == ()


def test_a_form_sent_twice_is_one_version_and_one_bulletin(desk: Desk) -> None:
    form = desk.forms()["edit"] | {"note": "Once."}
    for _ in range(2):
        assert desk.rima.post(f"{desk.path}/edit", data=form, headers=SAME).status_code == 303
    with team_of(desk.client).reading() as connection:
        assert [each.note for each in all_versions(connection, desk.id)] == ["", "Once."]
    again = forms_on(desk.rima.get("/bulletins").text)["bulletins"]
    places = {desk.rima.post("/bulletins", data=again, headers=SAME).headers["location"] for _ in range(2)}
    assert len(places) == 1
    assert team_of(desk.client).verify().faults == ()


def files_of(client: TestClient, path: str) -> dict[str, bytes]:
    return {each: client.get(f"{path}/bulletin.{each}").content for each in ("pdf", "html", "json")}


def test_what_was_published_stays_to_the_byte_when_the_register_moves_on(
    desk: Desk, move_on: Callable[[View], None]
) -> None:
    desk.publish()
    before, hashes = files_of(desk.omar, f"{desk.path}/1"), desk.omar.get(f"/api/v1/bulletins/{desk.id}").json()
    page = desk.omar.get(desk.path).text
    move_on(later_view())
    assert "2 incidents held to be a violation" not in desk.omar.get("/bulletin.html").text
    assert files_of(desk.omar, f"{desk.path}/1") == before
    assert before["html"].decode() in desk.omar.get(desk.path).text
    assert before["html"].decode() in page
    assert before["pdf"].startswith(b"%PDF")
    edition = hashes["editions"][0]
    for name, kind in (("html", "html"), ("pdf", "pdf"), ("data", "json")):
        assert edition[f"{name}_sha256"] == hashlib.sha256(before[kind]).hexdigest()
    assert desk.omar.get(f"/api/v1/bulletins/{desk.id}").json() == hashes


def test_a_draft_says_what_the_register_holds_otherwise_by_now_and_takes_it_up_when_asked(
    desk: Desk, move_on: Callable[[View], None]
) -> None:
    assert desk.save(statement_2="One strike was told and denied.").status_code == 303
    before = desk.rima.get(f"{desk.path}/preview").text
    move_on(later_view())
    page = desk.rima.get(f"{desk.path}/edit").text
    assert "2 incidents of this period are held otherwise" in page
    assert re.search(r"Airstrike on Khan Tuman.*?Contested, C3.*?Violation, C3", page, re.DOTALL)
    assert re.search(r"Airstrike on Kammouna camp.*?gone", page, re.DOTALL)
    assert figures(desk.rima.get(f"{desk.path}/preview").text) == figures(before)
    assert desk.save(do="take-up").status_code == 303
    page = desk.rima.get(f"{desk.path}/edit").text
    assert "held otherwise" not in page
    assert "One strike was told and denied." in page
    assert figures(desk.rima.get(f"{desk.path}/preview").text) != figures(before)


def figures(page: str) -> list[str]:
    return re.findall(r'<span class="number">(\d+)', page)


def test_a_correction_is_a_new_edition_and_the_old_one_stays_with_a_notice(desk: Desk) -> None:
    desk.publish()
    first = files_of(desk.omar, f"{desk.path}/1")
    assert desk.step("correct", why="").status_code == 400
    assert desk.step("correct", why="The count of 3 June was of 2 June.").status_code == 303
    assert desk.omar.get(desk.path).status_code == 200
    assert desk.omar.get(f"{desk.path}/2").status_code == 404
    assert desk.save(changed="").status_code == 303
    assert "A correction says" in desk.step("approve").text
    assert desk.save(changed="The count of 3 June was of 2 June: 4 becomes 3.").status_code == 303
    desk.publish()
    new, old = desk.omar.get(desk.path).text, desk.omar.get(f"{desk.path}/1").text
    assert "Correction, edition 2." in new
    assert "4 becomes 3." in new
    assert re.search(rf'Corrected by <a href="[^"]*{desk.id}/2">edition 2', old)
    assert files_of(desk.omar, f"{desk.path}/1") == first
    assert first["html"].decode() in old
    listed = desk.omar.get("/api/v1/bulletins").json()["items"]
    assert [(each["id"], each["edition"], each["state"]) for each in listed] == [(desk.id, 2, "published")]
    assert team_of(desk.client).verify().faults == ()


def test_what_is_withdrawn_stays_to_be_read_under_its_reason(desk: Desk) -> None:
    assert desk.step("withdraw", why="never was").status_code == 409
    desk.publish()
    assert desk.step("withdraw", why="  ").status_code == 400
    assert desk.step("withdraw", why="A source withdrew its report.").status_code == 303
    page = desk.omar.get(desk.path).text
    assert "Withdrawn on" in page
    assert "A source withdrew its report." in page
    told = desk.omar.get(f"/api/v1/bulletins/{desk.id}").json()
    assert (told["state"], told["withdrawn_because"]) == ("withdrawn", "A source withdrew its report.")
    assert desk.step("withdraw", why="again").status_code == 409
    assert team_of(desk.client).verify().faults == ()


def test_a_draft_put_aside_is_gone_from_the_desk(desk: Desk) -> None:
    assert desk.step("drop", why="The week was quiet.").status_code == 303
    assert desk.id not in desk.omar.get("/bulletins").text
    assert "edit" not in desk.forms()
    hidden = dict(HIDDEN.findall(desk.rima.get("/check").text))
    hidden["seen"] = str(team_of(desk.client).seen(f"bulletin {desk.id}"))
    answer = desk.rima.post(f"{desk.path}/edit", data={**hidden, "note": "x"}, headers=SAME)
    assert answer.status_code == 409
    assert "put aside" in answer.text or "dropped" in answer.text
    assert desk.state() == "dropped"


def test_a_draft_is_read_by_nobody_who_may_not_write_it(desk: Desk) -> None:
    make_account(desk.client, Role.REVIEWER)
    reviewer = log_in(desk.client, "reviewer")
    own = another(desk.client)
    for address in (desk.path, f"{desk.path}/1", f"{desk.path}/1/bulletin.pdf", f"/api/v1/bulletins/{desk.id}"):
        assert reviewer.get(address).status_code == 404, address
    for address in (f"{desk.path}/edit", f"{desk.path}/preview"):
        assert reviewer.get(address).status_code == 403, address
        assert own.get(address).status_code == 303, address
    assert desk.id not in reviewer.get("/bulletins").text
    assert reviewer.get("/api/v1/bulletins").json() == {"items": []}
    form = desk.forms()["edit"]
    for what in ("edit", "approve", "publish", "correct", "withdraw", "drop"):
        assert reviewer.post(f"{desk.path}/{what}", data=form, headers=SAME).status_code == 403
    assert reviewer.post("/bulletins", data={}, headers=SAME).status_code == 403
    assert desk.state() == "draft"


def test_a_bulletin_for_the_team_is_not_found_by_who_sees_the_public_profile(desk: Desk) -> None:
    form = forms_on(desk.rima.get("/bulletins").text)["bulletins"] | {"profile": "internal"}
    desk.path = desk.rima.post("/bulletins", data=form, headers=SAME).headers["location"].removesuffix("/edit")
    desk.id = desk.path.rpartition("/")[2]
    desk.publish()
    make_account(desk.client, Role.VIEWER)
    make_account(desk.client, Role.ANALYST)
    viewer, analyst = log_in(desk.client, "viewer"), log_in(desk.client, "analyst")
    for address in (desk.path, f"{desk.path}/1", f"{desk.path}/1/bulletin.json", f"/api/v1/bulletins/{desk.id}"):
        assert viewer.get(address).status_code == 404
        assert analyst.get(address).status_code == 200
    assert desk.id not in viewer.get("/bulletins").text
    wrong = forms_on(desk.rima.get("/bulletins").text)["bulletins"] | {"profile": "other"}
    assert desk.rima.post("/bulletins", data=wrong, headers=SAME).status_code == 400


def test_forms_of_others_and_without_a_token_change_nothing(desk: Desk) -> None:
    form = desk.forms()["edit"] | {"note": "Planted."}
    omars = {"token": desk.forms(desk.omar)["edit"]["token"]}
    path = f"{desk.path}/edit"
    assert desk.rima.post(path, data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert desk.rima.post(path, data=form | {"token": ""}, headers=SAME).status_code == 403
    assert desk.rima.post(path, data=form | omars, headers=SAME).status_code == 403
    for what in ("approve", "publish", "correct", "withdraw", "drop"):
        assert desk.omar.post(f"{desk.path}/{what}", data={**form, "token": "x"}, headers=SAME).status_code == 403
    assert desk.rima.post(path, data=form | {"seen": "-1 OR 1=1"}, headers=SAME).status_code == 400
    assert desk.state() == "draft"
    assert "Planted." not in desk.rima.get(path).text


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e was said'


def test_what_editors_write_is_never_markup(desk: Desk) -> None:
    assert desk.save(statement_0=HOSTILE, note=HOSTILE, grounds_0=HOSTILE.split(maxsplit=1)[0]).status_code == 303
    for address in (f"{desk.path}/edit", f"{desk.path}/preview"):
        page = desk.rima.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
    assert desk.save(statement_0=HOSTILE, grounds_0="").status_code == 303
    assert desk.step("approve", why=HOSTILE).status_code == 303
    assert desk.step("publish", why=HOSTILE).status_code == 303
    assert desk.step("withdraw", why=HOSTILE).status_code == 303
    for address in (desk.path, f"{desk.path}/edit", f"{desk.path}/1/bulletin.html"):
        page = desk.omar.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("id", ["nothing", "..%2f..%2fetc%2fpasswd", "a" * 64, "2016-05-29-' OR '1'='1"])
def test_a_bulletin_that_there_is_none_of_is_not_found(desk: Desk, id: str) -> None:
    for address in (
        f"/bulletins/{id}",
        f"/bulletins/{id}/edit",
        f"/bulletins/{id}/1/bulletin.pdf",
        f"/api/v1/bulletins/{id}",
    ):
        assert desk.rima.get(address).status_code in (404, 422), address


def test_without_a_register_there_is_nothing_to_draft_from(empty: TestClient) -> None:
    own = as_role(empty, Role.EDITOR)
    page = own.get("/bulletins").text
    assert "bulletins" not in forms_on(page)
    token = dict(HIDDEN.findall(own.get("/check").text))["token"]
    answer = own.post("/bulletins", data={"token": token, "key": "k", "profile": "public"}, headers=SAME)
    assert answer.status_code == 409
    assert "register is empty" in answer.text


def test_published_bytes_that_were_altered_are_not_shown(desk: Desk, tmp_path: Path) -> None:
    from base64 import b64encode
    from zlib import compress

    from sqlalchemy import text

    from truceline.store.sqlite import FILE, engine_for

    desk.publish()
    with team_of(desk.client).reading() as connection:
        found = latest_version(connection, desk.id)
    assert found is not None
    planted = b64encode(compress(b"<p>planted</p>")).decode()
    with engine_for(tmp_path / "register" / FILE).begin() as connection:
        statement = text("UPDATE bulletins SET record = :record WHERE id = :id")
        connection.execute(statement, {"record": planted, "id": found.frozen.page})
    answer = desk.omar.get(desk.path)
    assert answer.status_code == 503
    assert "planted" not in answer.text
    assert any("was altered" in each for each in team_of(desk.client).verify().faults)
