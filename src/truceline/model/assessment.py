"""What an incident means under a term of the agreement."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.ruling import Ruled


class Verdict(StrEnum):
    """The handbook's findings (1.10)."""

    VIOLATION = "violation"
    ALLEGED = "alleged, not assessed"
    CONTESTED = "contested"
    NOT_A_VIOLATION = "not a violation"
    PREPARATORY = "prohibited preparatory act"
    INSUFFICIENT = "insufficient information"
    DUPLICATE = "duplicate or circular"


# Verdicts that say or repeat that somebody did it; the others name nobody.
NAMING = (Verdict.VIOLATION, Verdict.PREPARATORY, Verdict.ALLEGED, Verdict.CONTESTED)


class Finding(StrEnum):
    """Attribution, kept apart from the verdict."""

    PARTY = "to a party"
    LARGELY = "largely to a party"
    SEVERAL = "to several parties"
    OTHER = "to an actor not known to be a party"
    CONTESTED = "contested"
    NONE = "cannot be attributed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of reasoning: a question, its answer, and what the answer rests on."""

    question: str
    answer: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One incident under the agreement.

    `obligations` and `clauses` name what was applied; `likelihood` is an ICD 203 term or None when
    nothing supports one; `confidence` is low, moderate or high, and stated apart. `aloud` is all of it in a few
    sentences that can be read out. `ruled` says that the verdict is a person's, with the one that the rules give.
    """

    id: str
    incident: str
    verdict: Verdict
    by: tuple[str, ...]
    finding: Finding
    obligations: tuple[str, ...]
    clauses: tuple[str, ...]
    likelihood: str | None
    confidence: str
    steps: tuple[Step, ...]
    would_change: str
    local_truces: tuple[str, ...] = ()
    aloud: str = ""
    ruled: Ruled | None = None
