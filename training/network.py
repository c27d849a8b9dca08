"""The encoder and its heads in torch: one pass over the text, and a narrow second stage around each cue.

The encoder is a 6-layer BERT of width 384 (all-MiniLM-L6-v2's shape). Every piece gets its tags, values and incident
scores from it in one pass. A cue's source and content are told apart by `Around`: a few narrow layers over a window of
the same states, with the cue marked. `Reencoder` (windows read anew by a whole encoder) is only a teacher.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.layers import BEFORE, CHANNELS, TYPES, VALUES, WINDOW
from truceline.read.pieces import WRITINGS

HIDDEN, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How wide and deep the second stage is."""

    width: int = 128
    depth: int = 2
    heads: int = 4


class Block(nn.Module):
    """One layer of BERT: normalised after each sum."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """`states` [batch, length, width]; `bias` [batch, 1, 1, length], very negative where nothing stands."""
        batch, length, width = states.shape
        q, k, v = (
            each.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for each in self.qkv(states).chunk(3, dim=-1)
        )
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        states = self.norm1(states + self._drop(mixed))
        return self.norm2(states + self._drop(self.down(functional.gelu(self.up(states)))))

    def _drop(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.dropout, self.training)


class Encoder(nn.Module):
    """Pieces and how they are written -> states [batch, length, 384]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.places = nn.Embedding(POSITIONS, HIDDEN)
        self.writing = nn.Embedding(WRITINGS, HIDDEN)
        nn.init.zeros_(self.writing.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.blocks = nn.ModuleList(Block(HIDDEN, HEADS, INNER, dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, ids: Tensor, writing: Tensor, there: Tensor, extra: Tensor | None = None) -> Tensor:
        """`ids`, `writing` [batch, length]; `there` the same shape, true where a piece stands; `extra` is added."""
        length = ids.shape[1]
        states = self.words(ids) + self.writing(writing) + self.places.weight[:length]
        if extra is not None:
            states = states + extra
        states = functional.dropout(self.norm(states), self.dropout, self.training)
        bias = (1.0 - there.to(states.dtype))[:, None, None, :] * -1e4
        for block in self.blocks:
            states = block(states, bias)
        return states


class Around(nn.Module):
    """States in a window around a cue -> for each piece none, source, content; and whether there is a relation."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.mark = nn.Embedding(2, shape.width)
        self.place = nn.Embedding(WINDOW, shape.width)
        self.cue = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width)
        self.blocks = nn.ModuleList(
            Block(shape.width, shape.heads, 4 * shape.width, dropout) for _ in range(shape.depth)
        )
        self.parts = nn.Linear(shape.width, 3)
        self.relation = nn.Linear(shape.width, 1)
        self.before = BEFORE

    def forward(self, keys: Tensor, marked: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        """`keys` [cues, WINDOW, width]; `marked` 1 on the cue's pieces; `there` true inside the text."""
        on = marked.to(keys.dtype)[..., None]
        cue = (keys * on).sum(1) / on.sum(1).clamp(min=1.0)
        states = self.norm(keys + self.place.weight + self.mark(marked) + self.cue(cue)[:, None])
        bias = (1.0 - there.to(states.dtype))[:, None, None, :] * -1e4
        for block in self.blocks:
            states = block(states, bias)
        return self.parts(states), self.relation(states[:, self.before])[:, 0]


class ReaderNet(nn.Module):
    """The whole trained reader."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(dropout)
        self.tags = nn.Linear(HIDDEN, 3 * len(CHANNELS))
        self.values = nn.Linear(HIDDEN, len(VALUES))
        self.types = nn.Linear(HIDDEN, len(TYPES))
        self.keys = nn.Linear(HIDDEN, shape.width)
        self.around = Around(shape, dropout)

    def states(self, ids: Tensor, writing: Tensor, there: Tensor) -> Tensor:
        return functional.dropout(self.encoder(ids, writing, there), 0.1, self.training)

    def tag_scores(self, states: Tensor) -> Tensor:
        """[..., channels, 3]"""
        return self.tags(states).unflatten(-1, (len(CHANNELS), 3))


class Reencoder(nn.Module):
    """The teacher: each window is read anew with its cue marked from the first layer on."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.mark = nn.Embedding(2, HIDDEN)
        nn.init.normal_(self.mark.weight, std=0.02)
        self.parts = nn.Linear(HIDDEN, 3)
        self.relation = nn.Linear(HIDDEN, 1)

    def forward(self, ids: Tensor, writing: Tensor, marked: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        states = self.encoder(ids, writing, there, self.mark(marked))
        return self.parts(states), self.relation(states[:, BEFORE])[:, 0]


def load_base(encoder: Encoder, path: Path) -> None:
    """Fill the encoder from all-MiniLM-L6-v2's weights (an .npz of arrays under their own names)."""
    kept = dict(np.load(path))
    weight = lambda name: torch.from_numpy(kept[name].astype(np.float32))  # noqa: E731
    with torch.no_grad():
        encoder.words.weight.copy_(weight("embeddings.word_embeddings.weight"))
        kinds = weight("embeddings.token_type_embeddings.weight")[0]
        encoder.places.weight.copy_(weight("embeddings.position_embeddings.weight") + kinds)
        _copy(encoder.norm, kept, "embeddings.LayerNorm")
        for number, block in enumerate(encoder.blocks):
            at = f"encoder.layer.{number}"
            for part in ("weight", "bias"):
                names = [f"{at}.attention.self.{each}.{part}" for each in ("query", "key", "value")]
                getattr(block.qkv, part).copy_(torch.cat([weight(name) for name in names]))
            _copy(block.out, kept, f"{at}.attention.output.dense")
            _copy(block.norm1, kept, f"{at}.attention.output.LayerNorm")
            _copy(block.up, kept, f"{at}.intermediate.dense")
            _copy(block.down, kept, f"{at}.output.dense")
            _copy(block.norm2, kept, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, kept: dict[str, np.ndarray], name: str) -> None:
    for part, parameter in module.named_parameters():
        parameter.copy_(torch.from_numpy(kept[f"{name}.{part}"].astype(np.float32)))
