"""The stage's work in one place: tellings to incidents."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from truceline.errors import Dropped
from truceline.fuse.block import Block, lay_block
from truceline.fuse.cards import Card, lay_out
from truceline.fuse.cluster import Clustering
from truceline.fuse.columns import Ints
from truceline.fuse.compare import FEATURES, Frame, explain, explain_levels
from truceline.fuse.decided import Decided, arrange_decisions
from truceline.fuse.denials import Fit, compare_denial, find_fits, place_denials, reach_back
from truceline.fuse.kinds import TALLY, settle_kind
from truceline.fuse.links import Links, Pair, find_islands, find_links, label_islands
from truceline.fuse.refer import is_anchored, is_bare, link_references
from truceline.fuse.registry import arrange
from truceline.fuse.settle import settle
from truceline.fuse.worthy import find_bar
from truceline.model.actor import Actor
from truceline.model.decision import Decision
from truceline.model.grading import NOTHING_KNOWN, Grading
from truceline.model.incident import Incident, Stance
from truceline.model.source import Source
from truceline.model.telling import Telling

BARE = "mentions an event again without telling anything of it"
ADRIFT = "names neither place nor actor, and nothing near it that it could go on about"
COUNTED = "the same count, told by another word of its sentence"
OLDER = "an older version of its document"
TOLD_TWICE = "the same claim came twice"
ALONE = "the only telling"
NAMES = tuple(each.__name__ for each in FEATURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """Incidents by time, and every telling that is in none of them with the reason."""

    incidents: tuple[Incident, ...]
    dropped: tuple[Dropped, ...]


def fuse(
    tellings: Sequence[Telling],
    *,
    window_hours: float,
    window_km: float,
    sources: Sequence[Source] = (),
    actors: Sequence[Actor] = (),
    decisions: Sequence[Decision] = (),
    grading: Grading = NOTHING_KNOWN,
) -> Fusion:
    """Incidents out of tellings, the same whatever order they come in.

    `sources` give reliability and ownership, `actors` membership and sides; without them every source is
    ungraded and every actor stands alone. Denials join the incidents they deny and make none of their own.
    `decisions` are people's, and hold against all that the machine finds. `grading` is what the mission knows that
    grades need.
    """
    frame = Frame(
        window_hours=window_hours,
        window_km=window_km,
        registry=arrange(sources, actors),
        grading=grading,
    )
    prepared = prepare(tellings, frame)
    assembly = assemble(prepared.cards, find_firsts(tellings), frame, arrange_decisions(decisions))
    return Fusion(incidents=assembly.incidents, dropped=(*prepared.dropped, *assembly.dropped))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Cards that may become incidents or deny one, and the claims that may not."""

    cards: tuple[Card, ...]
    dropped: tuple[Dropped, ...]


def prepare(tellings: Sequence[Telling], frame: Frame) -> Prepared:
    """The cards of whole documents, by claim id; no document changes those of another."""
    kept, dropped = sift(tellings)
    cards = link_references([lay_out(each) for each in kept], frame)
    bare = {each.telling.claim for each in cards if each.stance is not Stance.DENIES and is_bare(each)}
    dropped += [Dropped(id=claim, reason=BARE) for claim in sorted(bare)]
    return Prepared(tuple(each for each in cards if each.telling.claim not in bare), tuple(dropped))


@dataclass(frozen=True, slots=True)
class Assembly:
    """Incidents by time, the claims that ended in none, and the island of each card by its smallest claim."""

    incidents: tuple[Incident, ...]
    dropped: tuple[Dropped, ...]
    islands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one incident, and by claim why each is in it."""

    cards: tuple[Card, ...]
    reasons: Mapping[str, str]


# How incidents are made of many groups, each for itself; whoever runs this may have several processes do it.
Spread = Callable[[Callable[[Group], Incident], Sequence[Group]], list[Incident]]


def one_by_one(work: Callable[[Group], Incident], groups: Sequence[Group]) -> list[Incident]:
    return [work(each) for each in groups]


def assemble(
    cards: Sequence[Card],
    firsts: Mapping[str, Telling],
    frame: Frame,
    decided: Decided,
    *,
    islands: bool = False,
    spread: Spread = one_by_one,
) -> Assembly:
    """Incidents out of cards in the order of their claims; `islands` tells also which belong together."""
    told = [each for each in cards if each.stance is not Stance.DENIES]
    denials = [each for each in cards if each.stance is Stance.DENIES]
    block = lay_block(told, frame)
    links, ruled = find_links(block), find_ruled(told, decided)
    clustering = Clustering(told, decided)
    for island in find_islands(block, links, ruled):
        clustering.settle(island)
    adrift = drop_adrift(clustering, frame)
    fits = find_fits(denials, block)
    placed = place_denials(denials, fits, clustering.group_of, clustering.members)
    reasons = explain_members(block, links, clustering)
    groups = []
    for group, members in clustering.members.items():
        denied = placed.by_group.get(group, ())
        why = {told[at].telling.claim: reasons[at] for at in members}
        why |= {denials[fit.denial].telling.claim: explain_denial(fit, denials, block) for fit in denied}
        groups.append(Group((*(told[at] for at in members), *(denials[fit.denial] for fit in denied)), why))
    incidents = spread(partial(settle_group, frame=frame, firsts=firsts), groups)
    incidents.sort(key=rank_incident)
    homeless = [Dropped(id=denials[at].telling.claim, reason=reason) for at, reason in placed.homeless]
    named = name_islands(cards, told, denials, links, ruled, fits) if islands else ()
    return Assembly(tuple(incidents), (*adrift, *homeless), named)


def settle_group(group: Group, *, frame: Frame, firsts: Mapping[str, Telling]) -> Incident:
    return settle(group.cards, group.reasons, frame, firsts)


def rank_incident(incident: Incident) -> tuple[bool, float, str]:
    return incident.start is None, incident.start.timestamp() if incident.start else 0.0, incident.id


def name_islands(
    cards: Sequence[Card],
    told: Sequence[Card],
    denials: Sequence[Card],
    links: Links,
    ruled: Sequence[Pair],
    fits: Sequence[Fit],
) -> tuple[str, ...]:
    """The smallest claim of each card's island, in which denials lie with all that they may be about."""
    beside = [*ruled, *((fit.told, len(told) + fit.denial) for fit in fits)]
    labels = label_islands(len(told) + len(denials), links, beside).tolist()
    label_of = {each.telling.claim: label for each, label in zip((*told, *denials), labels, strict=True)}
    smallest: dict[int, str] = {}
    for claim in sorted(label_of):
        smallest.setdefault(label_of[claim], claim)
    return tuple(smallest[label_of[each.telling.claim]] for each in cards)


def sift(tellings: Sequence[Telling]) -> tuple[list[Telling], list[Dropped]]:
    """Tellings that may become incidents, by claim id, and why the others may not."""
    kept: dict[str, Telling] = {}
    latest: dict[str, int] = {}
    for telling in tellings:
        latest[telling.document] = max(telling.version, latest.get(telling.document, 0))
    counted: set[tuple[str, str]] = set()
    dropped: list[Dropped] = []
    # Sorted by id: the smallest claim names the incident, and no arrival order shows.
    for telling in sorted(tellings, key=lambda each: (each.claim, -each.version, each.document)):
        older = telling.version < latest[telling.document]
        bar = OLDER if older else TOLD_TWICE if telling.claim in kept else find_bar(telling)
        if bar is None and settle_kind(telling) is TALLY:
            bar = COUNTED if (telling.document, telling.quote) in counted else None
            counted.add((telling.document, telling.quote))
        if bar is not None:
            dropped.append(Dropped(id=telling.claim, reason=bar))
        else:
            kept[telling.claim] = telling
    return list(kept.values()), dropped


def drop_adrift(clustering: Clustering, frame: Frame) -> list[Dropped]:
    """Takes out the groups of which nothing says where they were or who was in them."""
    cards, groups = clustering.cards, clustering.members.items()
    adrift = [group for group, members in groups if not any(is_anchored(cards[at], frame) for at in members)]
    gone = [at for group in adrift for at in clustering.members.pop(group)]
    return [Dropped(id=cards[at].telling.claim, reason=ADRIFT) for at in sorted(gone)]


def find_firsts(tellings: Iterable[Telling]) -> dict[str, Telling]:
    """A telling of each document: whom a copied text goes back to."""
    firsts: dict[str, Telling] = {}
    for telling in sorted(tellings, key=lambda each: (each.document, -each.version, each.claim)):
        firsts.setdefault(telling.document, telling)
    return firsts


def find_ruled(cards: Sequence[Card], decided: Decided) -> list[Pair]:
    """The pairs of cards that a person called one act, the latest decision first."""
    if not decided.same:
        return []
    where = {each.telling.claim: at for at, each in enumerate(cards)}
    pairs = [(where[one], where[other]) for one, other in decided.same if one in where and other in where]
    return [(min(pair), max(pair)) for pair in pairs]


def explain_members(block: Block, links: Links, clustering: Clustering) -> list[str]:
    """Why each telling is in its group: a person's decision where there is one, and the evidence of its best link."""
    best = find_best_links(len(block.cards), links, clustering)
    linked = np.flatnonzero(best >= 0)
    ends = np.minimum(linked, best[linked]), np.maximum(linked, best[linked])
    reasons = [ALONE] * len(block.cards)
    for at, levels in zip(linked.tolist(), block.bulk.levels(*ends), strict=True):
        reasons[at] = explain_levels(tuple(zip(NAMES, levels, strict=True)))
    if clustering.decided.why:
        for members in clustering.members.values():
            claims = [block.cards[at].telling.claim for at in members]
            for at, claim in zip(members, claims, strict=True):
                ruled = clustering.decided.words(claim, claims)
                if ruled is not None:
                    reasons[at] = f"{ruled}; {reasons[at]}" if best[at] >= 0 else ruled
    return reasons


def find_best_links(count: int, links: Links, clustering: Clustering) -> Ints:
    """For each card the one of its group with which it scores highest, -1 where it has no link there."""
    group = np.array([clustering.group_of[at] for at in range(count)], dtype=np.int64)
    inside = group[links.low] == group[links.high]
    best = np.full(count, -1, dtype=np.int64)
    # The strongest link is written last; of equal ones that with the first card.
    low, high = links.low[inside][::-1], links.high[inside][::-1]
    score = links.score[inside][::-1]
    ours, theirs, scores = np.concatenate([low, high]), np.concatenate([high, low]), np.concatenate([score, score])
    order = np.lexsort((-theirs, scores))
    best[ours[order]] = theirs[order]
    return best


def explain_denial(fit: Fit, denials: Sequence[Card], block: Block) -> str:
    comparison = compare_denial(reach_back(denials[fit.denial]), block.cards[fit.told], block.frame)
    return f"denies it: {explain(comparison)}"
