"""One incident out of its tellings: what they span, in our words, with nothing decided that they leave open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from truceline.fuse.agreed import find_agreed
from truceline.fuse.cards import Card
from truceline.fuse.compare import Frame
from truceline.fuse.contradictions import find_contradictions
from truceline.fuse.grade import grade
from truceline.fuse.naming import write_title
from truceline.fuse.origins import find_provenance
from truceline.fuse.policy import kinds, name_means
from truceline.fuse.sum_notes import find_sum_notes
from truceline.fuse.vouching import find_vouchers
from truceline.model.claim import EventType
from truceline.model.incident import Incident, Stance, Version
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Range
from truceline.model.span import Span
from truceline.model.telling import Telling
from truceline.model.when import Basis, When

# From surest to vaguest, as the enumeration declares them.
SURENESS = {precision: rank for rank, precision in enumerate(Precision)}


def settle(
    cards: Sequence[Card],
    reasons: Mapping[str, str],
    frame: Frame,
    firsts: Mapping[str, Telling],
) -> Incident:
    """The incident of one group. `reasons` says for a claim id why it was put here."""
    ordered = sorted(cards, key=lambda each: each.telling.claim)
    telling = [each for each in ordered if each.stance is not Stance.DENIES]
    event = settle_event(telling)
    place = settle_place(telling)
    when = settle_time(telling)
    contradictions = find_contradictions(ordered, frame)
    provenance = find_provenance([each.telling for each in telling], frame.registry, firsts, frame.grading)
    vouchers = find_vouchers(telling, provenance.lineage, frame.registry)
    return Incident(
        id=name_incident(telling),
        event=event,
        title=write_title(event, place, when),
        start=when.start if when is not None else None,
        end=when.end if when is not None else None,
        place=place,
        agents=rank_actors(telling, "agents"),
        recipients=rank_actors(telling, "recipients"),
        agent_words=find_words(telling, "agents"),
        recipient_words=find_words(telling, "recipients"),
        killed=span_ranges([each.telling.harm.killed for each in telling if each.telling.harm is not None]),
        injured=span_ranges([each.telling.harm.injured for each in telling if each.telling.harm is not None]),
        versions=tuple(settle_version(each, reasons) for each in ordered),
        origins=provenance.origins,
        contradictions=contradictions,
        grade=grade(ordered, contradictions, frame, vouchers),
        reasons=tuple(sorted(set(reasons.values()))),
        origin_links=provenance.links,
        origin_circles=provenance.circles,
        origin_note=provenance.note,
        agreed=find_agreed(telling, frame, vouchers),
        sums=find_sum_notes(telling),
    )


def settle_version(card: Card, reasons: Mapping[str, str]) -> Version:
    telling = card.telling
    reason = reasons.get(telling.claim, "the only telling")
    return Version(claim=telling.claim, document=telling.document, stance=card.stance, reason=reason)


def name_incident(cards: Sequence[Card]) -> str:
    """The id: a hash of the claim that was published first. Later tellings leave it as it is."""
    first = min((each.telling for each in cards), key=rank_age)
    return f"inc-{sha256(first.claim.encode()).hexdigest()[:12]}"


def rank_age(telling: Telling) -> tuple[bool, float, str, Span, str]:
    """By publication, those without a date last, then by where it stands."""
    published = telling.published_at
    stamp = published.timestamp() if published is not None else 0.0
    return published is None, stamp, telling.document, telling.span, telling.claim


def settle_event(cards: Sequence[Card]) -> EventType:
    """The kind most tellings give: a taking before the fight for it, stated means before open ones."""
    votes = Counter(each.event for each in cards)
    leading = {each.event for each in cards if each.kind in kinds().leads}
    return min(
        votes, key=lambda event: (event not in leading, name_means(event) is None, -votes[event], write_key(event))
    )


def write_key(event: EventType) -> str:
    return f"{event.plover}|{event.mode}|{event.acled}|{event.cameo}"


def settle_place(cards: Sequence[Card]) -> Toponym | None:
    """The surest place told; among equally sure ones the one told most, then the smallest extent."""
    if any(each.group == "tally" for each in cards):
        return None  # its parts lie in several places
    told = [each.place for each in cards if each.place is not None and each.place.lat is not None]
    if not told:
        return None
    votes = Counter(each.id for each in told)

    def rank(place: Toponym) -> tuple[int, int, float, str, int]:
        sureness = SURENESS[place.precision] if place.precision is not None else len(SURENESS)
        return sureness, -votes[place.id], place.radius_km or 0.0, place.id or "", place.span.start

    return min(told, key=rank)


def settle_time(cards: Sequence[Card]) -> When | None:
    """The stretch all stated times share; where they share none, from the first to the last of them.

    Publication stands in only when nobody states a time. Vague periods yield to days, days to hours.
    """
    told = [each.happened for each in cards if each.happened is not None]
    placed = [each for each in told if each.start is not None and each.end is not None]
    stated = [each for each in placed if each.basis is not Basis.PUBLISHED] or placed
    if not stated:
        return None
    if stated[0].basis is Basis.PUBLISHED:
        return min(stated, key=lambda each: (each.start, each.end, each.value))
    finest = min(stated, key=lambda each: (length(each), each.start, each.value))
    peers = [each for each in stated if length(each) <= max(length(finest), timedelta(days=1))]
    latest_start = max(start for each in peers if (start := each.start) is not None)
    first_end = min(end for each in peers if (end := each.end) is not None)
    if latest_start < first_end:
        start, end = latest_start, first_end
    else:
        start = min(start for each in peers if (start := each.start) is not None)
        end = max(end for each in peers if (end := each.end) is not None)
    return When(span=finest.span, type=finest.type, value=finest.value, start=start, end=end, basis=finest.basis)


def length(when: When) -> timedelta:
    assert when.start is not None
    assert when.end is not None
    return when.end - when.start


def rank_actors(cards: Sequence[Card], role: str) -> tuple[str, ...]:
    """Actors by how many tellings name them, then by id."""
    votes = Counter(actor for card in cards for actor in sorted(getattr(card, role)))
    return tuple(sorted(votes, key=lambda actor: (-votes[actor], actor)))


def find_words(cards: Sequence[Card], role: str) -> tuple[str, ...]:
    """How the tellings word that role, each wording once."""
    return tuple(sorted({" ".join(each.words.split()) for card in cards for each in getattr(card.telling, role)}))


def span_ranges(told: Sequence[Range | None]) -> Range | None:
    """From the lowest to the highest told; open above where the highest figure told is itself open."""
    ranges = [each for each in told if each is not None and not (each.low is None and each.high is None)]
    if not ranges:
        return None
    lows = [each.low for each in ranges if each.low is not None]
    highs = [each.high for each in ranges if each.high is not None]
    open_lows = [each.low for each in ranges if each.high is None and each.low is not None]
    high = max(highs, default=None)
    if high is not None and open_lows and max(open_lows) > high:
        high = None
    low = min(lows, default=None)
    return Range(low=None if any(each.low is None for each in ranges) and not lows else low, high=high)
