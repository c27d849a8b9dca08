"""The cue lexicon of one language, typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from truceline.model.claim import Mood
from truceline.vocab.load import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class CueClass:
    """What a kind of cue does to its content; `takes` names the complements that carry it."""

    name: str
    factuality: float
    mood: Mood
    takes: frozenset[str]
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """`verbs` lists every class of a lemma, the first one leading."""

    verbs: Mapping[str, tuple[CueClass, ...]]
    nouns: Mapping[str, CueClass]
    adjectives: Mapping[str, CueClass]
    about: Mapping[str, frozenset[str]]
    light: frozenset[str]
    adverbs: frozenset[str]
    prepositions: tuple[tuple[str, ...], ...]
    commanding: frozenset[str]
    recording: frozenset[str]
    scene_verbs: frozenset[str]
    scenes: frozenset[str]
    deeds: Mapping[str, frozenset[str]]
    showing: frozenset[str]
    relying: frozenset[str]
    material: frozenset[str]
    anonymous: frozenset[str]
    collective: frozenset[str]
    documents: frozenset[str]
    outlets: frozenset[str]
    roles: frozenset[str]
    captions: frozenset[str]
    hearsay: frozenset[str]
    framing: frozenset[str]
    evident: frozenset[str]
    vague: frozenset[str]
    tolls: frozenset[str]
    asides: frozenset[str]
    gestures: frozenset[str]

    @property
    def speakers(self) -> frozenset[str]:
        """Every noun that may name who speaks."""
        return self.anonymous | self.collective | self.documents | self.outlets | self.roles


@cache
def load_cues(language: str = "en") -> Cues:
    """The lexicon in vocab/cues/<language>.toml."""
    table = load_toml(f"cues/{language}.toml")
    classes = {
        name: CueClass(
            name=name,
            factuality=entry["factuality"],
            mood=Mood(entry["mood"]),
            takes=frozenset(entry["takes"]),
            stance=entry.get("stance", "neutral"),
        )
        for name, entry in table["class"].items()
    }
    verbs: dict[str, list[CueClass]] = {}
    for name, entry in table["class"].items():
        for lemma in entry["verbs"].split():
            verbs.setdefault(lemma, []).append(classes[name])
    speaker = table["speaker"]
    return Cues(
        verbs={lemma: tuple(kinds) for lemma, kinds in verbs.items()},
        nouns={lemma: classes[name] for lemma, name in table["noun"].items()},
        adjectives={lemma: classes[name] for lemma, name in table["adjective"].items()},
        about={lemma: frozenset(words) for lemma, words in table["about"].items()},
        light=frozenset(table["light"]["verbs"].split()),
        adverbs=frozenset(table["adverb"]["words"].split()),
        prepositions=tuple(tuple(phrase.split()) for phrase in _phrases(table["preposition"])),
        relying=frozenset(table["preposition"]["relying"]),
        scene_verbs=frozenset(table["scene"]["verbs"].split()),
        deeds={verb: frozenset(words.split()) for verb, words in table["deeds"].items()},
        scenes=frozenset(table["scene"]["nouns"].split()),
        recording=frozenset((table["recording"]["verbs"] + " " + table["recording"]["papers"]).split()),
        showing=frozenset(table["recording"]["papers"].split()),
        commanding=frozenset(table["commanding"]["verbs"].split()),
        material=frozenset(table["material"]["verbs"].split()),
        anonymous=frozenset(speaker["anonymous"].split()),
        collective=frozenset(speaker["collective"].split()),
        documents=frozenset(speaker["document"].split()),
        captions=frozenset(speaker["captions"].split()),
        hearsay=frozenset(speaker["hearsay"].split()),
        framing=frozenset(table["framing"]["nouns"].split()),
        asides=frozenset(table["framing"]["asides"].split()),
        gestures=frozenset(table["gesture"]["verbs"].split()),
        tolls=frozenset(table["framing"]["tolls"].split()),
        vague=frozenset(table["framing"]["vague"].split()),
        evident=frozenset(table["framing"]["evident"].split()),
        outlets=frozenset(speaker["outlet"].split()),
        roles=frozenset(speaker["role"].split()),
    )


def _phrases(table: Mapping[str, Sequence[str]]) -> list[str]:
    return [*table["phrases"], *table["relying"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relays:
    """Verbs of speaking through another: `citing` is done by the outer speaker, `carried` to the inner one.

    `taking` is done to another's words that a noun tells; "pass_on" is a verb with its particle.
    `carrying` is done by one who brings out `documents` in which another speaks.
    """

    grounds: frozenset[str]
    pictures: frozenset[str]
    having: frozenset[str]
    showing: frozenset[str]
    taking: frozenset[str]
    citing: frozenset[str]
    carried: frozenset[str]
    carrying: frozenset[str]
    documents: frozenset[str]


@cache
def load_relays(language: str = "en") -> Relays:
    """The table [relay] of vocab/cues/<language>.toml."""
    table = load_toml(f"cues/{language}.toml")["relay"]
    return Relays(**{name: frozenset(words.split()) for name, words in table.items()})
