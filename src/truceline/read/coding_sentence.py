"""A parsed sentence as coding dictionaries see it: words in their spelling, and noun phrases among them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.vocab.dictionaries.words import words_of

if TYPE_CHECKING:
    from truceline.read.table import Phrase as Sentence
    from truceline.read.table import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
# Places in a clause that only a noun phrase fills, whatever the tagger makes of an unknown name.
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr"})
# What belongs to a noun phrase; clauses that describe it do not.
INSIDE = frozenset(
    {"det", "predet", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "appos", "advmod", "npadvmod"}
    | {"case", "neg", "prep", "pobj", "cc", "preconj", "conj", "punct", "prt"}
)
# A list longer than this is no list of actors.
MOST_MEMBERS = 24
# How far above a name the noun lies that the parser joins the next name to: 'clerics of the north of Arvel and Belm'.
NEAR_ABOVE = 4
CLAUSE_SIGNS = frozenset({",", ";", ":", "-", "--", "–", "—"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text in the dictionaries' spelling; `token` is its index in the document."""

    text: str
    token: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A noun phrase that can fill a slot: its head, and the words from its first to its head by position.

    Of a coordination the unit reaches to the last of those joined.
    """

    head: "Token"
    first: int
    last: int


def find_words(tokens: Iterable["Token"]) -> Iterator[Word]:
    """Words without punctuation and without the endings of possessives."""
    for token in tokens:
        if not token.is_space and token.tag_ != "POS":
            for word in words_of(token.text):
                yield Word(word, token.i)


def is_nominal(token: "Token") -> bool:
    return token.pos_ in NOMINAL or (token.dep_ in ARGUMENTS and token.pos_ not in {"VERB", "AUX"})


def is_verbal(token: "Token") -> bool:
    """A verb that heads a phrase; 'the besieged town' has none, helping verbs help another."""
    return token.tag_.startswith("VB") and token.dep_ not in {"aux", "auxpass", "amod", "compound"}


def below(token: "Token", enters: "Callable[[Token], bool]") -> list["Token"]:
    """The token and what hangs on it, branches that are not entered left out, in the text's order.

    Not `token.subtree`: that takes the square of the time on a chain of a thousand words.
    """
    found, pending = [token], [token]
    while pending:
        entered = [child for child in pending.pop().children if enters(child)]
        found += entered
        pending += entered
    return sorted(found, key=lambda each: each.i)


def phrase_tokens(head: "Token", without: frozenset[int] = frozenset()) -> list["Token"]:
    """The tokens of a noun phrase in the text's order: with what is said of it by prepositions, without clauses.

    `without` are tokens by index whose branches are left out.
    """
    return below(head, lambda child: child.i not in without and _belongs(child))


def _belongs(token: "Token") -> bool:
    return token.dep_ in INSIDE and not (token.dep_ in {"conj", "advmod"} and is_verbal(token))


def joined_heads(first: "Token") -> list["Token"]:
    """The head of a coordination and those joined to it ('Arvel', 'Belm and the Carvi'), in the text's order.

    A parser takes 'Belm' in 'Arvel, Belm and Carv' for another name of Arvel, and hangs the last name in 'clerics in
    Arvel and Belm' on the clerics; both are lists of names.
    """
    found, pending = [first], [first]
    while pending and len(found) < MOST_MEMBERS:
        for child in _joined(pending.pop(0)):
            found.append(child)
            pending.append(child)
    return sorted(found, key=lambda token: token.i)[:MOST_MEMBERS]


def _joined(first: "Token") -> Iterator["Token"]:
    above = [each for each in islice(first.ancestors, NEAR_ABOVE) if each.i < first.i]
    for token in (first, *above):
        for child in token.children:
            joined = child.dep_ == "conj" and not is_verbal(child) and _joined_to(child) == first
            if joined or (token == first and child.dep_ == "appos" and _is_listed(child)):
                yield child


def _joined_to(token: "Token") -> "Token":
    """What a conjunct is joined to: as parsed, but a name goes with the name just before it, not with a noun."""
    head = token.head
    if not is_name(token) or is_name(head):
        return head
    inside = phrase_tokens(head, frozenset({token.i}))
    before = [each for each in inside if head.i < each.i < token.i and each.dep_ not in {"cc", "punct"}]
    last = before[-1] if before else head
    return last if last.dep_ == "pobj" and is_name(last) else head


def _is_listed(token: "Token") -> bool:
    """A name taken for another name of the one before, with more names to follow after an 'and'."""
    following = [each for each in (*token.children, *token.head.children) if each.dep_ == "conj" and each.i > token.i]
    return is_name(token) and bool(following)


def is_name(token: "Token") -> bool:
    """Tagged as one, or with a capital that no sentence's start explains."""
    return token.pos_ == "PROPN" or (token.text[:1].isupper() and not token.is_sent_start)


def span_of_tokens(tokens: list["Token"]) -> Span:
    kept = [token for token in tokens if not token.is_space and token.dep_ != "punct"] or tokens
    return Span(kept[0].idx, kept[-1].idx + len(kept[-1].text))


class CodingSentence:
    """Words of one sentence by position; phrases by head."""

    def __init__(self, sentence: "Sentence") -> None:
        self.tokens = [token for token in sentence if not token.is_space]
        self.words = tuple(find_words(self.tokens))

    @cached_property
    def position(self) -> dict[int, list[int]]:
        """Positions of a token's words."""
        found: dict[int, list[int]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(word.token, []).append(index)
        return found

    @cached_property
    def phrases(self) -> dict["Token", list["Token"]]:
        """Every noun phrase that lies in no other, by its head; a bare time ('next week') is none."""
        found: dict[Token, list[Token]] = {}
        taken: set[int] = set()
        for token in sorted(self.tokens, key=depth):
            if token.i not in taken and is_nominal(token) and token.dep_ != "npadvmod":
                found[token] = phrase_tokens(token)
                taken.update(each.i for each in found[token])
        return dict(sorted(found.items(), key=lambda item: item[1][0].i))

    @cached_property
    def phrase_of(self) -> dict[int, "Token"]:
        """The head of the phrase that a token lies in."""
        return {token.i: head for head, tokens in self.phrases.items() for token in tokens}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Noun phrases without what follows their head, in the text's order; those inside others too."""
        return tuple(self._units())

    def _units(self) -> Iterator[Unit]:
        for head, tokens in self.phrases.items():
            for token in tokens:
                if token == head or token.dep_ in {"pobj", "appos"}:
                    heads = joined_heads(token)
                    positions = self.positions([each for each in tokens if _before(each, heads)], within=token)
                    if positions:
                        yield Unit(token, positions[0], positions[-1])

    def positions(self, tokens: Iterable["Token"], within: "Token | None" = None) -> list[int]:
        inside = None if within is None else {each.i for each in phrase_tokens(within)}
        chosen = (token for token in tokens if inside is None or token.i in inside)
        return sorted(index for token in chosen for index in self.position.get(token.i, ()))

    def clause_start(self, position: int) -> int:
        """The first position after the last comma, semicolon or dash that lies in no noun phrase."""
        limit = self.words[position].token
        signs = [
            token.i
            for token in self.tokens
            if token.i < limit and token.text in CLAUSE_SIGNS and token.i not in self.phrase_of
        ]
        after = max(signs, default=-1)
        return next((index for index, word in enumerate(self.words) if word.token > after), 0)


def depth(token: "Token") -> int:
    return sum(1 for _ in token.ancestors)


def _before(token: "Token", heads: list["Token"]) -> bool:
    """Up to the head of a phrase, or to the last one joined to it, in the text's order."""
    return token.i <= max(head.i for head in heads)
