import json
from pathlib import Path

import pytest

from truceline.errors import UsageError
from truceline.gauge import gold_reader, run_suite
from truceline.gauge.predict import readings_from
from truceline.gauge.suites import SUITES


def test_readings_printed_earlier_score_as_if_read_now(gold: Path, tmp_path: Path) -> None:
    known = gold_reader("timeml", gold)
    cases = SUITES["timeml"].cases(gold, "all")
    printed = tmp_path / "readings.jsonl"
    printed.write_text("".join(json.dumps(known(case.document)) + "\n" for case in cases), encoding="utf-8")
    assert run_suite("timeml", gold, predict=readings_from(printed)).score("value F1").value == 1.0


def test_a_file_that_holds_no_readings_is_refused_with_its_line(tmp_path: Path) -> None:
    printed = tmp_path / "readings.jsonl"
    printed.write_text('{"document": {"id": "a"}}\nnonsense\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"readings\.jsonl:2: not a reading"):
        readings_from(printed)


def test_a_missing_reading_is_named(gold: Path, tmp_path: Path) -> None:
    printed = tmp_path / "readings.jsonl"
    printed.write_text('{"document": {"id": "another"}}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="no reading of document 'made_up'"):
        run_suite("timeml", gold, predict=readings_from(printed))
