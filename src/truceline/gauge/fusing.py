"""What suites of fusing share: a whole set is read and told as a run does it, then its incidents are scored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from truceline.gauge.case import Tally
from truceline.gauge.measure import Bootstrap, Estimate, Measure, Score
from truceline.gauge.suites import Report
from truceline.model.document import Document
from truceline.model.mission import Mission
from truceline.model.reading import Reading

Step = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a fusing suite is run on; `step` is called after every document read."""

    folder: Path
    mission: Mission
    split: str
    limit: int | None = None
    step: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A suite of fusing, what it measures, and the folder of the mission it is read for unless another is given."""

    run: Callable[[Asked], Report]
    mission: Path
    measures: tuple[Measure, ...]


def read_set(documents: Iterable[Document], asked: Asked) -> list[Reading]:
    """The documents as a run of the mission reads them."""
    reader = import_module("truceline.read.reader").Reader.for_mission(asked.mission)
    readings = []
    for reading in reader.read_all(documents):
        readings.append(reading)
        if asked.step is not None:
            asked.step()
    return readings


def score_all(
    measures: Sequence[Measure], tallies: Sequence[Tally], plain: Sequence[Tally], baseline_name: str
) -> tuple[Score, ...]:
    """Every measure with its interval over the tallies, and what a plain way of fusing reaches."""
    drawn, compared = Bootstrap(tallies=tallies), Bootstrap(tallies=plain, draws=1)
    return tuple(
        score_of(each, drawn.estimate(each), compared.estimate(each).value, baseline_name) for each in measures
    )


def score_of(measure: Measure, estimate: Estimate, baseline: float | None, baseline_name: str) -> Score:
    return Score(
        name=measure.name,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        baseline_name=baseline_name,
        baseline=baseline,
        lower_is_better=measure.lower_is_better,
    )


def row_of(who: str, tallies: Sequence[Tally], measures: Sequence[Measure]) -> tuple[str, ...]:
    """A line of a table beside the scores: the measures, the last of them with its interval."""
    drawn = Bootstrap(tallies=tallies)
    told = [drawn.estimate(each) for each in measures]
    last = told[-1]
    interval = "–" if last.low is None or last.high is None else f"{last.low:.3f} – {last.high:.3f}"
    return (who, f"{last.n:,}", *("–" if each.value is None else f"{each.value:.3f}" for each in told), interval)
