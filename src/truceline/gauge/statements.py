"""Stated trends and predictions parsed, in sentences of our own (tests/cases/watch/*.txt, whose heads say how)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from truceline.flow.tools import tell_all
from truceline.gauge.case import Tally, gold_document
from truceline.gauge.fusing import Asked, Suite, read_set, score_all
from truceline.gauge.measure import Measure, share
from truceline.gauge.passages import MISSION, passage_file
from truceline.gauge.suites import Report
from truceline.model.mission import Mission
from truceline.model.quantity import Unit
from truceline.model.telling import Telling
from truceline.model.trend import Course, Days, Prediction, Rough, StatedTrend, TrendKind
from truceline.vocab.predictions import load_prediction_table
from truceline.vocab.rates import load_rate_table
from truceline.vocab.trends import load_trend_table
from truceline.watch.checks import find_windows, read_bounds
from truceline.watch.stated_days import Clock
from truceline.watch.stated_predictions import Foreseeing, find_predictions
from truceline.watch.stated_trends import Listening, find_trends
from truceline.watch.statements import name_actors

FILES = {
    "stated-trends": "trends.txt",
    "stated-trends-later": "trends_later.txt",
    "predictions": "predictions.txt",
}
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
COURSES = {Course.UP: "more ", Course.DOWN: "fewer "}
# What the check of ratios alone counts, by the mode of its event.
COUNTED = {"heavy-weapons": "shelling", "aerial": "airstrikes", "drone": "airstrikes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence and the tests that it states, each as its line in the file; none where it states none."""

    text: str
    published_on: date
    tests: tuple[str, ...]


MEASURES: tuple[Measure, ...] = (
    share("parsed to the right test", "right", "sentences"),
    share("right, of those that state one", "right.stating", "stating"),
    share("kind right, of those that state one", "kind", "stating"),
    share("read into sentences that state none", "invented", "silent", lower_is_better=True),
)
FORETOLD: tuple[Measure, ...] = (
    share("parsed right", "right", "sentences"),
    share("right, of those that foretell", "right.stating", "stating"),
    share("read into sentences that foretell nothing", "invented", "silent", lower_is_better=True),
)


def measure_trends(file: str, name: str, asked: Asked) -> Report:
    """The tests that sentences are parsed to; beside them those that the check of ratios alone would run."""
    sentences = list(islice(read_sentences(passage_file(asked.folder, file, home="watch")), asked.limit))
    listening = Listening(table=load_trend_table(), names=name_actors(asked.mission))
    found = [[tell_trend(each) for each in trends_of(sentence, asked.mission, listening)] for sentence in sentences]
    return report(name, sentences, found, ratios_alone(sentences, asked), asked, MEASURES)


def measure_predictions(file: str, name: str, asked: Asked) -> Report:
    """What sentences are found to foretell; beside it what a plain search for 'will' finds."""
    sentences = list(islice(read_sentences(passage_file(asked.folder, file, home="watch")), asked.limit))
    foreseeing = Foreseeing(trends=load_trend_table(), table=load_prediction_table(), names=name_actors(asked.mission))
    found = [
        [tell_prediction(each) for each in find_predictions(own.text, "", own.published_on, foreseeing)]
        for own in sentences
    ]
    plain = [["will"] if re.search(r"\bwill\b", own.text) else [] for own in sentences]
    return report(name, sentences, found, plain, asked, FORETOLD)


def report(
    name: str,
    sentences: Sequence[Sentence],
    found: Sequence[list[str]],
    plain: Sequence[list[str]],
    asked: Asked,
    measures: tuple[Measure, ...],
) -> Report:
    tallies = [tally(*pair) for pair in zip(sentences, found, strict=True)]
    compared = [tally(*pair) for pair in zip(sentences, plain, strict=True)]
    baseline = "the word 'will'" if measures is FORETOLD else "the check of ratios alone"
    return Report(
        suite=name,
        split=asked.split,
        documents=len(sentences),
        scores=score_all(measures, tallies, compared, baseline),
        note=f"Read for {asked.mission.id}; a sentence is right when every test in it is, and no other.",
    )


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file in order, each with the day of the last "@published" before it."""
    published = date.min
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        for line in lines:
            if line.startswith("@published"):
                published = date.fromisoformat(line.split()[1])
        lines = [line for line in lines if not line.startswith("@")]
        if lines:
            tests = tuple(line[2:] for line in lines[1:] if line.startswith("> "))
            yield Sentence(text=lines[0], published_on=published, tests=tests)


def tally(sentence: Sentence, found: Sequence[str]) -> Tally:
    right = sorted(sentence.tests) == sorted(found)
    stating = bool(sentence.tests)
    kinds = sorted(kind_of(each) for each in sentence.tests) == sorted(kind_of(each) for each in found)
    return Tally(
        counts={
            "sentences": 1,
            "right": right,
            "stating": stating,
            "right.stating": stating and right,
            "kind": stating and kinds,
            "silent": not stating,
            "invented": not stating and bool(found),
        }
    )


def kind_of(test: str) -> str:
    return test.partition(" | ")[0]


def trends_of(sentence: Sentence, mission: Mission, listening: Listening) -> Iterator[StatedTrend]:
    return find_trends(sentence.text, "", clock_of(sentence, mission), listening)


def clock_of(sentence: Sentence, mission: Mission) -> Clock:
    began = mission.truce_began
    # The truce's first day in the mission's country, whose clock is ahead of UTC.
    return Clock(today=sentence.published_on, truce=None if began is None else (began + timedelta(hours=3)).date())


def tell_trend(trend: StatedTrend) -> str:
    """The trend as a line of the file."""
    against = trend.against if trend.kind is not TrendKind.FIRST_SINCE else None
    when = tell_days(trend.days) + (f" vs {tell_days(against)}" if against else "")
    course = "-" if trend.course is None else trend.course.value
    return " | ".join((trend.kind.value, trend.counted, trend.by or "-", when, course, tell_value(trend)))


def tell_value(trend: StatedTrend) -> str:
    value = trend.value or 0.0
    match trend.kind:
        case TrendKind.RATIO:
            return f"{trend.rough.value}{round(value, 3):g}"
        case TrendKind.COUNT if trend.nth:
            return f"{value:.0f}{ENDINGS.get(int(value), 'th')}"
        case TrendKind.COUNT:
            return f"{trend.rough.value}{value:.0f}"
        case TrendKind.FREQUENCY:
            return f"{trend.rough.value}{value:g}/{trend.unit}"
        case TrendKind.RECORD:
            return trend.unit or "-"
        case _:
            return "nearly" if trend.largely else "-"


def tell_days(days: Days | None) -> str:
    return "-" if days is None else f"{days.first}..{days.last or '-'}"


def tell_prediction(found: Prediction) -> str:
    """The prediction as a line of the file."""
    what = f"{'no ' if found.denied else ''}{COURSES.get(found.course, '') if found.course else ''}{found.what}"
    return " | ".join((what, found.by or "-", found.word, tell_days(found.days)))


# ------------------------------------------------------------------------------------------------- the plain way


def ratios_alone(sentences: Sequence[Sentence], asked: Asked) -> list[list[str]]:
    """What the check of stated ratios alone makes of the sentences: those it can read, as lines of the file.

    Its windows are given in their favour: the one asked for, where it is among them.
    """
    documents = [
        gold_document(f"sentence-{number}", own.text, datetime(*own.published_on.timetuple()[:3], 9, tzinfo=UTC))
        for number, own in enumerate(sentences)
    ]
    told = tell_all(read_set(documents, asked), asked.mission)
    stating: dict[str, list[Telling]] = {}
    for each in told:
        if each.stated_rate is not None:
            stating.setdefault(each.document, []).append(each)
    return [
        [line for each in stating.get(document.id, ()) if (line := tell_ratio(each, own)) is not None]
        for document, own in zip(documents, sentences, strict=True)
    ]


def tell_ratio(telling: Telling, sentence: Sentence) -> str | None:
    table = load_rate_table()
    assert telling.stated_rate is not None
    bounds = read_bounds(telling.stated_rate, telling.quote, table)
    if bounds is None or telling.event.plover is None:
        return None
    low, high = bounds
    windows = [
        f"{each.since}..{each.until - timedelta(days=1)}"
        for each in find_windows(telling.quote, sentence.published_on, table)
    ]
    asked = next((test.split(" | ")[3] for test in sentence.tests if test.startswith("ratio")), "")
    agent = next((each.actor for each in telling.agents if each.actor), None) or "-"
    rough = "" if low == high or telling.stated_rate.unit is Unit.PERCENT else Rough.MORE.value
    counted = COUNTED.get(telling.event.mode or "", "attacks")
    when = asked if asked in windows else windows[-1]
    course = Course.UP if low >= 1 else Course.DOWN
    return " | ".join(("ratio", counted, agent, when, course.value, f"{rough}{round(low, 3):g}"))


RUNS: dict[str, tuple[Callable[[str, str, Asked], Report], tuple[Measure, ...]]] = {
    "stated-trends": (measure_trends, MEASURES),
    "stated-trends-later": (measure_trends, MEASURES),
    "predictions": (measure_predictions, FORETOLD),
}
SUITES = {
    name: Suite(run=partial(run, FILES[name], name), mission=MISSION, measures=measures)
    for name, (run, measures) in RUNS.items()
}
