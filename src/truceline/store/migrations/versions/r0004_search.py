"""Full-text search over incidents, and what they are and where in columns of their own.

Revision ID: 0004
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from truceline.kit.fold import fold_name

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SPOT = ("id", "name", "lat", "lon", "radius_km", "precision", "country", "admin1")
AT_ONCE = 1000

# The index holds no text of its own; the triggers keep it in step with the table.
SQLITE = (
    """CREATE VIRTUAL TABLE incident_search USING fts5(title, places, quotes, content='incident_words',
    content_rowid='seq', tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER incident_words_added AFTER INSERT ON incident_words BEGIN
    INSERT INTO incident_search(rowid, title, places, quotes)
    VALUES (new.seq, new.title, new.places, new.quotes); END""",
    """CREATE TRIGGER incident_words_gone AFTER DELETE ON incident_words BEGIN
    INSERT INTO incident_search(incident_search, rowid, title, places, quotes)
    VALUES ('delete', old.seq, old.title, old.places, old.quotes); END""",
)


def upgrade() -> None:
    """What is held is filled in, so that it can be searched before the next run."""
    op.add_column("incidents", sa.Column("event", sa.Text(), nullable=False, server_default=""))
    op.add_column("incidents", sa.Column("spot", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "incident_words",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_incident_words")),
        sa.UniqueConstraint("incident", name=op.f("uq_incident_words_incident")),
    )
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
    fill(connection)


def fill(connection: sa.Connection) -> None:
    held = connection.execute(sa.text("SELECT id, record, places, words FROM incidents")).all()
    into = sa.text(
        "INSERT INTO incident_words (incident, title, places, quotes) VALUES (:incident, :title, :places, :quotes)"
    )
    seen = sa.text("UPDATE incidents SET event = :event, spot = :spot WHERE id = :incident")
    for start in range(0, len(held), AT_ONCE):
        rows = [row_of(*each) for each in held[start : start + AT_ONCE]]
        connection.execute(into, rows)
        connection.execute(seen, rows)


def row_of(id: str, record: str, places: str, words: str) -> dict[str, str]:
    told: dict[str, Any] = json.loads(record)
    place = told.get("place")
    return {
        "incident": id,
        "title": fold_name(told["title"]),
        "places": fold_name(places.replace("|", " ")),
        "quotes": fold_name(words.removeprefix(told["title"].casefold())),
        "event": written(told["event"]),
        "spot": "" if place is None else written({name: place.get(name) for name in SPOT}),
    }


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def downgrade() -> None:
    raise NotImplementedError("the register is not taken back: keep a copy of the file before a new version opens it")
