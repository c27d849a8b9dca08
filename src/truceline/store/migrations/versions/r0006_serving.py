"""What a service over a large register needs: a number of its state, indexes in the order of its pages, and search.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The narrow columns apart from the wide: SQLite reads a row from its start, and the event stands behind the record.
SQLITE = (
    """CREATE INDEX served_facts ON incidents(start_at DESC, id, end_at, reliability, credibility, verdict,
    kinds, parties, actors, sources, event, spot)""",
    "CREATE INDEX served_documents ON documents(published_at DESC, id)",
)
# A text search vector holds a megabyte at most; the words are folded already, so that nothing is left to be stemmed.
POSTGRESQL = (
    """CREATE INDEX served_words ON incident_words
    USING gin (to_tsvector('simple', left(title || ' ' || places || ' ' || quotes, 200000)))""",
    "CREATE INDEX served_documents ON documents(published_at DESC NULLS LAST, id)",
)


def upgrade() -> None:
    """A register that holds something is in its first state."""
    op.execute(
        "CREATE TABLE IF NOT EXISTS standing ("
        "number INTEGER NOT NULL PRIMARY KEY, version BIGINT NOT NULL, fingerprint VARCHAR(64))"
    )
    op.execute(
        "INSERT INTO standing (number, version) SELECT 1, 1 WHERE NOT EXISTS (SELECT 1 FROM standing) "
        "AND (EXISTS (SELECT 1 FROM documents) OR EXISTS (SELECT 1 FROM incidents))"
    )
    dialect = op.get_bind().dialect.name
    for statement in SQLITE if dialect == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    raise NotImplementedError("the register is not taken back: keep a copy of the file before a new version opens it")
