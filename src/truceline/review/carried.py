"""People's decisions carried over to newer versions: a corrected article does not undo what a person decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from truceline.model.decision import Decision
from truceline.model.revision import Aspect, ClaimChange, ClaimState, Revision

# A claim that now says another place, time or kind of act may be of another act: people decide on it anew.
UNDONE = frozenset({Aspect.PLACE, Aspect.TIME, Aspect.KIND})


def carry_decisions(decisions: Sequence[Decision], revisions: Sequence[Revision]) -> tuple[Decision, ...]:
    """The decisions, each on the claims that go on, in the latest versions, with those it was taken on."""
    after = {
        change.old: change.new
        for revision in revisions
        if revision.document == revision.by_document
        for change in revision.changes
        if change.old is not None and change.new is not None and goes_on(change)
    }
    return tuple(
        replace(each, claims=carry(each.claims, after), others=carry(each.others, after)) for each in decisions
    )


def goes_on(change: ClaimChange) -> bool:
    """Whether what was decided of the older claim holds of the newer one."""
    if change.state is ClaimState.UNCHANGED:
        return True
    return change.state is ClaimState.CHANGED and not any(each.aspect in UNDONE for each in change.differences)


def carry(claims: Sequence[str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(last_of(each, after) for each in claims))


def last_of(claim: str, after: Mapping[str, str]) -> str:
    """The claim that goes on with it in the latest version; itself where nothing does."""
    met = {claim}
    while claim in after and after[claim] not in met:
        claim = after[claim]
        met.add(claim)
    return claim
