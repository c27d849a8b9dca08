"""Which tellings can become incidents, and why the others cannot."""

from truceline.fuse.kinds import is_denied, settle_kind, tells_none
from truceline.fuse.policy import find_group, kinds
from truceline.model.incident import Stance
from truceline.model.ruling import Ruling
from truceline.model.telling import Telling

REJECTED = "a person decided that it tells of no incident"
STATEMENT = "a statement or demand, kept among statements and diplomacy"
UNTYPED = "an event outside the categories watched"
RATE = "a rate over a period, checked against the register"
WITHDRAWN = "withdrawn or replaced by a later correction of its publisher"
NOTE = "stands in a note on the article itself"
UNCERTAIN = "the speaker commits to nothing"


def find_bar(telling: Telling) -> str | None:
    """What keeps this from being an incident, None when nothing does."""
    if telling.withdrawn is not None or telling.ruled_on(Ruling.REJECT) is not None:
        return REJECTED if telling.withdrawn is None else WITHDRAWN
    if telling.in_notice:
        return NOTE
    policy = kinds()
    group = find_group(settle_kind(telling))
    if group is None:
        return UNTYPED
    if group == "statement":
        return STATEMENT
    if telling.mood not in policy.moods:
        return f"told as a {telling.mood}, not as having happened"
    if telling.stated_rate is not None:
        return RATE
    if abs(telling.factuality) < policy.least_factuality:
        return UNCERTAIN
    return None


def parse_stance(telling: Telling) -> Stance:
    """ASSERTS, DENIES, or HEDGES where the speaker holds the event no more than possible.

    'Nobody was killed' asserts a number.
    """
    if tells_none(telling):
        return Stance.ASSERTS
    if is_denied(telling):
        return Stance.DENIES
    return Stance.ASSERTS if telling.factuality >= kinds().firm_factuality else Stance.HEDGES
