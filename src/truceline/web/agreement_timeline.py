"""The agreement over time as a small drawing: what holds, who is bound and who is not, local truces."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from truceline.model.agreement import Agreement, Obligation
from truceline.publish import words
from truceline.publish.lookup import Lookup
from truceline.web.timeline import find_ticks

WIDTH, LABELS, STEP = 1000.0, 330.0, 22.0  # of the drawing; where the spans begin; from lane to lane
LEAST = 4.0  # a span of an hour is still seen
NAMED = 46  # characters of a label


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What holds from `start` until `end` (None: not known, or never ended); `told` are other starts told.

    `is_known` says whether anybody knows since when; `holds` whether who stands there is bound. `asks` are the local
    days, first and last, that lead to the register.
    """

    group: str
    label: str
    start: datetime | None
    end: datetime | None
    told: tuple[datetime, ...] = ()
    is_known: bool = True
    holds: bool = True
    asks: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A span as drawn; `heading` opens a group, "" within one."""

    heading: str
    label: str
    words: str
    y: float
    x: float
    width: float
    style: str
    marks: tuple[float, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Lanes under each other, and where months begin."""

    words: str
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    height: float


def draw_agreement(agreement: Agreement, lookup: Lookup) -> Drawing | None:
    """The drawing, as long as the mission watches and what was agreed before it; None where no day is known."""
    spans = list(find_spans(agreement, lookup))
    zone, mission = lookup.zone, lookup.view.mission
    known = [each for span in spans for each in (span.start, *span.told) if each is not None]
    if not known:
        return None
    ends = [span.end for span in spans if span.end is not None]
    first = min(min(known).astimezone(zone).date(), mission.since)
    last = max(max([*known, *ends]).astimezone(zone).date() + timedelta(days=1), mission.until)
    scale = Scale(first=first, last=last, zone=zone)
    lanes = tuple(lanes_of(spans, scale))
    ticks = tuple((LABELS + x * (WIDTH - LABELS) / 1000, said) for x, said in find_ticks(first, last))
    height = lanes[-1].y + STEP
    return Drawing(words=words.period_words(first, last), lanes=lanes, ticks=ticks, height=height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where a moment stands in the drawing."""

    first: date
    last: date
    zone: ZoneInfo

    def x(self, moment: datetime) -> float:
        begin = datetime.combine(self.first, time(), self.zone).astimezone(UTC)
        end = datetime.combine(self.last, time(), self.zone).astimezone(UTC)
        share = (moment - begin) / (end - begin)
        return LABELS + (WIDTH - LABELS) * min(1.0, max(0.0, share))


def find_spans(agreement: Agreement, lookup: Lookup) -> Iterator[Span]:
    """Everything that has a time, in the order of the page below."""
    starts = [each.at for each in agreement.entries]
    first = starts[0] if starts else None
    yield Span(group="The agreement", label="In force", start=first, end=agreement.ends, told=tuple(starts[1:]))
    for each in agreement.versions:
        yield Span(group="The agreement", label=each.name, start=each.begins, end=None)
    yield from term_spans(agreement, first)
    yield from party_spans(agreement, lookup)
    for truce in sorted(agreement.local_truces, key=lambda one: (one.start, one.id)):
        days = truce.start.astimezone(lookup.zone).date(), truce.end.astimezone(lookup.zone).date()
        told = tuple(one.at for one in truce.other_starts)
        yield Span(group="Local truces", label=truce.name, start=truce.start, end=truce.end, told=told, asks=days)


def term_spans(agreement: Agreement, first: datetime | None) -> Iterator[Span]:
    """Terms that hold over the same time share a lane."""
    together: dict[tuple[datetime | None, datetime | None], list[Obligation]] = defaultdict(list)
    for each in agreement.obligations:
        together[each.begins[0] if each.begins else first, each.until or agreement.ends].append(each)
    for (start, end), terms in together.items():
        ids = ", ".join(each.id for each in terms)
        name = f"{terms[0].id}: {terms[0].title}" if len(terms) == 1 else f"{len(terms)} terms: {ids}"
        yield Span(group="Terms", label=name, start=start, end=end)


def party_spans(agreement: Agreement, lookup: Lookup) -> Iterator[Span]:
    """Who accepted, who is left out, and those of whom nobody knows or who never accepted."""
    name, zone = lookup.actor_name, lookup.zone
    for each in agreement.parties:
        start, end = midnight(each.accepted, zone), midnight(each.withdrew, zone)
        yield Span(group="Accepted", label=name(each.actor), start=start, end=end, is_known=each.accepted is not None)
    for one in agreement.excluded:
        start, end = midnight(one.since, zone), midnight(one.until, zone)
        yield Span(
            group="Left out", label=name(one.actor), start=start, end=end, is_known=one.since is not None, holds=False
        )
    for other in agreement.unknown:
        yield Span(group="Not known whether accepted", label=name(other.actor), start=None, end=None, is_known=False)
    for other in agreement.outsiders:
        yield Span(group="Never accepted", label=name(other.actor), start=None, end=None, holds=False)


def midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), zone).astimezone(UTC)


def lanes_of(spans: Sequence[Span], scale: Scale) -> Iterator[Lane]:
    y, group = 0.0, ""
    for span in spans:
        heading = "" if span.group == group else span.group
        y += STEP * (2.1 if heading else 1)
        group = span.group
        x = LABELS if span.start is None else scale.x(span.start)
        end = WIDTH if span.end is None else scale.x(span.end)
        asks = span.asks
        yield Lane(
            heading=heading,
            label=span.label if len(span.label) <= NAMED else f"{span.label[: NAMED - 1].rstrip()}…",
            words=f"{span.group}: {span.label}, {span_words(span, scale.zone)}",
            y=round(y, 1),
            x=round(x, 1),
            width=round(max(LEAST, end - x), 1),
            style="held" if span.is_known and span.holds else "left-out" if span.is_known else "unknown",
            marks=tuple(round(scale.x(each), 1) for each in span.told),
            href="" if asks is None else f"?from={asks[0]}&to={asks[1]}",
        )


def span_words(span: Span, zone: ZoneInfo) -> str:
    """'from 5 May 2016, 01:00 (UTC+3) until …'"""
    if span.start is None:
        return "day not known" if not span.is_known else "throughout"
    end = "no end told" if span.end is None else f"until {words.instant_words(span.end, zone)}"
    return f"from {words.instant_words(span.start, zone)}, {end}"
