"""What all other mentions say about a pair: rivals in each other's report, and third mentions like both."""

import numpy as np

from truceline.fuse.story_terms import Floats

SUPPORT_FEATURES = (
    "chance", "stronger rival", "weaker rival", "ahead of rivals", "best third", "thirds like both",
    "thirds like both, of either", "thirds like one", "more likenesses", "fewer likenesses", "mentions", "reports",
)  # fmt: skip


def support(chances: Floats, reports: np.ndarray) -> Floats:
    """Features [pairs, SUPPORT_FEATURES] of every pair, in the order of `np.triu_indices`.

    `chances` [mentions, mentions] that two tell of one event, 0 on the diagonal; `reports` numbers each one's report.
    """
    first, second = np.triu_indices(len(chances), 1)
    own = chances[first, second]
    rivals = np.stack([_rivals(chances, reports, first, second), _rivals(chances, reports, second, first)])
    degrees = chances.sum(axis=1)
    pair = np.stack([degrees[first], degrees[second]]) - own
    thirds = _thirds(chances, first, second)
    both = thirds[1]
    one = pair.sum(axis=0) - both
    return np.stack(
        [
            own,
            rivals.max(axis=0),
            rivals.min(axis=0),
            own - rivals.max(axis=0),
            *thirds,
            both / np.maximum(one, 1e-6),
            one - both,
            pair.max(axis=0) + own,
            pair.min(axis=0) + own,
            np.full(len(own), len(chances)),
            np.full(len(own), reports.max(initial=-1) + 1),
        ],
        axis=1,
    )


def _rivals(chances: Floats, reports: np.ndarray, mine: np.ndarray, theirs: np.ndarray) -> Floats:
    """How likely the mention `mine` tells of the same as the likeliest other one in the report of `theirs`."""
    count = int(reports.max(initial=-1)) + 1
    best, second = np.zeros((len(chances), count)), np.zeros((len(chances), count))
    at_best = np.full((len(chances), count), -1)
    for report in range(count):
        members = np.nonzero(reports == report)[0]
        order = np.argsort(chances[:, members], axis=1, kind="stable")
        at_best[:, report] = members[order[:, -1]]
        best[:, report] = chances[np.arange(len(chances)), at_best[:, report]]
        if len(members) > 1:
            second[:, report] = chances[np.arange(len(chances)), members[order[:, -2]]]
    where = reports[theirs]
    return np.asarray(np.where(at_best[mine, where] == theirs, second[mine, where], best[mine, where]))


def _thirds(chances: Floats, first: np.ndarray, second: np.ndarray) -> tuple[Floats, Floats]:
    """The best, and the sum, of the lesser of two chances that a third mention has with both of a pair."""
    best, total = np.zeros(len(first)), np.zeros(len(first))
    for mention in range(len(chances) - 1):
        rows = first == mention
        lesser = np.minimum(chances[mention][None, :], chances[second[rows]])
        # What a pair has with itself is no third: the diagonal is 0, so both of its columns are 0.
        best[rows], total[rows] = lesser.max(axis=1), lesser.sum(axis=1)
    return best, total
