"""One telling against the incidents there are: which of them it could belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from truceline.fuse.cards import HOUR, Card, lay_out
from truceline.fuse.compare import Frame, compare, explain
from truceline.fuse.denials import compare_denial, reach_back
from truceline.fuse.policy import limits, weights
from truceline.fuse.registry import arrange
from truceline.fuse.worthy import find_bar
from truceline.model.actor import Actor
from truceline.model.incident import Incident, Stance
from truceline.model.telling import Telling

# What a register can hold, in seconds since 1970: years of four digits.
EARLIEST, LATEST = datetime(1000, 1, 1, tzinfo=UTC).timestamp(), datetime(9999, 12, 31, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An incident one telling could belong to, how likely (log-odds), and why."""

    incident_id: str
    score: float
    reasons: tuple[str, ...]


def match(
    telling: Telling,
    incidents: Sequence[Incident],
    tellings: Mapping[str, Telling] | Iterable[Telling],
    *,
    window_hours: float,
    window_km: float,
    actors: Sequence[Actor] = (),
) -> list[Match]:
    """Incidents one telling could belong to, the likeliest first; none for what tells no event.

    `tellings` are the register's, by claim id or in any order. A denial is matched to what it denies.
    """
    if find_bar(telling) is not None:
        return []
    by_claim = tellings if isinstance(tellings, Mapping) else {each.claim: each for each in tellings}
    frame = Frame(window_hours=window_hours, window_km=window_km, registry=arrange((), actors))
    card = lay_out(telling)
    near = [each for each in incidents if is_within_reach(card, each, frame)]
    found = [match_one(card, incident, by_claim, frame) for incident in near]
    return sorted((each for each in found if each is not None), key=lambda each: (-each.score, each.incident_id))


def is_within_reach(card: Card, incident: Incident, frame: Frame) -> bool:
    """Near enough in time to be worth comparing: most incidents of a register are not."""
    if card.start is None or incident.start is None or incident.end is None:
        return True
    reach = reach_hours(frame.window_hours)
    return incident.start.timestamp() / HOUR - reach < card.end and card.start < incident.end.timestamp() / HOUR + reach


def reach_hours(window_hours: float) -> float:
    return float(window_hours + limits()["denial"] + limits()["late"])


def find_reach(telling: Telling, *, window_hours: float) -> tuple[datetime, datetime] | None:
    """The time in which an incident must lie, if it lies anywhere in time, for `match` to find it; None: in any."""
    card, reach = lay_out(telling), reach_hours(window_hours)
    if card.start is None:
        return None
    since, until = (
        datetime.fromtimestamp(min(max(each * HOUR, EARLIEST), LATEST), UTC)
        for each in (card.start - reach, card.end + reach)
    )
    return since, until


def match_one(card: Card, incident: Incident, by_claim: Mapping[str, Telling], frame: Frame) -> Match | None:
    """A match when the telling fits one version and is at odds with none."""
    denies = card.stance is Stance.DENIES
    told = [
        lay_out(by_claim[each.claim])
        for each in incident.versions
        if each.stance is not Stance.DENIES and each.claim in by_claim and each.claim != card.telling.claim
    ]
    reaching = reach_back(card) if denies else card
    compared = [compare_denial(reaching, each, frame) if denies else compare(card, each, frame) for each in told]
    if not compared:
        return None
    best = max(compared, key=lambda each: each.score)
    needed = weights()["decision", "denial" if denies else "join"].weight
    if best.score < needed or (not denies and any(each.conflicts for each in compared)):
        return None
    return Match(incident_id=incident.id, score=best.score, reasons=tuple(explain(best).split("; ")))
