from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from databases import Database

from truceline.errors import Problem, RegisterError
from truceline.model.assessment import Verdict
from truceline.model.document import Form
from truceline.model.reading import Reading
from truceline.store.evidence import hash_of
from truceline.store.register import READING, Derived, Found, Kept, Register, Wanted
from truceline.testing import NOON, assessment, claim, day, doc, incident, mission, telling

FINGERPRINT = "reader-1"


def gather(register: Register, *documents: object) -> list[Kept]:
    with register.writing() as writer:
        return list(writer.add_documents(documents, gathered_at=NOON))  # type: ignore[arg-type]


def derived(**given: object) -> Derived:
    whole = {
        "tellings": (telling(),),
        "incidents": (incident(),),
        "assessments": (assessment(),),
        "watch": None,
        "found": (Found(kinds=("assault",), actors=("isil",), parties=("side:other",), words="Shells fell"),),
    }
    return Derived(**{**whole, **given})  # type: ignore[arg-type]


def test_a_document_gathered_twice_is_held_once(register: Register) -> None:
    assert gather(register, doc(), doc()) == [Kept.NEW, Kept.SAME]
    assert gather(register, doc()) == [Kept.SAME]
    assert register.counts().versions == 1


def test_a_changed_text_is_the_next_version_and_the_old_one_stays(register: Register) -> None:
    gather(register, doc("Nine were killed."))
    assert gather(register, doc("Ten were killed.")) == [Kept.CHANGED]
    assert [(each.text, each.version) for each in register.documents()] == [("Ten were killed.", 2)]
    assert [each.text for each in register.documents(superseded=True)] == ["Nine were killed."]


def test_a_corrected_date_is_a_version_too(register: Register) -> None:
    gather(register, doc(published_at=NOON))
    assert gather(register, doc(published_at=NOON + timedelta(days=1))) == [Kept.CHANGED]


def test_the_same_text_at_another_address_is_the_same_version(register: Register) -> None:
    gather(register, doc(uri="https://one.example/a", original_sha256="0" * 64))
    assert gather(register, doc(uri="https://two.example/b", original_sha256="1" * 64)) == [Kept.SAME]


def test_an_earlier_version_gathered_later_does_not_supersede(register: Register) -> None:
    gather(register, doc("Corrected: nine.", published_at=NOON))
    gather(register, doc("Ten.", published_at=NOON - timedelta(hours=4)))
    assert [(each.text, each.version) for each in register.documents()] == [("Corrected: nine.", 2)]
    assert [(each.text, each.version) for each in register.documents(superseded=True)] == [("Ten.", 1)]


def test_the_order_of_gathering_leaves_no_trace_in_the_contents(database: Database) -> None:
    contents = []
    documents = [
        doc("One.", id="a"),
        doc("Two.", id="b"),
        doc("Two, later.", id="b", published_at=NOON.replace(hour=20)),
    ]
    for number, order in enumerate((documents, documents[::-1])):
        with database.open(str(number), writing=True) as register:
            for each in order:
                gather(register, each)
            contents.append(register.contents())
    assert contents[0] == contents[1]


def test_a_document_comes_back_as_it_went_in(register: Register) -> None:
    written = doc("حلب\r\n\tx", cells=(("id", "1"), ("side_a", "")), title="T", uri="u", original_sha256="0" * 64)
    gather(register, written)
    assert next(register.documents()) == written


def test_a_reading_comes_back_as_it_went_in_and_is_not_asked_for_again(register: Register) -> None:
    document = doc()
    reading = Reading(document=document, claims=(claim(happened=day()),), problems=(Problem(code="x.y", message="z"),))
    gather(register, document)
    assert [each.id for each in register.unread(FINGERPRINT)] == ["doc-1"]
    with register.writing() as writer:
        assert writer.add_readings([reading], fingerprint=FINGERPRINT) == 1
        assert writer.add_readings([reading], fingerprint=FINGERPRINT) == 0
    assert list(register.readings(FINGERPRINT)) == [reading]
    assert list(register.unread(FINGERPRINT)) == []
    assert [each.id for each in register.unread("reader-2")] == ["doc-1"]


def test_only_prose_counts_towards_the_reading_ahead(register: Register) -> None:
    gather(register, doc("12345", id="a"), doc("1234567890", id="b", form=Form.UCDP_GED))
    assert register.unread_size(FINGERPRINT) == (2, 5)


def test_the_same_problem_is_kept_once(register: Register) -> None:
    problem = Problem(code="date.impossible", message="no 31 June", where="a.csv:3")
    for expected in (1, 0):
        with register.writing() as writer:
            assert writer.add_problems([problem, problem], stage="gather", found_at=NOON) == expected
    assert register.problems() == (problem,)


def test_a_settled_problem_no_longer_stands_until_it_is_found_again(register: Register) -> None:
    gone = Problem(code="date.impossible", message="no 31 June", where="a.csv:3")
    stays = Problem(code="date.impossible", message="no 30 February", where="a.csv:4")
    other = Problem(code="file.empty", message="empty", where="b.csv")
    with register.writing() as writer:
        writer.add_problems([gone, stays, other], stage="gather", found_at=NOON)
        assert writer.settle_problems({"a.csv"}, [stays], settled_at=NOON) == 1
    assert register.problems() == (stays, other)
    with register.writing() as writer:
        writer.add_problems([gone], stage="gather", found_at=NOON)
    assert register.problems() == (gone, stays, other)


def test_a_problem_of_a_reader_that_reads_no_more_does_not_stand(register: Register) -> None:
    problem = Problem(code="internal.reader", message="it failed", where="a")
    with register.writing() as writer:
        writer.add_problems([problem], stage="read", found_at=NOON, found_with="reader-1")
        writer.set_checkpoint(READING, "reader-1")
    assert (register.problems(), register.counts().problems) == ((problem,), 1)
    with register.writing() as writer:
        writer.set_checkpoint(READING, "reader-2")
    assert (register.problems(), register.counts().problems) == ((), 0)


def test_a_failed_transaction_leaves_nothing(register: Register) -> None:
    def gather_with_a_wrong_hash() -> None:
        with register.writing() as writer:
            writer.add_documents([doc()], gathered_at=NOON)
            writer.add_original("0" * 64, Path(__file__), kept_at=NOON)

    with pytest.raises(RegisterError):
        gather_with_a_wrong_hash()
    assert register.counts().versions == 0


def test_what_is_derived_is_replaced_whole_and_can_be_dropped(register: Register) -> None:
    with register.writing() as writer:
        writer.replace_derived(derived())
        writer.set_checkpoint("derived", "a")
    with register.writing() as writer:
        writer.replace_derived(derived())
        assert register.checkpoint("derived") == "a"
        writer.set_checkpoint("derived", "b")
    assert (register.counts().incidents, register.checkpoint("derived")) == (1, "b")
    assert (register.incidents(), register.tellings()) == ((incident(),), (telling(),))
    with register.writing() as writer:
        writer.drop_derived()
    assert (register.counts().incidents, register.checkpoint("derived"), register.assessments()) == (0, None, ())


def test_the_view_is_the_same_after_dropping_and_deriving_again(register: Register, tmp_path: Path) -> None:
    gather(register, doc())
    with register.writing() as writer:
        writer.replace_derived(derived())
    before = register.view(mission(tmp_path))
    with register.writing() as writer:
        writer.drop_derived()
    assert register.view(mission(tmp_path)).fingerprint != before.fingerprint
    with register.writing() as writer:
        writer.replace_derived(derived())
    assert register.view(mission(tmp_path)) == before
    assert before.as_of == NOON


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), True),
        (Wanted(kind="ASSAULT"), True),
        (Wanted(kind="SAULT"), False),
        (Wanted(actor="isil"), True),
        (Wanted(party="side:other"), True),
        (Wanted(party="isil"), False),
        (Wanted(text="shells FELL"), True),
        (Wanted(text="sh%s"), False),
        (Wanted(verdict="violation"), False),
        (Wanted(verdict=Verdict.ALLEGED), True),
        (Wanted(grade="C3"), True),
        (Wanted(grade="c"), True),
        (Wanted(grade="2"), False),
        (Wanted(since=datetime(2016, 5, 3, 23, tzinfo=UTC)), True),
        (Wanted(since=datetime(2016, 5, 4, tzinfo=UTC)), False),
        (Wanted(until=datetime(2016, 5, 3, tzinfo=UTC)), False),
    ],
)
def test_a_filter_finds_what_it_says(register: Register, wanted: Wanted, expected: bool) -> None:
    with register.writing() as writer:
        writer.replace_derived(derived())
    assert bool(register.incidents(wanted)) is expected


def test_an_incident_comes_with_what_it_rests_on_and_nothing_else(register: Register, tmp_path: Path) -> None:
    gather(register, doc(), doc("Something else.", id="doc-2"))
    others = (telling(), telling("claim-2", document="doc-2"))
    two = (incident(), incident("incident-2", claims=("claim-2",)))
    with register.writing() as writer:
        writer.replace_derived(derived(tellings=others, incidents=two, found=(Found(), Found())))
    owners = register.owners()
    assert (owners["claim-2"], owners["assessment-of-incident-1"]) == ("incident-2", "incident-1")
    view = register.view_of("incident-1", mission(tmp_path))
    assert (view.incidents, view.tellings, view.assessments) == ((incident(),), (telling(),), (assessment(),))
    assert [each.id for each in view.documents] == ["doc-1"]


def test_originals_are_kept_under_their_hash(register: Register, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>Shells</p>")
    sha256 = hash_of(page)
    with register.writing() as writer:
        assert writer.add_original(sha256, page, kept_at=NOON)
        assert not writer.add_original(sha256, page, kept_at=NOON)
    kept = register.original(sha256)
    assert kept is not None
    assert kept.read_bytes() == page.read_bytes()
    assert kept == tmp_path / "register" / "originals" / sha256[:2] / sha256[2:]


def test_an_original_that_is_not_what_its_hash_says_is_refused(register: Register, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"changed meanwhile")
    with pytest.raises(RegisterError, match="changed while"), register.writing() as writer:
        writer.add_original("0" * 64, page, kept_at=NOON)
    assert register.original("0" * 64) is None
