"""Which versions of documents are meant, as queries for their keys."""

from typing import Any

from sqlalchemy import Select, and_, exists, func, select

from truceline.store import tables


def last_versions() -> Any:
    document = tables.documents.c
    return select(document.id, func.max(document.version).label("version")).group_by(document.id).subquery()


def latest_keys() -> Select[Any]:
    document, last = tables.documents.c, last_versions()
    joined = tables.documents.join(last, and_(document.id == last.c.id, document.version == last.c.version))
    return select(document.key).select_from(joined).order_by(document.id)


def superseded_keys() -> Select[Any]:
    document, last = tables.documents.c, last_versions()
    joined = tables.documents.join(last, and_(document.id == last.c.id, document.version < last.c.version))
    return select(document.key).select_from(joined).order_by(document.id, document.version)


def unread_keys(fingerprint: str) -> Select[Any]:
    reading, document = tables.readings.c, tables.documents.c
    read = exists().where(reading.key == document.key, reading.fingerprint == fingerprint)
    return select(document.key).where(~read).order_by(document.id, document.version)
