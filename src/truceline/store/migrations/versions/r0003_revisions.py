"""What became of the claims of older versions.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The next run derives them from the readings."""
    op.create_table(
        "revisions",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by_document", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document", "version", "by_document", name=op.f("pk_revisions")),
    )


def downgrade() -> None:
    raise NotImplementedError("the register is not taken back: keep a copy of the file before a new version opens it")
