"""Where an origin stands in the war, and whether what it tells serves the side it stands on."""

from collections.abc import Collection
from functools import cache

from truceline.fuse.disputed import disputed
from truceline.fuse.policy import name_means, read_table
from truceline.fuse.registry import Registry
from truceline.fuse.roots import Root
from truceline.kit.near import fold_loosely
from truceline.model.actor import ActorKind
from truceline.model.claim import EventType
from truceline.model.grading import Bearing, Grading
from truceline.vocab.verdicts import load_verdict_table

OWN, AGAINST, NEITHER = "own", "against", "neither"
OF_NO_PARTY = frozenset({ActorKind.NGO, ActorKind.IGO})
ARMED = frozenset({ActorKind.ARMED_GROUP, ActorKind.MILITARY, ActorKind.COALITION, ActorKind.COLLECTIVE})


def camp_of(actor: str, registry: Registry, grading: Grading) -> str:
    """The side an actor fights on, sides that fight together made one; "" for none and for those that take no side."""
    side = registry.side(actor) or registry.side(registry.party(actor))
    if side is None or side in load_verdict_table().impartial_sides:
        return ""
    return next((" + ".join(camp) for camp in grading.camps if side in camp), side)


def camps_of(actors: Collection[str], registry: Registry, grading: Grading) -> frozenset[str]:
    return frozenset(camp for each in actors if (camp := camp_of(each, registry, grading)))


def find_bearing(root: Root, registry: Registry, grading: Grading) -> tuple[Bearing, str]:
    """Where the origin stands, and on which side."""
    if root.actor is not None and not root.neutral:
        camp = camp_of(root.actor, registry, grading)
        if camp:
            return Bearing.SIDE, camp
        known = registry.actors.get(registry.party(root.actor))
        if known is None:
            return Bearing.SIDE, root.actor
        if known.kind in OF_NO_PARTY or known.side is not None:
            return Bearing.NEUTRAL, ""
        return (Bearing.UNATTACHED, "") if known.kind is ActorKind.MEDIA else (Bearing.SIDE, known.id)
    if root.neutral:
        return Bearing.NEUTRAL, ""
    return (Bearing.UNATTACHED if root.key in registry.family_keys else Bearing.UNKNOWN), ""


@cache
def interests() -> dict[str, str]:
    """'harming', 'helping' or 'shared' by PLOVER category."""
    table = read_table("truceline.fuse", "grades.toml")["interest"]
    return {plover: sort for sort in ("harming", "helping", "shared") for plover in table[sort]}


@cache
def gains() -> frozenset[str]:
    return frozenset(read_table("truceline.fuse", "grades.toml")["interest"]["gains"])


def find_interest(side: str, event: EventType, acting: Collection[str], *, at_fighters: bool) -> str:
    """What a claim does for the side of who makes it.

    `acting` are the sides said to have acted, `at_fighters` whether it was done to fighters.
    """
    sort = interests().get(event.plover or "")
    if not side or not acting or sort not in ("harming", "helping"):
        return NEITHER
    if side in acting and len(acting) > 1:
        return NEITHER  # both fought
    if sort == "helping":
        return OWN if side in acting else AGAINST
    return OWN if side not in acting or at_fighters or name_means(event) in gains() else AGAINST


def is_at_fighters(
    recipients: Collection[str], words: Collection[str], acting: Collection[str], registry: Registry, grading: Grading
) -> bool:
    """Done to armed people or things of another side, and to nothing that the law of war protects."""
    told = {word for each in words for word in fold_loosely(each).split()}
    if told & disputed().protected:
        return False
    armed = (each for each in recipients if (known := registry.actors.get(each)) is not None and known.kind in ARMED)
    return bool(told & disputed().military) or any(camp_of(each, registry, grading) not in acting for each in armed)
