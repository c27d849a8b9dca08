"""Out-of-fold tags to the marks that `truceline gauge` scores with: offsets and layers by the hash of a text, no text.

    python -m training.folds TAGS GOLD models/reader-en/folds/re3d.json

TAGS is a JSON object, `re3d/<document id>` to a row of 0, 1, 2 (outside, begins, inside) for every mention layer, one
value a word piece, each made by an encoder that was trained without that document.
"""

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from training.gold import Marked, read_re3d
from training.layers import CHANNELS
from truceline.read.models import load_tokens
from truceline.read.pieces import pieces_of, spans_from

LAYERS = tuple(each for each in CHANNELS if each.startswith("mention."))


def main(tags: Path, gold: Path, target: Path) -> None:
    """Write the marks of every re3d document."""
    rows = json.loads(tags.read_text(encoding="utf-8"))
    documents = {_hash(each.text): _marks(each, rows[each.id]) for each in read_re3d(gold)}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"documents": documents}, separators=(",", ":"), sort_keys=True) + "\n")


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _marks(document: Marked, rows: Sequence[Sequence[int]]) -> dict[str, list[list[int]]]:
    pieces = pieces_of(document.text, load_tokens())
    found: dict[str, list[list[int]]] = {}
    for layer, row in zip(LAYERS, rows, strict=True):
        runs = spans_from(np.array(row))
        if runs:
            found[layer] = [[int(pieces.starts[first]), int(pieces.ends[end - 1])] for first, end in runs]
    return found


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
