"""The table of rates, and thresholds shipped with it."""

import pytest

from truceline.kit.breaks import ALPHAS
from truceline.kit.onsets import Watching, simulated_threshold
from truceline.vocab.rates import load_rate_table, load_thresholds


@pytest.mark.parametrize(("step", "alpha"), [(0, 0.0), (5, 0.2)])
def test_thresholds_shipped_are_those_simulated_for_the_table(step: int, alpha: float) -> None:
    table = load_rate_table().change
    watching = Watching(learn=table.learn_days, lately=table.lately_days, per_days=table.false_alert_days)
    assert load_thresholds()[step, alpha] == pytest.approx(simulated_threshold(step, alpha, watching), abs=1e-3)


def test_every_variation_has_its_thresholds_at_every_mean() -> None:
    steps = {step for step, _ in load_thresholds()}
    assert set(load_thresholds()) == {(step, alpha) for step in steps for alpha in ALPHAS}
    assert all(0 < each < 1 for each in load_thresholds().values())
