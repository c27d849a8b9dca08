"""The ledger and what it answers for, over both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from databases import Database
from filled import fill
from sqlalchemy import delete, text, update

from truceline.errors import Overtaken
from truceline.model.decision import Decision, Ruling
from truceline.store import tables
from truceline.store.decided import decide
from truceline.store.ledger import GENESIS
from truceline.store.team import Team
from truceline.testing import NOON

RULING = Decision(
    id="decision-2", ruling=Ruling.SAME, claims=("c1",), others=("c2",), by="R. Haddad", at=NOON, why="one strike"
)


@pytest.fixture
def team(database: Database) -> Iterator[Team]:
    with database.open_team() as opened:
        yield opened


def test_an_empty_ledger_holds(team: Team) -> None:
    proof = team.verify()
    assert (proof.entries, proof.head, proof.faults) == (0, GENESIS, ())


def test_changes_stand_in_a_chain_with_who_when_and_why(team: Team) -> None:
    first = decide(team, RULING, who="a-1", subject="incident i")
    second = decide(team, replace(RULING, id="decision-3", why="two"), who="a-2", subject="incident i", expected=1)
    assert first is not None
    assert second is not None
    assert (first.seq, first.before, second.seq, second.before) == (1, GENESIS, 2, first.hash)
    assert [each.change.why for each in team.history("incident i")] == ["two", "one strike"]
    assert team.history("incident j") == ()
    assert team.verify().faults == ()
    assert team.holds(first.hash)
    assert not team.holds("f" * 64)


def test_who_decides_on_what_another_changed_meanwhile_is_told_and_nothing_is_kept(team: Team) -> None:
    seen = team.seen("incident i")
    decide(team, RULING, who="a-1", subject="incident i", expected=seen)
    with pytest.raises(Overtaken, match="incident i: was changed meanwhile"):
        decide(team, replace(RULING, id="decision-3"), who="a-2", subject="incident i", expected=seen)
    proof = team.verify()
    assert (proof.entries, proof.records, proof.faults) == (1, 1, ())


def test_a_request_that_comes_again_is_the_same_decision(team: Team) -> None:
    first = decide(team, RULING, who="a-1", key="k")
    again = decide(team, replace(RULING, id="decision-3"), who="a-1", key="k")
    assert again == first
    assert decide(team, RULING, who="a-1") is None
    assert team.verify().records == 1


def test_many_at_once_make_one_chain(team: Team) -> None:
    def one(number: int) -> None:
        decide(team, replace(RULING, id=f"decision-{number}"), who=f"a-{number}", subject="incident i")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(40)))
    proof = team.verify()
    assert (proof.entries, proof.records, proof.faults) == (40, 40, ())


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (update(tables.ledger).where(tables.ledger.c.seq == 2).values(why="other"), "entry 2 was altered"),
        (delete(tables.ledger).where(tables.ledger.c.seq == 2), "entry 2 is missing"),
        (update(tables.ledger).where(tables.ledger.c.seq == 2).values(before="0" * 64), "entry 2 does not follow"),
        (delete(tables.decisions).where(tables.decisions.c.id == "d1"), "decisions d1 is gone"),
        (update(tables.decisions).where(tables.decisions.c.id == "d1").values(record="{}"), "decisions d1 was altered"),
        (
            text("INSERT INTO decisions (id, at, record) VALUES ('d9', '', '{}')"),
            "decisions d9 was written behind the ledger's back",
        ),
    ],
)
def test_what_was_done_behind_its_back_is_found(database: Database, statement: object, fault: str) -> None:
    with database.open_team() as team:
        for number in (1, 2, 3):
            decide(team, replace(RULING, id=f"d{number}"), who="a-1")
    with database.place().engine().begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]
    with database.open_team() as team:
        assert any(each.startswith(fault) for each in team.verify().faults)


def test_a_decision_of_before_the_ledger_is_entered_when_the_register_is_brought_up_to_date(database: Database) -> None:
    with database.open(writing=True) as register:
        fill(register, database.folder)
    with database.place().engine().begin() as connection:
        connection.execute(delete(tables.ledger))
        kept = [each for each in tables.METADATA.sorted_tables if each.name in PEOPLE]
        tables.METADATA.drop_all(connection, kept)
        for later in ("served_facts", "served_documents", "served_words"):
            connection.execute(text(f"DROP INDEX IF EXISTS {later}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    with database.open_team() as team:
        proof = team.verify()
        assert (proof.entries, proof.records, proof.faults) == (1, 1, ())
        assert team.history()[0].change.who == "cli:R. Haddad"


PEOPLE = {
    "ledger", "accounts", "sessions", "invitations", "api_tokens", "keys", "comments", "reviews", "bulletins",
    "jobs", "webhooks",
}  # fmt: skip


def test_a_key_of_the_service_is_made_once(team: Team) -> None:
    assert team.key("forms") == team.key("forms") != team.key("other")
