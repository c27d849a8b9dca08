"""Bulletins of the team as the API gives them: what was published, as it was published."""

from pydantic import Field

from truceline.schemas.rows import Given


class BulletinLine(Given):
    """One bulletin, by its last edition."""

    id: str
    number: int
    since: str = Field(description="The first local day.")
    until: str = Field(description="The first local day after.")
    period: str
    profile: str = Field(description="The release profile that it was made for.")
    edition: int = Field(description="1, and one more for each correction.")
    state: str = Field(description="published or withdrawn.")
    published_at: str
    page: str


class Bulletins(Given):
    """The bulletins published, the latest period first."""

    items: tuple[BulletinLine, ...]


class EditedJudgement(Given):
    """A key judgement; how likely and how sure are sentences of their own."""

    statement: str
    likelihood: str
    confidence: str
    rests_on: tuple[str, ...] = Field(description="Ids of incidents as they were when it was published.")
    figures: tuple[str, ...]


class EditionOut(Given):
    """What was published, by its hashes."""

    edition: int
    published_at: str
    changed: str = Field(description="What is other than in the edition before, and why; empty for the first.")
    page: str
    html_sha256: str
    pdf_sha256: str
    data_sha256: str
    files: tuple[str, ...]


class PublishedBulletin(BulletinLine):
    """One bulletin: the key judgements of its last edition, and every edition."""

    fingerprint: str = Field(description="Of the register that it was made from.")
    note: str
    judgements: tuple[EditedJudgement, ...]
    editions: tuple[EditionOut, ...]
    withdrawn_because: str | None
