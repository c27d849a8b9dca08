"""One more document, or a changed one: only what it can touch is fused again.

Claims lie on a shelf with the island they belong to: all that links, decisions or denials join, however far. What
happens in one island changes nothing in another, so the islands that new, changed and withdrawn claims touch are fused
again as a whole and the rest is left alone. The outcome is that of fusing everything, which a property test holds.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from truceline.errors import Dropped
from truceline.fuse.block import LONGEST_HOURS, lay_block
from truceline.fuse.bulk import Bulk
from truceline.fuse.cards import Card, lay_out
from truceline.fuse.columns import lay_columns
from truceline.fuse.compare import Frame
from truceline.fuse.decided import Decided, arrange_decisions
from truceline.fuse.denials import find_fits, reach_back
from truceline.fuse.incidents import Fusion, Spread, assemble, find_firsts, one_by_one, prepare
from truceline.fuse.policy import weights
from truceline.fuse.registry import arrange
from truceline.kit.collecting import without_collecting
from truceline.model.decision import Decision
from truceline.model.incident import Stance
from truceline.model.mission import Mission
from truceline.model.shelved import Shelf, Shelved
from truceline.model.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What changed: claims that left or moved, claims as they lie now, incidents that replace those of the claims.

    Every incident that holds one of `claims` is replaced by `fusion`, whose `dropped` are of the same claims.
    """

    claims: frozenset[str]
    shelved: tuple[Shelved, ...]
    fusion: Fusion


def frame_of(mission: Mission) -> Frame:
    """What a mission's tellings are compared in."""
    registry = arrange(mission.sources, mission.actors)
    return Frame(
        window_hours=mission.window_hours,
        window_km=mission.window_km,
        registry=registry,
        grading=mission.grading,
    )


def shelve(
    tellings: Sequence[Telling], frame: Frame, decisions: Sequence[Decision] = (), *, spread: Spread = one_by_one
) -> Refreshed:
    """Everything fused for the first time; `spread` may have incidents settled by several processes."""
    with without_collecting():
        prepared, decided = prepare(tellings, frame), arrange_decisions(decisions)
        firsts = find_firsts(tellings)
        return fuse_again(prepared.cards, prepared.dropped, frozenset(), firsts, frame, decided, spread)


def refresh(
    shelf: Shelf,
    tellings: Sequence[Telling],
    *,
    documents: Collection[str],
    frame: Frame,
    decisions: Sequence[Decision] = (),
) -> Refreshed:
    """What becomes of the register when `tellings` are all that `documents` now tell.

    The decisions are those that everything on the shelf was fused with: after a new one, all is fused again.
    """
    changed, decided = frozenset(documents), arrange_decisions(decisions)
    withdrawn = list(shelf.of_documents(changed))
    prepared = prepare(tellings, frame)
    touched = {each.island for each in withdrawn}
    touched |= {each.island for each in shelf.taken_from(changed)}
    touched |= find_touched(shelf, prepared.cards, changed, frame)
    touched |= find_ruled_islands(shelf, prepared.cards, decided)
    beside = [each for each in shelf.of_islands(touched) if each.telling.document not in changed]
    cards = sorted([*prepared.cards, *map(take_up, beside)], key=lambda each: each.telling.claim)
    gone = frozenset(each.telling.claim for each in withdrawn) | {each.telling.claim for each in beside}
    firsts = {**find_origins_of(shelf, cards, changed), **find_firsts(tellings)}
    return fuse_again(cards, prepared.dropped, gone, firsts, frame, decided)


def fuse_again(
    cards: Sequence[Card],
    dropped: Sequence[Dropped],
    gone: frozenset[str],
    firsts: Mapping[str, Telling],
    frame: Frame,
    decided: Decided,
    spread: Spread = one_by_one,
) -> Refreshed:
    assembly = assemble(cards, firsts, frame, decided, islands=True, spread=spread)
    shelved = tuple(lay_by(card, island) for card, island in zip(cards, assembly.islands, strict=True))
    fusion = Fusion(incidents=assembly.incidents, dropped=(*dropped, *assembly.dropped))
    return Refreshed(claims=gone, shelved=shelved, fusion=fusion)


def lay_by(card: Card, island: str) -> Shelved:
    reaching = reach_back(card) if card.stance is Stance.DENIES else card
    return Shelved(
        telling=card.telling,
        island=island,
        refers_to=card.refers_to,
        denies=card.stance is Stance.DENIES,
        start=reaching.start,
        end=card.end if card.start is None else min(card.end, card.start + LONGEST_HOURS),
    )


def take_up(shelved: Shelved) -> Card:
    return replace(lay_out(shelved.telling), refers_to=shelved.refers_to)


def find_origins_of(shelf: Shelf, cards: Iterable[Card], changed: Collection[str]) -> Mapping[str, Telling]:
    """A telling of each unchanged document that words of the cards are taken from."""
    wanted = {each.telling.copied_from for each in cards}
    wanted |= {each.telling.taken_from.document for each in cards if each.telling.taken_from is not None}
    return find_firsts(list(shelf.told_by({each for each in wanted if each is not None} - set(changed))))


def find_ruled_islands(shelf: Shelf, cards: Iterable[Card], decided: Decided) -> set[str]:
    """Islands of claims that a person put together with one of the cards."""
    ours = {each.telling.claim for each in cards}
    others = {claim for pair in decided.same if ours & set(pair) for claim in pair} - ours
    return {each.island for each in shelf.of_claims(others)} if others else set()


def find_touched(shelf: Shelf, cards: Sequence[Card], changed: Collection[str], frame: Frame) -> set[str]:
    """Islands with a claim that one of the cards is linked with, denies, or is denied by."""
    spans = [lay_by(each, "") for each in cards]
    timed = [(each.start, each.end) for each in spans if each.start is not None]
    found: set[str] = set()
    for since, until in merge_spans(timed, frame.window_hours):
        near = [each for each in shelf.within(since, until) if each.telling.document not in changed]
        reached = [card for card, span in zip(cards, spans, strict=True) if meets(span, since, until)]
        found |= find_joined(reached, near, frame)
    return found


def meets(span: Shelved, since: float, until: float) -> bool:
    return span.start is not None and span.start <= until and span.end >= since


def merge_spans(spans: Iterable[tuple[float, float]], window: float) -> list[tuple[float, float]]:
    """Stretches widened by the window on both sides, those that meet made one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        since, until = start - window, end + window
        if merged and since <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(until, merged[-1][1])
        else:
            merged.append((since, until))
    return merged


def find_joined(cards: Sequence[Card], near: Sequence[Shelved], frame: Frame) -> set[str]:
    told = [each for each in cards if each.stance is not Stance.DENIES]
    there = [each for each in near if not each.denies]
    found = {there[at].island for at in find_linked(told, [take_up(each) for each in there], frame)}
    denials = [each for each in cards if each.stance is Stance.DENIES]
    if denials and there:
        block = lay_block([take_up(each) for each in there], frame)
        found |= {there[fit.told].island for fit in find_fits(denials, block)}
    denying = [each for each in near if each.denies]
    if denying and told:
        block = lay_block(told, frame)
        found |= {denying[fit.denial].island for fit in find_fits([take_up(each) for each in denying], block)}
    return found


def find_linked(ours: Sequence[Card], theirs: Sequence[Card], frame: Frame) -> set[int]:
    """Which of theirs is linked with one of ours."""
    if not ours or not theirs:
        return set()
    block = lay_block(ours, frame)
    columns = lay_columns(theirs, block.books)
    bulk = Bulk((ours, block.columns), (theirs, columns), block.books, frame)
    least = np.full(len(ours), weights()["decision", "join"].weight)
    here = np.repeat(np.arange(len(ours)), len(theirs))
    kept = bulk.keep(here, np.tile(np.arange(len(theirs)), len(ours)), least)
    return set(kept.there.tolist())
