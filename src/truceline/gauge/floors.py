"""The scores below which a change is not let in."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from truceline.gauge.suites import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A score on the wrong side of its floor; `value` None means that it was not measured."""

    suite: str
    score: str
    value: float | None
    floor: float

    def __str__(self) -> str:
        told = "not measured" if self.value is None else f"{self.value:.3f}"
        return f"{self.suite}: {self.score} is {told}, its floor {self.floor:.3f} (gauge/floors.toml)"


def read_floors() -> Mapping[str, Mapping[str, float]]:
    """Suite -> score name -> floor; where lower is better the floor is a ceiling."""
    table: Mapping[str, Mapping[str, float]] = tomllib.loads(
        files("truceline.gauge").joinpath("floors.toml").read_text(encoding="utf-8")
    )
    return table


def below_floors(reports: Iterable[Report], floors: Mapping[str, Mapping[str, float]]) -> tuple[Breach, ...]:
    """Every floor of a suite that was run and is not kept, in the order of the floors."""
    return tuple(
        breach
        for report in reports
        for name, floor in floors.get(report.suite, {}).items()
        if (breach := _breach(report, name, floor)) is not None
    )


def _breach(report: Report, name: str, floor: float) -> Breach | None:
    score = next((each for each in report.scores if each.name == name), None)
    if score is None or score.value is None:
        return Breach(suite=report.suite, score=name, value=None, floor=floor)
    kept = score.value <= floor if score.lower_is_better else score.value >= floor
    return None if kept else Breach(suite=report.suite, score=name, value=score.value, floor=floor)
