"""Counts with their interval and their denominator."""

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import beta, chi2

from truceline.model.incident import Incident
from truceline.model.quantity import Range
from truceline.model.series import RateRatio
from truceline.publish.lookup import Lookup
from truceline.publish.words import count_words

CONFIDENCE = 0.95

# ICD 203 (2015): the words for a chance, by their upper bound.
LIKELIHOODS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number as published: '12 [6–21] in 7 observed days, from 9 sources, 4 origins'."""

    name: str
    count: int
    low: int
    high: int
    days: int
    sources: int
    origins: int
    compared: str
    note: str = ""

    @property
    def interval(self) -> str:
        return f"[{self.low}–{self.high}]"

    @property
    def denominator(self) -> str:
        sources, origins = count_words(self.sources, "source"), count_words(self.origins, "origin")
        return f"in {count_words(self.days, 'observed day')}, from {sources}, {origins}"


def poisson_interval(count: int) -> tuple[int, int]:
    """The exact 95 % interval of a Poisson count (Garwood 1936), rounded outwards to whole incidents."""
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if count == 0 else float(chi2.ppf(tail, 2 * count)) / 2
    high = float(chi2.ppf(1 - tail, 2 * (count + 1))) / 2
    return int(low), int(-(-high // 1))


def figure_of(
    name: str, incidents: Iterable[Incident], lookup: Lookup, *, days: int, ratio: RateRatio | None
) -> Figure:
    """The figure of some incidents, compared with the period before where a ratio is at hand."""
    held = list(incidents)
    low, high = poisson_interval(len(held))
    return Figure(
        name=name,
        count=len(held),
        low=low,
        high=high,
        days=days,
        sources=len({telling.family for incident in held for telling in lookup.cited(incident)}),
        origins=len({origin.name for incident in held for origin in incident.origins}),
        compared=compared_words(ratio),
        note="" if ratio is None else ratio.note,
    )


def compared_words(ratio: RateRatio | None) -> str:
    """'×1.8 [1.1–3.0] of the rate before (5 in 7 days)'; says so where there is nothing to compare with."""
    if ratio is None:
        return "not compared"
    before = f"{ratio.before_count} in {count_words(ratio.before_days, 'day')} before"
    if ratio.ratio is None or ratio.low is None or ratio.high is None:
        return f"cannot be compared ({before})"
    return f"×{_short(ratio.ratio)} [{_short(ratio.low)}–{_short(ratio.high)}] ({before})"


def _short(ratio: float) -> str:
    return "∞" if ratio == float("inf") else f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}"


def chance_of_rise(now_count: int, now_days: int, before_count: int, before_days: int) -> float | None:
    """The chance (0..1) that the rate now is above the one before; None without days to compare.

    Two Poisson rates under Jeffreys' prior: given their sum, the share of `now` is a beta variable.
    """
    if now_days <= 0 or before_days <= 0 or now_count + before_count == 0:
        return None
    return float(1 - beta.cdf(now_days / (now_days + before_days), now_count + 0.5, before_count + 0.5))


def likelihood_words(chance: float) -> str:
    """The ICD 203 word for a chance."""
    return next(word for bound, word in LIKELIHOODS if chance <= bound)


def total_of(told: Iterable[Range | None]) -> Range | None:
    """Lowest to highest told, added up; an open upper bound stays open; None where nobody tells a number."""
    given = [each for each in told if each is not None and (each.low is not None or each.high is not None)]
    if not given:
        return None
    highs = [each.high for each in given]
    return Range(
        low=sum(each.low or 0 for each in given),
        high=None if any(high is None for high in highs) else sum(high or 0 for high in highs),
    )
