"""Events in a parsed text: the trigger, its kind, and who and what takes part."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.events_found import Found, words_of
from truceline.read.events_match import matching
from truceline.read.events_nouns import noun_event, noun_kind
from truceline.read.events_pronouns import meant_by
from truceline.read.events_syntax import (
    AGAINST,
    after,
    aimed_at,
    lost_by,
    means_of,
    objects_of,
    struck,
    subjects_within,
    with_conjuncts,
    with_included,
)
from truceline.read.lexicon import Lexicon, Rule, load_grammar, load_kinds

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

# Kinds told by a blast: what stands where it went off was struck.
BLASTS = frozenset({"explosion", "ied", "suicide-bomb", "planted-device"})

__all__ = ["Found", "find_events", "outside_names", "words_of"]


def find_events(doc: "Doc", lexicon: Lexicon, contents: Sequence[Span] = ()) -> Iterator[Found]:
    """Every verb of content and every noun that the lexicon knows as an event, in text order.

    `contents` are what speakers are said to have said: nobody outside of one acts inside it.
    """
    for token in doc:
        if token.pos_ == "VERB" or token.tag_ in {"VBD", "VBN"}:
            found = _verb_event(token, lexicon, contents)
        elif token.pos_ in {"NOUN", "PROPN"}:
            found = noun_event(token, lexicon)
        else:
            found = None
        if found is not None:
            yield found


def outside_names(events: Iterable[Found], names: Sequence[Span]) -> Iterator[Found]:
    """Events but for those whose word is a part of a name: 'the Redeployment Coordination Committee'."""
    near = Nearby(names, lambda span: (span,))
    for each in events:
        word = Span(each.trigger.idx, each.trigger.idx + len(each.trigger.text))
        if not any(span.covers(word) and len(span) > len(word) for span in near.around(word)):
            yield each


def _verb_event(verb: "Token", lexicon: Lexicon, contents: Sequence[Span]) -> Found | None:
    subjects, objects = subjects_within(verb, contents), objects_of(verb)
    if _tells_nothing(verb, lexicon, objects):
        return None
    kind = matching(_rules_of(verb, lexicon), verb, subjects, objects)
    if _is_habit(verb):
        kind = None
    if kind is not None:
        subjects = meant_by(subjects, lexicon)
        objects = meant_by(objects, lexicon, besides=subjects)
    if any(each.lemma_ == "fire" for each in objects):
        objects = tuple(hit for each in objects for hit in after(each, set(AGAINST))) or aimed_at(verb)
    if kind == "capture":
        objects = (*objects, *lost_by(verb))
    weapons = tuple(each for each in subjects if _is_instrument(each, lexicon, kind))
    thrown = _thrown(verb, objects, lexicon, kind)
    suffering = tuple(each for each in objects if each not in thrown)
    if not suffering and (thrown or weapons or kind in BLASTS):
        suffering = aimed_at(verb) or struck(verb, lexicon)
    agents = with_conjuncts(tuple(each for each in subjects if each not in weapons))
    if kind == "ied" and agents and objects and all(each.lemma_.lower() in lexicon.devices for each in objects):
        # 'A car hit a mine': who drove onto it laid none.
        return Found(trigger=verb, kind=kind, agents=(), recipients=agents, instruments=objects)
    return Found(
        trigger=verb,
        kind=kind,
        agents=agents or tuple(each for each in weapons if each.lemma_.lower() in lexicon.platforms),
        recipients=with_included(with_conjuncts(suffering)),
        instruments=(*with_conjuncts((*weapons, *thrown)), *means_of(verb, lexicon)),
    )


def _rules_of(verb: "Token", lexicon: Lexicon) -> tuple[Rule, ...]:
    """By lemma, else by the word as it stands: the lemmatizer takes 'raped' for a form of 'rap'."""
    return lexicon.verbs.get(verb.lower_, ()) or lexicon.verbs.get(verb.lemma_.lower(), ())


def _thrown(verb: "Token", objects: Sequence["Token"], lexicon: Lexicon, kind: str | None) -> tuple["Token", ...]:
    """Objects that are the weapon, not its victim ('placed a bomb')."""
    assaults = kind is not None and load_kinds()[kind].plover == "ASSAULT"
    if verb.lemma_.lower() not in load_grammar().throwing or not assaults:
        return ()
    return tuple(each for each in objects if _is_instrument(each, lexicon, kind))


def _tells_nothing(verb: "Token", lexicon: Lexicon, objects: Sequence["Token"]) -> bool:
    """Auxiliaries, verbs that only carry a noun, and participles used as adjective or noun ('the wounded')."""
    empty = verb.lemma_.lower() in load_grammar().uneventful or not verb.is_alpha
    modifier = verb.dep_ in {"amod", "compound"} and not (verb.tag_ == "VBD" and objects)
    nominal = verb.tag_ == "VBN" and verb.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "acomp"}
    return empty or modifier or nominal or _only_seems(verb) or lends_itself(verb, lexicon)


def _only_seems(verb: "Token") -> bool:
    """'appears to have struck' tells no appearance."""
    return verb.lemma_ == "appear" and any(child.dep_ in {"xcomp", "oprd", "acomp", "ccomp"} for child in verb.children)


def lends_itself(verb: "Token", lexicon: Lexicon) -> bool:
    """Whether the verb only carries a noun that tells the event ('launched an offensive')."""
    if verb.lemma_.lower() not in load_grammar().light:
        return False
    return any(child.dep_ in {"dobj", "nsubjpass"} and noun_kind(child, lexicon) for child in verb.children)


def _is_habit(verb: "Token") -> bool:
    """'a group that fights only …' tells what it does, no event."""
    helped = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
    return verb.dep_ == "relcl" and verb.tag_ in {"VBZ", "VBP"} and not helped


def _is_instrument(token: "Token", lexicon: Lexicon, kind: str | None) -> bool:
    return kind is not None and token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.instruments
