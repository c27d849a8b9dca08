"""Value by value what tellings of one incident agree on, by a named rule, and what they tell side by side.

`agreed.toml` holds the rules. Nothing is averaged: an agreed value is one that somebody tells.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from itertools import combinations

from truceline.fuse.cards import HOUR, Card
from truceline.fuse.compare import Frame
from truceline.fuse.contradictions import (
    are_agents_apart,
    are_places_apart,
    is_other_means,
    name_range,
    variant,
)
from truceline.fuse.figures import ALL, figures_of
from truceline.fuse.moments import are_days_apart, are_hours_apart
from truceline.fuse.policy import read_table
from truceline.fuse.registry import Registry
from truceline.fuse.vouching import Vouchers, find_standing
from truceline.model.grading import Bearing
from truceline.model.incident import AgreedValue, Stance
from truceline.model.place import Precision
from truceline.model.quantity import Range

UNKNOWN, ONE, SIDE, CLOSE, AGREE = "one unknown", "one", "one side", "close", "agree"
DIFFER, UNSETTLED, FLOOR, BOUNDED = "differ", "unsettled", "floor", "bounded"
TOTAL = "tally"
# From finest to vaguest, as the enumeration declares them.
FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
SHORT = 1.1  # hours: a stretch that is told as an hour, and no part of a day


@dataclass(frozen=True, slots=True)
class Said:
    """What one telling says of one value: in words, and as bounds where it is a number or an hour.

    `rank` orders values of one origin by how much they say; the lowest says most. `of` says whose loss it is, where
    only fighters, soldiers or police of one side are counted.
    """

    card: Card
    value: str
    low: float | None = None
    high: float | None = None
    rank: tuple[float, str] = (0.0, "")
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One kind of value: how it is found in a telling, when two cannot both be, how its bounds are written."""

    what: str
    find: Callable[[Card, Frame], Said | None]
    apart: Callable[[Said, Said, Frame], bool]
    write: Callable[[float], str] | None = None


def find_agreed(cards: Sequence[Card], frame: Frame, vouchers: Vouchers) -> tuple[AgreedValue, ...]:
    """Each value that somebody tells firmly, in the order of SORTS."""
    firm = [each for each in cards if each.stance is Stance.ASSERTS and each.group != TOTAL]
    found = []
    for sort in SORTS:
        said = [one for each in firm if (one := sort.find(each, frame)) is not None]
        sides = {each.of for each in said} - {""}
        groups = [[each for each in said if each.of == side] for side in ("", *sorted(sides))]
        # Losses of one side say nothing of the other's; one side's alone stand for all that are told.
        together = groups if len(sides) > 1 else [said]
        found += [settle_value(sort, group, frame, vouchers) for group in together if group]
    return tuple(found)


def settle_value(sort: Sort, said: Sequence[Said], frame: Frame, vouchers: Vouchers) -> AgreedValue:
    """The value by the first rule that fits."""
    standing, superseded = leave_superseded(said, vouchers)
    origins = gather_origins(standing, vouchers)
    rule, chosen = choose_rule(sort, origins, standing, frame, vouchers)
    low, best, high = write_bounds(sort, chosen, rule, Counter(each.value for each in standing))
    values: dict[str, list[Card]] = {}
    for each in said:
        values.setdefault(each.value, []).append(each.card)
    sides = {each.of for each in said}
    return AgreedValue(
        what=sort.what if len(sides) > 1 or "" in sides else f"{sort.what} {''.join(sides)}",
        rule=rule,
        words=rule_words()[rule],
        low=low,
        best=best,
        high=high,
        told=tuple(variant(value, told) for value, told in sorted(values.items())),
        origins_count=len(origins),
        superseded=tuple(sorted({each.card.telling.claim for each in superseded})),
    )


@cache
def rule_words() -> dict[str, str]:
    return {each["id"]: each["words"] for each in read_table("truceline.fuse", "agreed.toml")["rule"]}


@cache
def weapons() -> Mapping[str, str]:
    """How a weapon is called, by PLOVER mode."""
    table: Mapping[str, str] = read_table("truceline.fuse", "agreed.toml")["weapons"]
    return table


@cache
def bounds() -> Mapping[str, float]:
    table: Mapping[str, float] = read_table("truceline.fuse", "agreed.toml")["bounds"]
    return table


# --- who tells it -----------------------------------------------------------------------------------------------


def leave_superseded(said: Sequence[Said], vouchers: Vouchers) -> tuple[list[Said], list[Said]]:
    """Those that stand, and those that a later report of the very same origins replaced."""
    if len({each.value for each in said}) == 1 or len({each.card.telling.document for each in said}) == 1:
        return list(said), []
    gone = [each for each in said if any(is_replaced(each, other, vouchers) for other in said)]
    return [each for each in said if each not in gone], gone


def is_replaced(said: Said, other: Said, vouchers: Vouchers) -> bool:
    one, two = said.card.telling, other.card.telling
    if one.document == two.document or one.published_at is None or two.published_at is None:
        return False
    if one.published_at >= two.published_at or said.value == other.value:
        return False
    return keys_of(said, vouchers) == keys_of(other, vouchers)


def keys_of(said: Said, vouchers: Vouchers) -> frozenset[str]:
    return frozenset(root.key for root in vouchers[said.card.telling.claim])


def gather_origins(said: Iterable[Said], vouchers: Vouchers) -> dict[str, list[Said]]:
    """What each origin says."""
    origins: dict[str, list[Said]] = {}
    for each in said:
        for key in sorted(keys_of(each, vouchers)):
            origins.setdefault(key, []).append(each)
    return origins


# --- by which rule ----------------------------------------------------------------------------------------------


def choose_rule(
    sort: Sort, origins: Mapping[str, Sequence[Said]], said: Sequence[Said], frame: Frame, vouchers: Vouchers
) -> tuple[str, Sequence[Said]]:
    """The rule, and what each origin says under it: one value an origin, the one that says most."""
    firsts = [min(told, key=lambda each: each.rank) for _, told in sorted(origins.items())]
    if any(has_apart(told, sort, frame) for told in origins.values()):
        return UNSETTLED, ()
    if has_apart(firsts, sort, frame):
        return (CLOSE, firsts) if is_close(sort, firsts) else (DIFFER, ())
    known = find_standings(said, frame.registry, frame, vouchers)
    if len(origins) == 1:
        return (ONE if known else UNKNOWN), firsts
    if len(known) < 2:
        return (SIDE if known else UNKNOWN), firsts
    return judge_counts(firsts) if sort.write is write_people else AGREE, firsts


def has_apart(said: Sequence[Said], sort: Sort, frame: Frame) -> bool:
    if len({each.value for each in said}) < 2:
        return False
    return any(sort.apart(one, two, frame) for one, two in combinations(said, 2))


def find_standings(said: Iterable[Said], registry: Registry, frame: Frame, vouchers: Vouchers) -> set[str]:
    """Camps and origins of no party that tell it; those of whom nothing is known are left out."""
    found = set()
    for each in said:
        for root in vouchers[each.card.telling.claim]:
            bearing, side = find_standing(root, each.card.telling, registry, frame.grading)
            if bearing is not Bearing.UNKNOWN:
                found.add(side or root.key)
    return found


def judge_counts(firsts: Sequence[Said]) -> str:
    """Bounds that leave room for each other agree only as far as they lie close."""
    most = max(each.low or 0.0 for each in firsts)
    if all(each.high is not None or are_near(each.low or 0.0, most) for each in firsts):
        return AGREE
    return BOUNDED if any(each.low == each.high for each in firsts) else FLOOR


def are_near(least: float, most: float) -> bool:
    return most - least <= max(bounds()["least_people"], bounds()["share"] * most)


def is_close(sort: Sort, said: Sequence[Said]) -> bool:
    """Counts that differ by no more than counters do; nothing else is close."""
    lows = [each.low for each in said if each.low is not None and each.low == each.high]
    if sort.write is not write_people or len(lows) < len(said):
        return False
    return are_near(min(lows), max(lows))


def write_bounds(
    sort: Sort, said: Sequence[Said], rule: str, votes: Mapping[str, int]
) -> tuple[str | None, str | None, str | None]:
    """Lowest, best and highest as written: what all can be right in, or from the lowest to the highest told."""
    if not said:
        return None, None, None
    if sort.write is None:
        return None, pick_name(said, votes), None
    lows = sorted(each.low for each in said if each.low is not None)
    highs = sorted(each.high for each in said if each.high is not None)
    low = (lows[0] if rule in (CLOSE, FLOOR, BOUNDED) else lows[-1]) if lows else None
    high = (highs[-1] if rule == CLOSE else highs[0]) if highs else None
    exact = sorted(each.low for each in said if each.low is not None and is_exact(each, sort))
    best = exact[(len(exact) - 1) // 2] if exact else None
    written = tuple(None if each is None else sort.write(each) for each in (low, best, high))
    return written[0], written[1], written[2]


def pick_name(said: Sequence[Said], votes: Mapping[str, int]) -> str:
    """The finest told; of equally fine ones the one told most."""
    return min(said, key=lambda each: (each.rank[0], -votes[each.value], each.rank[1])).value


def is_exact(said: Said, sort: Sort) -> bool:
    """A number, or an hour; 'Friday morning' is none."""
    if sort.write is write_people:
        return said.low == said.high
    return said.low is not None and said.high is not None and said.high - said.low < SHORT


# --- what a telling says ----------------------------------------------------------------------------------------


def find_people(card: Card, _frame: Frame, what: str) -> Said | None:
    figure = next((each for each in figures_of(card, what) if each.part == ALL), None)
    if figure is None or (figure.told.low is None and figure.told.high is None):
        return None
    told: Range = figure.told
    width = float("inf") if told.high is None else told.high - (told.low or 0)
    rank = (width, f"{-(told.low or 0):>9}")
    return Said(card, name_range(told), told.low, told.high, rank, figure.side)


def are_counts_apart(one: Said, two: Said, _frame: Frame) -> bool:
    low, high = max(one.low or 0, two.low or 0), [each.high for each in (one, two) if each.high is not None]
    return bool(high) and low > min(high)


def find_place(card: Card, _frame: Frame) -> Said | None:
    if card.where is None or card.place is None or card.place.name is None or card.where.wide:
        return None
    fine = FINENESS[card.place.precision] if card.place.precision is not None else len(FINENESS)
    return Said(card, card.place.name, rank=(fine, card.place.name))


def are_spots_apart(one: Said, two: Said, _frame: Frame) -> bool:
    return are_places_apart(one.card, two.card)


def find_hour(card: Card, _frame: Frame) -> Said | None:
    if not card.hourly or card.start is None:
        return None
    return Said(card, write_hour(card.start), card.start, card.end, (card.end - card.start, write_hour(card.start)))


def are_moments_apart(one: Said, two: Said, _frame: Frame) -> bool:
    return are_days_apart(one.card, two.card) or are_hours_apart(one.card, two.card)


def find_actor(card: Card, frame: Frame) -> Said | None:
    if not card.agents:
        return None
    names = ", ".join(sorted(frame.registry.name(each) for each in card.agents))
    vague = any(frame.registry.vague(each) for each in card.agents)
    return Said(card, names, rank=(float(vague), names))


def are_doers_apart(one: Said, two: Said, frame: Frame) -> bool:
    return are_agents_apart(one.card, two.card, frame)


def find_weapon(card: Card, _frame: Frame) -> Said | None:
    name = weapons().get(card.event.mode or "")
    if card.event.plover != "ASSAULT" or " " not in card.kind or name is None:
        return None
    return Said(card, name, rank=(0.0, name))


def are_weapons_apart(one: Said, two: Said, _frame: Frame) -> bool:
    return is_other_means(one.card.kind, two.card.kind)


def write_people(number: float) -> str:
    return str(int(number))


def write_hour(hours: float) -> str:
    return datetime.fromtimestamp(hours * HOUR, UTC).strftime("%Y-%m-%dT%H:%MZ")


SORTS: tuple[Sort, ...] = (
    Sort(what="killed", find=partial(find_people, what="killed"), apart=are_counts_apart, write=write_people),
    Sort(what="injured", find=partial(find_people, what="injured"), apart=are_counts_apart, write=write_people),
    Sort(what="place", find=find_place, apart=are_spots_apart),
    Sort(what="hour", find=find_hour, apart=are_moments_apart, write=write_hour),
    Sort(what="actor", find=find_actor, apart=are_doers_apart),
    Sort(what="weapon", find=find_weapon, apart=are_weapons_apart),
)
