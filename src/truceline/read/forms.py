"""What words come to, found once: part of speech and lemma as spaCy's own components give them, remembered.

spaCy's attribute ruler and lemmatizer look at a word's letters and tag, for some words at its relation, and for a
few turns at two words ('gonna', 'let's'). So their answer is asked once for every word and tag; a piece with such a
turn is given to them whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from truceline.read.table import Form

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.lookups import Lookups
    from spacy.tokens import Doc

# Answers kept: a long run over all kinds of texts must not grow for ever.
REMEMBERED = 400_000
NEUTRAL = (",", ",", "punct")  # word, tag, relation of what stands behind a word that could open a turn
ASKED = ("attribute_ruler", "lemmatizer")

Key: TypeAlias = tuple[int, int, int]  # spaCy's numbers of a word's letters, tag and relation
Pattern: TypeAlias = Sequence[Mapping[str, Any]]


class Forms:
    """The forms of words in parsed pieces, of one pipeline; `pieces` come without lemmas and parts of speech."""

    def __init__(self, pipeline: "Language") -> None:
        self._pipeline = pipeline
        _look_up_at_once(pipeline.get_pipe("lemmatizer").lookups)  # type: ignore[attr-defined]
        self._strings = pipeline.vocab.strings
        self._rules = Rules(pipeline.get_pipe("attribute_ruler").patterns)  # type: ignore[attr-defined]
        self._known: dict[Key, Form] = {}
        self._alike: dict[tuple[int, int, tuple[bool, ...]], Form] = {}
        self._turns: dict[tuple[int, int, int], bool] = {}

    def of(self, pieces: Sequence["Doc"]) -> Iterator[list[Form]]:
        """The forms of each piece's words."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
            self._alike.clear()
            self._turns.clear()
        keys = [self._keys(piece) for piece in pieces]
        plain = [not any(self._turn(one, other) for one, other in pairwise(each)) for each in keys]
        self._learn({key for each, lone in zip(keys, plain, strict=True) if lone for key in each} - self._known.keys())
        for piece, each, lone in zip(pieces, keys, plain, strict=True):
            yield [self._known[key] for key in each] if lone else list(self._asked(piece))

    def _keys(self, piece: "Doc") -> list[Key]:
        return [(orth, tag, dep) for orth, tag, dep in piece.to_array(["ORTH", "TAG", "DEP"]).tolist()]

    def _turn(self, one: Key, other: Key) -> bool:
        """Whether two neighbours may be a turn of two words."""
        key = one[0], one[2], other[0]
        known = self._turns.get(key)
        if known is None:
            orth, dep, following = (self._strings[each] for each in key)
            known = self._turns[key] = self._rules.turns(orth.lower(), dep, following.lower())
        return known

    def _learn(self, keys: Iterable[Key]) -> None:
        """Ask about every word once for all relations that make no difference to it."""
        groups: dict[tuple[int, int, tuple[bool, ...]], list[Key]] = {}
        for key in keys:
            orth, tag, dep = (self._strings[each] for each in key)
            groups.setdefault((key[0], key[1], self._rules.marks(orth.lower(), tag, dep)), []).append(key)
        new = [group for group in groups if group not in self._alike]
        firsts = [[self._strings[each] for each in groups[group][0]] for group in new]
        self._alike.update(zip(new, self._asked_together(firsts), strict=True))
        for group, alike in groups.items():
            form = self._alike[group]
            for key in alike:
                self._known[key] = form.related(self._strings[key[2]])

    def _asked_together(self, words: Sequence[Sequence[str]]) -> list[Form]:
        from spacy.tokens import Doc  # noqa: PLC0415  # half a second that `--help` must not pay

        rows: list[Sequence[str]] = []
        places: list[int] = []
        for word, tag, dep in words:
            places.append(len(rows))
            rows.append((word, tag, dep))
            if self._rules.opens(word.lower(), dep):
                rows.append(NEUTRAL)
        together = Doc(
            self._pipeline.vocab,
            words=[word for word, _, _ in rows],
            tags=[tag for _, tag, _ in rows],
            deps=[dep for _, _, dep in rows],
            heads=list(range(len(rows))),
        )
        forms = list(self._asked(together))
        return [forms[place] for place in places]

    def _asked(self, piece: "Doc") -> Iterator[Form]:
        for name in ASKED:
            piece = self._pipeline.get_pipe(name)(piece)
        for token in piece:
            yield Form(token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_, token.is_space)


class Rules:
    """The attribute ruler's patterns, asked what they look at."""

    def __init__(self, patterns: Sequence[Mapping[str, Any]]) -> None:
        flat: list[Pattern] = [pattern for each in patterns for pattern in each["patterns"]]
        self._several = [pattern for pattern in flat if len(pattern) > 1]
        self._related = [pattern[0] for pattern in flat if len(pattern) == 1 and "DEP" in pattern[0]]

    def opens(self, lower: str, dep: str) -> bool:
        """Whether a word, by its small letters and relation, can open a pattern of several words."""
        return any(_meets(first.get("LOWER"), lower) and _meets(first.get("DEP"), dep) for first, *_ in self._several)

    def turns(self, lower: str, dep: str, following: str) -> bool:
        """Whether it can, and the small letters behind it can go on with that pattern."""
        return any(
            _meets(first.get("LOWER"), lower)
            and _meets(first.get("DEP"), dep)
            and _meets(second.get("LOWER"), following)
            for first, second, *_ in self._several
        )

    def marks(self, lower: str, tag: str, dep: str) -> tuple[bool, ...]:
        """Words of the same letters, tag and marks fare alike, whatever their relations."""
        return tuple(
            _meets(each["DEP"], dep)
            for each in self._related
            if _meets(each.get("LOWER"), lower) and _meets(each.get("TAG"), tag)
        )


def _look_up_at_once(lookups: "Lookups") -> None:
    """spaCy carries the words that it knows as lists and looks through them from the start for every form it tries."""
    known = lookups.get_table("lemma_index")
    for kind, words in known.items():
        known[kind] = frozenset(words)


def _meets(wanted: Any, value: str) -> bool:
    """Whether a pattern's condition allows the value; one of a kind unknown here allows everything."""
    if isinstance(wanted, str):
        return wanted == value
    if not isinstance(wanted, Mapping):
        return True
    tests: dict[str, Callable[[Any], bool]] = {
        "IN": lambda listed: value in listed,
        "NOT_IN": lambda listed: value not in listed,
        "REGEX": lambda pattern: re.search(pattern, value) is not None,
    }
    return all(tests[kind](given) for kind, given in wanted.items() if kind in tests)
