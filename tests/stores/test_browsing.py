"""The register page by page: searched in any spelling, in step with every change, and filled in when it is older."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from truceline.model.incident import Incident
from truceline.store.browse import Sought
from truceline.store.migrations import config
from truceline.store.register import Changes, Derived, Found
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
def folder(tmp_path: Path) -> Path:
    with open_register(tmp_path, now=NOON, writing=True) as register, register.writing() as writer:
        writer.add_documents([doc(f"{each} told", id=each) for each in ("khan", "maarrat", "nowhen")], gathered_at=NOON)
        writer.replace_derived(derived(KHAN, MAARRAT, NOWHEN))
    return tmp_path


def found(folder: Path, words: str) -> list[str]:
    with open_to_read(folder) as (browser, _):
        return [each.id for each in browser.page(Sought(words=words), limit=10).incidents]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("khan tuman", ["khan"]),
        ("Tūmān KHĀN", ["khan"]),
        ("maarrat al numan", ["maarrat"]),
        ("Ma'arrat", ["maarrat"]),
        ("مدرسه", ["nowhen"]),
        ("alepp", ["maarrat", "khan"]),
        ("khan market", []),
        ("“”", []),
        ('khan" OR "market', []),
    ],
)
def test_words_are_found_in_any_spelling(folder: Path, words: str, ids: list[str]) -> None:
    assert found(folder, words) == ids


def test_what_goes_is_found_no_more_and_what_comes_is(folder: Path) -> None:
    new = incident("new", claims=("c1",), title="Raid on Zaytan")
    changes = Changes(documents=frozenset({"khan"}), claims=frozenset({"c1"}), derived=derived(new))
    with open_register(folder, now=NOON, writing=True) as register, register.writing() as writer:
        writer.change_derived(changes, at=NOON)
    assert found(folder, "khan tuman") == []
    assert found(folder, "zaytan") == ["new"]


def test_pages_follow_each_other_the_undated_last(folder: Path) -> None:
    with open_to_read(folder) as (browser, _):
        seen, after = [], None
        for _ in range(4):
            page = browser.page(Sought(), limit=1, after=after)
            seen += [each.id for each in page.incidents]
            after = page.after
            if after is None:
                break
    assert seen == ["maarrat", "khan", "nowhen"]


def test_piles_count_every_incident_once(folder: Path) -> None:
    with open_to_read(folder) as (browser, _):
        piles = browser.piles(Sought())
        assert sum(each.count for each in piles) == browser.count(Sought()) == 3
        places = {each.place.name for each in piles if each.place is not None}
    assert places == {"Khan Tuman", "Aleppo"}


def test_a_register_of_before_is_searched_without_a_run(tmp_path: Path) -> None:
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
