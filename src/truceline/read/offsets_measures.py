"""Winds and distances as reports write them: 'NNW', 'south-south-east', 'some twenty-five km', 'half a mile'."""

import re
from collections.abc import Mapping
from functools import cache

from truceline.kit.geo import wind_degrees
from truceline.vocab.places import toml_table

_MAIN = r"(?:north|south)[\s-]?(?:east|west)"
# A whole word, or its letters in capitals: 'NW', but not the first letter of a name.
WIND = (
    rf"(?P<wind>(?:north|south|east|west)[\s-]{_MAIN}|{_MAIN}|north|south|east|west"
    r"|(?-i:NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW|NE|SE|SW|NW|[NESW](?=\.?\s)))"
)
_ABOUT = (
    r"(?:(?:about|around|some|roughly|approximately|nearly|almost|over|just|only|within|under|at\s+least|"
    r"less\s+than|more\s+than|up\s+to|not\s+even|barely)\s+)*"
)
_NUMBER = r"\d+(?:[.,]\d+)?"
DISTANCE = (
    rf"{_ABOUT}(?:a\s+)?(?P<far>{_NUMBER}|half\s+an?|dozens|[a-z]+(?:-[a-z]+)?)"
    rf"(?:\s*(?:-|–|to|and)\s*(?P<farther>{_NUMBER}))?"
    r"[\s-]*(?:of\s+)?(?P<unit>[a-z]+)\s+(?:\([^()]{1,24}\)\s+)?(?:away\s+)?"
)


@cache
def table(group: str) -> Mapping[str, float]:
    """One group of vocab/places/offsets.toml."""
    return dict(toml_table("offsets.toml")[group])


def bearing_of(wind: str) -> float:
    """The bearing of a wind by its words or letters."""
    return wind_degrees(_letters(wind))


def wind_words(wind: str) -> str:
    """A wind as an adjective in one word: 'southwestern' for 'SW', 'south west'."""
    long = {"N": "north", "S": "south", "E": "east", "W": "west"}
    return "".join(long[letter] for letter in _letters(wind)) + "ern"


def _letters(wind: str) -> str:
    """'SW' for 'south-west' and for the Arabic and Russian words of the table."""
    foreign: Mapping[str, str] = toml_table("offsets.toml")["wind"]
    words = " ".join(wind.split()).lower()
    if words in foreign:
        return foreign[words]
    letters = re.sub("north|south|east|west", lambda word: word[0][0], words)
    return re.sub(r"[\s.-]", "", letters).upper()


def km_of(far: str, unit: str) -> float | None:
    """A distance in kilometres; None where the words are no number or no length."""
    size, number = table("unit_km").get(unit.lower()), _number(far.lower())
    return None if size is None or number is None else number * size


def _number(words: str) -> float | None:
    if words[0].isdigit():
        return float(words.replace(",", "."))
    parts = [
        table("number").get(part) for part in re.split(r"[\s-]+", words) if part not in ("a", "an") or words == part
    ]
    return None if None in parts else float(sum(part for part in parts if part is not None))


def either(group: str, key: str) -> str:
    """A pattern for any of the words of one list in a group of the table, the longest first."""
    words = sorted(toml_table("offsets.toml")[group][key], key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
