"""Corrections as training cases: what was read, what was decided, and nothing else of the report."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from review_world import decide, view_of

from truceline.gauge.actors import Actors
from truceline.gauge.areas import Areas
from truceline.gauge.times import Times
from truceline.model.decision import Decision
from truceline.model.ruling import Proposal, Ruling
from truceline.model.span import Span
from truceline.model.telling import Role
from truceline.model.view import View
from truceline.model.when import Basis, TimexType, When
from truceline.review.export import Export, export_corrections
from truceline.testing import doc, telling, toponym

TEXT = "Secret before. Mortars of the Amber Brigade hit Hass on Tuesday evening. Secret after."
QUOTE = "Mortars of the Amber Brigade hit Hass on Tuesday evening."
AT = TEXT.index(QUOTE)
START, END = datetime(2016, 5, 3, 15, tzinfo=UTC), datetime(2016, 5, 3, 21, tzinfo=UTC)


def spot(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


TOLD = replace(
    telling("c1", document="d1"),
    quote=QUOTE,
    span=Span(AT, AT + len(QUOTE)),
    trigger="hit",
    agents=(Role(words="the Amber Brigade", actor=None),),
    place=toponym("Hass", lat=35.59, lon=36.60, span=spot("Hass"), chance=0.5),
    happened=When(
        span=spot("Tuesday evening"), type=TimexType.TIME, value="x", start=START, end=END, basis=Basis.STATED
    ),
)
DECISIONS = (
    decide(Ruling.ACTOR, ["c1"], words=("the Amber Brigade",), actor="jaish-al-islam"),
    decide(
        Ruling.PLACE,
        ["c1"],
        place=toponym("Kafr Nabl", lat=35.61, lon=36.56),
        proposed=Proposal(value="test:hass", words="Hass"),
    ),
    decide(Ruling.TIME, ["c1"], start=START, end=END),
    decide(Ruling.REJECT, ["gone"]),
)


def exported(decisions: tuple[Decision, ...] = DECISIONS) -> tuple[View, Export]:
    view = replace(view_of([TOLD], decisions), documents=(doc(TEXT, id="d1", publisher="Test Agency"),))
    return view, export_corrections(view, decisions)


def test_each_correction_holds_the_passage_the_proposal_and_the_ruling() -> None:
    _view, export = exported()
    by_question = {str(each["question"]): each for each in export.lines}
    place = by_question["place"]
    assert (place["machine"], place["shown"], place["person"]) == ("test:hass", "test:hass", "test:kafr nabl")
    assert (by_question["actor"]["machine"], by_question["actor"]["person"]) == ("", "jaish-al-islam")
    assert place["mission"] == "syria-2016"
    assert [each.id for each in export.left_out] == [DECISIONS[3].id]


def test_nothing_is_told_but_the_passage(tmp_path: Path) -> None:
    _view, export = exported()
    for path in export.write(tmp_path / "cases"):
        written = path.read_text(encoding="utf-8")
        assert "Secret" not in written
        assert "an analyst" not in written
        assert "seen" not in written


def test_the_gauge_reads_the_case_files(tmp_path: Path) -> None:
    _view, export = exported()
    folder = tmp_path / "cases"
    assert {each.name for each in export.write(folder)} == {
        "corrections.jsonl", "actors.txt", "areas.txt", "times_asked.txt",
    }  # fmt: skip
    (actor,) = Actors().cases(folder, "all")
    assert [(actor.document.text[slice(*each.at)], each.answer) for each in actor.gold.asked] == [
        ("the Amber Brigade", "jaish-al-islam")
    ]
    (area,) = Areas().cases(folder, "all")
    assert [each.names for each in area.gold.asked] == [("Kafr Nabl",)]
    assert [each.names for each in area.gold.happened] == [("Kafr Nabl",)]
    (time,) = Times().cases(folder, "all")
    assert [(each.start, each.end) for each in time.gold.times] == [(START, END)]


def test_a_suite_scores_what_people_decided_as_right(tmp_path: Path) -> None:
    _view, export = exported()
    export.write(tmp_path / "cases")
    (case,) = Actors().cases(tmp_path / "cases", "all")
    assert Actors().tally(case, Actors().reading_of(case)).counts["exact"] == 1


def test_one_file_of_lines_where_one_is_asked_for(tmp_path: Path) -> None:
    _view, export = exported()
    (path,) = export.write(tmp_path / "all.jsonl")
    assert [json.loads(each)["question"] for each in path.read_text(encoding="utf-8").splitlines()] == [
        "actor", "place", "time",
    ]  # fmt: skip


def test_pairs_tell_both_sides_and_confirmed_ones_count_too() -> None:
    other = telling("c2", document="d2", family="other", quote="Shells fell")
    apart = decide(Ruling.CONFIRM, ["c1"], ["c2"], about=Ruling.DIFFERENT)
    view = view_of([TOLD, other], [apart])
    (line,) = export_corrections(view, (apart,)).lines
    assert (line["person"], line["passages"], line["other_passages"]) == ("different", [QUOTE], ["Shells fell"])


def test_words_that_stand_twice_make_no_case_of_the_gauge() -> None:
    twice = replace(TOLD, quote=f"{QUOTE} the Amber Brigade fled")
    decision = DECISIONS[0]
    view = view_of([twice], [decision])
    export = export_corrections(view, (decision,))
    assert export.files == {}
    assert [each["suite"] for each in export.lines] == [None]


def test_words_from_elsewhere_in_the_report_are_told_no_further() -> None:
    beside = replace(TOLD, agents=(Role(words="a secret unit", actor=None),))
    decision = decide(Ruling.ACTOR, ["c1"], words=("a secret unit",), actor="syr.army")
    export = export_corrections(view_of([beside], [decision]), (decision,))
    assert export.lines == ()
    assert "outside the passage" in export.left_out[0].reason


def test_a_place_that_is_named_and_cannot_be_found_is_not_said_to_be_untold() -> None:
    decision = decide(Ruling.PLACE, ["c1"])
    _view, export = exported((decision,))
    assert "> Hass | unresolved | -" in export.files["areas.txt"]
    assert "@ hit" not in export.files["areas.txt"]
