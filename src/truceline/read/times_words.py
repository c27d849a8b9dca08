"""Words of time of all languages in one table, and a text as tokens with what each can mean.

A token may mean several things ('second' counts and measures). Every distinct set of meanings gets one letter,
so that a text becomes a string of letters, one a token, and rules of grammar are regular expressions over it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

Meanings: TypeAlias = Mapping[str, Any]
Phrases: TypeAlias = Mapping[str, tuple[tuple[tuple[str, ...], Meanings], ...]]

LANGUAGES = ("en", "ar", "ru")
REMEMBERED = 20_000  # words, with what they mean
BREAK, PLAIN = "!", "_"  # the letters of a sentence's end and of a word that is nothing of ours
_FIRST_LETTER = 0xE000  # the private use area: none of these letters has a meaning in a regular expression

# The order decides: a longer form stands before the shorter one that begins it.
_TOKEN = re.compile(
    r"""
    (?P<ampm>(?<![^\W\d_])[aApP]\.?\s?[mM](?:\.(?!\s+(?!(?:[A-Z]\w+\s){1,2}[Tt]ime\b|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z][a-z])|\b))
  | (?P<quarter_code>\bQ[1-4]\b)
  | (?P<word>[^\W\d_]+(?:['’]clock)?)
  | (?P<blank>\n[ \t]*\n\s*)
  | (?P<mark>[.!?;:؟])
  | (?P<comma>[,،])
  | (?P<dash>[-–—‑])
  | (?P<possessive>(?<=\w)['’]s\b)
  | (?P<clitic>(?<=\w)['’](?:ll|d|re|ve)\b)
  | (?P<iso>(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d))
  | (?P<numeric>(?<![\d./-])\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4,6}|\d\d)(?![\d/-]))
  | (?P<clock>(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])|(?<![\w.:])\d{1,2}\.\d\d(?=\s?(?:[aApP]\.?[mM]\b|GMT\b|UTC\b)))
  | (?P<decades>(?:(?<!\w)['’]?\d0|\b\d{3}0)['’]?s\b)
  | (?P<short_year>(?<!\w)['’]\d\d(?![\d\w]))
  | (?P<ordinal>(?<![\w.])\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<fraction>(?<![\w.,/])(?:1/2|1/4|3/4)(?![\w/])|[½¼¾])
  | (?P<number>(?:(?<![\w.])|(?<=ـ)|(?<=\bو))\d+(?:,\d{3})*(?:\.\d+)?)
  | (?P<slash>/)
  | (?P<paren>[()])
  | (?P<other>[^\s\w]|\d+)
    """,
    re.VERBOSE,
)
_ENDS = frozenset(".!?;؟")
_FRACTIONS = {"1/2": 0.5, "½": 0.5, "1/4": 0.25, "¼": 0.25, "3/4": 0.75, "¾": 0.75}


class Token(NamedTuple):
    """`text` in lower case, offsets, and what it can mean."""

    text: str
    start: int
    end: int
    meanings: Meanings


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """`words` by lower-case form, `phrases` by first word (longest first), `capital` those that need one.

    `future` and `past` tell what is to come from what was; after a `closing` word a noun has ended.
    """

    words: Mapping[str, Meanings]
    phrases: Phrases
    capital: frozenset[str]
    future: frozenset[str]
    past: frozenset[str]
    closing: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The word tables of all languages, read once."""
    entries: dict[str, dict[str, Any]] = {}
    capital: set[str] = set()
    cues: dict[str, set[str]] = {"future": set(), "past": set(), "closing": set()}
    for language in LANGUAGES:
        tables = _tables(language)
        capital.update(tables.pop("case", {}).get("capital", ()))
        for direction, known in cues.items():
            known.update(tables.pop(direction, {}).get("words", ()))
        for table, form, meaning, value in _forms(tables):
            entries.setdefault(form, {})[meaning] = value
            if table.endswith("_short"):
                entries[form]["short"] = True
            if meaning == "unit":
                entries[form][f"u_{value}"] = True  # so that a rule can ask for one unit
    phrases: dict[str, list[tuple[tuple[str, ...], Meanings]]] = {}
    for form, meanings in entries.items():
        if len(words := split_form(form)) > 1:
            phrases.setdefault(words[0], []).append((words, meanings))
    return Lexicon(
        words={form: meanings for form, meanings in entries.items() if len(split_form(form)) == 1},
        phrases={first: tuple(sorted(each, key=lambda one: -len(one[0]))) for first, each in phrases.items()},
        capital=frozenset(capital),
        future=frozenset(cues["future"]),
        past=frozenset(cues["past"]),
        closing=frozenset(cues["closing"]),
    )


def _tables(language: str) -> dict[str, Any]:
    source = files("truceline.vocab") / "cues" / f"{language}_times.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


# The tables whose keys are values, and the meaning that each gives its words.
_MEANINGS = {
    "months": "month",
    "weekdays": "weekday",
    "weekdays_plural": "weekdays",
    "units": "unit",
    "units_plural": "units",
    "numbers": "numword",
    "ordinals": "ord",
    "parts": "part",
    "parts_plural": "parts",
    "seasons": "season",
    "seasons_plural": "seasons",
    "day_words": "dayword",
    "clock_words": "clockword",
    "refs": "ref",
    "sets": "set",
    "holidays": "holiday",
    "zones": "zone",
    "zones_named": "zone_name",
    "directions_after": "after_dir",
    "units_dual": "dual",
}
_COUNTED = frozenset({"month", "weekday", "weekdays", "numword", "ord", "clockword", "zone"})


def _forms(tables: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str, str, Any]]:
    for table, rows in tables.items():
        for key, forms in rows.items():
            meaning = key if table == "words" else _MEANINGS[table.removesuffix("_short")]
            value = int(key) if meaning in _COUNTED else key
            yield from ((table, form, meaning, value) for form in forms)


def split_form(form: str) -> tuple[str, ...]:
    return tuple(match[0].lower() for match in _TOKEN.finditer(form))


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, phrases of the word tables joined into one."""
    singles = [_token(match) for match in _TOKEN.finditer(text)]
    return list(_joined(singles, lexicon().phrases))


def _token(match: re.Match[str]) -> Token:
    kind, written = match.lastgroup, match[0]
    start, end = match.span()
    if kind == "word":
        form, meanings = _word(written)
        return Token(form, start, end, meanings)
    match kind:
        case "number":
            return Token(written, start, end, _number(written))
        case "mark" | "blank":
            return Token(written, start, end, {"break": True} if written[0] in _ENDS or kind == "blank" else {})
        case "ordinal":
            return Token(written, start, end, _ordinal(written))
        case "fraction":
            return Token(written, start, end, {"fraction": _FRACTIONS[written]})
        case "other" | "clitic":
            return Token(written.lower(), start, end, {})
        case _:
            return Token(written, start, end, {str(kind): written})


@lru_cache(maxsize=REMEMBERED)
def _word(written: str) -> tuple[str, Meanings]:
    """The lower-case form of a word and what it can mean."""
    known = lexicon()
    form = written.lower()
    meanings = known.words.get(form, _NOTHING)
    return form, _NOTHING if meanings and form in known.capital and not written[0].isupper() else meanings


_NOTHING: Meanings = {}


MOST_DIGITS = 15  # no day, hour, year or count has more, and Python refuses to read thousands of digits


def _ordinal(written: str) -> Meanings:
    if len(written) - 2 > MOST_DIGITS:
        return _NOTHING
    return {"ord": int(written[:-2]), "oday": int(written[:-2])}


def _number(written: str) -> Meanings:
    plain = written.replace(",", "")
    if len(plain) > MOST_DIGITS:
        return _NOTHING
    meanings: dict[str, Any] = {"num": float(plain)}
    if not plain.isdecimal() or "," in written:
        return meanings
    number = int(plain)
    if len(plain) <= 2:
        meanings |= {"day": number} if 1 <= number <= 31 else {}
        meanings |= {"hour": number} if number <= 24 else {}
    elif len(plain) == 5 and plain[0] in "12":
        meanings |= {"long_year": number}
    elif len(plain) == 4:
        meanings |= {"year": number} if 1000 <= number < 2200 else {}
        meanings |= {"hhmm": plain} if int(plain[:2]) <= 24 and int(plain[2:]) < 60 else {}
    return meanings


def _joined(singles: list[Token], phrases: Phrases) -> Iterator[Token]:
    at = 0
    while at < len(singles):
        token = singles[at]
        if token.text in phrases and at + 1 < len(singles):
            second = singles[at + 1].text
            for words, meanings in phrases[token.text]:
                if words[1] == second and tuple(each.text for each in singles[at : at + len(words)]) == words:
                    last = singles[at + len(words) - 1]
                    token = Token(" ".join(words), token.start, last.end, meanings)
                    at += len(words) - 1
                    break
        at += 1
        if token.meanings and at < len(singles) and _abbreviated(token, singles[at]):
            token = Token(token.text, token.start, singles[at].end, token.meanings)
            at += 1
        yield token


def _abbreviated(token: Token, after: Token) -> bool:
    """A stop belongs to the word in an abbreviation: 'Sept. 30', not 'in May. Then'."""
    return "short" in token.meanings and after.text == "." and after.start == token.end


class Alphabet:
    """Letters for sets of meanings; grows while texts are read, so rules are compiled against what can occur."""

    def __init__(self) -> None:
        self._letters: dict[frozenset[str], str] = {
            frozenset(): PLAIN,
            frozenset({"break"}): BREAK,
            frozenset({"comma"}): ",",
            frozenset({"dash"}): "-",
        }
        for meanings in self._possible():
            self._letters.setdefault(frozenset(meanings), chr(_FIRST_LETTER + len(self._letters)))

    @staticmethod
    def _possible() -> Iterator[Meanings]:
        known = lexicon()
        yield from known.words.values()
        yield from (meanings for phrases in known.phrases.values() for _, meanings in phrases)
        yield from (
            _number(each)
            for each in (
                "0",
                "7",
                "28",
                "77",
                "777",
                "1,000",
                "0.5",
                "0700",
                "2200",
                "0777",
                "1000",
                "1999",
                "2015",
                "1275",
                "2500",
                "7777",
                "20016",
            )
        )
        for kind in _TOKEN.groupindex:
            yield {kind: kind}
        yield {"ord": 1, "oday": 1}
        yield {"fraction": 0.5}

    def letter(self, token: Token) -> str:
        return self._letters.get(frozenset(token.meanings), PLAIN) if token.meanings else PLAIN

    def letters(self, tokens: list[Token]) -> str:
        return "".join(map(self.letter, tokens))

    def any_of(self, names: str) -> str:
        """A character class of the letters that have one of the meanings 'a|b'."""
        wanted = set(names.split("|"))
        letters = [letter for meanings, letter in self._letters.items() if meanings & wanted]
        if not letters:
            raise KeyError(f"no word of time means {names!r}")
        return f"[{''.join(letters)}]"


@cache
def alphabet() -> Alphabet:
    return Alphabet()
