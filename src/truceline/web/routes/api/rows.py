"""Incidents, claims and changes as rows: the values of the data sets, with lists where a table has to join."""

from collections.abc import Iterator
from typing import Any

from truceline.model.incident import Incident
from truceline.model.revision import Revision
from truceline.model.telling import Role, Speaker, Telling
from truceline.publish.datasets import claim_line, incident_line
from truceline.publish.lookup import Lookup
from truceline.publish.versions_csv import change_line
from truceline.schemas.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, VERSION_COLUMNS

INCIDENT_NAMES, CLAIM_NAMES, CHANGE_NAMES = (
    tuple(each.name for each in columns) for columns in (INCIDENT_COLUMNS, CLAIM_COLUMNS, VERSION_COLUMNS)
)


def row_of_incident(incident: Incident, lookup: Lookup) -> dict[str, Any]:
    """As `IncidentRow`."""
    line = dict(zip(INCIDENT_NAMES, incident_line(incident, lookup), strict=True))
    lists = {
        "agents": incident.agents,
        "agent_words": incident.agent_words,
        "recipients": incident.recipients,
        "recipient_words": incident.recipient_words,
        "contradictions": tuple(each.what for each in incident.contradictions),
    }
    return {**line, **{name: list(values) for name, values in lists.items()}}


def row_of_claim(telling: Telling, lookup: Lookup, incidents_of: tuple[str, ...]) -> dict[str, Any]:
    """As `ClaimRow`."""
    line = dict(zip(CLAIM_NAMES, claim_line(telling, lookup), strict=True))
    roles: dict[str, tuple[Role | Speaker, ...]] = {
        "agent": telling.agents,
        "recipient": telling.recipients,
        "speaker": telling.chain,
    }
    words = {f"{name}s": [each.words for each in named] for name, named in roles.items()}
    actors = {f"{name}_actors": [each.actor or "?" for each in named] for name, named in roles.items()}
    return {**line, **words, **actors, "incident": list(incidents_of)}


def rows_of_changes(revision: Revision) -> Iterator[dict[str, Any]]:
    """As `ChangeRow`."""
    outdated = {each.telling.claim: each for each in revision.outdated}
    for change in revision.changes:
        gone = outdated.get(change.old or "")
        lists = {
            "changed": [each.aspect.value for each in change.differences],
            "old_values": [each.old or "-" for each in change.differences],
            "new_values": [each.new or "-" for each in change.differences],
            "incidents": [] if gone is None else list(gone.incidents),
            "kept_by": [] if gone is None else list(gone.kept_by),
        }
        yield {**dict(zip(CHANGE_NAMES, change_line(revision, change, gone), strict=True)), **lists}
