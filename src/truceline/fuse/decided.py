"""People's decisions made ready for clustering: which claims must meet, which must not, and on whose word."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import product

from truceline.model.decision import Decision, Ruling


@dataclass(frozen=True, slots=True)
class Decided:
    """`same` holds pairs of claims, the latest decision first; `apart` the claims each claim must not meet."""

    same: tuple[tuple[str, str], ...] = ()
    apart: dict[str, frozenset[str]] = field(default_factory=dict)
    why: dict[frozenset[str], Decision] = field(default_factory=dict)

    def parts(self, ours: AbstractSet[str], theirs: AbstractSet[str]) -> bool:
        """A person called an act told by one of ours different from one told by theirs."""
        return bool(self.apart) and any(self.apart.get(each, frozenset()) & theirs for each in ours)

    def words(self, claim: str, others: Collection[str]) -> str | None:
        """Who put a claim with one of the others, and why, in a user's words; None where nobody did."""
        for other in others:
            decision = self.why.get(frozenset((claim, other)))
            if decision is not None and decision.holds is Ruling.SAME:
                # Who it was stands in the ledger; this is published.
                return f"decided by a person on {decision.at:%Y-%m-%d}: {decision.why}"
        return None


NOTHING_DECIDED = Decided()


def arrange_decisions(decisions: Sequence[Decision]) -> Decided:
    """The decisions as they stand: on each pair of claims the latest one holds."""
    latest: dict[frozenset[str], Decision] = {}
    grouping = [each for each in decisions if each.question is Ruling.SAME]
    for decision in sorted(grouping, key=lambda each: (each.at, each.id)):
        for pair in pairs_of(decision):
            latest.pop(pair, None)  # the order of the dict is that of the decisions that hold
            if decision.holds is not None:
                latest[pair] = decision
    apart: defaultdict[str, set[str]] = defaultdict(set)
    same: list[tuple[str, str]] = []
    for pair, decision in reversed(latest.items()):
        one, other = sorted(pair)
        if decision.holds is Ruling.SAME:
            same.append((one, other))
        else:
            apart[one].add(other)
            apart[other].add(one)
    return Decided(tuple(same), {claim: frozenset(others) for claim, others in apart.items()}, latest)


def pairs_of(decision: Decision) -> Iterator[frozenset[str]]:
    """The pairs of claims that a decision is about, in the order of their ids."""
    ours, theirs = sorted(set(decision.claims)), sorted(set(decision.others))
    if decision.holds is not Ruling.DIFFERENT:
        everyone = sorted({*ours, *theirs})
        yield from (frozenset((everyone[0], other)) for other in everyone[1:])
    if decision.holds is not Ruling.SAME:
        yield from (frozenset(pair) for pair in product(ours, theirs) if pair[0] != pair[1])
