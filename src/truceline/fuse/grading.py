"""`grades.toml`, read once and checked: the rules, the checks of plausibility, how a record counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from truceline.errors import TrucelineError
from truceline.fuse.policy import read_table
from truceline.model.grading import Dispute, History, Plausibility, Support

QUESTIONS = {"support": Support, "dispute": Dispute, "plausibility": Plausibility, "history": History}
Answers = tuple[Support, Dispute, Plausibility, History]


class GradeTableError(TrucelineError):
    """grades.toml has mistakes; all of them are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: the answers it fits, by question (a question left out: any), and what follows."""

    when: Mapping[str, frozenset[str]]
    credibility: int
    reason: str

    def fits(self, answers: Answers) -> bool:
        return all(
            name not in self.when or answer in self.when[name] for name, answer in zip(QUESTIONS, answers, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What makes a telling implausible, and what is said then."""

    flown: frozenset[str]
    weapon: str
    early: str
    late: str
    slack_hours: float
    toll: str
    most: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPolicy:
    """When a learned record may move a letter. `shares`: the share confirmed that a letter stands for, best first."""

    least_decided: int
    least_share_decided: float
    least_share_contradicted: float
    differing: frozenset[str]
    shares: Mapping[str, float]


@cache
def rules_by_answers() -> Mapping[Answers, Rule]:
    """The one rule for each combination of answers. Raises GradeTableError with every combination that has not one."""
    found, mistakes = {}, []
    for answers in find_combinations():
        fitting = [each for each in rules() if each.fits(answers)]
        if len(fitting) != 1:
            mistakes.append(f"grades.toml: {len(fitting)} rules fit {', '.join(answers)}; each needs exactly one")
            continue
        found[answers] = fitting[0]
    if mistakes:
        raise GradeTableError("\n".join(mistakes))
    return found


def find_combinations() -> Iterator[Answers]:
    """Every combination of answers there is."""
    return product(Support, Dispute, Plausibility, History)


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            when={name: frozenset(answers) for name, answers in each["when"].items()},
            credibility=each["credibility"],
            reason=each["reason"],
        )
        for each in read_table("truceline.fuse", "grades.toml")["rule"]
    )


@cache
def checks() -> Checks:
    table = read_table("truceline.fuse", "grades.toml")["checks"]
    return Checks(
        flown=frozenset(table["weapon"]["modes"]),
        weapon=table["weapon"]["words"],
        early=table["early"]["words"],
        late=table["late"]["words"],
        slack_hours=table["late"]["slack_hours"],
        toll=table["toll"]["words"],
        most=table["toll"]["most"],
    )


@cache
def record_policy() -> RecordPolicy:
    table = read_table("truceline.fuse", "grades.toml")["record"]
    return RecordPolicy(
        least_decided=table["least_decided"],
        least_share_decided=table["least_share_decided"],
        least_share_contradicted=table["least_share_contradicted"],
        differing=frozenset(table["differing"]),
        shares=table["shares"],
    )
