"""People: accounts, the ledger of what they did, and what they keep.

Revision ID: 0005
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY, INSTANT = sa.String(64), sa.String(27)
GENESIS = "0" * 64
MADE_BEFORE = "decided before there was a ledger"


def upgrade() -> None:
    """Decisions that are held are entered into the ledger as what they are: made before it."""
    make_ledger()
    make_accounts()
    make_kept()
    make_work()
    enter_decisions(op.get_bind())


def text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def key(name: str) -> "sa.Column[str]":
    return sa.Column(name, KEY, nullable=False)


def instant(name: str, *, maybe: bool = False) -> "sa.Column[str]":
    return sa.Column(name, INSTANT, nullable=maybe)


def number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def make_ledger() -> None:
    op.create_table(
        "ledger",
        number("seq"),
        instant("at"),
        *map(text, ("who", "what", "subject", "why", "body")),
        sa.Column("request", KEY, nullable=True),
        *map(text, ("kept_in", "kept_id")),
        *map(key, ("kept_sha256", "before", "hash")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("request", name=op.f("uq_ledger_request")),
    )
    op.create_index(op.f("ix_ledger_subject"), "ledger", ["subject"])
    op.create_index(op.f("ix_ledger_kept_in_kept_id"), "ledger", ["kept_in", "kept_id"])


def make_accounts() -> None:
    op.create_table(
        "accounts",
        key("id"),
        text("login"),
        sa.Column("subject", sa.Text(), nullable=True),
        *map(text, ("record", "secret", "totp")),
        number("totp_step"),
        text("recovery"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
        sa.UniqueConstraint("subject", name=op.f("uq_accounts_subject")),
    )
    op.create_table(
        "sessions",
        *map(key, ("id", "account", "csrf")),
        *map(instant, ("made_at", "seen_at", "ends_at")),
        sa.Column("waits_for_totp", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"])
    op.create_table(
        "invitations",
        key("id"),
        *map(text, ("role", "account", "made_by")),
        *map(instant, ("made_at", "ends_at")),
        instant("used_at", maybe=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    op.create_table(
        "api_tokens",
        *map(key, ("id", "sha256", "account")),
        text("record"),
        instant("ends_at"),
        instant("revoked_at", maybe=True),
        instant("used_at", maybe=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("sha256", name=op.f("uq_api_tokens_sha256")),
    )
    op.create_index(op.f("ix_api_tokens_account"), "api_tokens", ["account"])
    op.create_table("keys", text("name"), text("value"), sa.PrimaryKeyConstraint("name", name=op.f("pk_keys")))


def make_kept() -> None:
    op.create_table(
        "comments",
        key("id"),
        text("subject"),
        instant("at"),
        key("who"),
        text("record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_subject"), "comments", ["subject"])
    op.create_table(
        "reviews",
        key("id"),
        *map(text, ("item", "kind")),
        key("who"),
        instant("at"),
        text("record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_item"), "reviews", ["item"])
    op.create_table(
        "bulletins",
        key("id"),
        number("version"),
        text("state"),
        instant("at"),
        text("record"),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_bulletins")),
    )
    op.create_index(op.f("ix_bulletins_state"), "bulletins", ["state"])


def make_work() -> None:
    op.create_table(
        "jobs",
        key("id"),
        *map(text, ("kind", "state")),
        instant("due_at"),
        instant("leased_until", maybe=True),
        number("tries"),
        instant("made_at"),
        instant("ended_at", maybe=True),
        *map(text, ("record", "told")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_state_due_at"), "jobs", ["state", "due_at"])
    op.create_table(
        "webhooks", key("id"), text("record"), text("secret"), sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks"))
    )


def enter_decisions(connection: sa.Connection) -> None:
    """The chain as `store.ledger` makes it; a migration keeps to what it was when it was written."""
    before, rows = GENESIS, []
    held = connection.execute(sa.text("SELECT id, at, record FROM decisions ORDER BY at, id")).all()
    for seq, (name, at, record) in enumerate(held, start=1):
        who = f"cli:{json.loads(record)['by']}"
        kept = ("decisions", name, hashlib.sha256(record.encode()).hexdigest())
        parts = [seq, at, who, "decision.made", f"decision {name}", MADE_BEFORE, "", None, *kept, before]
        written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        before, earlier = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest(), before
        names = ("seq", "at", "who", "what", "subject", "why", "body", "request", "kept_in", "kept_id", "kept_sha256")
        rows.append({**dict(zip(names, parts[:-1], strict=True)), "before": earlier, "hash": before})
    if rows:
        ledger = sa.table("ledger", *map(sa.column, rows[0]))
        connection.execute(sa.insert(ledger), rows)


def downgrade() -> None:
    raise NotImplementedError("the register is not taken back: keep a copy of the file before a new version opens it")
