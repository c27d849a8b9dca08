"""A filter as one query over the incidents."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from truceline.store.records import as_instant
from truceline.store.register import Wanted
from truceline.store.tables import incidents

# By time and id, those placed nowhere in time last.
IN_TIME = (incidents.c.start_at.is_(None), incidents.c.start_at, incidents.c.id)
NAMES = ("kind", "party", "actor", "source")
COLUMNS = {"kind": "kinds", "party": "parties", "actor": "actors", "source": "sources"}


def matching(wanted: Wanted) -> Select[Any]:
    """The records of the incidents wanted, in order of time and id."""
    return select(incidents.c.record).where(*conditions(wanted)).order_by(*IN_TIME)


def conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for name in NAMES:
        value = getattr(wanted, name)
        if value is not None:
            yield incidents.c[COLUMNS[name]].contains(f"|{value.casefold()}|", autoescape=True)
    yield from conditions_of_time(wanted)
    yield from conditions_of_words(wanted)
    if wanted.grade is not None:
        yield from conditions_of_grade(wanted.grade)


def conditions_of_time(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """An incident counts when any of its time lies inside; one placed nowhere in time is never inside."""
    start, end = incidents.c.start_at, incidents.c.end_at
    if wanted.since is not None:
        since = as_instant(wanted.since)
        yield or_(end > since, start >= since)
    if wanted.until is not None:
        yield start < as_instant(wanted.until)


def conditions_of_words(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.verdict is not None:
        yield incidents.c.verdict == wanted.verdict.casefold()
    if wanted.place is not None:
        yield incidents.c.places.contains(wanted.place.casefold(), autoescape=True)
    if wanted.text is not None:
        yield incidents.c.words.contains(wanted.text.casefold(), autoescape=True)


def conditions_of_grade(grade: str) -> Iterator[ColumnElement[bool]]:
    for sign in grade.strip().upper():
        if sign.isdigit():
            yield incidents.c.credibility == int(sign)
        else:
            yield incidents.c.reliability == sign
