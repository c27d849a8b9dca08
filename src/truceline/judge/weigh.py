"""From facts to a verdict, by the table in vocab/verdicts.toml and by nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from truceline.judge.evidence import Proof
from truceline.judge.exceptions import ExceptionClaim
from truceline.judge.facts import ActFact, DoerFact, EvidenceFact, ExceptionFact, Facts, ScopeFact, TargetFact
from truceline.judge.rules import Touch
from truceline.judge.scope import Scope
from truceline.model.assessment import Verdict
from truceline.model.incident import Grade
from truceline.model.place import Toponym
from truceline.vocab.verdicts import Change, Row, VerdictTable

NO_VERDICT_CERTAINTY = "low"
CONFIRMING = 3  # origins that make an incident confirmed (credibility 1): fuse/grades.toml
PROBABLE = 2  # Admiralty: probably true


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One term applied: `touch` is None when no term speaks of the act."""

    touch: Touch | None
    facts: Facts
    row: Row
    scope: Scope
    proof: Proof
    exception: ExceptionClaim | None


def answers_of(facts: Facts) -> dict[str, str]:
    return {
        "act": facts.act,
        "scope": facts.scope,
        "doer": facts.doer,
        "target": facts.target,
        "exception": facts.exception,
        "evidence": facts.evidence,
    }


def weigh(facts: Facts, table: VerdictTable) -> Row:
    """The first row that fits. Every combination has one: a test walks them all."""
    found = table.decided.get(facts)
    if found is None:
        answers = answers_of(facts)
        found = next((row for row in table.rows if row.fits(answers)), None)
        assert found is not None, f"verdicts.toml has no row for {facts}"
        table.decided[facts] = found
    return found


def find_combinations() -> Iterator[Facts]:
    """Every combination of answers there is."""
    for act, scope, doer, target, exception, evidence in product(
        ActFact, ScopeFact, DoerFact, TargetFact, ExceptionFact, EvidenceFact
    ):
        yield Facts(act=act, scope=scope, doer=doer, target=target, exception=exception, evidence=evidence)


def rank_weighed(weighed: list[Weighed], table: VerdictTable) -> tuple[Weighed, ...]:
    """The terms that give the incident's verdict; of several that do, those that came closest to applying."""
    first = min((each.row.verdict for each in weighed), key=table.order.index)
    chosen = [each for each in weighed if each.row.verdict is first]
    closest = max(rate_closeness(each, table) for each in chosen)
    return tuple(each for each in chosen if rate_closeness(each, table) == closest)


def rate_closeness(weighed: Weighed, table: VerdictTable) -> tuple[int, int]:
    """How close a term came to applying: the later its row stands and the more its people are named, the closer."""
    settled = (weighed.facts.doer is DoerFact.BOUND) + (weighed.facts.target is TargetFact.PROTECTED)
    return settled, table.rows.index(weighed.row)


def find_changes(facts: Facts, table: VerdictTable) -> list[tuple[Change, Verdict]]:
    """What would have to be learnt to change the verdict, one fact at a time."""
    if facts not in table.changed:
        now, answers = weigh(facts, table).verdict, answers_of(facts)
        possible = (change for change in table.changes if answers[change.fact] in change.sources)
        learnt = [(each, weigh(with_answer(facts, each.fact, each.to), table).verdict) for each in possible]
        table.changed[facts] = [(change, verdict) for change, verdict in learnt if verdict is not now]
    return table.changed[facts]


def with_answer(facts: Facts, fact: str, answer: str) -> Facts:
    """The same facts with one of them answered otherwise."""
    match fact:
        case "act":
            return replace(facts, act=ActFact(answer))
        case "scope":
            return replace(facts, scope=ScopeFact(answer))
        case "doer":
            return replace(facts, doer=DoerFact(answer))
        case "target":
            return replace(facts, target=TargetFact(answer))
        case "exception":
            return replace(facts, exception=ExceptionFact(answer))
        case _:
            return replace(facts, evidence=EvidenceFact(answer))


def word_likelihood(
    proof: Proof, grade: Grade, place: Toponym | None, table: VerdictTable, *, origins: int
) -> str | None:
    """The estimative word of ICD 203 that the grade supports; None where nothing supports one.

    Never more than the weakest needed fact carries: one that fewer than three origins tell, and fewer than tell the
    incident (`origins`), or a place that is not sure, leaves no more than 'probably true'.
    """
    if proof.fact is not EvidenceFact.SUPPORTED:
        return None
    weaker = proof.origins < min(CONFIRMING, origins)
    unsure = place is not None and place.chance < table.very_likely_chance
    return table.likelihood.get(max(grade.credibility, PROBABLE) if weaker or unsure else grade.credibility)


def word_confidence(proof: Proof, grade: Grade, table: VerdictTable) -> str:
    """Low, moderate or high: how broad and how good the basis of the weakest needed fact is."""
    if proof.fact is not EvidenceFact.SUPPORTED:
        return NO_VERDICT_CERTAINTY
    for row in table.confidence:
        good = grade.reliability in row.reliability and grade.credibility in row.credibility
        if proof.origins >= row.origins and good:
            return row.level
    return NO_VERDICT_CERTAINTY
