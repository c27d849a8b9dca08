"""One item of the queue: a question in words, what the machine proposes, and what can be answered."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.kit.hashing import content_id
from truceline.model.assessment import Verdict
from truceline.model.place import Toponym
from truceline.model.review import ItemKind
from truceline.model.ruling import Proposal, Ruling
from truceline.review.agree import Stage


class Needs(StrEnum):
    """What else a person has to give for an option."""

    NOTHING = ""
    PLACE = "place"  # a place: `Toponym`, or None for one that cannot be determined
    ACTOR = "actor"  # an actor's id
    VERDICT = "verdict"
    EVENT = "event"
    TIME = "time"  # start and end


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer, given by a key. What it decides stands in the field of its ruling, as in a `Decision`.

    `value` is an id that has to be looked up for what it `needs` (a runner-up's place), "" where a person names one.
    `about` is what a CONFIRM is about; what it holds stands in the same fields.
    """

    key: str
    words: str
    ruling: Ruling
    about: Ruling | None = None
    needs: Needs = Needs.NOTHING
    value: str = ""
    place: Toponym | None = None
    actor: str | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What waits for a decision.

    `id` begins with the kind and stays from run to run as long as the question is the same. `claims` are decided on,
    `others` are the claims of the other side where the question is whether two acts are one. `words` are those meant
    where it is about a name. `incidents` are those concerned. `weight` orders the queue (queue.toml), `weight_reason`
    explains it; `chance` is that a decision differs from the proposal. `reopened` says in words why a decided item is
    back, "" where it was never decided. `stage` and `reviewers` are of its double review, where the mission asks for
    it: nobody is shown what another answered.
    """

    id: str
    kind: ItemKind
    question: str
    proposal: Proposal
    options: tuple[Option, ...]
    incidents: tuple[str, ...]
    claims: tuple[str, ...]
    others: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    chance: float
    weight: float
    weight_reason: str
    reopened: str = ""
    stage: Stage = Stage.FIRST
    reviewers: tuple[str, ...] = ()

    def option(self, key: str) -> Option | None:
        return next((each for each in self.options if each.key == key), None)


def name_item(kind: ItemKind, *subjects: str) -> str:
    """The id of an item on these subjects."""
    return content_id(f"{kind}-", *subjects)


REJECTED = Option(key="x", words="misread: it tells of no incident", ruling=Ruling.REJECT)
