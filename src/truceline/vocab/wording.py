"""Whether a key judgement is worded as it may be: `wording.toml`, `estimative.toml`, the words of `labels.toml`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from truceline.vocab.estimative import (
    SENTENCE_END,
    admiralty_names,
    any_of,
    confidence_pattern,
    find_estimative_mistakes,
    row_of,
    terms_pattern,
    words_in_use,
)
from truceline.vocab.load import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A loaded word, what would be said neutrally, and why it is loaded."""

    word: str
    neutral: str
    reason: str


def find_likelihood_faults(text: str) -> Iterator[str]:
    """Everything that keeps likelihood and confidence from being stated as ICD 203 asks, anywhere in a judgement."""
    yield from find_estimative_mistakes(text)
    plain = admiralty_names().sub(lambda each: each.group() if " " not in each.group() else " ", text)
    in_use, listed = load_toml("estimative.toml")["in_use"], ", ".join(words_in_use())
    for found in terms_pattern().finditer(plain):
        if row_of(found.group()) != in_use:
            yield f"'{found.group()}' is not in the row of words that is kept to: {listed}"
    for found in vague_pattern().finditer(terms_pattern().sub(" ", plain)):
        yield f"'{found.group()}' has no place in the table of likelihoods: {listed}"


def states_likelihood(text: str) -> bool:
    """Whether a text says how likely something is in the words of the table, or that it does not say so."""
    return in_use_pattern().search(text) is not None or none_pattern("likelihood").search(text) is not None


def states_confidence(text: str) -> bool:
    return confidence_pattern().search(text) is not None or none_pattern("confidence").search(text) is not None


def find_bare_sentences(text: str) -> Iterator[str]:
    """Sentences that say something as a fact: none of their words says that it is told or held."""
    for sentence in SENTENCE_END.split(text):
        if sentence.strip() and attributed_pattern().search(sentence) is None:
            yield " ".join(sentence.split())


def find_loaded(text: str, *, names: Sequence[str] = ()) -> Iterator[Loaded]:
    """Loaded words outside of the `names` of actors, each once; read by no parser, so some are meant plainly."""
    plain = any_of(names).sub(" ", text) if names else text
    told = set()
    for pattern, entry in loaded_patterns():
        for found in pattern.finditer(plain):
            word = found.group()
            if word.casefold() not in told and not is_meant_plainly(plain, found, entry):
                told.add(word.casefold())
                yield Loaded(word=word, neutral=entry["neutral"].partition("|")[0], reason=entry["reason"])


def is_meant_plainly(text: str, found: re.Match[str], entry: dict[str, Any]) -> bool:
    """Whether a word that makes this one plain stands right beside it."""
    beside = entry.get("not_beside", "").split()
    around = f"{text[max(0, found.start() - 24) : found.start()]} {text[found.end() : found.end() + 24]}"
    return bool(beside) and any_of(beside).search(around) is not None


@cache
def loaded_patterns() -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    """Entries that need no parser to be told: with their plurals, without those that hang on a governing word."""
    made = []
    for entry in load_toml("labels.toml")["label"]:
        if entry.get("needs") or entry.get("quoted") or entry.get("initial"):
            continue
        words = entry.get("words", "").split()
        forms = [form for each in words for form in (each, f"{each}s")]
        made.append((any_of([*forms, *entry.get("phrases", ())]), entry))
    return tuple(made)


@cache
def attributed_pattern() -> re.Pattern[str]:
    return any_of(load_toml("wording.toml")["attributed"]["words"])


@cache
def vague_pattern() -> re.Pattern[str]:
    return any_of(load_toml("wording.toml")["vague"]["words"])


@cache
def in_use_pattern() -> re.Pattern[str]:
    return any_of(words_in_use())


@cache
def none_pattern(what: str) -> re.Pattern[str]:
    return any_of(load_toml("wording.toml")["none"][what])
