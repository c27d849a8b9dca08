"""Words put together as one would say them."""

from collections.abc import Sequence


def sentence(words: str) -> str:
    """The words with a capital first and one full stop."""
    return words[:1].upper() + words[1:].rstrip(". ") + "."


def listed(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
