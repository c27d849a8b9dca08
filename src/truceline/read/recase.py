"""A text written in one case only, given the capitals that a newspaper would set: same length, same offsets.

Taggers, name finders and acronyms all lean on capitals. What is unknown to a dictionary of English is taken for a
name, and so are the words that an acronym in brackets stands for.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from truceline.read.models import load_english_words
from truceline.vocab.actors import demonyms
from truceline.vocab.load import load_toml
from truceline.vocab.places import csv_rows, word_list

FEW = 0.004  # share of capitals below which a longer text counts as written without any
MANY = 0.9
LONG = 400  # letters
FULLEST = 90  # characters that an acronym's words may take
SHORTEST = 40  # letters: below, one case says nothing
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORT_NAME = re.compile(r"\(\s*\"?([^\W\d_]{2,6}(?:-\d{1,2})?)\"?\s*[,)]")
# A full stop ends a sentence, but not behind a single letter ('u.s.') or a title.
SENTENCE = re.compile(r"(?:\A|(?<![\s.]\w)[.!?][\"”']?\s+|\n\s*|\s{3,})[\"“'(\[]?\Z")
POINTS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
ENDINGS = ("'s", "’s", "s", "es", "ed", "d", "ing", "er", "ers", "est", "ly")
NO_VOWEL = re.compile(r"[^\Waeiouy\d_]{2,5}(?:-\d{1,2})?")

QUOTED = re.compile(r"[\"“]([^\W\d_][\w' -]{2,30})[\"”]\s+([^\W\d_]+)")

IsPlace = Callable[[str], bool]


def recased(text: str, is_place: IsPlace = lambda _: False) -> str:
    """The text with capitals where it has none, or nothing but; any other text as it is.

    `is_place` says whether a gazetteer knows a place of that name, in small letters.
    """
    if not is_single_case(text):
        return text
    plain = text.lower()
    if len(plain) != len(text):
        return text
    capitals = _Capitals(plain, is_place)
    letters = list(plain)
    for start, end, how in capitals.found():
        letters[start:end] = list(how(plain[start:end]))
    made = "".join(letters)
    return made if len(made) == len(text) else text


def is_single_case(text: str) -> bool:
    """Whether nearly all letters are small, or nearly all are capitals."""
    start = text[:20_000]
    upper, lower = sum(map(str.isupper, start)), sum(map(str.islower, start))
    letters = upper + lower
    if letters < SHORTEST:
        return False
    return upper == 0 or (letters > LONG and upper / letters < FEW) or upper / letters > MANY


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_toml("mentions/en_case.toml")[name].split())


@cache
def _always() -> frozenset[str]:
    """Single words that are names wherever they stand: countries, peoples, months, days."""
    found = {row["name"].lower() for row in csv_rows("countries.csv")} | _words("months") | _words("days")
    for row in demonyms():
        for cell in (row["adjectives"], row["people"]):
            found |= {each.strip().lower() for each in cell.split("|")}
    return frozenset(each for each in found if each and " " not in each)


@cache
def _name_parts() -> Mapping[str, frozenset[str]]:
    """Words of names of several words ('el salvador', 'united states') by each of their words."""
    rows = csv_rows("countries.csv")
    names = [name.lower() for row in rows for name in (row["name"], *row["aliases"].split(" | ")) if " " in name]
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(name.split()[0], set()).add(name)
    return {first: frozenset(group) for first, group in found.items()}


@cache
def _named_bodies() -> frozenset[str]:
    listed = load_toml("mentions/en_case.toml")["named"].split("|")
    return frozenset(" ".join(each.split()) for each in listed)


@cache
def _is_known(word: str) -> bool:
    """Whether a dictionary of English has the word, in one of its forms."""
    known = load_english_words()
    if word in known or word in _words("small"):
        return True
    if word.endswith("men") and f"{word[:-3]}man" in known:
        return True
    if "-" in word:
        return all(_is_known(part) for part in word.split("-") if part)
    return any(stem in known for stem in _stems(word)) or _is_compound(word, known)


def _is_compound(word: str, known: frozenset[str]) -> bool:
    """'machinegunned', 'carbombing': a verb made of two words."""
    if not word.endswith(("ed", "ing")):
        return False
    halves = ((word[:at], word[at:]) for at in range(3, len(word) - 4))
    return any(first in known and any(stem in known for stem in _stems(second)) for first, second in halves)


def _stems(word: str) -> Iterator[str]:
    """What an inflected word may come from: 'planes', 'dating', 'carried', 'planned'."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            yield from (stem, f"{stem}e", re.sub(r"(.)\1$", r"\1", stem))
    for ending in ("ies", "ied"):
        if word.endswith(ending):
            yield f"{word.removesuffix(ending)}y"


class _Capitals:
    """Where capitals belong in one text, worked out word by word."""

    def __init__(self, text: str, is_place: IsPlace) -> None:
        self.text = text
        self.is_place = is_place
        self.words = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
        self.ends = [end for _, _, end in self.words]
        self.shorts: set[str] = set()
        self.named = [self._is_name(at) for at in range(len(self.words))]
        for match in SHORT_NAME.finditer(text):
            written_out = self._write_out(match[1], match.start())
            if match[1] not in _words("small") and (written_out or (len(match[1]) < 5 and not _is_known(match[1]))):
                self.shorts.add(match[1])
        self.shorts |= {self.words[at][0] for at in range(1, len(self.words)) if self._is_bare_short(at)}
        self._capitalise({*_named_bodies(), *self._quoted_names()})
        self._join()

    def _is_bare_short(self, at: int) -> bool:
        """'the xyz': a short unknown word behind an article is an acronym, where no name follows it."""
        word = self.words[at][0]
        if not 2 < len(word) < 5 or not self.named[at] or self.words[at - 1][0] != "the" or word in _always():
            return False
        leads = at + 1 < len(self.words) and self.named[at + 1] and self._touches(at)
        return not leads and not _is_known(word) and not self.is_place(word)

    def _quoted_names(self) -> Iterator[str]:
        """Names in quotation marks before a word for a group, to be known wherever they stand."""
        for match in QUOTED.finditer(self.text):
            if match[2] in _words("groups"):
                yield match[1]

    def _capitalise(self, names: set[str]) -> None:
        """Every place where one of the names stands."""
        known = {tuple(WORD.findall(name)) for name in names}
        longest: dict[str, int] = {}
        for parts in known:
            longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
        for at, (word, _, _) in enumerate(self.words):
            for count in range(1, min(longest.get(word, 0), len(self.words) - at) + 1):
                if tuple(map(self._word, range(at, at + count))) in known:
                    self._name(at, count)

    def _name(self, at: int, count: int) -> None:
        for each in range(at, at + count):
            self.named[each] = self.named[each] or self.words[each][0] not in _words("small")

    def found(self) -> Iterator[tuple[int, int, Callable[[str], str]]]:
        for (word, start, end), named in zip(self.words, self.named, strict=True):
            if word in self.shorts or word in _words("acronyms") or (named and NO_VOWEL.fullmatch(word)):
                yield start, end, str.upper
            elif named or SENTENCE.search(self.text[max(0, start - 8) : start]) is not None:
                yield start, end, _capital
        for match in POINTS.finditer(self.text):
            if match.group() not in _words("points"):
                yield *match.span(), str.upper

    def _is_name(self, at: int) -> bool:
        word = self._word(at)
        if word in _always() or self._opens_country(at):
            return True
        if at and self._word(at - 1) in _words("opening") and self._touches(at - 1) and word not in _words("small"):
            return True
        if word in _words("doubtful_months"):
            return self._beside_number(at)
        if not _is_known(word):
            return len(word) > 1
        if len(word) > 3 and word not in word_list("ordinary.txt") | _words("small") and self.is_place(word):
            return True
        return word in word_list("given_names.txt") and at + 1 < len(self.words) and self._leads_on(at)

    def _word(self, at: int) -> str:
        return self.words[at][0].removesuffix("'s")

    def _leads_on(self, at: int) -> bool:
        """A given name with a word behind it that can only be a name."""
        gap = self.text[self.words[at][2] : self.words[at + 1][1]]
        following = self.words[at + 1][0].removesuffix("'s")
        return gap == " " and (not _is_known(following) or (following in word_list("given_names.txt")))

    def _opens_country(self, at: int) -> bool:
        """Inside the name of a country of several words."""
        for first in range(max(0, at - 3), at + 1):
            for name in _name_parts().get(self.words[first][0], ()):
                size = name.count(" ") + 1
                if (
                    first + size > at
                    and " ".join(map(self._word, range(first, min(first + size, len(self.words))))) == name
                ):
                    return self.words[at][0] not in _words("joining") or at == first
        return False

    def _beside_number(self, at: int) -> bool:
        _, start, end = self.words[at]
        before, after = self.text[max(0, start - 4) : start], self.text[end : end + 4]
        return re.search(r"\d{1,2} \Z", before) is not None or re.match(r" \d", after) is not None

    def _write_out(self, short: str, bracket: int) -> bool:
        """Capitals for the words that an acronym in brackets stands for ('free front (ff)'); whether there are."""
        letters = [each for each in short if each.isalpha()]
        last = bisect_right(self.ends, bracket)
        first = bisect_right(self.ends, bracket - FULLEST)
        taken: list[int] = []
        for at in range(last - 1, first - 1, -1):
            word, _, end = self.words[at]
            following = self.words[at + 1][1] if at + 1 < len(self.words) else bracket
            if re.search(r"[.,;:()]", self.text[end : min(following, bracket)]) is not None:
                break
            if word in _words("small") | _words("joining"):
                if not letters:
                    break
                continue
            if word[0] not in letters:
                break
            letters.remove(word[0])
            taken.append(at)
        if len(taken) < 2 or letters:
            return False
        for at in taken:
            self.named[at] = True
        return True

    def _join(self) -> None:
        """Titles before a name and the head of an organisation behind one take part in it."""
        for at in range(len(self.words) - 2, -1, -1):
            if not self.named[at] and self.named[at + 1] and self._touches(at) and self._takes_part(at):
                self.named[at] = True

    def _takes_part(self, at: int) -> bool:
        """A title, or a name within a name that a dictionary has in small letters too."""
        if self.words[at][0] in _words("titles"):
            return True
        within = at > 0 and self.named[at - 1] and self._touches(at - 1)
        return (
            within
            and self.words[at][0] not in word_list("ordinary.txt") | _words("small") | _words("joining")
            and (self.words[at][0] in word_list("given_names.txt") or self.is_place(self.words[at][0]))
        )

    def _touches(self, at: int) -> bool:
        return re.fullmatch(r"\.?\s+", self.text[self.words[at][2] : self.words[at + 1][1]]) is not None


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
