"""The table itself: complete, without idle rows, and never more certain than its weakest fact."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from truceline.judge.facts import ActFact, DoerFact, EvidenceFact, ExceptionFact, Facts, ScopeFact, TargetFact
from truceline.judge.page import QUESTIONS, write_page
from truceline.judge.weigh import answers_of, find_changes, find_combinations, weigh
from truceline.model.assessment import Verdict
from truceline.vocab.verdicts import VerdictTableError, load_verdict_table, parse_verdict_table

TABLE = load_verdict_table()
COMBINATIONS = tuple(find_combinations())
FOUND = {facts: weigh(facts, TABLE) for facts in COMBINATIONS}
ACCUSING = (Verdict.VIOLATION, Verdict.PREPARATORY)
ROOT = Path(__file__).parents[2]


def test_every_combination_of_answers_has_its_verdict() -> None:
    assert len(FOUND) == 6 * 3 * 8 * 7 * 3 * 7


def test_every_row_decides_something() -> None:
    assert set(Counter(row.id for row in FOUND.values())) == {row.id for row in TABLE.rows}


def test_every_answer_a_row_asks_for_exists() -> None:
    for row in TABLE.rows:
        for fact, answers in row.when.items():
            assert set(answers) <= {answer.value for answer in QUESTIONS[fact][1]}, row.id


def test_a_violation_needs_every_fact_settled() -> None:
    for facts, row in FOUND.items():
        if row.verdict in ACCUSING:
            assert facts.scope is ScopeFact.INSIDE
            assert facts.doer is DoerFact.BOUND
            assert facts.target is TargetFact.PROTECTED
            assert facts.exception is ExceptionFact.NOT_CLAIMED
            assert facts.evidence is EvidenceFact.SUPPORTED
            assert facts.act in (ActFact.PROHIBITED, ActFact.FAILED, ActFact.PREPARATORY)


def test_only_a_preparation_is_called_preparatory() -> None:
    assert all((facts.act is ActFact.PREPARATORY) for facts, row in FOUND.items() if row.verdict is Verdict.PREPARATORY)


@pytest.mark.parametrize(
    "cleared",
    [
        {"doer": DoerFact.EXCLUDED},
        {"target": TargetFact.EXCLUDED},
        {"doer": DoerFact.NO_PARTY},
        {"target": TargetFact.NO_PARTY},
        {"exception": ExceptionFact.SHOWN},
        {"scope": ScopeFact.OUTSIDE},
        {"act": ActFact.UNTOUCHED},
        {"act": ActFact.FULFILLED},
    ],
)
def test_what_clears_an_act_clears_it_whatever_else_is_unknown(cleared: dict[str, object]) -> None:
    for facts in COMBINATIONS:
        if facts.evidence is not EvidenceFact.CIRCULAR:
            assert FOUND[replace(facts, **cleared)].verdict is Verdict.NOT_A_VIOLATION  # type: ignore[arg-type]


def test_a_denial_never_leaves_more_than_contested() -> None:
    for facts, row in FOUND.items():
        if facts.evidence in (EvidenceFact.DENIED, EvidenceFact.DISPUTED):
            assert row.verdict in (Verdict.CONTESTED, Verdict.NOT_A_VIOLATION)


def test_one_side_never_leaves_more_than_alleged() -> None:
    for facts, row in FOUND.items():
        if facts.evidence is EvidenceFact.ONE_SIDE:
            assert row.verdict in (Verdict.ALLEGED, Verdict.INSUFFICIENT, Verdict.NOT_A_VIOLATION)


def test_every_told_change_leads_to_another_verdict() -> None:
    for facts, row in FOUND.items():
        assert all(verdict is not row.verdict for _, verdict in find_changes(facts, TABLE))


def test_no_change_supposes_an_answer_that_does_not_exist() -> None:
    for change in TABLE.changes:
        assert {*change.sources, change.to} <= {answer.value for answer in QUESTIONS[change.fact][1]}


def test_every_open_verdict_can_be_changed_by_something_learnt() -> None:
    sample = Facts(
        act=ActFact.PROHIBITED,
        scope=ScopeFact.INSIDE,
        doer=DoerFact.BOUND,
        target=TargetFact.PROTECTED,
        exception=ExceptionFact.NOT_CLAIMED,
        evidence=EvidenceFact.SUPPORTED,
    )
    for doer in DoerFact:
        if doer is not DoerFact.OTHER:
            assert find_changes(replace(sample, doer=doer), TABLE), doer
    for evidence in EvidenceFact:
        assert find_changes(replace(sample, evidence=evidence), TABLE), evidence


def test_the_order_names_every_verdict_once() -> None:
    assert sorted(TABLE.order) == sorted(Verdict)


def test_all_mistakes_of_a_table_are_told_at_once() -> None:
    broken = """
    row = [
        { id = "a", when = { weather = ["fair"] }, verdict = "guilty", because = "" },
        { id = "a", when = {}, verdict = "contested", because = "" },
    ]
    [order]
    verdicts = ["violation"]
    """
    with pytest.raises(VerdictTableError) as caught:
        parse_verdict_table(broken)
    for wanted in ("'weather'", "'guilty'", "two rows are called 'a'", "leaves out 'contested'"):
        assert wanted in str(caught.value)


def test_the_reference_page_is_current() -> None:
    page = ROOT / "docs" / "reference" / "verdicts.md"
    assert page.read_text(encoding="utf-8") == write_page(), (
        "run python -m truceline.judge.page > docs/reference/verdicts.md"
    )


def test_answers_name_the_six_facts() -> None:
    assert list(answers_of(COMBINATIONS[0])) == list(QUESTIONS)
