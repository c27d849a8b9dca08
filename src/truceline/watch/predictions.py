"""Predictions held against what came: outcomes from the register, Brier scores by source (Brier 1950)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

from scipy.special import stdtrit

from truceline.model.document import Document
from truceline.model.place import Toponym
from truceline.model.trend import Course, Outcome, Prediction, ScoredPrediction, SourceScore
from truceline.vocab.predictions import load_prediction_table
from truceline.watch.days import Stretch
from truceline.watch.narrowing import find_narrowing
from truceline.watch.trend_absences import find_gap
from truceline.watch.trend_finding import tell_count, tell_incident, tell_stretch
from truceline.watch.trend_ground import Ground, Matching, choose, is_credible
from truceline.watch.trend_ratios import measure_ratio

ONE_DAY = timedelta(days=1)
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A prediction, the place it is about (None where none was read), and the source that publishes it."""

    prediction: Prediction
    place: Toponym | None
    publisher: str | None = None

    @classmethod
    def of(
        cls,
        prediction: Prediction,
        document: Document,
        place: Toponym | None,
        speaker: str | None,
        publisher: str | None,
    ) -> "Told":
        """Who foretells is the speaker, else the publisher."""
        source = speaker or document.publisher or UNKNOWN
        return cls(prediction=replace(prediction, source=source), place=place, publisher=publisher)


def score_predictions(foretold: Iterable[Told], ground: Ground) -> tuple[ScoredPrediction, ...]:
    """Each with its outcome as far as the register reaches, by the day it was published."""
    until = max(ground.exposure.documents, default=ground.mission.since)
    ordered = sorted(foretold, key=lambda each: (each.prediction.published_on, each.prediction.id))
    return tuple(score(each, ground, until) for each in ordered)


def score(told: Told, ground: Ground, until: date) -> ScoredPrediction:
    """(chance - outcome)², where the outcome is 1 if what was foretold came; None where that cannot be told."""
    outcome, because = find_outcome(told, ground, until)
    chance = told.prediction.chance
    brier = {Outcome.CAME_TRUE: (chance - 1) ** 2, Outcome.DID_NOT: chance**2}.get(outcome)
    return ScoredPrediction(prediction=told.prediction, outcome=outcome, score=brier, because=because)


def find_outcome(told: Told, ground: Ground, until: date) -> tuple[Outcome, str]:
    """What became of it; `until` is the last day that the register holds."""
    prediction = told.prediction
    matching = find_foretold(told, ground)
    if matching is None:
        return Outcome.CANNOT_TELL, "The register holds no kind of incident that would show it."
    last = prediction.days.last
    if last is None:
        return Outcome.CANNOT_TELL, "The words set no end, so no day can tell it wrong."
    horizon = Stretch(since=first_day(prediction), until=min(last, until) + ONE_DAY)
    if horizon.length <= 0:
        return Outcome.PENDING, f"The register ends on {until}."
    passed = last < until
    if prediction.course is not None:
        if not passed:
            return Outcome.PENDING, f"It ends on {last}."
        outcome, because = judge_course(prediction, horizon, matching, ground)
    else:
        outcome, because = judge_coming(prediction, horizon, matching, ground, passed=passed)
    narrowing = find_narrowing(prediction.words, matching.countable.name, told.place, ground.table)
    if narrowing is None or outcome in {Outcome.PENDING, Outcome.CANNOT_TELL} or is_none_of_all(prediction, outcome):
        return outcome, because
    return Outcome.CANNOT_TELL, f"Narrower than what can be counted (“{narrowing}”). Of all: {because}"


def first_day(prediction: Prediction) -> date:
    """The day after publication where the words begin with it: what came earlier that day was not foretold."""
    days = prediction.days
    if days.first > prediction.published_on or days.last == prediction.published_on:
        return days.first
    return prediction.published_on + ONE_DAY


def is_none_of_all(prediction: Prediction, outcome: Outcome) -> bool:
    """Nothing such came at all, so nothing came of the part that the words narrow it to."""
    return prediction.course is None and (outcome is Outcome.CAME_TRUE) is prediction.denied


def judge_coming(
    prediction: Prediction, days: Stretch, matching: Matching, ground: Ground, *, passed: bool
) -> tuple[Outcome, str]:
    came, because = has_come(days, matching, ground)
    if came:
        return Outcome.DID_NOT if prediction.denied else Outcome.CAME_TRUE, because
    if not passed:
        return Outcome.PENDING, because
    if came is None:
        return Outcome.CANNOT_TELL, because
    return Outcome.CAME_TRUE if prediction.denied else Outcome.DID_NOT, because


def find_foretold(told: Told, ground: Ground) -> Matching | None:
    """The incidents that would show it, told elsewhere than in the prediction's own document."""
    prediction = told.prediction
    event = load_prediction_table().event(prediction.what)
    known = {each.name: each for each in ground.table.countables}
    if prediction.what not in known and (event is None or not event.acts):
        return None
    countable = known.get(prediction.what)
    if countable is not None:
        candidates = ground.by_countable[countable.name]
    else:
        assert event is not None
        candidates = [each for each in ground.counted if event.shows(each.incident.event)]
    return Matching(
        counted=choose(candidates, prediction.by, told.place, prediction.document, ground),
        countable=countable or ground.table.countable("attacks"),
        credible=ground.table.tests.credible,
        own=told.publisher,
    )


def has_come(days: Stretch, matching: Matching, ground: Ground) -> tuple[bool | None, str]:
    """Whether something such was told within the days; None where silence proves nothing or all is doubtful."""
    found = sorted(matching.within(days), key=lambda each: (each.first, each.incident.id))
    sure = [each for each in found if is_credible(each, matching.credible)]
    usual = tell_usual(days, matching, ground)
    if sure:
        return True, f"{len(found)} told in {tell_stretch(days)}, first {tell_incident(sure[0])}. {usual}"
    if found:
        return None, f"Told doubtfully only: {tell_incident(found[0])}."
    gap = find_gap(days, matching, ground)
    if gap is not None:
        return None, f"None told, but {gap}."
    return False, f"None told in {tell_stretch(days)}, though those who tell such incidents were heard. {usual}"


def tell_usual(days: Stretch, matching: Matching, ground: Ground) -> str:
    """How often as many days have had such an incident anyway: what is daily is no feat to foretell."""
    earlier = []
    until = days.since
    while until - timedelta(days=days.length) >= ground.first_day():
        earlier.append(Stretch(since=until - timedelta(days=days.length), until=until))
        until = earlier[-1].since
    if not earlier:
        return "Nothing earlier to compare with."
    with_one = sum(bool(matching.within(each)) for each in earlier)
    return f"Of the {len(earlier)} stretches as long before, {with_one} had one too."


def judge_course(prediction: Prediction, days: Stretch, matching: Matching, ground: Ground) -> tuple[Outcome, str]:
    """More or fewer than in as many days before the prediction."""
    end = prediction.published_on + ONE_DAY
    before = Stretch(since=end - timedelta(days=days.length), until=end)
    found = measure_ratio(days, before, matching, ground)
    if isinstance(found, str):
        return Outcome.CANNOT_TELL, f"{found}."
    high = "" if found.high == float("inf") else f" to {found.high:.1f}"
    told = (
        f"{tell_count(matching, days)} in {tell_stretch(days)} against {tell_count(matching, before)} in"
        f" {tell_stretch(before)}; ratio at least {found.low:.1f}{high}"
    )
    if found.low <= 1 <= found.high:
        return Outcome.CANNOT_TELL, f"The change cannot be told from none: {told}."
    came = (found.low > 1) == (prediction.course is Course.UP)
    return Outcome.CAME_TRUE if came != prediction.denied else Outcome.DID_NOT, f"{told}."


def score_sources(scored: Sequence[ScoredPrediction]) -> tuple[SourceScore, ...]:
    """One score for every source that foretold, the one with most scored first."""
    sources = sorted({each.prediction.source for each in scored})
    found = [score_source(source, [each for each in scored if each.prediction.source == source]) for source in sources]
    return tuple(sorted(found, key=lambda each: (-each.scored, -each.made, each.source)))


def score_source(source: str, own: Sequence[ScoredPrediction]) -> SourceScore:
    """The mean with Student's 95 % interval, cut to 0..1."""
    scores = [each.score for each in own if each.score is not None]
    mean = sum(scores) / len(scores) if scores else None
    low = high = None
    if mean is not None and len(scores) > 1:
        spread = sqrt(sum((each - mean) ** 2 for each in scores) / (len(scores) - 1) / len(scores))
        reach = float(stdtrit(len(scores) - 1, 0.975)) * spread
        low, high = max(0.0, mean - reach), min(1.0, mean + reach)
    return SourceScore(
        source=source,
        made=len(own),
        scored=len(scores),
        pending=sum(each.outcome is Outcome.PENDING for each in own),
        cannot_tell=sum(each.outcome is Outcome.CANNOT_TELL for each in own),
        brier=mean,
        low=low,
        high=high,
    )
