"""A small register with something in every table, for what keeps it whole."""

from pathlib import Path

from truceline.errors import Problem
from truceline.model.decision import Decision, Ruling
from truceline.model.reading import Reading
from truceline.model.shelved import Shelved
from truceline.store.evidence import hash_of
from truceline.store.register import READING, Derived, Found, Register
from truceline.testing import NOON, assessment, claim, day, doc, incident, telling

PAGE = "<p>Shells fell — قذائف\r\n</p>"


def fill(register: Register, folder: Path) -> None:
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
        writer.add_decision(decision)
