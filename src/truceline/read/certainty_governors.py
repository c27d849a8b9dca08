"""What the clauses around an event make of it, outward until a speaker or a presupposition ends it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.model.claim import Mood
from truceline.read.certainty_clause import SURE, Certainty, is_infinitive, is_none, own_clause
from truceline.read.certainty_words import Words
from truceline.read.cues import CueClass, Cues

if TYPE_CHECKING:
    from truceline.read.table import Token

# What readers make of purposes and attempts: means of crowd judgements on news sentences (Lee et al., 2015).
PURPOSE = 1.5
ATTEMPT = 1.2
CONDITION = 0.6  # 'if the army shells': the crowd leans to yes a little
CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "pcomp"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Classes of cue that only report: what they govern keeps its own certainty.
REPORTING = frozenset({"state", "publish", "announce", "endorse", "perceive", "accuse", "discuss"})


def climb(node: "Token", certainty: Certainty, cues: Cues, words: Words) -> Certainty:  # noqa: C901  one case a line
    """Follow the governing clauses until a speaker or a presupposition ends it."""
    for _ in range(12):
        head, relation = node.head, node.dep_
        purpose = relation in {"acl", "relcl"} and (
            is_infinitive(node) or (relation == "acl" and _is_that_clause(node))
        )
        if head.i == node.i or relation == "appos" or (relation == "relcl" and not purpose):
            return certainty
        if relation == "conj" and node.tag_ in FINITE and head.tag_ == "VB":
            return certainty  # 'failed to win and filed for bankruptcy' hangs on the governor, not on the infinitive
        if relation == "conj":
            certainty = _shared(certainty, node, head, words)
        elif relation == "advcl" and not (_is_that_clause(node) and head.lemma_.lower() in cues.verbs):
            return _adverbial(node, certainty, words)
        elif relation in CLAUSES or purpose or relation == "advcl":
            governed, ends = _governed(node, head, certainty, cues, words)
            if ends:
                return governed
            certainty = governed
        elif (denying := _denial_of(node, words)) is not None:
            return certainty.turned(denying, mood=Mood.DENIAL)
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


def _is_that_clause(node: "Token") -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in node.children)


def _shared(certainty: Certainty, node: "Token", head: "Token", words: Words) -> Certainty:
    """A conjunct without a subject shares its neighbour's modal verb."""
    own_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children)
    if own_subject or not _is_clause(head):
        return certainty
    neighbour = own_clause(head, words)
    if neighbour.mood is Mood.ASSERTION:
        return certainty
    shared = replace(certainty, factuality=min(certainty.factuality, neighbour.factuality), mood=neighbour.mood)
    return replace(shared, because=(*certainty.because, *neighbour.because))


def _adverbial(node: "Token", certainty: Certainty, words: Words) -> Certainty:
    inverted = any(child.lower_ in {"had", "were", "should"} and child.is_title for child in node.children)
    if inverted:
        return replace(certainty, factuality=-1.0, mood=Mood.HYPOTHETICAL)
    marks = [child for child in node.children if child.dep_ in {"mark", "advmod"}]
    mark = next((each for each in marks if each.lower_ in words.conditional), None)
    if mark is not None:
        return certainty.at_most(CONDITION, mark, Mood.HYPOTHETICAL)
    if is_infinitive(node):
        return certainty.at_most(PURPOSE, node.head, Mood.HYPOTHETICAL)
    return certainty


def _marked(node: "Token", head: "Token", certainty: Certainty, words: Words) -> tuple[Certainty, bool] | None:
    """What a conjunction, a preposition or an adjective before the clause makes of it; None where there is none."""
    lemma = head.lemma_.lower()
    marks = {child.lower_: child for child in node.children if child.dep_ == "mark"}
    if "whether" in marks:
        wants = lemma == "know" and head.head.lemma_ in {"want", "wish", "like"}
        mood = Mood.QUESTION if wants or lemma in words.asking else Mood.ASSERTION
        return certainty.at_most(0.0, marks["whether"], mood), True
    conditional = next((each for lower, each in marks.items() if lower in words.conditional), None)
    if conditional is not None:
        return certainty.at_most(CONDITION, conditional, Mood.HYPOTHETICAL), True
    if head.lemma_ == "be" and node.dep_ in {"ccomp", "csubj"}:
        return _predicated(head, certainty, words)
    if node.dep_ == "pcomp":
        left_out = lemma == "without" or (lemma == "of" and head.head.lemma_ == "short")
        return (certainty.turned(head) if left_out else certainty), left_out
    if head.pos_ == "ADJ" and lemma in words.factive:
        return certainty, True  # 'proud to have', 'glad that': it is so
    if head.pos_ == "ADJ" and lemma in words.adverbs:
        return certainty.at_most(words.adverbs[lemma], head), True
    if head.pos_ == "ADJ" and lemma in words.adjectives:
        score, mood = words.adjectives[lemma]
        return certainty.at_most(score, head, mood), True
    return None


def _predicated(be: "Token", certainty: Certainty, words: Words) -> tuple[Certainty, bool] | None:
    """'It is not true that', 'it is unlikely, they write, that'."""
    if any(child.dep_ == "neg" for child in be.children):
        return certainty.turned(be), True
    for child in be.children:
        lower = child.lower_
        if child.dep_ == "acomp" and lower in words.adverbs:
            return certainty.at_most(words.adverbs[lower], child), True
        if child.dep_ == "acomp" and lower in words.adjectives:
            score, mood = words.adjectives[lower]
            return certainty.at_most(score, child, mood), True
    return None


def _particular(node: "Token", head: "Token", certainty: Certainty, words: Words) -> tuple[Certainty, bool] | None:
    """Turns of phrase: 'is going to', 'ruled out that', 'wanted to know whether'."""
    lemma = head.lemma_.lower()
    if lemma == "go" and head.tag_ == "VBG" and node.dep_ == "xcomp" and is_infinitive(node):
        score, mood = words.modals["will"]
        return certainty.at_most(score, head, mood), False
    if lemma == "rule" and any(child.dep_ == "prt" and child.lower_ == "out" for child in head.children):
        unsaid = any(child.dep_ == "neg" for child in head.children)
        return (certainty.at_most(words.adverbs["possibly"], head) if unsaid else certainty.turned(head)), True
    return None


def _governed(node: "Token", head: "Token", certainty: Certainty, cues: Cues, words: Words) -> tuple[Certainty, bool]:
    """What a clause's governor makes of it, and whether a speaker is reached."""
    marked = _marked(node, head, certainty, words) or _particular(node, head, certainty, words)
    if marked is not None:
        return marked
    lemma = head.lemma_.lower()
    if lemma in words.fails and node.dep_ != "ccomp":
        return certainty.turned(head, score=2.5), False
    if lemma in words.infers:
        return certainty.at_most(1.8, head, Mood.OPINION), True
    if lemma in words.holds and node.dep_ == "xcomp":
        return _outer(certainty, node, head, words), False
    kind = _class_of(head, cues, clause=node)
    if kind is not None:
        return _under_cue(certainty, kind, head, words), True
    return _intended(head, certainty, words) if is_infinitive(node) else (certainty, True)


def _intended(head: "Token", certainty: Certainty, words: Words) -> tuple[Certainty, bool]:
    """'Tried to', 'does not want to', 'came to'."""
    if head.lemma_.lower() not in words.tries:
        return certainty.at_most(PURPOSE, head, Mood.HYPOTHETICAL), True
    if any(child.dep_ == "neg" for child in head.children):
        return certainty.turned(head, score=1.8, mood=Mood.HYPOTHETICAL), True
    return certainty.at_most(ATTEMPT, head, Mood.HYPOTHETICAL), False


def _class_of(head: "Token", cues: Cues, *, clause: "Token") -> CueClass | None:
    lemma = head.lemma_.lower()
    if head.pos_ in {"NOUN", "PROPN"}:
        return cues.nouns.get(lemma)
    if head.pos_ == "ADJ":
        return cues.adjectives.get(lemma)
    kinds = cues.verbs.get(lemma, ())
    wanted = "infinitive" if is_infinitive(clause) else "clause"
    return next((kind for kind in kinds if wanted in kind.takes), None)


def _is_unsaid(cue: "Token", words: Words) -> bool:
    """'did not say', 'nobody has said', 'neither confirmed nor denied'."""
    joined = cue.head.children if cue.dep_ == "conj" else ()
    neither = any(child.lower_ in {"neither", "nor"} for child in (*cue.children, *joined))
    nobody = any(child.dep_ in {"nsubj", "nsubjpass"} and is_none(child, words) for child in cue.children)
    return neither or nobody or any(child.dep_ == "neg" for child in cue.children)


def _is_rejected(report: "Token", words: Words) -> bool:
    """'rejected reports that …', 'there is no truth in reports that …', 'reports that … are false'."""
    if report.pos_ != "NOUN":
        return False
    if _is_called_untrue(report, words):
        return True
    if report.dep_ in {"dobj", "nsubjpass"}:
        return report.head.lemma_ in words.rejects
    ground = report.head.head if report.dep_ == "pobj" else report
    return ground.lemma_.lower() in words.baseless and is_none(ground, words)


def _is_called_untrue(report: "Token", words: Words) -> bool:
    """'The reports are baseless', 'the tale is invented'."""
    if report.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    said = report.head
    told = (said, *(each for each in said.children if each.dep_ in {"acomp", "attr"}))
    return any(each.lemma_.lower() in words.untrue for each in told) and not any(
        each.dep_ == "neg" for each in said.children
    )


def _denial_of(node: "Token", words: Words) -> "Token | None":
    """The word that denies what a preposition brings in: 'reports of a strike are untrue', 'no part in the strike'."""
    if node.dep_ != "pobj":
        return None
    if node.head.dep_ == "prep" and _is_called_untrue(node.head.head, words):
        return node.head.head.head
    return node.head if _has_nothing_to_do(node.head) else None


def _has_nothing_to_do(preposition: "Token") -> bool:
    """'The army had nothing to do with the shelling', 'had no part in it'."""
    over = [preposition.head, *list(preposition.ancestors)[:3]]
    told = {child.lower_ for each in over for child in (each, *each.children)}
    if preposition.lower_ == "with":
        return "nothing" in told and "do" in told
    return preposition.lower_ == "in" and "no" in told and bool(told & {"part", "hand", "role", "involvement"})


def _under_cue(certainty: Certainty, kind: CueClass, head: "Token", words: Words) -> Certainty:
    negated_cue = _is_unsaid(head, words)
    if _is_rejected(head, words):
        return certainty.turned(head, mood=Mood.DENIAL)
    if kind.name in REPORTING:
        return certainty.at_most(0.0, head) if negated_cue else certainty
    if kind.name in {"deny", "refuse"} and negated_cue:
        return certainty.at_most(0.0, head)
    if kind.name in {"deny", "refuse"}:
        return certainty.turned(head, mood=kind.mood)
    if kind.name == "ask":
        return certainty.at_most(0.0, head, Mood.QUESTION)
    if kind.name == "doubt" and (negated_cue or is_none(head, words)):
        return certainty.at_most(2.5, head)  # 'there is no doubt that'
    if kind.name == "demand" and _takes_as_so(certainty, head, words):
        return replace(certainty, factuality=SURE, negated=False, mood=Mood.DEMAND)
    score = max(-3.0, min(certainty.factuality, words.beliefs.get(head.lemma_.lower(), kind.factuality)))
    if negated_cue and kind.factuality > 0:
        score = -score if kind.name == "believe" else 0.0
    keeps = kind.mood is Mood.ASSERTION or (kind.mood is Mood.OPINION and certainty.mood is Mood.PREDICTION)
    mood = certainty.mood if keeps else kind.mood
    return replace(certainty, factuality=score, mood=mood, because=(*certainty.because, head.i))


def _takes_as_so(certainty: Certainty, head: "Token", words: Words) -> bool:
    """'Called on them to stop the shelling': there is a shelling to stop."""
    return certainty.negated and any(head.doc[each].lemma_.lower() in words.ends for each in certainty.because)


def _outer(certainty: Certainty, node: "Token", head: "Token", words: Words) -> Certainty:
    """The governing verb's modals and negation hold for what it carries."""
    outer = own_clause(head, words, past=node)
    if node.dep_ == "nsubj" and head.lemma_ == "be":
        outer = replace(outer, negated=False)  # 'the shelling was not heavy' was a shelling
    if node.dep_ == "nsubj" and any(child.dep_ == "dobj" and is_none(child, words) for child in head.children):
        outer = outer.turned(head)  # 'caused no casualties' happened all the same
    mood = certainty.mood if outer.mood is Mood.ASSERTION else outer.mood
    return Certainty(
        factuality=min(certainty.factuality, outer.factuality),
        negated=certainty.negated != outer.negated,
        mood=mood,
        because=(*certainty.because, *outer.because),
    )


def _meant(node: "Token", head: "Token", certainty: Certainty, words: Words) -> Certainty:
    """'preparations for an assault', 'the risk of an assault': what is for something need not be there."""
    if node.dep_ == "prep" and node.lower_ == "for" and head.lemma_.lower() not in words.answered:
        return certainty.at_most(ATTEMPT, node, Mood.HYPOTHETICAL)
    if node.dep_ == "prep" and node.lower_ in {"of", "about"} and head.lemma_.lower() in words.prospects:
        return certainty.at_most(words.adverbs["possibly"], head, Mood.HYPOTHETICAL)
    return certainty


def _is_there_anyway(node: "Token", head: "Token", cues: Cues, words: Words) -> bool:
    """'The talks failed', 'appealed the ruling', 'denied the request', 'refuted the allegations': there were some."""
    lemma, noun = head.lemma_.lower(), node.lemma_.lower()
    if node.dep_ == "nsubj":
        return lemma in words.fails
    if lemma in words.contests:
        return node.dep_ in {"dobj", "nsubjpass"}
    said = noun in words.pleas or (noun in cues.nouns and cues.nouns[noun].name != "promise")
    return said and lemma in words.rejects | words.refuses


def _as_argument(
    node: "Token", head: "Token", certainty: Certainty, cues: Cues, words: Words
) -> tuple[Certainty, bool]:
    """An event noun as a participant of a verb: presupposed, unless the verb undoes or only carries it."""
    lemma = head.lemma_.lower()
    if _is_there_anyway(node, head, cues, words):
        return certainty, True
    if node.dep_ in {"pobj", "prep"} and not _is_clause(head):
        return _meant(node, head, certainty, words), False
    if node.dep_ == "prep" and node.lower_ == "from" and lemma in words.averts:
        return certainty.at_most(0.0, head, Mood.HYPOTHETICAL), True
    if lemma in words.fails:
        return certainty.turned(head, score=2.0), False
    if lemma in words.holds or lemma in words.occurrence or lemma == "be":
        return _outer(certainty, node, head, words), False
    kind = _class_about(node, lemma, cues)
    if kind is not None:
        return _under_cue(certainty, kind, head, words), True
    if lemma in words.tries and node.dep_ in {"dobj", "prep"}:
        return certainty.at_most(ATTEMPT, head, Mood.HYPOTHETICAL), True
    return certainty, True


def _class_about(node: "Token", lemma: str, cues: Cues) -> CueClass | None:
    """The class of a cue whose content is a noun: 'denied the attack', 'warned of a famine', 'talks are planned to'."""
    kinds = cues.verbs.get(lemma, ())
    foretold = next((each for each in kinds if each.name == "predict"), None)
    if node.dep_ == "nsubjpass" and foretold and any(child.dep_ == "xcomp" for child in node.head.children):
        return foretold
    about = node.lower_ in cues.about.get(lemma, ())
    wanted = "about" if node.dep_ in {"prep", "pobj"} else "object"
    kind = next((each for each in kinds if wanted in each.takes and (about or wanted == "object")), None)
    told = kind is not None and node.dep_ in {"dobj", "prep", "pobj"} and kind.name not in REPORTING
    return kind if told else None
