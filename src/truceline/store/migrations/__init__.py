"""The register's shape over time: one file a revision, applied on opening.

Knowing the revisions here spares loading Alembic on every start: it is needed only when there is something to do.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from truceline.errors import RegisterTooNew

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
HEAD = REVISIONS[-1]
SEARCH = "incident_search"  # SQLite's full-text index and its shadow tables: no tables of ours
# Nor these: the number of the register's state, and indexes that one database needs and another does without.
BESIDE = (SEARCH, "standing", "served_")


def revision_of(engine: Engine) -> str | None:
    """The revision a register stands at; None for an empty database."""
    with engine.connect() as connection:
        return revision_on(connection)


def revision_on(connection: Connection) -> str | None:
    """The same, as the transaction on this connection sees it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_ours(name: str | None, kind: str, _parents: object = None) -> bool:
    """Whether a table or an index found in a database is one that METADATA describes."""
    return kind not in ("table", "index") or name is None or not name.startswith(BESIDE)


def needs_migration(engine: Engine) -> bool:
    """Whether the register is older than this Truceline; raises RegisterTooNew when it is newer."""
    revision = revision_of(engine)
    if revision is not None and revision not in REVISIONS:
        raise RegisterTooNew(
            f"{engine.url.database}: the register stands at revision {revision}, this Truceline knows up to {HEAD}; "
            "use the Truceline that wrote it, or a newer one"
        )
    return revision != HEAD


def config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415  half a second, spared when there is nothing to migrate

    settings = Config()
    settings.set_main_option("script_location", "truceline.store:migrations")
    return settings


def migrate(engine: Engine) -> None:
    """Bring the register to HEAD, in one transaction."""
    with engine.begin() as connection:
        upgrade(connection)


def upgrade(connection: Connection, revision: str = HEAD) -> None:
    """The same on a transaction that is open, to any revision."""
    from alembic import command  # noqa: PLC0415  the same

    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
