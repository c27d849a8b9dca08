"""`python -m training.teach ARRAYS BASE FOLD OUT.npz SECONDS`: one teacher of three, and what it says of the rest.

Each teacher learns from two thirds of PolNeAR's training articles and speaks of the other third, of which it has
seen nothing, and of news without attribution marks. The student learns from what they say beside the gold marks:
annotators disagree about what a cue is, and a teacher that has not seen their answer says how likely one was.
"""

import sys
from pathlib import Path

import numpy as np
import torch

from training.batches import Shelf, window_index
from training.learn import Plan, evaluate, learn, probabilities, reencode, teach
from training.network import ReaderNet, Reencoder, Shape
from training.scoring import find_cues

FOLDS = 3
UNMARKED = ("muc4", "ecb", "timeml", "lgl", "gwn")
LIKELY = 0.2  # where a teacher sees a cue in text that nobody marked


@torch.no_grad()
def speak(network: ReaderNet, teacher: Reencoder, shelf: Shelf, documents: list[int], out: Path) -> None:
    """Write cue probabilities for every piece and part probabilities for every window around a cue."""
    pieces, cue_chances, windows, parts, reals = [], [], [], [], []
    for batch in shelf.batches(documents, 16_000, None):
        states, tags, _, _ = probabilities(network, batch)
        starts = np.repeat(
            shelf.starts[list(batch.documents)], shelf.ends[list(batch.documents)] - shelf.starts[list(batch.documents)]
        )
        bounds = batch.bounds.cpu().numpy()
        absolute = np.arange(len(bounds)) - bounds[:, 0] + starts
        pieces.append(absolute)
        cue_chances.append(tags[:, 0].half().cpu().numpy())
        rows = [tuple(row) for row in batch.cues.tolist()]
        if not rows:
            found = find_cues(tags[:, 0].cpu().numpy(), LIKELY)
            rows = [(first, last, *bounds[first].tolist()) for first, last in found]
        for at in range(0, len(rows), 256):
            cues = torch.tensor(rows[at : at + 256], device=shelf.device)
            with torch.autocast(shelf.device, dtype=torch.bfloat16):
                said, _ = reencode(teacher, batch, cues)
                index, there, marked = window_index(cues)
                _, relation = network.around(network.keys(states)[index], marked, there)
            parts.append(said.float().softmax(-1).half().cpu().numpy())
            reals.append(relation.float().sigmoid().cpu().numpy())
        number = batch.document.cpu().numpy()
        windows += [(batch.documents[number[first]], absolute[first], absolute[last]) for first, last, *_ in rows]
    np.savez(
        out,
        pieces=np.concatenate(pieces),
        cue=np.concatenate(cue_chances),
        windows=np.array(windows, dtype=np.int64),
        parts=np.concatenate(parts),
        real=np.concatenate(reals),
    )


def main(arrays: str, base: str, fold: str, out: str, seconds: str) -> None:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    shelf = Shelf(Path(arrays), device)
    articles = shelf.documents("polnear", dev=False)
    unseen = articles[int(fold) :: FOLDS]
    seen = sorted(set(articles.tolist()) - set(unseen.tolist()))
    plan = Plan(sets=(), epochs=9, seed=10 + int(fold), encoder_rate=3e-4, shape=Shape(width=192, depth=2, heads=6))
    network = learn(shelf, Path(base), plan, seen, float(seconds) / 2)
    print(fold, evaluate(network, shelf, unseen.tolist()[:80]), flush=True)
    teacher = teach(
        shelf, Path(base), Plan(sets=(), epochs=4, pieces=3000, seed=20 + int(fold)), seen, float(seconds) / 2
    )
    speak(network, teacher, shelf, unseen.tolist(), Path(out))
    rest = shelf.documents(*UNMARKED, dev=False).tolist()
    speak(network, teacher, shelf, rest, Path(out.replace(".npz", ".rest.npz")))


if __name__ == "__main__":
    main(*sys.argv[1:])
