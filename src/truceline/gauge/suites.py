"""The suites by name, and what running one gives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from truceline.errors import UsageError
from truceline.gauge.actors import Actors
from truceline.gauge.acts import Acts, LaterActs
from truceline.gauge.areas import Areas
from truceline.gauge.case import Case, ContractReading, Detail, Detailed, Predict, Suite, Tally
from truceline.gauge.chains import Chains, LaterChains
from truceline.gauge.chances import Chances
from truceline.gauge.ecbplus_documents import EcbPlusDocuments
from truceline.gauge.ecbplus_mentions import EcbPlusMentions
from truceline.gauge.factuality import Factuality
from truceline.gauge.geo import Geo
from truceline.gauge.geo_given import GeoGiven
from truceline.gauge.measure import Bootstrap, Score
from truceline.gauge.muc4 import Muc4
from truceline.gauge.origins import LaterOrigins, Origins
from truceline.gauge.passages import MISSION
from truceline.gauge.petrarch2 import FOLDER, Petrarch2
from truceline.gauge.polnear import Polnear
from truceline.gauge.re3d import Re3d
from truceline.gauge.reliability import Bin, Calibrated
from truceline.gauge.timeml import TimeMl
from truceline.gauge.times import Times
from truceline.gauge.ucdp import Ucdp

SUITES: dict[str, Suite[Any]] = {
    suite.name: suite
    for suite in (
        Polnear(),
        Re3d(),
        Geo(),
        GeoGiven(),
        Ucdp(),
        Chances(),
        TimeMl(),
        Times(),
        Factuality(),
        Chains(),
        LaterChains(),
        Actors(),
        Areas(),
        Acts(),
        LaterActs(),
        Petrarch2(),
        Muc4(),
        EcbPlusDocuments(),
        EcbPlusMentions(),
        Origins(),
        LaterOrigins(),
    )
}
# Suites whose reader is given the dictionaries that lie beside the gold: suite -> folder of the gold sets.
DICTIONARIES = {Petrarch2.name: FOLDER}
# Suites whose passages are a mission's: suite -> its folder.
MISSIONS = {Actors.name: MISSION, Areas.name: MISSION, Acts.name: MISSION, LaterActs.name: MISSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The scores of one suite on one split, in the order in which they are read; `note` is what to know of them.

    `detail` is a table beside the scores, where the suite has one; `bins` are its stated chances, where it asks them;
    `unit` is what `documents` counts.
    """

    suite: str
    split: str
    documents: int
    scores: tuple[Score, ...]
    note: str = ""
    detail: Detail | None = None
    bins: tuple[Bin, ...] = ()
    unit: str = "documents"

    def score(self, name: str) -> Score:
        return next(each for each in self.scores if each.name == name)


def run_suite(
    name: str,
    gold_folder: Path,
    *,
    predict: Predict,
    limit: int | None = None,
    split: str | None = None,
    step: Callable[[], None] | None = None,
    note: str = "",
) -> Report:
    """Scores of `predict` on a gold set beside those of its baseline.

    `limit` takes the first documents only; `split` is one of the suite's, the first when left out;
    `step` is called after every document, for a progress bar; `note` goes into the report.
    """
    suite = suite_named(name)
    split = split or suite.splits[0]
    if split not in suite.splits:
        raise UsageError(f"suite '{name}' has no split '{split}'; choose one of {', '.join(suite.splits)}")
    cases = list(islice(suite.cases(gold_folder, split), limit))
    if not cases:
        raise UsageError(
            f"no documents for suite '{name}', split '{split}' under {gold_folder}; is that the gold folder?"
        )
    readings = list(_stepping(cases, predict, step))
    scores = [
        score for part in dict.fromkeys(case.part for case in cases) for score in _scores(suite, cases, readings, part)
    ]
    return Report(
        suite=name,
        split=split,
        documents=len(cases),
        scores=tuple(scores),
        note=note,
        detail=_detail(suite, cases, readings),
        bins=_bins(suite, cases, readings),
    )


def suite_named(name: str) -> Suite[Any]:
    if name not in SUITES:
        raise UsageError(f"no suite '{name}'; choose one of {', '.join(SUITES)}, or all")
    return SUITES[name]


def dictionaries_of(name: str, gold_folder: Path) -> Path | None:
    """The folder of dictionaries that a suite's reader is given; None for most."""
    return gold_folder / DICTIONARIES[name] if name in DICTIONARIES else None


def mission_of(name: str) -> Path | None:
    """The mission that a suite's reader reads for; None for most."""
    return MISSIONS.get(name)


def _stepping(
    cases: Sequence[Case[Any]], predict: Predict, step: Callable[[], None] | None
) -> Iterator[ContractReading]:
    for case in cases:
        yield predict(case.document)
        if step is not None:
            step()


def _detail(suite: Suite[Any], cases: Sequence[Case[Any]], readings: Sequence[ContractReading]) -> Detail | None:
    return suite.details(_tallies(suite, cases, readings)) if isinstance(suite, Detailed) else None


def _bins(suite: Suite[Any], cases: Sequence[Case[Any]], readings: Sequence[ContractReading]) -> tuple[Bin, ...]:
    return suite.bins(_tallies(suite, cases, readings)) if isinstance(suite, Calibrated) else ()


def _tallies(suite: Suite[Any], cases: Sequence[Case[Any]], readings: Sequence[ContractReading]) -> list[Tally]:
    return [suite.tally(case, reading) for case, reading in zip(cases, readings, strict=True)]


def _scores(
    suite: Suite[Any], cases: Sequence[Case[Any]], readings: Sequence[ContractReading], part: str
) -> Iterator[Score]:
    chosen = [(case, reading) for case, reading in zip(cases, readings, strict=True) if case.part == part]
    tallies = [suite.tally(case, reading) for case, reading in chosen]
    plain: list[Tally] = [suite.tally(case, suite.baseline(case)) for case, _ in chosen]
    drawn, compared = Bootstrap(tallies=tallies), Bootstrap(tallies=plain, draws=1)
    for measure in suite.measures:
        estimate = drawn.estimate(measure)
        yield Score(
            name=f"{part}: {measure.name}" if part else measure.name,
            value=estimate.value,
            low=estimate.low,
            high=estimate.high,
            n=estimate.n,
            baseline_name=suite.baseline_name,
            baseline=compared.estimate(measure).value,
            lower_is_better=measure.lower_is_better,
            unit=measure.unit,
            digits=measure.digits,
        )


def gold_reader(name: str, gold_folder: Path, *, split: str | None = None) -> Predict:
    """A reader that knows the gold answers: it must score 1 everywhere, which proves the scorer."""
    suite = suite_named(name)
    known = {case.document.id: suite.reading_of(case) for case in suite.cases(gold_folder, split or suite.splits[0])}
    return lambda document: known[document.id]
