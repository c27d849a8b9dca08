"""The search for rings of objects stops meanwhile and goes on as before, whatever happens."""

import gc

import pytest

from truceline.kit.collecting import without_collecting


def fail_meanwhile(seen: list[bool]) -> None:
    with without_collecting():
        seen.append(gc.isenabled())
        raise ValueError("broken")


def test_it_stops_meanwhile_and_goes_on_after_an_error() -> None:
    seen = [gc.isenabled()]
    with pytest.raises(ValueError, match="broken"):
        fail_meanwhile(seen)
    assert [*seen, gc.isenabled()] == [True, False, True]


def test_what_was_off_stays_off() -> None:
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
