"""Counts with their interval and their denominator."""

from collections.abc import Iterable
from math import log

from scipy.special import betainc, gammaincinv, ndtr  # scipy.stats would say it more plainly and takes seconds to load

from truceline.model.quantity import Range
from truceline.model.series import RateRatio
from truceline.publish.words import count_words
from truceline.vocab.estimative import bands_in_use

CONFIDENCE = 0.95
NORMAL_95 = 1.959964


WIDEST = 100.0  # an interval of a ratio that reaches so far tells nothing


def poisson_interval(count: int) -> tuple[int, int]:
    """The exact 95 % interval of a Poisson count (Garwood 1936), rounded outwards to whole incidents."""
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if count == 0 else float(gammaincinv(count, tail))
    high = float(gammaincinv(count + 1, 1 - tail))
    return int(low), int(-(-high // 1))


def compared_words(ratio: RateRatio | None) -> str:
    """'×1.8 [1.1–3.0] (5 in 7 days before)'; says so where there is nothing to compare with."""
    if ratio is None:
        return "not compared"
    before = f"{ratio.before_count} in {count_words(ratio.before_days, 'day')} before"
    if ratio.low is None or (ratio.ratio is None and ratio.low < 1) or says_nothing(ratio):
        return f"cannot be compared ({before})"
    if ratio.ratio is None:
        return f"at least ×{_short(ratio.low)} ({before})"
    high = "∞" if ratio.high is None else _short(ratio.high)
    return f"×{_short(ratio.ratio)} [{_short(ratio.low)}–{high}] ({before})"


def says_nothing(ratio: RateRatio) -> bool:
    """Too few days or incidents: the interval holds anything from a hundredth to a hundredfold."""
    if ratio.low is None or ratio.high is None:
        return False
    return ratio.low < 1 and ratio.high > WIDEST


def _short(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}"


def chance_of_rise(ratio: RateRatio) -> float | None:
    """The chance (0..1) that the rate now is above the one before; None without days to compare.

    Read off the interval of the ratio, which knows how much days vary: its logarithm is taken as normal. Where an end
    of the interval is open, two Poisson rates under Jeffreys' prior: given their sum, the share of `now` is a beta
    variable.
    """
    if ratio.now_days <= 0 or ratio.before_days <= 0 or ratio.now_count + ratio.before_count == 0:
        return None
    if ratio.ratio and ratio.low and ratio.high:
        error = log(ratio.high / ratio.low) / (2 * NORMAL_95)
        return float(ndtr(log(ratio.ratio) / error))
    share = ratio.now_days / (ratio.now_days + ratio.before_days)
    return float(1 - betainc(ratio.now_count + 0.5, ratio.before_count + 0.5, share))


def likelihood_words(chance: float) -> str:
    """The ICD 203 word for a chance."""
    return next(word for bound, word in bands_in_use() if chance <= bound)


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


def span_of(told: Iterable[Range | None]) -> Range | None:
    """From the lowest to the highest told of one thing; None where nobody tells a number."""
    given = [each for each in told if each is not None and (each.low is not None or each.high is not None)]
    if not given:
        return None
    highs = [each.high for each in given]
    return Range(
        low=min(each.low or 0 for each in given),
        high=None if any(high is None for high in highs) else max(high or 0 for high in highs),
    )
