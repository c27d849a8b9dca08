"""Which incidents of political violence a text as a whole reports, how many, and who and what is involved in them.

A second opinion beside the claims: linear models over what the rules found, joined with what the encoder notices.
They see the whole text: who is blamed in one sentence for the act of another. training/incidents.py made them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.model.reading import IncidentType, Involved
from truceline.read.incident_features import Named, Scene, best_of_like, named_in, occasions, text_features
from truceline.read.incident_weights import Weights
from truceline.read.trained import Noticed

Floats = NDArray[np.float64]

# Below this chance a type is not named, and below the second nobody is looked for.
LEAST = 0.02
WORTH_A_LOOK = 0.25
# Below this chance words are not said to be involved.
LEAST_INVOLVED = 0.1
# Taken off the smooth maximum over the word pieces, as in training (training/learn.py).
OFFSET = 2.0
# The encoder's scores beyond these say no more: it is surer than it is right.
SCORES = (-8.0, 6.0)
CHANCES = (0.001, 0.999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the text as a whole reports: types likeliest first, words in text order."""

    types: tuple[IncidentType, ...] = ()
    involved: tuple[Involved, ...] = ()


def judge_incidents(scene: Scene, weights: Weights) -> Judgement:
    """The types that the text may report, and who and what is involved; both empty where it reports none."""
    if not len(scene.noticed.types):
        return Judgement()
    chances = chance_of(type_scores(scene, weights))
    found = [
        IncidentType(type=name, chance=float(row[0]), more=tuple(np.minimum.accumulate(row)[1:].tolist()))
        for name, row in zip(scene.noticed.shape.types, chances, strict=True)
        if row[0] >= LEAST
    ]
    likely = bool(chances.max() >= WORTH_A_LOOK)
    return Judgement(
        types=tuple(sorted(found, key=lambda each: (-each.chance, each.type))),
        involved=tuple(_involved(scene, weights, float(chances[:, 0].max()))) if likely else (),
    )


def chance_of(scores: Floats) -> Floats:
    return 1 / (1 + np.exp(-scores))


def score_of(chances: Floats) -> Floats:
    within = np.clip(chances, *CHANCES)
    return np.log(within / (1 - within))


# Types -------------------------------------------------------------------------------------------


def type_scores(scene: Scene, weights: Weights) -> Floats:
    """For every type [at least one, two, three …], as log odds."""
    shown = type_evidence(scene, weights)
    scores: Floats = np.einsum("tnf,tf->tn", weights.number, shown) + weights.number_bias
    return scores


def type_evidence(scene: Scene, weights: Weights) -> Floats:
    """For every type: what the words say of one incident and of several, of any type, the acts told, the encoder."""
    types = scene.noticed.shape.types
    numbers, values = text_features(scene)
    words = weights.text[:, numbers] @ values + weights.text_bias
    one, several = words[: len(types)], words[len(types) :]
    anything = np.full(len(types), one.max())
    noticed = np.clip(pooled(scene.noticed), *SCORES)
    return np.column_stack([one, several, anything, occasions(scene, types), noticed])


def pooled(noticed: Noticed) -> Floats:
    """The encoder's score of every type for the whole text, as log odds."""
    scores = noticed.types.astype(np.float64)
    top = scores.max(axis=0)
    smooth: Floats = top + np.log(np.exp(scores - top).sum(axis=0)) - OFFSET
    return smooth


# Who and what is involved ------------------------------------------------------------------------


def _involved(scene: Scene, weights: Weights, likely: float) -> Iterator[Involved]:
    named = list(named_in(scene))
    if not named:
        return
    shown = role_evidence(scene, weights, named, likely)
    chances = chance_of(np.einsum("rf,nrf->nr", weights.role, shown) + weights.role_bias)
    for each, row in zip(named, chances, strict=True):
        role = int(row.argmax())
        if row[role] >= LEAST_INVOLVED:
            yield Involved(span=each.span, role=weights.roles[role], chance=float(row[role]))


def role_evidence(scene: Scene, weights: Weights, named: list[Named], likely: float) -> Floats:
    """For every noun and role: what its features and the encoder say, here and at best of all places where it is named
    alike, and how likely the text reports an incident.
    """
    words = np.array([weights.words[:, each.features].sum(axis=1) for each in named]) + weights.words_bias
    layers = [scene.noticed.shape.channels.index(each) for each in weights.layers]
    marked = score_of(1 - np.array([each.outside[layers] for each in named], dtype=np.float64))
    alike = [each.wording for each in named]
    anything = np.full_like(words, score_of(np.array(likely)))
    return np.stack([words, marked, best_of_like(words, alike), best_of_like(marked, alike), anything], axis=2)
