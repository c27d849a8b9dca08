"""Which documents tell of one event, by their words alone: a subject first, then the story within it.

Reports on one subject (a place's shelling, a party's congress) share most of their words whatever event they tell of,
so that words are weighed twice: against all texts, to find the subject, and against the texts of the subject, where
only what sets some of them apart counts. Average linkage: R. Sokal and C. Michener, 1958.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from truceline.fuse.story_terms import (
    KINDS,
    OPENED,
    WHOLE,
    Floats,
    contained,
    cosines,
    count_terms,
    find_terms,
    weigh,
    weigh_contrast,
    weigh_rarity,
)

CONTRASTED = tuple(name for name in (*WHOLE, *OPENED) if name != "opening runs")
CONTAINED = ("words", "names")
FEATURES = (*KINDS, *(f"contained {name}" for name in CONTAINED), *(f"contrasted {name}" for name in CONTRASTED))
Groups = list[list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What makes two texts of one subject one story: a log-odds weight a feature, and the two cuts.

    `subject` is the least mean cosine of words within a subject, `story` the least mean chance within a story.
    """

    features: Floats
    bias: float
    subject: float
    story: float


def find_stories(texts: Mapping[str, str], weights: "Weights | None" = None) -> dict[str, str]:
    """For each text the id of the first, by id, that tells of the same event; the order of the texts is all one.

    All pairs are looked at, so give it texts of one stretch of time, some thousands at most.
    """
    known = weights or load_weights()
    ids = sorted(texts)
    found: dict[str, str] = {}
    for members in group_texts([texts[each] for each in ids], known):
        found |= {ids[at]: ids[members[0]] for at in members}
    return found


def group_texts(texts: Sequence[str], weights: Weights) -> Groups:
    return sorted(members for members, _ in find_groups(texts, weights))


def find_groups(texts: Sequence[str], weights: Weights) -> Iterator[tuple[list[int], Floats]]:
    """The texts of each story, and the chance of every two of them that they tell of one event."""
    for members, shown in find_subjects(texts, weights.subject):
        chances = score_pairs(shown, weights)
        for each in linked(chances, weights.story):
            yield [members[at] for at in each], chances[np.ix_(each, each)]


def score_pairs(shown: Floats, weights: Weights) -> Floats:
    """The chance that two texts of a subject tell of one event; `shown` [texts, texts, features]."""
    return np.asarray(1 / (1 + np.exp(-(shown @ weights.features + weights.bias))))


def find_subjects(texts: Sequence[str], least: float) -> list[tuple[list[int], Floats]]:
    """The texts of each subject, and how every two of them compare: [texts, texts, features]."""
    if not texts:
        return []
    terms = [find_terms(text) for text in texts]
    counts = {name: count_terms([each[name] for each in terms]) for name in KINDS}
    rarity = {name: weigh_rarity(each) for name, each in counts.items()}
    rows = {name: weigh(counts[name], rarity[name]) for name in KINDS}
    found = []
    for members in linked(cosines(rows["words"]), least):
        alike = [cosines(rows[name][members]) for name in KINDS]
        alike += [contained(counts[name][members], rarity[name]) for name in CONTAINED]
        alike += [contrast([terms[at][name] for at in members]) for name in CONTRASTED]
        found.append((members, np.stack(alike, axis=-1)))
    return found


def contrast(texts: Sequence[Sequence[str]]) -> Floats:
    """Cosines of the texts of one subject by what sets them apart."""
    counts = count_terms(texts)
    return cosines(weigh(counts, weigh_contrast(counts)))


def linked(alike: Floats, least: float) -> Groups:
    """Groups grown from the most alike by average linkage as long as two are at least that alike on the mean."""
    if len(alike) < 2:
        return [[at] for at in range(len(alike))]
    apart = 1 - (alike + alike.T) / 2
    np.fill_diagonal(apart, 0)
    names = fcluster(linkage(squareform(np.maximum(apart, 0), checks=False), "average"), 1 - least, "distance")
    groups: dict[int, list[int]] = {}
    for at, name in enumerate(names.tolist()):
        groups.setdefault(name, []).append(at)
    return list(groups.values())


@cache
def load_weights() -> Weights:
    """The weights of `stories.toml`, which training/stories.py makes."""
    table = tomllib.loads(files("truceline.fuse").joinpath("stories.toml").read_text(encoding="utf-8"))
    weights: Mapping[str, float] = table["weights"]
    return Weights(
        features=np.array([weights[name] for name in FEATURES]),
        bias=float(table["bias"]),
        subject=float(table["subject"]),
        story=float(table["story"]),
    )
