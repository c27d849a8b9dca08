"""Derived tables that can be changed in part, the shelf between runs, and people's decisions.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was derived is dropped: the next run makes it anew from the readings."""
    for table in ("tellings", "incidents", "incident_claims", "assessments"):
        op.drop_table(table)
    op.execute(sa.text("DELETE FROM checkpoints"))
    make_tellings()
    make_incidents()
    make_shelf()
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_table(
        "former_incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.String(length=27), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "gone_at", name=op.f("pk_former_incidents")),
    )


def make_tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document", "position", name=op.f("pk_tellings")),
    )
    op.create_index(op.f("ix_tellings_claim"), "tellings", ["claim"], unique=False)


def make_incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start_at", sa.String(length=27), nullable=True),
        sa.Column("end_at", sa.String(length=27), nullable=True),
        sa.Column("reliability", sa.String(length=1), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(op.f("ix_incidents_start_at"), "incidents", ["start_at"], unique=False)
    op.create_table(
        "incident_claims",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident", "claim", name=op.f("pk_incident_claims")),
    )
    op.create_index(op.f("ix_incident_claims_claim"), "incident_claims", ["claim"], unique=False)
    op.create_table(
        "assessments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    op.create_index(op.f("ix_assessments_incident"), "assessments", ["incident"], unique=False)


def make_shelf() -> None:
    op.create_table(
        "shelf",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("island", sa.Text(), nullable=False),
        sa.Column("refers_to", sa.Text(), nullable=True),
        sa.Column("denies", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Float(), nullable=True),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("copied_from", sa.Text(), nullable=True),
        sa.Column("taken_from", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("claim", name=op.f("pk_shelf")),
    )
    for column in ("document", "island", "since", "copied_from", "taken_from"):
        op.create_index(op.f(f"ix_shelf_{column}"), "shelf", [column], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the register is not taken back: keep a copy of the file before a new version opens it")
