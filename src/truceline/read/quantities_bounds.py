"""The word tables of quantities as patterns, and how the words around a number move its bounds."""

import re
from dataclasses import dataclass, replace
from functools import cache

from truceline.model.quantity import Quantity, Unit
from truceline.model.span import Span
from truceline.read.quantities_spots import first_words
from truceline.read.quantities_words import one_of, tables, values_of

Bounds = tuple[float | None, float | None]

_FARTHEST = 28  # characters before a number in which a word that moves it may stand
_BETWEEN = re.compile(r"\b(?:(?:anywhere|ranging)\s+)?(?:between|from)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word tables as patterns; `before` and `after` are anchored at the number."""

    before: re.Pattern[str]
    before_kinds: dict[str, str]
    after: re.Pattern[str]
    after_kinds: dict[str, str]
    percent: re.Pattern[str]
    measures: re.Pattern[str]
    measure_units: dict[str, str]
    money_before: re.Pattern[str]
    money_after: re.Pattern[str]
    currencies: dict[str, str]
    shares: re.Pattern[str]
    share_values: dict[str, str]
    ratios: re.Pattern[str]
    ratio_values: dict[str, str]
    comparisons: re.Pattern[str]
    comparison_values: dict[str, str]
    times_more: re.Pattern[str]
    nothing: re.Pattern[str]
    perhaps: re.Pattern[str]
    share_starts: frozenset[str]
    ratio_starts: frozenset[str]
    comparison_starts: frozenset[str]
    nothing_starts: frozenset[str]
    glued: re.Pattern[str]
    ranging: frozenset[str]
    people: frozenset[str]
    amounts: frozenset[str]
    names: frozenset[str]
    skipped: frozenset[str]
    pairs: frozenset[str]


@cache
def words() -> Words:
    """The tables of en_quantities.toml, compiled once."""
    known = tables("en_quantities")
    before, after = values_of(known["before"]), values_of(known["after"])
    measures, currencies, shares = (values_of(known[name]) for name in ("measures", "currencies", "shares"))
    more = one_of(known["comparisons"]["more"])
    twice = {word: key for key, words in known["comparisons"].items() if key != "more" for word in words}
    return Words(
        before=re.compile(rf"(?:(?<!\w)({one_of(list(before))})\s+|(?<![\w)])(\+)\s?)\Z", re.IGNORECASE),
        before_kinds=before | {"+": "at_least"},
        after=re.compile(rf"\s*({one_of(list(after))})(?!\w)", re.IGNORECASE),
        after_kinds=after,
        percent=re.compile(rf"\s*{one_of(known['percent']['percent'])}(?!\w)", re.IGNORECASE),
        measures=re.compile(rf"[\s\u00a0-]?({one_of(list(measures))})(?![\w·])", re.IGNORECASE),
        measure_units=measures,
        money_before=re.compile(rf"({one_of(list(currencies))})\s?\Z", re.IGNORECASE),
        money_after=re.compile(rf"\s+(?:of\s+)?({one_of(list(currencies))})(?!\w)", re.IGNORECASE),
        currencies=currencies,
        shares=re.compile(
            rf"(?<![\w-])(?:(?P<of>{one_of(list(shares))})(?=\s+(?:of|the)\s)"
            rf"|(?<=\bby\s)(?P<by>{one_of([word for word in shares if ' ' in word or '-' in word])})(?!\w))",
            re.IGNORECASE,
        ),
        share_values=shares,
        ratios=re.compile(rf"(?<![\w-]){one_of(list(values_of(known['ratios'])))}(?![\w-])", re.IGNORECASE),
        ratio_values=values_of(known["ratios"]),
        comparisons=re.compile(rf"(?<![\w-])({one_of(list(twice))})\s+(?:as\s+)?{more}(?!\w)", re.IGNORECASE),
        comparison_values=twice,
        times_more=re.compile(rf"\s+times\s+(?:as\s+)?{more}(?!\w)", re.IGNORECASE),
        nothing=re.compile(
            rf"(?<![\w-])(?:(?P<single>{one_of(known['nothing']['single'])})|{one_of(known['nothing']['words'])})"
            r"(?!\s+of)(?=\s)",
            re.IGNORECASE,
        ),
        perhaps=re.compile(rf"{one_of(known['perhaps']['words'])}(?!\w)", re.IGNORECASE),
        share_starts=first_words(shares),
        ratio_starts=first_words(values_of(known["ratios"])),
        comparison_starts=first_words(twice),
        nothing_starts=first_words([*known["nothing"]["words"], *known["nothing"]["single"]]),
        glued=re.compile(
            rf"(?:(?P<verb>{one_of(known['glued']['verbs'])})|{one_of(known['glued']['nouns'])})(?!\w)", re.IGNORECASE
        ),
        ranging=frozenset(known["ranging"]["words"]),
        people=frozenset(known["people"]["words"]),
        amounts=frozenset(known["amounts"]["words"]),
        names=frozenset(known["names"]["words"]),
        pairs=frozenset(known["both"]["pairs"]),
        skipped=frozenset(known["skipped"]["words"]),
    )


def bounded(text: str, bare: Quantity, *, number_end: int) -> Quantity:
    """The quantity with the words around it that move its bounds; `number_end` is where its number ends."""
    low, high = bare.low, bare.high
    # Of what can be split ('more than 10 km') the next above 10 is not 11.
    step = 1.0 if bare.unit is Unit.COUNT and (low is None or low.is_integer()) else 0.0
    start, bounds = _moved_before(text, bare.span.start, (low, high), step)
    between = _BETWEEN.search(text, max(0, start - 18), start) if high is not None and low != high else None
    end = bare.span.end
    for place in dict.fromkeys((number_end, end)):
        if (after := words().after.match(text, place)) is not None:
            bounds = moved(bounds, words().after_kinds[_written(after[1])], step)
            end = max(end, after.end())
    span = Span(start if between is None else between.start(), end)
    return replace(bare, span=span, low=bounds[0], high=bounds[1])


def _moved_before(text: str, start: int, bounds: Bounds, step: float) -> tuple[int, Bounds]:
    kind = ""
    while (before := words().before.search(text, max(0, start - _FARTHEST), start)) is not None:
        group = 1 if before[1] is not None else 2
        vague, kind = kind == "as_is", words().before_kinds[_written(before[group])]
        if vague and kind == "over":
            break  # 'control over about 40 villages'
        start = before.start(group)
        bounds = moved(bounds, kind, step)
    return start, bounds


def _written(words_found: str) -> str:
    return " ".join(words_found.lower().split())


def moved(bounds: Bounds, kind: str, step: float) -> Bounds:
    """Bounds as a word of `kind` leaves them; `step` is the least difference that can be counted."""
    low, high = bounds
    match kind:
        case "over":
            return (None if low is None else low + (step if high is not None else 0.0)), None
        case "at_least":
            return low, None
        case "under":
            return None, None if high is None else high - step
        case "at_most":
            return None, high
        case _:
            return bounds
