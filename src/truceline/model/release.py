"""What may be shown to whom: profiles of release, and what one of them withholds from a register at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from truceline.model.claim import EventType


class SensitivePlaces(StrEnum):
    """How places where people shelter or are treated are shown."""

    EXACT = "exact"
    ROUNDED = "rounded"


class Reason(StrEnum):
    """Why an incident is withheld; the first that holds is the one that is told."""

    SOURCE = "rests on a confidential source, or names one"
    ACT = "tells an act that is not released"
    DELAY = "is too recent to be released"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRule:
    """Acts that are withheld until `delay_hours` after they ended, None: for good.

    `names` are PLOVER categories ("AID"), a category with a mode ("ASSAULT sexual"), ACLED sub-events or CAMEO codes.
    """

    what: str
    names: tuple[str, ...]
    source: str
    delay_hours: float | None = None

    def means(self, event: EventType) -> bool:
        """Whether an event is such an act."""
        own = (event.plover, f"{event.plover} {event.mode}", event.acled, event.cameo)
        return bool({each.casefold() for each in own if each} & {each.casefold() for each in self.names})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseProfile:
    """What readers of one kind are shown; `says` tells them so in a sentence or two.

    Incidents are withheld until `delay_hours` after they ended. `confidential`: documents of confidential sources are
    shown. `texts`: whole texts are shown; otherwise only the passages that claims quote. `grid_degrees` and
    `radius_km` override how coarsely sensitive places are rounded, None: as `publish/redact.toml` has it.
    """

    id: str
    name: str
    says: str
    sensitive_places: SensitivePlaces
    confidential: bool
    texts: bool
    delay_hours: float = 0.0
    acts: tuple[ActRule, ...] = ()
    grid_degrees: float | None = None
    radius_km: float | None = None

    @property
    def longest_delay(self) -> timedelta:
        hours = (self.delay_hours, *(each.delay_hours or 0.0 for each in self.acts))
        return timedelta(hours=max(hours))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a rule on acts asks of an incident. `published` are the instants at which it was told, None: not known."""

    id: str
    event: EventType
    start: datetime | None
    end: datetime | None
    published: tuple[datetime | None, ...] = ()

    @property
    def moment(self) -> datetime | None:
        """When it was over: by its own time, else when it was last told; None where that is not known."""
        own = self.end or self.start
        if own is not None:
            return own
        told = [each for each in self.published if each is not None]
        return max(told) if told and len(told) == len(self.published) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What is not shown, by id.

    `quoted` are documents that are shown, though not their whole texts: a claim in them is withheld. `next_at` is the
    instant at which the first of it may be shown, None where nothing waits.
    """

    incidents: Mapping[str, Reason] = field(default_factory=dict)
    claims: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    quoted: frozenset[str] = frozenset()
    next_at: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.incidents or self.claims or self.documents)


NOTHING = Withheld()
