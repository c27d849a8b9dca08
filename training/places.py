"""The weights by which a place is chosen among those of its name: vocab/places/choice.toml, [learned].

    python -m training.places GOLD            # scores out of fold, of the hand-set weights and of the learned ones
    python -m training.places GOLD --write    # and the table, learned from all documents

A softmax over the candidates of every marked name of LGL and GeoWebNews, read by the reader's own code for no mission.
What a candidate's company adds depends on the choices of the others, so weights and choices are settled in turn
(auto-context, Tu 2008). Weights in [set] stay as they are. Folds: LGL by its papers, since one paper keeps to one
region, GeoWebNews by its documents.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from truceline.gauge.case import Case
from truceline.gauge.geo import NEAR_KM, Geo, Gold
from truceline.gauge.geo_given import GeoGiven, rows_of
from truceline.kit.geo import haversine_km
from truceline.model.span import Span
from truceline.read.gazetteer import Gazetteer, open_gazetteer
from truceline.read.places import locate, mark
from truceline.read.places_choose import (
    Candidates,
    circle_of,
    find_candidates,
    find_told,
    settle,
    weights_in_force,
    weights_of,
)
from truceline.read.places_features import FEATURES, Circle
from truceline.vocab.places import toml_table

Floats = NDArray[np.float64]
FOLDS = 5
ROUNDS = 8
PULL = 4.0  # L2 weight towards START
PARTS = {"LGL": 1.0, "GWN": 2.0}  # GeoWebNews has about half the names, and is the wider sort of news
SAME_KM = 10.0  # candidates so near the nearest one are as good
TABLE = Path(__file__).parents[1] / "src/truceline/vocab/places/choice.toml"
# By reasoning, where learning starts from: what a place is, before anything is known of the text.
START = {
    "country": 7.4,
    "union": 6.5,
    "continent": 7.0,
    "region": 5.0,
    "division": 4.0,
    "division_size": 1.2,
    "county": 2.6,
    "county_bare": -1.2,
    "people": 0.85,
    "other_name": -2.0,
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One document: its candidates, those that are right, and the marks each sense stands for.

    `weight` is how much each sense teaches, 0 where no candidate is right; `marks` are (sense, right candidates).
    """

    case: Case[Gold]
    fold: int
    found: Candidates
    circle: Circle
    right: NDArray[np.bool_]
    weight: Floats
    marks: tuple[tuple[int, frozenset[int]], ...]
    missing: int


def lessons(gold: Path, gazetteer: Gazetteer) -> list[Lesson]:
    """Every document with marks, in the order of the sets."""
    return [each for case in Geo().cases(gold, "all") if (each := _lesson(case, gazetteer)) is not None]


def _lesson(case: Case[Gold], gazetteer: Gazetteer) -> Lesson | None:
    names = case.gold.names
    marked = mark(case.document.text, [Span(*each.offsets) for each in names], gazetteer=gazetteer)
    often = Counter(use.sense for use in marked.uses if use is not None)
    senses = list(often)
    found = find_candidates(senses, find_told(marked.words, ()))
    pairs = [(name.point, use) for name, use in zip(names, marked.uses, strict=True) if name.point is not None]
    if not found.named:
        return None
    marks, votes = [], np.zeros(len(found.named))
    for point, use in pairs:
        if use is not None:
            sense = senses.index(use.sense)
            km = _km(found, sense, point)
            marks.append((sense, frozenset(at for at, each in km.items() if each <= NEAR_KM)))
            least = min(km.values(), default=np.inf)
            for at, each in km.items():
                votes[at] += each <= min(NEAR_KM, least + SAME_KM)
    right, weight = _taught(found, votes, len(senses), marks)
    circle = circle_of(senses, found, np.array(list(often.values()), dtype=np.float64))
    missing = sum(use is None for _, use in pairs)
    group = case.document.publisher or case.document.id
    fold = sha256(group.encode()).digest()[1] % FOLDS
    return Lesson(case, fold, found, circle, right, weight * PARTS[case.part], tuple(marks), missing)


def _km(found: Candidates, sense: int, point: tuple[float, float]) -> dict[int, float]:
    return {
        int(at): haversine_km(*point, found.named[at].place.lat, found.named[at].place.lon)
        for at in np.flatnonzero(found.owner == sense)
    }


def _taught(
    found: Candidates, votes: Floats, senses: int, marks: Sequence[tuple[int, frozenset[int]]]
) -> tuple[NDArray[np.bool_], Floats]:
    """The candidates that most marks of a sense hold right, and how much each sense teaches."""
    most = np.zeros(senses)
    np.maximum.at(most, found.owner, votes)
    right = (votes > 0) & (votes == most[found.owner])
    counts = np.bincount([sense for sense, _ in marks], minlength=senses)
    return right, np.where(most > 0, np.log1p(counts), 0.0)


def learn(documents: Sequence[Lesson]) -> Floats:
    """Weights in the order of FEATURES; those of [set] as they stand."""
    weights = start()
    free = np.array([name in toml_table("choice.toml")["learned"] for name in FEATURES])
    for turn in range(ROUNDS):
        table = Pool(documents, weights)
        fitted = minimize(
            table.loss, weights[free], args=(weights, free), jac=True, method="L-BFGS-B", options={"maxiter": 200}
        ).x
        weights[free] = fitted if turn == 0 else (weights[free] + fitted) / 2
    return weights


def start() -> Floats:
    """Where learning starts."""
    learned = toml_table("choice.toml")["learned"]
    return np.array(
        [
            START.get(name, 0.0) if name in learned else value
            for name, value in zip(FEATURES, weights_of(FEATURES), strict=True)
        ]
    )


class Pool:
    """The candidates of all documents under each other, in the company that given weights settle."""

    def __init__(self, documents: Sequence[Lesson], weights: Floats) -> None:
        rows, owners, senses = [], [], 0
        for each in documents:
            rows.append(np.hstack((each.found.own, settle(each.found, each.circle, weights).company)))
            owners.append(each.found.owner + senses)
            senses += len(each.weight)
        self._rows, self._owner, self._senses = np.vstack(rows), np.concatenate(owners), senses
        self._right = np.concatenate([each.right for each in documents])
        self._weight = np.concatenate([each.weight for each in documents])

    def loss(self, some: Floats, weights: Floats, free: NDArray[np.bool_]) -> tuple[float, Floats]:
        """How unlikely the right candidates are, with the pull towards the start; and its slope."""
        whole = weights.copy()
        whole[free] = some
        points = self._rows @ whole
        top = np.zeros(self._senses)
        np.maximum.at(top, self._owner, points)
        powers = np.exp(points - top[self._owner])
        total = np.bincount(self._owner, weights=powers, minlength=self._senses)
        right = np.bincount(self._owner, weights=powers * self._right, minlength=self._senses)
        taught = self._weight > 0
        lost = float((self._weight[taught] * (np.log(total[taught]) - np.log(right[taught] + 1e-300))).sum())
        share = powers / total[self._owner]
        among = np.where(self._right, powers / np.maximum(right[self._owner], 1e-300), 0.0)
        slope = self._rows.T @ ((share - among) * self._weight[self._owner])
        away = some - start()[free]
        return lost + PULL / 2 * float(away @ away), slope[free] + PULL * away


def score(documents: Sequence[Lesson], weights: Floats) -> tuple[int, int]:
    """(marks whose likeliest candidate lies within 161 km, marks asked); what the gazetteer lacks is wrong."""
    right = asked = 0
    for each in documents:
        chances = settle(each.found, each.circle, weights).chances
        best = {int(each.found.owner[at]): int(at) for at in np.argsort(chances, kind="stable")}
        right += sum(best[sense] in candidates for sense, candidates in each.marks)
        asked += len(each.marks) + each.missing
    return right, asked


def locate_all(documents: Sequence[Lesson], weights: Floats, gazetteer: Gazetteer) -> Counter[str]:
    """Marks right and asked by part, as `truceline gauge geo-given` counts them, with these weights in force."""
    toml_table("choice.toml")["learned"].update(_learned(weights))
    weights_in_force.cache_clear()
    total: Counter[str] = Counter()
    for each in documents:
        spans = [Span(*name.offsets) for name in each.case.gold.names]
        found = rows_of(locate(each.case.document.text, spans, gazetteer=gazetteer))
        counts = GeoGiven().tally(each.case, {"places": found}).counts
        total[f"{each.case.part} right"] += int(counts["near"])
        total[f"{each.case.part} asked"] += int(counts["asked"])
    return total


def _learned(weights: Floats) -> dict[str, float]:
    learned = toml_table("choice.toml")["learned"]
    return {name: round(float(value), 2) for name, value in zip(FEATURES, weights, strict=True) if name in learned}


def held_out(documents: Sequence[Lesson], gazetteer: Gazetteer) -> Iterator[str]:
    """A line a fold: what weights learned without it reach on it; then all folds, chosen and located."""
    total: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for fold in range(FOLDS):
        weights = learn([each for each in documents if each.fold != fold])
        whole += locate_all([each for each in documents if each.fold == fold], weights, gazetteer)
        shown = []
        for part in PARTS:
            right, asked = score([each for each in documents if each.fold == fold and each.case.part == part], weights)
            total[f"{part} right"] += right
            total[f"{part} asked"] += asked
            shown.append(f"{part} {right / asked:.4f} of {asked}")
        yield f"fold {fold}: {', '.join(shown)}"
    for name, counts in (("chosen", total), ("located", whole)):
        shares = (f"{part} {counts[f'{part} right'] / counts[f'{part} asked']:.4f}" for part in PARTS)
        yield f"out of fold, {name}: {', '.join(shares)}"


def write(weights: Floats) -> None:
    """Put the learned weights into choice.toml, everything else as it stands."""
    text = TABLE.read_text(encoding="utf-8")
    for name, value in _learned(weights).items():
        text = re.sub(rf"^{name} = \S+", f"{name} = {value:.2f}", text, count=1, flags=re.MULTILINE)
    TABLE.write_text(text, encoding="utf-8")


def main(gold: Path, *, keep: bool) -> None:
    """Show what is reached out of fold, and keep what all documents teach."""
    gazetteer = open_gazetteer()
    documents = lessons(gold, gazetteer)
    for part in PARTS:
        mine = [each for each in documents if each.case.part == part]
        reach = sum(bool(right) for each in mine for _, right in each.marks)
        asked = sum(len(each.marks) + each.missing for each in mine)
        print(f"{part}: a candidate within {NEAR_KM:.0f} km for {reach / asked:.4f} of {asked}")
    for line in held_out(documents, gazetteer):
        print(line, flush=True)
    weights = learn(documents)
    for part in PARTS:
        right, asked = score([each for each in documents if each.case.part == part], weights)
        print(f"{part} learned from all: {right / asked:.4f}")
    for name, value in zip(FEATURES, weights, strict=True):
        print(f"{name:<20}{value:7.2f}")
    if keep:
        write(weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]), keep="--write" in sys.argv)
