"""By when a prediction, a promise or a demand can be told right or wrong, from the times that it states."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from truceline.model.claim import Horizon, Mood
from truceline.model.span import Span
from truceline.model.when import TimexType, When
from truceline.vocab.load import load_toml

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

_ENDS = frozenset({"end", "close"})  # 'before the end of the month' is until the month is over
WEEK = timedelta(days=7)
AHEAD = frozenset({Mood.PREDICTION, Mood.PROMISE, Mood.DEMAND, Mood.HYPOTHETICAL, Mood.QUESTION, Mood.OPINION})
LENGTH = re.compile(
    r"P(?:(?P<years>[\d.]+)Y)?(?:(?P<months>[\d.]+)M)?(?:(?P<weeks>[\d.]+)W)?(?:(?P<days>[\d.]+)D)?"
    r"(?:T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:[\d.]+S)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The words that say how a time bounds what is to come; `lengths` stand in for uncounted ones."""

    lengths: Mapping[str, str]
    within: frozenset[str]
    by: frozenset[str]
    after: frozenset[str]


@cache
def load_bounds(language: str = "en") -> Bounds:
    """The [horizon] table of vocab/cues/<language>_certainty.toml."""
    table = load_toml(f"cues/{language}_certainty.toml")["horizon"]
    sets = {name: frozenset(table[name].split()) for name in ("within", "by", "after")}
    return Bounds(lengths={name: each for name, each in table.items() if name not in sets}, **sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When it was said: an instant, or a day from `start` to `end`."""

    start: datetime
    end: datetime


def said_at(times: Sequence[When], spoken: Sequence[int | None], published_at: datetime | None) -> Moment | None:
    """The day that the text gives for the saying, innermost first; else the publication."""
    for index in spoken:
        when = None if index is None else times[index]
        if when is not None and when.start is not None and when.end is not None:
            return Moment(start=when.start, end=when.end)
    return None if published_at is None else Moment(start=published_at, end=published_at)


def horizon_of(
    trigger: "Token", within: Sequence[Span], times: Sequence[When], said: Moment | None, doc: "Doc"
) -> Horizon | None:
    """The stretch that the nearest time in the event's sentence leaves; None where none lies ahead.

    `within` are the pieces that the innermost speaker said, nothing for the author's own words.
    """
    bounds, near = load_bounds(), []
    start, end = trigger.sent.start_char, trigger.sent.end_char
    for when in times:
        span = when.span
        if span is None or not start <= span.start < end or when.type is TimexType.SET:
            continue
        if within and not any(piece.covers(span) for piece in within):
            continue
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        found = None if tokens is None else _stretch(when, span, list(tokens), said, bounds)
        if tokens is not None and found is not None:
            near.append((_arcs(tokens.root, trigger), abs(span.start - trigger.idx), found))
    return min(near, key=lambda each: each[:2])[2] if near else None


def _stretch(when: When, span: Span, words: Sequence["Token"], said: Moment | None, bounds: Bounds) -> Horizon | None:
    first = words[0]
    before = first.nbor(-1).lower_ if first.i > first.sent.start else ""
    if before in {"the", "a", "of"} and first.i > first.sent.start + 1:
        before = first.nbor(-2).lower_
    if when.start is not None and when.end is not None:
        if first.lower_ in bounds.within and said is not None:  # 'in three days': from now until then
            return Horizon(span=span, start=said.start, end=when.end)
        ends = any(word.lower_ in _ENDS for word in words)
        return _placed(when.start, when.end, span, "by" if ends and before == "before" else before, said, bounds)
    if said is None or when.type is not TimexType.DURATION:
        return None
    after = _added(said.end, bounds.lengths.get(when.value, when.value))
    ahead = before in bounds.within | bounds.by or _has_infinitive(first)
    return Horizon(span=span, start=said.start, end=after) if ahead and after is not None else None


def _placed(
    start: datetime, end: datetime, span: Span, before: str, said: Moment | None, bounds: Bounds
) -> Horizon | None:
    if said is not None and end <= said.start:
        if before not in bounds.by | bounds.after or said.start - start > WEEK:
            return None
        start, end = start + WEEK, end + WEEK  # 'vowed to leave by Friday': of the days of that name the coming one
    if before in bounds.by:
        until = start if before == "before" else end
        return None if said is None else Horizon(span=span, start=said.start, end=until)
    if before in bounds.after:
        return Horizon(span=span, start=end if before != "from" else start, end=None)
    return Horizon(span=span, start=start if said is None else max(start, said.start), end=end)


def _has_infinitive(first: "Token") -> bool:
    """'Gave them 72 hours to leave'."""
    noun = first if first.pos_ in {"NOUN", "PROPN"} else first.head
    follows = (child for each in (noun, noun.head) for child in each.children if child.i > first.i)
    return any(child.tag_ == "VB" and child.dep_ in {"relcl", "acl", "xcomp", "advcl"} for child in follows)


def _added(moment: datetime, length: str) -> datetime | None:
    """The moment a TIMEX3 length later, by the calendar; None for a length without a number."""
    found = LENGTH.fullmatch(length)
    if found is None or not any(found.groups()):
        return None
    part = {name: float(value) for name, value in found.groupdict(default="0").items()}
    try:
        ahead = _months_later(moment, round(12 * part["years"] + part["months"]))
        days = 7 * part["weeks"] + part["days"]
        return ahead + timedelta(days=days, hours=part["hours"], minutes=part["minutes"])
    except (OverflowError, ValueError):
        return None


def _months_later(moment: datetime, count: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + count, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _arcs(one: "Token", other: "Token") -> int:
    """Steps between two words in the parse."""
    above = {each.i: steps for steps, each in enumerate((one, *one.ancestors))}
    return next(
        (steps + above[each.i] for steps, each in enumerate((other, *other.ancestors)) if each.i in above), len(above)
    )
