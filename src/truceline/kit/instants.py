"""Instants as people and machines write them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_INTERNET_DATE = re.compile(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """An aware instant in UTC. `has_offset` is False where a clock hour was written without one."""

    at: datetime
    has_offset: bool = True


def parse_instant(words: str) -> Instant:
    """An ISO 8601 or internet (RFC 5322) date, with or without an hour; a day alone is its midnight in UTC.

    Raises ValueError on anything else and on days or hours that do not exist.
    """
    words = words.strip()
    if _INTERNET_DATE.fullmatch(words):
        at = parsedate_to_datetime(words)
    elif re.match(r"\d{4}-?\d{2}-?\d{2}", words):
        at = datetime.fromisoformat(words)
    else:
        raise ValueError(f"'{words}' is no date such as 2016-05-03 or 2016-05-03T14:20:00+03:00")
    if at.tzinfo is None:
        return Instant(at=at.replace(tzinfo=UTC), has_offset=_DAY.fullmatch(words) is not None)
    try:
        return Instant(at=at.astimezone(UTC))
    except OverflowError as error:
        raise ValueError(f"'{words}' lies outside the calendar") from error
