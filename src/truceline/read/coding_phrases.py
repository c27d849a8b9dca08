"""Whom a noun phrase stands for: each of those joined in it, coded with what they share."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from truceline.read.coding_names import code_words, has_actor
from truceline.read.coding_sentence import MOST_MEMBERS, find_words, joined_heads, phrase_tokens
from truceline.vocab.dictionaries.records import NO_CODE, Dictionaries

if TYPE_CHECKING:
    from truceline.read.table import Token

PREMODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})


class PhraseCoder:
    """Codes for noun phrases on one day, each found once."""

    def __init__(self, dictionaries: Dictionaries, on: date | None) -> None:
        self._dictionaries = dictionaries
        self._on = on
        self._known: dict[int, tuple[str, ...]] = {}

    def codes(self, head: "Token") -> tuple[str, ...]:
        """The codes of the phrase under `head`, one a member, in the text's order; those without a code are left out.

        Empty where the dictionaries know nobody in it.
        """
        if head.i not in self._known:
            found = [
                code
                for tokens in self._members(phrase_tokens(head))
                for code in code_words(_texts(tokens), self._dictionaries, self._on)
                if code != NO_CODE
            ]
            self._known[head.i] = tuple(dict.fromkeys(found))
        return self._known[head.i]

    def _members(self, tokens: list["Token"]) -> list[list["Token"]]:
        """The phrase once for each of those joined in it."""
        pending: list[list[Token]] = [tokens]
        done: list[list[Token]] = []
        while pending and len(pending) + len(done) <= MOST_MEMBERS:
            current = pending.pop(0)
            heads = self._first_coordination(current)
            if heads:
                pending[:0] = list(self._apart(current, heads))
            else:
                done.append(current)
        return done + pending

    def _first_coordination(self, tokens: Sequence["Token"]) -> list["Token"]:
        if not any(token.dep_ == "conj" for token in tokens):
            return []
        inside = {token.i for token in tokens}
        for token in tokens:
            if token.dep_ == "conj" and token.head.i in inside:
                continue
            heads = [each for each in joined_heads(token) if each.i in inside]
            if len(heads) > 1 and any(self._names_somebody(each) for each in heads):
                return heads
        return []

    def _names_somebody(self, head: "Token") -> bool:
        """Adjectives are joined too ('awful and evil'); only those that name people make members."""
        return head.pos_ in {"NOUN", "PROPN"} or has_actor(_texts([head]), self._dictionaries)

    def _apart(self, tokens: Sequence["Token"], heads: Sequence["Token"]) -> Iterator[list["Token"]]:
        inside = {token.i for token in tokens}
        own = [[token for token in _own_tokens(head, heads) if token.i in inside] for head in heads]
        joined = {token.i for part in own for token in part}
        shared = [token for token in tokens if token.i not in joined]
        for number, part in enumerate(own):
            whole = sorted({*shared, *part}, key=lambda token: token.i)
            if not has_actor(_texts(whole), self._dictionaries):
                whole = sorted({*whole, *_lent(own, heads, number)}, key=lambda token: token.i)
            yield whole


def _lent(own: Sequence[list["Token"]], heads: Sequence["Token"], number: int) -> Iterator["Token"]:
    """What a member without an actor takes from the first one's left or from the last one's right.

    'The Belmian army and police': both are Belm's. 'Clerics and officials from Belm' likewise.
    """
    first, last = heads[0], heads[-1]
    if number > 0 and not any(child.dep_ in {"det", "poss"} for child in heads[number].children):
        yield from (token for token in own[0] if token.i < first.i and _top_modifier(token, first))
    if number < len(heads) - 1:
        yield from (token for token in own[-1] if token.i > last.i)


def _own_tokens(head: "Token", heads: Sequence["Token"]) -> list["Token"]:
    """What belongs to one of those joined alone; what follows the last of them is said of all or of the last."""
    last = heads[-1]
    others = frozenset(other.i for other in heads if other != head)
    return [token for token in phrase_tokens(head, others) if head == last or token.i < last.i]


def _top_modifier(token: "Token", head: "Token") -> bool:
    """The token is, or stands under, a modifier of `head` that says whose or which."""
    while token.head not in (head, token):
        token = token.head
    return token.head == head and token.dep_ in PREMODIFIERS


def _texts(tokens: Sequence["Token"]) -> tuple[str, ...]:
    return tuple(word.text for word in find_words(tokens))
