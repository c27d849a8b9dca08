"""The queue on the command line, and every ruling that can be given there."""

import json
from pathlib import Path
from typing import Any

import pytest
from calling import Call


def items_of(call: Call, folder: Path, *more: str) -> list[dict[str, Any]]:
    answer = call("review", "-m", folder, "-f", "jsonl", *more)
    assert answer.code == 0, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


def claim_of(call: Call, folder: Path) -> str:
    listed = [json.loads(line) for line in call("incidents", "-m", folder, "-f", "jsonl").out.splitlines()]
    return str(listed[0]["versions"][0]["claim"])


NAMED = ("--by", "R. H.", "--why", "seen")


def test_the_queue_is_listed_and_says_when_nothing_waits(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    answer = call("review", "-m", folder)
    assert answer.code == 0, answer.err
    assert "nothing waits" in answer.out or "shown" in answer.out
    for item in items_of(call, folder):
        assert item["weight_reason"]
        assert next(each["key"] for each in item["options"]) == "a"


@pytest.mark.parametrize(
    "given",
    [
        ("place", "--place", "unknown"),
        ("time", "--since", "2016-05-03", "--until", "2016-05-04"),
        ("time", "--since", "unknown"),
        ("kind", "--kind", "ASSAULT aerial"),
        ("reject",),
        ("verdict", "--verdict", "contested"),
        ("confirm", "--about", "kind"),
        ("reopen", "--about", "kind"),
    ],
)
def test_a_ruling_is_kept_with_what_the_machine_proposed(call: Call, folder: Path, given: tuple[str, ...]) -> None:
    call("run", "-m", folder)
    answer = call("decide", given[0], claim_of(call, folder), *given[1:], "-m", folder, *NAMED)
    assert answer.code == 0, answer.err
    assert f": {given[0]}, 1 and 0 claims" in answer.out
    assert call("run", "-m", folder).code == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("place",), "--place"),
        (("place", "--place", "nowhere:at-all"), "gazetteer lookup"),
        (("actor", "--actor", "unknown"), "--words"),
        (("actor", "--actor", "unknown", "--words", "somebody"), "--words"),
        (("time", "--since", "2016-05-03"), "--until"),
        (("time", "--since", "2016-05-03", "--until", "2016-05-02"), "--until"),
        (("kind", "--kind", "DANCE"), "--kind"),
        (("verdict", "--verdict", "splendid"), "--verdict"),
        (("confirm",), "--about"),
    ],
)
def test_a_ruling_that_lacks_something_is_refused(call: Call, folder: Path, given: tuple[str, ...], told: str) -> None:
    call("run", "-m", folder)
    answer = call("decide", given[0], claim_of(call, folder), *given[1:], "-m", folder, *NAMED)
    assert answer.code == 2, answer.out
    assert told in answer.err


def test_a_rejected_claim_leaves_its_incident_and_can_be_taken_back(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    claim = claim_of(call, folder)
    call("decide", "reject", claim, "-m", folder, *NAMED)
    answer = call("decide", "reopen", claim, "--about", "reject", "-m", folder, *NAMED)
    assert answer.code == 0, answer.err


def test_corrections_are_written_and_agreement_is_told(call: Call, folder: Path, tmp_path: Path) -> None:
    call("run", "-m", folder)
    call("decide", "kind", claim_of(call, folder), "--kind", "ASSAULT aerial", "-m", folder, *NAMED)
    call("run", "-m", folder)
    answer = call("review", "-m", folder, "--export", tmp_path / "cases.jsonl")
    assert answer.code == 0, answer.err
    (line,) = (tmp_path / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["person"] == "ASSAULT aerial"
    assert "nothing was answered by two people yet" in call("review", "-m", folder, "--agreement").out


def test_an_unknown_item_is_told(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    answer = call("decide", "confirm", "duplicate-000000000000", "-m", folder, *NAMED)
    assert answer.code == 2
    assert "nothing of this id waits" in answer.err


def test_under_double_review_a_first_answer_waits_for_a_second(call: Call, folder: Path) -> None:
    mission = folder / "mission.toml"
    mission.write_text(mission.read_text(encoding="utf-8") + '\n[review]\ndouble = ["grounding"]\n', encoding="utf-8")
    call("run", "-m", folder)
    claim = claim_of(call, folder)
    given = ("decide", "place", claim, "--place", "unknown", "-m", folder)
    assert "waits for a second person" in call(*given, *NAMED).out
    assert "puts it into effect" in call(*given, "--by", "S. K.", "--why", "seen too").out
