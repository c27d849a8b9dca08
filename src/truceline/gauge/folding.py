"""Names compared the way UCDP's set compares them: case, accents, hyphens, articles and kind words folded."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from truceline.gauge.align import Offsets

_ARTICLES = frozenset(
    ("al", "an", "ar", "as", "at", "az", "ad", "ash", "ath", "adh", "sh", "el", "es", "ez", "eth", "edh", "the")
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text reduced to comparable words, with where each character of it stood."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Folded":
        plain, origins = _unaccented(text)
        pieces: list[str] = []
        kept: list[int] = []
        for word in _WORD.finditer(plain):
            if word[0] in _ARTICLES:
                continue
            if pieces:
                pieces.append(" ")
                kept.append(origins[word.start()])
            pieces.append(word[0])
            kept.extend(origins[word.start() : word.end()])
        return cls(text="".join(pieces), origins=tuple(kept))

    def find(self, name: str) -> Offsets | None:
        """Where a folded name first stands, not counting 'countryside of NAME'; None where it does not."""
        if not name:
            return None
        for match in re.finditer(re.escape(name), self.text):
            if not re.search(r"\bcountry ?sides? (?:of )?$", self.text[: match.start()]):
                return self.origins[match.start()], self.origins[match.end() - 1] + 1
        return None


def _unaccented(text: str) -> tuple[str, list[int]]:
    """Case and accents folded, apostrophes and hyphens turned into spaces; with original offsets."""
    letters: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(letter):
                letters.append(" " if letter in "-'’`ʿʾ" else letter)
                origins.append(at)
    return "".join(letters), origins


@cache
def place_names(path: Path) -> dict[str, str]:
    """Coded place name -> the name without its kind word, folded."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["ged_name"]: Folded.of(row["name"]).text for row in csv.DictReader(stream)}
