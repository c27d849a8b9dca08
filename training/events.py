"""The weights of `models/fuse-en/events.npz`: which mentions of a story are of one event.

`python -m training.events GOLD OUT.npz` needs scikit-learn and the project's own environment, no torch, and the
finished `words.npz` and `fuse/stories.toml`. Boosted trees over pairs of ECB+ train mentions. Stories, and the chances
that the second trees rest on, come from weights that never saw the topic; so does the choice of the cut.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from training.stories import fitted, subjects_of
from truceline.fuse.event_groups import chance_of, find_story_mentions, square, with_support
from truceline.fuse.event_pairs import Rarity, compare_all
from truceline.fuse.event_weights import load_background, load_vectors
from truceline.fuse.stories import Weights, linked, load_weights
from truceline.gauge.ecbplus import GoldStory, read_topics
from truceline.gauge.ecbplus_mentions import mentions_of
from truceline.gauge.partitions import count_conll
from truceline.model.mentioned import Mentioned

FOLDS = 5
CUTS = tuple(np.round(np.arange(0.25, 0.61, 0.05), 2).tolist())
STRENGTH = 0.3
TREES, LEAVES, SMALLEST, RATE = 120, 12, 60, 0.08


Fit = Callable[[Sequence[np.ndarray], Sequence[np.ndarray]], Any]


@dataclass(frozen=True, kw_only=True)
class Story:
    """The mentions of one found story, as pairs: features, and whether they are of one event."""

    topic: str
    members: list[Mentioned]
    rows: np.ndarray
    answers: np.ndarray

    def table(self, chances: np.ndarray) -> np.ndarray:
        return square(chances, len(self.members))


def gathered(topics: Sequence[tuple[str, tuple[GoldStory, ...]]]) -> tuple[list[Story], dict[str, dict[str, str]]]:
    """The stories of every topic, found by weights that never saw it; and the gold chains by topic."""
    stories: list[Story] = []
    chains: dict[str, dict[str, str]] = {}
    names = [topic for topic, _ in topics]
    together = subjects_of([story for _, each in topics for story in each], load_weights().subject)
    for at in range(FOLDS):
        held = frozenset(names[at::FOLDS])
        features, bias = fitted(together, frozenset(names) - held)
        known = load_weights()
        weights = Weights(features=features, bias=bias, subject=known.subject, story=known.story)
        for topic, each in topics:
            if topic in held:
                mentions, chains[topic] = mentions_of(each)
                stories += _stories(topic, mentions, {story.id: story.text for story in each}, chains[topic], weights)
    return stories, chains


def _stories(
    topic: str, mentions: list[Mentioned], texts: dict[str, str], chains: dict[str, str], weights: Weights
) -> Iterator[Story]:
    rarity = Rarity(list(texts.values()), load_background())
    for members, alike in find_story_mentions(mentions, texts, weights):
        first, second = np.triu_indices(len(members), 1)
        chain = np.array([chains[each.id] for each in members])
        rows = compare_all(members, rarity, load_vectors(), alike)
        yield Story(topic=topic, members=members, rows=rows, answers=chain[first] == chain[second])


def grown(rows: Sequence[np.ndarray], answers: Sequence[np.ndarray]) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=SMALLEST,
        l2_regularization=1.0,
        random_state=1,
    ).fit(np.concatenate(rows), np.concatenate(answers))


def lined(rows: Sequence[np.ndarray], answers: Sequence[np.ndarray]) -> Pipeline:
    """Logistic regression, each feature brought to variance 1."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=300))
    return model.fit(np.concatenate(rows), np.concatenate(answers))


def unseen(
    stories: Sequence[Story], rows: Sequence[np.ndarray], folds: Sequence[frozenset[str]], fit: Fit
) -> list[np.ndarray]:
    """The log-odds of every pair by weights that were fitted without its topic."""
    made: list[np.ndarray] = [np.zeros(len(each)) for each in rows]
    for fold in folds:
        seen = [at for at, each in enumerate(stories) if each.topic not in fold]
        model = fit([rows[at] for at in seen], [stories[at].answers for at in seen])
        for at, each in enumerate(stories):
            if each.topic in fold and len(rows[at]):
                made[at] = model.decision_function(rows[at])
    return made


def conll(
    stories: Sequence[Story], chances: Sequence[np.ndarray], chains: dict[str, dict[str, str]], cut: float
) -> float:
    found: dict[str, dict[str, str]] = {topic: {} for topic in chains}
    for story, each in zip(stories, chances, strict=True):
        for members in linked(story.table(each) + np.eye(len(story.members)), cut):
            first = story.members[members[0]].id
            found[story.topic] |= {story.members[at].id: first for at in members}
    totals: dict[str, float] = {}
    for topic, gold in chains.items():
        for name, value in count_conll(gold, found[topic]).items():
            totals[name] = totals.get(name, 0.0) + value
    precision, recall = (totals[f"b3.{name}"] / totals["b3.things"] for name in ("precision", "recall"))
    scores = [2 * precision * recall / (precision + recall)]
    scores += [
        2 * totals[f"{name}.right"] / (totals[f"{name}.gold"] + totals[f"{name}.found"]) for name in ("muc", "ceafe")
    ]
    return sum(scores) / 3


def best_cut(stories: Sequence[Story], chances: Sequence[np.ndarray], chains: dict[str, dict[str, str]]) -> float:
    scores = [conll(stories, chances, chains, cut) for cut in CUTS]
    for cut, score in zip(CUTS, scores, strict=True):
        print(f"cut {cut}: {score:.4f}")
    # The neighbours count too: a lone peak is chance.
    smooth = np.convolve(scores, [0.25, 0.5, 0.25], "same")[1:-1]
    return CUTS[1:-1][int(smooth.argmax())]


def kept(trees: HistGradientBoostingClassifier, prefix: str) -> dict[str, Any]:
    """The trees as arrays, filled up to the largest."""
    grown_trees = [each[0].nodes for each in trees._predictors]  # noqa: SLF001  # there is no other way to them
    size = max(len(nodes) for nodes in grown_trees)
    shape = (len(grown_trees), size)
    arrays: dict[str, Any] = {
        "feature": np.zeros(shape, np.int16),
        "threshold": np.zeros(shape),
        "left": np.zeros(shape, np.int16),
        "right": np.zeros(shape, np.int16),
        "value": np.zeros(shape, np.float32),
    }
    for at, nodes in enumerate(grown_trees):
        own, leaf, count = np.arange(len(nodes)), nodes["is_leaf"].astype(bool), len(nodes)
        arrays["feature"][at, :count] = np.where(leaf, 0, nodes["feature_idx"])
        arrays["threshold"][at, :count] = np.where(leaf, 0.0, nodes["num_threshold"])
        arrays["left"][at, :count] = np.where(leaf, own, nodes["left"])
        arrays["right"][at, :count] = np.where(leaf, own, nodes["right"])
        arrays["value"][at, :count] = np.where(leaf, nodes["value"], 0.0)
    arrays["start"] = np.float64(np.ravel(trees._baseline_prediction)[0])  # noqa: SLF001
    arrays["depth"] = np.int64(max(int(nodes["depth"].max()) for nodes in grown_trees))
    return {f"{prefix}.{name}": each for name, each in arrays.items()}


def flat(model: Pipeline) -> dict[str, Any]:
    """Weights and bias for features as they come."""
    scaler, line = model.steps[0][1], model.steps[1][1]
    weights = line.coef_[0] / scaler.scale_
    return {"linear": weights, "bias": np.float64(line.intercept_[0] - weights @ scaler.mean_)}


def main(gold: str, out: str) -> None:
    topics = list(read_topics(Path(gold), "train"))
    stories, chains = gathered(topics)
    names = [topic for topic, _ in topics]
    folds = [frozenset(names[at::FOLDS]) for at in range(FOLDS)]
    rows = [story.rows for story in stories]
    alone = unseen(stories, rows, folds, grown)
    joined = [
        with_support(story.rows, story.table(chance_of(scores)), story.members)
        for story, scores in zip(stories, alone, strict=True)
    ]
    judged = [alone, unseen(stories, joined, folds, grown), unseen(stories, joined, folds, lined)]
    cut = best_cut(stories, [chance_of(sum(each) / 3) for each in zip(*judged, strict=True)], chains)
    answers = [story.answers for story in stories]
    pair, supported, line = grown(rows, answers), grown(joined, answers), lined(joined, answers)
    np.savez_compressed(out, **kept(pair, "pair"), **kept(supported, "support"), **flat(line), cut=np.float64(cut))


if __name__ == "__main__":
    main(*sys.argv[1:])
