"""What a reading tells as MUC-4 templates: one an incident, with its type, perpetrators, targets, victims and weapons.

The mapping rests on the printed claims alone; docs/quality.md says it in words, muc4.toml holds its lists.
"""

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.gauge.case import ContractReading
from truceline.vocab.places import word_list

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
Entity = frozenset[str]
Claim = Mapping[str, Any]
Words = Mapping[str, Any]

RECENT = timedelta(days=62)
TOLD = frozenset({"assertion", "opinion"})
# An attempt is an incident too; what is only feared, planned or hoped for is none.
ATTEMPTED = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`types` are alternatives; an entity is the set of its mentions, normalised."""

    types: tuple[str, ...]
    roles: Mapping[str, tuple[Entity, ...]]


@dataclass(slots=True, kw_only=True)
class Incident:
    """Claims that are held to tell one incident."""

    type: str
    roles: dict[str, list[Entity]] = field(default_factory=lambda: {role: [] for role in ROLES})
    days: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    civil: bool = False

    @property
    def specific(self) -> bool:
        return bool(self.civil or self.roles["Target"] or self.roles["Victim"])


@cache
def lists() -> Mapping[str, frozenset[str]]:
    """The words of muc4.toml under their names."""
    table = tomllib.loads(files("truceline.gauge").joinpath("muc4.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for part in table.values() for name, words in part.items()}


def normalised(words: str) -> str:
    """Lower-case, without punctuation and articles, as the set compares strings."""
    plain = "".join(each for each in words.lower() if each not in string.punctuation)
    return " ".join(each for each in plain.split() if each not in {"a", "an", "the"})


def templates_of(reading: ContractReading, text: str) -> list[Template]:
    """The templates that the claims of one reading amount to, in text order."""
    incidents: list[Incident] = []
    for claim in reading["claims"]:
        found = _incident(claim, reading, text)
        if found is None:
            continue
        known = next((each for each in reversed(incidents) if _same(each, found)), None)
        if known is None:
            incidents.append(found)
        else:
            _join(known, found)
    return [
        Template(types=(each.type,), roles={role: tuple(found) for role, found in each.roles.items()})
        for each in incidents
        if each.specific
    ]


# One claim ---------------------------------------------------------------------------------------


def _incident(claim: Claim, reading: ContractReading, text: str) -> Incident | None:
    kind = type_of(claim)
    if kind is None or not _is_told(claim) or _is_old(claim, reading):
        return None
    made = Incident(type=kind, civil=_harms_civilians(claim))
    for each in claim["agents"]:
        for role, entity in perpetrators(each, reading, text):
            _add(made.roles[role], entity, joins=each["actor"] is None)
    for each in claim["recipients"]:
        for role, entity in sufferers(each, reading, text):
            _add(made.roles[role], entity, joins=each["actor"] is None)
        made.civil = made.civil or _is_civil(each)
    for each in claim["instruments"]:
        known = each["actor"] is not None
        words = each["text"] if known else _bare(each["text"])
        _add(made.roles["Weapon"], frozenset({normalised(words)}), joins=not known)
    _settle(made, claim, reading)
    return made


def type_of(claim: Claim) -> str | None:
    """The incident type of an assault or a seizure, by its mode and by the words of its trigger and weapons."""
    event = claim["event"]
    trigger = event["text"].lower()
    means = {word for each in claim["instruments"] for word in re.findall(r"[\w-]+", each["text"].lower())}
    if event["plover"] == "COERCE" and event["mode"] in {"seize", "restrict"}:
        kind = "robbery" if event["mode"] == "seize" else "forced work stoppage"
        return kind if trigger in lists()[kind.rsplit(maxsplit=1)[-1]] else None
    if event["plover"] != "ASSAULT":
        return None
    if event["mode"] in {"abduct", "beat"}:
        return "kidnapping" if event["mode"] == "abduct" else "attack"
    if event["mode"] == "destroy" and trigger in lists()["arson"]:
        return "arson"
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


# Participants ------------------------------------------------------------------------------------


def perpetrators(agent: Words, reading: ContractReading, text: str) -> Iterator[tuple[str, Entity]]:
    """An agent's words as individuals, an organisation, or both ('members of the front')."""
    known = _resolved(agent, reading)
    if known is not None:
        yield "PerpInd" if known == "PERSON" else "PerpOrg", _entity(agent, text)
        return
    words = _bare(agent["text"])
    if not words or words in lists()["pointers"]:
        return
    own, _, of = words.partition(" of ")
    if _is_group(own):
        yield "PerpInd", _entity(agent, text) if not of else frozenset({normalised(words), normalised(own)})
        if of and _is_organisation(_bare(of)):
            yield "PerpOrg", _with_short(_bare(of), agent["end"], text)
    elif _is_organisation(words):
        yield "PerpOrg", _with_short(words, agent["end"], text)
    elif is_personal(words):
        yield "PerpInd", frozenset({normalised(name_in(words))})


def sufferers(recipient: Words, reading: ContractReading, text: str) -> Iterator[tuple[str, Entity]]:
    """A recipient's words as a named person, or as a thing; people without a name fill no slot."""
    known = _resolved(recipient, reading)
    if known is not None:
        if known in {"PERSON", "FACILITY"}:
            yield "Victim" if known == "PERSON" else "Target", _entity(recipient, text)
        return
    words = _bare(recipient["text"])
    if not words or words in lists()["pointers"]:
        return
    if is_personal(words) or _is_marked_person(recipient, reading):
        yield "Victim", frozenset({normalised(name_in(words))})
    elif not _is_people(words) and not _is_place(recipient, reading):
        yield "Target", frozenset({normalised(words)})


def _resolved(words: Words, reading: ContractReading) -> str | None:
    """The type of the mention with the very words of an actor that the registry knows."""
    if words["actor"] is None:
        return None
    return next(
        (
            each["type"]
            for each in reading["mentions"]
            if (each["start"], each["end"], each["actor"]) == (words["start"], words["end"], words["actor"])
        ),
        None,
    )


def _entity(words: Words, text: str) -> Entity:
    return frozenset({normalised(text[words["start"] : words["end"]])})


def _with_short(words: str, end: int, text: str) -> Entity:
    """A name with the acronym behind it: 'national front (nf)'."""
    short = re.match(r"\s*\(([\w-]{2,10})\)", text[end:])
    return frozenset({normalised(words)} | ({normalised(short[1])} if short else set()))


def _bare(words: str) -> str:
    """One line, lower-case, without leading article and what is set behind a comma or a bracket."""
    plain = " ".join(words.lower().split())
    plain = re.split(r"\s*[(\[]|,\s|\s--", plain)[0].strip(" .,;:\"'“”")
    return re.sub(r"^(?:the|an?|his|her|their|its)\s+", "", plain)


def _head(words: str) -> str:
    return re.split(r"\s+(?:of|in|from|with|who|that|which|wearing|in)\s+", words)[0].split()[-1]


def _is_group(words: str) -> bool:
    return _head(words) in lists()["persons"]


def _is_organisation(words: str) -> bool:
    head = _head(words)
    return head in lists()["organisations"] or (
        len(words.split()) == 1 and re.fullmatch(r"[\w-]{2,5}", head) is not None
    )


def _is_people(words: str) -> bool:
    return _head(words) in lists()["persons"] | lists()["common"] | lists()["organisations"] | lists()["titles"]


def _is_civil(recipient: Words) -> bool:
    """People who are no fighters."""
    words = _bare(recipient["text"])
    return (
        bool(words)
        and words not in lists()["pointers"]
        and _is_people(words)
        and not set(words.split()) & lists()["fighters"]
    )


def _is_place(recipient: Words, reading: ContractReading) -> bool:
    """A town or a country is where it happened, no target."""
    return any(
        recipient["start"] <= each["start"]
        and each["end"] >= recipient["end"] - 1
        and each["start"] - recipient["start"] < 5
        for each in reading["places"]
    )


def _is_marked_person(recipient: Words, reading: ContractReading) -> bool:
    words = _bare(recipient["text"])
    return not _is_people(words) and any(
        each["type"] == "PERSON" and each["start"] < recipient["end"] and recipient["start"] < each["end"]
        for each in reading["mentions"]
    )


@cache
def _given_names() -> frozenset[str]:
    return frozenset(word_list("given_names.txt"))


def name_in(words: str) -> str:
    """A person's name without the titles before it."""
    parts = words.split()
    while len(parts) > 1 and parts[0] in lists()["titles"]:
        parts = parts[1:]
    return " ".join(parts)


def is_personal(words: str) -> bool:
    """Whether the words are somebody's name: a title or a given name first, and nothing that describes."""
    parts = words.split()
    name = name_in(words).split()
    if not 0 < len(name) <= 6 or set(name) & lists()["common"] or any(each[0].isdigit() for each in name):
        return False
    titled = len(name) < len(parts)
    return (titled and all(re.fullmatch(r"[\w.'-]+", each) for each in name)) or (
        len(name) > 1 and name[0] in _given_names()
    )


# One incident ------------------------------------------------------------------------------------


def _add(entities: list[Entity], found: Entity, *, joins: bool = True) -> None:
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
    return any(one != other and f" {other}".endswith(f" {one}") for one in shorter for other in longer)


def _same(known: Incident, found: Incident) -> bool:
    """Same type, and no day or place that contradicts."""
    if known.type != found.type:
        return False
    for one, other in ((known.days, found.days), (known.places, found.places)):
        if one and other and not one & other:
            return False
    return True


def _join(known: Incident, found: Incident) -> None:
    for role, entities in found.roles.items():
        for each in entities:
            _add(known.roles[role], each)
    known.days |= found.days
    known.places |= found.places
    known.civil = known.civil or found.civil


def entities_of(mentions: Iterable[Sequence[Any]]) -> Entity:
    """A gold entity as the set of its mentions, normalised."""
    return frozenset(normalised(each[0]) for each in mentions)
