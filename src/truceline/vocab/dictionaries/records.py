"""What a set of coding dictionaries says, as frozen records.

The formats are those of KEDS, TABARI and PETRARCH (the TABARI 0.8 manual, chapter 5; the PETRARCH documentation,
"Dictionary Formats"): actors with dated codes, agents, verbs with patterns, phrases that rule a text out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

NO_CODE = "---"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A phrase as dictionaries write it: `glued[i]` says that word i must follow the one before at once."""

    words: tuple[str, ...]
    glued: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedCode:
    """A code and the days it holds on, both inclusive; None is no bound."""

    code: str
    first: date | None = None
    last: date | None = None

    @property
    def is_bounded(self) -> bool:
        return self.first is not None or self.last is not None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """One name of an actor, with the codes of the entry it belongs to in the file's order."""

    name: Name
    codes: tuple[DatedCode, ...]

    def code_on(self, day: date | None) -> str:
        """The first dated code that holds on the day, else the undated one, else no code.

        Without a day no dated code can be told to hold.
        """
        for each in self.codes:
            if day is not None and each.is_bounded and each.holds_on(day):
                return each.code
        return next((each.code for each in self.codes if not each.is_bounded), NO_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentEntry:
    """A role: its code is put after an actor's, or before it where `leads`."""

    name: Name
    code: str
    leads: bool = False


class Slot(StrEnum):
    """What a pattern asks for besides words."""

    WORDS = "words"
    SOURCE = "$"
    TARGET = "+"
    SKIP = "^"
    COMPOUND = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One step of a pattern away from its verb.

    `choices` are the phrases that satisfy it (one word, or a synonym set's); `glued` means that it must stand next
    to the step before, counted from the verb.
    """

    slot: Slot
    glued: bool = False
    choices: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCode:
    """`code` for what the source does to the target; `back` for what a paired code says of the way back."""

    code: str
    back: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Steps before the verb, nearest first, and after it; `code` None means that the words tell no event."""

    before: tuple[Element, ...]
    after: tuple[Element, ...]
    code: EventCode | None
    where: str

    def __len__(self) -> int:
        return len(self.before) + len(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb with the words that must stand around it, nearest first; `patterns` come longest first."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    code: EventCode | None = None
    patterns: tuple[Pattern, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """A phrase whose sentence, or whose whole text, is not coded."""

    words: tuple[str, ...]
    whole_text: bool
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionaries:
    """A vocabulary for coding events; names and verbs are found by their first word, or by the verb's form."""

    actors: Mapping[str, tuple[ActorEntry, ...]] = field(default_factory=dict)
    agents: Mapping[str, tuple[AgentEntry, ...]] = field(default_factory=dict)
    verbs: Mapping[str, tuple[Verb, ...]] = field(default_factory=dict)
    discards: tuple[Discard, ...] = ()
    fingerprint: str = ""
