"""What looks like saying and is none: places that "witness" a raid, raids that "claim" lives, days as labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.model.span import Span
from truceline.read.attribution_relation import Relation
from truceline.read.cues import Cues
from truceline.read.table import Doc, Token

TIMES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a text names that does not speak: `silent` are those of its places that stand for no government."""

    places: Sequence[Span]
    silent: Sequence[Span]
    times: Sequence[Span]


def without_mute(relations: Iterable[Relation], doc: Doc, cues: Cues, setting: Setting) -> list[Relation]:
    """The relations in which somebody speaks."""
    starts = {each.start for each in setting.places}
    return [
        each
        for each in relations
        if not (
            _is_of_scene(each, doc, cues, starts)
            or _is_deed(each, doc, cues)
            or _is_labelled(each, doc, setting.times)
            or _is_trailed(each, doc, setting.silent)
        )
    ]


def is_scene(subject: Token, cues: Cues, *, is_place: bool = False) -> bool:
    """'The countryside is witnessing clashes', 'Homs saw two raids': not 'Moscow sees the raid as a mistake'."""
    verb = subject.head
    if subject.dep_ != "nsubj" or verb.lemma_.lower() not in cues.scene_verbs:
        return False
    if subject.lemma_.lower() in cues.scenes or subject.ent_type_ in TIMES or subject.pos_ == "NUM":
        return True
    thinks = any(each.dep_ in {"ccomp", "xcomp"} or each.lower_ == "as" for each in verb.subtree if each.i > verb.i)
    return is_place and not thinks


def _is_of_scene(relation: Relation, doc: Doc, cues: Cues, places: set[int]) -> bool:
    if relation.cue is None or not relation.source:
        return False
    words = doc.char_span(relation.source[0].start, relation.source[-1].end)
    return words is not None and any(is_scene(each, cues, is_place=each.idx in places) for each in words)


def _is_deed(relation: Relation, doc: Doc, cues: Cues) -> bool:
    """'The raid claimed 12 lives', 'an attack carried out by jets'."""
    if relation.cue_token is None:
        return False
    verb = doc[relation.cue_token]
    objects = cues.deeds.get(verb.lemma_.lower(), frozenset())
    return any(each.lemma_.lower() in objects for each in verb.rights if each.dep_ in {"dobj", "prt"})


def _is_labelled(relation: Relation, doc: Doc, times: Sequence[Span]) -> bool:
    """'9 April 2017: a village near Raqqa'."""
    if not _is_mark(relation, doc):
        return False
    return any(each.covers(part) or part.covers(each) for part in relation.source for each in times)


def _is_trailed(relation: Relation, doc: Doc, places: Sequence[Span]) -> bool:
    """'killed on the road Homs – Deir Ezzor': the last town says nothing."""
    if not _is_mark(relation, doc) or relation.cue is None or ":" in relation.cue.of(doc.text):
        return False
    return any(each.covers(part) for part in relation.source for each in places)


def _is_mark(relation: Relation, doc: Doc) -> bool:
    return relation.cue is not None and not any(letter.isalnum() for letter in relation.cue.of(doc.text))
