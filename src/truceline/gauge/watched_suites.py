"""The suites of watching by name: simulated series of which the truth is known, so they need no gold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from truceline.gauge import breaks_found, onsets_found, patterns_found, rate_coverage
from truceline.gauge.suites import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A suite of watching and the names of its scores, in the order in which they are read."""

    simulate: Callable[[], Report]
    scores: tuple[str, ...]

    def run(self) -> Report:
        report = self.simulate()
        assert tuple(each.name for each in report.scores) == self.scores
        return report


WATCHED: Mapping[str, Suite] = {
    rate_coverage.NAME: Suite(simulate=rate_coverage.run, scores=rate_coverage.SCORES),
    breaks_found.NAME: Suite(simulate=breaks_found.run, scores=breaks_found.SCORES),
    onsets_found.NAME: Suite(simulate=onsets_found.run, scores=onsets_found.SCORES),
    patterns_found.NAME: Suite(simulate=patterns_found.run, scores=patterns_found.SCORES),
}
