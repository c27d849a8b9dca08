"""What the rules of the Admiralty grade are asked, and their answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Bearing(StrEnum):
    """Where an origin stands: of no party, on a side of the war, listed but attached to nobody, or not known at all."""

    NEUTRAL = "of no party"
    SIDE = "on a side"
    UNATTACHED = "unattached"
    UNKNOWN = "unknown"


class Support(StrEnum):
    """Who asserts an incident firmly, by independent origins."""

    NOBODY = "nobody"
    UNKNOWN = "one unknown"
    UNKNOWNS = "several unknown"
    PARTISAN = "one partisan"
    ONE = "one of no party"
    OWN_WORD = "own word"
    ONE_SIDE = "one side"
    SIDES = "different sides"
    TWO = "two"
    THREE = "three"
    ADMITTED = "admitted"


class Dispute(StrEnum):
    """What speaks against it, the gravest found: a denial by one of no party or by a party, other doers, nothing."""

    NONE = "none"
    DOERS = "different doers"
    PARTY = "denied by a party"
    NEUTRAL = "denied by one of no party"


class Plausibility(StrEnum):
    """IMPLAUSIBLE only where the register's own data show that it cannot be so; what is doubtful is plausible."""

    PLAUSIBLE = "plausible"
    IMPLAUSIBLE = "implausible"


class History(StrEnum):
    """What the best source's letter says of its earlier claims; NONE where it gives no basis."""

    GOOD = "good"
    POOR = "poor"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """One origin that asserts an incident firmly itself, with its claims; `id` is an origin's, `side` "" for none."""

    id: str
    name: str
    bearing: Bearing
    side: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeBasis:
    """What a grade rests on.

    `source` is the id of the source whose letter it is and `given` that letter as the mission gives it. `vouchers`
    assert it, `denied_by` names who denies it; `implausible` holds a sentence for every check that failed.
    """

    support: Support
    dispute: Dispute
    plausibility: Plausibility
    given: str
    source: str | None = None
    vouchers: tuple[Voucher, ...] = ()
    denied_by: tuple[str, ...] = ()
    implausible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """What a mission knows that grades need; nothing known: nothing is held against anybody.

    `war_began` is the first day of the war; `camps` are sides that fight together, none of which confirms another;
    `no_aircraft` are sides that fly no aircraft with a crew. `source` says where that is from.
    """

    war_began: date | None = None
    camps: tuple[tuple[str, ...], ...] = ()
    no_aircraft: tuple[str, ...] = ()
    source: str = ""


NOTHING_KNOWN = Grading()
