"""The stage's work in one place: tellings to incidents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from truceline.errors import Dropped
from truceline.fuse.block import Block, lay_block
from truceline.fuse.cards import Card, lay_out
from truceline.fuse.cluster import Clustering
from truceline.fuse.compare import Comparison, Frame, explain
from truceline.fuse.decided import Decided, arrange_decisions
from truceline.fuse.denials import find_fits, place_denials
from truceline.fuse.kinds import TALLY, settle_kind
from truceline.fuse.links import Links, Pair, find_islands, find_links
from truceline.fuse.refer import is_anchored, is_bare, link_references
from truceline.fuse.registry import arrange
from truceline.fuse.settle import settle
from truceline.fuse.worthy import find_bar
from truceline.model.actor import Actor
from truceline.model.decision import Decision
from truceline.model.incident import Incident, Stance
from truceline.model.source import Source
from truceline.model.telling import Telling

BARE = "mentions an event again without telling anything of it"
ADRIFT = "names neither place nor actor, and nothing near it that it could go on about"
COUNTED = "the same count, told by another word of its sentence"
OLDER = "an older version of its document"
TOLD_TWICE = "the same claim came twice"


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
) -> Fusion:
    """Incidents out of tellings, the same whatever order they come in.

    `sources` give reliability and ownership, `actors` membership and sides; without them every source is
    ungraded and every actor stands alone. Denials join the incidents they deny and make none of their own.
    `decisions` are people's, and hold against all that the machine finds.
    """
    frame = Frame(window_hours=window_hours, window_km=window_km, registry=arrange(sources, actors))
    kept, dropped = sift(tellings)
    cards = link_references([lay_out(each) for each in kept], frame)
    told = [each for each in cards if each.stance is not Stance.DENIES]
    bare = [Dropped(id=each.telling.claim, reason=BARE) for each in told if is_bare(each)]
    block = lay_block([each for each in told if not is_bare(each)], frame)
    denials = [each for each in cards if each.stance is Stance.DENIES]
    incidents, lost = assemble(block, denials, find_firsts(tellings), arrange_decisions(decisions))
    return Fusion(incidents=tuple(incidents), dropped=(*dropped, *bare, *lost))


def assemble(
    block: Block, denials: Sequence[Card], firsts: Mapping[str, Telling], decided: Decided
) -> tuple[list[Incident], list[Dropped]]:
    """Incidents out of cards, by time, and the claims that ended in none."""
    links = find_links(block)
    clustering = Clustering(block.cards, block.frame, decided)
    for island in find_islands(len(block.cards), links, find_ruled(block.cards, decided)):
        clustering.settle(island)
    adrift = drop_adrift(clustering)
    placed = place_denials(denials, find_fits(denials, block), clustering.group_of, clustering.members)
    reasons = Reasons(clustering, links)
    incidents = []
    for group, members in clustering.members.items():
        denied = placed.by_group.get(group, ())
        told = {block.cards[at].telling.claim: reasons.of(at, members) for at in members}
        told |= {card.telling.claim: f"denies it: {explain(comparison)}" for card, comparison in denied}
        cards = [*(block.cards[at] for at in members), *(card for card, _ in denied)]
        incidents.append(settle(cards, told, block.frame, firsts))
    incidents.sort(key=lambda each: (each.start is None, each.start.timestamp() if each.start else 0.0, each.id))
    homeless = [Dropped(id=card.telling.claim, reason=reason) for card, reason in placed.homeless]
    return incidents, [*adrift, *homeless]


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


def drop_adrift(clustering: Clustering) -> list[Dropped]:
    """Takes out the groups of which nothing says where they were or who was in them."""
    cards, frame = clustering.cards, clustering.frame
    groups = clustering.members.items()
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


class Reasons:
    """Why each telling is in its group."""

    def __init__(self, clustering: Clustering, links: Links) -> None:
        self._clustering = clustering
        self._partners: defaultdict[int, list[int]] = defaultdict(list)
        for low, high in links:
            self._partners[low].append(high)
            self._partners[high].append(low)

    def of(self, at: int, members: Sequence[int]) -> str:
        """A person's decision where there is one, and the evidence of the strongest link."""
        if len(members) == 1:
            return "the only telling"
        evidence = self._evidence(at)
        claim, cards = self._clustering.cards[at].telling.claim, self._clustering.cards
        ruled = self._clustering.decided.words(claim, [cards[other].telling.claim for other in members])
        return "; ".join(each for each in (ruled, evidence) if each is not None)

    def _evidence(self, at: int) -> str | None:
        group_of, look = self._clustering.group_of, self._clustering.look
        linked = [other for other in self._partners[at] if group_of[other] == group_of[at]]
        if not linked:
            return None
        best: Comparison = max((look(at, other) for other in sorted(linked)), key=lambda each: each.score)
        return explain(best)
