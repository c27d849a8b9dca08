"""Marked texts as arrays: word pieces, how they are written, and what every layer says of each.

`python -m training.arrays GOLD TOKENIZER.json SILVER.jsonl OUT.npz` is the first step of training and needs no torch.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.gold import INCIDENTS, Marked
from training.layers import BEFORE, CHANNELS, SILVER, VALUES, WINDOW
from training.sources import all_marked
from truceline.read.pieces import Pieces, cut, load_tokenizer, pieces_of

NOT_ASKED, OUTSIDE, BEGINS, INSIDE = -1, 0, 1, 2
NONE, SOURCE, CONTENT = 0, 1, 2


def tagged(pieces: Pieces, spans: Iterable[tuple[int, int]]) -> np.ndarray:
    """B, I and O for one layer; of two stretches that overlap in one layer the longer is kept."""
    tags = np.zeros(len(pieces.ids), dtype=np.int8)
    for start, end in sorted(spans, key=lambda each: (each[0] - each[1], each)):
        held = pieces.covering(start, end)
        if len(held) and not tags[held].any():
            tags[held] = INSIDE
            tags[held[0]] = BEGINS
    return tags


def layer_matrix(marked: Marked, pieces: Pieces) -> np.ndarray:
    """[pieces, channels]: the tag in each layer, -1 where it was not annotated."""
    matrix = np.full((len(pieces.ids), len(CHANNELS)), NOT_ASKED, dtype=np.int8)
    for channel, layer in enumerate(CHANNELS):
        if layer in marked.spans:
            matrix[:, channel] = tagged(pieces, marked.spans[layer])
    if marked.within is not None:
        asked = np.zeros(len(pieces.ids), dtype=bool)
        for start, end in marked.within:
            asked[pieces.covering(start, end)] = True
        matrix[~asked] = NOT_ASKED
    return matrix


def value_matrix(marked: Marked, pieces: Pieces) -> np.ndarray:
    """[pieces, values]: the number given to the first piece of a word, NaN elsewhere."""
    matrix = np.full((len(pieces.ids), len(VALUES)), np.nan, dtype=np.float32)
    for column, layer in enumerate(VALUES):
        for (start, end), value in marked.values.get(layer, ()):
            held = pieces.covering(start, end)
            if len(held):
                matrix[held[0], column] = value
    return matrix


def windows(marked: Marked, pieces: Pieces) -> Iterator[tuple[int, int, np.ndarray]]:
    """For every relation: the cue's first and last piece, and what each piece of the window around it is."""
    for relation in marked.relations or ():
        cue = pieces.covering(*relation.cue)
        if not len(cue):
            continue
        parts = np.zeros(len(pieces.ids), dtype=np.int8)
        for part, stretches in ((CONTENT, relation.content), (SOURCE, relation.source)):
            for start, end in stretches:
                parts[pieces.covering(start, end)] = part
        yield int(cue[0]), int(cue[-1]), window_of(parts, int(cue[0]), NOT_ASKED)


def window_of(values: np.ndarray, at: int, outside: int) -> np.ndarray:
    """The values from BEFORE pieces before `at`, WINDOW of them, `outside` past the text's ends."""
    window = np.full(WINDOW, outside, dtype=values.dtype)
    first = at - BEFORE
    low, high = max(first, 0), min(first + WINDOW, len(values))
    window[low - first : high - first] = values[low:high]
    return window


def build(documents: Sequence[Marked], tokenizer: Tokenizer) -> dict[str, np.ndarray]:
    """All documents end to end: flat arrays over pieces, chunk and document borders, relations by document."""
    ids, writing, layers, values, doc_ends, chunk_ends, cues, labels, incidents = ([] for _ in range(9))
    at = 0
    for number, marked in enumerate(documents):
        pieces = pieces_of(marked.text, tokenizer)
        ids.append(pieces.ids)
        writing.append(pieces.writing)
        layers.append(layer_matrix(marked, pieces))
        values.append(value_matrix(marked, pieces))
        chunk_ends.extend((number, at + end) for _, end in cut(pieces))
        for first, last, label in windows(marked, pieces):
            cues.append((number, at + first, at + last))
            labels.append(label)
        types = marked.incidents
        incidents.append([-1] * len(INCIDENTS) if types is None else [int(each in types) for each in INCIDENTS])
        at += len(pieces.ids)
        doc_ends.append(at)
    return {
        "ids": np.concatenate(ids).astype(np.int32),
        "writing": np.concatenate(writing).astype(np.int8),
        "layers": np.concatenate(layers),
        "values": np.concatenate(values).astype(np.float16),
        "doc_ends": np.array(doc_ends, dtype=np.int64),
        "chunk_ends": np.array(chunk_ends, dtype=np.int64),
        "cues": np.array(cues, dtype=np.int64),
        "labels": np.stack(labels),
        "incidents": np.array(incidents, dtype=np.int8),
        "split": np.array([each.split == "dev" for each in documents]),
        "set": np.array([each.id.split("/")[0] for each in documents]),
        "name": np.array([each.id for each in documents]),
    }


def with_silver(documents: Iterable[Marked], path: Path) -> Iterator[Marked]:
    """The documents with the names of `training.silver` as further layers."""
    with path.open(encoding="utf-8") as stream:
        names = {row["id"]: row["spans"] for row in map(json.loads, stream)}
    for each in documents:
        found = names.get(each.id)
        if found is None or each.within is not None:
            yield each
        else:
            layers = {f"silver.{kind}": [tuple(piece) for piece in found.get(f"silver.{kind}", ())] for kind in SILVER}
            yield replace(each, spans=each.spans | layers)


def main(gold: str, tokenizer: str, silver: str, out: str) -> None:
    documents = list(with_silver(all_marked(Path(gold)), Path(silver)))
    arrays = build(documents, load_tokenizer(Path(tokenizer)))
    np.savez_compressed(out, **arrays)
    print(f"{len(documents):,} documents, {len(arrays['ids']):,} pieces, {len(arrays['cues']):,} relations -> {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
