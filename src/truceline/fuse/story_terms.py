"""What the likeness of two texts rests on: their words, runs of two, names, numbers, and those of their opening."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from truceline.kit.near import EMPTY
from truceline.kit.stems import stem

Floats = NDArray[np.float64]
Find = Callable[[Sequence[str]], list[str]]

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\d[\d.,]*\d")
OPENING = 60  # words in which a report usually has said what it is about


def find_stems(words: Sequence[str]) -> list[str]:
    return [stem(small) for word in words if (small := word.lower()) not in EMPTY]


def find_runs(words: Sequence[str]) -> list[str]:
    """Two words that follow each other, empty ones between them passed over."""
    stems = find_stems(words)
    return [f"{first} {second}" for first, second in pairwise(stems)]


def find_names(words: Sequence[str]) -> list[str]:
    """Words with a capital letter that stand nowhere in the text without it."""
    small = {word for word in words if word[:1].islower()}
    return [
        lower
        for word in words
        if word[0].isupper() and len(word) > 1 and (lower := word.lower()) not in small and lower not in EMPTY
    ]


def find_numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(letter.isdigit() for letter in word)]


# In the order of the weights.
WHOLE: Mapping[str, Find] = MappingProxyType(
    {"words": find_stems, "runs": find_runs, "names": find_names, "numbers": find_numbers}
)
OPENED: Mapping[str, Find] = MappingProxyType(
    {"opening words": find_stems, "opening names": find_names, "opening runs": find_runs}
)
KINDS = (*WHOLE, *OPENED)


def find_terms(text: str) -> dict[str, list[str]]:
    """Terms of a text by kind, each as often as it occurs."""
    words = WORD.findall(text)
    opening = words[:OPENING]
    return {name: find(words) for name, find in WHOLE.items()} | {name: find(opening) for name, find in OPENED.items()}


def count_terms(texts: Sequence[Sequence[str]]) -> sparse.csr_array:
    """How often each text has each term, as 1 + log: a row a text; terms of one text only are left out."""
    columns: dict[str, int] = {}
    indices = [columns.setdefault(term, len(columns)) for terms in texts for term in terms]
    starts = np.cumsum([0, *(len(terms) for terms in texts)])
    counts = sparse.csr_array((np.ones(len(indices)), indices, starts), shape=(len(texts), max(len(columns), 1)))
    counts.sum_duplicates()
    counts = counts[:, counts.astype(bool).sum(axis=0) > 1]
    counts.data = 1 + np.log(counts.data)
    return counts


def weigh_rarity(counts: sparse.csr_array) -> Floats:
    """Weight of a term among many texts of all kinds (smoothed inverse document frequency)."""
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + _held(counts))) + 1)


def weigh_contrast(counts: sparse.csr_array) -> Floats:
    """Weight of a term among texts on one subject: what all of them say tells none of them apart."""
    return np.asarray(np.log(counts.shape[0] / np.maximum(_held(counts), 1)))


def _held(counts: sparse.csr_array) -> Floats:
    return np.asarray(counts.astype(bool).sum(axis=0), dtype=np.float64)


def weigh(counts: sparse.csr_array, weights: Floats) -> sparse.csr_array:
    """Rows of length 1, so that a product of two is their cosine; a text without terms is a row of nothing."""
    weighed = sparse.csr_array(counts.multiply(weights[None, :]))
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ weighed)


def cosines(rows: sparse.csr_array) -> Floats:
    return np.asarray(np.clip((rows @ rows.T).toarray(), 0, 1))


def contained(counts: sparse.csr_array, weights: Floats) -> Floats:
    """How much of what the text of lesser weight says the other says too."""
    held = sparse.csr_array(counts.astype(bool).astype(np.float64))
    weighed = sparse.csr_array(held.multiply(weights[None, :]))
    totals = np.asarray(weighed.sum(axis=1)).ravel()
    smaller = np.minimum(totals[:, None], totals[None, :])
    return np.asarray((weighed @ held.T).toarray() / np.maximum(smaller, 1e-9))
