"""`read` answers line for line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from truceline.cli.app import make_app


def test_a_document_given_twice_is_read_twice(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": "The army shelled the village."})
    other = json.dumps({"id": "a", "text": "The army left the village."})
    file = tmp_path / "lines.jsonl"
    file.write_text(f"{line}\n{line}\n{other}\n", encoding="utf-8")
    answered = CliRunner().invoke(make_app(), ["read", "--format", "jsonl", str(file)])
    readings = [json.loads(each) for each in answered.stdout.splitlines()]
    assert [each["document"]["id"] for each in readings] == ["a", "a", "a"]
    assert [bool(each["claims"]) for each in readings] == [True, True, True]
    assert all(not each["problems"] for each in readings)
