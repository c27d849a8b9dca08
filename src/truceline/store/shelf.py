"""The shelf in the register: claims as they lie between runs, found by what can touch them."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager

from sqlalchemy import Column, ColumnElement, Connection, and_, or_, select

from truceline.kit.batches import batched
from truceline.model.shelved import Shelved
from truceline.model.telling import Telling
from truceline.store import tables
from truceline.store.records import parse_record

AT_ONCE = 400  # values in one IN (…)
LONGEST_HOURS = 13 * 24.0  # no claim lies over a longer stretch of time, so that an index on its start suffices


class SqlShelf:
    """A `Shelf` over the register's tables."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._reading = reading

    def of_documents(self, documents: Collection[str]) -> Iterator[Shelved]:
        return self._among(tables.shelf.c.document, documents)

    def of_islands(self, islands: Collection[str]) -> Iterator[Shelved]:
        return self._among(tables.shelf.c.island, islands)

    def of_claims(self, claims: Collection[str]) -> Iterator[Shelved]:
        return self._among(tables.shelf.c.claim, claims)

    def taken_from(self, documents: Collection[str]) -> Iterator[Shelved]:
        shelf = tables.shelf.c
        for some in batched(sorted(documents), AT_ONCE):
            yield from self._chosen(or_(shelf.copied_from.in_(some), shelf.taken_from.in_(some)))

    def within(self, since: float, until: float) -> Iterator[Shelved]:
        shelf = tables.shelf.c
        begun = and_(shelf.since <= until, shelf.since >= since - LONGEST_HOURS)
        return self._chosen(and_(begun, shelf.until >= since))

    def told_by(self, documents: Collection[str]) -> Iterator[Telling]:
        telling = tables.tellings.c
        for some in batched(sorted(documents), AT_ONCE):
            with self._reading() as connection:
                told = select(telling.record).where(telling.document.in_(some))
                records = connection.execute(told.order_by(telling.document, telling.position)).scalars().all()
            yield from (parse_record(Telling, record) for record in records)

    def _among(self, column: Column[str], values: Collection[str]) -> Iterator[Shelved]:
        for some in batched(sorted(values), AT_ONCE):
            yield from self._chosen(column.in_(some))

    def _chosen(self, condition: ColumnElement[bool]) -> Iterator[Shelved]:
        shelf, telling = tables.shelf.c, tables.tellings.c
        held = tables.shelf.join(
            tables.tellings, and_(shelf.claim == telling.claim, shelf.document == telling.document)
        )
        columns = (telling.record, shelf.island, shelf.refers_to, shelf.denies, shelf.since, shelf.until)
        wanted = select(*columns).select_from(held).where(condition).order_by(telling.document, telling.position)
        with self._reading() as connection:
            rows = connection.execute(wanted).all()
        for record, island, refers_to, denies, since, until in rows:
            yield Shelved(
                telling=parse_record(Telling, record),
                island=island,
                refers_to=refers_to,
                denies=denies,
                start=since,
                end=until,
            )
