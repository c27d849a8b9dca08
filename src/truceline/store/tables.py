"""The tables. Instants are ISO 8601 text in UTC of one width; records are JSON text; both databases take them alike.

SQLite holds no text to its length and no number to its size. PostgreSQL would, so that there they are made wide.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text


def short_text(length: int) -> String:
    return String(length).with_variant(Text(), "postgresql")


KEY = short_text(64)
INSTANT = short_text(27)
LARGE = Integer().with_variant(BigInteger(), "postgresql")

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

# ---- append-only

originals = Table(
    "originals",
    METADATA,
    Column("sha256", KEY, primary_key=True),
    Column("bytes_count", LARGE, nullable=False),
    Column("name", Text, nullable=False),
    Column("kept_at", INSTANT, nullable=False),
)

documents = Table(
    "documents",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key", KEY, nullable=False, unique=True),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", KEY, nullable=False),
    Column("form", short_text(20), nullable=False),
    Column("uri", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("published_at", INSTANT),
    Column("language", short_text(20)),
    Column("original_sha256", KEY),
    Column("text", Text, nullable=False),
    Column("length", Integer, nullable=False),
    Column("cells", Text, nullable=False),
    Column("gathered_at", INSTANT, nullable=False),
    Index(None, "id", "version"),
)

readings = Table(
    "readings",
    METADATA,
    Column("key", KEY, ForeignKey("documents.key"), primary_key=True),
    Column("fingerprint", KEY, primary_key=True),
    Column("record", Text, nullable=False),
)

problems = Table(
    "problems",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("code", short_text(80), nullable=False),
    Column("stage", short_text(20), nullable=False),
    Column("found_with", KEY, nullable=False),
    Column("where", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("found_at", INSTANT, nullable=False),
    Column("settled_at", INSTANT),
)

decisions = Table(
    "decisions",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("at", INSTANT, nullable=False),
    Column("record", Text, nullable=False),
)

# Incidents that were held once and are no more, as they were when they went.
former_incidents = Table(
    "former_incidents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("gone_at", INSTANT, primary_key=True),
    Column("record", Text, nullable=False),
)

# ---- derived: dropped and recomputed as a whole

checkpoints = Table(
    "checkpoints",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("fingerprint", KEY, nullable=False),
)

tellings = Table(
    "tellings",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("claim", Text, nullable=False, index=True),
    Column("record", Text, nullable=False),
)

incidents = Table(
    "incidents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("start_at", INSTANT, index=True),
    Column("end_at", INSTANT),
    Column("reliability", short_text(1), nullable=False),
    Column("credibility", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("parties", Text, nullable=False),
    Column("actors", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("words", Text, nullable=False),
    # Alike for alike: incidents are counted by what they are and where without reading their records.
    Column("event", Text, nullable=False, server_default=""),
    Column("spot", Text, nullable=False, server_default=""),
    Column("record", Text, nullable=False),
)

# What full-text search looks in, spellings folded; each database keeps its own index over it.
incident_words = Table(
    "incident_words",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("incident", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("quotes", Text, nullable=False),
)

incident_claims = Table(
    "incident_claims",
    METADATA,
    Column("incident", Text, primary_key=True),
    Column("claim", Text, primary_key=True, index=True),
)

assessments = Table(
    "assessments",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
    Column("record", Text, nullable=False),
)

watches = Table(
    "watches",
    METADATA,
    Column("since", short_text(10), primary_key=True),
    Column("until", short_text(10), primary_key=True),
    Column("record", Text, nullable=False),
)

revisions = Table(
    "revisions",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("by_document", Text, primary_key=True),
    Column("record", Text, nullable=False),
)

# What fusing left for the next run; times in hours since 1970.
shelf = Table(
    "shelf",
    METADATA,
    Column("claim", Text, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("island", Text, nullable=False, index=True),
    Column("refers_to", Text),
    Column("denies", Boolean, nullable=False),
    Column("since", Float, index=True),
    Column("until", Float, nullable=False),
    Column("copied_from", Text, index=True),
    Column("taken_from", Text, index=True),
)

DERIVED = (shelf, checkpoints, tellings, incidents, incident_words, incident_claims, assessments, watches, revisions)

# ---- people: who they are, what they did and what is to be done

# Every change by a person, each with the hash of the one before it.
ledger = Table(
    "ledger",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", INSTANT, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("why", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("request", KEY, unique=True),
    Column("kept_in", Text, nullable=False),
    Column("kept_id", Text, nullable=False),
    Column("kept_sha256", KEY, nullable=False),
    Column("before", KEY, nullable=False),
    Column("hash", KEY, nullable=False),
    Index(None, "kept_in", "kept_id"),
)

# `secret`: an Argon2 hash; `totp`: the second factor's secret, `totp_step` the last step taken; "" where there is none.
accounts = Table(
    "accounts",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("subject", Text, unique=True),
    Column("record", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("totp", Text, nullable=False),
    Column("totp_step", Integer, nullable=False),
    Column("recovery", Text, nullable=False),
)

# Ids of sessions, invitations and tokens are kept as SHA-256 only: whoever reads the database cannot log in with them.
sessions = Table(
    "sessions",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("account", KEY, nullable=False, index=True),
    Column("csrf", KEY, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("seen_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("waits_for_totp", Boolean, nullable=False),
)

invitations = Table(
    "invitations",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("role", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("used_at", INSTANT),
)

api_tokens = Table(
    "api_tokens",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("sha256", KEY, nullable=False, unique=True),
    Column("account", KEY, nullable=False, index=True),
    Column("record", Text, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
    Column("used_at", INSTANT),
)

# Secrets of the service itself, as that of its forms; the same for all processes of one service.
keys = Table(
    "keys",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# The words of an erased comment are gone; that it was made and erased stays in the ledger.
comments = Table(
    "comments",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("subject", Text, nullable=False, index=True),
    Column("at", INSTANT, nullable=False),
    Column("who", KEY, nullable=False),
    Column("record", Text, nullable=False),
)

# One reviewer's ruling on one item; what takes effect is a decision.
reviews = Table(
    "reviews",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("item", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("who", KEY, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("record", Text, nullable=False),
)

# A bulletin as it stood: one row a version.
bulletins = Table(
    "bulletins",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False, index=True),
    Column("at", INSTANT, nullable=False),
    Column("record", Text, nullable=False),
)

jobs = Table(
    "jobs",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("leased_until", INSTANT),
    Column("tries", Integer, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    Column("record", Text, nullable=False),
    Column("told", Text, nullable=False),
    Index(None, "state", "due_at"),
)

webhooks = Table(
    "webhooks",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("record", Text, nullable=False),
    Column("secret", Text, nullable=False),
)

# Worth nothing elsewhere or later: no backup holds them.
PASSING = (sessions, invitations, keys)
