"""A small register with something in every table, for what keeps it whole."""

from pathlib import Path

from sqlalchemy import Column, insert

from truceline.errors import Problem
from truceline.model.decision import Decision, Ruling
from truceline.model.reading import Reading
from truceline.model.shelved import Shelved
from truceline.store import tables
from truceline.store.decided import decide
from truceline.store.evidence import hash_of
from truceline.store.register import READING, Derived, Found
from truceline.store.sql import SqlRegister
from truceline.store.team import Team
from truceline.testing import NOON, assessment, claim, day, doc, incident, telling

PAGE = "<p>Shells fell — قذائف\r\n</p>"


PEOPLE = (
    *(tables.accounts, tables.api_tokens, tables.comments, tables.reviews, tables.bulletins, tables.jobs),
    *(tables.webhooks, *tables.PASSING),
)


def sample(column: "Column[object]") -> object:
    """Something that a column takes."""
    return {int: 7, bool: True}.get(column.type.python_type, f"{column.name} é")


def enter(register: SqlRegister, decision: Decision) -> bool:
    """Keep a decision in a register that is open; False when it is held already."""
    kept = decide(Team(register.engine, register.engine, now=lambda: NOON), decision, who=f"cli:{decision.by}")
    return kept is not None


def fill(register: SqlRegister, folder: Path) -> None:
    """Documents with versions, a reading, an original, a problem, a decision and what is derived."""
    page = folder / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    documents = [
        doc("One \\ \t|\u2028\U0001f54a é", id="B", title="Ḩalab", cells=(("id", "1"), ("side", ""))),
        doc("Two.", id="a"),
        doc("Two, later.", id="a", published_at=NOON.replace(hour=20)),
        doc("Three.", id="é", published_at=None, language="x-" + "long-" * 20),
    ]
    reading = Reading(document=documents[0], claims=(claim(happened=day()),))
    derived = Derived(
        tellings=(telling(), telling("claim-2", document="a")),
        incidents=(incident(),),
        assessments=(assessment(),),
        watch=None,
        found=(Found(kinds=("assault",), words="shells fell"),),
        shelved=(
            Shelved(telling=telling(), island="i", refers_to=None, denies=False, start=0.1 + 0.2, end=1e-300),
            Shelved(
                telling=telling("claim-2", document="a"), island="i", refers_to="c", denies=True, start=None, end=1 / 3
            ),
        ),
    )
    decision = Decision(
        id="decision-1", ruling=Ruling.SAME, claims=("claim-1",), others=("claim-2",), by="R. Haddad", at=NOON, why="w"
    )
    with register.writing() as writer:
        writer.add_original(hash_of(page), page, kept_at=NOON)
        writer.add_documents(documents, gathered_at=NOON)
        writer.add_readings([reading], fingerprint="reader-1")
        writer.add_problems([Problem(code="a.b", message="c", where="d:1")], stage="gather", found_at=NOON)
        writer.replace_derived(derived)
        writer.set_checkpoint(READING, "reader-1")
    enter(register, decision)
    with register.transaction() as connection:
        for table in PEOPLE:
            connection.execute(insert(table), {each.name: sample(each) for each in table.columns})
