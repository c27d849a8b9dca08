"""One incident as the API gives it: everything its page shows."""

from pydantic import Field

from truceline.model.incident import AgreedValue, Contradiction, Grade, Origin, OriginLink, SumNote, Version
from truceline.schemas.rows import ClaimRow, Given, IncidentRow


class StepOut(Given):
    """One step of the assessment."""

    question: str
    answer: str
    because: str


class AssessmentOut(Given):
    """What it means under the agreement: a proposal with its steps, not a finding of fact."""

    verdict: str
    finding: str
    by: tuple[str, ...] = Field(description="Ids of actors it is attributed to.")
    obligations: tuple[str, ...] = Field(description="Ids of the terms applied.")
    clauses: tuple[str, ...]
    likelihood: str | None
    confidence: str
    steps: tuple[StepOut, ...]
    would_change: str = Field(description="What would lead to another verdict.")
    local_truces: tuple[str, ...]


class Lineage(Given):
    """Who has it from whom."""

    links: tuple[OriginLink, ...]
    circles: tuple[tuple[str, ...], ...] = Field(description="Documents that credit each other in a ring.")
    note: str


class NoLongerSaid(Given):
    """A claim that no longer speaks, and what ended it."""

    claim: ClaimRow
    words: str
    kept_by: tuple[str, ...] = Field(description="Ids of claims of others that have it from there and still say so.")


class IncidentOut(Given):
    """One incident with every telling it rests on."""

    incident: IncidentRow
    claims: tuple[ClaimRow, ...]
    versions: tuple[Version, ...]
    origins: tuple[Origin, ...] = Field(description="Independent origins.")
    lineage: Lineage
    contradictions: tuple[Contradiction, ...]
    values: tuple[AgreedValue, ...] = Field(description="What is agreed by which rule, beside what is told.")
    sums: tuple[SumNote, ...] = Field(description="Numbers that do not go together.")
    reasons: tuple[str, ...] = Field(description="Why these tellings are one incident.")
    grade: Grade
    assessment: AssessmentOut | None
    no_longer_said: tuple[NoLongerSaid, ...]


class IncidentsPage(Given):
    """Incidents, the latest first."""

    items: tuple[IncidentRow, ...]
    count: int = Field(description="How many match, on all pages.")
    next: str | None = Field(description="Address of the next page; null at the end.")
    fingerprint: str = Field(description="Of the register that this was taken from.")
