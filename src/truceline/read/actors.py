"""Who a text means: names and aliases found in it, and participants' words resolved against the registry.

An actor is given only where the words support one; otherwise `None` with the reason, and the words stay as worded.
What one side calls its enemy ('terrorists', 'rebels') is never a name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from truceline.kit.fold import fold_name
from truceline.model.actor import Actor, ActorKind
from truceline.model.span import Span
from truceline.read.places_words import Shape, Word, joined, words_of
from truceline.read.transliterate import is_article
from truceline.vocab.actors import demonyms, toml_table
from truceline.vocab.places import csv_rows, word_list

REMEMBERED = 20_000  # answers kept: the same words come again and again
LONGEST_PERSON = 4  # words of a name that introduces somebody
SHORT_LETTERS = 4  # an alias of so few capitals is an acronym and must be written in capitals


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorHit:
    """A name in a text. `is_country`: the alias is a country's bare name, which may mean the place."""

    span: Span
    actor_id: str
    alias: str
    is_country: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorGuess:
    """`actor` is an id, None where the words do not support one; `runners_up` are ids that came close."""

    actor: str | None
    reason: str
    runners_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Alias:
    actor: Actor
    text: str
    acronym: bool
    is_country: bool


@dataclass(slots=True)
class _Names:
    by_key: dict[str, list[_Alias]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=dict)


def _key(words: Iterable[str]) -> str:
    return " ".join("al" if is_article(word) else word for word in words)


@cache
def _nouns() -> Mapping[str, tuple[str, ...]]:
    """Folded noun → the endings of the ids it can point to, best first."""
    table = toml_table("nouns.toml")
    return {noun: tuple(table["organ"][organ]) for organ, nouns in table["nouns"].items() for noun in nouns}


@cache
def _adjectives() -> Mapping[str, str]:
    """Folded adjective or people → the country's ISO alpha-3 prefix of ids."""
    found: dict[str, str] = {}
    for row in demonyms():
        for cell in (row["adjectives"], row["people"]):
            for word in filter(None, (each.strip() for each in cell.split("|"))):
                found.setdefault(fold_name(word), row["iso3"])
    for country in csv_rows("countries.csv"):
        for name in (country["name"], *country["aliases"].split(" | ")):
            found.setdefault(fold_name(f"{name}'s"), country["iso3"].lower())  # "Russia's Foreign Ministry"
    return found


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(toml_table("nouns.toml")[section]["words"])


@cache
def _country_names() -> frozenset[str]:
    rows = csv_rows("countries.csv")
    return frozenset(fold_name(name) for row in rows for name in (row["name"], *row["aliases"].split(" | ")))


class ActorIndex:
    """The registry in force, ready to be asked."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = {actor.id: actor for actor in actors}
        self._names = _Names()
        self._by_words = lru_cache(maxsize=REMEMBERED)(self._find_by_words)
        for actor in self.actors.values():
            for alias in dict.fromkeys((actor.name, *(each.name for each in actor.names), *actor.aliases)):
                self._file(actor, alias)

    def _file(self, actor: Actor, alias: str) -> None:
        words = fold_name(alias).split()
        if words and words[0] == "the":
            words = words[1:]
        letters = "".join(each for each in alias if each.isalnum())
        acronym = len(letters) <= SHORT_LETTERS and letters.isupper() and letters.isascii()
        bare = actor.kind is ActorKind.STATE and " ".join(words) in _country_names()
        keys = {_key(words), _key(words[1:])} if len(words) > 1 and is_article(words[0]) else {_key(words)}
        for key in filter(None, keys):
            kept = self._names.by_key[key]
            if all(each.actor.id != actor.id for each in kept):
                kept.append(_Alias(actor, alias, acronym, bare))
            first = key.split(" ", 1)[0]
            self._names.longest[first] = max(self._names.longest.get(first, 0), key.count(" ") + 1)

    def find_actors(self, text: str, *, on: date | None = None) -> Iterator[ActorHit]:
        """Every name of an actor in `text`, the longest at each place; offices only in the days they were held."""
        words = words_of(text)
        introduced = self._introduced(words)
        index = 0
        while index < len(words):
            found = self._longest_at(words, index, on, introduced)
            if found is None:
                index += 1
                continue
            count, alias = found
            span = Span(words[index].start, _end(text, words, index + count - 1))
            yield ActorHit(span=span, actor_id=alias.actor.id, alias=alias.text, is_country=alias.is_country)
            index += count

    def _introduced(self, words: Sequence[Word]) -> frozenset[str]:
        """Persons that the document names with more than one word."""
        known: set[str] = set()
        for index, word in enumerate(words):
            longest = self._names.longest.get("al" if is_article(word.key) else word.key, 0)
            for count in range(2, min(longest, LONGEST_PERSON) + 1):
                key = _key(each.key for each in words[index : index + count])
                known.update(each.actor.id for each in self._names.by_key.get(key, ()))
        return frozenset(known)

    def _longest_at(
        self, words: Sequence[Word], index: int, on: date | None, introduced: frozenset[str]
    ) -> tuple[int, _Alias] | None:
        first = "al" if is_article(words[index].key) else words[index].key
        longest = self._names.longest.get(first, 0)
        count = min(longest, 1)
        while 0 < count < longest and index + count < len(words) and _runs_on(words, index + count):
            count += 1
        for size in range(count, 0, -1):
            chosen = words[index : index + size]
            for key in _keys_of(chosen):
                fitting = [each for each in self._names.by_key.get(key, ()) if _fits(each, chosen, introduced)]
                holding = [each for each in fitting if _holds(each, on)]
                if len(holding) == 1 or (holding and size > 1):
                    return size, holding[0]
        return None

    def resolve(
        self,
        words: str,
        *,
        on: date | None = None,
        document_hits: Sequence[ActorHit] = (),
        shorts: Mapping[str, str] | None = None,
        before: int | None = None,
    ) -> ActorGuess:
        """Who a participant's words mean.

        `document_hits` are the names found in the document in order, `shorts` what `find_shorts` says its
        acronyms stand for, `before` the place of the words: only what was named earlier can be pointed back to.
        """
        stripped = _strip(words)
        folded = fold_name(stripped).split()
        if not folded:
            return ActorGuess(actor=None, reason="no words")
        return (
            self._by_short(stripped, shorts)
            or self._by_words(stripped, on)
            or (self._by_description(folded, document_hits, before) if _is_definite(words) else None)
            or ActorGuess(actor=None, reason="no name that the registry knows")
        )

    def _find_by_words(self, stripped: str, on: date | None) -> ActorGuess | None:
        """What the words mean by themselves, in any document."""
        folded = fold_name(stripped).split()
        return (
            self._by_name(stripped, folded, on)
            or self._by_label(folded)
            or self._by_nationality(_head(folded))
            or self._by_part(stripped, on)
        )

    def _by_short(self, words: str, shorts: Mapping[str, str] | None) -> ActorGuess | None:
        known = (shorts or {}).get(words)
        return None if known is None else ActorGuess(actor=known, reason="acronym introduced in the document")

    def _by_name(self, words: str, folded: list[str], on: date | None) -> ActorGuess | None:
        filed = self._names.by_key.get(_key(folded), [])
        fitting = [each for each in filed if not each.acronym or words.replace(".", "").isupper()]
        holding = [each for each in fitting if _holds(each, on)]
        if not fitting:
            return None
        if not holding:
            return ActorGuess(actor=None, reason="office not held on that day", runners_up=_ids(fitting))
        if len({each.actor.id for each in holding}) > 1:
            return ActorGuess(actor=None, reason="several actors of that name", runners_up=_ids(holding))
        return ActorGuess(actor=holding[0].actor.id, reason="named")

    def _by_label(self, folded: list[str]) -> ActorGuess | None:
        head = _head(folded)
        phrase = " ".join(head)
        tail = next((label for label in _words("labels") if phrase == label or phrase.endswith(f" {label}")), None)
        if tail is None:
            return None
        rest = head[: len(head) - tail.count(" ") - 1]
        named = tuple(dict.fromkeys(self._named_in(rest)))
        if not named:
            return ActorGuess(actor=None, reason="label, as worded")
        if "and" in rest:
            return ActorGuess(actor=None, reason="a name and a label", runners_up=named)
        return None  # "Nusra militants": the name decides, below

    def _named_in(self, folded: list[str]) -> Iterator[str]:
        for at in range(len(folded)):
            for end in range(at + 1, len(folded) + 1):
                yield from (each.actor.id for each in self._names.by_key.get(_key(folded[at:end]), ()))

    def _by_nationality(self, folded: list[str]) -> ActorGuess | None:
        for at, size in ((at, size) for at in range(len(folded)) for size in (2, 1)):
            prefix = _adjectives().get(" ".join(folded[at : at + size]))
            if prefix is not None:
                return self._by_noun(prefix, folded[at + size :])
        return None

    def _by_noun(self, prefix: str, rest: list[str]) -> ActorGuess:
        for size in range(len(rest), 0, -1):
            for at in range(len(rest) - size + 1):
                role = toml_table("nouns.toml")["people"].get(" ".join(rest[at : at + size]))
                if role is not None:
                    return ActorGuess(actor=None, reason="an office whose holder the registry does not know")
                if not set(rest[:at]) <= _words("neutral"):
                    continue  # 'Syrian opposition forces' are not the forces of the state
                for ending in _nouns().get(" ".join(rest[at : at + size]), ()):
                    if f"{prefix}{ending}" in self.actors:
                        return ActorGuess(actor=f"{prefix}{ending}", reason="nationality and noun")
        if not rest:
            return ActorGuess(actor=None, reason="a people, not an actor", runners_up=(f"{prefix}.gov",))
        return ActorGuess(actor=None, reason="a nationality with a noun that names no actor")

    def _by_part(self, words: str, on: date | None) -> ActorGuess | None:
        hits = list(self.find_actors(words, on=on))
        ids = tuple(dict.fromkeys(hit.actor_id for hit in hits if not hit.is_country))
        if len(ids) > 1:
            return ActorGuess(actor=None, reason="several actors named", runners_up=ids)
        if ids:
            return ActorGuess(actor=ids[0], reason="named within the words")
        countries = tuple(dict.fromkeys(hit.actor_id for hit in hits))
        return ActorGuess(actor=None, reason="only a country named", runners_up=countries) if countries else None

    def _by_description(self, folded: list[str], hits: Sequence[ActorHit], before: int | None) -> ActorGuess | None:
        form = toml_table("nouns.toml")["described"].get(folded[-1])
        if form is None or len(folded) > 2:
            return None
        for hit in reversed(hits):
            if (before is None or hit.span.end <= before) and self._fits_description(hit, folded, form):
                return ActorGuess(actor=hit.actor_id, reason=f"'{folded[-1]}' points back to '{hit.alias}'")
        return ActorGuess(actor=None, reason="a description with nothing named before it")

    def _fits_description(self, hit: ActorHit, folded: list[str], form: Mapping[str, Sequence[str]]) -> bool:
        actor = self.actors[hit.actor_id]
        named = set(fold_name(hit.alias).split()) | set(fold_name(actor.name).split())
        if len(folded) == 2 and folded[0] not in named:
            return False
        by_word = not named.isdisjoint(form.get("words", ()))
        return (
            by_word
            or ("words" not in form and actor.kind.value in form.get("kinds", ()))
            or (
                actor.kind is ActorKind.PERSON
                and "person" in form.get("kinds", ())
                and any(word in fold_name(alias).split() for alias in actor.aliases for word in form.get("words", ()))
            )
        )


_INTRODUCED = re.compile(r"\(\s*(?:the\s+)?[\"“']?([A-Z][A-Za-z]*[A-Z][A-Za-z-]*)[\"”']?\s*\)")


def find_shorts(text: str, hits: Sequence[ActorHit]) -> dict[str, str]:
    """Acronyms the document introduces behind a name: 'Syrian Democratic Forces (SDF)' → {'SDF': id}."""
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        for hit in hits:
            if hit.span.end <= match.start() and not text[hit.span.end : match.start()].strip():
                found.setdefault(match.group(1), hit.actor_id)
    return found


_LEADING = re.compile(
    r"^(?:(?:the|a|an|some|several|many|few|about|around|nearly|almost|over|under|at least|at most|up to|more than|"
    r"less than|fewer than|dozens of|hundreds of|thousands of|scores of|group of|members of|elements of|"
    r"two|three|four|five|six|seven|eight|nine|ten|[\d.,]+)\s+)+",
    re.IGNORECASE,
)


# Words that begin what is said of a noun behind it ("armed groups partly made up of …", "civilians in Aleppo").
_BEHIND = frozenset(
    [
        "who",
        "which",
        "that",
        "in",
        "at",
        "from",
        "near",
        "partly",
        "made",
        "backed",
        "including",
        "with",
        "loyal",
        "affiliated",
    ]
)


def _head(folded: list[str]) -> list[str]:
    cut = next((at for at, word in enumerate(folded) if at and word in _BEHIND), len(folded))
    return folded[:cut]


# "U.S.-supported forces", "pro-government militias": who stands behind them, not who they are.
_BACKERS = re.compile(
    r"(?:\b(?:pro|anti)[-‑][\w.]+|[\w.]+[-‑](?:backed|supported|led|aligned|funded|trained|allied|made|sponsored|affiliated|"
    r"linked|armed|equipped|held|controlled))\s+",
    re.IGNORECASE,
)


def _is_definite(words: str) -> bool:
    """Whether the words can point back to somebody named: 'the centre', not 'U.S.-supported forces'."""
    return re.match(r"\W*(?:the|this|that|these|those)\b", words, re.IGNORECASE) is not None and not _BACKERS.search(
        words
    )


def _strip(words: str) -> str:
    bare = _BACKERS.sub("", words.strip().strip("\"“”'‘’«»()[],.;: "))
    return _LEADING.sub("", bare) if not bare.isupper() else bare


def _end(text: str, words: Sequence[Word], index: int) -> int:
    word = words[index]
    dotted = word.gap == "." and text[word.end : word.end + 1] == "."
    return word.end + int(dotted)


def _runs_on(words: Sequence[Word], index: int) -> bool:
    return (
        joined(words, index)
        or words[index].gap in ("'s ", "’s ")
        or (words[index - 1].whole is not None and words[index].gap == " ")
    )


def _keys_of(words: Sequence[Word]) -> Iterator[str]:
    """Folded without and with the possessives: 'Russia's Foreign Ministry' is filed as 'russias foreign ministry'."""
    yield _key(word.key for word in words)
    if any(word.whole for word in words):
        yield _key(word.whole or word.key for word in words)


def _fits(alias: _Alias, words: Sequence[Word], introduced: frozenset[str]) -> bool:
    if alias.acronym:
        return all(word.shape is Shape.UPPER or (word.end - word.start == 1 and word.key.isalpha()) for word in words)
    capital = any(each.isupper() for each in alias.text)
    if capital and all(word.shape is Shape.LOWER for word in words):
        return False
    if alias.actor.kind is ActorKind.PERSON and len(words) == 1:
        ordinary = words[0].key in word_list("ordinary.txt") or words[0].key in word_list("family_names.txt")
        return not ordinary or alias.actor.id in introduced
    return True


def _holds(alias: _Alias, on: date | None) -> bool:
    """Whether an office in the alias was held on the day; names hold always."""
    if on is None or alias.actor.kind is not ActorKind.PERSON or not alias.actor.memberships:
        return True
    if not _words("role") & set(fold_name(alias.text).split()):
        return True
    return any(each.period.holds(on) for each in alias.actor.memberships)


def _ids(aliases: Iterable[_Alias]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.actor.id for each in aliases))
