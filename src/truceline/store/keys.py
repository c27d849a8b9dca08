"""Which versions of documents are meant, as queries for their keys."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from truceline.store import tables


def last_versions() -> Any:
    document = tables.documents.c
    return select(document.id, func.max(document.version).label("version")).group_by(document.id).subquery()


def latest_keys() -> Select[Any]:
    document, last = tables.documents.c, last_versions()
    joined = tables.documents.join(last, and_(document.id == last.c.id, document.version == last.c.version))
    return select(document.key).select_from(joined).order_by(document.id)


def is_latest() -> ColumnElement[bool]:
    """Whether a version is its document's last: asked of few, this is quicker than `latest_keys`."""
    document, other = tables.documents.c, tables.documents.alias("other")
    return document.version == select(func.max(other.c.version)).where(other.c.id == document.id).scalar_subquery()


def superseded_keys() -> Select[Any]:
    document, last = tables.documents.c, last_versions()
    joined = tables.documents.join(last, and_(document.id == last.c.id, document.version < last.c.version))
    return select(document.key).select_from(joined).order_by(document.id, document.version)


def unread_keys(fingerprint: str) -> Select[Any]:
    reading, document = tables.readings.c, tables.documents.c
    read = exists().where(reading.key == document.key, reading.fingerprint == fingerprint)
    return select(document.key).where(~read).order_by(document.id, document.version)
