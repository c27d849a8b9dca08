"""What cannot be as told, by the register's own data. `grades.toml` holds the checks.

A check fails only where all tellings that state the value fail it: what one of them tells otherwise may be so.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time

from truceline.fuse.cards import HOUR, Card
from truceline.fuse.compare import Frame
from truceline.fuse.grading import Checks, checks
from truceline.fuse.sides import interests

DAYS = 2  # the longest stretch in which a toll is one act's: a day, and what clocks add
Check = Callable[[Sequence[Card], Frame, Checks], str | None]


def find_implausible(cards: Sequence[Card], frame: Frame) -> tuple[str, ...]:
    """A sentence for each check that the firm tellings of one act fail."""
    table = checks()
    return tuple(said for check in CHECKS if (said := check(cards, frame, table)) is not None)


def check_weapon(cards: Sequence[Card], frame: Frame, table: Checks) -> str | None:
    """Whoever is named as flying has no aircraft."""
    if not frame.grading.no_aircraft:
        return None
    flown = [each for each in cards if each.agents and not each.mutual and each.event.mode in table.flown]
    if not flown or any(has_aircraft(each, frame) for each in flown):
        return None
    named = sorted({frame.registry.name(actor) for each in flown for actor in each.agents})
    return table.weapon.format(who=", ".join(named))


def has_aircraft(card: Card, frame: Frame) -> bool:
    registry = frame.registry
    sides = {registry.side(each) or registry.side(registry.party(each)) for each in card.agents}
    return not sides <= set(frame.grading.no_aircraft)


def check_early(cards: Sequence[Card], frame: Frame, table: Checks) -> str | None:
    """All that is stated of its time lies before the war."""
    began = frame.grading.war_began
    stated = list(find_stated(cards))
    if began is None or not stated:
        return None
    first = datetime.combine(began, time(), UTC).timestamp() / HOUR
    return table.early if all(each.end <= first for each in stated) else None


def check_late(cards: Sequence[Card], _frame: Frame, table: Checks) -> str | None:
    """It is told of a time that lay ahead. A truce declared until Friday is declared today."""
    done = (each for each in find_stated(cards) if interests().get(each.event.plover or "") != "shared")
    dated = [(each, each.telling.published_at) for each in done]
    if not dated or not all(is_ahead(each, published, table) for each, published in dated):
        return None
    return table.late


def is_ahead(card: Card, published: datetime | None, table: Checks) -> bool:
    assert card.start is not None
    return published is not None and card.start > published.timestamp() / HOUR + table.slack_hours


def check_toll(cards: Sequence[Card], _frame: Frame, table: Checks) -> str | None:
    """More killed in one act than such an act kills."""
    told = [each for each in cards if each.killed is not None and each.killed.low is not None]
    most = [table.most.get(each.event.mode or "") for each in told]
    lows = [each.killed.low or 0 for each in told if each.killed is not None]
    single = all(each.group != "tally" and not is_long(each) for each in told)
    if (
        not told
        or not single
        or not all(limit is not None and low > limit for limit, low in zip(most, lows, strict=True))
    ):
        return None
    return table.toll.format(low=f"{min(lows):,}")


def is_long(card: Card) -> bool:
    return card.start is not None and card.end - card.start > DAYS * 24


def find_stated(cards: Sequence[Card]) -> Iterator[Card]:
    """Those that state a time of their own."""
    return (each for each in cards if each.start is not None and not each.reported)


CHECKS: tuple[Check, ...] = (check_weapon, check_early, check_late, check_toll)
