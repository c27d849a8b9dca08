"""Which rule of the lexicon fits a word with what stands around it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from truceline.read.events_syntax import BY_MEANS, after
from truceline.read.lexicon import Rule

if TYPE_CHECKING:
    from truceline.read.table import Token


# Prepositions whose objects stand with a trigger, and clauses that say what is demanded, threatened or refused.
NEAR = frozenset({"of", "in", "into", "from", "with", "by", "to", "against", "on", "for"})
GOVERNED = frozenset({"xcomp", "ccomp"})


def matching(
    rules: Sequence[Rule], token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]
) -> str | None:
    for rule in rules:
        if _fits(rule, token, subjects, objects):
            return rule.kind
    return None


def _fits(rule: Rule, token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]) -> bool:
    return _fits_company(rule, token, subjects, objects) and _fits_syntax(rule, token, objects)


def _fits_company(rule: Rule, token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]) -> bool:
    """Whether the words beside the trigger are those that the rule wants, and none that it forbids."""
    if (
        rule.subject
        and not _lemmas((*subjects, *(deep for each in subjects for deep in after(each, {"of"})))) & rule.subject
    ):
        return False
    if rule.companions or rule.foreign:
        beside = _companions(token, objects)
        if (rule.companions and not beside & rule.companions) or beside & rule.foreign:
            return False
    if rule.object and not _lemmas(objects) & rule.object:
        return False
    return not rule.means or bool(_means_lemmas(token) & rule.means)


def _fits_syntax(rule: Rule, token: "Token", objects: Sequence["Token"]) -> bool:
    if rule.clause and not {each.lemma_.lower() for each in token.sent} & rule.clause:
        return False
    if rule.proper_object and not any(each.pos_ == "PROPN" for each in objects):
        return False
    if rule.person_object and not any(each.ent_type_ == "PERSON" for each in objects):
        return False
    if rule.needs_participant and not any(child.dep_ in {"prep", "amod", "poss"} for child in token.children):
        return False
    return not rule.prepositions or any(
        child.dep_ == "prep"
        and child.lower_ in rule.prepositions
        and any(each.dep_ == "pobj" for each in child.children)
        for child in token.children
    )


def _means_lemmas(token: "Token") -> set[str]:
    return {
        each.lemma_.lower()
        for child in token.children
        if child.dep_ in {"prep", "agent"} and child.lower_ in BY_MEANS
        for each in child.children
        if each.dep_ == "pobj"
    }


def _lemmas(tokens: Sequence["Token"]) -> set[str]:
    found: set[str] = set()
    for token in tokens:
        for each in (token, *token.conjuncts):
            found.add(each.lemma_.lower())
    return found


def _companions(token: "Token", objects: Sequence["Token"]) -> set[str]:
    """Lemmas of what stands with a trigger: objects and their modifiers, particles, own modifiers, 'of' phrases."""
    found = _lemmas(objects)
    for each in objects:
        found |= {child.lemma_.lower() for child in each.children if child.dep_ in {"compound", "amod", "nmod", "prep"}}
        found |= {deep.lemma_.lower() for deep in after(each, {"of"})}
    for child in token.children:
        if child.dep_ in GOVERNED and any(each.dep_ == "aux" and each.tag_ == "TO" for each in child.children):
            found |= {
                child.lemma_.lower(),
                *_lemmas([each for each in child.children if each.dep_ in {"dobj", "nsubj"}]),
            }
        if child.dep_ == "acl" and child.tag_ == "VB":
            found.add(child.lemma_.lower())
        if child.dep_ in {"prt", "advmod", "compound", "amod", "nmod", "poss", "dobj", "prep"}:
            found.add(child.lemma_.lower())
            found.add(child.lower_)
        if child.dep_ == "prep" and child.lower_ in NEAR:
            found |= {
                deep.lemma_.lower()
                for each in child.children
                if each.dep_ == "pobj"
                for deep in (each, *each.lefts, *each.conjuncts)
            }
    return found
