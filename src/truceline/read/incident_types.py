"""Which types of political violence a text reports, judged over the whole of it."""

import numpy as np

from truceline.model.reading import IncidentType
from truceline.read.trained import Noticed

# Below this chance a type is not named: set on MUC-4 dev as a whole, since the encoder has seen the answers of train.
LEAST = 0.018
# Taken off the smooth maximum over the word pieces, as in training (training/learn.py).
OFFSET = 2.0


def incident_types_of(noticed: Noticed) -> tuple[IncidentType, ...]:
    """The types that the text may report, likeliest first; empty where it reports none."""
    if not len(noticed.types):
        return ()
    scores = noticed.types.astype(np.float64)
    top = scores.max(axis=0)
    pooled = top + np.log(np.exp(scores - top).sum(axis=0)) - OFFSET
    chances = 1 / (1 + np.exp(-pooled))
    found = zip(noticed.shape.types, chances.tolist(), strict=True)
    kept = (IncidentType(type=name, chance=chance) for name, chance in found if chance >= LEAST)
    return tuple(sorted(kept, key=lambda each: (-each.chance, each.type)))
