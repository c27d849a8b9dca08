"""One article held against the register, assertion by assertion."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.reading import Reading
from truceline.model.series import RateCheck
from truceline.model.telling import Telling
from truceline.model.trend import Statements


class Holding(StrEnum):
    """What the register holds on one assertion."""

    CORROBORATED = "told by others too"
    DENIED = "denied by others"
    DISPUTED = "told and denied by others"
    ONLY_HERE = "told nowhere else in the register"
    NOT_CHECKED = "not an assertion about an event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One claim of the article: incidents told likewise (`support`) or denied (`against`), and why."""

    claim: str
    holding: Holding
    support: tuple[str, ...]
    against: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCheck:
    """The reading of an article, its tellings, what the register holds on each, and on what it states of trends."""

    reading: Reading
    tellings: tuple[Telling, ...]
    checked: tuple[Checked, ...]
    rates: tuple[RateCheck, ...]
    statements: Statements | None = None
