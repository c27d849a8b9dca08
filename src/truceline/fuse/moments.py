"""Days and hours as tellings state them, held against each other."""

from datetime import date, timedelta

from truceline.fuse.cards import Card
from truceline.fuse.disputed import disputed
from truceline.fuse.policy import limits

DAY_HOURS = 24.0


def days_of(card: Card) -> frozenset[date]:
    """The calendar days that a stated time covers, as its own clock has them; none where it states a longer period."""
    happened = card.happened
    if card.reported or card.start is None or happened is None or card.end - card.start > limits()["day"]:
        return frozenset()
    stated = parse_day(happened.value)
    if stated is None:
        return frozenset()
    # A night reaches into the day after it.
    night = happened.value[10:13] in {"TNI", "TEV"} and card.end - card.start > limits()["hours"]
    return frozenset((stated, stated + timedelta(days=1)) if night else (stated,))


def parse_day(value: str) -> date | None:
    """The day that a TIMEX3 value begins with."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def are_days_apart(one: Card, two: Card) -> bool:
    return not days_of(one) & days_of(two) and gap_hours(one, two) >= 0


def are_hours_apart(one: Card, two: Card) -> bool:
    """Hours of the day that lie further apart than clocks differ, or two that are each told as exact."""
    gap = gap_on_clock(one, two)
    if is_exact(one) and is_exact(two):
        return gap > 0
    return gap > disputed().slack_hours


def is_exact(card: Card) -> bool:
    return card.end - (card.start or 0.0) < 1.0 and disputed().exact.search(card.telling.quote) is not None


def gap_hours(one: Card, two: Card) -> float:
    """Hours between two times, negative where they overlap."""
    assert one.start is not None
    assert two.start is not None
    return max(one.start, two.start) - min(one.end, two.end)


def gap_on_clock(one: Card, two: Card) -> float:
    """The same with the days left aside: how far the hands of the clock lie apart."""
    assert one.start is not None
    assert two.start is not None
    days = round((one.start - two.start) / DAY_HOURS)
    moved = [two.start + (days + each) * DAY_HOURS for each in (-1, 0, 1)]
    length, other = length_of(one), length_of(two)
    return min(max(one.start, start) - min(one.start + length, start + other) for start in moved)


def length_of(card: Card) -> float:
    """Hours; a stated hour is its beginning."""
    assert card.start is not None
    return card.end - card.start if card.end - card.start > 1.0 else 0.0


def name_hour(card: Card) -> str:
    assert card.happened is not None
    return card.happened.value
