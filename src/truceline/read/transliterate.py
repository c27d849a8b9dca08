"""One form for the many Latin spellings of a name written from Arabic, and for abbreviated words in names."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from truceline.kit.fold import fold_name
from truceline.vocab.places import toml_table


@cache
def _short_words() -> dict[str, str]:
    return dict(toml_table("variants.toml")["words"])


@cache
def _any_short() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_short_words())})\b")


def name_key(name: str) -> str:
    """The key a name is filed under: folded, with abbreviated words written out ('St. Louis' → 'saint louis')."""
    return spell_out(fold_name(name))


@lru_cache(maxsize=65536)
def spell_out(key: str) -> str:
    """A folded name with its abbreviated words written out."""
    if _any_short().search(key) is None:
        return key
    short = _short_words()
    return " ".join(short.get(word, word) for word in key.split())


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), put) for pattern, put in toml_table("variants.toml")["arabic"]["rules"])


@cache
def _articles() -> frozenset[str]:
    return frozenset(toml_table("variants.toml")["arabic"]["articles"])


def is_article(word: str) -> bool:
    """Whether a folded word is the Arabic article in one of its spellings."""
    return word in _articles()


# The article before the letters that take its l over: 'al shughur' is said, and filed, 'ash shughur'.
_TAKES_OVER = re.compile(r"\b(?:al|el) (?=(sh|th|dh|[tdrzsn])[a-z]{2})")


def assimilated(key: str) -> str | None:
    """A folded name with its article written as it is said; None where that changes nothing."""
    if "l " not in key:
        return None
    said = _TAKES_OVER.sub(lambda found: f"a{found[1]} ", key)
    return None if said == key else said


@cache
def _joined_article() -> re.Pattern[str]:
    return re.compile("^(?:" + "|".join(toml_table("variants.toml")["arabic"]["joined"]) + ")")


@cache
def _frequent_words() -> dict[str, str]:
    return dict(toml_table("variants.toml")["arabic"]["words"])


def _without_article(word: str) -> str:
    matched = _joined_article().match(word)
    return word if matched is None else word[matched.end() :]


@lru_cache(maxsize=65536)
def arabic_form(key: str) -> str:
    """What the spellings of one Arabic name have in common: 'deir ezzor' and 'dayr az zawr' → one form.

    `key` is a folded name; the empty string comes back when nothing but articles is left.
    """
    spelled = _frequent_words()
    words = [spelled.get(word, word) for word in key.split() if word not in _articles()]
    return " ".join(filter(None, (_rewrite(_without_article(word)) for word in words)))


def _rewrite(word: str) -> str:
    for pattern, put in _rules():
        word = pattern.sub(put, word)
    return word


SHORTEST_BASE = 3  # letters left of a word without what Arabic or Russian grammar adds to it


@lru_cache(maxsize=8192)
def base_forms(key: str) -> tuple[tuple[str, int], ...]:
    """What a folded name may be without a particle or a case ending, with how many letters went from its start.

    'ومارع' (and Marea) → 'مارع', 'пальмире' → 'пальмира'. Nothing for names in Latin letters.
    """
    if key.isascii() or len(key) < SHORTEST_BASE:
        return ()
    return tuple(_without_particle(key)) + tuple((form, 0) for form in _nominatives(key))


def _without_particle(key: str) -> Iterator[tuple[str, int]]:
    for particle, kept in toml_table("variants.toml")["arabic"]["particles"]:
        if key.startswith(particle) and len(key) - len(particle) >= SHORTEST_BASE:
            yield kept + key[len(particle) :], len(particle) - len(kept)


def _nominatives(key: str) -> Iterator[str]:
    *before, last = key.split(" ")
    stems = {" ".join(before), " ".join(_as_nominative(word) for word in before)}
    for ending, nominatives in _endings():
        stem = last.removesuffix(ending)
        if stem != last and len(stem) >= SHORTEST_BASE:
            yield from (f"{first} {stem}{each}".strip() for first in sorted(stems) for each in nominatives)


def _as_nominative(adjective: str) -> str:
    for said, put in toml_table("variants.toml")["russian"]["adjectives"]:
        if adjective.endswith(fold_name(said)):
            return adjective.removesuffix(fold_name(said)) + fold_name(put)
    return adjective


@cache
def _endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Case endings as they look folded (й is и)."""
    rows = toml_table("variants.toml")["russian"]["endings"]
    return tuple((fold_name(ending), tuple(fold_name(each) for each in put)) for ending, put in rows)
