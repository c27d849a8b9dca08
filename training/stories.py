"""The weights of `fuse/stories.toml`: which texts of one subject tell of one event.

`python -m training.stories GOLD OUT.toml` needs scikit-learn and the project's own environment, no torch. Logistic
regression over pairs of ECB+ train documents; the two cuts are those that group best the topics left out in turn.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from truceline.fuse.stories import FEATURES, Weights, find_subjects, linked, score_pairs
from truceline.gauge.ecbplus import GoldStory, read_topics
from truceline.gauge.partitions import count_b3, overlaps

FOLDS = 5
STRENGTH = 10.0
SUBJECTS = (0.06, 0.08, 0.1)
STORIES = tuple(np.round(np.arange(0.3, 0.66, 0.04), 2).tolist())

Subject = tuple[list[GoldStory], np.ndarray]


def subjects_of(stories: Sequence[GoldStory], least: float) -> list[Subject]:
    found = find_subjects([story.text for story in stories], least)
    return [([stories[at] for at in members], shown) for members, shown in found]


def fitted(subjects: Sequence[Subject], topics: frozenset[str]) -> tuple[np.ndarray, float]:
    """Weights and bias from the pairs of some topics."""
    rows, answers = zip(*_pairs(subjects, topics), strict=True)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(np.concatenate(rows), np.concatenate(answers))
    return model.coef_[0], float(model.intercept_[0])


def _pairs(subjects: Sequence[Subject], topics: frozenset[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for stories, shown in subjects:
        kept = np.array([at for at, story in enumerate(stories) if story.topic in topics], dtype=int)
        first, second = (kept[each] for each in np.triu_indices(len(kept), 1))
        if len(first):
            events = np.array([story.event for story in stories])
            yield shown[first, second], events[first] == events[second]


def grouped(subjects: Sequence[Subject], weights: Weights) -> dict[str, str]:
    found: dict[str, str] = {}
    for stories, shown in subjects:
        for members in linked(score_pairs(shown, weights), weights.story):
            found |= {stories[at].id: stories[members[0]].id for at in members}
    return found


def b3(stories: Sequence[GoldStory], found: dict[str, str]) -> float:
    counts = count_b3(overlaps({story.id: story.event for story in stories}, found))
    precision, recall = (counts[f"b3.{name}"] / counts["b3.things"] for name in ("precision", "recall"))
    return 2 * precision * recall / (precision + recall)


def left_out(
    together: Sequence[Subject], alone: Sequence[Subject], topics: Sequence[str]
) -> list[tuple[float, float, float]]:
    """(cut, B³ F1 of all together, of each topic alone) with every topic grouped by weights that never saw it."""
    folds = [frozenset(topics[at::FOLDS]) for at in range(FOLDS)]
    made = [fitted(together, frozenset(topics) - fold) for fold in folds]
    scores = []
    for cut in STORIES:
        row = []
        for subjects in (together, alone):
            found: dict[str, str] = {}
            for fold, (features, bias) in zip(folds, made, strict=True):
                groups = grouped(subjects, Weights(features=features, bias=bias, subject=0.0, story=cut))
                found |= {each: f"{min(fold)} {group}" for each, group in groups.items() if _topic(each) in fold}
            row.append(b3([story for stories, _ in subjects for story in stories], found))
        scores.append((cut, row[0], row[1]))
    return scores


def _topic(name: str) -> str:
    return name.partition("_")[0]


def chosen(stories: Sequence[GoldStory], topics: Sequence[str]) -> Weights:
    """The cuts that are best for the mean of both ways of asking, and weights from all topics."""
    tried: list[tuple[float, Weights]] = []
    for least in SUBJECTS:
        together = subjects_of(stories, least)
        alone = [
            each for topic in topics for each in subjects_of([one for one in stories if one.topic == topic], least)
        ]
        features, bias = fitted(together, frozenset(topics))
        weights = Weights(features=features, bias=bias, subject=least, story=0.0)
        for cut, score_together, score_alone in left_out(together, alone, topics):
            print(f"subject {least} story {cut}: together {score_together:.4f}, alone {score_alone:.4f}")
            score = (score_together + score_alone) / 2
            tried.append((score, replace(weights, story=cut)))
    return max(tried, key=lambda each: each[0])[1]


def written(weights: Weights) -> str:
    lines = [
        "# Which texts of one subject tell of one event: log-odds of each way of being alike (fuse/stories.py).",
        "# Made by `python -m training.stories` from ECB+ train; not to be edited by hand.",
        f"subject = {weights.subject}  # least mean cosine of words within a subject",
        f"story = {weights.story}  # least mean chance within a story",
        f"bias = {weights.bias:.3f}",
        "",
        "[weights]",
        *(f'"{name}" = {value:.3f}' for name, value in zip(FEATURES, weights.features, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def main(gold: str, out: str) -> None:
    topics = list(read_topics(Path(gold), "train"))
    stories = [story for _, each in topics for story in each]
    Path(out).write_text(written(chosen(stories, [topic for topic, _ in topics])), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
