"""How surely the innermost speaker presents an event: factuality, negation and mood, read off the syntax."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from truceline.model.claim import Mood
from truceline.read.cues import CueClass, Cues
from truceline.vocab.load import load_toml

if TYPE_CHECKING:
    from truceline.read.table import Token

SURE = 3.0
# What readers make of purposes and attempts: means of crowd judgements on news sentences (Lee et al., 2015).
PURPOSE = 1.3
ATTEMPT = 1.2
CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "pcomp"})
# Classes of cue that only report: what they govern keeps its own certainty.
REPORTING = frozenset({"state", "publish", "announce", "endorse", "perceive", "accuse", "discuss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """-3 (certainly not) over 0 (uncommitted) to +3 (certainly so); `mood` as in the contract."""

    factuality: float = SURE
    negated: bool = False
    mood: Mood = Mood.ASSERTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The certainty lexicon, typed."""

    modals: Mapping[str, tuple[float, Mood]]
    perfect: Mapping[str, tuple[float, Mood]]
    adverbs: Mapping[str, float]
    adjectives: Mapping[str, tuple[float, Mood]]
    holds: frozenset[str]
    fails: frozenset[str]
    tries: frozenset[str]
    infers: frozenset[str]
    averts: frozenset[str]
    answered: frozenset[str]
    conditional: frozenset[str]
    negators: frozenset[str]
    asking: frozenset[str]
    rejects: frozenset[str]
    baseless: frozenset[str]
    occurrence: frozenset[str]


@cache
def load_words(language: str = "en") -> Words:
    """The lexicon in vocab/cues/<language>_certainty.toml."""
    table = load_toml(f"cues/{language}_certainty.toml")
    verb, mark = table["verb"], table["mark"]
    return Words(
        modals={word: (score, Mood(mood)) for word, (score, mood) in table["modal"].items()},
        perfect={word: (score, Mood(mood)) for word, (score, mood) in table["perfect"].items()},
        adverbs=table["adverb"],
        adjectives={word: (score, Mood(mood)) for word, (score, mood) in table["adjective"].items()},
        holds=frozenset(verb["holds"].split()),
        fails=frozenset(verb["fails"].split()),
        tries=frozenset(verb["tries"].split()),
        infers=frozenset(verb["infers"].split()),
        averts=frozenset(verb["averts"].split()),
        answered=frozenset(mark["answered"].split()),
        conditional=frozenset(mark["conditional"].split()),
        negators=frozenset(mark["negators"].split()),
        asking=frozenset(mark["asking"].split()),
        rejects=frozenset(mark["rejects"].split()),
        baseless=frozenset(mark["baseless"].split()),
        occurrence=frozenset(mark["occurrence"].split()),
    )


def weigh(trigger: "Token", cues: Cues, words: Words) -> Certainty:
    """The certainty of the event that `trigger` tells, for the speaker nearest to it."""
    here = _modified_noun(trigger, words) if trigger.pos_ in {"NOUN", "PROPN"} else _own_clause(trigger, words)
    settled = _climb(trigger, here, cues, words)
    if _is_imperative(trigger):
        settled = replace(settled, factuality=0.0, mood=Mood.DEMAND)
    if _is_asked(trigger):
        settled = replace(settled, factuality=0.0, mood=Mood.QUESTION)
    return _signed(settled)


def _signed(certainty: Certainty) -> Certainty:
    if certainty.negated and certainty.factuality > 0:
        return replace(certainty, factuality=-certainty.factuality)
    return certainty


def _is_imperative(trigger: "Token") -> bool:
    """'Stop the shelling': a bare verb without a subject."""
    bare = trigger.tag_ == "VB" and trigger.dep_ in {"ROOT", "ccomp"}
    return bare and not any(child.dep_ in {"nsubj", "nsubjpass", "aux", "expl", "csubj"} for child in trigger.children)


def _is_asked(trigger: "Token") -> bool:
    """In a sentence that ends in a question mark, unless an outer clause only reports it."""
    return any(token.text == "?" for token in trigger.sent if token.i > trigger.i)


# The trigger's own clause ------------------------------------------------------------------------


def _own_clause(verb: "Token", words: Words, *, past: "Token | None" = None) -> Certainty:
    """What the verb's modals, negation and adverbs make of it, leaving out the branch `past`."""
    certainty = Certainty()
    for child in verb.children:
        if past is None or child.i != past.i:
            certainty = _with_child(certainty, child, words)
    return certainty


def _with_child(certainty: Certainty, child: "Token", words: Words) -> Certainty:
    lower = child.lower_
    if (
        child.dep_ == "neg"
        or lower.endswith(("n't", "n’t"))
        or (child.dep_ in {"nsubj", "nsubjpass", "dobj"} and _is_none(child, words))
    ):
        return replace(certainty, negated=not certainty.negated)
    if child.dep_ == "aux" and lower in words.modals:
        past = any(each.lower_ in {"have", "'ve", "’ve"} and each.i > child.i for each in child.head.children)
        score, mood = (words.perfect if past else {}).get(lower, words.modals[lower])
        return replace(certainty, factuality=min(certainty.factuality, score), mood=mood)
    if child.dep_ == "advmod" and lower in words.adverbs:
        return replace(certainty, factuality=min(certainty.factuality, words.adverbs[lower]))
    return certainty


def _is_none(noun: "Token", words: Words) -> bool:
    return noun.lower_ in words.negators or any(
        each.dep_ in {"det", "preconj", "cc"} and each.lower_ in words.negators and each.i < noun.i
        for each in noun.children
    )


def _modified_noun(noun: "Token", words: Words) -> Certainty:
    certainty = Certainty(negated=_is_none(noun, words))
    for child in noun.children:
        if child.lower_ in words.adjectives:
            score, mood = words.adjectives[child.lower_]
            certainty = replace(certainty, factuality=min(certainty.factuality, score), mood=mood)
    return certainty


# Outward through the clauses ---------------------------------------------------------------------


def _climb(node: "Token", certainty: Certainty, cues: Cues, words: Words) -> Certainty:
    """Follow the governing clauses until a speaker or a presupposition ends it."""
    for _ in range(12):
        head, relation = node.head, node.dep_
        purpose = relation in {"acl", "relcl"} and (
            _is_infinitive(node) or (relation == "acl" and _is_that_clause(node))
        )
        if head.i == node.i or relation == "appos" or (relation == "relcl" and not purpose):
            return certainty
        if relation == "conj":
            certainty = _shared(certainty, node, head, words)
        elif relation == "advcl":
            return _adverbial(node, certainty, words)
        elif relation in CLAUSES or purpose:
            governed, ends = _governed(node, head, certainty, cues, words)
            if ends:
                return governed
            certainty = governed
        elif relation in {"dobj", "nsubj", "nsubjpass", "pobj", "prep", "attr"} and not _is_clause(node):
            governed, ends = _as_argument(node, head, certainty, cues, words)
            if ends:
                return governed
            certainty = governed
        else:
            return certainty
        node = head
    return certainty


def _is_clause(node: "Token") -> bool:
    return node.pos_ in {"VERB", "AUX"}


def _is_infinitive(node: "Token") -> bool:
    return any(child.tag_ == "TO" for child in node.children)


def _is_that_clause(node: "Token") -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in node.children)


def _shared(certainty: Certainty, node: "Token", head: "Token", words: Words) -> Certainty:
    """A conjunct without a subject shares its neighbour's modal verb."""
    own_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children)
    if own_subject or not _is_clause(head):
        return certainty
    neighbour = _own_clause(head, words)
    if neighbour.mood is Mood.ASSERTION:
        return certainty
    return replace(certainty, factuality=min(certainty.factuality, neighbour.factuality), mood=neighbour.mood)


def _adverbial(node: "Token", certainty: Certainty, words: Words) -> Certainty:
    inverted = any(child.lower_ in {"had", "were", "should"} and child.is_title for child in node.children)
    if inverted:
        return replace(certainty, factuality=-1.0, mood=Mood.HYPOTHETICAL)
    if any(child.dep_ in {"mark", "advmod"} and child.lower_ in words.conditional for child in node.children):
        return replace(certainty, factuality=0.0, mood=Mood.HYPOTHETICAL)
    if _is_infinitive(node):
        return replace(certainty, factuality=min(certainty.factuality, PURPOSE), mood=Mood.HYPOTHETICAL)
    return certainty


def _marked(node: "Token", head: "Token", certainty: Certainty, words: Words) -> tuple[Certainty, bool] | None:
    """What a conjunction, a preposition or an adjective before the clause makes of it; None where there is none."""
    lemma = head.lemma_.lower()
    marks = {child.lower_ for child in node.children if child.dep_ == "mark"}
    if "whether" in marks:
        return replace(certainty, factuality=0.0, mood=Mood.QUESTION if lemma in words.asking else Mood.ASSERTION), True
    if marks & words.conditional:
        return replace(certainty, factuality=0.0, mood=Mood.HYPOTHETICAL), True
    if head.lemma_ == "be" and node.dep_ in {"ccomp", "csubj"} and any(child.dep_ == "neg" for child in head.children):
        return replace(certainty, negated=not certainty.negated), True  # 'it is not true that'
    if node.dep_ == "pcomp":
        left_out = lemma == "without" or (lemma == "of" and head.head.lemma_ == "short")
        return replace(certainty, negated=certainty.negated != left_out), left_out
    if head.pos_ == "ADJ" and lemma in words.adverbs:
        return replace(certainty, factuality=min(certainty.factuality, words.adverbs[lemma])), True
    if head.pos_ == "ADJ" and lemma in words.adjectives:
        score, mood = words.adjectives[lemma]
        return replace(certainty, factuality=min(certainty.factuality, score), mood=mood), True
    return None


def _governed(node: "Token", head: "Token", certainty: Certainty, cues: Cues, words: Words) -> tuple[Certainty, bool]:
    """What a clause's governor makes of it, and whether a speaker is reached."""
    marked = _marked(node, head, certainty, words)
    if marked is not None:
        return marked
    lemma = head.lemma_.lower()
    if lemma in words.fails and node.dep_ != "ccomp":
        return replace(certainty, negated=not certainty.negated, factuality=min(certainty.factuality, 2.5)), False
    if lemma in words.infers:
        return replace(certainty, factuality=min(certainty.factuality, 1.8), mood=Mood.OPINION), True
    if lemma in words.holds and node.dep_ == "xcomp":
        return _outer(certainty, node, head, words), False
    kind = _class_of(head, cues, clause=node)
    if kind is not None:
        return _under_cue(certainty, kind, head, words), True
    if lemma in words.tries and _is_infinitive(node):
        return replace(certainty, factuality=min(certainty.factuality, ATTEMPT), mood=Mood.HYPOTHETICAL), False
    if _is_infinitive(node):
        return replace(certainty, factuality=min(certainty.factuality, PURPOSE), mood=Mood.HYPOTHETICAL), True
    return certainty, True


def _class_of(head: "Token", cues: Cues, *, clause: "Token") -> CueClass | None:
    lemma = head.lemma_.lower()
    if head.pos_ in {"NOUN", "PROPN"}:
        return cues.nouns.get(lemma)
    if head.pos_ == "ADJ":
        return cues.adjectives.get(lemma)
    kinds = cues.verbs.get(lemma, ())
    wanted = "infinitive" if _is_infinitive(clause) else "clause"
    return next((kind for kind in kinds if wanted in kind.takes), None)


def _is_unsaid(cue: "Token", words: Words) -> bool:
    """'did not say', 'nobody has said', 'neither confirmed nor denied'."""
    joined = cue.head.children if cue.dep_ == "conj" else ()
    neither = any(child.lower_ in {"neither", "nor"} for child in (*cue.children, *joined))
    nobody = any(child.dep_ in {"nsubj", "nsubjpass"} and _is_none(child, words) for child in cue.children)
    return neither or nobody or any(child.dep_ == "neg" for child in cue.children)


def _is_rejected(report: "Token", words: Words) -> bool:
    """'rejected reports that …', 'there is no truth in reports that …'."""
    if report.pos_ != "NOUN":
        return False
    if report.dep_ in {"dobj", "nsubjpass"}:
        return report.head.lemma_ in words.rejects
    ground = report.head.head if report.dep_ == "pobj" else report
    return ground.lemma_.lower() in words.baseless and _is_none(ground, words)


def _under_cue(certainty: Certainty, kind: CueClass, head: "Token", words: Words) -> Certainty:
    negated_cue = _is_unsaid(head, words)
    if _is_rejected(head, words):
        return replace(certainty, negated=not certainty.negated, mood=Mood.DENIAL)
    if kind.name in REPORTING:
        return replace(certainty, factuality=0.0) if negated_cue else certainty
    if kind.name in {"deny", "refuse"} and negated_cue:
        return replace(certainty, factuality=0.0)
    if kind.name in {"deny", "refuse"}:
        return replace(certainty, negated=not certainty.negated, mood=kind.mood)
    if kind.name == "ask":
        return replace(certainty, factuality=0.0, mood=Mood.QUESTION)
    score = max(-3.0, min(certainty.factuality, kind.factuality))
    if negated_cue and kind.factuality > 0:
        score = -score if kind.name == "believe" else 0.0
    keeps = kind.mood is Mood.ASSERTION or (kind.mood is Mood.OPINION and certainty.mood is Mood.PREDICTION)
    return replace(certainty, factuality=score, mood=certainty.mood if keeps else kind.mood)


def _outer(certainty: Certainty, node: "Token", head: "Token", words: Words) -> Certainty:
    """The governing verb's modals and negation hold for what it carries."""
    outer = _own_clause(head, words, past=node)
    if node.dep_ == "nsubj" and any(child.dep_ == "dobj" and _is_none(child, words) for child in head.children):
        outer = replace(outer, negated=not outer.negated)  # 'caused no casualties' happened all the same
    mood = certainty.mood if outer.mood is Mood.ASSERTION else outer.mood
    return Certainty(
        factuality=min(certainty.factuality, outer.factuality),
        negated=certainty.negated != outer.negated,
        mood=mood,
    )


def _meant(node: "Token", head: "Token", certainty: Certainty, words: Words) -> Certainty:
    """'preparations for an assault', 'a partner for peace talks': what is for something need not be there."""
    if node.dep_ == "prep" and node.lower_ == "for" and head.lemma_.lower() not in words.answered:
        return replace(certainty, factuality=min(certainty.factuality, ATTEMPT), mood=Mood.HYPOTHETICAL)
    return certainty


def _as_argument(
    node: "Token", head: "Token", certainty: Certainty, cues: Cues, words: Words
) -> tuple[Certainty, bool]:
    """An event noun as a participant of a verb: presupposed, unless the verb undoes or only carries it."""
    lemma = head.lemma_.lower()
    if node.dep_ in {"pobj", "prep"} and not _is_clause(head):
        return _meant(node, head, certainty, words), False
    if node.dep_ == "prep" and node.lower_ == "from" and lemma in words.averts:
        return replace(certainty, factuality=0.0, mood=Mood.HYPOTHETICAL), True
    if lemma in words.fails:
        return replace(certainty, negated=not certainty.negated, factuality=min(certainty.factuality, 2.0)), False
    if lemma in words.holds or lemma in words.occurrence or head.lemma_ in {"be"}:
        return _outer(certainty, node, head, words), False
    kinds = cues.verbs.get(lemma, ())
    about = node.lower_ in cues.about.get(lemma, ())
    wanted = "about" if node.dep_ in {"prep", "pobj"} else "object"
    kind = next((each for each in kinds if wanted in each.takes and (about or wanted == "object")), None)
    foretold = next((each for each in kinds if each.name == "predict"), None)
    if node.dep_ == "nsubjpass" and foretold is not None and any(child.dep_ == "xcomp" for child in head.children):
        return _under_cue(certainty, foretold, head, words), True
    if kind is not None and node.dep_ in {"dobj", "prep", "pobj"} and kind.name not in REPORTING:
        return _under_cue(certainty, kind, head, words), True
    if lemma in words.tries and node.dep_ in {"dobj", "prep"}:
        return replace(certainty, factuality=min(certainty.factuality, ATTEMPT), mood=Mood.HYPOTHETICAL), True
    return certainty, True
