"""The certainty lexicon of one language, typed: what each word does to how surely an event is put forward."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from truceline.model.claim import Mood
from truceline.vocab.load import load_toml

Weight = tuple[float, Mood]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words by what they do: `modals`, `perfect`, `negated` and `adjectives` give a factuality and a mood."""

    modals: Mapping[str, Weight]
    perfect: Mapping[str, Weight]
    negated: Mapping[str, Weight]
    adjectives: Mapping[str, Weight]
    adverbs: Mapping[str, float]
    beliefs: Mapping[str, float]
    holds: frozenset[str]
    fails: frozenset[str]
    tries: frozenset[str]
    infers: frozenset[str]
    averts: frozenset[str]
    answered: frozenset[str]
    conditional: frozenset[str]
    negators: frozenset[str]
    asking: frozenset[str]
    rejects: frozenset[str]
    baseless: frozenset[str]
    untrue: frozenset[str]
    occurrence: frozenset[str]
    contests: frozenset[str]
    pleas: frozenset[str]
    refuses: frozenset[str]
    ends: frozenset[str]
    factive: frozenset[str]
    prospects: frozenset[str]
    backshifted: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Cues by what they tell of whoever uses them: that he shares what he passes on, doubts it, or calls it false."""

    endorses: frozenset[str]
    endorses_with: Mapping[str, frozenset[str]]
    distances: frozenset[str]
    falsifies: frozenset[str]
    truly: frozenset[str]
    falsely: frozenset[str]
    denies: frozenset[str]
    shares: Mapping[str, float]


@cache
def load_words(language: str = "en") -> Words:
    """The lexicon in vocab/cues/<language>_certainty.toml."""
    table = load_toml(f"cues/{language}_certainty.toml")
    sets = {**table["verb"], **table["mark"]}
    listed = {each.name: frozenset(sets[each.name].split()) for each in fields(Words) if each.name in sets}
    known: dict[str, Any] = {**listed, "adverbs": table["adverb"], "beliefs": table["belief"]}
    for name, key in (("modals", "modal"), ("perfect", "perfect"), ("negated", "negated"), ("adjectives", "adjective")):
        known[name] = _weights(table[key])
    return Words(**known)


def _weights(table: Mapping[str, Any]) -> dict[str, Weight]:
    return {word: (score, Mood(mood)) for word, (score, mood) in table.items()}


@cache
def load_colours(language: str = "en") -> Colours:
    """The [voice] table of the same file."""
    table = load_toml(f"cues/{language}_certainty.toml")["voice"]
    sets = ("endorses", "distances", "falsifies", "truly", "falsely", "denies")
    return Colours(
        **{name: frozenset(table[name].split()) for name in sets},
        endorses_with={lemma: frozenset(words.split()) for lemma, words in table["endorses_with"].items()},
        shares=table["shares"],
    )
