"""Named things and military hardware in a text, typed after the contract."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from truceline.kit.nearby import Nearby
from truceline.model.mention import Mention, MentionType
from truceline.model.quantity import Quantity, Unit
from truceline.model.span import Span
from truceline.read.mentions_trained import MARKED, Marks, marked_mentions
from truceline.read.sentences import span_of
from truceline.vocab.actors import demonyms
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


SUM = re.compile(r"(?:\b[A-Z]{1,3} ?)?[$£€¥₽₺₹]|\d")
ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
# What is mentioned with its article ('the regime', 'the Charter').
ARTICLED = frozenset({MentionType.ORGANISATION, MentionType.PERSON, MentionType.DOCUMENT})
AGENTS = frozenset({MentionType.ORGANISATION, MentionType.PERSON})
NUMBERS = 8  # words looked through for what numbers or dates a document


@cache
def load_nouns(language: str = "en") -> dict[str, MentionType]:
    """Noun lemma -> type, from vocab/mentions/<language>.toml."""
    table = load_toml(f"mentions/{language}.toml")["nouns"]
    return {lemma: MentionType(name) for name, listed in table.items() for lemma in listed.split()}


@cache
def load_adjectives() -> frozenset[str]:
    """The adjectives of the world's states, from vocab/actors/demonyms.csv."""
    return frozenset(each.strip() for row in demonyms() for each in row["adjectives"].split("|"))


def sums_of(counted: Sequence[Quantity], text: str) -> list[Mention]:
    """Sums of money are mentions, not counts; 'nearly' and 'an additional' are no part of the sum."""
    sums = (each.span for each in counted if each.unit is Unit.MONEY)
    return [Mention(span=_from_sum(each, text), type=MentionType.MONEY) for each in sums]


def _from_sum(span: Span, text: str) -> Span:
    first = SUM.search(text, span.start, span.end)
    return span if first is None else Span(first.start(), span.end)


def find_mentions(doc: "Doc", known: Sequence[Mention], marks: Marks | None = None) -> list[Mention]:
    """Mentions in text order.

    By rules alone none overlaps another: documents by number, the `known` (sums, actors, places), then the others. With
    an encoder's `marks` they do: names lie within longer names, and a country is a place and a government at once.
    """
    nouns = list(_common(doc))
    if marks is not None:
        return sorted(_with_marks(doc, known, nouns, marks), key=lambda each: (each.span, each.type))
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


def _with_marks(doc: "Doc", known: Sequence[Mention], nouns: Sequence[Mention], marks: Marks) -> list[Mention]:
    """People, bodies and places as marked, joined with what the registry knows; hardware and documents by rules."""
    sums = [each for each in known if each.type is MentionType.MONEY]
    things = apart([*sums, *(each for each in nouns if each.type not in MARKED)])
    taken = {each.span for each in things}
    free = [each for each in marked_mentions(doc, marks) if each.span not in taken]
    marked = with_known(free, [each for each in known if each.type is not MentionType.MONEY], doc.text)
    near = Nearby([*things, *marked], _span)
    others = (each for each in _named(doc) if each.type not in MARKED and not _touching(near, each.span))
    peoples = (
        each
        for each in _demonyms(doc)
        if all(one.type is not MentionType.NATIONALITY for one in _touching(near, each.span))
    )
    return [*things, *marked, *others, *peoples]


def _demonyms(doc: "Doc") -> Iterator[Mention]:
    """'Yemeni' of 'a Yemeni port': adjectives of the world's states, which an encoder may miss inside a long name."""
    for token in doc:
        if token.pos_ == "ADJ" and token.text in load_adjectives():
            yield Mention(span=Span(token.idx, token.idx + len(token.text)), type=MentionType.NATIONALITY)


def with_known(marked: Sequence[Mention], known: Sequence[Mention], text: str) -> list[Mention]:
    """Marked mentions with the ids of the actors they name, and the actors and places that are not marked.

    An actor is kept unless it straddles a marked mention; where the two have the same words, the registry says the
    type. A place is kept inside a longer place, or where nothing is marked.
    """
    near = Nearby(marked, _span)
    found: dict[Mention, Mention] = {each: each for each in marked}
    for mention in known:
        around = _touching(near, mention.span)
        alike = [each for each in around if each.type is mention.type]
        same = [each for each in around if _bare(each.span, text) == mention.span]
        if mention.actor is not None:
            _name_by_registry(found, same, mention)
        if not any(each.type is mention.type for each in same) and _is_missing(mention, around, alike):
            found[mention] = mention
    return _one_of_two(list(found.values()))


def _name_by_registry(found: dict[Mention, Mention], same: Iterable[Mention], known: Mention) -> None:
    """Those with the same words get its id; a person that is a body, or a body that is a person, goes."""
    for each in same:
        if each.type is known.type:
            found[each] = replace(each, actor=known.actor)
        elif each.type in AGENTS:
            found.pop(each, None)


def _is_missing(mention: Mention, around: Sequence[Mention], alike: Sequence[Mention]) -> bool:
    inside = all(each.span.covers(mention.span) for each in alike)
    return inside if mention.actor is not None else not around or (inside and bool(alike))


def _one_of_two(mentions: Sequence[Mention]) -> list[Mention]:
    """What is marked as a person and as a body is a person, unless the registry knows it."""
    people = {each.span for each in mentions if each.type is MentionType.PERSON}
    return [
        each
        for each in mentions
        if each.type is not MentionType.ORGANISATION or each.actor is not None or each.span not in people
    ]


def _touching(near: Nearby[Mention], span: Span) -> list[Mention]:
    return [each for each in near.around(span) if each.span.overlaps(span)]


def _span(mention: Mention) -> tuple[Span]:
    return (mention.span,)


def _bare(span: Span, text: str) -> Span:
    """Without its article."""
    article = ARTICLE.match(text, span.start, span.end)
    return Span(article.end(), span.end) if article else span


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
    for token in doc:
        kind = _kind_of(token)
        if kind is None or (token.dep_ == "compound" and not _is_hardware_before_an_act(token, kind)):
            continue
        if kind in {MentionType.DOCUMENT, MentionType.FACILITY} and not _is_named(token):
            continue
        span = span_of(_with_modifiers(token) + (_behind_document(token) if kind is MentionType.DOCUMENT else []))
        if span is not None:
            yield Mention(span=span, type=kind)


def _kind_of(token: "Token") -> MentionType | None:
    """The type of a listed noun; of a name in the plural ('Resolutions 2042 and 2043') the lemmatizer keeps the s."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    lemma = token.lemma_.lower()
    return load_nouns().get(lemma) or (load_nouns().get(lemma.removesuffix("s")) if token.tag_ == "NNPS" else None)


def _is_hardware_before_an_act(token: "Token", kind: MentionType) -> bool:
    """'barrel bomb' of 'barrel bomb attacks', but not 'rocket' of 'rocket launcher', which is the longer one's."""
    return kind is MentionType.WEAPON and _kind_of(token.head) is None


def _is_named(token: "Token") -> bool:
    compound = any(child.pos_ == "PROPN" and child.dep_ in {"compound", "nmod"} for child in token.lefts)
    written_large = token.pos_ == "PROPN" and token.text[:1].isupper() and not token.is_sent_start
    return compound or written_large or bool(_numbers_behind(token))


def _behind_document(token: "Token") -> "list[Token]":
    """Its numbers, then 'of the United Nations' or 'of 2012'."""
    numbers = _numbers_behind(token)
    after = token.i + 1 + len(numbers)
    if after >= len(token.doc) or token.doc[after].lower_ != "of":
        return numbers
    link = token.doc[after]
    named = (each for each in link.children if each.dep_ == "pobj" and (each.pos_ == "PROPN" or each.is_digit))
    noun = next((each for each in named if each.i <= after + NUMBERS), None)
    return numbers if noun is None else list(token.doc[token.i + 1 : noun.i + 1])


def _numbers_behind(token: "Token") -> "list[Token]":
    """The number of 'Resolution 2254' and the numbers of 'Resolutions 2042 and 2043'."""
    found: list[Token] = []
    for each in token.doc[token.i + 1 : token.i + 1 + NUMBERS]:
        if not (each.like_num or (found and each.text in {"and", ","})):
            break
        found.append(each)
    while found and not found[-1].like_num:
        found.pop()
    return found


def _with_modifiers(token: "Token") -> "list[Token]":
    first = token.i
    # 'smuggling weapons' is an act, and so is the 'adopted' of 'the adopted resolution'.
    kind = _kind_of(token)
    acts = {"VBG", "VBN"} if kind is MentionType.DOCUMENT else {"VBG"}
    while (
        first > 0
        and token.doc[first - 1].dep_ in {"compound", "amod", "nmod"}
        and token.doc[first - 1].tag_ not in acts
        and first <= token.doc[first - 1].head.i <= token.i
    ):
        first -= 1
    article = first > 0 and token.doc[first - 1].dep_ == "det" and kind in ARTICLED
    return list(token.doc[first - 1 if article else first : token.i + 1])
