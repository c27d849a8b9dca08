"""What a person decides holds, and what an incident became can be told."""

import json
from pathlib import Path

from calling import Call


def incidents_of(call: Call, folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in call("incidents", "-m", folder, "-f", "jsonl").out.splitlines()]


def test_a_decision_is_kept_with_its_grounds_and_told_to_take_effect(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    claims = [version["claim"] for each in incidents_of(call, folder) for version in each["versions"]]  # type: ignore[attr-defined]
    answer = call("decide", "different", claims[0], claims[1], "-m", folder, "--by", "R. H.", "--why", "Another street")
    assert answer.code == 0, answer.err
    assert "different, 1 and 1 claims" in answer.out
    assert "puts it into effect" in answer.out


def test_a_decision_about_one_thing_or_without_grounds_is_refused(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    assert call("decide", "same", "inc-1", "inc-1", "-m", folder, "--by", "R. H.", "--why", "x").code == 2
    answer = call("decide", "same", "inc-1", "inc-2", "-m", folder, "--by", "R. H.", "--why", " ")
    assert (answer.code, "on what grounds" in answer.err) == (2, True)
    answer = call("decide", "same", "inc-1", "inc-2", "-m", folder, "--by", "R. H.", "--why", "one strike")
    assert (answer.code, "no incident has this id" in answer.err) == (2, True)


def test_an_incident_that_is_no_more_tells_what_became_of_it(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    (before,) = incidents_of(call, folder)
    (folder / "documents" / "a.txt").write_text("quiet", encoding="utf-8")
    call("run", "-m", folder)
    answer = call("explain", before["id"], "-m", folder)
    assert answer.code == 0, answer.err
    assert "and no more" in answer.out
    assert "is now in" in answer.out
