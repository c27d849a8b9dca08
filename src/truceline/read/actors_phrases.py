"""Words that tell an actor without being a name of it: 'Turkish tanks', 'France's president', 'Nusra fighters'."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from truceline.model.actor import ActorKind
from truceline.model.mention import Manner
from truceline.model.span import Span
from truceline.read.actors import ActorHit, ActorIndex
from truceline.read.actors_tables import STATE, countries, nations, office_words, organ_nouns, words_of
from truceline.read.places_words import Shape, Word
from truceline.vocab.actors import toml_table

MODIFIERS = 3  # words between a nation and its noun
LONGEST = 9  # words of an office or organ
GAPS = frozenset({" ", "-", "‑", "\n", "\u00a0", ". "})
DETERMINERS = frozenset({"the", "this", "its", "their", "his", "her"})
OWNERS = frozenset({"its", "their", "his", "her"})

IsModifier = Callable[[Word], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words and whom they tell: `noun` the last of them, folded, `prefix` the state or body named, `owner` a pronoun.

    `actor` is None where only the rest of the text can tell.
    """

    span: Span
    actor: str | None
    manner: Manner
    noun: str
    folded: tuple[str, ...] = ()
    prefix: str | None = None
    owner: Span | None = None


@dataclass(frozen=True, slots=True)
class _Nation:
    prefix: str
    first: int
    end: int


class Phrases:
    """Looks through the words of one text."""

    def __init__(
        self, words: Sequence[Word], index: ActorIndex, hits: Sequence[ActorHit], on: date | None, modifies: IsModifier
    ) -> None:
        self.words = words
        self.index = index
        self.on = on
        self.modifies = modifies
        self._hits = hits
        self._starts = {word.start: at for at, word in enumerate(words)}

    def nations(self) -> Iterator[_Nation]:
        """Every nationality, owner and acronym of a state or body."""
        at = 0
        while at < len(self.words):
            nation = self._nation_at(at)
            if nation is not None:
                yield nation
            at = at + 1 if nation is None else nation.end

    def states(self) -> Iterator[ActorHit]:
        """Countries by name, whose governments the registry knows."""
        at = 0
        while at < len(self.words):
            found = self._country_at(at)
            at += 1
            if found is not None:
                prefix, last = found
                span = Span(self.words[at - 1].start, last.end)
                if f"{prefix}{STATE}" in self.index.actors:
                    yield ActorHit(span=span, actor_id=f"{prefix}{STATE}", alias="", is_country=True)

    def of_nations(self) -> Iterator[Phrase]:
        """'Turkish tanks', 'the Russian and Turkish foreign ministers', 'Russia's UN envoy', 'president of France'."""
        at = 0
        while at < len(self.words):
            row = self._row_at(at)
            told = None if not row else self._told(row)
            if told is not None:
                yield from told
                at = row[-1].end
                continue
            behind = self._office_of(at)
            if behind is not None:
                yield behind
            at += 1

    def of_names(self) -> Iterator[Phrase]:
        """'Nusra fighters', 'the Assad regime': a name and what its bearers are called."""
        for hit in self._hits:
            at = self._starts.get(hit.span.start)
            end = at
            while end is not None and end < len(self.words) and self.words[end].start < hit.span.end:
                end += 1
            if at is None or end is None or end >= len(self.words) or hit.may_be_place or hit.is_generic:
                continue
            phrase = self._behind_name(hit, end)
            if phrase is not None:
                yield phrase

    def bare(self) -> Iterator[Phrase]:
        """'the ministry', 'the rights group', 'its air force': whom the rest of the text must tell."""
        for at, word in enumerate(self.words):
            if word.key not in DETERMINERS or at + 1 >= len(self.words) or word.whole is not None:
                continue
            size = self._bare_size(at + 1, owned=word.key in OWNERS)
            if size:
                chosen = self.words[at + 1 : at + 1 + size]
                yield Phrase(
                    span=Span(word.start, chosen[-1].end),
                    actor=None,
                    manner=Manner.DESCRIPTION,
                    noun=chosen[-1].key,
                    folded=tuple(each.key for each in chosen),
                    owner=Span(word.start, word.end) if word.key in OWNERS else None,
                )

    # Nations --------------------------------------------------------------------------------------

    def _nation_at(self, at: int) -> _Nation | None:
        words = self.words
        if words[at].gap in ("-", "‑") or words[at].shape is Shape.LOWER:
            return None
        if words[at].key not in _nation_starts() and words[at].whole not in _nation_starts():
            return None
        for size in (2, 1):
            chosen = words[at : at + size]
            if len(chosen) < size or (size == 2 and chosen[1].gap not in (" ", ".", ". ")):
                continue
            prefix = self._prefix(chosen)
            follows = words[at + size] if at + size < len(words) else None
            if prefix is not None and not (follows is not None and follows.gap in ("-", "‑")):
                return _Nation(prefix, at, at + size)
        return None

    def _prefix(self, chosen: Sequence[Word]) -> str | None:
        last = chosen[-1]
        owner = " ".join([*(each.key for each in chosen[:-1]), last.whole]) if last.whole is not None else None
        key = " ".join(each.key for each in chosen)
        found = nations().get(owner or key)
        if found is None:
            return None
        letters = all(each.shape is Shape.UPPER or each.end - each.start == 1 for each in chosen)
        return found if letters or not _is_acronym_key(key) else None

    def _row_at(self, at: int) -> list[_Nation]:
        """Nations side by side: 'Russian, Iranian and Turkish'."""
        nation = self._nation_at(at)
        row: list[_Nation] = []
        while nation is not None:
            row.append(nation)
            at = nation.end
            if at >= len(self.words):
                break
            comma = self.words[at].gap.strip() == ","
            if self.words[at].key == "and" and at + 1 < len(self.words):
                nation = self._nation_at(at + 1)
            else:
                nation = self._nation_at(at) if comma else None
        return row

    def _told(self, row: Sequence[_Nation]) -> list[Phrase] | None:
        """The phrases of a row and the noun behind it, where that tells actors."""
        end = row[-1].end
        for skipped in range(MODIFIERS + 1):
            between = self.words[end : end + skipped]
            if len(between) < skipped or not all(
                _goes_on(each) and each.key in words_of("neutral") for each in between
            ):
                return None
            for size in range(LONGEST, 0, -1):
                chosen = self.words[end + skipped : end + skipped + size]
                if len(chosen) == size and all(map(_goes_on, chosen)):
                    told = self._told_by(row, chosen)
                    if told:
                        return told
        return None

    def _told_by(self, row: Sequence[_Nation], chosen: Sequence[Word]) -> list[Phrase]:
        noun = " ".join(each.key for each in chosen)
        if noun not in office_words() and noun not in organ_nouns():
            return []
        if noun in organ_nouns() and noun not in words_of("rule") and self.modifies(chosen[-1]):
            return []
        if noun in office_words() and not self._is_held(row, chosen):
            return []
        phrases = []
        for nation in row:
            actor, manner = self._meant(nation.prefix, noun)
            if actor is not None:
                end = chosen[-1].end if nation is row[-1] else self._end(nation)
                span = Span(self.words[nation.first].start, end)
                phrases.append(Phrase(span=span, actor=actor, manner=manner, noun=chosen[-1].key, prefix=nation.prefix))
        return phrases

    def _end(self, nation: _Nation) -> int:
        """With the last full stop of 'U.S.'."""
        last = self.words[nation.end - 1]
        follows = self.words[nation.end].gap if nation.end < len(self.words) else ""
        return last.end + (follows[:1] == "." and last.end - last.start == 1)

    def _meant(self, prefix: str, noun: str) -> tuple[str | None, Manner]:
        if noun in office_words():
            guess = self.index.holder(prefix, noun, self.on)
            return (None if guess is None else guess.actor), Manner.OFFICE
        return self.index.organ(prefix, noun), Manner.NATION

    def _is_held(self, row: Sequence[_Nation], chosen: Sequence[Word]) -> bool:
        """Not 'a former president', nor a plural of one nation, nor an office before a name that is another's."""
        before = self.words[row[0].first - 1].key if row[0].first else ""
        plural = chosen[-1].key.endswith("s") and any(each.key in _PLURALS for each in chosen)
        if before in words_of("not_in_office") or (plural and len(row) == 1):
            return False
        return not self._names_follow(chosen[-1])

    def _names_follow(self, last: Word) -> bool:
        at = self._starts[last.start] + 1
        return (
            at < len(self.words)
            and self.words[at].shape is Shape.TITLE
            and self.words[at].gap == " "
            and last.whole is None
        )

    def _office_of(self, at: int) -> Phrase | None:
        """'foreign minister of Turkey'."""
        if self.words[at].key not in _first_words():
            return None
        before = self.words[at - 1].key if at else ""
        for size in range(LONGEST, 0, -1):
            chosen = self.words[at : at + size]
            noun = " ".join(each.key for each in chosen)
            if len(chosen) < size or noun not in office_words() or before in words_of("not_in_office"):
                continue
            owner = self._country_behind(at + size)
            if owner is None:
                continue
            prefix, last = owner
            guess = self.index.holder(prefix, noun, self.on)
            if guess is not None and guess.actor is not None:
                span = Span(chosen[0].start, last.end)
                return Phrase(span=span, actor=guess.actor, manner=Manner.OFFICE, noun=chosen[-1].key, prefix=prefix)
        return None

    def _country_behind(self, at: int) -> tuple[str, Word] | None:
        if at >= len(self.words) or self.words[at].key != "of":
            return None
        return self._country_at(at + (2 if at + 1 < len(self.words) and self.words[at + 1].key == "the" else 1))

    def _country_at(self, at: int) -> tuple[str, Word] | None:
        if at >= len(self.words) or self.words[at].shape is Shape.LOWER:
            return None
        if self.words[at].key not in _country_starts():
            return None
        for size in (3, 2, 1):
            chosen = self.words[at : at + size]
            key = " ".join(each.key for each in chosen)
            prefix = countries().get(key) or (nations().get(key) if key in _bodies() else None)
            if len(chosen) == size and prefix is not None:
                return prefix, chosen[-1]
        return None

    # Names and bare nouns -------------------------------------------------------------------------

    def _behind_name(self, hit: ActorHit, end: int) -> Phrase | None:
        word = self.words[end]
        if word.gap not in (" ", "-") or self.modifies(word):
            return None
        actor = self.index.actors[hit.actor_id]
        prefix = hit.actor_id.split(".", 1)[0]
        if actor.kind is ActorKind.PERSON:
            meant = f"{prefix}{STATE}" if word.key in words_of("rule") else None
            meant = meant or (self.index.organ(prefix, word.key) if word.key in organ_nouns() else None)
            if (
                meant is None
                or meant not in self.index.actors
                or not any(each.of.endswith(STATE) for each in actor.memberships)
            ):
                return None
        elif word.key in words_of("followers") or word.key in words_of("labels"):
            meant = hit.actor_id
        else:
            return None
        return Phrase(span=Span(hit.span.start, word.end), actor=meant, manner=Manner.LABEL, noun=word.key)

    def _bare_size(self, at: int, *, owned: bool) -> int:
        """How many words of a description begin here; 0 where none does."""
        for size in range(min(LONGEST, len(self.words) - at), 0, -1):
            chosen = self.words[at : at + size]
            if not all(each.gap in GAPS and each.shape is not Shape.UPPER for each in chosen):
                continue
            noun = " ".join(each.key for each in chosen)
            if noun in _bare_nouns() or (owned and noun in organ_nouns()) or _is_described(chosen):
                return size if self._ends(at + size, chosen[-1]) else 0
        return 0

    def _ends(self, at: int, last: Word) -> bool:
        """Whether nothing that follows says more closely who is meant: 'the army of X', 'the group Y'."""
        if self.modifies(last):
            return False
        if at >= len(self.words) or last.whole is not None:
            return True
        follows = self.words[at]
        if follows.gap != " ":
            return follows.gap not in ("-", "‑")
        return follows.shape is Shape.LOWER and follows.key not in ("of", "that", "which", "whose")


def _goes_on(word: Word) -> bool:
    return word.gap in GAPS


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words.split(" ", 1)[0] for words in office_words())


@cache
def _nation_starts() -> frozenset[str]:
    """First words of what `nations` holds: most words are told apart by these alone."""
    return frozenset(key.split(" ", 1)[0] for key in nations())


@cache
def _country_starts() -> frozenset[str]:
    return frozenset(key.split(" ", 1)[0] for key in (*countries(), *_bodies()))


@cache
def _bodies() -> frozenset[str]:
    return frozenset(name for names in toml_table("nouns.toml")["bodies"].values() for name in names)


@cache
def _bare_nouns() -> frozenset[str]:
    return words_of("institutions") | words_of("labels") | frozenset(toml_table("nouns.toml")["described"])


def _is_described(chosen: Sequence[Word]) -> bool:
    """'rights group', 'armed faction': a noun and one word that says what sort."""
    described = toml_table("nouns.toml")["described"]
    return len(chosen) == 2 and chosen[1].key in described and chosen[0].key in words_of("describing")


def _is_acronym_key(key: str) -> bool:
    return len(key.replace(" ", "")) <= 4 and key in _acronym_keys()


@cache
def _acronym_keys() -> frozenset[str]:
    from truceline.kit.fold import fold_name  # noqa: PLC0415
    from truceline.read.actors_tables import is_acronym  # noqa: PLC0415
    from truceline.vocab.actors import cells  # noqa: PLC0415
    from truceline.vocab.places import csv_rows  # noqa: PLC0415

    names = (name for row in csv_rows("countries.csv") for name in cells(row["aliases"]) if is_acronym(name))
    return frozenset({fold_name(name) for name in names} | {each for each in _bodies() if len(each) <= 4})


_PLURALS = frozenset(
    {"presidents", "ministers", "premiers", "secretaries", "chancellors", "kings", "heads", "generals"}
)
