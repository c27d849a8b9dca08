"""One mission: everything its folder says, typed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from truceline.errors import Problem
from truceline.model.actor import Actor
from truceline.model.agreement import Agreement
from truceline.model.grading import NOTHING_KNOWN, Grading
from truceline.model.place import Place
from truceline.model.release import ReleaseProfile
from truceline.model.review import ONE_IS_ENOUGH, ReviewPolicy
from truceline.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """A mission folder, checked.

    `since` is the first day watched and `until` the first day after; `timezone` an IANA name; `cutoff`
    the local hour at which a bulletin's day ends. Incidents are tellings within `window_hours` and
    `window_km` of each other. `bulletin_days` is the length of the period a bulletin covers;
    `four_eyes` whether another person than who wrote it last approves it, None where that follows from the team's size.
    `agreement` is None for a mission that only counts. `problems` are the mistakes of the files: the parts that an
    ERROR names are left out of this record. `grading` is what it knows that grades need, `review` how it wants
    people's decisions taken. `releases` are the release profiles that it changes or adds (`vocab/release.py`).
    """

    id: str
    name: str
    since: date
    until: date
    timezone: str
    cutoff: time
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    window_hours: float
    window_km: float
    bulletin_days: int
    folder: Path
    agreement: Agreement | None
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    summary: str = ""
    grading: Grading = NOTHING_KNOWN
    problems: tuple[Problem, ...] = ()
    review: ReviewPolicy = ONE_IS_ENOUGH
    releases: tuple[ReleaseProfile, ...] = ()
    four_eyes: bool | None = None

    @property
    def truce_began(self) -> datetime | None:
        """When the agreement entered into force by its earliest telling; None for a mission that only counts."""
        entries = () if self.agreement is None else self.agreement.entries
        return min((each.at for each in entries), default=None)
