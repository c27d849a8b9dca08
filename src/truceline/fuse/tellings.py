"""One reading to self-contained claims: everything they point to, brought together by value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from truceline.fuse.earlier import Taken
from truceline.fuse.gist import find_gist
from truceline.fuse.registry import Registry, arrange
from truceline.fuse.scenes import Scene, find_scene
from truceline.fuse.worthy import find_bar
from truceline.kit.near import fold_loosely
from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.claim import Claim, EventType, Participant
from truceline.model.document import Form
from truceline.model.reading import Reading
from truceline.model.source import Source
from truceline.model.telling import Role, Speaker, Telling, Traces
from truceline.model.when import Basis


def tell(
    reading: Reading,
    *,
    sources: Sequence[Source],
    copies: Mapping[str, str],
    reuse: Taken | None = None,
    traces: Mapping[str, Traces] | None = None,
) -> tuple[Telling, ...]:
    """Every claim of a reading as a telling, in reading order.

    `copies` gives, for a document that repeats another's wording, the id of the earliest that has it; `reuse` the
    passages that documents have from others, `traces` what each text shows of where it has its story from.
    A publisher the mission does not list is its own family, and a document without one stands for itself.
    """
    registry = arrange(sources, ())
    attributions = {each.id: each for each in reading.attributions}
    scene, shown = find_scene(reading), traces.get(reading.document.id) if traces is not None else None
    told = [
        replace(set_in(tell_one(each, reading, registry, attributions, copies), each, scene), traces=shown)
        for each in reading.claims
    ]
    if reading.document.form not in {Form.UCDP_GED, Form.ACLED}:
        told = list(find_gist(told, reading, denied=shown is not None and shown.denial is not None))
    return tuple(point_back(each, reuse) if reuse is not None else each for each in told)


def set_in(telling: Telling, claim: Claim, scene: Scene) -> Telling:
    """The telling with the place and the time of its report where it gives none itself."""
    placed = telling.place is not None
    timed = telling.happened is not None and telling.happened.basis is not Basis.PUBLISHED
    return replace(
        telling,
        scene=None if placed else scene.place_of(claim),
        scene_time=scene.hour_of(claim) if timed else scene.time_of(claim),
    )


def point_back(telling: Telling, reuse: Taken) -> Telling:
    """The telling with the place its words are taken from, where that is another document."""
    found = reuse.taken_from(telling.document, telling.span)
    return telling if found is None else replace(telling, taken_from=found)


def tell_one(
    claim: Claim,
    reading: Reading,
    registry: Registry,
    attributions: Mapping[str, Attribution],
    copies: Mapping[str, str],
) -> Telling:
    document = reading.document
    source = registry.source_named(document.publisher) if document.publisher else None
    listed = name_entry(claim, source)
    chain = tuple(tell_speaker(attributions[link], document.text) for link in claim.chain if link in attributions)
    telling = Telling(
        claim=claim.id,
        document=document.id,
        version=document.version,
        source=source.id if source is not None else None,
        family=source.family if source is not None else name_family(document.publisher, document.id),
        published_at=document.published_at,
        quote=claim.span.of(document.text),
        span=claim.span,
        trigger=claim.trigger.span.of(document.text),
        chain=chain if listed is None else (listed.speaker,),
        event=claim.trigger.type if listed is None else listed.event,
        factuality=claim.factuality,
        negated=claim.negated,
        mood=claim.mood,
        agents=tuple(tell_agent(each, reading, source) for each in claim.agents),
        recipients=tuple(tell_role(each, document.text) for each in claim.recipients),
        instruments=tuple(tell_agent(each, reading, source) for each in claim.instruments),
        place=reading.places[claim.place] if claim.place is not None else None,
        happened=claim.happened,
        harm=claim.harm,
        copied_from=copies.get(document.id),
        stated_rate=claim.stated_rate,
        stances=claim.stances,
        evidence=claim.evidence,
        horizon=claim.horizon,
    )
    return replace(telling, incident_worthy=find_bar(telling) is None)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a catalogue: what it stands for, and the catalogue that tells it."""

    event: EventType
    speaker: Speaker


def name_entry(claim: Claim, source: Source | None) -> Entry | None:
    """What a numbered entry stands for in the catalogue of its source; None for all other claims."""
    if claim.trigger.lemma != "entry" or claim.trigger.type.plover is not None:
        return None
    if source is None or source.entries is None:
        return None
    plover, _, mode = source.entries.partition(" ")
    return Entry(
        EventType(plover=plover, mode=mode or None),
        Speaker(words=source.name, kind=SpeakerKind.DOCUMENT, actor=None),
    )


def name_family(publisher: str | None, document: str) -> str:
    """The family of a publisher nobody listed."""
    folded = fold_loosely(publisher) if publisher else ""
    return folded or f"document:{document}"


def tell_speaker(attribution: Attribution, text: str) -> Speaker:
    words = " … ".join(span.of(text) for span in attribution.source)
    return Speaker(words=words, kind=attribution.kind.value, actor=attribution.speaker)


OURS = frozenset({"our", "we", "ours"})


def tell_agent(participant: Participant, reading: Reading, source: Source | None) -> Role:
    """Who acted; 'our artillery' is the publisher's, 'Nusra terrorists' are whom the name among the words names."""
    role = tell_role(participant, reading.document.text)
    if role.actor is not None:
        return role
    if role.words.casefold().split()[0] in OURS:
        return replace(role, actor=source.actor if source is not None else None)
    named = {each.actor for each in reading.mentions if each.actor is not None and participant.span.covers(each.span)}
    return replace(role, actor=named.pop()) if len(named) == 1 else role


def tell_role(participant: Participant, text: str) -> Role:
    count = participant.count
    return Role(
        words=participant.span.of(text),
        actor=participant.actor,
        low=count.low if count is not None else None,
        high=count.high if count is not None else None,
    )
