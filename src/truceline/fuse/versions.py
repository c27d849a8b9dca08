"""Two versions of one text claim by claim: what stands, what changed and in what, what is new, what is withdrawn.

Claims are aligned by their event word, their sentence and what they say, never by where they stand, so that moved
paragraphs and mended spelling change nothing. The alignment is the one with the highest sum of likenesses (Kuhn 1955).
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import numpy as np
from scipy.optimize import linear_sum_assignment

from truceline.fuse.differences import Said, find_differences, say
from truceline.model.revision import Aspect, ClaimChange, ClaimState, Difference
from truceline.model.telling import Telling

ALIGNED = 0.55  # likeness from which two claims are one, told anew
# Two claims of one sentence that differ in that much are two claims.
MOST_CHANGED = 2
IDENTITY = frozenset({Aspect.PLACE, Aspect.TIME, Aspect.KIND, Aspect.ACTOR, Aspect.TARGET})


def compare_versions(old: Sequence[Telling], new: Sequence[Telling]) -> tuple[ClaimChange, ...]:
    """What became of every claim: each of `old` and each of `new` stands in exactly one of the changes.

    In the order of the newer text, what it withdraws last. Claims of one text against themselves are all unchanged.
    """
    before, after = [say(each) for each in old], [say(each) for each in new]
    pairs = dict(align(before, after))
    partner = {there: here for here, there in pairs.items()}
    changes = [
        change_of(before[partner[there]], each) if there in partner else added(each) for there, each in enumerate(after)
    ]
    return (*changes, *(withdrawn(each) for here, each in enumerate(before) if here not in pairs))


def change_of(old: Said, new: Said) -> ClaimChange:
    differences = find_differences(old, new)
    one, other = old.telling, new.telling
    return ClaimChange(
        state=ClaimState.CHANGED if differences else ClaimState.UNCHANGED,
        old=one.claim,
        new=other.claim,
        differences=differences,
        old_span=one.span,
        new_span=other.span,
    )


def added(said: Said) -> ClaimChange:
    return ClaimChange(state=ClaimState.ADDED, new=said.telling.claim, new_span=said.telling.span)


def withdrawn(said: Said) -> ClaimChange:
    return ClaimChange(state=ClaimState.WITHDRAWN, old=said.telling.claim, old_span=said.telling.span)


def align(before: Sequence[Said], after: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Which claim of the older text is which of the newer one, each at most once."""
    if not before or not after:
        return
    likeness = np.array([[score(one, other) for other in after] for one in before])
    # Of equally good alignments the one that keeps the order.
    here, there = np.arange(len(before))[:, None], np.arange(len(after))[None, :]
    apart = np.abs(here / len(before) - there / len(after))
    chosen = linear_sum_assignment(likeness - 1e-6 * apart, maximize=True)
    for one, other in zip(*(each.tolist() for each in chosen), strict=True):
        if likeness[one, other] >= ALIGNED:
            yield one, other


def score(old: Said, new: Said) -> float:
    """How likely the newer claim is the older one told anew: 0 none, 1 the same words; above 1 the same in all."""
    if not can_be_one(old, new):
        return 0.0
    wording = 1.0 if old.words == new.words else SequenceMatcher(a=old.words, b=new.words, autojunk=False).ratio()
    trigger = 1.0 if old.trigger == new.trigger else 0.5 if old.group == new.group else 0.0
    differences = find_differences(old, new)
    changed = weigh(differences)
    if changed > MOST_CHANGED:
        return 0.0
    agreed = 1.0 - changed / len(IDENTITY)
    return 0.5 * wording + 0.3 * trigger + 0.2 * agreed + (0.5 if not differences else 0.0)


def can_be_one(old: Said, new: Said) -> bool:
    return old.trigger == new.trigger or (old.group == new.group and old.group is not None)


def weigh(differences: Sequence[Difference]) -> float:
    """In how much that makes an act what it is they differ; what only one of them says weighs half."""
    found = (each for each in differences if each.aspect in IDENTITY)
    return sum(1.0 if each.old and each.new else 0.5 for each in found)
