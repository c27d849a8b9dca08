"""The scorer of judging: what counts as right, what is refused, and a case told from end to end."""

import re
from pathlib import Path

import pytest

from truceline.errors import UsageError
from truceline.flow.mission import load_mission
from truceline.gauge.fused_suites import FUSED
from truceline.gauge.fusing import Asked
from truceline.gauge.judging import Answer, is_right, judge_case, tally_case
from truceline.gauge.judging_cases import JudgingCase, find_borders, make_situation, parse_case, read_cases, trigger_of
from truceline.gauge.passages import MISSION, REPOSITORY
from truceline.model.assessment import Finding, Verdict

README = (REPOSITORY / "tests" / "cases" / "judge" / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def example(tmp_path: Path) -> JudgingCase:
    assert EXAMPLE is not None
    (tmp_path / "one.toml").write_text(EXAMPLE[1], encoding="utf-8")
    return next(read_cases(tmp_path, later=False))


def test_the_example_of_the_readme_is_judged_as_it_says(example: JudgingCase) -> None:
    answer = judge_case(example, load_mission(MISSION.parent / example.agreement))
    assert is_right(example, answer)
    assert answer.attribution is example.attribution


def test_a_suite_tells_its_scores_beside_the_plain_ways(tmp_path: Path, example: JudgingCase) -> None:
    asked = Asked(folder=tmp_path, mission=load_mission(MISSION), split="all")
    report = FUSED["judging"].run(asked)
    assert (report.documents, report.score("verdict and clause right").value) == (1, 1.0)
    assert report.score("verdict and clause right").baseline == 0.0
    assert report.detail is not None
    assert report.detail.rows[0][0].startswith("plain: every attack")


def test_a_case_asked_no_clause_is_wrong_where_a_term_is_cited(example: JudgingCase) -> None:
    clear = JudgingCase(
        id="x",
        agreement=example.agreement,
        verdict=Verdict.NOT_A_VIOLATION,
        attribution=Finding.NONE,
        clauses=frozenset(),
        borderline=False,
        raw={},
    )
    silent = Answer(verdict=Verdict.NOT_A_VIOLATION, attribution=Finding.NONE, clauses=frozenset())
    citing = Answer(verdict=Verdict.NOT_A_VIOLATION, attribution=Finding.NONE, clauses=frozenset({"PM1"}))
    accusing = Answer(verdict=Verdict.VIOLATION, attribution=Finding.PARTY, clauses=frozenset({"PM1"}))
    assert [is_right(clear, each) for each in (silent, citing, accusing)] == [True, False, False]
    assert [tally_case(clear, each).counts["invented"] for each in (silent, citing, accusing)] == [False, False, True]


def test_a_case_with_a_key_nobody_knows_or_without_one_it_needs_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"cases.toml: case 'a' lacks agreement.* and has unknown weapons"):
        parse_case({"id": "a", "weapons": "tanks"}, "cases.toml")
    assert EXAMPLE is not None


def test_a_verdict_that_does_not_exist_is_refused_with_the_ones_that_do(example: JudgingCase) -> None:
    with pytest.raises(UsageError, match="'guilty' is no verdict; they are violation"):
        parse_case({**example.raw, "verdict": "guilty"}, "cases.toml")


def test_later_files_and_open_ones_are_kept_apart(tmp_path: Path, example: JudgingCase) -> None:
    assert EXAMPLE is not None
    (tmp_path / "two_later.toml").write_text(EXAMPLE[1].replace('id = "', 'id = "later-'), encoding="utf-8")
    assert [each.id for each in read_cases(tmp_path, later=False)] == [example.id]
    assert [each.id for each in read_cases(tmp_path, later=True)] == [f"later-{example.id}"]


def test_tellings_that_accuse_different_actors_contradict_each_other(example: JudgingCase) -> None:
    mission = load_mission(MISSION.parent / example.agreement)
    told = [dict(each) for each in example.raw["told"]]
    told[0]["by"] = ["ukr.army"]
    raw = {**example.raw, "by": ["dpr", "ukr.army"], "told": [*told[:1], {**told[1], "by": ["dpr"]}]}
    situation = make_situation(parse_case(raw, "cases.toml"), mission)
    assert [each.what for each in situation.incident.contradictions] == ["agent"]


def test_one_source_behind_two_tellings_is_one_origin(example: JudgingCase) -> None:
    mission = load_mission(MISSION.parent / example.agreement)
    told = [{"source": each, "origin": "agency", "reliability": "B", "stance": "asserts"} for each in ("a", "b")]
    situation = make_situation(parse_case({**example.raw, "told": told}, "cases.toml"), mission)
    assert [each.name for each in situation.incident.origins] == ["agency"]


def test_the_first_word_for_force_says_whether_a_fight_has_a_direction() -> None:
    assert trigger_of("clashes between the army and the formations") == "clashes"
    assert trigger_of("shelled positions during the battle for the town") == "shelled"
    assert trigger_of("aid was let through") == ""


def test_a_point_has_its_country_and_region() -> None:
    assert find_borders(47.94, 37.50, ("UA", "RU")) == ("UA", "Donetsk")
    assert find_borders(14.80, 42.96, ("YE",)) == ("YE", "Al Hudaydah")
    assert find_borders(36.72, 37.11, ("SY", "TR"))[0] == "TR"


def test_sources_that_credit_each_other_in_a_ring_are_no_origin(example: JudgingCase) -> None:
    mission = load_mission(MISSION.parent / example.agreement)
    ring = [{"source": "a", "origin": "b"}, {"source": "b", "origin": "a"}]
    told = [{**each, "reliability": "C", "stance": "asserts"} for each in ring]
    case = parse_case({**example.raw, "told": told}, "cases.toml")
    assert make_situation(case, mission).incident.origins == ()
    assert judge_case(case, mission).verdict is Verdict.DUPLICATE


@pytest.mark.parametrize(
    ("letter", "wanted"), [("D", Verdict.VIOLATION), ("E", Verdict.ALLEGED), ("F", Verdict.ALLEGED)]
)
def test_a_source_too_unreliable_or_unknown_confirms_nobody(letter: str, wanted: Verdict, example: JudgingCase) -> None:
    mission = load_mission(MISSION.parent / example.agreement)
    told = [{"source": f"s{each}", "reliability": each, "stance": "asserts"} for each in ("B", letter)]
    assert judge_case(parse_case({**example.raw, "told": told}, "cases.toml"), mission).verdict is wanted
