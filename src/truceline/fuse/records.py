"""Track records: which claims of a source others confirmed or contradicted, learned from the register.

Nothing here looks at a grade, and no grade looks here: a record is the same however incidents are graded, and a source
is not believed for having been believed. Intervals are Jeffreys' (L. Brown, T. Cai and A. DasGupta, Interval Estimation
for a Binomial Proportion, 2001), which hold for few cases too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scipy.stats import beta

from truceline.fuse.registry import Registry, arrange
from truceline.fuse.roots import is_neutral, name_origin
from truceline.model.actor import Actor
from truceline.model.incident import Incident, Origin, Stance
from truceline.model.record import TrackRecord
from truceline.model.source import Source
from truceline.model.telling import Telling

OWN, AGAINST, NEITHER, ALL = "own", "against", "neither", ""


@dataclass(slots=True)
class Count:
    incidents: int = 0
    confirmed: int = 0
    contradicted: int = 0


def find_track_records(
    incidents: Iterable[Incident],
    tellings: Iterable[Telling],
    *,
    sources: Sequence[Source],
    actors: Sequence[Actor] = (),
) -> tuple[TrackRecord, ...]:
    """The records of every listed family that is an origin of some incident: all, by kind, and by interest."""
    registry = arrange(sources, actors)
    by_claim = {each.claim: each for each in tellings}
    families = find_families(registry)
    counts: defaultdict[tuple[str, str, str], Count] = defaultdict(Count)
    for incident in incidents:
        held = [(family, each) for each in incident.origins if (family := families.get(each.id)) is not None]
        contradicted = is_denied_by_neutral(incident, by_claim, registry)
        for family, origin in held:
            confirmed = any(is_independent(origin, other, registry) for other in incident.origins)
            served = find_interest(origin, incident, registry)
            for key in ((ALL, ALL), (str(incident.event.plover), ALL), (ALL, served)):
                count = counts[family.family, *key]
                count.incidents += 1
                count.confirmed += confirmed
                count.contradicted += contradicted and not confirmed
    names = {each.family: each.name for each in sorted(sources, key=lambda one: one.id, reverse=True)}
    return tuple(
        settle_record(family, names[family], kind, served, count)
        for (family, kind, served), count in sorted(counts.items())
    )


def find_families(registry: Registry) -> Mapping[str, Source]:
    """A source of each family by the id of its origin."""
    found: dict[str, Source] = {}
    for source in registry.sources.values():
        found.setdefault(name_origin(f"family:{registry.family(None, source)}"), source)
    return found


def is_independent(origin: Origin, other: Origin, registry: Registry) -> bool:
    """Another origin, of no party or of another side than the first."""
    if other.id == origin.id:
        return False
    if origin.actor is None or other.actor is None:
        return True
    return not registry.allied(origin.actor, other.actor)


def is_denied_by_neutral(incident: Incident, by_claim: Mapping[str, Telling], registry: Registry) -> bool:
    for version in incident.versions:
        telling = by_claim.get(version.claim)
        if version.stance is Stance.DENIES and telling is not None and telling.source is not None:
            source = registry.sources.get(telling.source)
            if source is not None and not telling.chain and is_neutral(source, registry):
                return True
    return False


def find_interest(origin: Origin, incident: Incident, registry: Registry) -> str:
    """Whether the claim serves the side of who makes it: it lays violence at another's door, or at its own."""
    side = registry.side(registry.party(origin.actor)) if origin.actor is not None else None
    acting = {registry.side(each) or registry.side(registry.party(each)) for each in incident.agents} - {None}
    if side is None or not acting:
        return NEITHER
    return AGAINST if side in acting else OWN


def settle_record(family: str, name: str, kind: str, served: str, count: Count) -> TrackRecord:
    low, high = jeffreys(count.confirmed, count.confirmed + count.contradicted)
    return TrackRecord(
        family=family,
        source=name,
        kind=kind,
        served=served,
        incidents=count.incidents,
        confirmed=count.confirmed,
        contradicted=count.contradicted,
        low=low,
        high=high,
    )


def jeffreys(right: int, of: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a share; None where there is nothing to share."""
    if not of:
        return None, None
    low = 0.0 if right == 0 else float(beta.ppf(0.025, right + 0.5, of - right + 0.5))
    high = 1.0 if right == of else float(beta.ppf(0.975, right + 0.5, of - right + 0.5))
    return low, high
