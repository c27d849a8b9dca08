"""The weights that turn what speaks for a place into its chance: vocab/places/chances.toml, [weights].

    python -m training.chances GOLD           # how chances keep their word on either half, in force and fitted
    python -m training.chances GOLD --write   # and the table

A logistic regression (Platt 1999, L2 weight 1) on the placed names of LGL, GeoWebNews and UCDP's headlines whose
documents' ids hash to an even number, read for no mission; right as in `truceline gauge chances`. `home` and `given`
ask for a mission and stay as they are.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from truceline.gauge.chances import SURE, Chances, find_stated, is_fitted
from truceline.gauge.reliability import BINS
from truceline.read import places as reading
from truceline.read.contract import as_contract
from truceline.read.places_chance import NAMES, evidence_of
from truceline.read.reader import Reader
from truceline.vocab.places import toml_table

Floats = NDArray[np.float64]
FIRST_MARK = 1000.0  # so high that a lowered chance of another place is not taken for one
HELD = ("home", "given")  # fitted with a mission's readings, the others held
TABLE = Path(__file__).parents[1] / "src/truceline/vocab/places/chances.toml"


class Seen(NamedTuple):
    """A placed name: its evidence in the order of NAMES, whether it is right, and whether its document is fitted on."""

    evidence: tuple[float, ...]
    is_right: bool
    fitted: bool


class Listener:
    """Stands in for the reader's own `calibrated` and keeps the evidence of every chance that it states."""

    def __init__(self) -> None:
        self.heard: dict[float, tuple[float, ...]] = {}
        self._number = 0

    def __call__(self, named: Any, **given: Any) -> float:
        """A number of its own instead of a chance, by which the place is known again in the reading."""
        self._number += 1
        mark = FIRST_MARK + self._number
        self.heard[mark] = tuple(evidence_of(named, **given)[name] for name in NAMES)
        return mark


def observe(gold: Path) -> Iterator[Seen]:
    """Every placed name of the three sets that can be judged."""
    reader = Reader.default()
    for case in Chances().cases(gold, "all"):
        listener = Listener()
        reading.calibrated = listener  # type: ignore[attr-defined]
        places = as_contract(reader.read(case.document))["places"]
        placed = [each for each in places if each["lat"] is not None]
        for stated in find_stated(case.gold, placed):
            evidence = listener.heard.get(stated.chance)
            if evidence is not None:  # moved or pointing back: its chance is another's, lowered
                yield Seen(evidence, stated.is_right, is_fitted(case.document.id))


def fit(seen: list[Seen]) -> Floats:
    """The start and the weights of NAMES, those in HELD as they stand."""
    rows = np.array([(1.0, *each.evidence) for each in seen])
    right = np.array([each.is_right for each in seen], dtype=np.float64)
    free = np.array([name not in HELD for name in ("start", *NAMES)])
    whole = in_force()

    def loss(some: Floats) -> tuple[float, Floats]:
        whole[free] = some
        odds = rows @ whole
        chance = 1 / (1 + np.exp(-odds))
        pulled = np.where(np.arange(len(some)) > 0, some, 0.0)
        lost = float(np.logaddexp(0.0, odds).sum() - right @ odds + pulled @ pulled / 2)
        return lost, (rows.T @ (chance - right))[free] + pulled

    whole[free] = minimize(loss, whole[free], jac=True, method="L-BFGS-B").x
    return whole


def in_force() -> Floats:
    """The weights of the table as it stands."""
    weights = toml_table("chances.toml")["weights"]
    return np.array([weights[name] for name in ("start", *NAMES)], dtype=np.float64)


def told(seen: list[Seen], weights: Floats) -> str:
    """How chances by these weights keep their word."""
    chances = 1 / (1 + np.exp(-np.array([(1.0, *each.evidence) for each in seen]) @ weights))
    right = np.array([each.is_right for each in seen], dtype=np.float64)
    sure = chances >= SURE
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    error = sum(abs(float((right - chances)[bins == each].sum())) for each in range(BINS)) / len(seen)
    share = float(right[sure].mean()) if sure.any() else float("nan")
    return f"right at {SURE} or more {share:.3f} ({sure.mean():.3f} of {len(seen)}), calibration error {error:.3f}"


def write(weights: Floats) -> None:
    """Put the weights into chances.toml, everything else as it stands."""
    text = TABLE.read_text(encoding="utf-8")
    for name, value in zip(("start", *NAMES), weights, strict=True):
        text = re.sub(rf"^{name} = \S+", f"{name} = {value:.3f}", text, count=1, flags=re.MULTILINE)
    TABLE.write_text(text, encoding="utf-8")


def main(gold: Path, *, keep: bool) -> None:
    """Show how chances keep their word, and keep what is fitted on the one half."""
    seen = list(observe(gold))
    halves = {
        "fitted half": [each for each in seen if each.fitted],
        "other half": [each for each in seen if not each.fitted],
    }
    weights = fit(halves["fitted half"])
    for name, half in halves.items():
        print(f"{name}: in force {told(half, in_force())}; fitted {told(half, weights)}")
    for name, value in zip(("start", *NAMES), weights, strict=True):
        print(f"{name:<16}{value:8.3f}")
    if keep:
        write(weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]), keep="--write" in sys.argv)
