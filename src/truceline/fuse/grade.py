"""Admiralty grades by explicit rules: how reliable the best source, how credible the incident.

The rules stand in `grades.toml`. What a source's own record does to its letter is added when all incidents are known
(`fuse/records.py`), by way of `write_grade` here: the one place where a grade is decided.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from truceline.fuse.cards import Card
from truceline.fuse.compare import Frame
from truceline.fuse.contradictions import TOGETHER
from truceline.fuse.grading import rules_by_answers
from truceline.fuse.plausibility import find_implausible
from truceline.fuse.registry import Registry
from truceline.fuse.roots import Root, name_origin
from truceline.fuse.sides import AGAINST, OWN, camps_of, find_bearing, find_interest, interests, is_at_fighters
from truceline.fuse.vouching import Vouchers, find_deniers, find_standing
from truceline.model.grading import Bearing, Dispute, GradeBasis, Grading, History, Plausibility, Support, Voucher
from truceline.model.incident import Contradiction, Grade, Stance
from truceline.model.source import Reliability, Source
from truceline.model.telling import Telling

MANY = 3  # independent origins, as in grades.toml
NAMED = 4  # origins named in a reason


def grade(
    cards: Sequence[Card],
    contradictions: Sequence[Contradiction],
    frame: Frame,
    vouchers: Vouchers,
) -> Grade:
    """The two scales, each with its reason, by what the mission and the tellings give; no record is known yet."""
    registry = frame.registry
    source = find_best_source(cards, registry)
    firm = [each for each in cards if each.stance is Stance.ASSERTS]
    against = find_deniers((each.telling for each in cards if each.stance is Stance.DENIES), registry)
    # Who also denies it does not confirm it, whatever he grants on the way.
    denying = {name_origin(each.key) for each in against}
    asserting = tuple(each for each in find_asserting(firm, vouchers, frame) if each.id not in denying)
    implausible = find_implausible(firm, frame)
    basis = GradeBasis(
        support=find_support(asserting, firm, frame),
        dispute=find_dispute(against, contradictions, frame),
        plausibility=Plausibility.IMPLAUSIBLE if implausible else Plausibility.PLAUSIBLE,
        given=source.reliability.value if source is not None else Reliability.F.value,
        source=source.id if source is not None else None,
        vouchers=asserting,
        denied_by=tuple(sorted({each.name for each in against})),
        implausible=implausible,
    )
    if source is None:
        return write_grade(basis, basis.given, "No source of these tellings is listed: there is no basis to judge.")
    return write_grade(basis, basis.given, f"{source.name} is graded {basis.given}: {source.reason}")


def write_grade(basis: GradeBasis, letter: str, because: str, record: str = "") -> Grade:
    """The grade that follows from the basis and the letter, by the one rule that fits."""
    rule = rules_by_answers()[basis.support, basis.dispute, basis.plausibility, find_history(letter)]
    best = "no listed source" if basis.source is None else f"best source graded {letter}"
    credible = " ".join((write_reason(rule.reason, basis), *basis.implausible))
    return Grade(
        reliability=letter,
        credibility=rule.credibility,
        reason=f"{credible.removesuffix('.')} ({best}).",
        reliability_reason=f"{because} {record}".strip(),
        credibility_reason=credible,
        record=record,
        basis=basis,
    )


def write_reason(reason: str, basis: GradeBasis) -> str:
    """The rule's reason with those who tell and those who deny by name."""
    unknown = sorted({each.name for each in basis.vouchers if each.bearing is Bearing.UNKNOWN})
    known = sorted({each.name for each in basis.vouchers} - set(unknown))
    told = name_some(known or unknown)
    beside = f", and {name_some(unknown)}, of whom nothing is known" if known and unknown else ""
    denied = f"; denied by {name_some(basis.denied_by)}" if basis.denied_by else ""
    return f"{reason.removesuffix('.')}: {told}{beside}{denied}." if told else reason


def name_some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def find_history(letter: str) -> History:
    if letter == Reliability.F:
        return History.NONE
    return History.GOOD if letter in {Reliability.A, Reliability.B, Reliability.C} else History.POOR


def find_asserting(firm: Sequence[Card], vouchers: Vouchers, frame: Frame) -> tuple[Voucher, ...]:
    """Every origin that asserts it firmly itself, by its id."""
    told: defaultdict[str, list[tuple[Root, Card]]] = defaultdict(list)
    for card in firm:
        for root in vouchers[card.telling.claim]:
            told[root.key].append((root, card))
    found = []
    for key, pairs in told.items():
        name = min(root.name for root, _ in pairs)
        bearing, side = min(find_standing(root, card.telling, frame.registry, frame.grading) for root, card in pairs)
        claims = tuple(sorted({card.telling.claim for _, card in pairs}))
        found.append(Voucher(id=name_origin(key), name=name, bearing=bearing, side=side, claims=claims))
    return tuple(sorted(found, key=lambda each: each.id))


# --- who asserts it ---------------------------------------------------------------------------------------------


def find_support(asserting: Sequence[Voucher], firm: Sequence[Card], frame: Frame) -> Support:
    """How broad the firm tellings stand, origins of one camp counted once."""
    known = [each for each in asserting if each.bearing is not Bearing.UNKNOWN]
    if not known:
        return Support.NOBODY if not asserting else Support.UNKNOWN if len(asserting) == 1 else Support.UNKNOWNS
    neutral = sum(each.bearing is Bearing.NEUTRAL for each in known)
    sides = {each.side for each in known if each.bearing is Bearing.SIDE}
    admitting = find_admitting(known, firm, frame)
    if admitting and (neutral or sides - admitting):
        return Support.ADMITTED
    if not neutral:
        if len(sides) > 1:
            return Support.SIDES
        if admitting and len(known) == 1:
            return Support.OWN_WORD
        return Support.PARTISAN if len(known) == 1 else Support.ONE_SIDE
    apart = neutral + len(sides)
    return Support.THREE if apart >= MANY else Support.TWO if apart > 1 else Support.ONE


def find_admitting(known: Sequence[Voucher], firm: Sequence[Card], frame: Frame) -> set[str]:
    """Sides that tell of their own doing themselves, without serving themselves by it."""
    by_claim = {each.telling.claim: each for each in firm}
    sided = [each for each in known if each.bearing is Bearing.SIDE]
    return {each.side for each in sided if each.side in find_own_word([by_claim[one] for one in each.claims], frame)}


def find_own_word(firm: Sequence[Card], frame: Frame) -> frozenset[str]:
    """Sides that tell of their own doing what does not serve them, or of an act that they had a share in."""
    told = [pair for each in firm for pair in find_own_sides(each, frame.registry, frame.grading)]
    boasting = {side for side, interest in told if interest == OWN}
    return frozenset(side for side, interest in told if interest == AGAINST and side not in boasting)


def find_own_sides(card: Card, registry: Registry, grading: Grading) -> Iterable[tuple[str, str]]:
    """The sides that acted by one telling, and whether that speaks for them or against."""
    acting = camps_of(card.agents, registry, grading)
    if interests().get(card.event.plover or "") == "shared":
        return [(side, AGAINST) for side in acting | camps_of(card.recipients, registry, grading)]
    words = [each.words for each in card.telling.recipients]
    fighters = bool(card.losses) or is_at_fighters(card.recipients, words, acting, registry, grading)
    return [(side, find_interest(side, card.event, acting, at_fighters=fighters)) for side in acting]


# --- what speaks against it -------------------------------------------------------------------------------------


def find_dispute(against: Sequence[Root], contradictions: Sequence[Contradiction], frame: Frame) -> Dispute:
    """The gravest of what speaks against it."""
    if any(find_bearing(each, frame.registry, frame.grading)[0] is Bearing.NEUTRAL for each in against):
        return Dispute.NEUTRAL
    if against:
        return Dispute.PARTY
    contested = any(each.what == "agent" and each.note != TOGETHER for each in contradictions)
    return Dispute.DOERS if contested else Dispute.NONE


# --- the letter -------------------------------------------------------------------------------------------------


def find_best_source(cards: Sequence[Card], registry: Registry) -> Source | None:
    """The listed source with the best letter among those that tell it; F only where no other is known."""
    told = (find_graded(each.telling, registry) for each in cards if each.stance is not Stance.DENIES)
    return min((each for each in told if each is not None), key=lambda each: (each.reliability, each.id), default=None)


def find_graded(telling: Telling, registry: Registry) -> Source | None:
    """The deepest listed source: a good paper quoting a poor one is as good as the poor one."""
    for speaker in reversed(telling.chain):
        source = registry.source_within(speaker.words) if speaker.words else None
        if source is None and speaker.actor is not None:
            source = registry.by_actor.get(speaker.actor)
        if source is not None:
            return source
    return registry.sources.get(telling.source) if telling.source is not None else None
