"""A parsed text as plain objects: spaCy's names for everything, without a call into spaCy behind each of them.

Rules ask words for their lemma, head and children millions of times. Here each answer is an attribute that was
looked up once. `Doc`, `Token` and `Phrase` answer as spaCy's `Doc`, `Token` and `Span` do, in what the rules use.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import overload
from unicodedata import category

_NONE: list["Token"] = []  # shared by all words that nothing hangs on; never written to
_INDEX = attrgetter("i")


@dataclass(frozen=True, slots=True)
class Form:
    """What a word is where it stands: its letters, and what tagger, parser and lemmatizer make of it."""

    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    is_space: bool

    def related(self, dep: str) -> "Form":
        """The same word in another relation; white space has none of its own."""
        if self.is_space or dep == self.dep:
            return self
        return Form(self.text, self.lower, self.lemma, self.pos, self.tag, dep, self.is_space)


class Token:
    """One word. `children`, `lefts` and `rights` are in text order; `head` of a root is itself."""

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_space", "lefts", "lemma_", "lower_",
        "pos_", "rights", "sent", "tag_", "text",
    )  # fmt: skip

    children: list["Token"]
    head: "Token"
    sent: "Phrase"

    def __init__(self, doc: "Doc", i: int, idx: int, form: Form) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text = form.text
        self.lower_ = form.lower
        self.lemma_ = form.lemma
        self.pos_ = form.pos
        self.tag_ = form.tag
        self.dep_ = form.dep
        self.is_space = form.is_space
        self.ent_type_ = ""
        self.children = self.lefts = self.rights = _NONE

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Token({self.i}, {self.text!r})"

    def hang(self, head: "Token") -> None:
        """Put this word under its head; words are hung from left to right."""
        self.head = head
        if head is self:
            return
        if head.children is _NONE:
            head.children = []
        head.children.append(self)
        if self.i < head.i:
            if head.lefts is _NONE:
                head.lefts = []
            head.lefts.append(self)
        else:
            if head.rights is _NONE:
                head.rights = []
            head.rights.append(self)

    @property
    def subtree(self) -> list["Token"]:
        """The words below and including this one, in text order."""
        if not self.children:
            return [self]
        found = [self]
        for each in found:  # grows while it is walked
            found.extend(each.children)
        found.sort(key=_INDEX)
        return found

    @property
    def ancestors(self) -> Iterator["Token"]:
        """The words above this one, the nearest first."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    def is_ancestor(self, descendant: "Token") -> bool:
        return any(each is self for each in descendant.ancestors)

    @property
    def conjuncts(self) -> tuple["Token", ...]:
        """The other words of the row that this one is in ('A, B and C')."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        if first is self and not self.rights:
            return ()
        row = [first]
        for each in row:  # grows while it is walked
            row.extend(child for child in each.rights if child.dep_ == "conj")
        return tuple(each for each in row if each is not self)

    def nbor(self, i: int = 1) -> "Token":
        """The word so many words further on."""
        return self.doc.tokens[self.i + i]

    @property
    def is_sent_start(self) -> bool:
        return self.sent.start == self.i

    @property
    def whitespace_(self) -> str:
        """The blank behind the word, which belongs to it, or ""."""
        starts, end = self.doc.starts, self.idx + len(self.text)
        following = starts[self.i + 1] if self.i + 1 < len(starts) else len(self.doc.text)
        return " " if following > end else ""

    @property
    def is_punct(self) -> bool:
        return all(category(letter)[0] == "P" for letter in self.text)

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_digit(self) -> bool:
        return self.text.isdigit()

    @property
    def is_title(self) -> bool:
        return self.text.istitle()

    @property
    def like_num(self) -> bool:
        from spacy.lang.en import lex_attrs  # noqa: PLC0415  # loaded with the parser, not with this file

        return bool(lex_attrs.like_num(self.text))  # type: ignore[no-untyped-call]


class Phrase(Sequence[Token]):
    """Words next to each other: a sentence, what lies over a stretch of text, or a named thing with its label."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: "Doc", start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        return self.doc.tokens[self.start : self.end][at]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @property
    def start_char(self) -> int:
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> "Phrase":
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The word nearest to the sentence's root; the first of several."""
        words = self.doc.tokens[self.start : self.end]
        if len(words) == 1:
            return words[0]
        for word in words:
            if word.head is word:
                return word
        leaving = [word for word in words if not self.start <= word.head.i < self.end]
        return min(leaving, key=self._depth, default=words[0])

    def _depth(self, word: Token) -> int:
        """How far below the sentence's root; blanks and marks that nothing hangs on come last."""
        if not word.children and (word.is_space or word.is_punct):
            return len(self.doc) - 1
        return sum(1 for _ in word.ancestors)


class Doc(Sequence[Token]):
    """A parsed text; `tokens` index it, `sents` and `ents` are in text order; `places`: words that name one."""

    __slots__ = ("_end", "ents", "places", "sents", "starts", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sents: list[Phrase] = []
        self.ents: list[Phrase] = []
        self.places: frozenset[int] = frozenset()
        self.starts: list[int] = []
        self._end = 0  # of the words so far

    def __len__(self) -> int:
        return len(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Phrase: ...
    def __getitem__(self, at: int | slice) -> Token | Phrase:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return Phrase(self, start, max(start, end))
        return self.tokens[at]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def add(self, forms: Iterable[tuple[Form, bool]], heads: Iterable[int], sentence_starts: Iterable[int]) -> None:
        """Append a piece: its words with whether a blank follows, how far off each head is, where sentences start."""
        tokens, offset, idx = self.tokens, len(self.tokens), self._end
        for form, blank in forms:
            tokens.append(Token(self, len(tokens), idx, form))
            self.starts.append(idx)
            idx += len(form.text) + blank
        self._end = idx
        for token, distance in zip(tokens[offset:], heads, strict=True):
            token.hang(tokens[token.i + distance])
        starts = [offset + each for each in sentence_starts]
        for start, end in pairwise([*starts, len(tokens)]):
            sentence = Phrase(self, start, end)
            self.sents.append(sentence)
            for token in tokens[start:end]:
                token.sent = sentence

    def label(self, entities: Iterable[Phrase]) -> None:
        """Name things: these are added to `ents`, and each of their words has the label."""
        for entity in entities:
            self.ents.append(entity)
            for token in entity:
                token.ent_type_ = entity.label_

    def char_span(self, start: int, end: int, *, alignment_mode: str = "expand") -> Phrase | None:
        """The words that touch text[start:end]; None outside of the text. A blank belongs to the word before it."""
        if alignment_mode != "expand":
            raise ValueError(f"alignment_mode {alignment_mode!r}: only 'expand' is known here")
        first, last = self._at(start), self._at(end - 1)
        if first < 0 or last < 0:
            return None
        if start == self.tokens[first].idx + len(self.tokens[first].text):
            first += 1
        return Phrase(self, first, last + 1)

    def _at(self, offset: int) -> int:
        """The index of the word, or the blank behind it, at an offset; -1 outside of the text."""
        if not 0 <= offset < len(self.text):
            return -1
        return bisect_right(self.starts, offset) - 1
