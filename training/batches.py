"""Documents as batches on the device: chunks side by side, and the flat order in which their pieces stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.layers import BEFORE, WINDOW
from truceline.read.pieces import CLS, SEP

# Documents of a sentence are batched apart from articles, or they would all be filled up to an article's length.
SHORT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """`ids`, `writing`, `there` [chunks, length]; the rest flat over the pieces, documents end to end.

    `inner` are the places of the pieces (not the marks at chunk ends) in the padded grid read row by row.
    `cues` [cues, 4]: first and last flat piece, and the flat bounds of its document. `parts` [cues, WINDOW].
    `soft_*`: what teachers said of the same, -1 where none did.
    """

    ids: Tensor
    writing: Tensor
    there: Tensor
    inner: Tensor
    layers: Tensor
    values: Tensor
    document: Tensor
    bounds: Tensor
    incidents: Tensor
    cues: Tensor
    parts: Tensor
    documents: Sequence[int]
    sets: frozenset[str]
    soft_cue: Tensor
    soft_parts: Tensor
    soft_real: Tensor


class Shelf:
    """All arrays in memory, cut into batches on demand."""

    def __init__(self, path: Path, device: str) -> None:
        kept = np.load(path)
        self.device = device
        self.ids = torch.from_numpy(kept["ids"].astype(np.int64)).to(device)
        self.writing = torch.from_numpy(kept["writing"].astype(np.int64)).to(device)
        self.layers = torch.from_numpy(kept["layers"].astype(np.int64)).to(device)
        self.values = torch.from_numpy(kept["values"].astype(np.float32)).to(device)
        self.incidents = torch.from_numpy(kept["incidents"].astype(np.float32)).to(device)
        self.ends = kept["doc_ends"]
        self.starts = np.r_[0, self.ends[:-1]]
        self.chunk_document, self.chunk_end = kept["chunk_ends"].T
        self.chunk_start = np.r_[0, self.chunk_end[:-1]]
        self.cues = kept["cues"]
        self.parts = torch.from_numpy(kept["labels"].astype(np.int64)).to(device)
        self.set, self.is_dev, self.name = kept["set"], kept["split"], kept["name"]
        self._chunks_of = _grouped(self.chunk_document, len(self.ends))
        self.soft_cue = torch.full((len(self.ids), 3), -1.0, dtype=torch.float16, device=device)
        self.soft_parts = torch.zeros(len(self.cues), WINDOW, 3, dtype=torch.float16, device=device)
        self.soft_real = torch.full((len(self.cues),), -1.0, device=device)
        self._cues_of = _grouped(self.cues[:, 0], len(self.ends))

    def listen(self, paths: Sequence[Path]) -> None:
        """Take over what teachers said: the mean over teachers for every piece and every window they spoke of."""
        sums, counts = torch.zeros(len(self.ids), 3), torch.zeros(len(self.ids), 1)
        heard: dict[tuple[int, int, int], list[tuple[np.ndarray, float]]] = {}
        for path in paths:
            kept = np.load(path)
            at = torch.from_numpy(kept["pieces"])
            sums[at] += torch.from_numpy(kept["cue"].astype(np.float32))
            counts[at] += 1
            for row, part, real in zip(kept["windows"].tolist(), kept["parts"], kept["real"].tolist(), strict=True):
                heard.setdefault(tuple(row), []).append((part, real))
        self.soft_cue = torch.where(counts > 0, sums / counts.clamp(min=1), -1.0).half().to(self.device)
        gold = {tuple(row): at for at, row in enumerate(self.cues.tolist())}
        rows = sorted({*gold, *heard})
        parts = torch.full((len(rows), WINDOW), -1, dtype=torch.int64)
        soft = torch.zeros(len(rows), WINDOW, 3, dtype=torch.float16)
        real = torch.full((len(rows),), -1.0)
        hard = self.parts.cpu()
        for at, row in enumerate(rows):
            if row in gold:
                parts[at] = hard[gold[row]]
            if row in heard:
                soft[at] = torch.from_numpy(np.mean([each for each, _ in heard[row]], axis=0, dtype=np.float32)).half()
                real[at] = 1.0 if row in gold else float(np.mean([each for _, each in heard[row]]))
        self.cues = np.array(rows, dtype=np.int64)
        self.parts, self.soft_parts, self.soft_real = (each.to(self.device) for each in (parts, soft, real))
        self._cues_of = _grouped(self.cues[:, 0], len(self.ends))

    def documents(self, *sets: str, dev: bool | None = None) -> np.ndarray:
        chosen = np.isin(self.set, sets)
        return np.nonzero(chosen if dev is None else chosen & (self.is_dev == dev))[0]

    def batches(self, documents: Sequence[int], pieces: int, draw: np.random.Generator | None) -> Iterator[Batch]:
        """Batches of about that many pieces, short documents apart; in a drawn order where `draw` is given."""
        order = np.array(documents) if draw is None else draw.permutation(np.array(documents))
        short = (self.ends - self.starts)[order] <= SHORT
        groups = [*self._gathered(order[short].tolist(), pieces), *self._gathered(order[~short].tolist(), pieces)]
        for at in range(len(groups)) if draw is None else draw.permutation(len(groups)).tolist():
            yield self.batch(groups[at])

    def _gathered(self, order: Sequence[int], pieces: int) -> Iterator[list[int]]:
        held: list[int] = []
        size = 0
        for each in order:
            held.append(each)
            size += int(self.ends[each] - self.starts[each])
            if size >= pieces:
                yield held
                held, size = [], 0
        if held:
            yield held

    def batch(self, documents: Sequence[int]) -> Batch:
        """The documents' chunks padded to one length, and every mark they carry."""
        chunks = np.concatenate([self._chunks_of[each] for each in documents])
        lengths = self.chunk_end[chunks] - self.chunk_start[chunks]
        width = int(lengths.max()) + 2
        where = np.full((len(chunks), width), -1, dtype=np.int64)
        for row, (chunk, length) in enumerate(zip(chunks, lengths, strict=True)):
            where[row, 1 : length + 1] = np.arange(self.chunk_start[chunk], self.chunk_end[chunk])
        there = np.arange(width)[None] < (lengths + 2)[:, None]
        flat_grid = np.nonzero(where.ravel() >= 0)[0]
        flat = self._on(where.ravel()[flat_grid])
        grid = self._on(where)
        inner = grid >= 0
        ids = torch.where(inner, self.ids[grid.clamp(min=0)], 0)
        ids[:, 0] = CLS
        ids[torch.arange(len(chunks)), self._on(lengths + 1)] = SEP
        offsets = np.cumsum([0, *(int(self.ends[each] - self.starts[each]) for each in documents)])
        cues, rows = self._cues(documents, offsets)
        numbers = np.repeat(np.arange(len(documents)), np.diff(offsets))
        rows_there = self._on(rows)
        return Batch(
            ids=ids,
            writing=torch.where(inner, self.writing[grid.clamp(min=0)], 0),
            there=self._on(there),
            inner=self._on(flat_grid),
            layers=self.layers[flat],
            values=self.values[flat],
            document=self._on(numbers),
            bounds=self._on(np.stack([offsets[:-1], offsets[1:]], 1)[numbers]),
            incidents=self.incidents[self._on(np.array(documents))],
            cues=self._on(cues),
            parts=self.parts[rows_there],
            documents=tuple(documents),
            sets=frozenset(self.set[list(documents)].tolist()),
            soft_cue=self.soft_cue[flat],
            soft_parts=self.soft_parts[rows_there],
            soft_real=self.soft_real[rows_there],
        )

    def _on(self, array: np.ndarray) -> Tensor:
        return torch.from_numpy(array).to(self.device, non_blocking=True)

    def _cues(self, documents: Sequence[int], offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        rows = np.concatenate([self._cues_of[each] for each in documents]).astype(np.int64)
        place = {each: number for number, each in enumerate(documents)}
        made = np.zeros((len(rows), 4), dtype=np.int64)
        for at, (document, first, last) in enumerate(self.cues[rows].tolist()):
            number = place[document]
            shift = int(offsets[number]) - int(self.starts[document])
            made[at] = first + shift, last + shift, offsets[number], offsets[number + 1]
        return made, rows


def _grouped(owners: np.ndarray, count: int) -> list[np.ndarray]:
    """For each document the rows that belong to it; `owners` rises."""
    edges = np.searchsorted(owners, np.arange(count + 1))
    return [np.arange(edges[each], edges[each + 1]) for each in range(count)]


def window_index(cues: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """For cues [n, 4]: flat indices [n, WINDOW], true inside the document, 1 on the cue's pieces."""
    at = cues[:, :1] - BEFORE + torch.arange(WINDOW, device=cues.device)[None]
    there = (at >= cues[:, 2:3]) & (at < cues[:, 3:4])
    marked = (at >= cues[:, :1]) & (at <= cues[:, 1:2])
    return at.clamp(min=0) * there, there, marked.long()


def device_of(network: torch.nn.Module) -> Any:
    return next(network.parameters()).device
