"""The same expressions in Arabic and Russian: 'قرب X', 'ريف X الجنوبي', 'к северу от X', 'в 15 км от X'."""

import re
from functools import cache

from truceline.read.offsets_measures import either
from truceline.read.offsets_movers import Rule, around, by_distance, by_distance_only, by_wind, countryside, within
from truceline.vocab.places import toml_table

_FOREIGN = re.compile(r"[\u0400-\u052f\u0600-\u06ff]")


def is_foreign(name: str) -> bool:
    """Whether a name is written in Arabic or Cyrillic letters."""
    return _FOREIGN.search(name) is not None


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}\Z", re.IGNORECASE)


@cache
def _words(key: str) -> str:
    return f"(?:{either('foreign', key)})"


def _wind(key: str) -> str:
    words = sorted(toml_table("offsets.toml")["wind"], key=len, reverse=True)
    return rf"(?P<{key}>{'|'.join(re.escape(word).replace(chr(92) + ' ', chr(92) + 's+') for word in words)})"


def _rules() -> tuple[Rule, ...]:
    wind, number = _wind("wind"), r"(?P<far>\d+(?:[.,]\d+)?)(?:\s*[-–]\s*(?P<farther>\d+))?"
    far = rf"{number}\s*(?P<unit>{_words('units')})\s+"
    noun = rf"(?:{_words('nouns')}\s+)?"
    toward, of = rf"(?:{_words('toward')}\s*)?", rf"(?:\s+{_words('of')})?\s+"
    return (
        ((_before(rf"(?:{_words('at')}\s+)?{far}{toward}{wind}{of}{noun}"), None), by_distance),
        ((_before(rf"(?:{_words('at')}\s+)?{far}{_words('of')}\s+{noun}"), None), by_distance_only),
        ((_before(rf"{_words('countryside')}\s+{noun}"), re.compile(rf"\s+{wind}(?!\w)", re.IGNORECASE)), countryside),
        ((_before(rf"{_words('countryside')}\s+{noun}"), None), countryside),
        ((_before(rf"{_words('parts')}\s+{noun}"), re.compile(rf"\s+{wind}(?!\w)", re.IGNORECASE)), within),
        ((_before(rf"{toward}{wind}{of}{noun}"), None), by_wind),
        ((_before(rf"{_words('near')}\s+{noun}"), None), around("near_km")),
        ((_before(rf"{_words('outskirts')}\s+{noun}"), None), around("outskirts_km")),
        ((_before(rf"{_words('road')}\s+"), None), around("road_km")),
    )


FOREIGN: tuple[Rule, ...] = _rules()
