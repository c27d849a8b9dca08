"""Admiralty grades by explicit rules: how reliable the best source, how credible the incident."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from truceline.fuse.cards import Card
from truceline.fuse.compare import Frame
from truceline.fuse.contradictions import TOGETHER
from truceline.fuse.lineage import Lineage, trace_lineage
from truceline.fuse.policy import read_table
from truceline.fuse.registry import Registry
from truceline.fuse.roots import Root
from truceline.model.incident import Contradiction, Grade, Stance
from truceline.model.source import Reliability, Source
from truceline.model.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the rules of `grades.toml` ask about."""

    origins: int
    neutral: int
    denied: bool
    denied_by_neutral: bool
    admitted: bool
    contested: bool
    known: bool
    reliability: str


def grade(
    cards: Sequence[Card],
    contradictions: Sequence[Contradiction],
    frame: Frame,
    firsts: Mapping[str, Telling],
    lineage: Lineage,
) -> Grade:
    """The two scales, each with its reason."""
    registry = frame.registry
    letter = rank_reliability(cards, registry)
    found = look_at(cards, contradictions, frame, firsts, letter, lineage)
    rule = next(each for each in rules() if holds(each["when"], found))
    best = "no listed source" if letter == Reliability.F else f"best source graded {letter}"
    return Grade(
        reliability=letter,
        credibility=rule["credibility"],
        reason=f"{rule['reason']} ({best})",
        reliability_reason=explain_reliability(cards, registry, letter),
        credibility_reason=rule["reason"],
    )


def explain_reliability(cards: Sequence[Card], registry: Registry, letter: str) -> str:
    """Whose letter it is, with the mission's reason for it."""
    graded = (find_graded(each.telling, registry) for each in cards if each.stance is not Stance.DENIES)
    best = sorted({(each.name, each.reason) for each in graded if each is not None and each.reliability == letter})
    if not best:
        return "No source of these tellings is listed: there is no basis to judge."
    name, reason = best[0]
    return f"{name} is graded {letter}: {reason}"


def look_at(
    cards: Sequence[Card],
    contradictions: Sequence[Contradiction],
    frame: Frame,
    firsts: Mapping[str, Telling],
    letter: str,
    lineage: Lineage,
) -> Circumstances:
    registry = frame.registry
    firm = find_roots([each.telling for each in cards if each.stance is Stance.ASSERTS], lineage)
    denying = [each.telling for each in cards if each.stance is Stance.DENIES]
    against = find_roots(denying, trace_lineage(denying, registry, firsts)) if denying else []
    agents = {actor for card in cards for actor in card.agents}
    return Circumstances(
        origins=len(firm),
        neutral=sum(each.neutral for each in firm),
        denied=bool(against),
        denied_by_neutral=any(each.neutral for each in against),
        admitted=any(is_own(each, agents, registry) for each in firm),
        contested=any(each.what == "agent" and each.note != TOGETHER for each in contradictions),
        known=letter != Reliability.F or any(each.actor is not None for each in firm),
        reliability=letter,
    )


def find_roots(tellings: Sequence[Telling], lineage: Lineage) -> list[Root]:
    """One root for every independent origin of the tellings."""
    return list({root.key: root for each in tellings for root in lineage.roots[each.claim]}.values())


def is_own(origin: Root, agents: Iterable[str], registry: Registry) -> bool:
    """The origin is one of those said to have acted, or speaks for them."""
    if origin.actor is None:
        return False
    party = registry.party(origin.actor)
    return any(registry.party(each) == party for each in agents)


def rank_reliability(cards: Sequence[Card], registry: Registry) -> str:
    """The best letter among the asserting sources; F, no basis to judge, only when no other is known."""
    letters = sorted(
        letter
        for card in cards
        if card.stance is not Stance.DENIES
        if (letter := find_letter(card.telling, registry)) is not None
    )
    return letters[0] if letters else Reliability.F.value


def find_letter(telling: Telling, registry: Registry) -> str | None:
    source = find_graded(telling, registry)
    return source.reliability.value if source is not None else None


def find_graded(telling: Telling, registry: Registry) -> Source | None:
    """The deepest listed source: a good paper quoting a poor one is as good as the poor one."""
    for speaker in reversed(telling.chain):
        source = registry.source_within(speaker.words) if speaker.words else None
        if source is None and speaker.actor is not None:
            source = registry.by_actor.get(speaker.actor)
        if source is not None:
            return source
    return registry.sources.get(telling.source) if telling.source is not None else None


@cache
def rules() -> tuple[dict[str, Any], ...]:
    return tuple(read_table("truceline.fuse", "grades.toml")["rule"])


def holds(conditions: Mapping[str, Any], found: Circumstances) -> bool:
    return all(CONDITIONS[name](found, wanted) for name, wanted in conditions.items())


CONDITIONS: dict[str, Callable[[Circumstances, Any], bool]] = {
    "origins_min": lambda found, wanted: found.origins >= wanted,
    "origins_max": lambda found, wanted: found.origins <= wanted,
    "neutral_min": lambda found, wanted: found.neutral >= wanted,
    "denied": lambda found, wanted: found.denied is wanted,
    "denied_by_neutral": lambda found, wanted: found.denied_by_neutral is wanted,
    "admitted": lambda found, wanted: found.admitted is wanted,
    "contested": lambda found, wanted: found.contested is wanted,
    "known": lambda found, wanted: found.known is wanted,
    "reliability": lambda found, wanted: found.reliability in wanted,
}
