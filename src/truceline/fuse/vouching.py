"""Who stands behind a single telling, for grades and agreed values: narrower than whom its report goes back to.

An article that credits five bodies has its story from five; but what it tells in its own voice is told by none of them.
So a telling is vouched for by the speaker whom it names; one in the author's voice by its publisher, unless the text is
brief, a copy, or a row, whose credits are for the whole. Where a publisher credits somebody who tells it too, the
publisher adds nothing: it may have it from him.
"""

from collections.abc import Iterable, Mapping, Sequence

from truceline.fuse.cards import Card
from truceline.fuse.lineage import Lineage
from truceline.fuse.policy import kinds
from truceline.fuse.registry import Registry
from truceline.fuse.roots import Root, is_identified, root_of, root_of_publisher
from truceline.fuse.sides import find_bearing
from truceline.kit.near import fold_loosely
from truceline.model.grading import Bearing, Grading
from truceline.model.telling import Speaker, Telling

Vouchers = Mapping[str, tuple[Root, ...]]


def find_vouchers(cards: Sequence[Card], lineage: Lineage, registry: Registry) -> Vouchers:
    """The roots that stand behind each telling, by claim."""
    found: dict[str, tuple[Root, ...]] = {}
    open_to: list[tuple[Telling, frozenset[str]]] = []
    for card in sorted(cards, key=lambda each: each.telling.claim):
        certain = find_certain(card, lineage, registry)
        if certain:
            found[card.telling.claim] = certain
        else:
            open_to.append((card.telling, frozenset(each.key for each in lineage.roots[card.telling.claim])))
    misled = {each.telling.claim for each in cards if is_misled(each, registry)}
    counted = {root.key: root for roots in found.values() for root in roots}
    for telling, credited in open_to:
        own = root_of_teller(telling, registry) if telling.claim not in misled else root_of_publisher(telling, registry)
        held = [counted[key] for key in sorted(credited & counted.keys())]
        roots = (own,) if own.key in counted or not held else tuple(held)
        found[telling.claim] = roots
    # Of several that may have it from one body, one of no party stands for all.
    open_to.sort(key=lambda each: not any(root.neutral for root in found[each[0].claim]))
    return merge_alike(found, open_to)


def find_certain(card: Card, lineage: Lineage, registry: Registry) -> tuple[Root, ...]:
    """The roots of a telling that leave no choice; none where its report only credits others somewhere."""
    telling, roots = card.telling, lineage.roots[card.telling.claim]
    if is_misled(card, registry):
        return ()
    said = lineage.said.get(telling.claim, ())
    if len(said) == 1:
        return said
    if card.row or telling.copied_from is not None or telling.taken_from is not None:
        return roots
    if telling.traces is None or not telling.traces.brief:
        return ()
    # 'A monitor' said it, and the text names one; a headline of an outlet nobody lists has one credit for all of it.
    if len(roots) == 1 and (telling.chain or telling.source is None):
        return roots
    padded = f" {fold_loosely(telling.quote)} "
    return tuple(each for each in roots if f" {fold_loosely(each.name)} " in padded)


def is_misled(card: Card, registry: Registry) -> bool:
    """A pronoun speaks, and was taken for the very one who is said to have acted."""
    if not card.telling.chain:
        return False
    speaker = card.telling.chain[-1]
    if speaker.actor is None or fold_loosely(speaker.words) not in kinds().pronouns:
        return False
    return any(registry.party(each) == registry.party(speaker.actor) for each in card.agents)


def merge_alike(found: Vouchers, open_to: Iterable[tuple[Telling, frozenset[str]]]) -> Vouchers:
    """Publishers that credit the same body for what they tell in their own voice count as the first of them."""
    merged, first = dict(found), dict[str, tuple[Root, ...]]()
    for telling, credited in open_to:
        own = {root.key for root in found[telling.claim]}
        foreign = sorted(credited - own)
        known = next((first[key] for key in foreign if key in first), None)
        if known is not None:
            merged[telling.claim] = known
        for key in foreign:
            first.setdefault(key, merged[telling.claim])
    return merged


def root_of_teller(telling: Telling, registry: Registry) -> Root:
    """The innermost speaker whom the mission knows, else the publisher: others lead no deeper than who relays them."""
    for speaker in reversed(telling.chain):
        if is_identified(speaker, registry) and is_known(speaker, registry):
            return root_of(speaker, telling, registry)
    return root_of_publisher(telling, registry)


def is_known(speaker: Speaker, registry: Registry) -> bool:
    return speaker.actor is not None or registry.source_within(speaker.words) is not None


def find_standing(root: Root, telling: Telling, registry: Registry, grading: Grading) -> tuple[Bearing, str]:
    """Where the origin of a telling stands; one of whom nothing is known stands where its listed publisher does.

    A side's medium passes on whom it likes; another's word for somebody unknown makes him known, not neutral.
    """
    bearing, side = find_bearing(root, registry, grading)
    if bearing is not Bearing.UNKNOWN or telling.source not in registry.sources:
        return bearing, side
    bearing, side = find_bearing(root_of_publisher(telling, registry), registry, grading)
    return (bearing, side) if bearing is Bearing.SIDE else (Bearing.UNATTACHED, "")


def find_deniers(denying: Iterable[Telling], registry: Registry) -> list[Root]:
    """Who denies: the speaker, never whom else his report credits; an unnamed one stays unknown."""
    found = {}
    for telling in denying:
        root = root_of_teller(telling, registry)
        unknown = next((each for each in reversed(telling.chain) if each.words), None)
        if unknown is not None and not any(is_known(each, registry) for each in telling.chain):
            root = Root(key=f"words:{fold_loosely(unknown.words)}", name=unknown.words, actor=None)
        found[root.key] = root
    return [found[key] for key in sorted(found)]
