"""Stated rates ('airstrikes have tripled over the last days') held against the register."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from zoneinfo import ZoneInfo

from truceline.model.actor import Actor
from truceline.model.document import Document
from truceline.model.incident import Incident, Stance
from truceline.model.mission import Mission
from truceline.model.quantity import Quantity, Unit
from truceline.model.series import Answer, RateCheck, RateRatio
from truceline.model.telling import Telling
from truceline.vocab.rates import RateTable, load_rate_table
from truceline.watch.counting import Counted, count_ready, find_lineage
from truceline.watch.days import Exposure, Stretch, find_exposure
from truceline.watch.rates import compare

WORD_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
UNIT_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}
COUNTED_WINDOW = re.compile(
    rf"\b(?:last|past|previous)\s+(?P<number>\d+|{'|'.join(WORD_NUMBERS)})\s+(?P<unit>hour|day|week|month)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A stated ratio with the leeway its words allow, and the windows its words may mean, the shortest first."""

    low: float
    high: float
    windows: tuple[Stretch, ...]


def check_rates(
    tellings: Iterable[Telling], incidents: Sequence[Incident], mission: Mission, documents: Sequence[Document]
) -> tuple[RateCheck, ...]:
    """One check for every telling that states a rate. `incidents` and `documents` are what the register holds."""
    stating = find_stating(tellings)
    if not stating:
        return ()
    table = load_rate_table()
    counted = count_ready(mission, incidents, (), (), table)
    exposure = find_exposure(documents, (), mission.sources, ZoneInfo(mission.timezone))
    return tuple(check_rate(telling, counted, exposure, mission, table) for telling in stating)


def find_stating(tellings: Iterable[Telling]) -> list[Telling]:
    """The tellings that state a rate."""
    return [telling for telling in tellings if telling.stated_rate is not None]


def check_rate(
    telling: Telling, counted: Sequence[Counted], exposure: Exposure, mission: Mission, table: RateTable
) -> RateCheck:
    """The stated ratio against the measured one, in every window that the words may mean."""
    stated = read_stated(telling, mission, table)
    if isinstance(stated, str):
        return answer(telling, None, None, Answer.CANNOT_TELL, stated)
    matching = find_matching(telling, counted, mission)
    if isinstance(matching, str):
        return answer(telling, stated, None, Answer.CANNOT_TELL, matching)
    measured = [compare(name_rate(window), matching, exposure, window, table) for window in stated.windows]
    verdicts = [judge_window(ratio, stated, table) for ratio in measured]
    for wanted in (Answer.SUPPORTED, Answer.CANNOT_TELL, Answer.NOT_SUPPORTED):
        # The window that speaks best for the statement answers it: vague words are read in their favour.
        fitting = [index for index, (given, _) in enumerate(verdicts) if given is wanted]
        if fitting:
            best = max(fitting, key=lambda index: measured[index].now_count + measured[index].before_count)
            return answer(telling, stated, measured[best], wanted, verdicts[best][1])
    raise AssertionError("every window has an answer")


def answer(
    telling: Telling, stated: Stated | None, measured: RateRatio | None, given: Answer, because: str
) -> RateCheck:
    rate = telling.stated_rate
    assert rate is not None
    return RateCheck(
        claim=telling.claim,
        document=telling.document,
        words=telling.quote,
        stated_low=rate.low if stated is None or rate.unit is Unit.RATIO else stated.low,
        stated_high=rate.high if stated is None or rate.unit is Unit.RATIO else stated.high,
        measured=measured,
        answer=given,
        because=because,
    )


def read_stated(telling: Telling, mission: Mission, table: RateTable) -> Stated | str:
    """The stated ratio and its windows, or why they cannot be read."""
    assert telling.stated_rate is not None
    bounds = read_bounds(telling.stated_rate, telling.quote, table)
    if bounds is None:
        return "The words state no ratio that could be compared."
    if telling.published_at is None:
        return "The text is not dated, so its 'last days' are not known."
    today = telling.published_at.astimezone(ZoneInfo(mission.timezone)).date()
    low, high = bounds
    return Stated(low=low / table.leeway, high=high * table.leeway, windows=find_windows(telling.quote, today, table))


def read_bounds(rate: Quantity, words: str, table: RateTable) -> tuple[float, float] | None:
    """Low and high of the stated ratio; a percentage needs a word that says which way."""
    if rate.low is None and rate.high is None:
        return None
    low, high = rate.low, rate.high
    if rate.unit is Unit.RATIO:
        return (low if low is not None else 0.0, high if high is not None else inf)
    if rate.unit is not Unit.PERCENT or low is None or high is None:
        return None
    if table.down.search(words):
        return 1 - high / 100, 1 - low / 100
    return (1 + low / 100, 1 + high / 100) if table.up.search(words) else None


def find_windows(words: str, today: date, table: RateTable) -> tuple[Stretch, ...]:
    """Every stretch up to and with `today` that the words may mean, the shortest first."""
    shortest, longest = table.default_days
    exact = COUNTED_WINDOW.search(words)
    if exact is not None:
        shortest = longest = max(1, round(parse_number(exact["number"]) * UNIT_DAYS[exact["unit"].lower()]))
    else:
        for window in table.windows:
            if window.pattern.search(words):
                shortest, longest = window.shortest, window.longest
                break
    tomorrow = today + timedelta(days=1)
    return tuple(
        Stretch(since=tomorrow - timedelta(days=length), until=tomorrow) for length in range(shortest, longest + 1)
    )


def parse_number(words: str) -> int:
    return int(words) if words.isdigit() else WORD_NUMBERS.index(words.lower())


def find_matching(telling: Telling, counted: Sequence[Counted], mission: Mission) -> list[Counted] | str:
    """The incidents of the stated kind by the stated actors, or why they cannot be picked out."""
    event = telling.event
    if event.plover is None:
        return "The words do not say what kind of act they count."
    named = {role.actor for role in telling.agents if role.actor is not None}
    if telling.agents and not named:
        return f"The register does not know who “{telling.agents[0].words}” are."
    parts = find_parts(named, {actor.id: actor for actor in mission.actors})
    return [
        each
        for each in counted
        if each.incident.event.plover == event.plover
        and event.mode in (None, each.incident.event.mode)
        and (not named or parts & set(each.incident.agents))
        and is_told_by_others(each.incident, telling.claim)
    ]


def find_parts(named: set[str], actors: Mapping[str, Actor]) -> set[str]:
    """The named actors, all that belong to them, and all they belong to: 'Russia struck' is told of its air force."""
    parts = {actor for actor in actors if set(find_lineage(actor, actors)) & named}
    return parts | {wider for actor in named for wider in find_lineage(actor, actors)}


def is_told_by_others(incident: Incident, claim: str) -> bool:
    """The statement itself is no incident that could bear it out."""
    return any(version.claim != claim for version in incident.versions if version.stance is Stance.ASSERTS)


def judge_window(measured: RateRatio, stated: Stated, table: RateTable) -> tuple[Answer, str]:
    """Does one window bear the stated ratio out?"""
    now = f"{measured.now_count} in {measured.now_days} observed days"
    counts = f"{now} against {measured.before_count} in {measured.before_days}"
    if measured.now_count + measured.before_count < table.least_incidents:
        return Answer.CANNOT_TELL, f"Too few: {counts}; a rate cannot be told from chance."
    if measured.low is None or measured.ratio is None:
        return Answer.CANNOT_TELL, f"There is nothing to compare with: {counts}."
    low, high = measured.low, inf if measured.high is None else measured.high
    interval = f"ratio {measured.ratio:.1f} [{low:.1f} to {high:.1f}]"
    if high < stated.low or low > stated.high:
        return Answer.NOT_SUPPORTED, f"The register measures another change: {counts}, {interval}."
    if low <= 1 <= high:
        return Answer.CANNOT_TELL, f"The change cannot be told from none: {counts}, {interval}."
    return Answer.SUPPORTED, f"The register measures such a change: {counts}, {interval}."


def name_rate(window: Stretch) -> str:
    last = window.until - timedelta(days=1)
    return f"{window.since} to {last} against the {window.length} days before"
