"""Boosted decision trees as arrays, followed for many rows at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Arrays [trees, nodes]; a row goes left where its feature is at most the threshold. A leaf leads to itself.

    The log-odds of a row are `start` and the `value` of the leaf that each tree leads it to.
    """

    start: float
    feature: NDArray[Any]
    threshold: NDArray[Any]
    left: NDArray[Any]
    right: NDArray[Any]
    value: NDArray[Any]
    depth: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], prefix: str) -> "Trees":
        """The trees kept in a file of arrays under one prefix."""
        names = ("feature", "threshold", "left", "right", "value")
        kept = {name: np.asarray(arrays[f"{prefix}.{name}"]) for name in names}
        return cls(start=float(arrays[f"{prefix}.start"]), depth=int(arrays[f"{prefix}.depth"]), **kept)

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log-odds of each row [rows, features]."""
        made = np.empty(len(rows))
        for first in range(0, len(rows), ROWS):
            made[first : first + ROWS] = self._scores(rows[first : first + ROWS])
        return made

    def _scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        trees = np.arange(len(self.feature))[None, :]
        at = np.zeros((len(rows), len(self.feature)), dtype=np.int64)
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[row, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        return np.asarray(self.start + self.value[trees, at].sum(axis=1))
