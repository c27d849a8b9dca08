"""Quantities in a parsed text: how many of what, with the bounds the wording gives and no others.

| wording | low | high |
|---|--:|--:|
| 12, about 12, some 12 | 12 | 12 |
| more than 12, over 12 | 13 | |
| at least 12, 12 or more | 12 | |
| fewer than 12, nearly 12, almost 12 | | 11 |
| up to 12, as many as 12 | | 12 |
| 12 to 15, between 12 and 15 | 12 | 15 |
| dozens, scores, hundreds, several | 24, 40, 200, 3 | |

'About' sets no bound of its own, so its number stands; the span keeps the word. 'Nearly 300' is not 300, and how
far below nothing says. Numbers in dates, hours, ages, names ('Resolution 2254') and ordinals are no quantities.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from truceline.model.quantity import Quantity, Unit
from truceline.model.span import Span
from truceline.model.when import When
from truceline.read.quantities_words import Number, one_of, scanner, tables, values_of
from truceline.read.sentences import text_of
from truceline.read.times import find_times

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

Bounds = tuple[float | None, float | None]

# Any day will do: only where times stand matters here.
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_OTHER_SCRIPT = re.compile(r"[\u0400-\u06ff]")  # Cyrillic to Arabic
_LONGEST_NAME = 6  # tokens between a number and what it counts


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
    nothing: re.Pattern[str]
    people: frozenset[str]
    amounts: frozenset[str]
    names: frozenset[str]


@cache
def words() -> Words:
    """The tables of en_quantities.toml, compiled once."""
    known = tables("en_quantities")
    before, after = values_of(known["before"]), values_of(known["after"])
    measures, currencies, shares = (values_of(known[name]) for name in ("measures", "currencies", "shares"))
    return Words(
        before=re.compile(rf"(?<!\w)({one_of(list(before))})\s+\Z", re.IGNORECASE),
        before_kinds=before,
        after=re.compile(rf"\s*({one_of(list(after))})(?!\w)", re.IGNORECASE),
        after_kinds=after,
        percent=re.compile(rf"\s*{one_of(known['percent']['percent'])}(?!\w)", re.IGNORECASE),
        measures=re.compile(rf"[\s\u00a0-]?({one_of(list(measures))})(?![\w·])", re.IGNORECASE),
        measure_units=measures,
        money_before=re.compile(rf"({one_of(list(currencies))})\s?\Z", re.IGNORECASE),
        money_after=re.compile(rf"\s+(?:of\s+)?({one_of(list(currencies))})(?!\w)", re.IGNORECASE),
        currencies=currencies,
        shares=re.compile(rf"(?<![\w-])({one_of(list(shares))})(?=\s+(?:of|the)\s)", re.IGNORECASE),
        share_values=shares,
        ratios=re.compile(rf"(?<![\w-]){one_of(list(values_of(known['ratios'])))}(?![\w-])", re.IGNORECASE),
        ratio_values=values_of(known["ratios"]),
        nothing=re.compile(rf"(?<![\w-]){one_of(known['nothing']['words'])}(?=\s)", re.IGNORECASE),
        people=frozenset(known["people"]["words"]),
        amounts=frozenset(known["amounts"]["words"]),
        names=frozenset(known["names"]["words"]),
    )


def find_quantities(doc: "Doc", *, times: Iterable[When] | None = None) -> Iterator[Quantity]:
    """Every quantity of a parsed text, in its order; `times` found already spare looking for them again."""
    if times is None:
        times = find_times(text_of(doc), published_at=_SOME_DAY)
    taken = sorted(when.span for when in times if when.span is not None)
    found = [*_numbers(doc, taken), *_shares(text_of(doc)), *_ratios(doc), *_nothings(doc)]
    reached = 0
    for quantity in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if quantity.span.start >= reached:
            reached = quantity.span.end
            yield quantity


# --- numbers ----------------------------------------------------------------------------------------------------


def _numbers(doc: "Doc", taken: Sequence[Span]) -> Iterator[Quantity]:
    pending: Number | None = None
    numbers = [each for each in scanner().find(text_of(doc)) if not _in_time(each, taken)]
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


def _is_range(doc: "Doc", first: Number, second: Number) -> bool:
    """'15 to 20', '15-20', 'two or three', 'between 15 and 20', 'From 15 to 20 shells'; not 'rose from 15 to 20'."""
    text = text_of(doc)
    gap = text[first.end : second.start].strip().lower()
    lead = text[max(0, first.start - 9) : first.start].lower().split()
    if first.high is None or second.high is None or first.low >= second.low:
        return False
    if gap == "and":
        return lead[-1:] == ["between"]
    if lead[-1:] == ["from"]:
        return gap == "to" and _opens_with_from(doc, first.start) and _counted(doc, second.end)[1] is not None
    return gap in {"-", "–", "—", "to", "or"}


def _opens_with_from(doc: "Doc", start: int) -> bool:
    """Whether nothing before the 'from' could have moved from one number to the other."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span is not None and (span.start - 2 < span.sent.start or doc[span.start - 2].is_punct)


def _joined(first: Number, second: Number) -> Number:
    return Number(start=first.start, end=second.end, low=first.low, high=second.high, digits=second.digits)


def _quantity(doc: "Doc", number: Number) -> Iterator[Quantity]:
    """At most one quantity; none where the number names something, or is glued to what is no unit."""
    text = text_of(doc)
    known = words()
    if (percent := known.percent.match(text, number.end)) is not None:
        of = _counted(doc, percent.end())
        if of[1] is None and text[: number.start].lower().endswith("by "):
            of = _subject_of(doc, number.start)
        yield _made(text, number, percent.end(), Unit.PERCENT, *of)
    elif (money := _money(text, number)) is not None:
        yield money
    elif (measure := known.measures.match(text, number.end)) is not None and _stands_alone(text, measure.end()):
        if known.measure_units[" ".join(measure[1].lower().split())] != "mm":  # a calibre, as good as always
            yield _made(text, number, measure.end(), Unit.MEASURE, measure[1], Span(*measure.span(1)))
    elif not _names(doc, number):
        after = known.after.match(text, number.end)
        if after is None and not _stands_alone(text, number.end):
            return
        noun, span = _counted(doc, number.end if after is None else after.end())
        yield _made(text, number, number.end if span is None else span.end, Unit.COUNT, noun, span)


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
    shifted = Number(start=start, end=number.end, low=number.low, high=number.high, digits=number.digits)
    return _made(text, shifted, end, Unit.MONEY, currency, Span(sign.start(1), sign.end(1)))


def _stands_alone(text: str, end: int) -> bool:
    """Nothing glued on that makes it an ordinal, a coordinate, a version or half a word; '100+' is fine."""
    after = text[end : end + 2]
    if after[:1] in {"°", "/", ":", "′", "″", ")"} and not after[1:].isspace():
        return after[:1] == ")" and not re.search(r"[\[(]\d+\Z", text[:end][-6:])
    return re.match(r"\w|-\w|[.,]\d|\]", after) is None


def _names(doc: "Doc", number: Number) -> bool:
    """'Resolution 2254', 'No. 5', a list's '3.': a number that is a name. 'One' is one only before its noun."""
    text = text_of(doc)
    span = doc.char_span(number.start, number.end, alignment_mode="expand")
    if span is None:
        return True
    if number.low == number.high == 1 and not number.digits:
        after = doc[span.end] if span.end < len(doc) else None
        if _counted(doc, number.end)[1] is None or (after is not None and after.lower_ == "of"):
            return True
    if re.match(r"\s*(?:B\.?C|A\.?D)\b", text[number.end : number.end + 6]) or _is_coordinate(text, number):
        return True
    first = span.start
    while first - 2 >= span.sent.start and doc[first - 1].lower_ in {"and", ",", "or"} and doc[first - 2].like_num:
        first -= 2  # 'Resolutions 2254 and 2268'
    before = doc[first - 1] if first > span.sent.start else None
    if before is None:
        return number.digits and re.match(r"[.)]\s", text[number.end : number.end + 2]) is not None
    if before.lower_ in words().names:
        return True
    counts = _counted(doc, number.end)[1] is not None
    return number.digits and before.pos_ == "PROPN" and before.is_title and not counts and span.root.head == before


def _is_coordinate(text: str, number: Number) -> bool:
    """Three decimals or more and nothing counted: degrees, frequencies, versions."""
    return number.digits and re.search(r"\.\d{3,}\Z", text[number.start : number.end]) is not None


def _counted(doc: "Doc", end: int) -> tuple[str, Span | None]:
    """The noun that a number ending at `end` counts, as worded, with where it stands; "" where none follows."""
    after = _first_after(doc, end)
    tokens = _name_from(doc, after)
    if not tokens:
        return "", None
    end = tokens[-1].idx + len(tokens[-1].text.rstrip("….,"))
    span = Span(tokens[0].idx, max(end, tokens[0].idx + 1))
    return span.of(text_of(doc)), span


def _first_after(doc: "Doc", end: int) -> int:
    """The index of the first token of the name: past 'of the', 'more', quotation marks."""
    span = doc.char_span(end - 1, end, alignment_mode="expand")
    at = len(doc) if span is None else span.end
    while at < len(doc) and doc[at].lower_ in {
        "of",
        "the",
        "their",
        "its",
        "his",
        "more",
        "other",
        "“",
        '"',
        "additional",
    }:
        at += 1
    return at


def _name_from(doc: "Doc", at: int) -> "list[Token]":
    """Adjectives and nouns in a row, up to the last noun; a past participle counts between two of them."""
    kept: list[Token] = []
    for token in doc[at : min(len(doc), at + _LONGEST_NAME)]:
        joins = token.pos_ in _INSIDE or token.text == "-" or (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod")
        foreign = bool(kept) and _OTHER_SCRIPT.search(token.text) is not None  # no tagger: one word only
        if not joins or foreign or (token.pos_ == "NUM" and not kept) or token.is_sent_start is True:
            break
        kept.append(token)
    while kept and kept[-1].pos_ not in _NOUNS:
        kept.pop()
    if not kept and at < len(doc) and doc[at].lower_ in words().people:
        return [doc[at]]
    return kept


def _made(text: str, number: Number, end: int, unit: Unit, of: str, of_span: Span | None) -> Quantity:
    """The quantity with the words around it that move its bounds."""
    known = words()
    start, low, high = number.start, number.low, number.high
    bounds: Bounds = (low, high)
    kind = ""
    while (before := known.before.search(text, max(0, start - 24), start)) is not None:
        vague, kind = kind == "as_is", known.before_kinds[" ".join(before[1].lower().split())]
        if vague and kind == "over":
            break  # 'control over about 40 villages'
        start = before.start(1)
        bounds = _moved(bounds, kind, whole=low.is_integer())
    between = re.search(r"(?i)\b(?:between|from)\s+\Z", text[max(0, start - 9) : start])
    start -= len(between[0]) if between is not None and high is not None and low != high else 0
    for place in dict.fromkeys((number.end, end)):
        if (after := known.after.match(text, place)) is not None:
            bounds = _moved(bounds, known.after_kinds[" ".join(after[1].lower().split())], whole=True)
            end = max(end, after.end())
    return Quantity(span=Span(start, end), low=bounds[0], high=bounds[1], of=of, unit=unit, of_span=of_span)


def _moved(bounds: Bounds, kind: str, *, whole: bool) -> Bounds:
    low, high = bounds
    step = 1.0 if whole else 0.0
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


# --- shares and ratios ------------------------------------------------------------------------------------------


def _shares(text: str) -> Iterator[Quantity]:
    """'A third of the city': a share in percent."""
    for match in words().shares.finditer(text):
        value = float(words().share_values[" ".join(match[1].lower().split())])
        yield Quantity(span=Span(*match.span(1)), low=value, high=value, of="", unit=Unit.PERCENT)


def _ratios(doc: "Doc") -> Iterator[Quantity]:
    """'Have tripled', 'rose fivefold', 'fell by half': a ratio, of what its subject names."""
    for match in words().ratios.finditer(text_of(doc)):
        value = float(words().ratio_values[" ".join(match[0].lower().split())])
        token = doc.char_span(match.start(), match.start() + 1, alignment_mode="expand")
        if token is None or token[0].dep_ == "amod":
            continue  # 'a doubled guard' compares nothing
        of, of_span = _subject_of(doc, match.start())
        yield Quantity(span=Span(*match.span()), low=value, high=value, of=of, unit=Unit.RATIO, of_span=of_span)


def _subject_of(doc: "Doc", start: int) -> tuple[str, Span | None]:
    """What the verb at or over an offset is said of, as worded; "" where it has neither subject nor object."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    if span is None:
        return "", None
    for verb in (span[0], *span[0].ancestors):
        noun = next((each for each in verb.children if each.dep_ in {"nsubj", "nsubjpass", "dobj"}), None)
        if noun is None or verb.pos_ not in {"VERB", "AUX"}:
            continue
        if noun.lower_ in words().amounts:
            noun = next((each for each in noun.subtree if each.dep_ == "pobj"), noun)
        of_span = _phrase(noun)
        return of_span.of(text_of(doc)), of_span
    return "", None


def _phrase(noun: "Token") -> Span:
    """A noun with what stands right before it and belongs to it."""
    first = noun
    for token in reversed(list(noun.lefts)):
        if token.dep_ not in {"amod", "compound", "nmod", "nummod"}:
            break
        first = token
    return Span(first.idx, noun.idx + len(noun))


# --- nothing and nobody -----------------------------------------------------------------------------------------


def _nothings(doc: "Doc") -> Iterator[Quantity]:
    """'No civilians', 'none of the drivers': zero of what can be counted, which only a plural shows."""
    for match in words().nothing.finditer(text_of(doc)):
        tokens = _name_from(doc, _first_after(doc, match.end()))
        if tokens and tokens[-1].tag_ in {"NNS", "NNPS"}:
            span = Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
            of = span.of(text_of(doc))
            yield Quantity(span=Span(match.start(), span.end), low=0.0, high=0.0, of=of, of_span=span)
