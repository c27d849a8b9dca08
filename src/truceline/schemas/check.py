"""What is given to be checked and what is answered, as the API's description tells it."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

from truceline.schemas.rows import ClaimRow

TEXT_BYTES = 200_000  # a long article, with room to spare

READABLE = r"^[^\x00]*[^\s\x00][^\x00]*$"


class CheckIn(BaseModel):
    """A text, or the address of a page; with both, the text is read and the address only named."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"anyOf": [{"required": ["text"]}, {"required": ["address"]}]}
    )

    text: str | None = Field(
        default=None, max_length=TEXT_BYTES, pattern=READABLE, description="The text, up to 200 kB in UTF-8."
    )
    address: str | None = Field(
        default=None,
        max_length=2000,
        pattern=r"^https?://[^\s\x00]+$",
        description="https:// or http://, of a public page, which is fetched once.",
    )
    title: str = Field(default="", max_length=300, description="Where the page does not say.")
    publisher: str = Field(default="", max_length=300, description="Where the page does not say.")
    published_at: str = Field(default="", max_length=40, description="2016-06-04 or 2016-06-04T14:20:00+03:00.")

    @model_validator(mode="after")
    def holds_something(self) -> "CheckIn":
        if self.text is None and self.address is None:
            raise ValueError("give a text or an address")
        return self


class CheckedDocument(BaseModel):
    """What was read, and where it came from. It is not stored."""

    id: str
    text: str = Field(description="As read; the offsets of claims point into it, in code points.")
    sha256: str
    title: str | None = Field(description="As the page or whoever asks names it.")
    publisher: str | None
    published_at: str | None
    language: str | None
    address: str | None = Field(description="Where the page lay in the end, or where the text is said to be from.")
    fetched_at: str | None = Field(description="Instant, UTC; null: a text was given and nothing fetched.")
    redirects: list[str] = Field(description="Addresses passed on the way.")
    given: list[str] = Field(description="Facts that the page does not say, taken from what was sent.")


class HeldAgainst(BaseModel):
    """The register it was held against."""

    mission: str
    as_of: str | None
    fingerprint: str


class PlaceOut(BaseModel):
    """A place as it may be published: rounded where people shelter or are treated."""

    name: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str | None
    admin1: str | None
    country: str | None
    why_not: str = Field(description="Why it is not located; empty where it is.")


class HeldIncident(BaseModel):
    """An incident of the register that tells the same or denies it."""

    id: str
    title: str
    speaks: str = Field(description="for or against.")
    grade: str
    page: str


class CheckedClaim(BaseModel):
    """One claim of the text: as its speakers put it, and what others in the register say. Never what is so."""

    claim: ClaimRow
    certainty: str = Field(description="asserted, hedged, denied, or the mood where it is none of these.")
    kind: str | None = Field(description="Kind of event, one of the legend's; null where none is told.")
    instruments: list[str]
    where: PlaceOut | None
    holding: str = Field(description="What the register holds on it, in one phrase.")
    because: str
    incidents: list[HeldIncident]


class StatedOut(BaseModel):
    """A trend that the text states, and what the register answers."""

    words: str
    test: str
    measured: str
    answer: str
    because: str


class CheckOut(BaseModel):
    """A text read and held against the register."""

    document: CheckedDocument
    warnings: list[str]
    register_: HeldAgainst = Field(alias="register", serialization_alias="register")
    claims: list[CheckedClaim]
    stated: list[StatedOut]
