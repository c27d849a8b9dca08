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


class LabelKind(StrEnum):
    """The technique of persuasion that a loaded word serves; vocab/labels.toml says after whom."""

    NAME_CALLING = "name-calling"
    DEHUMANISING = "dehumanising"
    GLORIFYING = "glorifying"
    LOADED_LANGUAGE = "loaded-language"
    EUPHEMISM = "euphemism"
    MINIMISING = "minimising"
    REVENGE = "revenge"
    WHATABOUTISM = "whataboutism"
    DOUBT = "doubt"
    BANDWAGON = "bandwagon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A loaded word, kept as worded, with a neutral rendering beside it and why it is flagged.

    `neutral` is "" where nothing is lost by leaving the word out. `by` says whose word it is: an attribution's id, or
    "author".
    """

    span: Span
    word: str
    neutral: str
    reason: str
    kind: LabelKind = LabelKind.LOADED_LANGUAGE
    by: str = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """`actor` is an id of the registry in force, None when the text does not support one.

    `stands_for` is the full name by which the text introduces an acronym, None for other words.
    """

    span: Span
    type: MentionType
    actor: str | None = None
    reason: str = ""
    stands_for: str | None = None


class Manner(StrEnum):
    """How words point to an actor without being its name."""

    ACRONYM = "acronym"
    NATION = "nation"
    OFFICE = "office"
    LABEL = "label"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Words that stand for an actor without naming it; `reason` says why this one, or why none."""

    span: Span
    manner: Manner
    actor: str | None
    reason: str = ""
    stands_for: str | None = None
