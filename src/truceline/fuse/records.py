"""Track records: which claims of a source others confirmed or contradicted, learned from the register as it stands.

A record is made when all incidents are known, from who tells and who denies and never from a grade, so that nobody is
believed for having been believed; the incident that is graded is left out of it. Intervals are Jeffreys' (L. Brown,
T. Cai and A. DasGupta, Interval Estimation for a Binomial Proportion, 2001), which hold for few cases too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scipy.special import betaincinv  # scipy.stats would say it more plainly and takes seconds to load

from truceline.fuse.grade import write_grade
from truceline.fuse.grading import RecordPolicy, record_policy
from truceline.fuse.registry import Registry, arrange
from truceline.fuse.roots import name_origin
from truceline.fuse.sides import OWN, camps_of, find_interest, is_at_fighters
from truceline.model.actor import Actor
from truceline.model.grading import NOTHING_KNOWN, Bearing, Dispute, Grading, Voucher
from truceline.model.incident import Contradiction, Incident
from truceline.model.record import SourceLetter, TrackRecord
from truceline.model.source import Source

ALL = ""
Key = tuple[str, str, str]  # family, kind, whom it serves


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what one family told of one incident; neither confirmed nor contradicted: open."""

    family: str
    kind: str
    served: str
    confirmed: bool
    contradicted: bool


@dataclass(slots=True)
class Count:
    incidents: int = 0
    confirmed: int = 0
    contradicted: int = 0

    def without(self, outcome: Outcome | None) -> "Count":
        """The count as it is without one incident."""
        if outcome is None:
            return self
        return Count(self.incidents - 1, self.confirmed - outcome.confirmed, self.contradicted - outcome.contradicted)

    @property
    def decided(self) -> int:
        return self.confirmed + self.contradicted


@dataclass(frozen=True, slots=True)
class Tally:
    """Every outcome of the register, counted, and those of each incident."""

    whole: Count
    counts: Mapping[Key, Count]
    outcomes: Mapping[str, Mapping[str, Outcome]]


def find_track_records(
    incidents: Iterable[Incident],
    *,
    sources: Sequence[Source],
    actors: Sequence[Actor] = (),
    grading: Grading = NOTHING_KNOWN,
) -> tuple[TrackRecord, ...]:
    """The records of every listed family that is an origin of some incident: all, by kind, and by interest."""
    registry = arrange(sources, actors)
    tally = take_tally(incidents, registry, grading)
    names = {each.family: each.name for each in sorted(sources, key=lambda one: one.id, reverse=True)}
    sided = {each.family for each in sources if is_sided(each, registry, grading)}
    return tuple(
        settle_record(family, names[family], kind, served, count, counting=served == (OWN if family in sided else ALL))
        for (family, kind, served), count in sorted(tally.counts.items())
    )


def find_source_letters(
    incidents: Iterable[Incident],
    *,
    sources: Sequence[Source],
    actors: Sequence[Actor] = (),
    grading: Grading = NOTHING_KNOWN,
) -> tuple[SourceLetter, ...]:
    """The letter of every source of the mission by the whole register, by id; grades leave their own incident out."""
    registry = arrange(sources, actors)
    tally = take_tally(incidents, registry, grading)
    found = []
    for source in sorted(sources, key=lambda each: each.id):
        sided, given = is_sided(source, registry, grading), source.reliability.value
        count = tally.counts.get((source.family, ALL, OWN if sided else ALL), Count())
        letter, why = move_letter(given, count, tally.whole, record_policy())
        words = word_record(given, letter, count, why, own_side=sided)
        found.append(SourceLetter(source=source.id, given=given, letter=letter, words=words))
    return tuple(found)


def grade_by_records(
    incidents: Sequence[Incident],
    *,
    sources: Sequence[Source],
    actors: Sequence[Actor] = (),
    grading: Grading = NOTHING_KNOWN,
) -> tuple[Incident, ...]:
    """The same incidents, their grades by what all of them together show of each source.

    Whatever record was counted in before is left aside: done again, or with the incidents in another order, it gives
    the same.
    """
    registry = arrange(sources, actors)
    tally = take_tally(incidents, registry, grading)
    return tuple(regrade(each, tally, registry, grading) for each in incidents)


def regrade(incident: Incident, tally: Tally, registry: Registry, grading: Grading) -> Incident:
    basis = incident.grade.basis
    source = registry.sources.get(basis.source or "") if basis is not None else None
    if basis is None or source is None:
        return incident
    served = OWN if is_sided(source, registry, grading) else ALL
    here = tally.outcomes[incident.id]
    own = here.get(source.family)
    left_out = own if own is not None and served in (ALL, own.served) else None
    count = tally.counts.get((source.family, ALL, served), Count()).without(left_out)
    elsewhere = tally.whole
    for each in here.values():
        elsewhere = elsewhere.without(each)
    letter, why = move_letter(basis.given, count, elsewhere, record_policy())
    because = f"{source.name} is graded {basis.given}: {source.reason}"
    record = word_record(basis.given, letter, count, why, own_side=served == OWN)
    grade = write_grade(basis, letter, because, record)
    return incident if grade == incident.grade else replace(incident, grade=grade)


def is_sided(source: Source, registry: Registry, grading: Grading) -> bool:
    return source.actor is not None and bool(camps_of((source.actor,), registry, grading))


# --- what became of it ------------------------------------------------------------------------------------------


def take_tally(incidents: Iterable[Incident], registry: Registry, grading: Grading) -> Tally:
    families = {name_origin(key): key.removeprefix("family:") for key in registry.family_keys}
    whole, counts = Count(), defaultdict[Key, Count](Count)
    outcomes = {}
    for incident in incidents:
        found = {each.family: each for each in find_outcomes(incident, families, registry, grading)}
        outcomes[incident.id] = found
        for each in found.values():
            keys = ((each.family, ALL, ALL), (each.family, each.kind, ALL), (each.family, ALL, each.served))
            for count in (whole, *(counts[key] for key in keys)):
                count.incidents += 1
                count.confirmed += each.confirmed
                count.contradicted += each.contradicted
    return Tally(whole, counts, outcomes)


def find_outcomes(
    incident: Incident, families: Mapping[str, str], registry: Registry, grading: Grading
) -> Iterator[Outcome]:
    """One for each listed family that asserts the incident firmly itself."""
    basis = incident.grade.basis
    if basis is None:
        return
    acting = camps_of(incident.agents, registry, grading)
    fighters = is_at_fighters(incident.recipients, incident.recipient_words, acting, registry, grading)
    for voucher in basis.vouchers:
        family = families.get(voucher.id)
        if family is None:
            continue
        others = [each for each in basis.vouchers if is_independent(voucher, each)]
        outvoted = is_outvoted(voucher, others, incident.contradictions)
        confirmed = bool(others) and not outvoted
        yield Outcome(
            family=family,
            kind=str(incident.event.plover),
            served=find_interest(voucher.side, incident.event, acting, at_fighters=fighters),
            confirmed=confirmed,
            contradicted=outvoted or (basis.dispute is Dispute.NEUTRAL and not confirmed),
        )


def is_independent(voucher: Voucher, other: Voucher) -> bool:
    """Another origin, known, of no party or of another camp. A side's own amplifiers confirm nothing."""
    if other.id == voucher.id:
        return False
    if other.bearing is Bearing.NEUTRAL:
        return True
    return other.bearing is Bearing.SIDE and other.side != voucher.side


def is_outvoted(voucher: Voucher, others: Sequence[Voucher], contradictions: Iterable[Contradiction]) -> bool:
    """It tells a value that nobody independent of it tells, and an origin of no party tells another."""
    differing = (each for each in contradictions if each.what in record_policy().differing)
    return any(stands_alone(voucher, others, each) for each in differing)


def stands_alone(voucher: Voucher, others: Sequence[Voucher], contradiction: Contradiction) -> bool:
    claims = set(voucher.claims)
    ours = {claim for each in contradiction.variants if claims & set(each.claims) for claim in each.claims}
    theirs = {claim for each in contradiction.variants for claim in each.claims} - ours
    if not ours or any(set(each.claims) & ours for each in others):
        return False
    return any(each.bearing is Bearing.NEUTRAL and set(each.claims) & theirs for each in others)


# --- what it does to the letter ---------------------------------------------------------------------------------


def move_letter(given: str, count: Count, register: Count, policy: RecordPolicy) -> tuple[str, str]:
    """The letter, and why it is not moved where its record alone would move it. One step at the most; F stays.

    `register` counts the cases of all sources.
    """
    letters = list(policy.shares)
    if given not in letters or not count.decided:
        return given, ""
    low, high = jeffreys(count.confirmed, count.decided)
    assert low is not None
    assert high is not None
    at = letters.index(given)
    if count.decided < policy.least_decided:
        return given, f"fewer than {policy.least_decided} decided"
    if high < policy.shares[given]:
        return letters[min(at + 1, len(letters) - 1)], ""
    if at == 0 or low < policy.shares[letters[at - 1]]:
        return given, ""
    if count.decided < policy.least_share_decided * count.incidents:
        return given, "too few of them decided to raise it"
    if register.contradicted < policy.least_share_contradicted * register.decided:
        return given, "too little is ever contradicted in this register to raise it"
    return letters[at - 1], ""


def word_record(given: str, letter: str, count: Count, why: str, *, own_side: bool) -> str:
    """'Given B, record 14 of 16 confirmed [0.66–0.97], 5 open: stays B.'"""
    if not count.incidents:
        return f"Given {given}, too little of it in the register to judge by: stays {given}."
    which = " on claims that serve its own side" if own_side else ""
    still_open = count.incidents - count.decided
    if not count.decided:
        return f"Given {given}, record{which}: none of {still_open} decided by others: stays {given}."
    low, high = jeffreys(count.confirmed, count.decided)
    told = f"{count.confirmed} of {count.decided} confirmed [{low:.2f}–{high:.2f}], {still_open} open"
    moved = f"stays {given}" if letter == given else f"becomes {letter}"
    return f"Given {given}, record{which} {told}{f', {why}' if why else ''}: {moved}."


def settle_record(family: str, name: str, kind: str, served: str, count: Count, *, counting: bool) -> TrackRecord:
    low, high = jeffreys(count.confirmed, count.decided)
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
        counting=counting and kind == ALL,
    )


@lru_cache(maxsize=65536)
def jeffreys(right: int, of: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a share; None where there is nothing to share."""
    if not of:
        return None, None
    low = 0.0 if right == 0 else float(betaincinv(right + 0.5, of - right + 0.5, 0.025))
    high = 1.0 if right == of else float(betaincinv(right + 0.5, of - right + 0.5, 0.975))
    return low, high
