"""Named things and military hardware in a text, typed after the contract."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from truceline.model.mention import Mention, MentionType
from truceline.read.sentences import span_of
from truceline.vocab.load import load_toml

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

NAMED = {
    "PERSON": MentionType.PERSON,
    "ORG": MentionType.ORGANISATION,
    "NORP": MentionType.NATIONALITY,
    "GPE": MentionType.LOCATION,
    "LOC": MentionType.LOCATION,
    "FAC": MentionType.FACILITY,
    "LAW": MentionType.DOCUMENT,
    "WORK_OF_ART": MentionType.DOCUMENT,
    "MONEY": MentionType.MONEY,
    "PRODUCT": MentionType.OTHER,
}


# People named by a common noun are mentioned with its article ('the regime').
PEOPLE = frozenset({MentionType.ORGANISATION, MentionType.PERSON})


@cache
def load_nouns(language: str = "en") -> dict[str, MentionType]:
    """Noun lemma -> type, from vocab/mentions/<language>.toml."""
    table = load_toml(f"mentions/{language}.toml")["nouns"]
    return {lemma: MentionType(name) for name, listed in table.items() for lemma in listed.split()}


def find_mentions(doc: "Doc", known: Iterable[Mention]) -> list[Mention]:
    """Mentions in text order, none overlapping: documents by number, the `known` (actors, places), then the others."""
    nouns = list(_common(doc))
    documents = [each for each in nouns if each.type is MentionType.DOCUMENT]
    return sorted(apart([*documents, *known, *_named(doc), *nouns]), key=lambda each: each.span)


def apart(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that overlap none before them in the list."""
    taken: list[Mention] = []
    covered = bytearray(max((each.span.end for each in mentions), default=0))
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        if not any(covered[start:end]):
            taken.append(mention)
            covered[start:end] = b"\x01" * (end - start)
    return taken


def _named(doc: "Doc") -> Iterator[Mention]:
    for entity in doc.ents:
        kind = NAMED.get(entity.label_)
        tokens = [token for token in entity if not token.is_space]
        while len(tokens) > 1 and (tokens[0].dep_ == "det" or tokens[0].is_punct):
            tokens = tokens[1:]
        while len(tokens) > 1 and tokens[-1].tag_ == "POS":
            tokens = tokens[:-1]
        span = span_of(tokens)
        if kind is MentionType.NATIONALITY and entity.root.tag_ in {"NNPS", "NNS"}:
            kind = MentionType.ORGANISATION  # 'Syrians' are a people, 'Syrian' is a nationality
        if kind is not None and span is not None:
            yield Mention(span=span, type=kind)


def _common(doc: "Doc") -> Iterator[Mention]:
    nouns = load_nouns()
    for token in doc:
        kind = nouns.get(token.lemma_.lower()) if token.pos_ in {"NOUN", "PROPN"} else None
        if kind is None or token.dep_ == "compound":
            continue
        if kind in {MentionType.DOCUMENT, MentionType.FACILITY} and not _is_named(token):
            continue
        span = span_of(_with_modifiers(token) + _number_behind(token, kind))
        if span is not None:
            yield Mention(span=span, type=kind)


def _is_named(token: "Token") -> bool:
    compound = any(child.pos_ == "PROPN" and child.dep_ in {"compound", "nmod"} for child in token.lefts)
    return compound or bool(_number_behind(token, MentionType.DOCUMENT))


def _number_behind(token: "Token", kind: MentionType) -> "list[Token]":
    """The number of 'Resolution 2254'."""
    follows = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    numbered = kind is MentionType.DOCUMENT and follows is not None and follows.like_num and follows.is_digit
    return [follows] if numbered and follows is not None else []


def _with_modifiers(token: "Token") -> "list[Token]":
    first = token.i
    while (
        first > 0
        and token.doc[first - 1].dep_ in {"compound", "amod", "nmod"}
        and token.doc[first - 1].head.i <= token.i
    ):
        if token.doc[first - 1].head.i < first:
            break
        first -= 1
    article = first > 0 and token.doc[first - 1].dep_ == "det" and load_nouns().get(token.lemma_.lower()) in PEOPLE
    return list(token.doc[first - 1 if article else first : token.i + 1])
