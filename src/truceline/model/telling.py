"""A claim made ready for fusing: everything it points to, brought together by value."""

from dataclasses import dataclass
from datetime import datetime

from truceline.model.claim import Commitment, EventType, Evidence, Horizon, Mood
from truceline.model.place import Toponym
from truceline.model.quantity import Harm, Quantity
from truceline.model.ruling import Ruled, Ruling
from truceline.model.span import Span
from truceline.model.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One link of a chain of speakers: who, as worded, and which actor that is (None: unresolved)."""

    words: str
    kind: str
    actor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A participant by value: the words, the actor they were resolved to, how many."""

    words: str
    actor: str | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFrom:
    """The stretch of an earlier document that a claim's wording stands in; `version` None: its latest one."""

    document: str
    span: Span
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """By which later document of its publisher a claim was corrected or taken back, and in what words.

    `at` is when that one was published (UTC); `by` the claim that takes its place, None where none does: `retracted`.
    """

    document: str
    at: datetime | None
    words: str
    retracted: bool
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Whom a text names as the one it has its story from, and the words that say so.

    `name` is the id of a source of the mission or the folded name of another publisher. `byline`: it stands in the
    dateline or the byline and is for the text as a whole. `relay`: that one is named only as passing on another's.
    """

    name: str
    words: str
    byline: bool = False
    relay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What a whole text shows of where it has its story from.

    `speakers` are those whom a brief text quotes, as worded, for what it asserts anywhere in it. `own` are words that
    show knowledge of its own (its reporter, what "we saw"), `asked` words that show somebody spoke to it, `hearsay`
    words by which it says that it only read or heard it, `denial` words by which it calls it untrue; None where there
    are none. `oddities` are figures, spellings and slips that few texts share ("137", "spelling tumaan"), `details`
    rare words of the register that another text has too. `brief`: it is about one thing.
    """

    credits: tuple[Credit, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    own: str | None = None
    asked: str | None = None
    hearsay: str | None = None
    denial: str | None = None
    oddities: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    brief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One claim of one version of one document, self-contained.

    `source` is the id of the mission's source that published it (None: not in sources.toml), `family`
    its publisher family (falls back to the publisher's name, or the document's id). `chain` runs from
    the outermost speaker inwards. `quote` are the exact words of the claim. `copied_from` is the id of
    the document whose wording this one repeats as a whole, `taken_from` the stretch of an earlier document that these
    very words are taken from, whatever else is in the text; None when the wording is its own. `day_count` is how many
    days `happened` spans. `incident_worthy` is False for questions, opinions, predictions and the like.
    `stances`, `evidence` and `horizon` are the claim's. `scene` and `scene_time` are where and when the report is set,
    for a claim that names no place, states no time of its own or a coarser one; None where that leaves a choice.
    `traces` are the text's, None where nothing shows. `in_notice`: it stands in a note on the text itself.
    `withdrawn` says how a later document of its publisher took it back; None where it speaks. `ruled` is what of it
    stands because a person decided so, with what the machine proposes.
    """

    claim: str
    document: str
    version: int
    source: str | None
    family: str
    published_at: datetime | None
    quote: str
    span: Span
    trigger: str
    chain: tuple[Speaker, ...]
    event: EventType
    factuality: float
    negated: bool
    mood: Mood
    agents: tuple[Role, ...]
    recipients: tuple[Role, ...]
    instruments: tuple[Role, ...]
    place: Toponym | None
    happened: When | None
    harm: Harm | None
    copied_from: str | None = None
    incident_worthy: bool = True
    stated_rate: Quantity | None = None
    taken_from: TakenFrom | None = None
    stances: tuple[Commitment, ...] = ()
    evidence: Evidence = Evidence.NONE
    horizon: Horizon | None = None
    scene: Toponym | None = None
    scene_time: When | None = None
    traces: Traces | None = None
    in_notice: bool = False
    withdrawn: Withdrawal | None = None
    ruled: tuple[Ruled, ...] = ()

    def ruled_on(self, question: Ruling) -> Ruled | None:
        """What a person decided on a question about it."""
        return next((each for each in self.ruled if each.about is question), None)
