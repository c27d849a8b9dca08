"""Who and what a claim's participants are for MUC-4: individuals, organisations, named victims, things.

Lists of words are in muc4.toml; strings are compared as the set compares them.
"""

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.gauge.case import ContractReading
from truceline.vocab.places import word_list

Entity = frozenset[str]
SHORT = re.compile(r"the [^\W\d_]{2,4}(?:-\d{1,2})?")
NO_VOWEL = re.compile(r"[^\Waeiouy\d_]{2,6}(?:-\d{1,2})?")
HEDGED = re.compile(r"^(?:(?:alleged|suspected|presumed|supposed|some|about|approximately|around|at least)\s+)+")
COUNT = re.compile(r"(?:at least|more than|over|about|around|some|approximately|nearly|almost|up to)?\s*([\w,.-]+)\s+")
Words = Mapping[str, Any]


@cache
def lists() -> Mapping[str, frozenset[str]]:
    """The words of muc4.toml under their names."""
    table = tomllib.loads(files("truceline.gauge").joinpath("muc4.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for part in table.values() for name, words in part.items()}


def normalised(words: str) -> str:
    """Lower-case, without punctuation and articles, as the set compares strings."""
    plain = "".join(each for each in words.lower() if each not in string.punctuation)
    return " ".join(each for each in plain.split() if each not in {"a", "an", "the"})


def perpetrators(agent: Words, reading: ContractReading, text: str) -> Iterator[tuple[str, Entity]]:
    """An agent's words as individuals, an organisation, or both ('members of the front')."""
    known = _resolved(agent, reading)
    if known is not None:
        yield "PerpInd" if known == "PERSON" else "PerpOrg", _entity(agent, text)
        return
    words = bare(agent["text"])
    if not words or words in lists()["pointers"]:
        return
    words = HEDGED.sub("", words)
    own, _, of = words.partition(" of ")
    if of and head(own) in lists()["branches"] and _is_organisation(bare(of)):
        yield "PerpOrg", with_short(bare(of), agent["end"], text)
    elif _is_group(own):
        yield "PerpInd", frozenset({normalised(_loosely(own, words, text))})
        body = (bare(of) if _is_organisation(bare(of)) else "") if of else _body_in(own, agent, reading)
        if body:
            yield "PerpOrg", with_short(body, agent["end"], text)
    elif (is_personal(words) or _marked_name(agent, reading, text)) and not _is_thing(words):
        yield "PerpInd", frozenset({normalised(words)})
    elif _is_organisation(words) or _is_short(words, agent, reading):
        yield "PerpOrg", with_short(words, agent["end"], text)


def _loosely(own: str, words: str, text: str) -> str:
    """'members of the front' in full; 'front rebels' as 'rebels' where the text calls them 'the rebels' too."""
    if head(own) in lists()["parts"]:
        return words
    group = head(own)
    loose = group in lists()["irregulars"] and re.search(rf"\bthe {re.escape(group)}\b", text.lower())
    return group if loose else own


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
    return next((bare(each) for each in inside if not _is_people(bare(each)) or _is_organisation(bare(each))), "")


def sufferers(recipient: Words, reading: ContractReading, text: str) -> Iterator[tuple[str, Entity]]:
    """A recipient's words as a named person, or as a thing; people without a name fill no slot."""
    known = _resolved(recipient, reading)
    if known is not None:
        if known in {"PERSON", "FACILITY"}:
            yield "Victim" if known == "PERSON" else "Target", _entity(recipient, text)
        return
    words = bare(recipient["text"])
    if not words or words in lists()["pointers"]:
        return
    if _is_thing(words):
        if not _is_place(recipient, reading):
            yield "Target", frozenset({normalised(uncounted(words))})
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
        name = name_in(bare(each["text"])) if each["type"] == "PERSON" and (inside or behind) else ""
        if name and (" " in name or inside):
            return name
    return ""


def _full_name(name: str, reading: ContractReading) -> str:
    """The longer name of a person that ends or begins in the same words, where the reading marks one."""
    if not name:
        return name
    for each in reading["mentions"]:
        longer = name_in(bare(each["text"])) if each["type"] == "PERSON" else ""
        if longer != name and f" {longer} ".find(f" {name} ") >= 0 and is_personal(longer):
            return longer
    return name


def _is_thing(words: str) -> bool:
    return head(words) in lists()["things"]


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


def with_short(words: str, end: int, text: str) -> Entity:
    """A name with the acronym behind it: 'national front (nf)'."""
    short = re.match(r"\s*\(([\w-]{2,10})\)", text[end:])
    return frozenset({normalised(words)} | ({normalised(short[1])} if short else set()))


def bare(words: str) -> str:
    """One line, lower-case, without leading article and what is set behind a comma or a bracket."""
    plain = " ".join(words.lower().split())
    plain = re.split(r"\s*[(\[]|,\s|\s--", plain)[0].strip(" .,;:\"'“”")
    plain = re.sub(r"^(?:the|an?|his|her|their|its|our|such as|another|other)\s+", "", plain)
    return re.sub(r"['’]s$|['’]$", "", plain)


def uncounted(words: str) -> str:
    """Without a number or a word of quantity before them: 'buses' of 'at least 10 buses'."""
    first = COUNT.match(words)
    if first is None or not (first[1][0].isdigit() or first[1] in lists()["quantities"]) or first.end() == len(words):
        return words
    return words[first.end() :]


def is_counted(words: Words) -> bool:
    """One, or a small number of them, as worded."""
    plain = words["text"].lower()
    return re.match(r"an? |one |two |three |four |five |six |seven |eight |nine |ten |\d{1,2} ", plain) is not None


def head(words: str) -> str:
    first = re.split(r"\s+(?:of|in|from|with|who|that|which|wearing)\s+", words)[0].split()
    return first[-1] if first else ""


def _is_group(words: str) -> bool:
    return head(words) in lists()["persons"]


def _is_organisation(words: str) -> bool:
    return head(words) in lists()["organisations"] or NO_VOWEL.fullmatch(words) is not None


def _is_short(words: str, agent: Words, reading: ContractReading) -> bool:
    """A short name: one that the reading marks as an organisation's, or a short word behind 'the' ('the xyz')."""
    if " " in words:
        return False
    known = lists()["persons"] | lists()["common"] | lists()["things"] | lists()["pointers"]
    if SHORT.fullmatch(" ".join(agent["text"].lower().split())) and words not in known:
        return True
    marked = (each for each in reading["mentions"] if each["type"] == "ORGANISATION")
    return words in (bare(each["text"]) for each in marked if agent["start"] <= each["start"] < agent["end"])


def _is_people(words: str) -> bool:
    return head(words) in lists()["persons"] | lists()["common"] | lists()["organisations"] | lists()["titles"]


def is_civil(recipient: Words) -> bool:
    """People who are no fighters."""
    words = bare(recipient["text"])
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
