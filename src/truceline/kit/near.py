"""How alike two wordings are: folded names, content words, shingles."""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from hashlib import blake2b

from truceline.kit.fold import fold_name

WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?", re.UNICODE)

# Arabic and English articles with the consonants they assimilate to: spelling differs freely between papers.
ARTICLES = frozenset(WORD.findall("the al el ad ar as ash at az an adh ath"))

# Function words carry no likeness between two reports.
EMPTY = frozenset(
    WORD.findall("""
    a an the this that these those and or but nor of in on at to from by for with without near into over under after
    before during between among against as than then while when where which who whom whose what it its they them their
    he him his she her we our us i you your is are was were be been being has have had do does did not no also said says
    say saying told according reported reports report had will would may might could can more most some any all both
    each other such only very there here out up down about around since until still yet again
    """)
)


@lru_cache(maxsize=65536)
def fold_loosely(name: str) -> str:
    """A folded name without articles: 'Khān al-Ṭūmān' and 'Khan Tuman' are one."""
    words = fold_name(name).split()
    return " ".join([each for each in words if each not in ARTICLES] or words)


def find_words(text: str) -> list[str]:
    """Every word, case-folded, in order."""
    return [each.casefold() for each in WORD.findall(text)]


def content_words(text: str) -> frozenset[str]:
    """The words that say something, as a set; numbers are among them."""
    return frozenset(each for each in find_words(text) if each not in EMPTY)


def find_shingles(text: str, size: int = 5) -> frozenset[int]:
    """Hashes of every run of `size` words; a shorter text is one shingle of all its words."""
    words = find_words(text)
    if not words:
        return frozenset()
    if len(words) <= size:
        return frozenset((stable_hash(" ".join(words)),))
    return frozenset(stable_hash(" ".join(words[at : at + size])) for at in range(len(words) - size + 1))


def stable_hash(text: str) -> int:
    """A 64-bit number that is the same in every process (the built-in hash is not)."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def jaccard(first: AbstractSet[object], second: AbstractSet[object]) -> float:
    """Shared over all, 0..1; two empty sets are not alike."""
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)


def containment(first: AbstractSet[object], second: AbstractSet[object]) -> float:
    """How much of the smaller set lies in the larger, 0..1."""
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))
