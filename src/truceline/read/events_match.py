"""Which rule of the lexicon fits a word with what stands around it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from truceline.read.events_syntax import BY_MEANS, after
from truceline.read.lexicon import Rule

if TYPE_CHECKING:
    from truceline.read.table import Token


# Prepositions whose objects stand with a trigger, and clauses that say what is demanded, threatened or refused.
NEAR = frozenset({"of", "in", "into", "from", "with", "by", "to", "against", "on", "for", "over", "under"})
COUNTED = "#"  # what a rule's words say for any number
GOVERNED = frozenset({"xcomp", "ccomp"})
BESIDE = frozenset({"prt", "advmod", "compound", "amod", "nmod", "poss", "dobj", "prep"})
STATES = frozenset({"acomp", "oprd", "ccomp", "advcl"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
NOT_PLACES = frozenset({"PERSON", "ORG", "NORP", "DATE", "TIME"})


def matching(
    rules: Sequence[Rule], token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]
) -> Rule | None:
    """The first rule that fits."""
    return next((rule for rule in rules if _fits(rule, token, subjects, objects)), None)


def _fits(rule: Rule, token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]) -> bool:
    return (
        _fits_company(rule, token, subjects, objects)
        and _fits_syntax(rule, token, objects)
        and _fits_places(rule, token, subjects, objects)
        and _fits_standing(rule, token)
    )


def _fits_company(rule: Rule, token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]) -> bool:
    """Whether the words beside the trigger are those that the rule wants, and none that it forbids."""
    if rule.subject or rule.other_subject:
        acting = _acting(subjects)
        if (rule.subject and not acting & rule.subject) or acting & rule.other_subject:
            return False
    if rule.companions or rule.foreign:
        beside = _companions(token, objects)
        if (rule.companions and not beside & rule.companions) or beside & rule.foreign:
            return False
    if rule.object and not _lemmas(objects) & rule.object:
        return False
    return not rule.means or bool(_means_lemmas(token) & rule.means)


def _fits_syntax(rule: Rule, token: "Token", objects: Sequence["Token"]) -> bool:
    if rule.clause or rule.unless:
        sentence = {each.lemma_.lower() for each in token.sent}
        if (rule.clause and not sentence & rule.clause) or sentence & rule.unless:
            return False
    if rule.proper_object and not any(_is_name(each) for each in objects):
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


def _fits_places(rule: Rule, token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]) -> bool:
    """Whether what is acted on (of a noun: what stands after 'of'), or acts, is a place where the rule wants one."""
    if rule.needs_object and not objects:
        return False
    if rule.place_object and not any(_is_place(each) for each in objects or after(token, {"of"})):
        return False
    return not rule.place_subject or any(_is_place(each) for each in subjects)


def _fits_standing(rule: Rule, token: "Token") -> bool:
    """Whether the word stands behind the preposition, or alone, as the rule wants it."""
    if rule.behind and not (token.dep_ == "pobj" and token.head.lower_ in rule.behind):
        return False
    return not rule.is_bare or stands_bare(token)


def stands_bare(token: "Token") -> bool:
    """Whether the word heads a fragment ('Rockets on the quarter, nobody goes out'): no verb says a thing of it."""
    head = token.head
    if token.dep_ in {"ROOT", "dep", "npadvmod", "parataxis"}:
        return True
    if token.dep_ == "appos":
        return head.dep_ == "ROOT" or stands_bare(head)
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return any(each.dep_ in {"nsubj", "nsubjpass"} and token.i < each.i < head.i for each in head.children)


def _is_name(token: "Token") -> bool:
    """A proper name, or a capitalised word inside a sentence that the tagger took for an adjective."""
    return token.pos_ == "PROPN" or (token.pos_ == "ADJ" and token.text[0].isupper() and token.i > token.sent.start)


def _is_place(token: "Token") -> bool:
    if token.i in token.doc.places or token.ent_type_ in PLACES:
        return True
    return _is_name(token) and token.ent_type_ not in NOT_PLACES and token.i > token.sent.start


def _acting(subjects: Sequence["Token"]) -> set[str]:
    """Lemmas of who acts, of whom there is one ('the last of the gunmen'), and of what each is like ('unmanned')."""
    like = (child for each in subjects for child in each.children if child.dep_ == "amod")
    return _lemmas((*subjects, *(deep for each in subjects for deep in after(each, {"of"})))) | {
        each.lower_ for each in like
    }


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
        found |= {child.lower_ for child in each.children if child.lower_ == "no"}
        found |= {deep.lemma_.lower() for deep in after(each, {"of"})}
    for child in token.children:
        if child.dep_ in GOVERNED and (
            token.lemma_ == "let" or any(each.dep_ == "aux" and each.tag_ == "TO" for each in child.children)
        ):
            found |= {
                child.lemma_.lower(),
                *_lemmas([each for each in child.children if each.dep_ in {"dobj", "nsubj"}]),
            }
        if child.dep_ == "acl" and child.tag_ == "VB":
            found.add(child.lemma_.lower())
        if child.dep_ in BESIDE or child.lower_ == "no" or (child.dep_ in STATES and child.pos_ == "ADJ"):
            found.add(child.lemma_.lower())
            found.add(child.lower_)
        if child.dep_ == "nummod":
            found.add(COUNTED)
        if child.dep_ == "prep" and child.lower_ in NEAR:
            found |= {
                deep.lemma_.lower()
                for each in child.children
                if each.dep_ == "pobj"
                for deep in (each, *each.lefts, *each.conjuncts)
            }
    return found
