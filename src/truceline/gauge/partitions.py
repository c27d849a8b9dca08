"""How alike two partitions of the same things are: MUC, B³, CEAF-e and pairs, as counts that add up over topics.

MUC: M. Vilain et al., A Model-Theoretic Coreference Scoring Scheme, MUC-6, 1995. B³: A. Bagga and B. Baldwin,
Algorithms for Scoring Coreference Chains, 1998. CEAF-e: X. Luo, On Coreference Resolution Performance Metrics, 2005.
Their mean is the score of CoNLL 2012. Clusters of one are kept: B³ and CEAF-e count them, MUC does not see them.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from truceline.gauge.measure import Floats, Measure, Sample, f1

Partition = Mapping[str, Hashable]  # thing -> the name of its cluster


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How many things two partitions share, cluster by cluster, and how many each cluster holds."""

    shared: Counter[tuple[Hashable, Hashable]]
    gold: Mapping[Hashable, int]
    found: Mapping[Hashable, int]


def overlaps(gold: Partition, found: Partition) -> Overlaps:
    """A thing that `found` does not place is in no cluster; what it places beyond `gold` makes its clusters larger."""
    placed = {each: found[each] for each in gold if each in found}
    met = set(placed.values())
    beyond = (cluster for each, cluster in found.items() if each not in gold and cluster in met)
    return Overlaps(
        Counter((gold[each], cluster) for each, cluster in placed.items()),
        Counter(gold.values()),
        Counter(placed.values()) + Counter(beyond),
    )


def count_b3(alike: Overlaps) -> dict[str, float]:
    """Precision and recall summed over the things of gold."""
    return {
        "b3.things": sum(alike.gold.values()),
        "b3.precision": sum(n * n / alike.found[found] for (_, found), n in alike.shared.items()),
        "b3.recall": sum(n * n / alike.gold[gold] for (gold, _), n in alike.shared.items()),
    }


def count_pairs(alike: Overlaps) -> dict[str, float]:
    """Pairs of one cluster; a found pair of which one thing lies beyond gold counts half, so that topics add up."""
    inside: Counter[Hashable] = Counter()
    for (_, found), n in alike.shared.items():
        inside[found] += n
    return {
        "pairs.right": sum(n * (n - 1) / 2 for n in alike.shared.values()),
        "pairs.gold": sum(n * (n - 1) / 2 for n in alike.gold.values()),
        "pairs.found": sum(n * (alike.found[found] - 1) / 2 for found, n in inside.items()),
    }


def count_links(alike: Overlaps) -> dict[str, float]:
    """MUC: a cluster of n that the other side breaks into k parts keeps n − k of its n − 1 links."""
    return {
        "muc.right": sum(alike.shared.values()) - len(alike.shared),
        "muc.gold": sum(alike.gold.values()) - len(alike.gold),
        "muc.found": sum(alike.found.values()) - len(alike.found),
    }


def count_matched(alike: Overlaps) -> dict[str, float]:
    """CEAF-e: the likeness (Dice's) of the best match of clusters, one to one."""
    rows = {name: at for at, name in enumerate(alike.gold)}
    columns = {name: at for at, name in enumerate(alike.found)}
    table: Floats = np.zeros((len(rows), len(columns)))
    for (gold, found), n in alike.shared.items():
        table[rows[gold], columns[found]] = 2 * n / (alike.gold[gold] + alike.found[found])
    likeness = float(table[linear_sum_assignment(table, maximize=True)].sum())
    return {"ceafe.right": likeness, "ceafe.gold": len(rows), "ceafe.found": len(columns)}


def count_conll(gold: Partition, found: Partition) -> dict[str, float]:
    """All that CONLL needs, for partitions of exactly the same things."""
    alike = overlaps(gold, found)
    return count_links(alike) | count_b3(alike) | count_matched(alike)


def prefixed(prefix: str, counts: Mapping[str, float]) -> dict[str, float]:
    return {f"{prefix}{name}": value for name, value in counts.items()}


def b3_f1(name: str, prefix: str = "") -> Measure:
    """The harmonic mean of mean precision and mean recall."""
    return Measure(name=name, of=lambda sample: _b3(sample, prefix), counter=f"{prefix}b3.things")


def pairs_f1(name: str, prefix: str = "") -> Measure:
    return f1(name, f"{prefix}pairs.right", f"{prefix}pairs.found", f"{prefix}pairs.gold")


MUC = f1("MUC F1", "muc.right", "muc.found", "muc.gold")
B3 = b3_f1("B³ F1")
CEAF = f1("CEAF-e F1", "ceafe.right", "ceafe.found", "ceafe.gold")
CONLL = Measure(
    name="CoNLL F1",
    of=lambda sample: np.asarray(sum(each.of(sample) for each in (MUC, B3, CEAF)) / 3),
    counter="b3.things",
)


def _b3(sample: Sample, prefix: str) -> Floats:
    things, precision, recall = (sample.total(f"{prefix}b3.{name}") for name in ("things", "precision", "recall"))
    whole = things * (precision + recall)
    filled: Floats = np.zeros(whole.shape)
    np.divide(2 * precision * recall, whole, out=filled, where=whole > 0)
    return filled
