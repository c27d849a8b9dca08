"""How surely every voice of a chain stands behind an event: the author, and each speaker down to the innermost.

The innermost speaker's number is the claim's own. Outwards, whoever passes the words on shares it as far as his cue
says: 'confirmed' shares it, 'said' leaves it open, 'claimed' stands back from it, 'falsely said' turns it over.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from truceline.model.attribution import Attribution
from truceline.model.claim import AUTHOR, Commitment
from truceline.read.attribution_relation import Relation
from truceline.read.certainty_words import Colours
from truceline.read.relation_words import cue_word, source_word

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

NEUTRAL, ENDORSING, DISTANCING, FALSIFYING = "neutral", "endorsing", "distancing", "falsifying"
PRONOUNS = frozenset({"i", "we", "he", "she", "they", "it"})
UNREAL = frozenset({"if", "unless", "whether"})


def colour_of(relation: Relation, doc: "Doc", colours: Colours) -> str:
    """What the cue tells of whoever uses it: 'neutral', 'endorsing', 'distancing' or 'falsifying'."""
    cue = cue_word(relation, doc)
    if cue is None:
        return NEUTRAL
    manner = {child.lower_ for child in cue.children if child.dep_ == "advmod"}
    if manner & colours.falsely or cue.lemma_.lower() in colours.falsifies:
        return FALSIFYING
    if _is_open(cue):
        return NEUTRAL
    if manner & colours.truly or _endorses(cue, colours):
        return ENDORSING
    return DISTANCING if cue.lemma_.lower() in colours.distances else NEUTRAL


def _endorses(cue: "Token", colours: Colours) -> bool:
    lemma = cue.lemma_.lower()
    beside = {child.lower_ for child in cue.children if child.dep_ in {"prt", "advmod", "acomp", "oprd", "ccomp"}}
    return lemma in colours.endorses or bool(beside & colours.endorses_with.get(lemma, frozenset()))


def _is_open(cue: "Token") -> bool:
    """'Did not confirm', 'may reveal', 'if it admits', 'nobody has confirmed', 'refused to confirm': not (yet) said."""
    for each in (cue, cue.head) if cue.dep_ == "xcomp" else (cue,):
        for child in each.children:
            if child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ == "MD"):
                return True
            if (child.dep_ == "mark" and child.lower_ in UNREAL) or child.lower_ in {"nobody", "neither", "none"}:
                return True
    return cue.dep_ == "xcomp"


def stances_of(
    chain: Sequence[str],
    factuality: float,
    *,
    colours: Mapping[str, str],
    shares: Mapping[str, float],
    themselves: frozenset[str],
) -> tuple[Commitment, ...]:
    """The author's commitment and each speaker's, outermost first.

    `colours` are those of the attributions by id; `themselves` the attributions whose speaker is the one around them.
    """
    found = [factuality]
    for each in reversed(chain):
        share = 1.0 if each in themselves else shares[colours[each]]
        found.append(share * found[-1])
    values = (round(value, 2) + 0.0 for value in reversed(found))
    return tuple(Commitment(by=by, factuality=value) for by, value in zip((AUTHOR, *chain), values, strict=True))


def find_themselves(relations: Sequence[Relation], attributions: Sequence[Attribution], doc: "Doc") -> frozenset[str]:
    """Attributions inside another's whose speaker is a pronoun: 'the governor said that he believed'."""
    inner = ((relation, each) for relation, each in zip(relations, attributions, strict=True) if each.parent)
    speakers = ((source_word(relation, doc), each.id) for relation, each in inner)
    return frozenset(name for word, name in speakers if word is not None and word.lower_ in PRONOUNS)
