"""Who one speaker or one publisher is, as an origin."""

from dataclasses import dataclass
from hashlib import sha256

from truceline.fuse.policy import kinds
from truceline.fuse.registry import Registry
from truceline.kit.near import fold_loosely
from truceline.model.attribution import SpeakerKind
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
    actor = registry.actor_called(telling.family)
    if actor is not None:
        family = registry.family(actor, None)
        key = f"family:{family}" if family is not None else f"actor:{registry.party(actor)}"
        return Root(key=key, name=registry.name(actor), actor=actor)
    branch = registry.branch_of(telling.family)
    if branch is not None:
        key, neutral = f"family:{registry.family(None, branch)}", is_neutral(branch, registry)
        return Root(key=key, name=branch.name, actor=branch.actor, neutral=neutral)
    return Root(key=f"family:{telling.family}", name=telling.family, actor=None)


def name_origin(key: str) -> str:
    """The id of an origin, the same in every incident."""
    return f"origin-{sha256(key.encode()).hexdigest()[:12]}"
