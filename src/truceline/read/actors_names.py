"""The names of a registry, filed so that a text's words find them: exactly, or in another spelling of the same name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from truceline.kit.fold import fold_name
from truceline.model.actor import Actor, ActorKind, Period
from truceline.read.actors_tables import adjectives, countries, seats_of, words_of
from truceline.read.places_words import Shape, Word, joined
from truceline.read.transliterate import is_article
from truceline.vocab.places import word_list

REMEMBERED = 20_000  # spellings looked up before
SHORT_LETTERS = 4  # an alias of so few capitals is an acronym and must be written in capitals
LONGEST_PERSON = 4  # words of a name that introduces somebody
LONGEST_SPELLED = 6  # words of a name looked for in other spellings
ALIKE, WORD_ALIKE = 88, 60  # how alike two spellings of one name are, whole and word by word (rapidfuzz, of 100)
CLEAR = 3  # by how much the best of several like names must lead
OPENING = 3  # consonants in which a name and its other spelling agree at least
ONE_WORD = 4  # consonants at least of a name of one word that is known in other spellings
ALWAYS = Period()
PLAIN_LISTS = ("ordinary.txt", "family_names.txt", "given_names.txt", "rare_given_names.txt")
NAMED_SPELLINGS = frozenset({ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.POLITICAL, ActorKind.PERSON})


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one actor. `generic`: small letters only ('the army'), which means whom the text is about.

    `bare` is a country's own name, `seat` a city or a building that stands for whom it seats: either may be a place.
    `shy` is a surname that means the person only where the text has introduced him; `period` is when a dated name was
    borne, which matters only where another actor bears it too. `office` says what a person was, and not his name.
    """

    actor: Actor
    text: str
    acronym: bool = False
    bare: bool = False
    seat: bool = False
    generic: bool = False
    shy: bool = False
    period: Period = ALWAYS
    office: bool = False


@dataclass(slots=True)
class Names:
    """Aliases by folded words, by their first word, and by the bones of their spelling."""

    by_key: dict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=dict)
    by_bones: dict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))
    by_bone: dict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))
    openings: set[str] = field(default_factory=set)
    persons: dict[str, int] = field(default_factory=dict)  # first word of persons' names -> words of the longest
    _known: dict[tuple[str, ...], Alias | None] = field(default_factory=dict)

    def file(self, actor: Actor) -> None:
        """All names of an actor, and for a person the surname."""
        seats = seats_of().get(actor.id, ())
        for name in dict.fromkeys((actor.name, *(each.name for each in actor.names), *actor.aliases, *seats)):
            self._add(_alias(actor, name, seats))
        if actor.kind is ActorKind.PERSON and " " in actor.name:
            self._add(Alias(actor, actor.name.rsplit(" ", 1)[1], shy=True))

    def _add(self, alias: Alias) -> None:
        words = bare_words(alias.text)
        for key in _keys_to_file(words, generic=alias.generic):
            kept = self.by_key[key]
            if key and all(each.actor.id != alias.actor.id for each in kept):
                kept.append(alias)
            first = key.split(" ", 1)[0]
            size = key.count(" ") + 1
            self.longest[first] = max(self.longest.get(first, 0), size)
            if alias.actor.kind is ActorKind.PERSON and size > 1:
                self.persons[first] = max(self.persons.get(first, 0), size)
        if alias.actor.kind in NAMED_SPELLINGS and not (alias.acronym or alias.shy or alias.generic):
            self._file_spelling(alias, [each for each in words if not is_article(each)])

    def _file_spelling(self, alias: Alias, words: Sequence[str]) -> None:
        if not all(each.isascii() for each in words) or not set(words).isdisjoint(words_of("role")):
            return
        bones = "".join(map(bones_of, words))
        self.openings.add(bones_of(words[0])[:OPENING])
        if len(words) > 1 or (len(bones) >= ONE_WORD and alias.actor.kind is not ActorKind.PERSON):
            self.by_bones[bones].append(alias)
        for word in words if len(words) > 1 else ():
            if len(word) > SHORT_LETTERS:
                self.by_bone[bones_of(word)].append(alias)

    def exact(self, words: Sequence[Word], index: int) -> Iterator[tuple[int, list[Alias]]]:
        """Names that begin at a word, the longest first: how many words, and the aliases filed under them."""
        longest = self.longest.get(first_key(words[index]), 0)
        if not longest:
            return
        count = 1
        while count < longest and index + count < len(words) and _runs_on(words, index + count):
            count += 1
        for size in range(count, 0, -1):
            for key in _keys_of(words[index : index + size]):
                filed = self.by_key.get(key)
                if filed:
                    yield size, filed

    def spelled(self, words: Sequence[Word], index: int) -> tuple[int, Alias] | None:
        """The longest run of capitals at a word that is another spelling of one actor's name."""
        if bones_of(words[index].key)[:OPENING] not in self.openings:
            return None
        for size in range(_run_of_capitals(words, index), 0, -1):
            chosen = [each.key for each in words[index : index + size] if not is_article(each.key)]
            if chosen and all(each.isascii() for each in chosen):
                found = self._remembered(tuple(chosen))
                if found is not None:
                    return size, found
        return None

    def _remembered(self, words: tuple[str, ...]) -> Alias | None:
        if words not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[words] = self._like(words)
        return self._known[words]

    def _like(self, words: tuple[str, ...]) -> Alias | None:
        bones = "".join(map(bones_of, words))
        same = self.by_bones.get(bones, ())
        if len(words) == 1:
            known = words[0] in word_list("ordinary.txt") or words[0] in word_list("family_names.txt")
            return None if known else _only([(100.0, each) for each in same if " " not in each.text and same])
        near = dict.fromkeys(each for word in words for each in self.by_bone.get(bones_of(word), ()))
        scored = [(_likeness(words, each), each) for each in near]
        alike = [(score, each) for score, each in scored if score >= ALIKE]
        return _only([*((100.0, each) for each in same if _may_vary(words, _plain(each.text))), *alike])

    def introduced(self, words: Sequence[Word]) -> frozenset[str]:
        """Persons that the document names with more than one word."""
        known: set[str] = set()
        for index, word in enumerate(words):
            longest = self.persons.get("al" if is_article(word.key) else word.key)
            if longest is not None:
                for count in range(2, min(longest, LONGEST_PERSON) + 1):
                    keys = [each.key for each in words[index : index + count]]
                    if sum(not is_article(each) for each in keys) > 1:  # 'al-Maliki' alone introduces nobody
                        known.update(each.actor.id for each in self.by_key.get(key_of(keys), ()))
        return frozenset(known)


def _alias(actor: Actor, name: str, seats: Sequence[str]) -> Alias:
    words = bare_words(name)
    folded, own = " ".join(words), set(fold_name(actor.name).split())
    letters = "".join(each for each in name if each.isalnum())
    return Alias(
        actor,
        name,
        acronym=len(letters) <= SHORT_LETTERS and letters.isupper() and letters.isascii(),
        bare=actor.kind is ActorKind.STATE and folded in countries(),
        seat=any(folded == " ".join(bare_words(each)) for each in seats),
        generic=name.islower() and name.isascii(),
        office=actor.kind is ActorKind.PERSON and not words_of("role").isdisjoint(words) and own.isdisjoint(words),
        period=next((each.period for each in actor.names if each.name == name), Period()),
    )


def _keys_to_file(words: Sequence[str], *, generic: bool) -> Iterator[str]:
    """Without an article too; what is said of 'government forces' may be said of 'regime forces'."""
    yield key_of(words)
    if len(words) > 1 and is_article(words[0]):
        yield key_of(words[1:])
    if generic and len(words) > 1 and words[0] == "government":
        yield key_of(["regime", *words[1:]])


def bare_words(name: str) -> list[str]:
    """The folded words of a name, without a leading 'the'."""
    words = fold_name(name).split()
    return words[1:] if words and words[0] == "the" else words


def key_of(words: Iterable[str]) -> str:
    return " ".join(["al" if is_article(word) else word for word in words])


def first_key(word: Word) -> str:
    return "al" if is_article(word.key) else word.key


def _keys_of(words: Sequence[Word]) -> Iterator[str]:
    """Folded without and with the possessives: 'Russia's Foreign Ministry' is filed as 'russias foreign ministry'."""
    yield key_of([word.key for word in words])
    if any(word.whole for word in words):
        yield key_of([word.whole or word.key for word in words])


def _runs_on(words: Sequence[Word], index: int) -> bool:
    return (
        joined(words, index)
        or words[index].gap in ("'s ", "’s ")
        or (words[index - 1].whole is not None and words[index].gap == " ")
    )


# Whether an alias can be meant --------------------------------------------------------------------


def fits(alias: Alias, words: Sequence[Word], introduced: frozenset[str]) -> bool:
    """Whether words written so can be this alias."""
    if alias.acronym:
        return _is_spoken(words) or all(
            word.shape is Shape.UPPER or (word.end - word.start == 1 and word.key.isalpha()) for word in words
        )
    capital = any(each.isupper() for each in alias.text)
    if capital and all(word.shape is Shape.LOWER for word in words):
        return False
    if alias.actor.kind is ActorKind.PERSON and len(words) == 1:
        ordinary = words[0].key in word_list("ordinary.txt") or words[0].key in word_list("family_names.txt")
        return not (ordinary or alias.shy) or alias.actor.id in introduced
    return True


def _is_spoken(words: Sequence[Word]) -> bool:
    """'Isil', 'Nato': an acronym spoken as a word, as the British press writes it."""
    key, spoken = words[0].key, len(words) == 1 and words[0].shape is Shape.TITLE
    return spoken and len(key) == SHORT_LETTERS and not any(key in word_list(each) for each in PLAIN_LISTS)


def holds(alias: Alias, on: date | None) -> bool:
    """Whether an office in the alias was held on the day; names hold always."""
    if on is None or alias.actor.kind is not ActorKind.PERSON or not alias.actor.memberships:
        return True
    if not words_of("role") & set(fold_name(alias.text).split()):
        return True
    return any(each.period.holds(on) for each in alias.actor.memberships)


def only_bearer(aliases: Sequence[Alias], on: date | None) -> Alias | None:
    """The one actor's alias among them; of several actors' that of who bore the name on the day, if only one did."""
    if len({each.actor.id for each in aliases}) > 1 and on is not None:
        aliases = [each for each in aliases if each.period.holds(on)]
    return aliases[0] if len({each.actor.id for each in aliases}) == 1 else None


# Spellings ----------------------------------------------------------------------------------------

# What transcriptions of one sound have in common: English, French, German and Turkish habits (own observation).
_BONES = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        ("dzh|dj|zh", "j"),
        ("tch|tsch|sch|sh|ch", "s"),
        ("kh|gh|q|c|g", "k"),
        ("ph|v|w", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("z", "s"),
        ("(?<=[aeiou])[jy]|h$|[aeiouy]", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def bones_of(word: str) -> str:
    """The consonants of a folded word as all its transcriptions have them; of a number the word itself."""
    if word[:1].isdigit():
        return word
    for pattern, put in _BONES:
        word = pattern.sub(put, word)
    return word


def _plain(name: str) -> tuple[str, ...]:
    return tuple(each for each in bare_words(name) if not is_article(each))


def _likeness(words: Sequence[str], alias: Alias) -> float:
    known = _plain(alias.text)
    if len(known) != len(words) or not _may_vary(words, known):
        return 0.0
    return (
        0.0
        if any(ratio(*pair) < WORD_ALIKE for pair in zip(words, known, strict=True))
        else ratio(" ".join(words), " ".join(known))
    )


def _may_vary(words: Sequence[str], known: Sequence[str]) -> bool:
    """Whether the words in which two names differ are names themselves: no number, no nationality, no country."""
    differing = set(words) ^ set(known)
    return not any(each[:1].isdigit() or each in adjectives() or each in countries() for each in differing)


def _only(scored: Sequence[tuple[float, Alias]]) -> Alias | None:
    """The best, where it is one actor's alone or clearly better than every other's."""
    best: dict[str, tuple[float, Alias]] = {}
    for score, alias in scored:
        if alias.actor.id not in best or score > best[alias.actor.id][0]:
            best[alias.actor.id] = score, alias
    ranked = sorted(best.values(), key=lambda each: -each[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEAR):
        return None
    return ranked[0][1]


def _run_of_capitals(words: Sequence[Word], index: int) -> int:
    if words[index].shape not in (Shape.TITLE, Shape.NUMBER):
        return 0
    size = last = 1
    while size < LONGEST_SPELLED and index + size < len(words) and _runs_on(words, index + size):
        word = words[index + size]
        if word.shape is not Shape.TITLE and not is_article(word.key) and word.key not in words_of("particles"):
            break
        size += 1
        last = size if word.shape is Shape.TITLE else last
    return last
