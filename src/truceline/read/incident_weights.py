"""The weights of the judgement of incidents, read from the trained reader's folder."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from truceline.model.reading import InvolvedAs
from truceline.read.models import INCIDENTS, trained_folder

Floats = NDArray[np.float64]
Ints = NDArray[np.int8]

LAYERS = {
    "role.PerpInd": InvolvedAs.PERPETRATOR,
    "role.PerpOrg": InvolvedAs.PERPETRATING_BODY,
    "role.Target": InvolvedAs.TARGET,
    "role.Victim": InvolvedAs.VICTIM,
    "role.Weapon": InvolvedAs.WEAPON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """`text` [types of one, types of several, SIZE] and `words` [roles, SIZE] weigh hashed features.

    `number` [types, numbers, evidence] and `role` [roles, evidence] weigh what these and the encoder say.
    """

    text: Floats
    text_bias: Floats
    number: Floats
    number_bias: Floats
    words: Floats
    words_bias: Floats
    role: Floats
    role_bias: Floats

    @property
    def layers(self) -> tuple[str, ...]:
        """The encoder's layers of roles, in the order of the weights."""
        return tuple(LAYERS)

    @property
    def roles(self) -> tuple[InvolvedAs, ...]:
        return tuple(LAYERS.values())


@cache
def load_weights() -> Weights:
    """The weights of the trained reader. Raises MissingModel when they lie nowhere."""
    return read_weights(trained_folder() / INCIDENTS)


def read_weights(path: Path) -> Weights:
    """Weights of a file that training/incidents.py wrote: features in whole numbers of a step, the rest as it is."""
    with np.load(path, allow_pickle=False) as kept:
        return Weights(
            text=_stepped(kept["text"], kept["text_step"]),
            words=_stepped(kept["words"], kept["words_step"]),
            **{
                name: kept[name].astype(np.float64)
                for name in ("text_bias", "number", "number_bias", "words_bias", "role", "role_bias")
            },
        )


def _stepped(weights: Ints, step: Floats) -> Floats:
    return weights.astype(np.float64) * step[:, None]
