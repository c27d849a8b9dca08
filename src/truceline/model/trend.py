"""What texts state about trends and about days to come, and what the register answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from truceline.model.series import Answer
from truceline.model.span import Span


class TrendKind(StrEnum):
    """The test that would show a stated trend true or false."""

    RATIO = "ratio"
    RECORD = "record"
    FIRST_SINCE = "first-since"
    ABSENCE = "absence"
    COUNT = "count"
    FREQUENCY = "frequency"
    RESUMPTION = "resumption"
    DIRECTION = "direction"


class Course(StrEnum):
    """Which way a trend goes; HIGH and LOW are those of records."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"
    HIGH = "high"
    LOW = "low"


class Rough(StrEnum):
    """How a figure is worded: 'exactly', 'more than', 'nearly', 'about'."""

    EXACT = ""
    MORE = ">"
    NEARLY = "<"
    ABOUT = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Local days, `first` and `last` both within; `last` None is open."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTrend:
    """One stated trend as a test on counts.

    `counted` names a countable of trends.toml, `by` the actor who does it. `days` is what the statement is about, None
    where the words fix no stretch; `against` the stretch it is compared with, where they say so, and of a first since a
    time that time itself. `value` is the factor of a ratio, a count, or so many a `unit`. `unit` of a record is the
    stretch that sets it ("day"). `nth`: the count is an ordinal. `largely`: an absence with exceptions.
    """

    document: str
    span: Span
    words: str
    published_on: date
    kind: TrendKind
    counted: str
    by: str | None = None
    days: Days | None = None
    against: Days | None = None
    course: Course | None = None
    value: float | None = None
    rough: Rough = Rough.EXACT
    unit: str | None = None
    nth: bool = False
    largely: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendCheck:
    """The register's answer: the measured `figure` with its 95 % interval (None: open or not to be had), in words.

    `place` is where the statement is about, as it was read (None: everywhere watched); `measure` names the figure.
    """

    trend: StatedTrend
    answer: Answer
    measure: str
    figure: float | None
    low: float | None
    high: float | None
    because: str
    place: str | None = None
    caveats: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What became of a prediction."""

    CAME_TRUE = "came true"
    DID_NOT = "did not come true"
    PENDING = "its time has not passed"
    CANNOT_TELL = "cannot determine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Something foretold, with its horizon.

    `what` names a countable of trends.toml or an event of predictions.toml. `denied`: it is foretold not to happen;
    `course` UP or DOWN: more or fewer of it. `word` is the likelihood as worded (a row of ICD 203, or "asserted"),
    `chance` that row's midpoint, of 0 to 1. `source` is who foretells: an actor id or words, else the publisher.
    `end` of `days` None: the words set no end.
    """

    id: str
    document: str
    span: Span
    words: str
    published_on: date
    what: str
    by: str | None
    source: str
    word: str
    chance: float
    days: Days
    denied: bool = False
    course: Course | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPrediction:
    """A prediction, what became of it, and its Brier score: (chance - outcome)², None where it cannot be told."""

    prediction: Prediction
    outcome: Outcome
    score: float | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceScore:
    """How well one source foretold: the mean Brier score of `scored` predictions (0 best, 1 worst) with 95 % bounds.

    `low` and `high` are None for fewer than two.
    """

    source: str
    made: int
    scored: int
    pending: int
    cannot_tell: int
    brier: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """All stated trends with their answers, and all predictions with their scores, of one register."""

    trends: tuple[TrendCheck, ...]
    predictions: tuple[ScoredPrediction, ...]
    sources: tuple[SourceScore, ...]
