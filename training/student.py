"""`python -m training.student ARRAYS BASE OUT SECONDS SOFT...`: the reader that ships, and its five re3d folds.

First every head together, re3d left out; then a short tuning with re3d among the rest: once with all of it (what
ships), and once for each fifth left out, whose mentions are written down as the honest estimate of how well the
shipped reader finds mentions in text it has not seen.
"""

import json
import sys
import time
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from training.batches import Shelf
from training.layers import CHANNELS
from training.learn import Plan, evaluate, learn, losses, probabilities, run
from training.network import ReaderNet, Shape

FOLDS = 5
WORDS = "words.weight"
SETS = {"polnear": 1, "muc4": 1, "ecb": 1, "uw": 1, "meantime": 2, "timeml": 1, "lgl": 1, "gwn": 1}
PLAN = Plan(sets=(), epochs=14, pieces=9000, encoder_rate=3e-4, shape=Shape(width=128, depth=3, heads=4))
TUNING = Plan(sets=(), epochs=1, pieces=1500, encoder_rate=1.5e-4, head_rate=1e-3, average=0.98)
MENTION_TIMES, REPLAYED = 30, 80  # how often re3d is seen while tuning, and how many other documents beside it


def training_documents(shelf: Shelf) -> list[int]:
    """Every training document of every set but re3d."""
    held: list[int] = []
    for name, times in SETS.items():
        held += shelf.documents(name, dev=False).tolist() * times
    return held


def tuned(network: ReaderNet, shelf: Shelf, mentions: list[int], seed: int) -> ReaderNet:
    """The network after it has seen these documents' mentions, among some of everything else."""
    draw = np.random.default_rng(seed)
    others = [
        int(each)
        for name in SETS
        for each in draw.choice(
            shelf.documents(name, dev=False), REPLAYED if name in {"polnear"} else 20, replace=False
        )
    ]
    copy = deepcopy(network).train()
    for parameter in copy.parameters():
        parameter.requires_grad = True
    run(copy, shelf, replace(TUNING, seed=seed), mentions * MENTION_TIMES + others, losses, 60.0)
    return copy


def fold_tags(network: ReaderNet, shelf: Shelf, documents: list[int]) -> dict[str, list[list[int]]]:
    """For every document the probabilities' best tag in each mention channel, as rows over its pieces."""
    held = [at for at, name in enumerate(CHANNELS) if name.startswith("mention.")]
    found = {}
    for each in documents:
        _, tags, _, _ = probabilities(network, shelf.batch([each]))
        found[str(shelf.name[each])] = tags[:, held].argmax(-1).T.cpu().numpy().astype(int).tolist()
    return found


def save(network: ReaderNet, out: Path) -> None:
    """Half-precision weights in files small enough to carry; the word table is the base's own and is left out."""
    parts: list[dict[str, np.ndarray]] = [{}]
    for name, tensor in network.state_dict().items():
        array = tensor.half().cpu().numpy()
        if WORDS in name:
            continue
        if sum(each.nbytes for each in parts[-1].values()) + array.nbytes > 10_000_000:
            parts.append({})
        parts[-1][name] = array
    for number, part in enumerate(parts):
        np.savez(out / f"weights-{number}.npz", **part)


def report(name: str, network: ReaderNet, shelf: Shelf) -> None:
    for each in ("polnear", "muc4", "ecb", "uw", "meantime"):
        print(name, each, json.dumps(evaluate(network, shelf, shelf.documents(each, dev=True).tolist())), flush=True)


def main(arrays: str, base: str, out: str, seconds: str, *soft: str) -> None:
    begun = time.monotonic()
    shelf = Shelf(Path(arrays), "cuda" if torch.cuda.is_available() else "cpu")
    shelf.listen([Path(each) for each in soft])
    network = learn(shelf, Path(base), PLAN, training_documents(shelf), float(seconds))
    Path(out).mkdir(parents=True, exist_ok=True)
    save(network, Path(out))
    report("untuned", network, shelf)
    mentions = shelf.documents("re3d").tolist()
    final = tuned(network, shelf, mentions, seed=1)
    save(final, Path(out))
    report("tuned", final, shelf)
    folds = {}
    for fold in range(FOLDS):
        left_out = mentions[fold::FOLDS]
        other = tuned(network, shelf, [each for each in mentions if each not in left_out], seed=fold + 2)
        print("fold", fold, evaluate(other, shelf, left_out), flush=True)
        folds |= fold_tags(other, shelf, left_out)
        (Path(out) / "folds.json").write_text(json.dumps(folds))
    print(f"{time.monotonic() - begun:.0f} s in all", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
