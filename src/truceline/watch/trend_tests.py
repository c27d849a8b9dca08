"""The test of every kind of stated trend."""

from collections.abc import Callable, Mapping

from truceline.model.trend import StatedTrend, TrendKind
from truceline.watch.trend_absences import try_absence, try_first_since, try_resumption
from truceline.watch.trend_finding import Finding
from truceline.watch.trend_ground import Ground, Matching
from truceline.watch.trend_levels import try_count, try_frequency, try_record
from truceline.watch.trend_ratios import try_direction, try_ratio

TESTS: Mapping[TrendKind, Callable[[StatedTrend, Matching, Ground], Finding]] = {
    TrendKind.RATIO: try_ratio,
    TrendKind.DIRECTION: try_direction,
    TrendKind.RECORD: try_record,
    TrendKind.FIRST_SINCE: try_first_since,
    TrendKind.ABSENCE: try_absence,
    TrendKind.RESUMPTION: try_resumption,
    TrendKind.COUNT: try_count,
    TrendKind.FREQUENCY: try_frequency,
}


def run_test(trend: StatedTrend, matching: Matching, ground: Ground) -> Finding:
    """The test of the trend's kind on the incidents that it counts."""
    return TESTS[trend.kind](trend, matching, ground)
