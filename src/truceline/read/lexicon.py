"""The event lexicon of one language, typed: which words tell which kind of event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from truceline.model.claim import EventType
from truceline.vocab.load import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One lexicon rule; an empty set is no condition.

    `is_weak`: it holds only where nothing else in the sentence tells an act on the ground.
    """

    kind: str
    companions: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    needs_participant: bool = False
    proper_object: bool = False
    person_object: bool = False
    place_object: bool = False
    place_subject: bool = False
    needs_object: bool = False
    other_subject: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    is_bare: bool = False
    is_weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Rules by lemma, in the file's order; `kinds` by name."""

    verbs: Mapping[str, tuple[Rule, ...]]
    nouns: Mapping[str, tuple[Rule, ...]]
    others: Mapping[str, tuple[Rule, ...]]
    kinds: Mapping[str, EventType]
    instruments: frozenset[str]
    platforms: frozenset[str]
    people: frozenset[str]
    structures: frozenset[str]
    devices: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Words with a part to play around events, from the lexicon's [grammar]."""

    light: frozenset[str]
    uneventful: frozenset[str]
    hollow: frozenset[str]
    telling: frozenset[str]
    directions: frozenset[str]
    throwing: frozenset[str]
    suffered: frozenset[str]
    done: frozenset[str]
    laid: frozenset[str]
    accusing: frozenset[str]
    claiming: frozenset[str]
    answering: frozenset[str]
    striking: frozenset[str]
    event_endings: frozenset[str]
    no_events: frozenset[str]
    sport: frozenset[str]
    works: frozenset[str]
    lessons: frozenset[str]
    laws: frozenset[str]
    forbidding: frozenset[str]
    handling: frozenset[str]
    ceasing: frozenset[str]
    duds: frozenset[str]


@cache
def load_grammar(language: str = "en") -> Grammar:
    """The [grammar] of vocab/events/<language>.toml."""
    table = load_toml(f"events/{language}.toml")["grammar"]
    return Grammar(**{name: frozenset(words.split()) for name, words in table.items()})


@cache
def load_kinds() -> Mapping[str, EventType]:
    """Every kind of vocab/events/kinds.toml; an empty string there is None here."""
    return {
        name: EventType(
            plover=entry["plover"],
            mode=entry["mode"] or None,
            acled=entry["acled"] or None,
            cameo=entry["cameo"] or None,
        )
        for name, entry in load_toml("events/kinds.toml")["kind"].items()
    }


@cache
def load_lexicon(language: str = "en") -> Lexicon:
    """The lexicon in vocab/events/<language>.toml. Raises ValueError for a rule with an unknown kind or set."""
    table = load_toml(f"events/{language}.toml")
    sets = {name: frozenset(words.split()) for name, words in table["set"].items()}
    rules = [(entry, _rule(entry, sets)) for entry in table["rule"]]
    return Lexicon(
        verbs=_by_lemma(rules, "verbs", sets),
        nouns=_by_lemma(rules, "nouns", sets),
        others=_by_lemma(rules, "others", sets),
        kinds=load_kinds(),
        instruments=sets["aircraft"] | sets["drone"] | sets["guns"] | sets["device"] | sets["weapons"] | sets["arms"],
        platforms=sets["aircraft"]
        | sets["drone"]
        | frozenset({"tank", "artillery", "howitzer", "ship", "warship", "gunboat", "battery", "vehicle"}),
        people=sets["people"] | sets["troops"],
        structures=sets["structures"],
        devices=sets["device"] | sets["guns"],
    )


def _by_lemma(
    rules: Sequence[tuple[Mapping[str, Any], Rule]], words: str, sets: Mapping[str, frozenset[str]]
) -> dict[str, tuple[Rule, ...]]:
    """The rules of each word that their entries list under `words`, in the file's order."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for entry, rule in rules:
        for lemma in sorted(_words(entry.get(words, ""), sets)):
            found[lemma].append(rule)
    return {lemma: tuple(each) for lemma, each in found.items()}


def _rule(entry: Mapping[str, Any], sets: Mapping[str, frozenset[str]]) -> Rule:
    if entry["kind"] not in load_kinds():
        raise ValueError(f"events lexicon: unknown kind '{entry['kind']}'; add it to kinds.toml")
    return Rule(
        kind=entry["kind"],
        companions=_words(entry.get("with", ""), sets),
        foreign=_words(entry.get("without", ""), sets),
        subject=_words(entry.get("subject", ""), sets),
        object=_words(entry.get("object", ""), sets),
        clause=_words(entry.get("clause", ""), sets),
        means=_words(entry.get("means", ""), sets),
        prepositions=_words(entry.get("prepositions", ""), sets),
        needs_participant=entry.get("only", False),
        proper_object=entry.get("proper", False),
        person_object=entry.get("person", False),
        place_object=entry.get("place", False),
        place_subject=entry.get("place_subject", False),
        needs_object=entry.get("needs_object", False),
        other_subject=_words(entry.get("other_subject", ""), sets),
        unless=_words(entry.get("unless", ""), sets),
        behind=_words(entry.get("behind", ""), sets),
        is_bare=entry.get("bare", False),
        is_weak=entry.get("weak", False),
    )


def _words(listed: str, sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in listed.split():
        if word.startswith("@"):
            if word[1:] not in sets:
                raise ValueError(f"events lexicon: unknown set '{word}'; add it under [set]")
            found |= sets[word[1:]]
        else:
            found.add(word)
    return frozenset(found)
