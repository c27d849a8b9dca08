"""Named things in a text."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.span import Span


class MentionType(StrEnum):
    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    LOCATION = "LOCATION"
    NATIONALITY = "NATIONALITY"
    FACILITY = "FACILITY"
    WEAPON = "WEAPON"
    VEHICLE = "VEHICLE"
    MONEY = "MONEY"
    DOCUMENT = "DOCUMENT"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A loaded word, kept as worded, with a neutral rendering beside it and why it is flagged."""

    span: Span
    word: str
    neutral: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """`actor` is an id of the registry in force, None when the text does not support one."""

    span: Span
    type: MentionType
    actor: str | None = None
    reason: str = ""
