"""Quantities in a parsed text: how many of what, with the bounds the wording gives and no others.

| wording | low | high |
|---|--:|--:|
| 12, about 12, some 12, 12 or so | 12 | 12 |
| more than 12, over 12 | 13 | |
| at least 12, 12 or more, 12+, +12 | 12 | |
| fewer than 12, nearly 12, almost 12 | | 11 |
| up to 12, as many as 12 | | 12 |
| 12 to 15, between 12 and 15 | 12 | 15 |
| dozens, scores, hundreds, several, a handful | 24, 40, 200, 3 | |

'About' sets no bound of its own, so its number stands; the span keeps the word. 'Nearly 300' is not 300, and how
far below nothing says. 'More than 10 km' has its low bound at 10: what can be split has no next number. Numbers in
dates, hours, ages, names ('Resolution 2254') and ordinals are no quantities.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from truceline.model.quantity import Quantity, Unit
from truceline.model.span import Span
from truceline.model.when import When
from truceline.read.quantities_bounds import bounded, words
from truceline.read.quantities_counted import Counted, counted, subject_of, token_at
from truceline.read.quantities_shares import compared, find_nothings, find_ratios, find_shares
from truceline.read.quantities_spots import digit_starts, starts_of
from truceline.read.quantities_words import Number, scanner
from truceline.read.sentences import text_of
from truceline.read.times import find_times

if TYPE_CHECKING:
    from truceline.read.table import Doc

# Any day will do: only where times stand matters here.
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_GOING_ON = re.compile(r",?\s+(?:(?:and|or|but)\s+)?", re.IGNORECASE)
_IN_LIST = frozenset({"and", ",", "or"})
_GLUED_ON = re.compile(r"\w|-\w|[.,]\d|\]")
_DEGREES = re.compile(r"\.\d{3,}\Z")
_ERA = re.compile(r"\s*(?:B\.?C|A\.?D)\b")


def find_quantities(doc: "Doc", *, times: Iterable[When] | None = None) -> Iterator[Quantity]:
    """Every quantity of a parsed text, in its order; `times` found already spare looking for them again."""
    if times is None:
        times = find_times(text_of(doc), published_at=_SOME_DAY)
    taken = sorted(when.span for when in times if when.span is not None)
    # Of two over the same words the first stands: 'two thirds' is a share before it counts thirds.
    found = [*find_shares(doc), *find_ratios(doc), *_numbers(doc, taken), *find_nothings(doc)]
    yield from _merged(text_of(doc), _apart(sorted(found, key=lambda each: (each.span.start, -each.span.end))))


def _apart(found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Those that begin after the one before has ended."""
    reached = 0
    for quantity in found:
        if quantity.span.start >= reached:
            reached = quantity.span.end
            yield quantity


def _merged(text: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """'Six, perhaps seven sailors', 'at least seven and perhaps as many as nine': two ends of one number."""
    kept: Quantity | None = None
    for quantity in found:
        if kept is not None and _goes_on(text, kept, quantity):
            kept = replace(quantity, span=Span(kept.span.start, quantity.span.end), low=kept.low)
            continue
        if kept is not None:
            yield kept
        kept = quantity
    if kept is not None:
        yield kept


def _goes_on(text: str, first: Quantity, second: Quantity) -> bool:
    gap = text[first.span.end : second.span.start]
    if first.of or first.low is None or first.unit is not Unit.COUNT or second.unit is not Unit.COUNT:
        return False
    if not _GOING_ON.fullmatch(gap) or not words().perhaps.match(text, second.span.start):
        return False
    farther = second.low if second.high is None else second.high
    return farther is not None and farther > first.low


def _numbers(doc: "Doc", taken: Sequence[Span]) -> Iterator[Quantity]:
    pending: Number | None = None
    text = text_of(doc)
    starts = sorted({*starts_of(doc, scanner().starts), *digit_starts(text)})
    numbers = [each for each in scanner().find(text, starts) if not _in_time(each, taken)]
    for number, after in zip(numbers, [*numbers, None][1:], strict=True):
        if pending is not None:
            joined, pending = _joined(pending, number), None
            yield from _quantity(doc, joined)
        elif after is not None and _is_range(doc, number, after):
            pending = number
        else:
            yield from _quantity(doc, number)


def _in_time(number: Number, taken: Sequence[Span]) -> bool:
    """Whether one of the times, in order and apart from each other, holds part of the number."""
    at = bisect_left(taken, number.end, key=lambda span: span.start)
    return at > 0 and taken[at - 1].end > number.start


# --- ranges -----------------------------------------------------------------------------------------------------


def _is_range(doc: "Doc", first: Number, second: Number) -> bool:
    """'15 to 20', '15-20', 'two or three', 'between 15 and 20', 'From 15 to 20 shells'; not 'rose from 15 to 20'."""
    text = text_of(doc)
    if second.start - first.end > len(" and "):
        return False
    gap = text[first.end : second.start].strip().lower()
    if first.high is None or second.high is None or _scaled(first, second) >= second.low:
        return False
    lead = text[max(0, first.start - 24) : first.start].lower().split()
    if gap == "and":
        return lead[-1:] == ["between"]
    if lead[-1:] == ["from"]:
        free = lead[-2:-1] != [] and lead[-2] in words().ranging
        return gap == "to" and (free or _opens_with_from(doc, first.start)) and counted(doc, second.end)[1] is not None
    return gap in {"-", "–", "—", "to", "or"}


def _opens_with_from(doc: "Doc", start: int) -> bool:
    """Whether nothing before the 'from' could have moved from one number to the other."""
    at = token_at(doc, start)
    return at - 2 < doc[at].sent.start or doc[at - 2].is_punct


def _joined(first: Number, second: Number) -> Number:
    """One number from the first to the second; in 'six to eight thousand' both are thousands."""
    return replace(second, start=first.start, low=_scaled(first, second))


def _scaled(first: Number, second: Number) -> float:
    shared = first.scale == 1.0 < second.scale and second.high is not None and first.low < second.high / second.scale
    return first.low * second.scale if shared else first.low


# --- one number -------------------------------------------------------------------------------------------------


def _quantity(doc: "Doc", number: Number) -> Iterator[Quantity]:
    """At most one quantity; none where the number names something, or is glued to what is no unit."""
    text, known = text_of(doc), words()
    if (percent := known.percent.match(text, number.end)) is not None:
        of = counted(doc, percent.end())
        if of[1] is None and text[: number.start][-3:].lower() == "by ":
            of = subject_of(doc, number.start)
        yield _made(text, number, percent.end(), Unit.PERCENT, of)
    elif (money := _money(text, number)) is not None:
        yield money
    elif (measure := known.measures.match(text, number.end)) is not None and _stands_alone(text, measure.end()):
        if known.measure_units[" ".join(measure[1].lower().split())] != "mm":  # a calibre, as good as always
            yield _made(text, number, measure.end(), Unit.MEASURE, (measure[1], Span(*measure.span(1))))
    elif (times := known.times_more.match(text, number.end)) is not None:
        yield _made(text, number, times.end(), Unit.RATIO, compared(doc, times.end()))
    else:
        yield from _count(doc, number)


def _count(doc: "Doc", number: Number) -> Iterator[Quantity]:
    text = text_of(doc)
    after = words().after.match(text, number.end)
    if after is None and not _stands_alone(text, number.end):
        return
    glued = words().glued.match(text, number.end)
    if glued is not None:
        of: Counted = ("", None) if glued["verb"] is not None else (glued[0], Span(*glued.span()))
    else:
        of = counted(doc, number.end if after is None else after.end())
    if not _names(doc, number, counts=of[1] is not None):
        end = number.end if of[1] is None else max(of[1].end, number.end)
        yield _made(text, number, end, Unit.COUNT, of)


def _money(text: str, number: Number) -> Quantity | None:
    known = words()
    before = known.money_before.search(text, max(0, number.start - 6), number.start)
    after = known.money_after.match(text, number.end)
    sign = before or after
    if sign is None:
        return None
    start = number.start if before is None else before.start(1)
    end = number.end if after is None else after.end()
    currency = known.currencies[" ".join(sign[1].lower().split())]
    return _made(text, replace(number, start=start), end, Unit.MONEY, (currency, Span(sign.start(1), sign.end(1))))


def _made(text: str, number: Number, end: int, unit: Unit, of: Counted) -> Quantity:
    bare = Quantity(span=Span(number.start, end), low=number.low, high=number.high, of=of[0], unit=unit, of_span=of[1])
    return bounded(text, bare, number_end=number.end)


def _stands_alone(text: str, end: int) -> bool:
    """Nothing glued on that makes it an ordinal, a coordinate, a version or half a word; '5killed' is a slip."""
    after = text[end : end + 2]
    if after[:1] in {"°", "/", ":", "′", "″", ")"} and not after[1:].isspace():
        return after[:1] == ")" and not re.search(r"[\[(]\d+\Z", text[:end][-6:])
    return _GLUED_ON.match(text, end) is None or words().glued.match(text, end) is not None


def _names(doc: "Doc", number: Number, *, counts: bool) -> bool:
    """'Resolution 2254', 'No. 5', a list's '3.': a number that is a name."""
    text = text_of(doc)
    if not number.digits and _is_pronoun(doc, number, counts=counts):
        return True
    if _ERA.match(text, number.end) or _is_coordinate(text, number):
        return True
    first = token_at(doc, number.start)
    opens = doc[first].sent.start
    while first - 2 >= opens and doc[first - 1].lower_ in _IN_LIST and doc[first - 2].like_num:
        first -= 2  # 'Resolutions 2254 and 2268'
    before = doc[first - 1] if first > opens else None
    if before is None:
        return number.digits and re.match(r"[.)]\s", text[number.end : number.end + 2]) is not None
    if before.lower_ in words().names:
        return True
    titled = (number.digits or text[number.start].isupper()) and before.pos_ == "PROPN" and before.is_title
    return titled and not counts and _hangs_on(doc, number, first)


def _is_pronoun(doc: "Doc", number: Number, *, counts: bool) -> bool:
    """'One' counts only before its noun and in 'one of them', 'both' only before a plural that nothing is added to."""
    written = text_of(doc)[number.start : number.end].lower()
    after = doc[min(token_at(doc, number.end - 1) + 1, len(doc) - 1)]
    if written == "both":
        following = after.nbor().lower_ if after.i + 1 < len(doc) else ""
        pair = after.lower_ in words().pairs or after.tag_ not in {"NNS", "NNPS"}
        return not counts or pair or following == "and"
    if number.low == number.high == 1:
        of_whom = after.lower_ == "of" and after.i + 1 < len(doc) and after.nbor().lower_ in {"them", "whom", "us"}
        return not counts or (after.lower_ == "of" and not of_whom)
    return False


def _hangs_on(doc: "Doc", number: Number, first: int) -> bool:
    """Whether the number depends on the word before the token `first`, as in a name."""
    span = doc[token_at(doc, number.start) : token_at(doc, number.end - 1) + 1]
    return bool(span.root.head.i == first - 1)


def _is_coordinate(text: str, number: Number) -> bool:
    """Three decimals or more and nothing counted: degrees, frequencies, versions."""
    return number.digits and _DEGREES.search(text, number.start, number.end) is not None
