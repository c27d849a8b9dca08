"""Incidents over time as a small drawing: a bar a day, or a week or more where days are many."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup, escape

from truceline.publish.words import MONTHS, day_words, period_words
from truceline.web.filters import Filters, days_of
from truceline.web.held import Held

WIDTH, HEIGHT = 1000.0, 60.0  # of the field the bars stand in
MOST_BARS = 200
STEPS = (1, 7, 28)  # days in a bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One stretch of days. `href` is the query that asks for it; `x`, `width`, `height` are in units of the drawing."""

    words: str
    count: int
    seen_days: int
    days: int
    x: float
    width: float
    height: float
    href: str

    @property
    def is_observed(self) -> bool:
        return self.seen_days > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Bars that follow each other without a report in them."""

    words: str
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The drawing and what it leaves out: `outside` incidents before or after it, `undated` ones without a time."""

    words: str
    unit: str
    first: date
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    ticks: tuple[tuple[float, str], ...]
    top: int
    outside: int
    undated: int
    unseen_days: int
    days: int

    # Hundreds of bars a page are too many for a template, which escapes each number; words are escaped here.

    @property
    def drawn(self) -> Markup:
        """The bars, each a link to its days."""
        return Markup("\n").join(draw_bar(each) for each in self.bars if each.count)

    @property
    def rows(self) -> Markup:
        """The same as rows of a table."""
        shown = (each for each in self.bars if each.count or not each.is_observed)
        return Markup("\n").join(map(write_row, shown))


def draw_bar(bar: Bar) -> Markup:
    late = "" if bar.is_observed else ", told later; no report then"
    hit = f'<rect class="hit" x="{bar.x}" y="0" width="{bar.width}" height="60"/>'
    x, y, width = bar.x + bar.width * 0.12, 60 - bar.height, bar.width * 0.76
    shape = f'<rect class="bar-shape" x="{x}" y="{y}" width="{width}" height="{bar.height}"/>'
    title = f"<title>{escape(bar.words)}: {bar.count}{late}</title>"
    return Markup(f'<a href="./{escape(bar.href)}" tabindex="-1">{title}{hit}{shape}</a>')  # noqa: S704


def write_row(bar: Bar) -> Markup:
    words = escape(bar.words)
    named = f'<a href="./{escape(bar.href)}">{words}</a>' if bar.count else words
    count = bar.count if bar.is_observed or bar.count else "not observed"
    seen = f'<td class="n">{bar.seen_days} of {bar.days}</td>'
    return Markup(f'<tr><th scope="row">{named}</th><td class="n">{count}</td>{seen}</tr>')  # noqa: S704


def make_timeline(starts: Iterable[tuple[date | None, int]], filters: Filters, held: Held) -> Timeline | None:
    """The incidents by local day of their start, over the days asked for; None where there is no day to draw."""
    counts, undated = count_days(starts)
    first, until = stretch_of(counts, filters, held)
    if until <= first:
        return None
    length = (until - first).days
    step = next((each for each in STEPS if length / each <= MOST_BARS), STEPS[-1])
    bars = make_bars(counts, first, until, step, filters, held)
    return Timeline(
        words=period_words(first, until),
        first=first,
        unit={1: "day", 7: "week"}.get(step, f"{step} days"),
        bars=bars,
        gaps=tuple(find_gaps(bars)),
        ticks=tuple(find_ticks(first, until)),
        top=max((each.count for each in bars), default=0),
        outside=sum(count for day, count in counts.items() if not first <= day < until),
        undated=undated,
        unseen_days=length - sum(each.seen_days for each in bars),
        days=length,
    )


def count_days(starts: Iterable[tuple[date | None, int]]) -> tuple[Counter[date], int]:
    """How many begin on each local day, and how many have no time."""
    counts: Counter[date] = Counter()
    undated = 0
    for day, count in starts:
        if day is None:
            undated += count
        else:
            counts[day] += count
    return counts, undated


def stretch_of(counts: Counter[date], filters: Filters, held: Held) -> tuple[date, date]:
    """The days asked for; where none are, those of the mission up to the last with a report or an incident."""
    since, last = days_of(filters)
    mission = held.mission
    seen = [day for day in (*counts, *held.observed) if mission.since <= day < mission.until]
    first = mission.since if since is None else since
    until = (
        max(seen, default=first - timedelta(days=1)) + timedelta(days=1) if last is None else last + timedelta(days=1)
    )
    return first, until


def make_bars(
    counts: Counter[date], first: date, until: date, step: int, filters: Filters, held: Held
) -> tuple[Bar, ...]:
    length = (until - first).days
    stretches = [
        (first + timedelta(days=n), min(first + timedelta(days=n + step), until)) for n in range(0, length, step)
    ]
    told, seen = [0] * len(stretches), [0] * len(stretches)
    for day, count in counts.items():
        if first <= day < until:
            told[(day - first).days // step] += count
    for day in held.observed:
        if first <= day < until:
            seen[(day - first).days // step] += 1
    others = filters.query(**{"from": "", "to": ""})
    top, unit = max(told, default=0), WIDTH / length
    return tuple(
        Bar(
            words=day_words(start) if step == 1 else period_words(start, end),
            count=count,
            seen_days=days_seen,
            days=(end - start).days,
            x=round((start - first).days * unit, 2),
            width=round((end - start).days * unit, 2),
            height=round(HEIGHT * count / top, 2) if top else 0.0,
            href=f"{others}{'&' if others else '?'}from={start}&to={end - timedelta(days=1)}",
        )
        for (start, end), count, days_seen in zip(stretches, told, seen, strict=True)
    )


def find_gaps(bars: Sequence[Bar]) -> Iterable[Gap]:
    """Runs of bars without a report and without an incident."""
    for unseen, run in groupby(bars, key=lambda each: not each.is_observed and not each.count):
        if unseen:
            together = list(run)
            first, last = together[0], together[-1]
            words = first.words if first is last else f"{first.words} to {last.words}"
            yield Gap(words=words, x=first.x, width=round(last.x + last.width - first.x, 2))


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def find_ticks(first: date, until: date) -> Iterable[tuple[float, str]]:
    """Where months begin; only so many as have room."""
    length = (until - first).days
    months = [first]
    while (following := next_month(months[-1])) < until:
        months.append(following)
    every = -(-len(months) // 12)
    taken = -100.0
    for day in months[::every]:
        x = round((day - first).days * WIDTH / length, 2)
        if x - taken >= 75 and x <= WIDTH - 40:
            taken = x
            said = (
                f"{day.day} {MONTHS[day.month - 1][:3]}" if length <= 62 or day.day != 1 else MONTHS[day.month - 1][:3]
            )
            yield x, f"{said} {day.year}" if day == first or day.month == 1 else said
