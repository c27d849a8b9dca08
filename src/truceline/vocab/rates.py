"""What the watch counts and how stated rates are read, loaded from rates.toml."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.model.agreement import Act
from truceline.model.claim import EventType

OTHER_KIND = "Other or not typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A heading under which incidents of these acts are counted."""

    name: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Words for a stretch of time up to now, and the days it may mean."""

    pattern: re.Pattern[str]
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTable:
    """How changes of rate are looked for, and alerts raised."""

    false_alarms: float
    shortest_days: int
    least_incidents: int
    most_days: int
    most_headings: int
    learn_days: int
    lately_days: int
    false_alert_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternTable:
    """How patterns and chains are looked for."""

    within_days: int
    least_days: int
    most_kinds: int
    turnings: int
    many_turnings: int
    rare: float
    false_share: float
    lag_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTable:
    """All of rates.toml."""

    force: tuple[Act, ...]
    alleged: frozenset[str]
    kinds: tuple[Kind, ...]
    same_sources: float
    same_volume: float
    overdispersed: float
    stretches_back: int
    change: ChangeTable
    pattern: PatternTable
    silence_chance: float
    least_incidents: int
    leeway: float
    default_days: tuple[int, int]
    windows: tuple[Window, ...]
    up: re.Pattern[str]
    down: re.Pattern[str]

    def kind(self, event: EventType) -> str:
        """The name of the first kind that fits."""
        return next((kind.name for kind in self.kinds if any(fits(event, act) for act in kind.acts)), OTHER_KIND)

    def is_force(self, event: EventType) -> bool:
        return any(fits(event, act) for act in self.force)


def fits(event: EventType, act: Act) -> bool:
    return event.plover == act.plover and (not act.modes or event.mode in act.modes)


@cache
def load_rate_table() -> RateTable:
    """The table shipped with the package."""
    raw = tomllib.loads(files("truceline.vocab").joinpath("rates.toml").read_text(encoding="utf-8"))
    caveat, stated = raw["caveat"], raw["stated"]
    return RateTable(
        force=tuple(parse_act(act) for act in raw["force"]["acts"]),
        alleged=frozenset(raw["alleged"]["categories"]),
        kinds=tuple(
            Kind(name=kind["name"], acts=tuple(parse_act(act) for act in kind["match"])) for kind in raw["kind"]
        ),
        same_sources=caveat["same_sources"],
        same_volume=caveat["same_volume"],
        overdispersed=caveat["overdispersed"],
        stretches_back=caveat["stretches_back"],
        change=ChangeTable(**raw["change"], **raw["alert"]),
        pattern=PatternTable(**raw["pattern"]),
        silence_chance=raw["silence"]["chance"],
        least_incidents=stated["least_incidents"],
        leeway=stated["leeway"],
        default_days=(stated["default_days"][0], stated["default_days"][1]),
        windows=tuple(
            Window(pattern=any_of(window["words"]), shortest=window["days"][0], longest=window["days"][1])
            for window in raw["window"]
        ),
        up=any_of(raw["percent"]["up"]),
        down=any_of(raw["percent"]["down"]),
    )


def parse_act(raw: dict[str, Any]) -> Act:
    return Act(plover=raw["plover"], modes=tuple(raw.get("modes", ())))


def any_of(words: list[str]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first, on word boundaries."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in longest_first)})\b", re.IGNORECASE)


@cache
def load_thresholds() -> Mapping[tuple[int, float], float]:
    """Thresholds of alerts (kit/onsets.py) as simulated for the table shipped: by step of the mean and by alpha."""
    told = files("truceline.vocab").joinpath("alert_thresholds.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in told.splitlines() if not line.startswith("#"))
    return {(int(row["mean_step"]), float(row["alpha"])): float(row["threshold"]) for row in rows}
