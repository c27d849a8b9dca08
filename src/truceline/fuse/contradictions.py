"""Tellings of one incident that cannot all be right, side by side; nothing is decided here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from truceline.fuse.cards import Card
from truceline.fuse.compare import Frame, score_actors
from truceline.fuse.naming import name_kind
from truceline.fuse.policy import kinds, limits
from truceline.fuse.sums import parse_sum
from truceline.kit.geo import haversine_km
from truceline.model.incident import Contradiction, Stance, Variant
from truceline.model.quantity import Range

Finder = Callable[[Sequence[Card], Frame], Iterable[Contradiction]]


def find_contradictions(cards: Sequence[Card], frame: Frame) -> tuple[Contradiction, ...]:
    """Denial first, then agents, hours, places, means, tolls and sums."""
    asserting = [each for each in cards if each.stance is not Stance.DENIES]
    found = list(find_denials(cards))
    for finder in FINDERS:
        found += finder(asserting, frame)
    return tuple(found)


def find_denials(cards: Sequence[Card]) -> Iterable[Contradiction]:
    """Somebody says it did not happen, or not by him."""
    denying = [each for each in cards if each.stance is Stance.DENIES]
    if not denying:
        return
    asserting = [each for each in cards if each.stance is not Stance.DENIES]
    yield Contradiction(
        what="denial",
        variants=(variant("told", asserting), variant("denied", denying)),
        note="A denial does not undo the tellings; it is kept beside them.",
    )


def variant(value: str, cards: Iterable[Card]) -> Variant:
    return Variant(value=value, claims=tuple(sorted({each.telling.claim for each in cards})))


def find_agents(cards: Sequence[Card], frame: Frame) -> Iterable[Contradiction]:
    """Different actors are named as acting, neither part of the other."""
    groups = group_apart(
        [each for each in cards if each.agents],
        lambda one, two: score_actors(one.agents, two.agents, frame.registry) == "differ",
    )
    if len(groups) > 1:
        values = sorted(((", ".join(name_agents(group, frame)), group) for group in groups), key=lambda each: each[0])
        variants = tuple(variant(*each) for each in values)
        yield Contradiction(what="agent", variants=variants, note=TOGETHER if are_allied(groups, frame) else "")


TOGETHER = "Of one side: they may have acted together."


def are_allied(groups: Sequence[Sequence[Card]], frame: Frame) -> bool:
    """All that is named is of one side, or of one coalition."""
    named = sorted({actor for group in groups for card in group for actor in card.agents})
    return all(frame.registry.allied(named[0], other) or named[0] == other for other in named)


def name_agents(group: Sequence[Card], frame: Frame) -> list[str]:
    return sorted({frame.registry.name(actor) for card in group for actor in card.agents})


def find_hours(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Stated hours that do not overlap."""
    hourly = [each for each in cards if each.hourly]
    groups = group_apart(hourly, lambda one, two: bool(gap_hours(one, two) >= 0))
    if len(groups) > 1:
        yield Contradiction(
            what="hour",
            variants=tuple(variant(name_hour(group[0]), group) for group in groups),
            note="May be a difference of time zones.",
        )


def gap_hours(one: Card, two: Card) -> float:
    assert one.start is not None
    assert two.start is not None
    return max(one.start, two.start) - min(one.end, two.end)


def name_hour(card: Card) -> str:
    happened = card.telling.happened
    assert happened is not None
    return happened.value


def find_places(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Precise places too far apart to be one."""

    def apart(one: Card, two: Card) -> bool:
        here, there = one.where, two.where
        assert here is not None
        assert there is not None
        if here.id is not None and here.id == there.id:
            return False
        distance = haversine_km(here.lat, here.lon, there.lat, there.lon)
        return distance > max(here.radius_km, there.radius_km, limits()["small_km"])

    exact = [each for each in cards if each.where is not None and each.where.exact]
    groups = group_apart(exact, apart)
    if len(groups) > 1:
        yield Contradiction(what="place", variants=tuple(variant(name_place(group), group) for group in groups))


def name_place(group: Sequence[Card]) -> str:
    named = [each.telling.place.name for each in group if each.telling.place is not None]
    return sorted(name for name in named if name is not None)[0] if any(named) else "unnamed"


def find_means(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Different means are named for one act."""
    told: defaultdict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if " " in card.kind:
            told[card.kind].append(card)
    differing = [kind for kind in sorted(told) if any(is_other_means(kind, other) for other in told)]
    if differing:
        variants = (variant(name_kind(told[kind][0].event), told[kind]) for kind in differing)
        yield Contradiction(what="means", variants=tuple(variants))


def is_other_means(kind: str, other: str) -> bool:
    """Kinds that no single act has both; a taking and the fight for it are no such pair."""
    pair = frozenset((kind, other))
    return len(pair) > 1 and (pair in kinds().differing or pair not in kinds().kin)


def find_killed(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Tolls whose ranges do not meet."""
    told = [each for each in cards if each.killed is not None]
    groups = group_apart(told, lambda one, two: is_toll_apart(one.killed, two.killed))
    if len(groups) > 1:
        yield Contradiction(
            what="killed",
            variants=tuple(variant(name_range(group[0].killed), group) for group in groups),
            note="Tolls rise as reports come in: see the hours of publication.",
        )


def is_toll_apart(one: Range | None, two: Range | None) -> bool:
    assert one is not None
    assert two is not None
    over = two.high is not None and (one.low or 0) > two.high
    under = one.high is not None and (two.low or 0) > one.high
    return over or under


def name_range(told: Range | None) -> str:
    """'3', '10–12', 'at least 5', 'at most 4'."""
    if told is None or (told.low is None and told.high is None):
        return "unknown"
    if told.high is None:
        return f"at least {told.low}"
    if told.low is None:
        return f"at most {told.high}"
    return str(told.low) if told.low == told.high else f"{told.low}–{told.high}"


def group_apart(cards: Sequence[Card], apart: Callable[[Card, Card], bool]) -> list[list[Card]]:
    """Groups within which nothing is apart; cards come in their order, each to the first group it fits."""
    groups: list[list[Card]] = []
    for card in cards:
        for group in groups:
            if not any(apart(card, other) for other in group):
                group.append(card)
                break
        else:
            groups.append([card])
    return groups


def find_sums(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """A stated total whose parts, as the same sentence lists them, come to another figure."""
    for card in cards:
        found = parse_sum(card.telling.quote) if not card.row else None
        if found is not None and found.is_off:
            yield Contradiction(
                what="sum",
                variants=(
                    variant(f"{found.stated} stated", [card]),
                    variant(f"{found.added} by adding its parts", [card]),
                ),
                note="The total and its parts stand in one telling.",
            )


def find_counts(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Bulletins that count the same violations and come to different totals."""
    told: defaultdict[int, list[Card]] = defaultdict(list)
    for card in cards:
        found = parse_sum(card.telling.quote) if card.group == "tally" else None
        if found is not None:
            told[found.stated].append(card)
    if len(told) > 1:
        yield Contradiction(what="count", variants=tuple(variant(str(total), told[total]) for total in sorted(told)))


FINDERS: tuple[Finder, ...] = (find_agents, find_hours, find_places, find_means, find_killed, find_sums, find_counts)
