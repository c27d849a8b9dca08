"""What a test finds, in figures and in words."""

from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from scipy.special import gammaincinv

from truceline.model.series import Answer
from truceline.watch.counting import Counted
from truceline.watch.days import Stretch
from truceline.watch.trend_ground import Ground, Matching

ONE_DAY = timedelta(days=1)
Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A test's answer, the figure that `measure` names with its interval, and why."""

    answer: Answer
    because: str
    measure: str
    figure: float | None = None
    low: float | None = None
    high: float | None = None


def best_of(findings: list[Finding]) -> Finding:
    """Vague words are read in their favour: the stretch that speaks best for the statement answers it."""
    for wanted in (Answer.SUPPORTED, Answer.CANNOT_TELL, Answer.NOT_SUPPORTED):
        fitting = [each for each in findings if each.answer is wanted]
        if fitting:
            return next((each for each in fitting if each.figure is not None), fitting[0])
    return Finding(answer=Answer.CANNOT_TELL, because="The words fix no stretch to look at.", measure="rate ratio")


def poisson_bounds(count: int) -> tuple[float, float]:
    """The exact 95 % interval of a Poisson mean (Garwood 1936)."""
    low = 0.0 if count == 0 else float(gammaincinv(count, 0.025))
    return low, float(gammaincinv(count + 1, 0.975))


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, spread = hits / tries, Z**2 / tries
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / tries + spread / (4 * tries)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def tell_stretch(days: Stretch) -> str:
    last = days.until - ONE_DAY
    return f"{days.since}" if last <= days.since else f"{days.since} to {last}"


def tell_count(matching: Matching, days: Stretch) -> str:
    if matching.countable.measure == "incidents":
        return str(len(matching.within(days)))
    low, high = matching.bounds(days)
    return f"{low} to {high} {matching.countable.name}"


def tell_incident(each: Counted) -> str:
    grade = each.incident.grade
    return f"“{each.incident.title}” on {each.first}, graded {grade.reliability}{grade.credibility}"


def tell_counts(now: Stretch, before: Stretch, matching: Matching, ground: Ground) -> str:
    return (
        f"{tell_count(matching, now)} in {ground.observed(now)} observed days ({tell_stretch(now)}) against"
        f" {tell_count(matching, before)} in {ground.observed(before)} ({tell_stretch(before)})"
    )
