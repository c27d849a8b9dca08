"""What the trained encoder notices in a text: attribution relations, stretches by layer, values, incident types.

One pass over the text in chunks gives every word piece its tags; a narrow second stage looks around each cue for its
source and content. How it was trained and how well it does is in models/reader-en/CARD.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from truceline.kit.batches import batched
from truceline.model.span import Span
from truceline.read.pieces import AFTER_BREAK, CLS, LOWER, SEP, Pieces, cut, spans_from

Floats = NDArray[np.float32]

CUES = 16  # windows a run
# How far to look around a cue, in pieces before and after its first: near by, and where words run on past that.
NEAR, FAR = (40, 64), (64, 96)
EDGE = 3  # pieces at the edge of a window in which nothing may stand, or it is looked at farther
SOURCE, CONTENT = 1, 2  # what a piece of a window is, 0 being nothing
KEY_WIDTH = 128  # of the states that the second stage sees
LONGEST_GAP = 2  # pieces of no part that are bridged inside a content ('…, he said, …' is wider)


class Runs(Protocol):
    """The session of an ONNX file: named inputs to the outputs asked for."""

    def run(self, outputs: Sequence[str], inputs: Mapping[str, NDArray[Any]]) -> list[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the model file says of itself: its layers by name, and its name for the place of a cue in a window."""

    channels: tuple[str, ...]
    values: tuple[str, ...]
    types: tuple[str, ...]
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that may be of saying: their first and last piece, and how likely they are."""

    first: int
    last: int
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What the pieces from `first` on are to one cue, and the chance that it relates anything."""

    first: int
    parts: NDArray[Any]
    relation: float


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
        chances = self.tags[:, self.shape.channels.index(channel)]
        if chances[:, 0].min(initial=1.0) - bias > 0.5:
            return []  # nothing is likelier than 'outside' anywhere: so it is for most layers of a headline
        if bias:
            chances = chances - np.array([bias, 0.0, 0.0], dtype=np.float32)
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

    def chances(self, channel: str, starts: Sequence[int], ends: Sequence[int]) -> list[float]:
        """`chance_of` for many words at once, one number a word."""
        if not len(self.pieces.ids):
            return [0.0] * len(starts)
        inside = 1.0 - self.tags[:, self.shape.channels.index(channel), 0]
        low = np.searchsorted(self.pieces.ends, np.asarray(starts, dtype=np.int64), side="right")
        high = np.searchsorted(self.pieces.starts, np.asarray(ends, dtype=np.int64), side="left")
        best = inside[np.minimum(low, len(inside) - 1)]
        for step in range(1, int((high - low).max(initial=0))):
            at = low + step
            best = np.where(at < high, np.maximum(best, inside[np.minimum(at, len(inside) - 1)]), best)
        return [float(each) for each in np.where(low < high, best, 0.0)]

    def _span(self, first: int, end: int) -> Span:
        return Span(int(self.pieces.starts[first]), int(self.pieces.ends[end - 1]))


class Trained:
    """The encoder ready to read; `lowest` is the chance under which a cue is not looked around at all."""

    def __init__(self, session: Runs, shape: Shape, *, lowest: float) -> None:
        self.session, self.shape, self.lowest = session, shape, lowest

    def notice(self, pieces: Pieces) -> Noticed:
        """What is noticed in one text.

        Chunks are read one by one and windows of one width together, never filled up to a common length: the file's
        whole-number arithmetic takes its scale from all that is read in one run, and a stretch must not be read
        otherwise because of blanks beside it.
        """
        tags, values, types, keys = self._encode(pieces)
        cues = self._likely_cues(tags)
        return Noticed(
            pieces=pieces,
            shape=self.shape,
            tags=tags,
            values=values,
            types=types,
            heard=tuple(_heard(pieces, cues, self._around(keys, cues))),
        )

    def _encode(self, pieces: Pieces) -> tuple[Floats, ...]:
        made = tuple(np.empty((len(pieces.ids), *tail), dtype=np.float32) for tail in self._tails())
        cased = bool(np.any(pieces.writing % AFTER_BREAK > LOWER))
        for first, end in cut(pieces):
            outputs = self.session.run(["tags", "values", "types", "keys"], _row(pieces, first, end, cased=cased))
            for whole, output in zip(made, outputs, strict=True):
                whole[first:end] = output[0, 1:-1]
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

    def _around(self, keys: Floats, cues: Sequence[Cue]) -> list[Window]:
        """One window a cue: the near one, or the far one where somebody's words or name reach the near one's edge."""
        found = self._look(keys, cues, NEAR)
        short = [at for at, window in enumerate(found) if _runs_on(window, len(keys))]
        for at, window in zip(short, self._look(keys, [cues[at] for at in short], FAR), strict=True):
            found[at] = window
        return found

    def _look(self, keys: Floats, cues: Sequence[Cue], reach: tuple[int, int]) -> list[Window]:
        """Windows of that reach, those of one width looked at together; a text's ends make them shorter."""
        before, after = reach
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, cue in enumerate(cues):
            groups[max(-before, -cue.first), min(after, len(keys) - cue.first)].append(at)
        found: dict[int, Window] = {}
        for (low, high), members in groups.items():
            for held in batched(members, CUES):
                parts, relation = self.session.run(
                    ["parts", "relation"], self._windows(keys, [cues[at] for at in held], low, high)
                )
                for row, at in enumerate(held):
                    found[at] = Window(
                        first=cues[at].first + low, parts=parts[row].argmax(-1), relation=float(relation[row])
                    )
        return [found[at] for at in range(len(cues))]

    def _windows(self, keys: Floats, cues: Sequence[Cue], low: int, high: int) -> dict[str, NDArray[Any]]:
        marked = np.zeros((len(cues), high - low), dtype=np.int64)
        for row, cue in enumerate(cues):
            marked[row, -low : cue.last - cue.first - low + 1] = 1
        return {
            "windows": np.stack([keys[cue.first + low : cue.first + high] for cue in cues]),
            "marked": marked,
            "places": np.arange(low, high) + self.shape.before,
        }


def _runs_on(window: Window, total: int) -> bool:
    """Whether a part reaches an edge of the window that is not an edge of the text's `total` pieces."""
    left = window.first > 0 and window.parts[:EDGE].any()
    return bool(left or (window.first + len(window.parts) < total and window.parts[-EDGE:].any()))


def _heard(pieces: Pieces, cues: Sequence[Cue], windows: Sequence[Window]) -> Iterator[Heard]:
    for cue, window in zip(cues, windows, strict=True):
        content = _stretches(pieces, window.parts == CONTENT, window.first)
        if content:
            yield Heard(
                cue=Span(int(pieces.starts[cue.first]), int(pieces.ends[cue.last])),
                source=_stretches(pieces, window.parts == SOURCE, window.first),
                content=content,
                chance=cue.chance * window.relation,
            )


def _row(pieces: Pieces, first: int, end: int, *, cased: bool) -> dict[str, NDArray[Any]]:
    """One chunk between the marks of a beginning and an end."""
    ids, writing = (np.zeros((1, end - first + 2), dtype=np.int64) for _ in range(2))
    ids[0, 0], ids[0, 1:-1], ids[0, -1] = CLS, pieces.ids[first:end], SEP
    if cased:
        writing[0, 1:-1] = pieces.writing[first:end]
    return {"ids": ids, "writing": writing}


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
