"""Verdict, clause and attribution held against what a lawyer said of small situations (tests/cases/judge)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from truceline.flow.mission import load_mission
from truceline.gauge.case import Detail, Tally
from truceline.gauge.fusing import Asked, Suite, row_of, score_all
from truceline.gauge.judging_cases import JudgingCase, make_situation, read_cases
from truceline.gauge.measure import share
from truceline.gauge.passages import MISSION
from truceline.gauge.suites import Report
from truceline.judge import assess
from truceline.model.assessment import Finding, Verdict
from truceline.model.mission import Mission

ACCUSING = (Verdict.VIOLATION, Verdict.PREPARATORY)
WHOLE = share("verdict and clause right", "right", "cases")
MEASURES = (
    WHOLE,
    share("verdict right", "verdict", "cases"),
    share("attribution right", "attribution", "cases"),
    share("borderline: verdict and clause right", "border.right", "border"),
    share("violations found in excluded or outside cases", "invented", "clear", lower_is_better=True),
    share("violations found where the lawyer finds none", "accused", "open", lower_is_better=True),
    share("violations found, of the lawyer's", "caught", "breaches"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of one case."""

    verdict: Verdict
    attribution: Finding
    clauses: frozenset[str]


def measure_judging(asked: Asked, *, name: str, later: bool) -> Report:
    """Each case judged under the agreement of its own mission, which `asked` need not name."""
    cases = list(islice(read_cases(asked.folder, later=later), asked.limit))
    missions = {each: load_mission(MISSION.parent / each) for each in sorted({case.agreement for case in cases})}
    answers = []
    for case in cases:
        answers.append(judge_case(case, missions[case.agreement]))
        if asked.step is not None:
            asked.step()
    tallies = tally_all(cases, answers)
    nothing = [say_nothing(case) for case in cases]
    return Report(
        suite=name,
        split=asked.split,
        documents=len(cases),
        scores=score_all(MEASURES, tallies, tally_all(cases, nothing), "always 'insufficient information'"),
        note="Each case is judged under the agreement of its own mission.",
        detail=detail_of(cases, answers, missions),
    )


SUITES = {
    name: Suite(run=partial(measure_judging, name=name, later=later), mission=MISSION, measures=MEASURES)
    for name, later in (("judging", False), ("judging-later", True))
}


def judge_case(case: JudgingCase, mission: Mission) -> Answer:
    assert mission.agreement is not None
    situation = make_situation(case, mission)
    actors = {each.id: each for each in mission.actors}
    found = assess(
        situation.incident,
        situation.tellings,
        mission.agreement,
        actors,
        timezone=mission.timezone,
        sources=situation.sources,
    )
    return Answer(verdict=found.verdict, attribution=found.finding, clauses=frozenset(found.obligations))


def say_nothing(case: JudgingCase) -> Answer:  # noqa: ARG001  it says the same of all
    return Answer(verdict=Verdict.INSUFFICIENT, attribution=Finding.NONE, clauses=frozenset())


def accuse_every_attack(case: JudgingCase, mission: Mission) -> Answer:
    """A plain reader's way: any use of force by a party against a party is a violation of the first such term."""
    assert mission.agreement is not None
    parties = {each.actor for each in mission.agreement.parties}
    by, act = case.raw.get("by", ()), case.raw.get("act", "").partition("/")[0]
    if act != "ASSAULT" or not by or not parties & {*by}:
        return Answer(verdict=Verdict.NOT_A_VIOLATION, attribution=Finding.NONE, clauses=frozenset())
    terms = frozenset(
        each.id for each in mission.agreement.obligations if any(one.plover == "ASSAULT" for one in each.acts)
    )
    return Answer(verdict=Verdict.VIOLATION, attribution=Finding.PARTY, clauses=terms)


def is_right(case: JudgingCase, answer: Answer) -> bool:
    """Verdict and clause; 'none' asks that no term is cited. What is circular is asked no clause."""
    if answer.verdict is not case.verdict:
        return False
    if case.verdict is Verdict.DUPLICATE:
        return True
    return bool(case.clauses & answer.clauses) if case.clauses else not answer.clauses


def tally_all(cases: Sequence[JudgingCase], answers: Sequence[Answer]) -> list[Tally]:
    return [tally_case(case, answer) for case, answer in zip(cases, answers, strict=True)]


def tally_case(case: JudgingCase, answer: Answer) -> Tally:
    breach, accused, right = case.verdict in ACCUSING, answer.verdict in ACCUSING, is_right(case, answer)
    clear = case.verdict is Verdict.NOT_A_VIOLATION
    return Tally(
        counts={
            "cases": 1,
            "right": right,
            "verdict": answer.verdict is case.verdict,
            "attribution": answer.attribution is case.attribution,
            "border": case.borderline,
            "border.right": case.borderline and right,
            "clear": clear,
            "invented": clear and accused,
            "open": not breach,
            "accused": not breach and accused,
            "breaches": breach,
            "caught": breach and accused,
        }
    )


def detail_of(cases: Sequence[JudgingCase], answers: Sequence[Answer], missions: dict[str, Mission]) -> Detail:
    """By agreement and by verdict, how many are right; and the other plain way beside them."""
    plain = [accuse_every_attack(case, missions[case.agreement]) for case in cases]
    rows = [row_of("plain: every attack by a party is a violation", tally_all(cases, plain), (WHOLE,))]
    for value in (*missions, *Verdict):
        own = [at for at, case in enumerate(cases) if value in (case.agreement, case.verdict)]
        if own:
            tallies = [tally_case(cases[at], answers[at]) for at in own]
            rows.append(row_of(str(value), tallies, (WHOLE,)))
    return Detail(title="by agreement and by verdict", columns=("of", "cases", "right", "95 %"), rows=tuple(rows))


def list_misses(folder: Path) -> list[str]:
    """A line for each case of the open files that is not right: for those who mend the judge, never for later files."""
    cases = list(read_cases(folder, later=False))
    missions = {each: load_mission(MISSION.parent / each) for each in {case.agreement for case in cases}}
    lines = []
    for case in cases:
        answer = judge_case(case, missions[case.agreement])
        if not is_right(case, answer) or answer.attribution is not case.attribution:
            told = f"{answer.verdict} | {answer.attribution} | {', '.join(sorted(answer.clauses)) or 'none'}"
            asked = f"{case.verdict} | {case.attribution} | {', '.join(sorted(case.clauses)) or 'none'}"
            border = " (borderline)" if case.borderline else ""
            lines.append(f"{case.id}{border}\n  asked {asked}\n  said  {told}\n  why   {case.raw.get('why', '')}")
    return lines
