"""How well Truceline reads: gold sets, each score with its interval and beside its baseline."""

from truceline.gauge.floors import Breach, below_floors, read_floors
from truceline.gauge.measure import Score
from truceline.gauge.predict import default_reader
from truceline.gauge.show import render
from truceline.gauge.suites import SUITES, Report, gold_reader, run_suite

__all__ = [
    "SUITES",
    "Breach",
    "Report",
    "Score",
    "below_floors",
    "default_reader",
    "gold_reader",
    "read_floors",
    "render",
    "run_suite",
]
