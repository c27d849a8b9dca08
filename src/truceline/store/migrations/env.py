"""Alembic's door: runs the revisions on the connection it is given."""

from alembic import context

from truceline.store.migrations import is_ours
from truceline.store.tables import METADATA


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, include_name=is_ours)
    with context.begin_transaction():
        context.run_migrations()


run()
