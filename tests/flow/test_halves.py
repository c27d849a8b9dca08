"""Independent pieces done by two processes: the same results in the same order, and no failure unheard."""

import os

import pytest

from truceline.errors import TrucelineError
from truceline.flow.halves import in_halves


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def test_results_stand_in_the_order_of_their_items_whoever_made_them() -> None:
    made = in_halves(square, range(5000), least=10)
    assert [value for value, _ in made] == [each * each for each in range(5000)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked here")
def test_many_items_are_made_by_two_processes_few_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truceline.flow.halves.count_processors", lambda: 2)
    assert len({by for _, by in in_halves(square, range(100), least=10)}) == 2
    assert {by for _, by in in_halves(square, range(100), least=101)} == {os.getpid()}


def fail_late(number: int) -> int:
    if number == 90:
        raise ValueError("ninety")
    return number


def fail_early(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def test_a_failure_in_either_half_is_raised(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("truceline.flow.halves.count_processors", lambda: 2)
    with pytest.raises((TrucelineError, ValueError)):
        in_halves(fail_late, range(100), least=10)
    with pytest.raises(ValueError, match="three"):
        in_halves(fail_early, range(100), least=10)
    capfd.readouterr()
