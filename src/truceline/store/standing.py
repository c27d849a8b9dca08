"""Which state of the register this is: a number that grows with every change a run makes, and that state's fingerprint.

What else is written into the same database leaves it as it is: whoever remembers what he read need not read it anew.
The table stands beside those of the register and in no backup, so that a register that was restored is another state.
"""

from sqlalchemy import Column, Connection, Integer, MetaData, Table, func, insert, select, update

from truceline.store.tables import KEY, LARGE

TABLE = "standing"
ONLY = 1  # its one row

standing = Table(
    TABLE,
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", LARGE, nullable=False),
    Column("fingerprint", KEY),
)


def version_on(connection: Connection) -> int:
    """The number of this state; 0 where nothing was ever written."""
    return connection.execute(select(func.max(standing.c.version))).scalar() or 0


def step_on(connection: Connection) -> None:
    """Note that the register is no longer what it was."""
    stepped = update(standing).values(version=standing.c.version + 1, fingerprint=None)
    if not connection.execute(stepped).rowcount:
        connection.execute(insert(standing), {"number": ONLY, "version": 1, "fingerprint": None})


def kept_fingerprint(connection: Connection) -> str | None:
    """The fingerprint that was found of this very state, None where none was kept."""
    return connection.execute(select(standing.c.fingerprint)).scalar()


def keep_fingerprint(connection: Connection, fingerprint: str) -> None:
    connection.execute(update(standing).values(fingerprint=fingerprint))
