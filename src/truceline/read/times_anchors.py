"""What a time is counted from: words of direction, the nearest of several choices, and how a draft comes of it."""

import re
from datetime import date, datetime, timedelta

from truceline.model.when import Basis, TimexType
from truceline.read.times_calendar import Grain, Stretch
from truceline.read.times_grammar import Context, Draft, Found
from truceline.read.times_words import lexicon

# How much further off a coming month may lie than a past one before the past is meant after all.
FUTURE_PENALTY = 2.0
_FAR_TOKENS = 14  # how far from a date a word still decides between past and future
TOWARDS = {"last": -1, "this": 0, "next": 1}
_THIRDS = {"early": 0, "earlier": 0, "mid": 1, "late": 2}


def direction_word(found: Found) -> str | None:
    """'last', 'this' or 'next'; in 'this past Friday' and 'this coming Sunday' the second word decides."""
    minutes = found.groups.get("past", ())  # 'half past two' looks back at no day
    said = [
        token.meanings.get("after_dir", name)
        for token in found.tokens[found.first : found.last]
        if token not in minutes
        for name in (*TOWARDS, "after_dir")
        if name in token.meanings
    ]
    return said[-1] if said else None


def named_direction(found: Found, group: str) -> str:
    """'last', 'this' or 'next' under a name of its own ('last year' in '5 May last year')."""
    return next(name for name in TOWARDS if found.get(group, name) is not None)


def looks_ahead(found: Found) -> bool | None:
    """Whether the nearest telling word of the sentence puts the time ahead; None where no word tells."""
    known = lexicon()
    best: tuple[int, bool] | None = None
    for step, start in ((-1, found.first - 1), (1, found.last)):
        for distance in range(_FAR_TOKENS):
            at = start + step * distance
            if not 0 <= at < len(found.tokens) or "break" in found.tokens[at].meanings:
                break
            text = found.tokens[at].text
            if at and text.endswith("ed") and found.tokens[at - 1].text == "be":
                continue  # 'will be handed over': the word before tells
            if text in known.future or text in known.past or (len(text) > 4 and text.endswith("ed")):
                if best is None or distance < best[0]:
                    best = (distance, text in known.future)
                break
    return None if best is None else best[1]


def nearest(choices: list[Stretch], found: Found, today: date) -> Stretch | None:
    """The nearest one; a coming one has to be clearly nearer unless the words look ahead."""
    ahead = looks_ahead(found)

    def distance(choice: Stretch) -> float:
        days = (choice.day - today).days
        if days <= 0:
            return -days * (FUTURE_PENALTY if ahead else 1.0)
        return days * (1.0 if ahead else FUTURE_PENALTY if ahead is None else 2 * FUTURE_PENALTY)

    return min(choices, key=distance, default=None)


def full_year(found: Found, context: Context) -> int:
    year = found.get("year", "year", "short_year")
    return year if isinstance(year, int) else whole_year(int(year[1:]), context)


def whole_year(two_digits: int, context: Context) -> int:
    """The year meant by two digits: the latest that is not over ten years ahead of publication."""
    latest = (context.published.year if context.published is not None else 2030) + 10
    return latest - (latest - two_digits) % 100


def is_bare_abbreviation(found: Found, name: str) -> bool:
    token = found.groups[name][0]
    return "short" in token.meanings and token.end - token.start == len(token.text)


def drafted(stretch: Stretch, found: Found, basis: Basis) -> Draft:
    kind = TimexType.TIME if stretch.grain in {Grain.PART, Grain.HOUR, Grain.MINUTE, Grain.SECOND} else TimexType.DATE
    start, end = narrowed(stretch, found)
    iso = found.get("iso")
    value = iso.replace(" ", "T") if iso else stretch.value
    return Draft(
        type=kind,
        value=value,
        stretch=stretch,
        start=start,
        end=end,
        basis=basis,
        offset_hours=None if iso is None else _offset_hours(iso),
    )


def _offset_hours(iso: str) -> float | None:
    """Hours from UTC as an ISO instant ends with them: 'Z', '+03:00'."""
    if iso.endswith("Z"):
        return 0.0
    signed = re.search(r"T?\d\d:\d\d.*([+-])(\d\d):?(\d\d)\Z", iso)
    if signed is None:
        return None
    hours = int(signed[2]) + int(signed[3]) / 60
    return -hours if signed[1] == "-" else hours


def narrowed(stretch: Stretch, found: Found) -> tuple[datetime, datetime]:
    """The first, middle or last third of a stretch where 'early', 'mid' or 'late' say so: of a month, ten days."""
    name = next((each for each in _THIRDS if found.get("mod", each) is not None), None) if found.has("mod") else None
    if name is None:
        return stretch.start, stretch.end
    if stretch.grain is Grain.MONTH:
        bounds = (*(stretch.start + timedelta(days=days) for days in (0, 10, 20)), stretch.end)
    else:
        third = (stretch.end - stretch.start) / 3
        bounds = tuple(stretch.start + third * part for part in range(4))
    return bounds[_THIRDS[name]], bounds[_THIRDS[name] + 1]
