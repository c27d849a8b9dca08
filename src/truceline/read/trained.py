"""What the trained encoder notices in a text: attribution relations, stretches by layer, values, incident types.

One pass over the text in chunks gives every word piece its tags; a narrow second stage looks around each cue for its
source and content. How it was trained and how well it does is in models/reader-en/CARD.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from truceline.model.span import Span
from truceline.read.pieces import AFTER_BREAK, CLS, LOWER, SEP, Pieces, cut, spans_from

Floats = NDArray[np.float32]

CHUNKS = 16  # chunks a run, of like length
CUES = 48  # windows a run
SOURCE, CONTENT = 1, 2  # what a piece of a window is, 0 being nothing
KEY_WIDTH = 128  # of the states that the second stage sees
LONGEST_GAP = 2  # pieces of no part that are bridged inside a content ('…, he said, …' is wider)


class Runs(Protocol):
    """The session of an ONNX file: named inputs to the outputs asked for."""

    def run(self, outputs: Sequence[str], inputs: Mapping[str, NDArray[Any]]) -> list[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the model file says of itself: its layers by name, and the window around a cue."""

    channels: tuple[str, ...]
    values: tuple[str, ...]
    types: tuple[str, ...]
    before: int
    window: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that may be of saying: their first and last piece, and how likely they are."""

    first: int
    last: int
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One attribution as the encoder has it: `chance` that the cue is one, times that it relates anything."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """All that is noticed in one text.

    `tags` [pieces, channels, 3] are chances of outside, begins, inside; `values` [pieces, values] and `types`
    [pieces, types] are scores; `heard` the likely attributions in the order of their cues.
    """

    pieces: Pieces
    shape: Shape
    tags: Floats
    values: Floats
    types: Floats
    heard: tuple[Heard, ...]

    def spans(self, channel: str, *, bias: float = 0.0) -> list[Span]:
        """The stretches of one layer; a positive `bias`, taken off the chance of 'outside', finds more."""
        chances = self.tags[:, self.shape.channels.index(channel)].copy()
        chances[:, 0] -= bias
        return [self._span(first, end) for first, end in spans_from(chances.argmax(-1))]

    def value_at(self, layer: str, start: int, end: int) -> float | None:
        """The value of the first piece of a word, None where no piece stands."""
        held = self.pieces.covering(start, end)
        return float(self.values[held[0], self.shape.values.index(layer)]) if len(held) else None

    def chance_of(self, channel: str, start: int, end: int) -> float:
        """How likely the word begins or goes on a stretch of that layer, 0 where no piece stands."""
        held = self.pieces.covering(start, end)
        if not len(held):
            return 0.0
        return float(1.0 - self.tags[held, self.shape.channels.index(channel), 0].min())

    def _span(self, first: int, end: int) -> Span:
        return Span(int(self.pieces.starts[first]), int(self.pieces.ends[end - 1]))


class Trained:
    """The encoder ready to read; `lowest` is the chance under which a cue is not looked around at all."""

    def __init__(self, session: Runs, shape: Shape, *, lowest: float) -> None:
        self.session, self.shape, self.lowest = session, shape, lowest

    def notice(self, pieces: Pieces) -> Noticed:
        """What is noticed in one text.

        Texts are never read side by side: the file's whole-number arithmetic takes its scale from all that is read in
        one run, and a document must not be read otherwise because of its neighbours.
        """
        tags, values, types, keys = self._encode(pieces)
        cues = self._likely_cues(tags)
        return Noticed(
            pieces=pieces,
            shape=self.shape,
            tags=tags,
            values=values,
            types=types,
            heard=tuple(self._heard(pieces, cues, self._around(keys, cues))),
        )

    def _encode(self, pieces: Pieces) -> tuple[Floats, ...]:
        chunks = sorted(cut(pieces), key=lambda each: each[1] - each[0])
        made = tuple(np.empty((len(pieces.ids), *tail), dtype=np.float32) for tail in self._tails())
        cased = bool(np.any(pieces.writing % AFTER_BREAK > LOWER))
        for start in range(0, len(chunks), CHUNKS):
            held = chunks[start : start + CHUNKS]
            outputs = self.session.run(["tags", "values", "types", "keys"], _grid(pieces, held, cased=cased))
            for whole, output in zip(made, outputs, strict=True):
                for row, (first, end) in enumerate(held):
                    whole[first:end] = output[row, 1 : end - first + 1]
        return made

    def _tails(self) -> tuple[tuple[int, ...], ...]:
        width = self.shape
        return ((len(width.channels), 3), (len(width.values),), (len(width.types),), (KEY_WIDTH,))

    def _likely_cues(self, tags: Floats) -> list[Cue]:
        """Every likely cue; cues do not overlap."""
        chances = tags[:, self.shape.channels.index("cue")]
        found: list[Cue] = []
        taken = -1
        for first in np.nonzero(chances[:, 1] > self.lowest)[0].tolist():
            if first <= taken:
                continue
            last = first
            while last + 1 < len(chances) and chances[last + 1, 2] > max(chances[last + 1, 0], chances[last + 1, 1]):
                last += 1
            found.append(Cue(first=first, last=last, chance=float(chances[first, 1])))
            taken = last
        return found

    def _around(self, keys: Floats, cues: Sequence[Cue]) -> list[tuple[NDArray[Any], float]]:
        """For every cue what each piece of its window is, and the chance that it relates anything."""
        found: list[tuple[NDArray[Any], float]] = []
        for start in range(0, len(cues), CUES):
            held = cues[start : start + CUES]
            parts, relation = self.session.run(["parts", "relation"], self._windows(keys, held))
            found.extend(zip(parts.argmax(-1), relation.tolist(), strict=True))
        return found

    def _windows(self, keys: Floats, held: Sequence[Cue]) -> dict[str, NDArray[Any]]:
        shape = (len(held), self.shape.window)
        windows = np.zeros((*shape, KEY_WIDTH), dtype=np.float32)
        marked, inside = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, cue in enumerate(held):
            first = cue.first - self.shape.before
            low, high = max(first, 0), min(first + self.shape.window, len(keys))
            windows[row, low - first : high - first] = keys[low:high]
            inside[row, low - first : high - first] = 1
            marked[row, cue.first - first : cue.last - first + 1] = 1
        return {"windows": windows, "marked": marked, "inside": inside}

    def _heard(
        self, pieces: Pieces, cues: Sequence[Cue], windows: Sequence[tuple[NDArray[Any], float]]
    ) -> Iterator[Heard]:
        for cue, (parts, relation) in zip(cues, windows, strict=True):
            offset = cue.first - self.shape.before
            at = np.arange(len(parts)) + offset
            inside = (at >= 0) & (at < len(pieces.ids))
            content = _stretches(pieces, inside & (parts == CONTENT), offset)
            if content:
                yield Heard(
                    cue=Span(int(pieces.starts[cue.first]), int(pieces.ends[cue.last])),
                    source=_stretches(pieces, inside & (parts == SOURCE), offset),
                    content=content,
                    chance=cue.chance * relation,
                )


def _grid(pieces: Pieces, held: Sequence[tuple[int, int]], *, cased: bool) -> dict[str, NDArray[Any]]:
    """Chunks filled up to one length, each between the marks of a beginning and an end."""
    length = max(end - first for first, end in held) + 2
    grid = {name: np.zeros((len(held), length), dtype=np.int64) for name in ("ids", "writing", "there")}
    for row, (first, end) in enumerate(held):
        size = end - first
        grid["ids"][row, 0], grid["ids"][row, size + 1] = CLS, SEP
        grid["ids"][row, 1 : size + 1] = pieces.ids[first:end]
        if cased:
            grid["writing"][row, 1 : size + 1] = pieces.writing[first:end]
        grid["there"][row, : size + 2] = 1
    return grid


def _stretches(pieces: Pieces, held: NDArray[Any], offset: int) -> tuple[Span, ...]:
    """Runs of held pieces as spans, short gaps bridged; a run of marks alone is none."""
    at = np.nonzero(held)[0]
    if not len(at):
        return ()
    breaks = np.nonzero(np.diff(at) > LONGEST_GAP)[0]
    firsts = np.r_[at[0], at[breaks + 1]] + offset
    lasts = np.r_[at[breaks], at[-1]] + offset
    spans = (
        _whole_words(pieces.text, int(pieces.starts[first]), int(pieces.ends[last]))
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    )
    return tuple(each for each in spans if any(letter.isalnum() for letter in each.of(pieces.text)))


def _whole_words(text: str, start: int, end: int) -> Span:
    """From the beginning of the first word to the end of the last, where a word was cut."""
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)
