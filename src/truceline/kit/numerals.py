"""English numbers in words and digits."""

import re

UNITS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: number for number, word in enumerate(UNITS)} | {word: 10 * at for at, word in enumerate(TENS, start=2)}
VALUES = SMALL | {f"{ten}-{unit}": SMALL[ten] + SMALL[unit] for ten in TENS for unit in UNITS[1:10]}

# The longest first, so that 'twenty-one' is not read as 'twenty'.
NUMERAL = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(sorted(VALUES, key=len, reverse=True))})"
FINDER = re.compile(rf"\b{NUMERAL}\b", re.IGNORECASE)


def parse_numeral(word: str) -> int:
    """'12', '1,200', 'twelve' and 'twenty-one' as numbers."""
    plain = word.replace(",", "").casefold()
    return int(plain) if plain.isdigit() else VALUES[plain]
