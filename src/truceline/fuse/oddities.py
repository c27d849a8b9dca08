"""Oddities that two texts seldom share by chance: a figure nobody would round to, a misspelling, a wrong date."""

import re
from collections.abc import Iterator
from datetime import date

from truceline.fuse.outlets import fold_word
from truceline.fuse.wordings import find_telling
from truceline.kit.near import ARTICLES, EMPTY, WORD
from truceline.model.reading import Reading

USUAL = 12  # figures up to a dozen are everybody's
ROUND_TO, ROUND_BEYOND = 5, 100  # below a hundred fives are rounded, beyond it two figures before zeros
YEARS = range(1900, 2101)
NEAR_WORDS = 4  # on either side of a figure, that say what it counts
CALIBRES = frozenset(
    {14, 23, 57, 73, 76, 81, 82, 84, 100, 105, 106, 107, 115, 120, 122, 125, 130, 152, 155, 220, 240, 300}
)
MONTHS = re.compile(r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$")
# The event itself gives these to everybody who counts.
TOLL = re.compile(
    r"^(?:kill\w*|dead|died?|dying|death\w*|wound\w*|injur\w*|hurt|martyr\w*|people|persons?|civilians?|bodies|victims?|"
    r"women|men|children|fatalit\w*|casualt\w*)$"
)
# Extents and ages are the same for everybody, or anybody's estimate.
UNIT = re.compile(
    r"^(?:old|aged|years?|percent|per|km|kilomet\w*|miles?|met(?:er|re)s?|m|hours?|minutes?|days?|weeks?|months?|am|pm|"
    r"gmt|utc|local|o'clock|th|st|nd|rd)$"
)
HUNDREDS = re.compile(
    r"\b(?:(?P<hundreds>one|two|three|four|five|six|seven|eight|nine|a) hundred(?: and |[ -]))?"
    r"(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]"
    r"(?P<ones>one|two|three|four|five|six|seven|eight|nine)\b"
    r"|\b(?P<only>one|two|three|four|five|six|seven|eight|nine|a) hundred and (?P<rest>[a-z]+)\b",
    re.IGNORECASE,
)
FIGURE_OR_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:['’][^\W\d_]+)?")
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
WEEKDAY = re.compile(
    r"\b(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s+(?:the\s+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d.:%])(?!\s*(?:percent|km|million|m\b))")


def find_oddities(reading: Reading) -> Iterator[str]:
    """Oddities of one text as comparable words, in text order by kind."""
    text = reading.document.text
    yield from _clocks(text)
    yield from _figures(text)
    yield from _spellings(reading)
    if reading.document.published_at is not None:
        yield from _wrong_days(text, reading.document.published_at.year)


def _wrong_days(text: str, year: int) -> Iterator[str]:
    """Days with the name of another day of the week: 'Wednesday 21 April' where that was a Thursday."""
    for found in WEEKDAY.finditer(text):
        day = int(found["day"] or found["day2"])
        month = MONTH_NAMES.index((found["month"] or found["month2"])[:3].casefold()) + 1
        try:
            named = date(year, month, day).weekday()
        except ValueError:
            continue
        if named != DAY_NAMES.index(found["weekday"][:3].casefold()):
            yield f"{found['weekday'].casefold()} {day} {MONTH_NAMES[month - 1]}"


def _clocks(text: str) -> Iterator[str]:
    """Times to the very minute; on the fives anybody might have them."""
    for found in CLOCK.finditer(text):
        if int(found[2]) % ROUND_TO:
            yield f"{int(found[1])}:{found[2]}"


def _figures(text: str) -> Iterator[str]:
    numbers = find_telling()[1]
    text = HUNDREDS.sub(lambda found: _figure_of(found, numbers), text)
    words = [(each.group().casefold(), each.span()) for each in FIGURE_OR_WORD.finditer(text)]
    for at, (word, (start, end)) in enumerate(words):
        value = _value(word, numbers)
        if value is None or not is_odd(value):
            continue
        if text[end : end + 1] in {":", "."} and text[end + 1 : end + 2].isdigit():
            continue
        if start and text[start - 1] in ":./-+@#" and text[max(0, start - 2) : start - 1].isalnum():
            continue
        before = [each for each, _ in words[max(0, at - 2) : at]]
        after = [each for each, _ in words[at + 1 : at + 4]]
        if any(TOLL.match(each) for each in (*before, *after)) or any(UNIT.match(each) for each in after[:1]):
            continue
        if any(MONTHS.match(each) for each in (*before, *after[:2])):
            continue
        if word.endswith("mm") or after[:1] == ["mm"]:
            if value not in CALIBRES:
                yield f"{value}mm"
            continue
        yield str(value)


def _figure_of(found: re.Match[str], numbers: dict[str, str]) -> str:
    """'Two hundred and thirteen' as '213'; the words themselves where they are no number."""
    parts = {
        name: (word or "").casefold().replace("a", "one", 1) if word == "a" else (word or "").casefold()
        for name, word in found.groupdict().items()
    }
    values = {name: int(numbers[word]) for name, word in parts.items() if word in numbers}
    if parts["only"]:
        return str(values["only"] * 100 + values["rest"]) if "rest" in values else found.group()
    return str(values.get("hundreds", 0) * 100 + values["tens"] + values["ones"])


def _value(word: str, numbers: dict[str, str]) -> int | None:
    told = numbers.get(word, word.removesuffix("mm").replace(",", ""))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None


def is_odd(value: int) -> bool:
    """Not rounded: three and more digits that tell something, or two that are no fives."""
    if value <= USUAL or value in YEARS:
        return False
    if value < ROUND_BEYOND:
        return bool(value % ROUND_TO)
    return bool(value % 10 ** (len(str(value)) - 2))


def _spellings(reading: Reading) -> Iterator[str]:
    """Names of places spelt one letter off from what the gazetteer has."""
    text = reading.document.text
    for place in reading.places:
        if place.name is None:
            continue
        known = [fold_word(each) for each in WORD.findall(place.name)]
        for word in WORD.findall(place.span.of(text)):
            if word.isupper():
                continue
            folded = fold_word(word)
            if folded not in ARTICLES and folded not in known and any(is_slip(folded, each) for each in known):
                yield f"spelling {folded}"


def is_slip(one: str, other: str) -> bool:
    """The one doubles a letter that the other has once: other differences are spellings."""
    if len(one) != len(other) + 1 or len(other) < NEAR_WORDS:
        return False
    at = next((at for at, letter in enumerate(other) if one[at] != letter), len(other))
    return one[at + 1 :] == other[at:] and at > 0 and one[at] == one[at - 1]


DETAIL_LETTERS = 4  # shorter words are everybody's


def find_details(text: str) -> frozenset[str]:
    """The plain words of a text, without names, by their stems: what is rare among them may be a trace."""
    found = set()
    for each in WORD.finditer(text):
        word = each.group()
        if len(word) >= DETAIL_LETTERS and word.isalpha() and word.islower() and word not in EMPTY:
            found.add(stem(word))
    return frozenset(found)


def stem(word: str) -> str:
    """A word without its ending, roughly: 'trailers' and 'trailer' are one."""
    for ending in ("ings", "ing", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= DETAIL_LETTERS:
            return word[: -len(ending)]
    return word
