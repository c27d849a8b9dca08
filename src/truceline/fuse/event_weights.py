"""The trained weights by which mentions of events are compared, and the meanings of words."""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from truceline.errors import MissingModel
from truceline.fuse.event_pairs import Background, Vectors
from truceline.fuse.story_terms import Floats
from truceline.fuse.trees import Trees

FOLDER = "fuse-en"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWeights:
    """`pair` judges two mentions alone, `support` and `linear` among all others; their log-odds are averaged.

    `cut` is the least mean chance in a group.
    """

    pair: Trees
    support: Trees
    linear: Floats
    bias: float
    vectors: Vectors
    background: Background
    cut: float


def weights_folder() -> Path:
    """Where the trained files lie, in a checkout or an installation. Raises MissingModel when they lie nowhere."""
    places = (Path(__file__).parents[3] / "models" / FOLDER, Path(sys.prefix) / "share" / "truceline" / FOLDER)
    for each in places:
        if (each / "words.npz").is_file():
            return each
    raise MissingModel(
        f"the trained weights {FOLDER}/words.npz are not beside the program; "
        "take the folder models/ of the repository along, or make them anew as training/README.md says"
    )


@cache
def load_vectors() -> Vectors:
    with np.load(weights_folder() / "words.npz") as kept:
        words = kept["words"].tobytes().decode().split("\n")
        table = kept["vectors"].astype(np.float64)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return Vectors({word: at for at, word in enumerate(words)}, table)


@cache
def load_background() -> Background:
    with np.load(weights_folder() / "words.npz") as kept:
        return Background(int(kept["texts"]), kept["held"])


@cache
def load_event_weights() -> EventWeights:
    with np.load(weights_folder() / "events.npz") as kept:
        return EventWeights(
            pair=Trees.of(kept, "pair"),
            support=Trees.of(kept, "support"),
            linear=kept["linear"],
            bias=float(kept["bias"]),
            vectors=load_vectors(),
            background=load_background(),
            cut=float(kept["cut"]),
        )
