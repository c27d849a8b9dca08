"""Rows of the data sets as the API gives them: the same columns, with lists where a table has to join."""

import re
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from truceline.schemas.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, VERSION_COLUMNS, Column

SEPARATED = re.compile(r",? separated by ' [|>] '")
# In a table what is not there is an empty cell, here it is null.
EMPTY = re.compile(r"\bempty\b(?=[:, ])")


class Given(BaseModel):
    """Whatever the API gives; a program that is older than the service passes over fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Row(Given):
    """A line of a data set; what its fields mean is told with the columns."""

    columns: ClassVar[tuple[Column, ...]] = ()

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler.resolve_ref_schema(handler(core))
        for each in cls.columns:
            described["properties"][each.name]["description"] = SEPARATED.sub("", EMPTY.sub("null", each.meaning))
        return described


class IncidentRow(Row):
    """An incident: what we hold happened, which does not state that it is so."""

    columns = INCIDENT_COLUMNS

    id: str
    title: str
    kind: str
    plover: str | None
    mode: str | None
    acled: str | None
    cameo: str | None
    start: datetime | None
    end: datetime | None
    place: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    admin1: str | None
    country: str | None
    agents: tuple[str, ...]
    agent_words: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_words: tuple[str, ...]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    killed_best: int | None
    injured_best: int | None
    tellings: int
    denials: int
    origins: int
    contradictions: tuple[str, ...]
    grade: str
    verdict: str | None
    attribution: str | None
    likelihood: str | None
    confidence: str | None


class ClaimRow(Row):
    """A claim: what a source says, with its exact words."""

    columns = CLAIM_COLUMNS

    claim: str
    incident: tuple[str, ...]
    document: str
    version: int
    source: str | None
    family: str
    published_at: datetime | None
    start: int
    end: int
    quote: str
    trigger: str
    speakers: tuple[str, ...]
    speaker_actors: tuple[str, ...]
    plover: str | None
    mode: str | None
    mood: str
    factuality: float
    line: str
    agents: tuple[str, ...]
    agent_actors: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_actors: tuple[str, ...]
    happened_from: datetime | None
    happened_until: datetime | None
    time_basis: str | None
    place: str | None
    killed_low: int | None
    killed_high: int | None
    copied_from: str | None
    taken_from: str | None
    taken_from_start: int | None
    taken_from_end: int | None
    taken_from_version: int | None
    author_factuality: float | None
    evidence: str
    due_from: datetime | None
    due_until: datetime | None
    standing: str
    withdrawn_by: str | None
    origin_changed_by: str | None


class ChangeRow(Row):
    """What a newer text made of one claim of an older one."""

    columns = VERSION_COLUMNS

    document: str
    version: int
    by_document: str
    by_version: int
    at: datetime | None
    state: str
    old_claim: str | None
    old_start: int | None
    old_end: int | None
    new_claim: str | None
    new_start: int | None
    new_end: int | None
    changed: tuple[str, ...]
    old_values: tuple[str, ...]
    new_values: tuple[str, ...]
    old_quote: str | None
    incidents: tuple[str, ...]
    kept_by: tuple[str, ...]
    notice: str | None
