"""The head words of a relation's cue and source, whoever found it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.attribution_relation import Relation

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token


def cue_word(relation: Relation, doc: "Doc") -> "Token | None":
    """The word that says that something is said; None for a quotation without one."""
    if relation.cue_token is not None:
        return doc[relation.cue_token]
    return _head((relation.cue,) if relation.cue is not None else (), doc)


def source_word(relation: Relation, doc: "Doc") -> "Token | None":
    """The head of the words that name the speaker; None where nobody is named."""
    return doc[relation.source_token] if relation.source_token is not None else _head(relation.source, doc)


def _head(spans: Sequence[Span], doc: "Doc") -> "Token | None":
    found = doc.char_span(spans[0].start, spans[0].end, alignment_mode="expand") if spans else None
    return None if found is None else found.root
