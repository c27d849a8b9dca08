"""What the API gives, as its description tells it. Columns keep the names and meanings of the CSV."""

import re
from typing import Any

from pydantic import BaseModel, Field, create_model

from truceline.publish.cells import Cell, Column
from truceline.publish.datasets import CLAIM_COLUMNS, INCIDENT_COLUMNS

# In a table these stand in one cell, with signs between them.
LISTED = (
    *("agents", "agent_words", "agent_actors", "recipients", "recipient_words", "recipient_actors"),
    *("speakers", "speaker_actors", "contradictions", "incident"),
)
SEPARATED = re.compile(r",? separated by ' [|>] '")


def fields_of(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        each.name: (
            list[str] if each.name in LISTED else Cell,
            Field(description=SEPARATED.sub("", each.meaning)),
        )
        for each in columns
    }


IncidentRow: type[BaseModel] = create_model("IncidentRow", **fields_of(INCIDENT_COLUMNS))
ClaimRow: type[BaseModel] = create_model("ClaimRow", **fields_of(CLAIM_COLUMNS))


class Versioned(BaseModel):
    """What one telling does to the incident."""

    claim: str
    document: str
    stance: str = Field(description="asserts, denies or hedges.")
    reason: str = Field(description="Why it was put into this incident.")


class OriginOut(BaseModel):
    """One independent origin."""

    name: str
    claims: list[str]
    families: list[str] = Field(description="Publisher families that carry it.")


class StepOut(BaseModel):
    """One step of the assessment."""

    question: str
    answer: str
    because: str


class AssessmentOut(BaseModel):
    """What it means under the agreement: a proposal with its steps, not a finding of fact."""

    verdict: str
    finding: str
    by: list[str]
    obligations: list[str]
    clauses: list[str]
    likelihood: str | None
    confidence: str
    steps: list[StepOut]
    would_change: str


class IncidentsPage(BaseModel):
    """Incidents, the latest first."""

    items: list[IncidentRow]  # type: ignore[valid-type]
    count: int = Field(description="How many match, on all pages.")
    next: str | None = Field(description="Address of the next page; null at the end.")
    fingerprint: str = Field(description="Of the register that this was taken from.")


class IncidentOut(BaseModel):
    """One incident with every telling it rests on."""

    incident: IncidentRow  # type: ignore[valid-type]
    claims: list[ClaimRow]  # type: ignore[valid-type]
    versions: list[Versioned]
    origins: list[OriginOut]
    reasons: list[str] = Field(description="Why these tellings are one incident.")
    grade_reason: str
    assessment: AssessmentOut | None


class DocumentRow(BaseModel):
    """One document, its latest version."""

    id: str
    title: str | None
    publisher: str | None
    published_at: str | None
    language: str | None
    version: int
    claims: int = Field(description="How many claims were read in it.")
    page: str = Field(description="Address of its page here.")


class DocumentsPage(BaseModel):
    items: list[DocumentRow]
    count: int
    next: str | None


class SourceRow(BaseModel):
    """A publisher as the mission grades it."""

    id: str
    name: str
    kind: str
    family: str = Field(description="Sources of one family are one origin.")
    reliability: str = Field(description="Admiralty: A to F; F is no basis to judge.")
    reason: str
    actor: str | None = Field(description="Whom it belongs to.")


class Sources(BaseModel):
    items: list[SourceRow]


class Hit(BaseModel):
    """An incident that holds the words."""

    id: str
    title: str
    start: str | None
    where: str
    page: str


class Hits(BaseModel):
    items: list[Hit]
    count: int
    next: str | None


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class Index(BaseModel):
    """Where things are, and how much is held."""

    mission: str
    fingerprint: str
    release: str = Field(description="By which profile all answers are released, and what it withholds.")
    incidents: int
    documents: int
    links: dict[str, str]
