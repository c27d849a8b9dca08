"""`python -m training.settle ARRAYS BASE WEIGHTS OUT SECONDS`: a last slow pass over everything together.

The tuning on re3d alone pulls the encoder away from what it had learned of attribution; this pass, at a low rate and
with every set in it, brings it back. It runs on a CPU in a quarter of an hour.
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from training.batches import Shelf
from training.learn import losses, run
from training.network import ReaderNet, load_base
from training.student import PLAN, report, save

PASS = replace(PLAN, epochs=1, pieces=4000, encoder_rate=8e-5, head_rate=4e-4, average=0.99, seed=7)
SHARES = {"polnear": 840, "muc4": 400, "ecb": 250, "uw": 1500, "meantime": 200, "timeml": 90}
MENTION_TIMES = 3


def load_weights(network: ReaderNet, base: Path, folder: Path) -> None:
    """Weights as `save` wrote them, the word table from the base."""
    load_base(network.encoder, base)
    kept = {
        name: torch.from_numpy(array.astype(np.float32))
        for path in folder.glob("weights-*.npz")
        for name, array in np.load(path).items()
    }
    missing, unknown = network.load_state_dict(kept, strict=False)
    if list(missing) != ["encoder.words.weight"] or unknown:
        raise SystemExit(f"{folder}: weights of another shape (missing {missing}, unknown {unknown})")


def main(arrays: str, base: str, weights: str, out: str, seconds: str) -> None:
    shelf = Shelf(Path(arrays), "cuda" if torch.cuda.is_available() else "cpu")
    network = ReaderNet(PLAN.shape)
    load_weights(network, Path(base), Path(weights))
    draw = np.random.default_rng(PASS.seed)
    documents = shelf.documents("re3d").tolist() * MENTION_TIMES
    for name, count in SHARES.items():
        held = shelf.documents(name, dev=False)
        documents += draw.choice(held, min(count, len(held)), replace=False).tolist()
    network.train()
    run(network, shelf, PASS, documents, losses, float(seconds))
    Path(out).mkdir(parents=True, exist_ok=True)
    save(network, Path(out))
    if shelf.device == "cuda":
        report("settled", network, shelf)


if __name__ == "__main__":
    main(*sys.argv[1:])
