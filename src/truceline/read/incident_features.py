"""What a parsed text shows of incidents of violence, as hashed features: of the text, and of each thing it names.

A feature is a short string that is only kept as a number (its checksum within SIZE): weights learnt for them
(training/incidents.py) hold no words.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from truceline.model.claim import Claim, EventType, Mood
from truceline.model.span import Span
from truceline.read.events_found import Found, words_of
from truceline.read.lexicon import load_kinds
from truceline.read.sentences import span_of
from truceline.read.trained import Noticed

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

SIZE = 1 << 15
NOMINAL = frozenset({"NOUN", "PROPN"})
# Words without a meaning of their own, by part of speech.
IDLE = frozenset({"DET", "PUNCT", "PRON", "ADP", "CCONJ", "AUX", "PART", "SCONJ"})
NAMING = ("PERSON", "ORGANISATION", "LOCATION", "NATIONALITY", "VEHICLE", "WEAPON", "MONEY")
# The kind of incident that an act of a mode may be; any other assault may be an attack.
MODES = {
    "abduct": "kidnapping",
    "explosives": "bombing",
    "suicide-attack": "bombing",
    "destroy": "arson",
    "seize": "robbery",
    "restrict": "forced work stoppage",
}
UNKNOWN = "?"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One text as read so far: `events` are the rules' own, without the evidence of a trained reader."""

    doc: "Doc"
    events: Sequence[Found]
    claims: Sequence[Claim]
    noticed: Noticed

    @cached_property
    def by_trigger(self) -> Mapping[int, Claim]:
        return {each.trigger.span.start: each for each in self.claims}

    @cached_property
    def forces(self) -> Sequence[tuple[Found, EventType]]:
        """Assaults and coercions, with their type, in text order."""
        typed = ((each, load_kinds()[each.kind]) for each in self.events if each.kind is not None)
        return [(event, kind) for event, kind in typed if kind.plover in {"ASSAULT", "COERCE"}]

    def told(self, event: Found) -> str:
        """t(old as a fact), u(nsure) or n(egated)."""
        claim = self.by_trigger.get(event.trigger.idx)
        if claim is None:
            return UNKNOWN
        if claim.negated:
            return "n"
        return "t" if claim.factuality >= 1 and claim.mood in {Mood.ASSERTION, Mood.OPINION} else "u"


def number_of(feature: str) -> int:
    return crc32(feature.encode()) % SIZE


def type_of(kind: EventType) -> str:
    """The type of incident that an act of force may belong to."""
    return MODES.get(kind.mode or "", "attack")


# The text as a whole -----------------------------------------------------------------------------


def text_features(scene: Scene) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Numbers of the features and their weights, of length 1 together."""
    counts = Counter(number_of(each) for each in _of_text(scene))
    values = 1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))
    return np.fromiter(counts, dtype=np.int64, count=len(counts)), values / np.sqrt((values**2).sum())


def _of_text(scene: Scene) -> Iterator[str]:
    yield f"len={min(len(scene.doc) // 100, 8)}"
    opening = scene.doc.sents[1].end if len(scene.doc.sents) > 1 else len(scene.doc)
    for token in scene.doc:
        if token.is_alpha and token.pos_ not in IDLE:
            lemma = token.lemma_.lower()
            yield f"w={lemma}"
            if token.i < opening:
                yield f"s={lemma}"
    for event in scene.events:
        if event.kind is not None:
            yield f"k={event.kind}:{scene.told(event)}"
    for event, kind in scene.forces:
        yield from _of_force(scene, event, kind)


def _of_force(scene: Scene, event: Found, kind: EventType) -> Iterator[str]:
    told = scene.told(event)
    yield f"m={kind.plover}/{kind.mode}:{told}"
    yield f"force:{told}"
    yield f"trig={event.trigger.lemma_.lower()}:{told}"
    for role, token in participants(event):
        yield f"{role}={token.lemma_.lower()}:{told}"
    claim = scene.by_trigger.get(event.trigger.idx)
    if claim is not None:
        yield f"chain{min(len(claim.chain), 2)}:{told}"
        for name, value in (("timed", claim.time), ("placed", claim.place), ("harm", claim.harm)):
            if value is not None:
                yield f"{name}:{told}"


def participants(event: Found) -> Iterator[tuple[str, "Token"]]:
    for role, tokens in (("a", event.agents), ("r", event.recipients), ("i", event.instruments)):
        for token in tokens:
            yield role, token


def occasions(scene: Scene, types: Sequence[str]) -> NDArray[np.float64]:
    """For every type how many acts are told, at how many places, on how many days, of whom; as log(1 + n)."""
    seen: dict[str, tuple[set[object], ...]] = {name: (set(), set(), set(), set()) for name in types}
    for event, kind in scene.forces:
        claim = scene.by_trigger.get(event.trigger.idx)
        if claim is not None and scene.told(event) == "t":
            acts, places, days, sufferers = seen[type_of(kind)]
            acts.add(event.trigger.i)
            places.add(claim.place)
            days.add(claim.time)
            sufferers.update(each.lower_ for each in event.recipients)
    return np.log1p([[len(each - {None}) for each in seen[name]] for name in types])


# What it names -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A noun with its words, and the numbers of its features."""

    token: "Token"
    span: Span
    features: NDArray[np.int64]


def named_in(scene: Scene) -> Iterator[Named]:
    """Every noun that heads a phrase and is no act of force, in text order."""
    acts = {event.trigger.i for event, _ in scene.forces}
    roles = _roles(scene)
    for at, sentence in enumerate(scene.doc.sents):
        near = [each for each in scene.forces if sentence.start <= each[0].trigger.i < sentence.end]
        for token in sentence:
            words = words_of(token) if token.i not in acts and _heads(token) else []
            span = span_of(words)
            if span is not None:
                found = {number_of(each) for each in _of_named(scene, token, words, near, roles.get(token.i, ()))}
                found.add(number_of(f"si={min(at, 6)}"))
                yield Named(token=token, span=span, features=np.fromiter(found, dtype=np.int64, count=len(found)))


def _heads(token: "Token") -> bool:
    inside = token.dep_ in {"compound", "nmod", "npadvmod"} and token.head.pos_ in NOMINAL
    return token.pos_ in NOMINAL and not inside and any(letter.isalpha() for letter in token.text)


Roles = Sequence[tuple[str, Found]]
Forces = Sequence[tuple[Found, EventType]]


def _roles(scene: Scene) -> Mapping[int, Roles]:
    """Index of a word → the parts that it plays in events."""
    found: dict[int, list[tuple[str, Found]]] = {}
    for event in scene.events:
        for role, token in participants(event):
            found.setdefault(token.i, []).append((role, event))
    return found


def _of_named(scene: Scene, token: "Token", words: Sequence["Token"], near: Forces, roles: Roles) -> Iterator[str]:
    kinds = _kinds(scene, token)
    yield "any"
    yield from _of_words(token, words, kinds)
    yield from _of_place(token, kinds)
    yield from _of_neighbours(scene.doc, words)
    yield from _of_roles(scene, token, roles)
    yield from _of_near(scene, token, near, kinds)


def _kinds(scene: Scene, token: "Token") -> str:
    """The layers of mentions that hold the word."""
    noticed = scene.noticed
    held = noticed.pieces.covering(token.idx, token.idx + len(token.text))
    if not len(held):
        return "-"
    outside = noticed.tags[held[0] : held[-1] + 1, :, 0].min(axis=0)
    channels = noticed.shape.channels
    return "+".join(each for each in NAMING if outside[channels.index(f"mention.{each}")] < 0.5) or "-"


def _of_words(token: "Token", words: Sequence["Token"], kinds: str) -> Iterator[str]:
    lemma = token.lemma_.lower()
    yield f"h={lemma}"
    yield f"suf={lemma[-3:]}"
    yield f"mt={kinds}"
    yield f"tag={token.tag_}"
    yield "first=#" if words[0].like_num else f"first={words[0].lemma_.lower()}"
    yield f"n={min(len(words), 5)}"
    for each in words:
        if each is not token:
            yield f"w={each.lemma_.lower()}"


def _of_place(token: "Token", kinds: str) -> Iterator[str]:
    """Where the phrase stands in the sentence's tree; what is joined to another stands where that does."""
    first = token
    while first.dep_ == "conj" and first.head is not first:
        first = first.head
    if first is not token:
        yield f"conj={first.lemma_.lower()}"
    way, above = first.dep_, first.head
    if way == "appos":
        yield f"appos={above.lemma_.lower()}"
    if way == "pobj" and above.head is not above:
        way, above = above.lower_, above.head
    governed = f"{way}>{above.lemma_.lower()}"
    yield f"p={way}"
    yield f"pg={governed}"
    yield f"g={above.lemma_.lower()}"
    yield f"pm={way}:{kinds}"
    yield f"pgm={governed}:{kinds}"
    if above.head is not above:
        yield f"p2={way}>{above.dep_}>{above.head.lemma_.lower()}"


def _of_neighbours(doc: "Doc", words: Sequence["Token"]) -> Iterator[str]:
    first, end = words[0].i, words[-1].i + 1
    for distance, each in enumerate(islice(reversed(doc.tokens[max(first - 2, 0) : first]), 2), start=1):
        yield f"l{distance}={each.lower_}"
    for distance, each in enumerate(doc.tokens[end : end + 2], start=1):
        yield f"r{distance}={each.lower_}"


def _of_roles(scene: Scene, token: "Token", roles: Roles) -> Iterator[str]:
    for role, event in roles:
        yield f"ev={role}:{event.trigger.lemma_.lower()}"
        if event.kind is not None:
            kind = load_kinds()[event.kind]
            yield f"ek={role}:{event.kind}"
            yield f"em={role}:{kind.plover}/{kind.mode}"
            yield f"ef={role}:{kind.plover}:{scene.told(event)}"
            yield f"eh={role}:{kind.plover}:{token.lemma_.lower()}"


def _of_near(scene: Scene, token: "Token", near: Forces, kinds: str) -> Iterator[str]:
    """The act of force nearest in the sentence."""
    lemma = token.lemma_.lower()
    if not near:
        yield "near=none"
        yield f"none={lemma}"
        return
    event, kind = min(near, key=lambda each: abs(each[0].trigger.i - token.i))
    side = "<" if token.i < event.trigger.i else ">"
    yield f"near={kind.plover}/{kind.mode}:{side}"
    yield f"nl={event.trigger.lemma_.lower()}:{side}"
    yield f"nd={min(abs(event.trigger.i - token.i) // 4, 5)}{side}"
    yield f"nt={scene.told(event)}"
    yield f"nm={kind.plover}/{kind.mode}:{side}:{kinds}"
    yield f"nh={lemma}:{kind.plover}"
