"""The words that name somebody, without what only leads up to them or says what they are like."""

import re
from dataclasses import dataclass

from truceline.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorHit:
    """A name in a text. `is_country`: the alias is a country's bare name, which may mean the place.

    `is_seat`: it is a city or a building that may stand for whom it seats; `is_generic`: 'the army', which means whom
    the text is about, and this actor only where it is about nobody.
    """

    span: Span
    actor_id: str
    alias: str
    is_country: bool = False
    is_seat: bool = False
    is_generic: bool = False

    @property
    def may_be_place(self) -> bool:
        return self.is_country or self.is_seat


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorGuess:
    """`actor` is an id, None where the words do not support one; `runners_up` are ids that came close."""

    actor: str | None
    reason: str
    runners_up: tuple[str, ...] = ()


_LEADING = re.compile(
    r"^(?:(?:the|a|an|some|several|many|few|about|around|nearly|almost|over|under|at least|at most|up to|more than|"
    r"less than|fewer than|dozens of|hundreds of|thousands of|scores of|group of|members of|elements of|"
    r"two|three|four|five|six|seven|eight|nine|ten|[\d.,]+)\s+)+",
    re.IGNORECASE,
)
# Words that begin what is said of a noun behind it ("armed groups partly made up of …", "civilians in Aleppo").
_BEHIND = frozenset(
    {
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
    }
)
# "U.S.-supported forces", "pro-government militias": who stands behind them, not who they are.
_BACKERS = re.compile(
    r"(?:\b(?:pro|anti)[-‑][\w.]+|[\w.]+[-‑](?:backed|supported|led|aligned|funded|trained|allied|made|sponsored|affiliated|"
    r"linked|armed|equipped|held|controlled))\s+",
    re.IGNORECASE,
)


def head_of(folded: list[str]) -> list[str]:
    """The folded words up to what is only said of them."""
    cut = next((at for at, word in enumerate(folded) if at and word in _BEHIND), len(folded))
    return folded[:cut]


def is_definite(words: str) -> bool:
    """Whether the words can point back to somebody named: 'the centre', not 'U.S.-supported forces'."""
    pointing = re.match(r"\W*(?:the|this|that|these|those)\b", words, re.IGNORECASE)
    return pointing is not None and not _BACKERS.search(words)


def strip_words(words: str) -> str:
    """Without article, number and backers."""
    bare = _BACKERS.sub("", words.strip().strip("\"“”'‘’«»()[],.;: "))
    return _LEADING.sub("", bare) if not bare.isupper() else bare
