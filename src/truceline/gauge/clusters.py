"""How well groups fit the true ones: pairs of claims, and B³ (Bagga and Baldwin 1998)."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Precision and recall over pairs that share a group, and over each claim's own group."""

    pair_precision: float
    pair_recall: float
    b_precision: float
    b_recall: float

    @property
    def pair_f1(self) -> float:
        return harmonic(self.pair_precision, self.pair_recall)

    @property
    def b_f1(self) -> float:
        return harmonic(self.b_precision, self.b_recall)


def fit_groups(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Fit:
    """The fit over all claims of `truth`; one that `found` lacks stands alone. Time grows with the claims."""
    labels = {claim: found.get(claim, ("alone", claim)) for claim in truth}
    true, told = Counter(truth.values()), Counter(labels.values())
    cells = Counter((truth[claim], label) for claim, label in labels.items())
    shared = sum(count * count for count in cells.values())
    claims = len(truth)
    pairs = shared - claims
    return Fit(
        pair_precision=share(pairs, sum(count * count for count in told.values()) - claims),
        pair_recall=share(pairs, sum(count * count for count in true.values()) - claims),
        b_precision=share(sum(count * count / told[label] for (_, label), count in cells.items()), claims),
        b_recall=share(sum(count * count / true[act] for (act, _), count in cells.items()), claims),
    )


def share(part: float, whole: float) -> float:
    """1 where there is nothing to be right about."""
    return part / whole if whole else 1.0


def harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
