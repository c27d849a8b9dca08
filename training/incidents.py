"""The judgement of incidents: which a text reports, how many, who and what is involved (read/incident_types.py).

`python -m training.incidents GOLD OUT.npz` needs scikit-learn and the project's own environment, no torch.

Linear models over hashed features are fitted on MUC-4 train. The encoder has seen the answers there, so how far to
trust it beside them is fitted on dev, with five numbers a role and two a count.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from training.gold import INCIDENTS, ROLES
from truceline.gauge.muc4 import Muc4
from truceline.gauge.muc4_roles import HEDGED, bare, name_in, normalised, uncounted
from truceline.read.incident_features import SIZE, Named, Scene, best_of_like, named_in, occasions, text_features
from truceline.read.incident_types import (
    SCORES,
    Judgement,
    chance_of,
    pooled,
    score_of,
)
from truceline.read.incident_weights import LAYERS, Weights
from truceline.read.reader import Reader

FOLDS = 5
NUMBERS = (1, 2, 3)
STRENGTH = {"text": 3.0, "PerpInd": 0.1, "PerpOrg": 0.3, "Target": 0.3, "Victim": 0.3, "Weapon": 0.1}


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Documents as arrays: one row a document, or, where `words` are, one a noun, with the row of its document.

    `text` and `words` are hashed features, `acts` the acts told by type, `noticed` and `marked` the encoder's scores;
    `wording` is a checksum, the same for nouns named alike; `counts` [documents, types] and `fills` [nouns, roles] are
    the gold.
    """

    text: sparse.csr_matrix
    acts: np.ndarray
    noticed: np.ndarray
    counts: np.ndarray
    words: sparse.csr_matrix
    marked: np.ndarray
    fills: np.ndarray
    document: np.ndarray
    wording: np.ndarray

    def taken(self, rows: np.ndarray) -> "Gathered":
        """Some of the documents, `rows` being true or false of each."""
        nouns = rows[self.document]
        by_row = {"text", "acts", "noticed", "counts"}
        kept = {each.name: getattr(self, each.name)[rows if each.name in by_row else nouns] for each in fields(self)}
        kept["document"] = (np.cumsum(rows) - 1)[self.document[nouns]]
        return Gathered(**kept)


class Watching(Reader):
    """A reader that keeps what the judgement would see, and judges nothing."""

    scene: Scene

    def judge(self, scene: Scene) -> Judgement:
        self.scene = scene
        return Judgement()


# The gold as arrays ------------------------------------------------------------------------------


def gathered(gold: Path, split: str, reader: Watching | None = None) -> Gathered:
    reader = reader or Watching.default()
    rows = [json.loads(line) for line in (gold / "muc4" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    texts, words, acts, noticed, counts, marked, fills, document, wording = [], [], [], [], [], [], [], [], []
    for at, (case, row) in enumerate(zip(Muc4().cases(gold, split), rows, strict=True)):
        reader.read(case.document)
        scene = reader.scene
        texts.append(text_features(scene))
        acts.append(occasions(scene, INCIDENTS))
        noticed.append(np.clip(pooled(scene.noticed), *SCORES))
        counts.append([sum(name in each["incident_type"] for each in row["templates"]) for name in INCIDENTS])
        answers = Answers(row["templates"])
        for named in named_in(scene):
            words.append((named.features, np.ones(len(named.features))))
            marked.append(_marked(scene, named))
            fills.append(answers.of(named, row["doctext"]))
            document.append(at)
            wording.append(crc32(named.wording.encode()))
    return Gathered(
        text=_matrix(texts),
        acts=np.array(acts),
        noticed=np.array(noticed),
        counts=np.array(counts),
        words=_matrix(words),
        marked=score_of(np.array(marked)),
        fills=np.array(fills),
        document=np.array(document),
        wording=np.array(wording),
    )


def _matrix(rows: Sequence[tuple[np.ndarray, np.ndarray]]) -> sparse.csr_matrix:
    ends = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
    numbers = np.concatenate([each for each, _ in rows])
    return sparse.csr_matrix((np.concatenate([each for _, each in rows]), numbers, ends), shape=(len(rows), SIZE))


def _marked(scene: Scene, named: Named) -> list[float]:
    start, end = named.token.idx, named.token.idx + len(named.token.text)
    return [scene.noticed.chance_of(layer, start, end) for layer in LAYERS]


class Answers:
    """The gold participants of one document: by their words, and by where they stand."""

    def __init__(self, templates: Sequence[dict]) -> None:
        self.mentions = [
            [(words, start) for each in templates for entity in each[role] for words, start in entity] for role in ROLES
        ]
        self.words = [{normalised(words) for words, _ in mentions} for mentions in self.mentions]

    def of(self, named: Named, text: str) -> list[bool]:
        said = set(wordings(named.span.of(text)))
        return [bool(said & self.words[at]) or self._stands_in(at, named) for at in range(len(ROLES))]

    def _stands_in(self, role: int, named: Named) -> bool:
        return any(
            named.span.start < start + len(words)
            and start < named.span.end
            and named.token.lower_ in normalised(words).split()
            for words, start in self.mentions[role]
        )


def wordings(words: str) -> Iterator[str]:
    """The words as they are, and without articles, numbers, hedges and titles."""
    plain = bare(words)
    for each in (words, plain, HEDGED.sub("", plain), uncounted(plain), name_in(plain)):
        if each:
            yield normalised(each)


# Fitting -----------------------------------------------------------------------------------------


def fitted(train: Gathered, dev: Gathered) -> Weights:
    """Weights from train; how they and the encoder are weighed against each other from dev."""
    text, text_bias = _layers(train.text, _asked(train.counts), [STRENGTH["text"]] * 2 * len(INCIDENTS))
    words, words_bias = _layers(train.words, train.fills, [STRENGTH[role] for role in ROLES])
    number, number_bias = _number(train, dev, text, text_bias)
    shown = evidence(dev, text, text_bias)
    scores = np.einsum("jkf,djf->djk", number, shown) + number_bias
    likely = score_of(chance_of(scores[:, :, 0].max(axis=1)))
    role, role_bias = _role(dev, dev.words @ words.T + words_bias, likely)
    return Weights(
        text=text,
        text_bias=text_bias,
        number=number,
        number_bias=number_bias,
        words=words,
        words_bias=words_bias,
        role=role,
        role_bias=role_bias,
    )


def _asked(counts: np.ndarray) -> np.ndarray:
    """One incident of every type, then several."""
    return np.hstack([counts >= 1, counts >= 2])


def _layers(rows: sparse.csr_matrix, answers: np.ndarray, strengths: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    made = [_logistic(rows, answers[:, at], strength) for at, strength in enumerate(strengths)]
    return np.array([each for each, _ in made]), np.array([each for _, each in made])


def _logistic(rows: sparse.csr_matrix, answers: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Weights and bias; nothing but a low chance where there are too few answers to learn from."""
    if answers.sum() < 3:
        return np.zeros(rows.shape[1]), -5.0
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=500, random_state=1).fit(rows, answers)
    return model.coef_[0], float(model.intercept_[0])


def evidence(found: Gathered, text: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """[documents, types, evidence] as incident_types.type_evidence gives it for one document."""
    return _together(found.text @ text.T + bias, found)


def _together(words: np.ndarray, found: Gathered) -> np.ndarray:
    one, several = words[:, : len(INCIDENTS)], words[:, len(INCIDENTS) :]
    anything = np.repeat(one.max(axis=1, keepdims=True), len(INCIDENTS), axis=1)
    return np.concatenate([np.stack([one, several, anything], axis=2), found.acts, found.noticed[:, :, None]], axis=2)


def _number(train: Gathered, dev: Gathered, text: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [types, numbers, evidence]: of the text by type from train, of the encoder by number from dev."""
    seen, shown = _together(unseen(train), train), evidence(dev, text, bias)
    weights = np.zeros((len(INCIDENTS), len(NUMBERS), seen.shape[2]))
    biases = np.zeros(weights.shape[:2])
    for at, number in enumerate(NUMBERS):
        for kind in range(len(INCIDENTS)):
            answers = train.counts[:, kind] >= number
            weights[kind, at, :-1], biases[kind, at] = _logistic(seen[:, kind, :-1], answers, 1.0)
        scores = np.einsum("jf,djf->dj", weights[:, at], shown) + biases[:, at]
        both = np.stack([scores.ravel(), dev.noticed.ravel()], axis=1)
        (share, encoder), rest = _logistic(both, (dev.counts >= number).ravel(), 1.0)
        weights[:, at, :-1] *= share
        weights[:, at, -1] = encoder
        biases[:, at] = biases[:, at] * share + rest
    return weights, biases


def unseen(train: Gathered) -> np.ndarray:
    """What the words of a document say by weights that were fitted without it."""
    said = np.zeros((len(train.counts), 2 * len(INCIDENTS)))
    asked = _asked(train.counts)
    for fold in range(FOLDS):
        held = np.arange(len(said)) % FOLDS == fold
        text, bias = _layers(train.text[~held], asked[~held], [STRENGTH["text"]] * asked.shape[1])
        said[held] = train.text[held] @ text.T + bias
    return said


def _role(dev: Gathered, words: np.ndarray, likely: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    alike = list(zip(dev.document.tolist(), dev.wording.tolist(), strict=True))
    anything = np.repeat(likely[dev.document][:, None], len(ROLES), axis=1)
    shown = np.stack([words, dev.marked, best_of_like(words, alike), best_of_like(dev.marked, alike), anything], axis=2)
    made = [_logistic(shown[:, at], dev.fills[:, at], 1.0) for at in range(len(ROLES))]
    return np.array([each for each, _ in made]), np.array([each for _, each in made])


# Keeping -----------------------------------------------------------------------------------------


def keep(weights: Weights, path: Path) -> None:
    """Write the weights, those of hashed features in whole numbers of a step."""
    kept: dict[str, np.ndarray] = {
        each.name: getattr(weights, each.name).astype(np.float32) for each in fields(weights)
    }
    for name in ("text", "words"):
        step = np.maximum(np.abs(kept[name]).max(axis=1), 1e-6) / 127
        kept[f"{name}_step"] = step
        kept[name] = np.rint(kept[name] / step[:, None]).astype(np.int8)
    np.savez_compressed(path, **kept)


def main(gold: str, out: str) -> None:
    reader = Watching.default()
    train, dev = (gathered(Path(gold), split, reader) for split in ("train", "dev"))
    keep(fitted(train, dev), Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:])
