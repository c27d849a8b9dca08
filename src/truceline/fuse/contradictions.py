"""Tellings of one incident that cannot all be right, side by side; nothing is decided here.

`contradictions.toml` holds what an expert would edit. A text is never held against itself, but for sums.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from truceline.fuse.cards import Card
from truceline.fuse.compare import SAME_POINT_KM, Frame, score_actors
from truceline.fuse.disputed import disputed
from truceline.fuse.figures import Figure, are_apart, find_figures, is_same_voice, may_differ
from truceline.fuse.moments import are_days_apart, are_hours_apart, days_of, name_hour
from truceline.fuse.naming import name_kind
from truceline.fuse.opposed import set_apart
from truceline.fuse.outcomes import find_ends
from truceline.fuse.policy import kinds, limits
from truceline.fuse.registry import Registry
from truceline.fuse.sums import parse_sum
from truceline.kit.geo import haversine_km
from truceline.kit.near import fold_loosely
from truceline.model.incident import Contradiction, Stance, Variant
from truceline.model.quantity import Range

Finder = Callable[[Sequence[Card], Frame], Iterable[Contradiction]]


def find_contradictions(cards: Sequence[Card], frame: Frame) -> tuple[Contradiction, ...]:
    """Denial first, then agents, recipients, days, hours, places, means, tolls, outcomes and sums."""
    asserting = [each for each in cards if each.stance is not Stance.DENIES]
    # What is only held possible contradicts nobody.
    firm = [each for each in asserting if each.stance is Stance.ASSERTS]
    found = list(find_denials(cards, frame)) if len(asserting) < len(cards) else []
    for finder in FINDERS if len(firm) > 1 else ():  # nobody disputes with himself
        found += finder(firm, frame)
    return (*found, *find_sums(asserting), *find_counts(asserting))


def variant(value: str, cards: Iterable[Card]) -> Variant:
    return Variant(value=value, claims=tuple(sorted({each.telling.claim for each in cards})))


# --- denials ----------------------------------------------------------------------------------------------------


def find_denials(cards: Sequence[Card], frame: Frame) -> Iterable[Contradiction]:
    """Somebody says it did not happen, or not by him; who only says that he did not do it denies those who name him."""
    asserting = [each for each in cards if each.stance is not Stance.DENIES]
    denied = [
        (denial, told)
        for denial in cards
        if denial.stance is Stance.DENIES and (told := [each for each in asserting if is_denied(denial, each, frame)])
    ]
    if denied:
        yield Contradiction(
            what="denial",
            variants=(
                variant("told", (each for _, told in denied for each in told)),
                variant("denied", (denial for denial, _ in denied)),
            ),
            note="A denial does not undo the tellings; it is kept beside them.",
        )


def is_denied(denial: Card, told: Card, frame: Frame) -> bool:
    """A denial by name concerns whoever names the same, or a body it belongs to."""
    if is_same_voice(denial, told):
        return False
    return not denial.agents or score_actors(denial.agents, told.agents, frame.registry) in {"same", "alike", "part"}


# --- who --------------------------------------------------------------------------------------------------------


def find_agents(cards: Sequence[Card], frame: Frame) -> Iterable[Contradiction]:
    """Different actors are named as acting, neither part of the other."""
    named = [each for each in cards if each.agents and not each.mutual]
    sides = set_apart(named, lambda one, two: are_agents_apart(one, two, frame), lambda each: each.agents)
    if sides:
        values = sorted(((", ".join(name_agents(side, frame)), side) for side in sides), key=lambda each: each[0])
        variants = tuple(variant(*each) for each in values)
        yield Contradiction(what="agent", variants=variants, note=TOGETHER if are_allied(sides, frame) else "")


TOGETHER = "Of one side: they may have acted together."


def are_agents_apart(one: Card, two: Card, frame: Frame) -> bool:
    """A name for many ('the rebels') fits each of them."""
    registry = frame.registry
    if is_same_voice(one, two) or score_actors(one.agents, two.agents, registry) != "differ":
        return False
    if any(is_named(other.agents, card, registry) for card, other in ((one, two), (two, one))):
        return False
    loose = any(registry.vague(each) for each in one.agents | two.agents)
    return not (loose and any(registry.allied(ours, theirs) for ours in one.agents for theirs in two.agents))


def is_named(actors: Iterable[str], card: Card, registry: Registry) -> bool:
    """The telling's own sentence names one of them too: 'Syrian or Russian jets', 'A, B and others attacked'."""
    padded = f" {fold_loosely(card.telling.quote)} "
    return any(f" {fold_loosely(name)} " in padded for actor in actors for name in registry.names(actor))


def are_allied(groups: Sequence[Sequence[Card]], frame: Frame) -> bool:
    """All that is named is of one side, or of one coalition."""
    named = sorted({actor for group in groups for card in group for actor in card.agents})
    return all(frame.registry.allied(named[0], other) or named[0] == other for other in named)


def name_agents(group: Sequence[Card], frame: Frame) -> list[str]:
    return sorted({frame.registry.name(actor) for card in group for actor in card.agents})


def find_recipients(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """One says that something protected was hit, another that it was a military target."""
    told = {id(each): target_of(each) for each in cards}
    aimed = [each for each in cards if told[id(each)]]

    def apart(one: Card, two: Card) -> bool:
        return not is_same_voice(one, two) and told[id(one)] != told[id(two)]

    sides = set_apart(aimed, apart, lambda each: told[id(each)])
    if sides:
        variants = tuple(variant(name_targets(side), side) for side in sides)
        yield Contradiction(
            what="recipient", variants=variants, note="What was hit decides whether it might be attacked."
        )


def target_of(card: Card) -> str:
    """'protected', 'military', or nothing where the words fit neither, or both."""
    protected = bool(card.recipient_words & disputed().protected)
    military = bool(card.recipient_words & disputed().military)
    return "" if protected == military else "protected" if protected else "military"


def name_targets(cards: Sequence[Card]) -> str:
    return "; ".join(sorted({each.words for card in cards for each in card.telling.recipients}))


# --- when and where ---------------------------------------------------------------------------------------------


def find_days(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Stated days that are not the same."""
    dated = [each for each in cards if days_of(each)]
    sides = set_apart(dated, lambda one, two: are_days_apart(one, two) and not is_same_voice(one, two), days_of)
    if sides:
        yield Contradiction(
            what="day",
            variants=tuple(variant(min(days_of(side[0])).isoformat(), side) for side in sides),
        )


def find_hours(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Stated hours further apart than clocks and witnesses differ."""
    hourly = [each for each in cards if each.hourly]
    sides = set_apart(
        hourly,
        lambda one, two: not is_same_voice(one, two) and are_hours_apart(one, two),
        lambda each: (each.start, each.end),
    )
    if sides:
        yield Contradiction(
            what="hour",
            variants=tuple(variant(name_hour(side[0]), side) for side in sides),
            note="May be a difference of time zones.",
        )


def find_places(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Precise places neither of which lies in the other."""
    exact = [each for each in cards if each.where is not None and each.where.exact]
    sides = set_apart(
        exact,
        lambda one, two: not is_same_voice(one, two) and are_places_apart(one, two),
        lambda each: each.where and each.where.name,
    )
    if sides:
        yield Contradiction(what="place", variants=tuple(variant(name_places(side), side) for side in sides))


def are_places_apart(one: Card, two: Card) -> bool:
    here, there = one.where, two.where
    assert here is not None
    assert there is not None
    if (here.id is not None and here.id == there.id) or here.name == there.name:
        return False
    if any(
        f" {place} " in f" {fold_loosely(card.telling.quote)} " for card, place in ((one, there.name), (two, here.name))
    ):
        return False  # 'in Talbiseh and Teir Maalah', 'the Damascus suburb of Deir al-Asafir'
    distance = haversine_km(here.lat, here.lon, there.lat, there.lon)
    wider, finer = max(here.radius_km, there.radius_km), min(here.radius_km, there.radius_km)
    # Two villages side by side; a quarter is much smaller than its city.
    villages = one.settled and two.settled and wider <= limits()["small_km"] and wider < 2 * finer
    return distance > (SAME_POINT_KM if villages else wider)


def name_places(group: Sequence[Card]) -> str:
    named = [each.place.name for each in group if each.place is not None and each.place.name is not None]
    return sorted(named)[0] if named else "unnamed"


# --- how and how many -------------------------------------------------------------------------------------------


def find_means(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Different means are named for one act."""
    told = [each for each in cards if " " in each.kind]
    sides = set_apart(
        told,
        lambda one, two: is_other_means(one.kind, two.kind) and not is_same_voice(one, two),
        lambda each: each.kind,
    )
    if sides:
        named = sorted(((name_kind(side[0].event), side) for side in sides), key=lambda each: each[0])
        yield Contradiction(what="means", variants=tuple(variant(*each) for each in named))


def is_other_means(kind: str, other: str) -> bool:
    """Kinds that no single act has both; a taking and the fight for it are no such pair."""
    pair = frozenset((kind, other))
    return len(pair) > 1 and (pair in kinds().differing or pair not in kinds().kin)


def find_killed(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Tolls whose ranges do not meet."""
    yield from find_tolls(cards, "killed", "Tolls rise as reports come in: see the hours of publication.")


def find_injured(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Numbers of the hurt whose ranges do not meet."""
    yield from find_tolls(cards, "injured", "")


def find_tolls(cards: Sequence[Card], what: str, note: str) -> Iterable[Contradiction]:
    if not may_differ(cards, what):
        return
    figures = find_figures(cards, what)
    parts = dict.fromkeys(each.part for each in figures)
    for part in sorted(parts, key=lambda each: (each != "all", each)):
        sides = set_apart([each for each in figures if each.part == part], are_apart, lambda each: each.told)
        if sides:
            variants = tuple(variant(name_figures(side), (each.card for each in side)) for side in sides)
            yield Contradiction(what=what, variants=variants, note=note)
            return


def name_figures(side: Sequence[Figure]) -> str:
    """The figure that says most, with the part that it counts: '3 (child)'."""
    finest = min(side, key=lambda each: (each.told.high is None, (each.told.high or 0) - (each.told.low or 0)))
    named = name_range(finest.told)
    return named if finest.part == "all" else f"{named} ({finest.part})"


def name_range(told: Range | None) -> str:
    """'3', '10–12', 'at least 5', 'at most 4'."""
    if told is None or (told.low is None and told.high is None):
        return "unknown"
    if told.high is None:
        return f"at least {told.low}"
    if told.low is None:
        return f"at most {told.high}"
    return str(told.low) if told.low == told.high else f"{told.low}–{told.high}"


# --- how it ended -----------------------------------------------------------------------------------------------


def find_outcomes(cards: Sequence[Card], _frame: Frame) -> Iterable[Contradiction]:
    """Ends of one act that exclude each other: taken or repelled, delivered or turned back."""
    ends: defaultdict[str, list[tuple[str, Card]]] = defaultdict(list)
    for card in cards:
        for name, end in find_ends(card):
            ends[name].append((end, card))
    for name in sorted(ends):
        sides = set_apart(
            ends[name],
            lambda one, two: one[0] != two[0] and not is_same_voice(one[1], two[1]),
            lambda each: each[0],
        )
        if sides:
            variants = tuple(variant(side[0][0].replace("_", " "), (card for _, card in side)) for side in sides)
            yield Contradiction(what="status", variants=variants)


# --- sums -------------------------------------------------------------------------------------------------------


def find_sums(cards: Sequence[Card]) -> Iterable[Contradiction]:
    """A stated total whose parts, as the same sentence lists them, come to another figure; once for each total."""
    off: defaultdict[tuple[int, int], list[Card]] = defaultdict(list)
    for card in cards:
        found = parse_sum(card.telling.quote) if not card.row else None
        if found is not None and found.is_off:
            off[found.stated, found.added].append(card)
    for (stated, added), told in sorted(off.items()):
        yield Contradiction(
            what="sum",
            variants=(variant(f"{stated} stated", told), variant(f"{added} by adding its parts", told)),
            note="The total and its parts stand in one telling.",
        )


def find_counts(cards: Sequence[Card]) -> Iterable[Contradiction]:
    """Bulletins that count the same violations and come to different totals."""
    told: defaultdict[int, list[Card]] = defaultdict(list)
    for card in cards:
        found = parse_sum(card.telling.quote) if card.group == "tally" else None
        if found is not None:
            told[found.stated].append(card)
    if any(not is_same_voice(one, two) for (one, *_), (two, *_) in combinations(told.values(), 2)):
        yield Contradiction(what="count", variants=tuple(variant(str(total), told[total]) for total in sorted(told)))


FINDERS: tuple[Finder, ...] = (
    find_agents,
    find_recipients,
    find_days,
    find_hours,
    find_places,
    find_means,
    find_killed,
    find_injured,
    find_outcomes,
)
