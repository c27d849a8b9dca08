"""The case files: what they expect stands in the passage, and every name they use exists."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from truceline.flow.mission import load_mission
from truceline.model.agreement import Agreement
from truceline.model.assessment import Finding, Verdict
from truceline.model.claim import Mood

CASES = Path(__file__).parents[1] / "cases"
SYRIA = Path(__file__).parents[2] / "missions" / "syria-2016"
# Which columns of each file quote the passage, how many columns there are, and how many cases at least.
FILES = {
    "attribution.txt": ((0, 1, 2), 3, 60),
    "events.txt": ((0, 2, 3, 4), 5, 80),
    "certainty.txt": ((0,), 4, 50),
    "quantities.txt": ((0, 3), 4, 40),
    "time_values.txt": ((0,), 3, 40),
    "places.txt": ((0,), 3, 40),
}


def cases(name: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Passage and expected lines, each split into its columns."""
    for block in (CASES / "read" / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and line[0] not in "#@"]
        passage = "\n".join(line for line in lines if not line.startswith(">"))
        if passage:
            yield passage, [[part.strip() for part in line[1:].split("|")] for line in lines if line.startswith(">")]


@pytest.mark.parametrize("name", FILES)
def test_expected_words_stand_in_their_passage(name: str) -> None:
    quoting, columns, enough = FILES[name]
    found = list(cases(name))
    assert len(found) >= enough
    for passage, expected in found:
        for line in expected:
            assert len(line) == columns, line
            pieces = [piece for at in quoting if line[at] != "-" for piece in line[at].split("~")]
            assert all(piece in passage for piece in pieces), line


def test_certainty_uses_the_moods_of_the_contract() -> None:
    for _, expected in cases("certainty.txt"):
        for _, mood, negated, sign in expected:
            assert mood in list(Mood)
            assert (negated in ("yes", "no"), sign in ("+", "0", "-")) == (True, True)


def test_verdict_cases_name_only_what_the_mission_has() -> None:
    mission = load_mission(SYRIA)
    assert mission.agreement is not None
    actors = {each.id for each in mission.actors}
    sources = {each.id for each in mission.sources}
    situations = tomllib.loads((CASES / "judge" / "verdicts.toml").read_text(encoding="utf-8"))["case"]
    assert len({each["id"] for each in situations}) == len(situations) >= 30
    for situation in situations:
        assert {*situation["by"], *situation["against"]} <= actors
        assert {each["source"] for each in situation["told"]} <= sources
        expects_known(situation, mission.agreement)


def expects_known(situation: dict[str, Any], agreement: Agreement) -> None:
    assert situation["verdict"] in list(Verdict)
    assert situation["finding"] in list(Finding)
    assert set(situation["obligations"]) <= {each.id for each in agreement.obligations}
    assert set(situation.get("truces", [])) <= {each.id for each in agreement.local_truces}
