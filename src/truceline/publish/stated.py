"""What texts stated about trends and about days to come, as rows for the bulletin and for the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from truceline.model.trend import (
    Course,
    Days,
    Outcome,
    Prediction,
    Rough,
    ScoredPrediction,
    SourceScore,
    StatedTrend,
    Statements,
    TrendCheck,
    TrendKind,
)
from truceline.publish.lookup import Lookup, safe_name

WORDS_SHOWN = 240
ROWS_SHOWN = 40
ROUGH = {Rough.EXACT: "", Rough.MORE: "more than ", Rough.NEARLY: "nearly ", Rough.ABOUT: "about "}
COURSES = {Course.UP: "more", Course.DOWN: "fewer", Course.FLAT: "as many", Course.HIGH: "most", Course.LOW: "fewest"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """A prediction as a row."""

    words: str
    source: str
    what: str
    within: str
    likelihood: str
    outcome: str
    score: str
    because: str
    document: str = ""
    document_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreteller:
    """A source's predictions as a row: made, scored, mean Brier score with its interval."""

    name: str
    made: int
    scored: int
    pending: int
    cannot_tell: int
    brier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """The predictions of the period, and every source's score over all of its predictions."""

    rows: tuple[Foretold, ...]
    sources: tuple[Foreteller, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLine:
    """A statement of one article and the answer, in words."""

    words: str
    test: str
    answer: str
    measured: str
    because: str


def stated_lines(stated: Statements | None) -> tuple[StatedLine, ...]:
    """The trends of an article, then its predictions."""
    if stated is None:
        return ()
    trends = (
        StatedLine(
            words=shorten(each.trend.words),
            test=tell_test(each.trend),
            answer=each.answer.value,
            measured=tell_figure(each),
            because=" ".join((each.because, *each.caveats)),
        )
        for each in stated.trends
    )
    foretold = (
        StatedLine(
            words=shorten(each.prediction.words),
            test=f"foretold: {tell_what(each.prediction)}, {tell_days(each.prediction.days)}",
            answer=each.outcome.value,
            measured=tell_likelihood(each.prediction) if each.score is None else f"Brier score {each.score:.2f}",
            because=each.because,
        )
        for each in stated.predictions
    )
    return (*trends, *foretold)


def find_foresight(lookup: Lookup) -> Foresight:
    """Predictions made in the period or whose horizon ended in it."""
    stated = lookup.view.statements
    if stated is None:
        return Foresight(rows=(), sources=())
    rows = [each for each in stated.predictions if touches(each.prediction, lookup.since, lookup.until)]
    return Foresight(
        rows=tuple(foretold_row(each, lookup) for each in rows[:ROWS_SHOWN]),
        sources=tuple(foreteller_row(each, lookup) for each in stated.sources if each.made),
    )


def touches(prediction: Prediction, since: date, until: date) -> bool:
    last = prediction.days.last
    return since <= prediction.published_on < until or (last is not None and since <= last < until)


def find_checked(lookup: Lookup) -> tuple[TrendCheck, ...]:
    """The trends stated in the period, without those whose rate is checked from a claim already."""
    stated = lookup.view.statements
    if stated is None:
        return ()
    watch = lookup.view.watch
    checked = [(each.document, " ".join(each.words.split())) for each in (watch.checks if watch else ())]
    return tuple(
        each
        for each in stated.trends
        if lookup.since <= each.trend.published_on < lookup.until and not is_checked(each, checked)
    )[:ROWS_SHOWN]


def is_checked(check: TrendCheck, checked: Iterable[tuple[str, str]]) -> bool:
    """The same sentence of the same document, as a ratio."""
    return check.trend.kind is TrendKind.RATIO and any(
        document == check.trend.document and (words in check.trend.words or check.trend.words in words)
        for document, words in checked
    )


def foretold_row(scored: ScoredPrediction, lookup: Lookup) -> Foretold:
    prediction = scored.prediction
    title, file = document_of(prediction.document, lookup)
    return Foretold(
        words=shorten(prediction.words),
        source=name_source(prediction.source, lookup),
        what=tell_what(prediction),
        within=tell_days(prediction.days),
        likelihood=tell_likelihood(prediction),
        outcome=scored.outcome.value,
        score="–" if scored.score is None else f"{scored.score:.2f}",
        because=scored.because,
        document=title,
        document_file=file,
    )


def foreteller_row(score: SourceScore, lookup: Lookup) -> Foreteller:
    return Foreteller(
        name=name_source(score.source, lookup),
        made=score.made,
        scored=score.scored,
        pending=score.pending,
        cannot_tell=score.cannot_tell,
        brier=tell_brier(score),
    )


def document_of(id: str, lookup: Lookup) -> tuple[str, str]:
    """The title and the page of a document; no page where it is not held."""
    document = lookup.documents.get(id)
    return (document.title if document and document.title else id), f"{safe_name(id)}.html" if document else ""


def name_source(source: str, lookup: Lookup) -> str:
    return next((actor.name for actor in lookup.view.mission.actors if actor.id == source), source)


def shorten(words: str) -> str:
    return words if len(words) <= WORDS_SHOWN else f"{words[: WORDS_SHOWN - 1].rstrip()}…"


def tell_test(trend: StatedTrend) -> str:
    """The test in a line: 'count of shelling, 2016-09-12 to 2016-09-15: 5 or more'."""
    what = f"{trend.counted} by {trend.by}" if trend.by else trend.counted
    when = "no stretch named" if trend.days is None else tell_days(trend.days)
    if trend.against is not None and trend.kind is not TrendKind.FIRST_SINCE:
        when += f" against {tell_days(trend.against)}"
    value = tell_value(trend)
    return f"{trend.kind.value} of {what}, {when}{f': {value}' if value else ''}"


def tell_value(trend: StatedTrend) -> str:
    figure = "" if trend.value is None else f"{ROUGH[trend.rough]}{figure_words(trend.value)}"
    match trend.kind:
        case TrendKind.RATIO:
            return f"{figure} times as many"
        case TrendKind.COUNT:
            return f"number {figure} of them" if trend.nth else figure
        case TrendKind.FREQUENCY:
            return f"{figure} a {trend.unit}"
        case TrendKind.RECORD:
            course = COURSES[trend.course] if trend.course else ""
            return f"{course} in a {trend.unit}" if trend.unit else course
        case TrendKind.DIRECTION:
            return COURSES[trend.course] if trend.course else ""
        case _:
            return "but for a few" if trend.largely else ""


def tell_figure(check: TrendCheck) -> str:
    """The figure with its interval: 'rate ratio 2.1 [1.2–3.7]'; 'not measured' where there is none."""
    if check.figure is None:
        return "not measured"
    told = f"{check.measure} {figure_words(check.figure)}"
    if check.low is None:
        return told
    high = "∞" if check.high is None else figure_words(check.high)
    return f"{told} [{figure_words(check.low)}–{high}]"


def figure_words(figure: float) -> str:
    """'2,000', '104', '0.123': whole from a hundred on, else what three digits say."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def tell_days(days: Days) -> str:
    if days.last is None:
        return f"from {days.first} on"
    return str(days.first) if days.first == days.last else f"{days.first} to {days.last}"


def tell_what(prediction: Prediction) -> str:
    """'no shelling', 'more clashes by …'."""
    course = {Course.UP: "more ", Course.DOWN: "less "}.get(prediction.course, "") if prediction.course else ""
    what = f"{'no ' if prediction.denied else ''}{course}{prediction.what.replace('-', ' ')}"
    return f"{what} by {prediction.by}" if prediction.by else what


def tell_likelihood(prediction: Prediction) -> str:
    return f"{prediction.word.replace('-', ' ')} ({prediction.chance:.2g})"


def tell_brier(score: SourceScore) -> str:
    if score.brier is None:
        return "–"
    interval = "" if score.low is None or score.high is None else f" [{score.low:.2f}–{score.high:.2f}]"
    return f"{score.brier:.2f}{interval}"


def is_settled(scored: ScoredPrediction) -> bool:
    return scored.outcome in {Outcome.CAME_TRUE, Outcome.DID_NOT}


def count_answers(statements: Statements) -> str:
    """'12 trends stated; 4 predictions, 2 of them settled'."""
    made, settled = len(statements.predictions), sum(is_settled(each) for each in statements.predictions)
    return f"{len(statements.trends)} trends stated; {made} predictions, {settled} of them settled"
