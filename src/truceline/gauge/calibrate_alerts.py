"""Simulates the thresholds of alerts anew: python -m truceline.gauge.calibrate_alerts > vocab/alert_thresholds.csv.

To be done again when [alert] of rates.toml or kit/onsets.py changes; a test holds some of them against fresh ones.
"""

import sys

from truceline.gauge.onsets_found import watching_of
from truceline.kit.breaks import ALPHAS
from truceline.kit.onsets import simulated_threshold

STEPS = range(-6, 14)  # means from 0.09 to 190 a day


def main() -> None:
    watching = watching_of()
    sys.stdout.write(
        f"# Simulated for one false alert in {watching.per_days} days ({watching.learn} days learnt from, lately"
        f" {watching.lately} days): python -m truceline.gauge.calibrate_alerts\nmean_step,alpha,threshold\n"
    )
    for step in STEPS:
        for alpha in ALPHAS:
            sys.stdout.write(f"{step},{alpha:g},{simulated_threshold(step, alpha, watching):.5f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
