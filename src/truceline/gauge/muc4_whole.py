"""What a reading says of a text as a whole, put to the incidents that its claims tell: how many, who is involved.

The numbers were set on MUC-4 dev; docs/quality.md says how.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from truceline.gauge.case import ContractReading
from truceline.gauge.muc4_incidents import UNASKED, Incident, add_entity
from truceline.gauge.muc4_roles import HEDGED, Entity, bare, lists, name_in, normalised, uncounted

# How likely the text must report one more incident of a type: told of one occasion, told vaguely, not told.
SPECIFIC, VAGUE, UNTOLD = 0.2, 0.35, 0.5
# From this chance on words are put where an incident has nobody in their role; under the second they are taken out.
INVOLVED, DOUBTED = 0.25, 0.2
# What is almost surely a weapon is one, beside those that the claims tell.
ARMED = 0.9
ROLES = {"perpetrator": "PerpInd", "perpetrating-body": "PerpOrg", "victim": "Victim"}
FAR = 10**9


def weighed(incidents: Sequence[Incident], types: Sequence[Mapping[str, Any]]) -> list[Incident]:
    """As many of every type as the text is likely to report, one without participants where the claims tell fewer.

    Those told of one occasion come first, and of these the ones with most participants.
    """
    return [each for kind in types for each in _of_type(kind, incidents)]


def _of_type(kind: Mapping[str, Any], incidents: Sequence[Incident]) -> Iterator[Incident]:
    chances = (kind["chance"], *kind["more"])
    mine = sorted((each for each in incidents if each.type == kind["type"]), key=_rank)
    for at, chance in enumerate(chances):
        if chance < (UNTOLD if at >= len(mine) else SPECIFIC if mine[at].specific else VAGUE):
            return
        yield mine[at] if at < len(mine) else Incident(type=kind["type"])
    yield from (each for each in mine[len(chances) :] if each.specific)  # no chance is given of so many


def _rank(incident: Incident) -> tuple[bool, int, int]:
    return not incident.specific, -sum(map(len, incident.roles.values())), -len(incident.at)


def involve(incidents: Sequence[Incident], reading: ContractReading) -> None:
    """Take out the claims' unlikely perpetrators and victims; put the likeliest where an incident has none."""
    found = [(each, ROLES[each["role"]]) for each in reading["involved"] if each["role"] in ROLES]
    known = {(role, words) for each, role in found if each["chance"] >= DOUBTED for words in _wordings(each["text"])}
    for incident in incidents:
        for role in ROLES.values():
            kept = [each for each in incident.roles[role] if any((role, words) in known for words in each)]
            incident.roles[role] = kept
    for each, role in sorted(found, key=lambda one: -one[0]["chance"]):
        entity = _entity(role, each["text"])
        if incidents and entity and each["chance"] >= INVOLVED:
            nearest = min(incidents, key=_distance(each["start"])).roles[role]
            if not nearest:
                add_entity(nearest, entity)


def arm(incidents: Sequence[Incident], reading: ContractReading) -> None:
    """Put what is almost surely a weapon into the nearest incident of a type that is asked for weapons."""
    asked = [each for each in incidents if "Weapon" not in UNASKED.get(each.type, ())]
    for each in reading["involved"]:
        if asked and each["role"] == "weapon" and each["chance"] >= ARMED:
            entity = frozenset({normalised(uncounted(bare(each["text"])))})
            add_entity(min(asked, key=_distance(each["start"])).roles["Weapon"], entity)


def _distance(at: int) -> Callable[[Incident], int]:
    return lambda incident: min((abs(each - at) for each in incident.at), default=FAR)


def _wordings(words: str) -> Iterator[str]:
    plain = bare(words)
    for each in (words, plain, HEDGED.sub("", plain), uncounted(plain), name_in(plain)):
        if each:
            yield normalised(each)


def _entity(role: str, words: str) -> Entity:
    plain = HEDGED.sub("", bare(words))
    if not plain or plain in lists()["pointers"]:
        return frozenset()
    name = name_in(plain) if role == "Victim" else ""
    return frozenset({normalised(name or plain)})
