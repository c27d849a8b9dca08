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
