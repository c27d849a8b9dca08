"""Times in a text: TIMEX3 values and, where they can be placed, UTC instants.

Values follow the habits of TimeML 1.2.1 (Saurí et al. 2006). A relative time is anchored to the publication, or
to the time last spoken of ('a week later'). Where publication is unknown its value keeps X for what is unknown
and it has no instants. Our own choices: 'early', 'mid' and 'late' narrow a stretch to a third; parts of a day
have the local hours of `times_calendar.PART_HOURS`; 'since March' lasts until publication; a length that ends
with publication ('the past 48 hours') has instants though its type is DURATION; 'the last days' is at most a week.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from truceline.model.span import Span
from truceline.model.when import When
from truceline.read import times_dates, times_days, times_spans
from truceline.read.reported import is_hour_known
from truceline.read.times_grammar import NO_TIME, Context, Draft, Found, Grammar, Rule
from truceline.read.times_words import alphabet, tokens_of

if TYPE_CHECKING:
    from truceline.read.table import Doc

# Characters at a time: a line of fifty megabytes is read in pieces, one of a newspaper never is.
PIECE = 200_000

RULES: tuple[Rule, ...] = (*times_days.RULES, *times_dates.RULES, *times_spans.RULES)
GRAMMAR = Grammar(RULES)


def find_times(
    text: str, *, published_at: datetime | None, timezone: str = "UTC", doc: "Doc | None" = None
) -> Iterator[When]:
    """Every time the text tells, in its order, never overlapping.

    `timezone` is the IANA name of the zone whose days and hours the text means. A parsed `doc` of the same text
    tells numbers that count something from years.
    """
    zone = ZoneInfo(timezone)
    published = None if published_at is None else published_at.astimezone(zone).replace(tzinfo=None)
    context = Context(
        published=published,
        has_hour=published_at is not None and is_hour_known(published_at, zone),
        counts=frozenset() if doc is None else frozenset(_counting(doc)),
    )
    for offset, piece in _pieces(text):
        context.offset = offset
        for draft, start, end in _drafts(piece, context):
            yield _written_down(draft, Span(offset + start, offset + end), zone)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in stretches that any machine can hold as tokens, cut between lines or sentences if it can."""
    start = 0
    while len(text) - start > PIECE:
        half, whole = start + PIECE // 2, start + PIECE
        cuts = (
            text.rfind(end, half, whole) + len(end) for end in ("\n", ". ", " ") if text.find(end, half, whole) >= 0
        )
        cut = next(cuts, whole)
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _drafts(text: str, context: Context) -> Iterator[tuple[Draft, int, int]]:
    """What each time of a piece comes to, with where it stands in the piece."""
    tokens = tokens_of(text)
    reached = 0
    for rule, found in GRAMMAR.matches(alphabet().letters(tokens), tokens):
        first = found.first + rule.trim
        draft = rule.build(found, context) if first >= reached else None
        if draft is None:
            continue
        reached = found.last
        if draft is NO_TIME:
            continue
        if draft.stretch is not None and not draft.aside:
            context.reference = draft.stretch
        yield _since(draft, found, context), tokens[first].start, tokens[found.last - 1].end


def _counting(doc: "Doc") -> Iterator[int]:
    """Where numbers stand that count a noun ('2000 people'): no years, unlike those of 'the 1991 uprisings'."""
    for token in doc:
        counts = token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in {"NNS", "NNPS"}
        if counts and not (token.i and doc[token.i - 1].pos_ == "DET"):
            yield from (each.idx for each in token.subtree)  # of 'two thousand' both words


def _since(draft: Draft, found: Found, context: Context) -> Draft:
    """'Since March' runs from the start of March until publication."""
    before = found.before()
    if before is None or before.text != "since" or draft.start is None or context.published is None:
        return draft
    now = context.published
    if not context.has_hour:
        now = now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    return replace(draft, end=now) if draft.start < now else draft


def _written_down(draft: Draft, span: Span, zone: ZoneInfo) -> When:
    start, end = draft.start, draft.end
    if start is None and draft.stretch is not None:
        start, end = draft.stretch.start, draft.stretch.end
    given = zone if draft.offset_hours is None else _fixed(draft.offset_hours)
    return When(
        span=span,
        type=draft.type,
        value=draft.value,
        start=None if start is None else _utc(start, given),
        end=None if end is None else _utc(end, given),
        basis=draft.basis,
    )


def _fixed(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


def _utc(moment: datetime, zone: ZoneInfo | timezone) -> datetime | None:
    """The instant of a wall-clock moment; None at the ends of the calendar, where no instant is left."""
    try:
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None
