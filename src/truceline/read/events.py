"""Events in a parsed text: the trigger, its kind, and who and what takes part."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.events_found import Found, words_of
from truceline.read.events_idle import tells_no_act
from truceline.read.events_match import matching
from truceline.read.events_nouns import noun_event, noun_rule
from truceline.read.events_pronouns import meant_by
from truceline.read.events_states import state_event
from truceline.read.events_syntax import (
    AGAINST,
    SUBJECT,
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
KILLING = "killing"
# Categories of acts on the ground: beside one of them a word that only hints at an act tells nothing.
ON_GROUND = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT", "PROTEST"})

__all__ = ["Found", "find_events", "outside_names", "words_of"]


def find_events(doc: "Doc", lexicon: Lexicon, contents: Sequence[Span] = ()) -> Iterator[Found]:
    """Every verb of content and every noun that the lexicon knows as an event, in text order.

    `contents` are what speakers are said to have said: nobody outside of one acts inside it.
    """
    found = [each for token in doc if (each := _event(token, lexicon, contents)) is not None]
    firm = [each for each in found if not each.is_weak and _is_on_ground(each.kind)]
    acting = {each.trigger.sent.start for each in firm if not _is_outcome(each)}
    killing = {each.trigger.sent.start for each in firm}
    for each in found:
        sentence = each.trigger.sent.start
        if not each.is_weak or sentence not in (killing if each.kind == KILLING else acting):
            yield each
            killing |= {sentence} if each.is_weak else set()
        elif each.trigger.pos_ == "VERB":
            yield replace(each, kind=None, is_weak=False)


def _event(token: "Token", lexicon: Lexicon, contents: Sequence[Span]) -> Found | None:
    if token.pos_ == "VERB" or token.tag_ in {"VBD", "VBN"}:
        as_noun = _noun_misread(token, lexicon)
        return _verb_event(token, lexicon, contents) if as_noun is None else as_noun
    if token.pos_ in {"NOUN", "PROPN"} and token.lower_ not in lexicon.others:
        return noun_event(token, lexicon)
    return state_event(token, lexicon) if token.lower_ in lexicon.others else None


def _is_on_ground(kind: str | None) -> bool:
    return kind is not None and load_kinds()[kind].plover in ON_GROUND


def _is_outcome(found: Found) -> bool:
    """'Three wounded', and nobody who did it."""
    return found.kind == KILLING and all(each.pos_ == "NUM" for each in found.agents)


def _noun_misread(token: "Token", lexicon: Lexicon) -> Found | None:
    """'Shell on the market', '14 mortar rounds at dawn': a noun at the head of a fragment, taken for a verb."""
    rules = lexicon.nouns.get(token.lemma_.lower(), ())
    if not any(each.is_bare or each.is_weak for each in rules) or token.tag_ not in {"VB", "VBZ", "VBP"}:
        return None
    before = [each for each in token.children if each.dep_ in SUBJECT]
    rule = matching(rules, token, (), before) if _heads_fragment(token, before, lexicon) else None
    if rule is None or not (before or rule.is_bare or rule.is_weak):
        return None
    weapons = tuple(each for each in before if each.lemma_.lower() in lexicon.instruments)
    struck_at = after(token, set(AGAINST))
    return Found(
        trigger=token, kind=rule.kind, agents=(), recipients=struck_at, instruments=weapons, is_weak=rule.is_weak
    )


def _heads_fragment(token: "Token", before: Sequence["Token"], lexicon: Lexicon) -> bool:
    """Whether nothing stands before the word but a weapon and its number, or nothing at all."""
    if token.dep_ not in {"ROOT", "dep"}:
        return False
    if not before:
        return token.i == token.sent.start
    weapon = before[0]
    counted = any(each.dep_ == "nummod" for each in weapon.children)
    return counted and weapon.i == token.i - 1 and weapon.lemma_.lower() in lexicon.instruments


def outside_names(events: Iterable[Found], names: Sequence[Span]) -> Iterator[Found]:
    """Events but for those whose word is a part of a name: 'the Redeployment Coordination Committee'."""
    near = Nearby(names, lambda span: (span,))
    for each in events:
        word = Span(each.trigger.idx, each.trigger.idx + len(each.trigger.text))
        if not any(span.covers(word) and len(span) > len(word) for span in near.around(word)):
            yield each


def _verb_event(verb: "Token", lexicon: Lexicon, contents: Sequence[Span]) -> Found | None:
    subjects, objects = subjects_within(verb, contents), objects_of(verb)
    rule = matching(_rules_of(verb, lexicon), verb, subjects, objects)
    if _tells_nothing(verb, lexicon, objects, rule):
        return None
    if _is_habit(verb) or tells_no_act(verb):
        rule = None
    kind = None if rule is None else rule.kind
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
        is_weak=rule is not None and rule.is_weak,
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


def _tells_nothing(verb: "Token", lexicon: Lexicon, objects: Sequence["Token"], rule: Rule | None) -> bool:
    """Auxiliaries, verbs that only carry a noun, and participles used as adjective or noun ('the wounded')."""
    empty = (rule is None and verb.lemma_.lower() in load_grammar().uneventful) or not verb.is_alpha
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
    return any(child.dep_ in {"dobj", "nsubjpass"} and noun_rule(child, lexicon) for child in verb.children)


def _is_habit(verb: "Token") -> bool:
    """'a group that fights only …' tells what it does, no event."""
    helped = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
    return verb.dep_ == "relcl" and verb.tag_ in {"VBZ", "VBP"} and not helped


def _is_instrument(token: "Token", lexicon: Lexicon, kind: str | None) -> bool:
    return kind is not None and token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.instruments
