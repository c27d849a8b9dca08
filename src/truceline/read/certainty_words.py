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
    adverbs: Mapping[str, float]
    adjectives: Mapping[str, Weight]
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
    occurrence: frozenset[str]
    contests: frozenset[str]
    pleas: frozenset[str]
    refuses: frozenset[str]
    ends: frozenset[str]
    backshifted: frozenset[str]
    beliefs: Mapping[str, float]


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
    weights = {"modals": "modal", "perfect": "perfect", "negated": "negated", "adjectives": "adjective"}
    sets = {**table["verb"], **table["mark"]}
    listed = {each.name for each in fields(Words)} & set(sets)
    return Words(
        **{name: _weights(table[key]) for name, key in weights.items()},
        adverbs=table["adverb"],
        beliefs=table["belief"],
        **{name: frozenset(sets[name].split()) for name in listed},
    )


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
