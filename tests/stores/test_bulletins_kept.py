"""Bulletins and comments in both databases: append-only, answered for, and the very bytes that were published."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from databases import Database
from sqlalchemy import text

from truceline.errors import Overtaken, RegisterError
from truceline.model.bulletin import BulletinVersion, Frozen, Hand, KeyJudgement, State, Wording
from truceline.model.decision import Decision, Ruling
from truceline.store.bulletins import (
    add_version,
    all_versions,
    find_content,
    latest_version,
    latest_versions,
    public_versions,
    subject_of,
)
from truceline.store.comments import add_comment, comments_on, erase_comment, find_comment, history_of
from truceline.store.decided import decide
from truceline.store.former import find_former
from truceline.store.register import Derived, Found
from truceline.store.team import Team
from truceline.testing import NOON, incident

PAGE = "<p>قصف — shells\r\n</p>".encode()
PAPER = bytes(range(256)) * 40
HASHES = [sha256(each).hexdigest() for each in (PAGE, PAPER)]
WORDED = Wording(statement="Shells were said to fall.", likelihood="It is likely.", confidence="Confidence is low.")
FIRST = BulletinVersion(
    id="2016-05-29-1f",
    version=1,
    state=State.DRAFT,
    edition=1,
    number=15,
    since=date(2016, 5, 29),
    until=date(2016, 6, 5),
    cutoff="18:00 Asia/Damascus",
    profile="public",
    fingerprint="f" * 64,
    as_of=NOON,
    judgements=(KeyJudgement(wording=WORDED, rests_on=("i-1",), named=("i-1",), machine=WORDED, rule="level"),),
    frozen=Frozen(values=HASHES[0]),
    made=Hand(by="a-1", at=NOON),
    edited=Hand(by="a-1", at=NOON),
)
PUBLISHED = replace(
    FIRST,
    version=2,
    state=State.PUBLISHED,
    published=Hand(by="a-2", at=NOON),
    frozen=Frozen(values=HASHES[0], page=HASHES[0], paper=HASHES[1]),
)


@pytest.fixture
def team(database: Database) -> Iterator[Team]:
    with database.open_team() as opened:
        yield opened


def keep(team: Team, version: BulletinVersion, *contents: bytes, expected: int | None = None, key: str = "") -> None:
    with team.writing(who="a-1") as desk:
        what = f"bulletin.{version.state.value}"
        add_version(desk, version, what=what, contents=contents, expected=expected, key=key or None)


def test_every_version_is_kept_and_the_bytes_published_come_back(team: Team) -> None:
    keep(team, FIRST, PAGE)
    keep(team, PUBLISHED, PAGE, PAPER)
    keep(team, replace(PUBLISHED, version=3, state=State.DRAFT, edition=2))
    with team.reading() as connection:
        assert all_versions(connection, FIRST.id)[:2] == (FIRST, PUBLISHED)
        latest = latest_version(connection, FIRST.id)
        assert latest is not None
        assert latest.version == 3
        assert [each.version for each in latest_versions(connection)] == [3]
        assert public_versions(connection) == (PUBLISHED,)
        assert [find_content(connection, each) for each in HASHES] == [PAGE, PAPER]
        assert latest_version(connection, HASHES[0]) is None
        with pytest.raises(RegisterError, match="is gone"):
            find_content(connection, "0" * 64)
    proof = team.verify()
    assert (proof.records, proof.faults) == (5, ())


def test_who_is_overtaken_keeps_nothing(team: Team) -> None:
    keep(team, FIRST, PAGE, expected=0)
    seen = team.seen(subject_of(FIRST.id))
    keep(team, replace(FIRST, version=2, note="one"), expected=seen)
    with pytest.raises(Overtaken):
        keep(team, replace(FIRST, version=2, note="two"), PAPER, expected=seen)
    with team.reading() as connection:
        assert [each.note for each in all_versions(connection, FIRST.id)] == ["", "one"]
        with pytest.raises(RegisterError):
            find_content(connection, HASHES[1])
    assert team.verify().faults == ()


def test_a_request_that_comes_again_keeps_nothing_anew(team: Team) -> None:
    for _ in range(2):
        keep(team, FIRST, PAGE, key="k")
    with team.reading() as connection:
        assert len(all_versions(connection, FIRST.id)) == 1
    assert (team.verify().records, team.verify().faults) == (2, ())


def test_of_many_who_change_one_version_at_once_one_does(team: Team) -> None:
    keep(team, FIRST, PAGE)
    seen = team.seen(subject_of(FIRST.id))

    def one(number: int) -> bool:
        try:
            keep(team, replace(FIRST, version=2, note=str(number)), expected=seen)
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(12))) == 1
    assert team.verify().faults == ()


def test_content_altered_behind_the_ledgers_back_is_not_given(team: Team, database: Database) -> None:
    keep(team, PUBLISHED, PAGE, PAPER)
    swap = text("UPDATE bulletins SET record = (SELECT record FROM bulletins WHERE id = :b) WHERE id = :a")
    with database.place().engine().begin() as connection:
        connection.execute(swap, {"a": HASHES[0], "b": HASHES[1]})
    with team.reading() as connection, pytest.raises(RegisterError, match="was altered"):
        find_content(connection, HASHES[0])
    assert any(HASHES[0] in each for each in team.verify().faults)


def test_a_comment_is_found_under_its_subject_and_under_its_claims(team: Team) -> None:
    with team.writing(who="a-1") as desk:
        one = add_comment(desk, subject="incident i-1", words="As said — قصف", claims=["c1", "c2"], key="k")
        assert add_comment(desk, subject="incident i-1", words="again", key="k") is None
        other = add_comment(desk, subject="incident i-2", words="Of another.", claims=["c3", "c%"])
    assert one is not None
    with team.reading() as connection:
        assert comments_on(connection, "incident i-1") == (one,)
        assert comments_on(connection, "incident i-9", claims=["c2"]) == (one,)
        assert comments_on(connection, "incident i-9", claims=["c"]) == ()
        assert comments_on(connection, "incident i-9", claims=["c%"]) == (other,)
        assert find_comment(connection, one.id) == one
    with team.writing(who="a-2") as desk:
        erased = erase_comment(desk, one)
        assert erase_comment(desk, erased) == erased
    assert (erased.words, erased.erased_by, erased.who) == ("", "a-2", "a-1")
    with team.reading() as connection:
        assert comments_on(connection, "incident i-1") == (erased,)
    assert team.verify().faults == ()


def test_the_history_of_an_incident_holds_decisions_on_its_claims(team: Team) -> None:
    made = Decision(id="d1", ruling=Ruling.SAME, claims=("c1",), others=("c2",), by="x", at=NOON, why="one")
    decide(team, made, who="cli:x")
    decide(team, replace(made, id="d2", claims=("c7",), others=("c8",)), who="cli:x")
    decide(team, replace(made, id="d3", claims=("c7",), others=("c9",)), who="a-1", subject="incident i-1")
    with team.reading() as connection:
        told = history_of(connection, "incident i-1", claims=["c2"])
        assert [each.change.kept.id for each in told if each.change.kept is not None] == ["d3", "d1"]
        assert history_of(connection, "incident i-2", claims=()) == ()


def test_an_incident_that_went_is_found_by_its_whole_id(database: Database) -> None:
    with database.open(writing=True) as register, register.writing() as writer:
        found = Found(kinds=("assault",), words="")
        first = Derived(tellings=(), incidents=(incident(),), assessments=(), watch=None, found=(found,))
        writer.replace_derived(first)
        writer.replace_derived(replace(first, incidents=(), found=()), at=NOON)
    with database.open_team() as team, team.reading() as connection:
        former = find_former(connection, incident().id)
        assert former is not None
        assert (former.incident, former.gone_at, former.now_in) == (incident(), NOON, ())
        assert find_former(connection, incident().id[:-1]) is None
