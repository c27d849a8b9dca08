"""What a parsed text shows of incidents of violence, as hashed features: of the text, and of each thing it names.

A feature is a short string that is only kept as a number (its checksum within SIZE): weights learnt for them
(training/incidents.py) hold no words.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias
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
LONGEST = 300  # words of a sentence that may still be prose
ARTICLES = frozenset({"the", "a", "an"})


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

    @cached_property
    def pieces_of(self) -> Sequence[tuple[int, int]]:
        """Of every word the first of its pieces and the end of them."""
        starts = np.array(self.doc.starts)
        ends = starts + np.array([len(each.text) for each in self.doc])
        first = np.searchsorted(self.noticed.pieces.ends, starts, side="right")
        end = np.searchsorted(self.noticed.pieces.starts, ends, side="left")
        return list(zip(first.tolist(), end.tolist(), strict=True))

    def outside(self, token: "Token") -> NDArray[np.float32]:
        """The chance of being in no layer, of every channel."""
        first, end = self.pieces_of[token.i]
        tags = self.noticed.tags[first:end, :, 0]
        return tags.min(axis=0) if len(tags) else np.ones(tags.shape[1], dtype=np.float32)

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


def best_of_like(scores: NDArray[np.float64], alike: Sequence[Hashable]) -> NDArray[np.float64]:
    """Every row as the highest of all rows that are alike."""
    best: dict[Hashable, NDArray[np.float64]] = {}
    for name, row in zip(alike, scores, strict=True):
        best[name] = np.maximum(best[name], row) if name in best else row
    return np.array([best[name] for name in alike])


# What it names -----------------------------------------------------------------------------------


Roles: TypeAlias = Sequence[tuple[str, Found]]
Forces: TypeAlias = Sequence[tuple[Found, EventType]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """Where a noun stands: the index of its sentence and the acts of force there, its parts in events, its layers."""

    sentence: int
    near: Forces
    roles: Roles
    kinds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A noun with its words, and the numbers of its features; `outside` [channels] are chances of being in no layer."""

    token: "Token"
    span: Span
    features: NDArray[np.int64]
    outside: NDArray[np.float32]

    @property
    def wording(self) -> str:
        """Its words without an article, alike wherever the text names it so."""
        words = self.span.of(self.token.doc.text).lower().split()
        return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def named_in(scene: Scene) -> Iterator[Named]:
    """Every noun that heads a phrase and is no act of force, in text order."""
    acts = {event.trigger.i for event, _ in scene.forces}
    roles = _roles(scene)
    near_in = _by_sentence(scene)
    for at, sentence in enumerate(scene.doc.sents):
        near = near_in.get(sentence.start, ())
        for token in sentence if len(sentence) <= LONGEST else ():
            words = words_of(token) if token.i not in acts and _heads(token) else []
            span = span_of(words)
            if span is not None:
                outside = scene.outside(token)
                place = Stands(
                    sentence=at, near=near, roles=roles.get(token.i, ()), kinds=_kinds(scene.noticed, outside)
                )
                found = {number_of(each) for each in _of_named(scene, token, words, place)}
                features = np.fromiter(found, dtype=np.int64, count=len(found))
                yield Named(token=token, span=span, features=features, outside=outside)


def _by_sentence(scene: Scene) -> Mapping[int, Forces]:
    """Acts of force by where their sentence starts."""
    found: dict[int, list[tuple[Found, EventType]]] = {}
    for event, kind in scene.forces:
        found.setdefault(event.trigger.sent.start, []).append((event, kind))
    return found


def _heads(token: "Token") -> bool:
    inside = token.dep_ in {"compound", "nmod", "npadvmod"} and token.head.pos_ in NOMINAL
    return token.pos_ in NOMINAL and not inside and any(letter.isalpha() for letter in token.text)


def _roles(scene: Scene) -> Mapping[int, Roles]:
    """Index of a word → the parts that it plays in events."""
    found: dict[int, list[tuple[str, Found]]] = {}
    for event in scene.events:
        for role, token in participants(event):
            found.setdefault(token.i, []).append((role, event))
    return found


def _of_named(scene: Scene, token: "Token", words: Sequence["Token"], stands: Stands) -> Iterator[str]:
    yield "any"
    yield f"si={min(stands.sentence, 6)}"
    yield from _of_words(token, words, stands.kinds)
    yield from _of_place(token, stands.kinds)
    yield from _of_neighbours(scene.doc, words)
    yield from _of_roles(scene, token, stands.roles)
    yield from _of_near(scene, token, stands.near, stands.kinds)


def _kinds(noticed: Noticed, outside: NDArray[np.float32]) -> str:
    """The layers of mentions that hold the word."""
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
