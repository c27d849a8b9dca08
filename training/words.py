"""Vectors of single English words, by which events told in different words are compared (`models/fuse-en/words.npz`).

`python -m training.words MODEL_FOLDER OUT.npz GOLD` needs the project's own environment and the files of
all-MiniLM-L6-v2 (`model.safetensors`, `tokenizer.json`), no torch. Each word is read alone; the mean of its pieces is
brought down to 48 numbers by principal components and kept in whole numbers. Words are those that the lemmatizer knows
and that the training texts use often; ECB+ dev is not looked at. Beside them, in buckets, in how many texts of
PolNeAR and MUC-4 train a stem stands.
"""

import json
import re
import struct
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.special import erf
from tokenizers import Tokenizer

from truceline.fuse.story_terms import WORD, find_stems
from truceline.gauge.ecbplus import read_topics
from truceline.read.models import load_english_words
from truceline.read.pieces import CLS, SEP, load_tokenizer

LAYERS, HEADS, HIDDEN = 6, 12, 384
WIDTH = 48
USED = 6  # how often a word stands in the training texts, at least
BATCH = 64
BUCKETS = 1 << 16
LARGEST = 127


class Base:
    """all-MiniLM-L6-v2 in numpy, in single precision."""

    def __init__(self, folder: Path) -> None:
        self.weights = dict(_tensors((folder / "model.safetensors").read_bytes()))
        self.tokenizer: Tokenizer = load_tokenizer(folder / "tokenizer.json")

    def vectors(self, words: Sequence[str]) -> np.ndarray:
        """The mean state of the pieces of each word, [words, 384]."""
        made = np.empty((len(words), HIDDEN), dtype=np.float32)
        pieces = [self.tokenizer.encode(word, add_special_tokens=False).ids for word in words]
        by_length: dict[int, list[int]] = {}
        for at, each in enumerate(pieces):
            by_length.setdefault(len(each), []).append(at)
        for members in by_length.values():
            for start in range(0, len(members), BATCH):
                some = members[start : start + BATCH]
                ids = np.array([[CLS, *pieces[at], SEP] for at in some])
                made[some] = self.states(ids)[:, 1:-1].mean(axis=1)
        return made

    def states(self, ids: np.ndarray) -> np.ndarray:
        table = "embeddings.{}_embeddings.weight"
        states = self.weights[table.format("word")][ids]
        states = states + self.weights[table.format("position")][: ids.shape[1]]
        states = self._level(states + self.weights[table.format("token_type")][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            states = self._through(states, f"encoder.layer.{layer}.")
        return states

    def _through(self, states: np.ndarray, layer: str) -> np.ndarray:
        rows, length, _ = states.shape
        shape = (rows, length, HEADS, HIDDEN // HEADS)
        q, k, v = (
            self._linear(states, f"{layer}attention.self.{name}").reshape(shape).transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        seen = q @ k.transpose(0, 1, 3, 2) * np.float32((HIDDEN // HEADS) ** -0.5)
        seen = np.exp(seen - seen.max(axis=-1, keepdims=True))
        mixed = (seen / seen.sum(axis=-1, keepdims=True) @ v).transpose(0, 2, 1, 3).reshape(rows, length, HIDDEN)
        mixed = self._linear(mixed, f"{layer}attention.output.dense")
        states = self._level(states + mixed, f"{layer}attention.output.LayerNorm")
        inner = self._linear(states, f"{layer}intermediate.dense")
        inner = inner * np.float32(0.5) * (1 + erf(inner * np.float32(0.5**0.5)))
        return self._level(states + self._linear(inner, f"{layer}output.dense"), f"{layer}output.LayerNorm")

    def _linear(self, states: np.ndarray, name: str) -> np.ndarray:
        return states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _level(self, states: np.ndarray, name: str) -> np.ndarray:
        apart = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        return apart / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def _tensors(source: bytes) -> Iterator[tuple[str, np.ndarray]]:
    size = struct.unpack("<Q", source[:8])[0]
    for name, each in json.loads(source[8 : 8 + size]).items():
        if each.get("dtype") == "F32":
            first, end = (8 + size + offset for offset in each["data_offsets"])
            yield name.removeprefix("bert."), np.frombuffer(source[first:end], np.float32).reshape(each["shape"])


def counted(texts: Iterable[str]) -> dict[str, np.ndarray]:
    """How many of the texts hold a stem, in buckets."""
    held, count = np.zeros(BUCKETS, dtype=np.uint16), 0
    for text in texts:
        count += 1
        stems = {each.encode() for each in find_stems(WORD.findall(text))}
        held[np.unique([crc32(each) % BUCKETS for each in stems])] += 1
    return {"held": held, "texts": np.int64(count)}


def used_words(gold: Path) -> list[str]:
    """English words that the training texts use often, most often first."""
    counts: Counter[str] = Counter()
    for text in [*_texts(gold), *(story.text for _, stories in read_topics(gold, "train") for story in stories)]:
        counts.update(re.findall(r"[a-z]{2,}", text))
    known = load_english_words()
    return [word for word, times in counts.most_common() if times >= USED and word in known]


def _texts(gold: Path) -> Iterator[str]:
    for path in sorted((gold / "polnear" / "train").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for line in (gold / "muc4" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["doctext"]


def main(folder: str, out: str, gold: str) -> None:
    words = used_words(Path(gold))
    vectors = Base(Path(folder)).vectors(words)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    _, _, axes = np.linalg.svd(vectors[:4000], full_matrices=False)
    narrow = vectors @ axes[:WIDTH].T
    narrow /= np.abs(narrow).max(axis=1, keepdims=True)
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        vectors=np.rint(narrow * LARGEST).astype(np.int8),
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        **counted(_texts(Path(gold))),
    )
    print(f"{len(words):,} words")


if __name__ == "__main__":
    main(*sys.argv[1:])
