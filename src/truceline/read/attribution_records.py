"""What somebody saw, heard or put on record: 'the patrol heard nine blasts', 'the footage shows a burned mill'.

The encoder has learned from political news, where perceiving is seldom saying. Here the thing perceived must tell of an
event, and the encoder must take the verb for a word of saying at least faintly, unless another speaker tells of it.
"""

from collections.abc import Iterator

from truceline.model.span import Span
from truceline.read.attribution_clauses import SUBJECTS, source_span, spans, speaker_of, trimmed
from truceline.read.attribution_nested import NOBODY, Taken
from truceline.read.attribution_relation import Relation
from truceline.read.cues import Cues
from truceline.read.sentences import span_of
from truceline.read.table import Doc, Token
from truceline.read.trained import Noticed

FAINT = 0.1  # chance of a word of saying, where nobody else tells of it
FAINT_PAPER = 0.04  # the same of papers and pictures, which can do little else
LIKELY = 0.3  # the same of a noun of saying that nobody stands before ('news of an ambush')
EVENT = 0.35  # chance that a word tells an event
OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "oprd", "appos"})


def find_records(doc: Doc, cues: Cues, noticed: Noticed, taken: Taken) -> Iterator[Relation]:
    """Relations of perceiving and recording whose verb is no cue yet."""
    for verb in doc:
        if verb.pos_ == "NOUN" and verb.lemma_.lower() in cues.nouns:
            told = _told_of(verb, cues, noticed, taken)
            if told is not None:
                yield told
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in cues.recording:
            continue
        cue = Span(verb.idx, verb.idx + len(verb.text))
        if taken.has_cue(cue) or not (taken.holds(cue) or _is_heard(verb, cue, cues, noticed)):
            continue
        relation = _record(verb, cue, cues, noticed) if _has_perceived(verb, cues) else None
        if relation is not None and not (taken.holds(cue) and doc[relation.source_token or 0].pos_ == "PRON"):
            yield relation


def _told_of(noun: Token, cues: Cues, noticed: Noticed, taken: Taken) -> Relation | None:
    """'there are reports of looting', 'the army's claim of a victory'."""
    cue = Span(noun.idx, noun.idx + len(noun.text))
    behind = (child for child in noun.rights if child.dep_ == "prep" and child.lower_ in {"of", "about"})
    thing = next((each for child in behind for each in child.children if each.dep_ == "pobj"), None)
    if thing is None or taken.has_cue(cue) or not _tells(thing, noticed):
        return None
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    there = noun.dep_ == "attr" and any(child.dep_ == "expl" for child in noun.head.children)
    stands = there or noticed.chance_of("cue", cue.start, cue.end) >= LIKELY
    said = trimmed(span_of(thing.subtree), noun.doc.text)
    if said is None or (owner is None and not stands) or (owner is not None and owner.pos_ == "PRON"):
        return None
    source = () if owner is None else spans(source_span(owner))
    return Relation(
        source=source,
        cue=cue,
        content=(said,),
        kind=cues.nouns[noun.lemma_.lower()],
        cue_token=noun.i,
        source_token=None if owner is None else owner.i,
    )


def _is_heard(verb: Token, cue: Span, cues: Cues, noticed: Noticed) -> bool:
    speaker = speaker_of(verb)
    paper = speaker is not None and speaker.lemma_.lower() in cues.documents
    return noticed.chance_of("cue", cue.start, cue.end) >= (FAINT_PAPER if paper else FAINT)


def _record(verb: Token, cue: Span, cues: Cues, noticed: Noticed) -> Relation | None:
    speaker = speaker_of(verb)
    named = None if speaker is None else source_span(speaker)
    said = _recorded(verb, noticed)
    if speaker is None or named is None or said is None or not _can_record(speaker, verb, cues):
        return None
    return Relation(
        source=(named,),
        cue=cue,
        content=(said,),
        kind=cues.verbs["record"][0],
        cue_token=verb.i,
        source_token=speaker.i,
    )


def _has_perceived(verb: Token, cues: Cues) -> bool:
    """A finite verb without 'will' or 'to'; 'footage showing' too. Who 'saw their ratings fall' underwent it."""
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(each.tag_ in {"MD", "TO", "VB"} for each in helpers):
        return False
    own = any(child.dep_ == "poss" and child.tag_ == "PRP$" for each in verb.rights for child in each.children)
    finite = bool(helpers) or verb.tag_ in {"VBD", "VBZ", "VBP"}
    return (finite and not own) or (verb.tag_ == "VBG" and verb.lemma_.lower() in cues.showing)


def _can_record(speaker: Token, verb: Token, cues: Cues) -> bool:
    """Whether somebody perceives: pictures show, and people do not 'show' in this sense."""
    if speaker.lower_ in NOBODY or speaker.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return False
    paper = speaker.lemma_.lower() in cues.documents or speaker.lower_ in cues.documents
    return paper or verb.lemma_.lower() not in cues.showing


def _recorded(verb: Token, noticed: Noticed) -> Span | None:
    """From the object to the end of the verb's clause, where a word in it tells an event."""
    objects = [child for child in verb.rights if child.dep_ in OBJECTS]
    if not objects or any(child.dep_ == "neg" for child in verb.children):
        return None
    words = [
        each
        for child in verb.rights
        if child.i >= objects[0].i and child.dep_ not in SUBJECTS | {"conj", "cc"}
        for each in child.subtree
    ]
    telling = any(_tells(each, noticed) for child in objects for each in child.subtree)
    return trimmed(span_of(words), verb.doc.text) if telling else None


def _tells(word: Token, noticed: Noticed) -> bool:
    return (
        word.pos_ in {"NOUN", "VERB", "ADJ"}
        and noticed.chance_of("event", word.idx, word.idx + len(word.text)) >= EVENT
    )
