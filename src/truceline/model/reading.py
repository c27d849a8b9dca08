"""Everything read in one document."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.errors import Problem
from truceline.model.attribution import Attribution
from truceline.model.claim import Claim
from truceline.model.coded import CodedEvent
from truceline.model.document import Document
from truceline.model.mention import Label, Mention, Reference
from truceline.model.notice import Notice
from truceline.model.place import Toponym
from truceline.model.quantity import Quantity
from truceline.model.span import Span
from truceline.model.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentType:
    """A type of political violence, and how likely the text as a whole reports an incident of it.

    `more` holds the chances that it reports at least two, at least three.
    """

    type: str
    chance: float
    more: tuple[float, ...] = ()


class InvolvedAs(StrEnum):
    PERPETRATOR = "perpetrator"
    PERPETRATING_BODY = "perpetrating-body"
    TARGET = "target"
    VICTIM = "victim"
    WEAPON = "weapon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """Words that name somebody or something involved in an incident which the text reports, and how likely that is."""

    span: Span
    role: InvolvedAs
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document read. Spans index `document.text`; claims index `places` and `times`.

    `reported` is the stretch in which what is told without a time can have happened, None where nothing tells.
    `coded` is None where the reader was given no dictionaries to code with, `incident_types` and `involved` where no
    model judged. `notices` are the words by which the text says that it corrects something published.
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    labels: tuple[Label, ...] = ()
    places: tuple[Toponym, ...] = ()
    times: tuple[When, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    reported: When | None = None
    coded: tuple[CodedEvent, ...] | None = None
    incident_types: tuple[IncidentType, ...] | None = None
    involved: tuple[Involved, ...] | None = None
    notices: tuple[Notice, ...] = ()

    def attribution(self, id: str) -> Attribution:
        return next(each for each in self.attributions if each.id == id)
