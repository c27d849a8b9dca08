"""Whether somebody else speaks inside another's words, of which the encoder has learned nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_relation import Relation
from truceline.read.table import Doc, Token

NOBODY = frozenset({"people", "everyone", "everybody", "anyone", "someone", "nobody", "one", "you", "folks", "god"})
SAYING = frozenset({"state", "publish", "claim", "accuse", "deny", "announce"})
NEXT = 12  # letters between a speaker and his cue: ', who also '


class Taken:
    """The relations taken so far, and where in the text their words of saying and what is said stand."""

    def __init__(self, text: str) -> None:
        self.relations: list[Relation] = []
        self.cue_tokens: set[int | None] = set()
        self._contents: Nearby[Span] = Nearby([], lambda piece: (piece,))
        self._said, self._cues = bytearray(len(text)), bytearray(len(text))

    def add(self, relation: Relation) -> None:
        self.relations.append(relation)
        self.cue_tokens.add(relation.cue_token)
        for piece in relation.content:
            self._contents.add(piece)
            self._said[piece.start : piece.end] = b"\x01" * len(piece)
        if relation.cue is not None:
            self._cues[relation.cue.start : relation.cue.end] = b"\x01" * len(relation.cue)

    def holds(self, span: Span) -> bool:
        """Whether somebody is said to say these words."""
        return bool(self._said[span.start] and self._said[span.end - 1])

    def heads(self, token: Token) -> bool:
        """Whether what somebody says begins with the clause of this word: what it hangs on lies outside."""
        here, above = Span(token.idx, token.idx + len(token.text)), token.head.idx
        return any(each.covers(here) and not each.start <= above < each.end for each in self._contents.around(here))

    def speaks_in(self, span: Span) -> bool:
        return any(self._said[span.start : span.end])

    def has_cue(self, span: Span) -> bool:
        return any(self._cues[span.start : span.end])


def is_another(relation: Relation, doc: Doc, taken: Taken) -> bool:
    """Whether somebody else speaks inside another's words: 'he said he feared' has one speaker, listed once.

    Only what he is said to have said counts, as a clause: 'wants to demand', 'without reporting' tell of no saying;
    of beliefs, wishes and promises only one that is itself the content of somebody's words.
    """
    if relation.cue_token is None or not _is_told(doc[relation.cue_token]) or not _has_clause(relation, doc):
        return False
    says = relation.kind is not None and relation.kind.name in SAYING
    if not says and not heads_words(relation, doc, taken):
        return False
    if relation.source_token is None:
        return not relation.source and says
    speaker = doc[relation.source_token]
    if speaker.lower_ in OTHERS and _has_own_antecedent(doc[relation.cue_token]):
        return True
    return speaker.pos_ not in {"PRON", "DET"} and speaker.lower_ not in NOBODY


OTHERS = frozenset({"he", "she", "they"})


def _has_own_antecedent(cue: Token) -> bool:
    """'the sergeant lied when he said': the pronoun stands for whom the clause around it names."""
    names = (child for child in cue.head.children if child.dep_ == "nsubj" and child.i < cue.i)
    return cue.dep_ == "advcl" and cue.head.dep_ == "ccomp" and any(each.pos_ in {"NOUN", "PROPN"} for each in names)


def heads_words(relation: Relation, doc: Doc, taken: Taken) -> bool:
    """Whether its cue is what somebody says outright: the head of a sentence or of another's content."""
    assert relation.cue_token is not None
    cue = doc[relation.cue_token]
    if cue.pos_ == "NOUN" and cue.dep_ == "dobj":
        cue = cue.head
    if cue.dep_ == "pcomp" and cue.head.lower_ == "as":
        cue = cue.head  # 'quotes the colonel as ordering'
    return cue.head is cue or cue.head.i in taken.cue_tokens or taken.heads(cue)


def _is_told(cue: Token) -> bool:
    """A finite verb, a participle with its helper, or a noun of saying."""
    if cue.pos_ not in {"VERB", "AUX"} or cue.dep_ == "prep":
        return True
    modal = any(child.tag_ == "MD" for child in cue.children)
    if modal and not any(child.dep_ == "neg" for child in cue.children):
        return False  # 'could threaten to'
    helped = any(child.dep_ in {"aux", "auxpass"} and child.lower_ != "to" for child in cue.children)
    spoken = not helped and any(child.dep_ == "nsubj" for child in cue.children)  # a plain form, tagged as it may be
    infinitive = any(child.tag_ == "TO" for child in cue.children)
    as_saying = cue.dep_ == "pcomp" and cue.head.lower_ == "as"
    return (
        cue.tag_ in {"VBD", "VBZ", "VBP"}
        or helped
        or (spoken and not infinitive)
        or as_saying
        or cue.dep_ in {"acl", "relcl"}
    )


def _has_clause(relation: Relation, doc: Doc) -> bool:
    """Whether a verb stands in what is said."""
    tokens = (doc.char_span(each.start, each.end, alignment_mode="expand") for each in relation.content)
    return any(token.pos_ in {"VERB", "AUX"} for phrase in tokens if phrase is not None for token in phrase)


def carried_on(relations: Sequence[Relation], text: str) -> list[Relation]:
    """The relations, one whose words break off behind another's speaker carried on through what that one says.

    'The panel says the officer' … 'denied having fired': whoever names the speaker there tells what he said too.
    """
    speakers = {piece.end: each for each in relations for piece in each.source if _speaks_on(each, piece, text)}
    cues = Nearby([each for each in relations if each.cue is not None], lambda each: (each.cue,) if each.cue else ())
    return [_past_break(_with_rest(each, speakers), cues, text) for each in relations]


def _past_break(relation: Relation, cues: Nearby[Relation], text: str) -> Relation:
    """What breaks off in the middle of another's words that it tells of ends with them."""
    *earlier, last = relation.content
    if relation.kind is None or relation.kind.name not in SAYING - {"accuse"} or relation.cue is None:
        return relation
    for inner in cues.around(last):
        end = inner.content[-1].end
        begun = inner.cue is not None and last.covers(inner.cue) and inner.content[-1].start < last.end < end
        if begun and relation.cue.end <= last.start and not set(text[last.end : end]) & set(".!?;\n"):
            return replace(relation, content=(*earlier, Span(last.start, end)))
    return relation


def _speaks_on(relation: Relation, named: Span, text: str) -> bool:
    """Whether the cue follows its speaker at once, and what is said follows the cue."""
    if relation.cue is None or not 0 <= relation.cue.start - named.end <= NEXT:
        return False
    return min(piece.start for piece in relation.content) >= relation.cue.end and not set(
        text[named.end : relation.cue.start]
    ) & set(".!?;-–—\n")


def _with_rest(relation: Relation, speakers: Mapping[int, Relation]) -> Relation:
    *earlier, last = relation.content
    inner = speakers.get(last.end) or speakers.get(last.end - 1)
    if relation.kind is None or relation.kind.name not in SAYING:
        return relation
    if inner is None or inner is relation or relation.cue is None or last.overlaps(relation.cue):
        return relation
    end = inner.content[-1].end
    if any(each.start < end and last.end <= each.start for each in (relation.cue, *relation.source)):
        return relation
    return replace(relation, content=(*earlier, Span(last.start, end)))
