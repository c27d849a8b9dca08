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
    incidents: int
    documents: int
    links: dict[str, str]


# ---- bulletins of the team


class BulletinLine(BaseModel):
    """One bulletin, by its last edition."""

    id: str
    number: int
    since: str = Field(description="The first local day.")
    until: str = Field(description="The first local day after.")
    period: str
    profile: str = Field(description="The release profile that it was made for.")
    edition: int = Field(description="1, and one more for each correction.")
    state: str = Field(description="published or withdrawn.")
    published_at: str
    page: str


class Bulletins(BaseModel):
    items: list[BulletinLine]


class JudgementOut(BaseModel):
    """A key judgement; how likely and how sure are sentences of their own."""

    statement: str
    likelihood: str
    confidence: str
    rests_on: list[str] = Field(description="Ids of incidents as they were when it was published.")
    figures: list[str]


class EditionOut(BaseModel):
    """What was published, by its hashes."""

    edition: int
    published_at: str
    changed: str = Field(description="What is other than in the edition before, and why; empty for the first.")
    page: str
    html_sha256: str
    pdf_sha256: str
    data_sha256: str
    files: list[str]


class BulletinOut(BulletinLine):
    fingerprint: str = Field(description="Of the register that it was made from.")
    note: str
    judgements: list[JudgementOut]
    editions: list[EditionOut]
    withdrawn_because: str | None
