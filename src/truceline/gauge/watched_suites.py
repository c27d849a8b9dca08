"""The suites of watching by name: simulated series of which the truth is known, so they need no gold."""

from collections.abc import Callable, Mapping

from truceline.gauge import breaks_found, onsets_found, patterns_found, rate_coverage
from truceline.gauge.suites import Report

WATCHED: Mapping[str, Callable[[], Report]] = {
    rate_coverage.NAME: rate_coverage.run,
    breaks_found.NAME: breaks_found.run,
    onsets_found.NAME: onsets_found.run,
    patterns_found.NAME: patterns_found.run,
}
