"""Marks of mentions by encoders that had not seen the document."""

import json
from pathlib import Path

import pytest

from truceline.gauge.case import gold_document
from truceline.gauge.held_out import HeldOut, held_out_marks
from truceline.gauge.show import markdown, render
from truceline.gauge.suites import Report
from truceline.model.span import Span

SEEN = gold_document("d1", "The Red Brigade left Marat.")


def test_a_document_in_the_file_has_its_stored_marks() -> None:
    marks = HeldOut({SEEN.sha256: {"mention.ORGANISATION": [[0, 15]]}}).marks_of(SEEN, None)
    assert marks.spans("mention.ORGANISATION", bias=0.5) == [Span(0, 15)]
    assert marks.spans("mention.PERSON") == []


def test_a_document_outside_the_file_keeps_the_encoders_own_marks() -> None:
    own = object()
    assert HeldOut({SEEN.sha256: {}}).marks_of(gold_document("d2", "Another text."), own) is own


def test_only_suites_that_the_encoder_learnt_from_have_held_out_marks(tmp_path: Path) -> None:
    assert held_out_marks("geo", tmp_path) is None


def test_a_suite_without_the_marks_it_needs_is_not_scored_on_what_was_learnt_by_heart(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        held_out_marks("re3d", tmp_path)


def test_stored_marks_are_read_from_the_folder_of_the_trained_reader(tmp_path: Path) -> None:
    (tmp_path / "folds").mkdir()
    (tmp_path / "folds/re3d.json").write_text(json.dumps({"documents": {SEEN.sha256: {}}}))
    marks = held_out_marks("re3d", tmp_path)
    assert marks is not None
    assert len(marks) == 1


def test_a_report_says_that_marks_were_held_out() -> None:
    marks = HeldOut({SEEN.sha256: {}})
    report = Report(suite="re3d", split="all", documents=1, scores=(), note=marks.note)
    assert "out of fold" in markdown([report])
    assert "out of fold" in str(render(report).caption)
