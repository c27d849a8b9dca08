"""What people can decide on, what the machine proposed then, and what of a record stands because a person said so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Ruling(StrEnum):
    """What was decided. SAME and DIFFERENT answer one question, every other ruling one of its own."""

    SAME = "same"  # all the claims named tell of one act
    DIFFERENT = "different"  # none of the first claims tells of the act that one of the others tells of
    CONFIRM = "confirm"  # the machine is right in what the decision is about
    PLACE = "place"  # where these claims say that it happened, or that this cannot be determined
    ACTOR = "actor"  # whom these words of these claims mean, or nobody known
    TIME = "time"  # when these claims say that it happened, or that this cannot be determined
    KIND = "kind"  # what kind of event these claims tell of
    VERDICT = "verdict"  # what the act of these claims is under the agreement
    REJECT = "reject"  # these claims tell of no incident, or are misread
    REOPEN = "reopen"  # what was decided is taken back: the machine's proposal holds again


GROUPING = frozenset({Ruling.SAME, Ruling.DIFFERENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the machine proposes: `value` as an id or a code ("" where it cannot tell), and in `words`.

    `reasons` are in a user's words; `runners_up` what else it thought of, each as "value: words".
    """

    value: str
    words: str
    reasons: tuple[str, ...] = ()
    runners_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """That something of a record stands because a person decided so, whatever the machine proposes.

    `decision` is its id, `about` the question, `words` the words meant where it is about an actor. `machine` is what
    the machine proposes now, as an id or a code and in `machine_words`; `agrees` whether that is the same.
    """

    decision: str
    about: Ruling
    by: str
    at: datetime
    why: str
    machine: str
    machine_words: str
    agrees: bool
    words: str = ""
