"""Whom the tellings go back to: ten papers with one agency's text are one origin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from truceline.fuse.policy import kinds
from truceline.fuse.registry import Registry
from truceline.kit.near import fold_loosely
from truceline.model.attribution import SpeakerKind
from truceline.model.incident import Origin
from truceline.model.source import Source, SourceKind
from truceline.model.telling import Speaker, Telling

NEUTRAL_KINDS = frozenset(
    {SourceKind.AGENCY, SourceKind.NEWSPAPER, SourceKind.BROADCASTER, SourceKind.MONITOR, SourceKind.UN, SourceKind.NGO}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The deepest one knows of a telling: `key` is equal for tellings of one origin.

    `neutral`: a listed monitor, agency, paper or UN body that belongs to no actor.
    """

    key: str
    name: str
    actor: str | None
    amplifies: str | None = None
    neutral: bool = False


def find_origins(tellings: Iterable[Telling], registry: Registry, firsts: Mapping[str, Telling]) -> tuple[Origin, ...]:
    """Independent origins, those with most claims first; `firsts` holds a telling of each document by its id."""
    gathered = gather_roots(tellings, registry, firsts)
    origins = [settle_origin(key, found) for key, found in gathered.items()]
    return tuple(sorted(origins, key=lambda each: (-len(each.claims), each.name, each.id)))


def gather_roots(
    tellings: Iterable[Telling], registry: Registry, firsts: Mapping[str, Telling]
) -> dict[str, list[tuple[Root, Telling]]]:
    """Tellings by the origin they go back to."""
    gathered: defaultdict[str, list[tuple[Root, Telling]]] = defaultdict(list)
    for telling in tellings:
        for root in find_roots(telling, registry, firsts):
            gathered[root.key].append((root, telling))
    return dict(gathered)


def settle_origin(key: str, found: list[tuple[Root, Telling]]) -> Origin:
    roots = sorted((root for root, _ in found), key=lambda each: (each.name, each.actor or ""))
    amplified = sorted({root.amplifies for root in roots if root.amplifies is not None})
    return Origin(
        id=f"origin-{sha256(key.encode()).hexdigest()[:12]}",
        name=roots[0].name,
        actor=next((root.actor for root in roots if root.actor is not None), None),
        claims=tuple(sorted({telling.claim for _, telling in found})),
        families=tuple(sorted({telling.family for _, telling in found})),
        amplifies=amplified[0] if amplified else None,
    )


def find_roots(telling: Telling, registry: Registry, firsts: Mapping[str, Telling]) -> tuple[Root, ...]:
    """One origin for a telling; a row of a dataset has one for every office it names."""
    if telling.chain and telling.chain[0].kind == SpeakerKind.DOCUMENT:
        offices = [each for speaker in telling.chain[1:] for each in split_offices(speaker)]
        if offices:
            return tuple(root_of(each, telling, registry) for each in offices)
    known = [each for each in telling.chain if is_identified(each, registry)]
    if known:
        return (root_of(known[-1], telling, registry),)
    original = telling.copied_from or (telling.taken_from.document if telling.taken_from is not None else None)
    if original is None:
        return (root_of_publisher(telling, registry),)
    first = firsts.get(original)
    if first is not None:
        return (root_of_publisher(first, registry),)
    return (Root(key=f"copies of {original}", name=original, actor=None),)


def split_offices(speaker: Speaker) -> list[Speaker]:
    if speaker.kind == SpeakerKind.ANONYMOUS:
        return []
    names = dict.fromkeys(each.strip() for each in speaker.words.split("…"))
    return [Speaker(words=name, kind=SpeakerKind.NAMED.value, actor=None) for name in names if name]


def is_identified(speaker: Speaker, registry: Registry) -> bool:
    """'Residents' and 'a source' lead no deeper than to whoever relays them."""
    if speaker.kind in {SpeakerKind.ANONYMOUS, SpeakerKind.DOCUMENT}:
        return False
    if speaker.actor is not None:
        return not registry.vague(speaker.actor)
    return speaker.kind == SpeakerKind.NAMED and fold_loosely(speaker.words) not in kinds().pronouns | {""}


def root_of(speaker: Speaker, telling: Telling, registry: Registry) -> Root:
    """A speaker's origin: the family of the source he is or speaks for, else he himself."""
    source = registry.source_within(speaker.words)
    if source is None and speaker.actor is not None:
        source = registry.by_actor.get(speaker.actor) or registry.by_actor.get(registry.party(speaker.actor))
    actor = speaker.actor or (source.actor if source is not None else None)
    amplifies = find_amplified(actor, telling, registry)
    neutral = source is not None and is_neutral(source, registry)
    name = registry.name(speaker.actor) if speaker.actor is not None else source.name if source else speaker.words
    family = registry.family(actor, source)
    if family is not None:
        return Root(key=f"family:{family}", name=name, actor=actor, amplifies=amplifies, neutral=neutral)
    if actor is not None:
        return Root(key=f"actor:{registry.party(actor)}", name=name, actor=actor, amplifies=amplifies)
    return Root(key=f"words:{fold_loosely(speaker.words)}", name=speaker.words, actor=None)


def is_neutral(source: Source, registry: Registry) -> bool:
    """Of a neutral kind, and owned by nobody whom the register watches."""
    if source.kind not in NEUTRAL_KINDS:
        return False
    return source.actor is None or registry.is_bystander(registry.party(source.actor))


def find_amplified(actor: str | None, telling: Telling, registry: Registry) -> str | None:
    """The actor whose words his own side's publisher repeats."""
    publisher = registry.sources.get(telling.source) if telling.source is not None else None
    if actor is None or publisher is None or publisher.actor is None:
        return None
    return actor if registry.party(actor) == registry.party(publisher.actor) else None


def root_of_publisher(telling: Telling, registry: Registry) -> Root:
    """The publisher's own word."""
    source = registry.sources.get(telling.source) if telling.source is not None else None
    if source is not None:
        key, neutral = f"family:{registry.family(None, source)}", is_neutral(source, registry)
        return Root(key=key, name=source.name, actor=source.actor, neutral=neutral)
    return Root(key=f"family:{telling.family}", name=telling.family, actor=None)
