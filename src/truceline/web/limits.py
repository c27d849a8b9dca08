"""What service.toml allows, and how often something was done."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from time import time
from typing import Any

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from truceline.model.person import Role


@cache
def allowed() -> Mapping[str, Any]:
    return tomllib.loads(files("truceline.web").joinpath("service.toml").read_text("utf-8"))


def takes_second_factor(role: Role) -> bool:
    """Whether accounts of this role must have one. Raises ValueError where service.toml names a role that is none."""
    return role in {Role(each) for each in allowed()["second_factor_for"]}


@cache
def pace_of(name: str) -> RateLimitItem:
    return parse(allowed()["pace"][name])


class Paces:
    """Counts what was done by whom, in the memory of this process."""

    def __init__(self) -> None:
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, pace: str, who: str) -> int:
        """Count one more; the seconds to wait where that is too much, else 0."""
        limit = pace_of(pace)
        if self._counted.hit(limit, pace, who):
            return 0
        return max(1, round(self._counted.get_window_stats(limit, pace, who).reset_time - time()))

    def is_spent(self, pace: str, who: str) -> bool:
        """Whether one more would be too much, without counting it."""
        return not self._counted.test(pace_of(pace), pace, who)
