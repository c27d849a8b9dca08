"""What the machine proposes on claims named outright, so that it is kept beside what a person decides on them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from truceline.errors import UsageError
from truceline.model.assessment import Verdict
from truceline.model.incident import Incident, Stance
from truceline.model.ruling import GROUPING, Proposal, Ruling
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.review.verdicts import machine_verdict
from truceline.review.words import (
    NOBODY,
    bounds_of,
    fold_words,
    named_in,
    word_event,
    word_place,
    word_time,
    write_event,
    write_place,
    write_time,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal, and the fields of a decision that would hold it; `values` None where it cannot be accepted as one.

    That is so where the claims are proposed different things, or a person decided on them before.
    """

    proposal: Proposal
    values: Mapping[str, Any] | None = field(default_factory=dict)


def find_proposal(question: Ruling, claims: Sequence[str], view: View, *, words: str = "") -> Proposed:
    """The machine's proposal for a question on claims. Raises UsageError where they ask nothing of the kind."""
    wanted = set(claims)
    told = [each for each in view.tellings if each.claim in wanted]
    if question in GROUPING:
        return propose_grouping(wanted, view.incidents)
    if question is Ruling.VERDICT:
        return propose_verdict(wanted, view)
    if not told:
        raise UsageError("none of these claims is told by the latest version of its document")
    if question is Ruling.REJECT:
        return Proposed(proposal=Proposal(value="tells", words="counted as telling of an act"))
    known = (one for each in told for one in each.ruled if one.about is question)
    ruled = [each for each in known if not words or fits(each.words, words)]
    if ruled:
        return Proposed(proposal=Proposal(value=ruled[0].machine, words=ruled[0].machine_words), values=None)
    found = [propose_one(question, each, words) for each in told]
    values = found[0].values if len({each.proposal.value for each in found}) == 1 else None
    others = tuple(dict.fromkeys(f"{each.proposal.value}: {each.proposal.words}" for each in found[1:]))
    first = found[0].proposal
    return Proposed(
        proposal=Proposal(value=first.value, words=first.words, runners_up=others if values is None else ()),
        values=values,
    )


def fits(one: str, other: str) -> bool:
    return fold_words(one) == fold_words(other)


def propose_one(question: Ruling, telling: Telling, words: str) -> Proposed:
    match question:
        case Ruling.PLACE:
            place = telling.place or telling.scene
            held = None if place is None or place.id is None else place
            return Proposed(
                proposal=Proposal(value=write_place(place), words=word_place(place)), values={"place": held}
            )
        case Ruling.TIME:
            start, end = bounds_of(telling.scene_time or telling.happened)
            proposal = Proposal(value=write_time(start, end), words=word_time(start, end))
            return Proposed(proposal=proposal, values={"start": start, "end": end})
        case Ruling.KIND:
            proposal = Proposal(value=write_event(telling.event), words=word_event(telling.event))
            return Proposed(proposal=proposal, values={"event": telling.event})
        case Ruling.ACTOR:
            actor = next((each.actor for each in find_named(telling, words)), None)
            return Proposed(proposal=Proposal(value=actor or "", words=actor or NOBODY), values={"actor": actor})
        case _:
            raise UsageError(f"the machine proposes nothing on '{question}'")


def find_named(telling: Telling, words: str) -> list[Any]:
    """Those that the telling names in these words. Raises UsageError where it names nobody so."""
    found = [each for each in named_in(telling) if fits(each.words, words)]
    if not found:
        known = ", ".join(f"'{each.words}'" for each in named_in(telling)) or "nobody"
        raise UsageError(f"--words: {telling.claim} names {known}; none is '{words}'")
    return found


def propose_grouping(claims: Collection[str], incidents: Iterable[Incident]) -> Proposed:
    """Whether the machine holds the claims for one act."""
    homes = {
        version.claim: incident.id
        for incident in incidents
        for version in incident.versions
        if version.claim in claims and version.stance is not Stance.DENIES
    }
    one = len(set(homes.values())) == 1
    value = Ruling.SAME if one else Ruling.DIFFERENT
    return Proposed(proposal=Proposal(value=value.value, words="one act" if one else "acts of their own"))


def propose_verdict(claims: set[str], view: View) -> Proposed:
    homes = {each.id for each in view.incidents if any(one.claim in claims for one in each.versions)}
    found = [each for each in view.assessments if each.incident in homes]
    if not found:
        raise UsageError("no assessment is of these claims: the mission has no agreement, or they are in no incident")
    verdicts: list[Verdict] = [machine_verdict(each) for each in found]
    values = {"verdict": verdicts[0]} if len(set(verdicts)) == 1 else None
    return Proposed(proposal=Proposal(value=verdicts[0].value, words=found[0].would_change), values=values)
