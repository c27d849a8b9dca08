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
NO_VOWEL = re.compile(r"[^\Waeiouy\d_]{2,6}(?:-\d{1,2})?")
HEDGED = re.compile(r"^(?:(?:alleged|suspected|presumed|supposed|some|about|approximately|around|at least)\s+)+")
COUNT = re.compile(r"(?:at least|more than|over|about|around|some|approximately|nearly|almost|up to)?\s*([\w,.-]+)\s+")
Claim = Mapping[str, Any]
Words = Mapping[str, Any]

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
    counted: bool = False
    resolved: bool = False
    vague: bool = False

    @property
    def specific(self) -> bool:
        """Told of one occasion: a named victim, or a target or civilians with a day, a place, a weapon or a number."""
        placed = self.days or self.places
        told = placed or self.counted or self.roles["Weapon"]
        struck = self.civil or self.roles["Target"]
        return bool(self.roles["Victim"] or (struck and told) or (self.roles["Weapon"] and placed))


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
    for found in _told(reading, text):
        known = next((each for each in reversed(incidents) if _same(each, found)), None)
        if known is None:
            incidents.append(found)
        else:
            _join(known, found)
    _name_loose_groups(incidents, list(_bodies(reading, text)))
    return [
        Template(types=(each.type,), roles={role: tuple(map(_told_by, found)) for role, found in each.roles.items()})
        for each in incidents
        if each.specific
    ]


def _bodies(reading: ContractReading, text: str) -> Iterator[Entity]:
    """Irregular organisations that take part in any violence of the report, told or only spoken of."""
    known: list[Entity] = []
    for claim in reading["claims"]:
        if claim["event"]["plover"] != "ASSAULT":
            continue
        for each in (*claim["agents"], *claim["recipients"]):
            for role, body in perpetrators(each, reading, text):
                if role == "PerpOrg" and not any(_head(words) in lists()["official"] for words in body):
                    _add(known, body)
    yield from known


def _name_loose_groups(incidents: Sequence[Incident], bodies: Sequence[Entity]) -> None:
    """'The guerrillas' of a report that knows one irregular organisation are of that organisation."""
    for each in incidents:
        loose = any(_head(words) in lists()["irregulars"] for one in each.roles["PerpInd"] for words in one)
        if loose and not each.resolved and not each.roles["PerpOrg"] and len(bodies) == 1:
            each.roles["PerpOrg"].append(bodies[0])


def _told_by(entity: Entity) -> Entity:
    """One mention is enough to name an entity: its shortest, which is the acronym where there is one."""
    return frozenset({min(entity, key=lambda each: (len(each), each))})


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
    return [found for _, found in told]


# One claim ---------------------------------------------------------------------------------------


def _incident(claim: Claim, reading: ContractReading, text: str) -> Incident | None:
    kind = type_of(claim)
    if kind is None or not _is_told(claim) or _is_old(claim, reading):
        return None
    made = Incident(type=kind, civil=_harms_civilians(claim), counted=_counts_harm(claim))
    made.vague = claim["event"]["text"].lower() in lists()["vague"] and not claim["instruments"]
    made.resolved = any(each["actor"] is not None for each in claim["agents"])
    _take_part(made, claim, reading, text)
    for role in UNASKED.get(kind, ()):
        made.roles[role].clear()
    _settle(made, claim, reading)
    return None if _is_warfare(made) else made


def _is_warfare(made: Incident) -> bool:
    """Forces of a state acting, and neither a civilian nor a thing that suffers."""
    official = any(_head(words) in lists()["official"] for body in made.roles["PerpOrg"] for words in body)
    return official and not made.resolved and not (made.civil or made.roles["Victim"] or made.roles["Target"])


def _take_part(made: Incident, claim: Claim, reading: ContractReading, text: str) -> None:
    for each in claim["agents"]:
        for role, entity in perpetrators(each, reading, text):
            _add(made.roles[role], entity, joins=each["actor"] is None)
    _suffer(made, claim, reading, text)
    for each in claim["instruments"]:
        known = each["actor"] is not None
        words = each["text"] if known else _uncounted(_bare(each["text"]))
        _add(made.roles["Weapon"], frozenset({normalised(words)}), joins=not known)


def _suffer(made: Incident, claim: Claim, reading: ContractReading, text: str) -> None:
    for each in claim["recipients"]:
        for role, entity in sufferers(each, reading, text):
            _add(made.roles[role], entity, joins=each["actor"] is None)
        made.civil = made.civil or _is_civil(each)
        made.counted = made.counted or _is_counted(each)


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
    words = HEDGED.sub("", words)
    own, _, of = words.partition(" of ")
    if of and _head(own) in lists()["branches"] and _is_organisation(_bare(of)):
        yield "PerpOrg", _with_short(_bare(of), agent["end"], text)
    elif _is_group(own):
        yield "PerpInd", frozenset({normalised(_loosely(own, words, text))})
        body = (_bare(of) if _is_organisation(_bare(of)) else "") if of else _body_in(own, agent, reading)
        if body:
            yield "PerpOrg", _with_short(body, agent["end"], text)
    elif (is_personal(words) or _marked_name(agent, reading, text)) and not _is_thing(words):
        yield "PerpInd", frozenset({normalised(words)})
    elif _is_organisation(words) or _is_short(words, agent, reading):
        yield "PerpOrg", _with_short(words, agent["end"], text)


def _loosely(own: str, words: str, text: str) -> str:
    """'members of the front' in full; 'front rebels' as 'rebels' where the text calls them 'the rebels' too."""
    if _head(own) in lists()["parts"]:
        return words
    head = _head(own)
    return head if head in lists()["irregulars"] and re.search(rf"\bthe {re.escape(head)}\b", text.lower()) else own


def _body_in(words: str, agent: Words, reading: ContractReading) -> str:
    """The organisation before the group's noun: 'front' of 'front guerrillas'."""
    before = " ".join(words.split()[:-1])
    if _is_organisation(before) or (before and _is_short(before, agent, reading)):
        return before
    inside = (
        each["text"]
        for each in reading["mentions"]
        if each["type"] == "ORGANISATION" and agent["start"] <= each["start"] and each["end"] < agent["end"]
    )
    return next((_bare(each) for each in inside if not _is_people(_bare(each)) or _is_organisation(_bare(each))), "")


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
    if _is_thing(words):
        if not _is_place(recipient, reading):
            yield "Target", frozenset({normalised(_uncounted(words))})
        return
    marked = _marked_name(recipient, reading, text)
    name = _full_name(marked or name_in(words), reading)
    if marked or is_personal(words) or name != name_in(words):
        yield "Victim", frozenset({normalised(name)})


def _marked_name(words: Words, reading: ContractReading, text: str) -> str:
    """The person's name that the reading marks at the end of the words, or set off behind them by a comma."""
    end = words["end"]
    for each in reading["mentions"]:
        inside = words["start"] <= each["start"] and each["end"] == end
        behind = end < each["start"] < end + 4 and text[end : each["start"]].strip() == ","
        name = name_in(_bare(each["text"])) if each["type"] == "PERSON" and (inside or behind) else ""
        if name and (" " in name or inside):
            return name
    return ""


def _full_name(name: str, reading: ContractReading) -> str:
    """The longer name of a person that ends or begins in the same words, where the reading marks one."""
    if not name:
        return name
    for each in reading["mentions"]:
        longer = name_in(_bare(each["text"])) if each["type"] == "PERSON" else ""
        if longer != name and f" {longer} ".find(f" {name} ") >= 0 and is_personal(longer):
            return longer
    return name


def _is_thing(words: str) -> bool:
    return _head(words) in lists()["things"]


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
    plain = re.sub(r"^(?:the|an?|his|her|their|its|our|such as|another|other)\s+", "", plain)
    return re.sub(r"['’]s$|['’]$", "", plain)


def _uncounted(words: str) -> str:
    """Without a number or a word of quantity before them: 'buses' of 'at least 10 buses'."""
    first = COUNT.match(words)
    if first is None or not (first[1][0].isdigit() or first[1] in lists()["quantities"]) or first.end() == len(words):
        return words
    return words[first.end() :]


def _is_counted(words: Words) -> bool:
    """One, or a small number of them, as worded."""
    plain = words["text"].lower()
    return re.match(r"an? |one |two |three |four |five |six |seven |eight |nine |ten |\d{1,2} ", plain) is not None


def _head(words: str) -> str:
    first = re.split(r"\s+(?:of|in|from|with|who|that|which|wearing)\s+", words)[0].split()
    return first[-1] if first else ""


def _is_group(words: str) -> bool:
    return _head(words) in lists()["persons"]


def _is_organisation(words: str) -> bool:
    return _head(words) in lists()["organisations"] or NO_VOWEL.fullmatch(words) is not None


def _is_short(words: str, agent: Words, reading: ContractReading) -> bool:
    """A short name that the reading marks as an organisation's."""
    return " " not in words and any(
        each["type"] == "ORGANISATION"
        and agent["start"] <= each["start"] < agent["end"]
        and _bare(each["text"]) == words
        for each in reading["mentions"]
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


@cache
def _given_names() -> frozenset[str]:
    return frozenset(word_list("given_names.txt"))


def name_in(words: str) -> str:
    """What stands behind the last title or description; empty where nothing does."""
    parts = words.split()
    last = max((at for at, each in enumerate(parts) if each in lists()["titles"] | lists()["common"]), default=-1)
    return " ".join(parts[last + 1 :])


def is_personal(words: str) -> bool:
    """Whether the words are somebody's name: behind a title, or opened by a given name."""
    name = name_in(words).split()
    if not 0 < len(name) <= 6 or not all(re.fullmatch(r"[^\W\d][\w.'-]*", each) for each in name):
        return False
    before = words.split()[: -len(name)]
    titled = bool(before) and before[-1] in lists()["titles"] and name[0] not in {"of", "in", "and", "for", "from"}
    return titled or (len(name) > 1 and name[0] in _given_names())


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
    """Same type, or told by a word for any of them ('the attack'), and no day or place that contradicts."""
    if known.type != found.type and not (found.vague and not found.roles["Victim"] and not found.roles["Target"]):
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
    known.counted = known.counted or found.counted


def entities_of(mentions: Iterable[Sequence[Any]]) -> Entity:
    """A gold entity as the set of its mentions, normalised."""
    return frozenset(normalised(each[0]) for each in mentions)
