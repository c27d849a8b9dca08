"""What a reading tells as MUC-4 templates: one an incident, with its type, perpetrators, targets, victims and weapons.

The mapping rests on the printed reading alone: on its claims, and on what it says of the text as a whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from truceline.gauge.case import ContractReading
from truceline.gauge.muc4_incidents import incidents_of
from truceline.gauge.muc4_roles import Entity, normalised
from truceline.gauge.muc4_whole import arm, involve, weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`types` are alternatives; an entity is the set of its mentions, normalised."""

    types: tuple[str, ...]
    roles: Mapping[str, tuple[Entity, ...]]


def templates_of(reading: ContractReading, text: str) -> list[Template]:
    """The templates that one reading amounts to."""
    incidents = incidents_of(reading, text)
    types = reading.get("incident_types")
    if types is None:
        incidents = [each for each in incidents if each.specific]
    else:
        incidents = weighed(incidents, types)
        involve(incidents, reading)
        arm(incidents, reading)
    return [
        Template(types=(each.type,), roles={role: tuple(map(_told_by, found)) for role, found in each.roles.items()})
        for each in incidents
    ]


def _told_by(entity: Entity) -> Entity:
    """One mention is enough to name an entity: its shortest, which is the acronym where there is one."""
    return frozenset({min(entity, key=lambda each: (len(each), each))})


def entities_of(mentions: Iterable[Sequence[Any]]) -> Entity:
    """A gold entity as the set of its mentions, normalised."""
    return frozenset(normalised(each[0]) for each in mentions)
