"""How surely the innermost speaker presents an event: factuality, negation and mood, read off the syntax."""

from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.model.claim import Mood
from truceline.read.certainty_clause import SURE, Certainty, modified_noun, own_clause
from truceline.read.certainty_governors import climb
from truceline.read.certainty_words import Words
from truceline.read.cues import Cues

if TYPE_CHECKING:
    from truceline.read.table import Token

# Moods that grammar settles: a learned number does not overrule them.
SETTLED = frozenset({Mood.DENIAL, Mood.QUESTION, Mood.DEMAND, Mood.PREDICTION, Mood.PROMISE})
# How much a learned number counts beside the rules where it may speak at all.
PRIOR_WEIGHT = 0.7


def weigh(trigger: "Token", cues: Cues, words: Words, *, prior: float | None = None) -> Certainty:
    """The certainty of the event that `trigger` tells, for the speaker nearest to it.

    `prior` is a number from -3 to 3 that a trained model gives the trigger; None: the rules alone decide.
    """
    here = modified_noun(trigger, words) if trigger.pos_ in {"NOUN", "PROPN"} else own_clause(trigger, words)
    settled = climb(trigger, here, cues, words)
    if _is_imperative(trigger):
        settled = replace(settled, factuality=0.0, mood=Mood.DEMAND)
    if _is_asked(trigger):
        taken = SURE if _asks_for_particulars(trigger) and settled.mood is Mood.ASSERTION else 0.0
        settled = replace(settled, factuality=taken, mood=Mood.QUESTION)
    return _tempered(_signed(settled), prior)


def _signed(certainty: Certainty) -> Certainty:
    if certainty.negated and certainty.factuality > 0:
        return replace(certainty, factuality=-certainty.factuality)
    return certainty


def _tempered(certainty: Certainty, prior: float | None) -> Certainty:
    """The rules' number drawn towards the learned one, never across the sign that a negation gives."""
    if prior is None or certainty.mood in SETTLED:
        return certainty
    mixed = PRIOR_WEIGHT * max(-SURE, min(SURE, prior)) + (1 - PRIOR_WEIGHT) * certainty.factuality
    if certainty.negated != (mixed < 0) and certainty.factuality:
        mixed = min(mixed, 0.0) if certainty.negated else max(mixed, 0.0)
    return replace(certainty, factuality=mixed)


def _is_imperative(trigger: "Token") -> bool:
    """'Stop the shelling': a bare verb without a subject."""
    bare = trigger.tag_ == "VB" and trigger.dep_ in {"ROOT", "ccomp"}
    return bare and not any(child.dep_ in {"nsubj", "nsubjpass", "aux", "expl", "csubj"} for child in trigger.children)


def _is_asked(trigger: "Token") -> bool:
    """In a sentence that ends in a question mark, unless an outer clause only reports it."""
    return any(token.text == "?" for token in trigger.sent if token.i > trigger.i)


def _asks_for_particulars(trigger: "Token") -> bool:
    """'Who shelled the clinic?' takes it that somebody did; 'what if' and 'how can' do not."""
    clause = (trigger, *(each for each in trigger.ancestors if each.pos_ in {"VERB", "AUX"}))
    asking = [token for verb in clause for token in verb.lefts if token.tag_ in {"WP", "WRB", "WDT", "WP$"}]
    modal = any(child.tag_ == "MD" for verb in clause for child in verb.children)
    return bool(asking) and not modal and asking[0].i + 1 < len(trigger.doc) and asking[0].nbor().lower_ != "if"
