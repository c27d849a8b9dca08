"""The incidents that the claims of a reading tell: those of one incident joined, with who and what took part.

docs/quality.md says the rules in words, muc4.toml holds their lists.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from truceline.gauge.case import ContractReading
from truceline.gauge.muc4_roles import (
    NO_VOWEL,
    Entity,
    bare,
    head,
    is_civil,
    is_counted,
    lists,
    normalised,
    perpetrators,
    sufferers,
    uncounted,
    with_short,
)

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
Claim = Mapping[str, Any]

RECENT = timedelta(days=62)
MOST_AT_ONCE = 200
NEAR = 250  # characters between an act and the killing that it led to
TOLD = frozenset({"assertion", "opinion"})
# Ground that changes hands is war, no incident.
TAKEN = "Non-state actor overtakes territory"
# What is not asked of a type: who is taken is no thing, who burns uses fire.
UNASKED = {"kidnapping": ("Target", "Weapon"), "arson": ("Weapon",)}
# An attempt is an incident too; what is only feared, planned or hoped for is none.
ATTEMPTED = 1.2


@dataclass(slots=True, kw_only=True)
class Incident:
    """Claims that are held to tell one incident."""

    type: str
    roles: dict[str, list[Entity]] = field(default_factory=lambda: {role: [] for role in ROLES})
    days: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    at: set[int] = field(default_factory=set)
    civil: bool = False
    counted: bool = False
    resolved: bool = False
    vague: bool = False

    @property
    def specific(self) -> bool:
        """Told of one occasion: a named victim, or a target or civilians with a day, a place, a weapon or a number."""
        placed = self.days or self.places
        told = placed or self.counted or self.roles["Weapon"]
        struck = self.civil or self.roles["Target"]
        if self.type == "arson" or (self.type == "kidnapping" and (struck or placed or self.roles["PerpInd"])):
            return True
        return bool(self.roles["Victim"] or (struck and told) or (self.roles["Weapon"] and placed))


def incidents_of(reading: ContractReading, text: str) -> list[Incident]:
    """What the claims tell, claims of one incident joined, in text order; also what is told too vaguely to count."""
    incidents: list[Incident] = []
    for found in _told(reading, text):
        known = next((each for each in reversed(incidents) if _same(each, found)), None)
        if known is None:
            incidents.append(found)
        else:
            _join(known, found)
    _name_loose_groups(incidents, list(_bodies(reading, text)))
    return incidents


def _bodies(reading: ContractReading, text: str) -> Iterator[Entity]:
    """Irregular organisations that take part in any violence of the report, told or only spoken of."""
    known: list[Entity] = []
    for claim in reading["claims"]:
        if claim["event"]["plover"] != "ASSAULT":
            continue
        for each in (*claim["agents"], *claim["recipients"]):
            for role, body in perpetrators(each, reading, text):
                if role == "PerpOrg" and not any(head(words) in lists()["official"] for words in body):
                    add_entity(known, body)
    if not known:
        named = (each for each in reading["mentions"] if each["type"] == "ORGANISATION")
        for each in named:
            words = bare(each["text"])
            if head(words) in {"front", "movement"} or NO_VOWEL.fullmatch(words):
                add_entity(known, with_short(words, each["end"], text))
    yield from known


def _name_loose_groups(incidents: Sequence[Incident], bodies: Sequence[Entity]) -> None:
    """'The guerrillas' of a report that knows one irregular organisation are of that organisation."""
    for each in incidents:
        loose = any(head(words) in lists()["irregulars"] for one in each.roles["PerpInd"] for words in one)
        if loose and not each.resolved and not each.roles["PerpOrg"] and len(bodies) == 1:
            each.roles["PerpOrg"].append(bodies[0])


def _told(reading: ContractReading, text: str) -> list[Incident]:
    """An incident for every claim that tells one; who is killed by it in words of its own belongs to it."""
    made = [(claim, _incident(claim, reading, text)) for claim in reading["claims"]]
    told = [(claim["event"]["start"], found) for claim, found in made if found is not None]
    for claim, _ in made:
        if told and claim["event"]["plover"] is None and claim["event"]["text"].lower() in lists()["outcomes"]:
            at = claim["event"]["start"]
            distance, nearest = min(((abs(start - at), found) for start, found in told), key=lambda each: each[0])
            if distance < NEAR and _is_told(claim):
                _suffer(nearest, claim, reading, text)
                if not nearest.roles["PerpInd"] and not nearest.roles["PerpOrg"]:
                    _act(nearest, claim, reading, text)
    return [found for _, found in told]


# One claim ---------------------------------------------------------------------------------------


def _incident(claim: Claim, reading: ContractReading, text: str) -> Incident | None:
    kind = type_of(claim)
    if kind is None or not _is_told(claim) or _is_old(claim, reading):
        return None
    made = Incident(type=kind, civil=_harms_civilians(claim), counted=_counts_harm(claim))
    made.at.add(claim["event"]["start"])
    made.vague = claim["event"]["text"].lower() in lists()["vague"] and not claim["instruments"]
    made.resolved = any(each["actor"] is not None for each in claim["agents"])
    _take_part(made, claim, reading, text)
    for role in UNASKED.get(kind, ()):
        made.roles[role].clear()
    _settle(made, claim, reading)
    return None if _is_warfare(made) else made


def _is_warfare(made: Incident) -> bool:
    """Forces of a state acting, and neither a civilian nor a thing that suffers."""
    official = any(head(words) in lists()["official"] for body in made.roles["PerpOrg"] for words in body)
    return official and not made.resolved and not (made.civil or made.roles["Victim"] or made.roles["Target"])


def _take_part(made: Incident, claim: Claim, reading: ContractReading, text: str) -> None:
    _act(made, claim, reading, text)
    _suffer(made, claim, reading, text)
    for each in claim["instruments"]:
        known = each["actor"] is not None
        words = each["text"] if known else uncounted(bare(each["text"]))
        if known or head(words) not in lists()["things"]:
            add_entity(made.roles["Weapon"], frozenset({normalised(words)}), joins=not known)


def _act(made: Incident, claim: Claim, reading: ContractReading, text: str) -> None:
    for each in claim["agents"]:
        for role, entity in perpetrators(each, reading, text):
            add_entity(made.roles[role], entity, joins=each["actor"] is None)


def _suffer(made: Incident, claim: Claim, reading: ContractReading, text: str) -> None:
    for each in claim["recipients"]:
        for role, entity in sufferers(each, reading, text):
            add_entity(made.roles[role], entity, joins=each["actor"] is None)
        made.civil = made.civil or is_civil(each)
        made.counted = made.counted or is_counted(each)


def type_of(claim: Claim) -> str | None:
    """The incident type of an assault or a seizure, by its mode and by the words of its trigger and weapons."""
    event = claim["event"]
    trigger = event["text"].lower()
    means = {word for each in claim["instruments"] for word in re.findall(r"[\w-]+", each["text"].lower())}
    if event["plover"] == "COERCE" and event["mode"] in {"seize", "restrict"}:
        kind = "robbery" if event["mode"] == "seize" else "forced work stoppage"
        return kind if trigger in lists()[kind.rsplit(maxsplit=1)[-1]] else None
    if event["plover"] != "ASSAULT" or event["acled"] == TAKEN:
        return None
    if event["mode"] in {"abduct", "beat"}:
        return "kidnapping" if event["mode"] == "abduct" else "attack"
    if event["mode"] == "destroy" and trigger in lists()["arson"]:
        return "arson"
    if event["mode"] in {"aerial", "drone"}:
        return "attack"
    if event["mode"] in {"explosives", "suicide-attack"} or (means | {trigger}) & lists()["bombing"]:
        return "bombing"
    return "attack"


def _is_told(claim: Claim) -> bool:
    attempted = claim["mood"] == "hypothetical" and claim["factuality"] >= ATTEMPTED
    return not claim["negated"] and claim["factuality"] >= 1.0 and (claim["mood"] in TOLD or attempted)


def _is_old(claim: Claim, reading: ContractReading) -> bool:
    """Told to have happened more than two months before the report."""
    until, published = _interval(claim, reading)[1], reading["document"]["published_at"]
    if until is None or published is None:
        return False
    return datetime.fromisoformat(until) < datetime.fromisoformat(published) - RECENT


def _interval(claim: Claim, reading: ContractReading) -> tuple[str | None, str | None]:
    time = None if claim["time"] is None else reading["times"][claim["time"]]
    return (None, None) if time is None else (time.get("from"), time.get("to"))


def _counts_harm(claim: Claim) -> bool:
    """So many killed or injured that one occasion can hold them."""
    harm = claim["harm"] or {}
    numbers = ((harm.get(kind) or {}).get("low") for kind in ("killed", "injured"))
    return any(number is not None and 0 < number <= MOST_AT_ONCE for number in numbers)


def _harms_civilians(claim: Claim) -> bool:
    harm = claim["harm"] or {}
    civilians = harm.get("killed_civilians") or {}
    return bool(civilians.get("low") or civilians.get("high"))


def _settle(made: Incident, claim: Claim, reading: ContractReading) -> None:
    start, end = _interval(claim, reading)
    if start and end and datetime.fromisoformat(end) - datetime.fromisoformat(start) <= timedelta(days=1):
        made.days.add(start[:10])
    place = None if claim["place"] is None else reading["places"][claim["place"]]
    if place is not None and place.get("precision") in {"settlement", "point", "near"}:
        made.places.add(str(place.get("name") or place["text"]).lower())


# One incident ------------------------------------------------------------------------------------


def add_entity(entities: list[Entity], found: Entity, *, joins: bool = True) -> None:
    """Keep one entity for what shares a mention, or, where it `joins`, is named by part of a longer name."""
    found = frozenset(filter(None, found))
    if not found:
        return
    for at, each in enumerate(entities):
        if each & found or (joins and (_is_part(each, found) or _is_part(found, each))):
            entities[at] = each if _longest(each) >= _longest(found) else found
            return
    entities.append(found)


def _longest(entity: Entity) -> int:
    return max(map(len, entity))


def _is_part(shorter: Entity, longer: Entity) -> bool:
    """'galvez' of 'pedro galvez', 'house' of 'the minister's house': the last words of the longer."""
    return any(
        one != other and f" {other}".rstrip("s").endswith(f" {one}".rstrip("s")) for one in shorter for other in longer
    )


def _same(known: Incident, found: Incident) -> bool:
    """Same type, or told by a word for any of them ('the attack'), and nothing that contradicts."""
    if known.type != found.type and not (found.vague and not found.roles["Victim"] and not found.roles["Target"]):
        return False
    apart = any(
        one and other and not one & other for one, other in ((known.days, found.days), (known.places, found.places))
    )
    return not apart and not any(_differ(known.roles[role], found.roles[role]) for role in ("Victim", "PerpOrg"))


def _differ(known: Sequence[Entity], found: Sequence[Entity]) -> bool:
    """Both named, and nobody common to both."""
    same = (one & other or _is_part(one, other) or _is_part(other, one) for one in known for other in found)
    return bool(known and found) and not any(same)


def _join(known: Incident, found: Incident) -> None:
    for role, entities in found.roles.items():
        for each in entities:
            add_entity(known.roles[role], each)
    known.days |= found.days
    known.places |= found.places
    known.at |= found.at
    known.civil = known.civil or found.civil
    known.counted = known.counted or found.counted
