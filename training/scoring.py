"""Quick scores while training, on pieces instead of characters; `truceline gauge` gives the ones that are reported."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.layers import BEFORE, CHANNELS, MENTIONS, ROLES
from truceline.read.pieces import spans_from

Relation = tuple[tuple[int, int], frozenset[int], frozenset[int]]  # cue, source pieces, content pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    right: int
    said: int
    gold: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.said + self.gold)


def find_cues(scores: np.ndarray, threshold: float) -> list[tuple[int, int]]:
    """Cues [first, last] from probabilities [pieces, 3]: a beginning over the threshold, then what is likely inside."""
    found: list[tuple[int, int]] = []
    begins = np.nonzero(scores[:, 1] > threshold)[0].tolist()
    taken = -1
    for first in begins:
        if first <= taken or (first - 1 in begins and scores[first - 1, 1] > scores[first, 1] and first - 1 > taken):
            continue
        last = first
        while last + 1 < len(scores) and scores[last + 1, 2] > max(scores[last + 1, 0], scores[last + 1, 1]):
            last += 1
        found.append((first, last))
        taken = last
    return found


def relation_of(cue: tuple[int, int], parts: np.ndarray) -> Relation:
    """A window's parts as sets of piece numbers."""
    at = np.arange(len(parts)) + cue[0] - BEFORE
    return cue, frozenset(at[parts == 1].tolist()), frozenset(at[parts == 2].tolist())


def match(said: Sequence[Relation], gold: Sequence[Relation]) -> tuple[Tally, Tally]:
    """PolNeAR's rule: (relations, relations with source and cue right too)."""
    pairs = []
    for number, one in enumerate(said):
        for other, two in enumerate(gold):
            both = len(one[2] & two[2])
            if both and (jaccard := both / len(one[2] | two[2])) >= 0.5:
                pairs.append((-jaccard, number, other))
    used: set[int] = set()
    answered: set[int] = set()
    full = 0
    for _, number, other in sorted(pairs):
        if number in used or other in answered:
            continue
        used.add(number)
        answered.add(other)
        one, two = said[number], gold[other]
        source = bool(one[1] & two[1]) or (not one[1] and not two[1])
        full += source and one[0][0] <= two[0][1] and two[0][0] <= one[0][1]
    sizes = {"said": len(said), "gold": len(gold)}
    return Tally(right=len(used), **sizes), Tally(right=full, **sizes)


def added(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        right=sum(each.right for each in tallies),
        said=sum(each.said for each in tallies),
        gold=sum(each.gold for each in tallies),
    )


def tag_scores(tags: np.ndarray, gold: np.ndarray) -> dict[str, Tally]:
    """Exact stretches in every channel that was annotated; `tags` and `gold` [pieces, channels]."""
    found: dict[str, Tally] = {}
    for channel, name in enumerate(CHANNELS):
        asked = gold[:, channel] >= 0
        if not asked.any():
            continue
        said = set(spans_from(np.where(asked, tags[:, channel], 0)))
        true = set(spans_from(np.where(asked, gold[:, channel], 0)))
        found[name] = Tally(right=len(said & true), said=len(said), gold=len(true))
    return found


def grouped(found: Sequence[dict[str, Tally]]) -> dict[str, float]:
    """F1 by group of channels: cue, mention, role, event, ecb."""
    by_group: dict[str, list[Tally]] = defaultdict(list)
    for each in found:
        for name, tally in each.items():
            by_group[name.split(".")[0]].append(tally)
    return {name: added(tallies).f1 for name, tallies in by_group.items()}


def correlation(said: Tensor, gold: Tensor) -> tuple[float, float]:
    """(mean absolute error, Pearson's r)."""
    error = float((said - gold).abs().mean())
    return error, float(torch.corrcoef(torch.stack([said, gold]))[0, 1])


__all__ = [
    "MENTIONS",
    "ROLES",
    "Tally",
    "added",
    "correlation",
    "find_cues",
    "grouped",
    "match",
    "relation_of",
    "tag_scores",
]
