"""Whether a told weapon is of a kind that a term speaks of. Nothing is guessed: a calibre decides, then words."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from truceline.model.agreement import Weapon
from truceline.model.telling import Telling

CALIBRE = re.compile(r"(\d+(?:\.\d+)?)\s*-?\s*(?:mm|millimet(?:re|er)s?)\b", re.IGNORECASE)


class Told(StrEnum):
    """What is told of the weapon, held against the kinds of a term."""

    SUCH = "of such a kind"
    OTHER = "of another kind"
    VAGUE = "too vaguely to say"
    NOT = "not told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Armed:
    """The answer for one term, and the claims and words that give it."""

    told: Told
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def find_armed(
    tellings: Sequence[Telling], wanted: Collection[str], kinds: Mapping[str, Weapon], vague: Sequence[str]
) -> Armed:
    """Whether some tellings name a weapon of one of the `wanted` kinds: one that does is enough."""
    answers = {each.claim: (look_at(each, wanted, kinds, vague), word_weapon(each)) for each in tellings}
    for told in (Told.SUCH, Told.VAGUE, Told.OTHER):
        found = {claim: words for claim, (answer, words) in answers.items() if answer is told}
        if found:
            return Armed(told=told, claims=tuple(found), words=tuple(dict.fromkeys(found.values())))
    return Armed(told=Told.NOT)


def word_weapon(telling: Telling) -> str:
    """The words for the weapon; where none were read apart, the whole claim."""
    return "; ".join(each.words for each in telling.instruments) or telling.quote


def look_at(telling: Telling, wanted: Collection[str], kinds: Mapping[str, Weapon], vague: Sequence[str]) -> Told:
    words = word_weapon(telling)
    answers = [match_kind(words, kinds[kind], kinds) for kind in wanted if kind in kinds]
    for told in (Told.SUCH, Told.VAGUE):
        if told in answers:
            return told
    if not telling.instruments:
        # Words of the claim that name no kind of the term may name no weapon at all.
        return Told.OTHER if Told.OTHER in answers else Told.NOT
    return Told.VAGUE if is_only_vague(words, vague) else Told.OTHER


def is_only_vague(words: str, vague: Sequence[str]) -> bool:
    """Is every weapon among the words one that could be of any kind?"""
    return all(any_of(tuple(vague)).fullmatch(each.strip()) for each in words.split(";"))


def match_kind(words: str, weapon: Weapon, kinds: Mapping[str, Weapon]) -> Told:
    """Is the weapon in these words of this kind?"""
    if any(match_kind(words, kinds[kind], kinds) is Told.SUCH for kind in weapon.but_not if kind in kinds):
        return Told.OTHER
    inner = [match_kind(words, kinds[kind], kinds) for kind in weapon.any_of if kind in kinds]
    if Told.SUCH in inner:
        return Told.SUCH
    calibres = [float(found) for found in CALIBRE.findall(words)]
    if calibres and has_calibre(weapon):
        return Told.SUCH if any(fits_calibre(each, weapon) for each in calibres) else Told.OTHER
    told = hide(words, weapon.not_words)
    if names_any(told, weapon.words):
        return Told.SUCH
    if names_any(told, weapon.unsure) or Told.VAGUE in inner:
        return Told.VAGUE
    return Told.NOT


def has_calibre(weapon: Weapon) -> bool:
    return weapon.calibre_mm_least is not None or weapon.calibre_mm_below is not None


def fits_calibre(calibre: float, weapon: Weapon) -> bool:
    least, below = weapon.calibre_mm_least, weapon.calibre_mm_below
    return (least is None or calibre >= least) and (below is None or calibre < below)


def hide(words: str, hidden: tuple[str, ...]) -> str:
    return any_of(hidden).sub(" ", words) if hidden else words


def names_any(words: str, wanted: tuple[str, ...]) -> bool:
    return bool(wanted) and any_of(wanted).search(words) is not None


@lru_cache(maxsize=1024)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the words or their plurals, their parts joined by a hyphen, a blank or nothing."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(join(each) for each in longest_first(words))})s?(?!\w)", re.IGNORECASE)


def longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def join(words: str) -> str:
    return "[-‐‑ ]?".join(re.escape(part) for part in re.split(r"[- ]", words))
