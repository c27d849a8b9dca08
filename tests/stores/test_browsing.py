"""The register page by page: searched in any spelling, in step with every change, and filled in when it is older."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from databases import Database, Place
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from truceline.model.incident import Incident
from truceline.store.backup import write_backup
from truceline.store.browse import Mark, Sought
from truceline.store.migrations import config
from truceline.store.register import READING, Changes, Derived, Found, Wanted
from truceline.store.restore import restore_backup
from truceline.store.sqlite import FILE, engine_for, open_register, open_to_read
from truceline.testing import NOON, day, doc, incident, telling, toponym

KHAN = incident("khan", claims=("c1",), title="Airstrike on Khān Ţūmān", place=toponym("Khan Tuman"))
MAARRAT = incident(
    "maarrat", claims=("c2",), title="Market of Ma‘arrat al-Nu‘mān shelled", start=day("2016-05-04").start
)
NOWHEN = incident("nowhen", claims=("c3",), title="قصف مدرسة", start=None, end=None, place=None)


def derived(*incidents: Incident) -> Derived:
    return Derived(
        tellings=tuple(telling(each.versions[0].claim, document=each.id) for each in incidents),
        incidents=incidents,
        assessments=(),
        watch=None,
        found=tuple(Found(words=each.title, places=("aleppo",) if each.place else ()) for each in incidents),
    )


@pytest.fixture
def place(database: Database) -> Place:
    with database.open(writing=True) as register, register.writing() as writer:
        writer.add_documents([doc(f"{each} told", id=each) for each in ("khan", "maarrat", "nowhen")], gathered_at=NOON)
        writer.replace_derived(derived(KHAN, MAARRAT, NOWHEN))
    return database.place()


def found(place: Place, words: str) -> list[str]:
    with place.open_to_read() as (browser, _):
        return [each.id for each in browser.page(Sought(words=words), limit=10).incidents]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("khan tuman", ["khan"]),
        ("Tūmān KHĀN", ["khan"]),
        ("khan tum", ["khan"]),
        ("maarrat al numan", ["maarrat"]),
        ("Ma'arrat", ["maarrat"]),
        ("مدرسه", ["nowhen"]),
        ("alepp", ["maarrat", "khan"]),
        ("the", []),
        ("of", ["maarrat"]),
        ("khan market", []),
        ("“”", []),
        ('khan" OR "market', []),
        ("khan:* | market", []),
        ("khan & !market", []),
    ],
)
def test_words_are_found_in_any_spelling(place: Place, words: str, ids: list[str]) -> None:
    assert found(place, words) == ids


def test_what_goes_is_found_no_more_and_what_comes_is(database: Database, place: Place) -> None:
    new = incident("new", claims=("c1",), title="Raid on Zaytan")
    changes = Changes(documents=frozenset({"khan"}), claims=frozenset({"c1"}), derived=derived(new))
    with database.open(writing=True) as register, register.writing() as writer:
        writer.change_derived(changes, at=NOON)
    assert found(place, "khan tuman") == []
    assert found(place, "zaytan") == ["new"]


def test_a_word_longer_than_any_index_takes_stops_no_run(database: Database) -> None:
    long = incident("long", claims=("c9",), title=f"Raid {'x' * 5000} on Zaytan")
    with database.open(writing=True) as register, register.writing() as writer:
        writer.replace_derived(derived(long))
    assert found(database.place(), "zaytan raid") == ["long"]


def test_pages_follow_each_other_the_undated_last(place: Place) -> None:
    with place.open_to_read() as (browser, _):
        seen, after = [], None
        for _ in range(4):
            page = browser.page(Sought(), limit=1, after=after)
            seen += [each.id for each in page.incidents]
            after = page.after
            if after is None:
                break
    assert seen == ["maarrat", "khan", "nowhen"]


def test_a_page_begins_behind_an_incident_that_is_gone(place: Place) -> None:
    with place.open_to_read() as (browser, _):
        between = Mark(start=KHAN.start, id="aaa")
        assert [each.id for each in browser.page(Sought(), limit=9, after=between).incidents] == ["khan", "nowhen"]
        assert browser.page(Sought(), limit=9, after=Mark(start=None, id="zzz")).incidents == ()


def test_piles_count_every_incident_once(place: Place) -> None:
    with place.open_to_read() as (browser, _):
        piles = browser.piles(Sought())
        assert sum(each.count for each in piles) == browser.count(Sought()) == 3
        places = {each.place.name for each in piles if each.place is not None}
    assert places == {"Khan Tuman", "Aleppo"}


def test_days_are_those_of_the_clock_on_the_spot(database: Database) -> None:
    late = incident("late", claims=("c1",), start=datetime(2016, 5, 3, 21, 30, tzinfo=UTC))
    with database.open(writing=True) as register, register.writing() as writer:
        writer.replace_derived(derived(late, NOWHEN))
    with database.place().open_to_read() as (browser, _):
        damascus = browser.starts(Sought(), ZoneInfo("Asia/Damascus"))
        kathmandu = browser.starts(Sought(), ZoneInfo("Asia/Kathmandu"))
        london = browser.starts(Sought(), ZoneInfo("Europe/London"))
    assert damascus == kathmandu == ((None, 1), (date(2016, 5, 4), 1))
    assert london == ((None, 1), (date(2016, 5, 3), 1))


ASKED = (
    Wanted(since=NOON), Wanted(until=NOON), Wanted(since=NOON, until=NOON.replace(day=5)), Wanted(party="rus.vks"),
    Wanted(party="RUS.VKS", grade="B2"), Wanted(grade="b"), Wanted(grade="2"), Wanted(kind="Assault"),
    Wanted(source="sana"), Wanted(source="a%"), Wanted(verdict=""), Wanted(verdict="x"),
    Wanted(place="aleppo"), Wanted(text="market"), Wanted(text="market", party="rus.vks"),
)  # fmt: skip


@pytest.mark.parametrize("wanted", ASKED)
def test_columns_find_what_the_database_finds(database: Database, wanted: Wanted) -> None:
    some = tuple(
        incident(
            f"i{n}", claims=(f"c{n}",), start=NOON + timedelta(hours=n * 7 - 60), end=NOON + timedelta(hours=n * 9)
        )
        for n in range(9)
    )
    every = derived(*some, KHAN, MAARRAT, NOWHEN)
    names = ((("rus.vks",), ("sana", "sohr")), (("rus.vks", "side:government"), ("sana",)), ((), ("sohr",)))
    told = [
        replace(each, parties=names[n % 3][0], sources=names[n % 3][1], kinds=("ASSAULT",) if n % 2 else ())
        for n, each in enumerate(every.found)
    ]
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.replace_derived(replace(every, found=tuple(told)))
        expected = {each.id for each in register.incidents(wanted)}
    with database.place().open_to_read() as (browser, _):
        seen = {each.id for each in browser.page(Sought(wanted=wanted), limit=50).incidents}
        assert seen == expected
        assert browser.count(Sought(wanted=wanted)) == len(expected)


# ---- which state it is in


def test_only_what_is_shown_makes_another_state(database: Database) -> None:
    door = database.place().door()
    assert door.state() == ()
    with database.open(writing=True) as register, register.writing() as writer:
        writer.add_documents([doc("khan told", id="khan")], gathered_at=NOON)
    states = [door.state()]
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.add_documents([doc("khan told", id="khan")], gathered_at=NOON)
            writer.set_checkpoint("published to there", "1")
        with database.open_team() as team, team.writing(who="anna") as desk:
            desk.enter("note", "incident khan", why="as it is")
        assert door.state() == states[0]
        for change in (lambda one: one.replace_derived(derived(KHAN)), lambda one: one.set_checkpoint(READING, "r2")):
            with register.writing() as writer:
                change(writer)
            states.append(door.state())
    assert len(set(states)) == 3
    door.close()


def test_people_alone_make_no_register(database: Database) -> None:
    with database.open_team() as team, team.writing(who="anna") as desk:
        desk.enter("note", "nothing", why="as it is")
    door = database.place().door()
    assert door.state() == ()
    assert door.read() is None
    door.close()


def test_a_register_put_back_is_another_state(database: Database, tmp_path: Path) -> None:
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.replace_derived(derived(KHAN))
        write_backup(register, tmp_path / "one.backup", now=NOON)
        with register.writing() as writer:
            writer.replace_derived(derived(MAARRAT))
        door = database.place().door()
        before = door.state()
        restore_backup(register, tmp_path / "one.backup", replace=True)
        assert door.state() != before
        read = door.read()
        assert read is not None
        assert read[0].incident_ids() == ("khan",)
        door.close()


def test_a_run_goes_on_in_a_register_put_back(database: Database, tmp_path: Path) -> None:
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.replace_derived(derived(KHAN))
        write_backup(register, tmp_path / "one.backup", now=NOON)
        restore_backup(register, tmp_path / "one.backup", replace=True)
        with register.writing() as writer:
            changes = Changes(documents=frozenset({"maarrat"}), claims=frozenset({"c2"}), derived=derived(MAARRAT))
            writer.change_derived(changes)
    assert found(database.place(), "khan") == ["khan"]
    assert found(database.place(), "maarrat") == ["maarrat"]


def test_the_fingerprint_kept_is_that_of_this_state_only(database: Database) -> None:
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.replace_derived(derived(KHAN))
        first = register.fingerprint()
        register.keep_fingerprint()
        assert register.fingerprint() == first
        with register.writing() as writer:
            writer.replace_derived(derived(MAARRAT))
        assert register.fingerprint() != first
        with register.writing() as writer:
            writer.replace_derived(derived(KHAN))
        assert register.fingerprint() == first


def test_a_register_that_was_opened_to_be_read_refuses_to_be_written_to(place: Place) -> None:
    with place.open_to_read() as (browser, _), browser._engine.connect() as connection:
        with pytest.raises(DBAPIError):
            connection.execute(text("DELETE FROM incidents"))
        connection.rollback()


def test_a_register_of_before_is_searched_without_a_run(tmp_path: Path) -> None:
    def found(folder: Path, words: str) -> list[str]:
        with open_to_read(folder) as (browser, _):
            return [each.id for each in browser.page(Sought(words=words), limit=10).incidents]

    with open_register(tmp_path / "new", now=NOON, writing=True) as register, register.writing() as writer:
        writer.replace_derived(derived(KHAN, NOWHEN))
    with engine_for(tmp_path / "new" / FILE).connect() as connection:
        rows = [dict(row) for row in connection.execute(text("SELECT * FROM incidents")).mappings()]
    (tmp_path / "old").mkdir()
    engine = engine_for(tmp_path / "old" / FILE)
    settings = config()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0003")
    names = [name for name in rows[0] if name not in ("event", "spot")]
    with engine.begin() as connection:
        into = f"INSERT INTO incidents ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"  # noqa: S608
        connection.execute(text(into), rows)
    assert found(tmp_path / "old", "khan tuman") == ["khan"]
    assert found(tmp_path / "old", "مدرسة") == ["nowhen"]
    with engine.connect() as connection:
        filled = connection.execute(text("SELECT id, event, spot FROM incidents ORDER BY id")).all()
    assert [tuple(each) for each in filled] == [
        (row["id"], row["event"], row["spot"]) for row in sorted(rows, key=lambda one: one["id"])
    ]
