"""Times in a text: TIMEX3 values and, where they can be placed, UTC instants.

Values follow the habits of TimeML 1.2.1 (Saurí et al. 2006). A relative time is anchored to the publication, or
to the time last spoken of ('a week later'). Where publication is unknown its value keeps X for what is unknown
and it has no instants. Our own choices: 'early', 'mid' and 'late' narrow a stretch to a third; parts of a day
have the local hours of `times_calendar.PART_HOURS`; 'since March' lasts until publication; a length that ends
with publication ('the past 48 hours') has instants though its type is DURATION; 'the last days' is at most a week.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from truceline.errors import Problem, Severity
from truceline.model.span import Span
from truceline.model.when import When
from truceline.read import times_anchored, times_dates, times_days, times_mistakes, times_ranges, times_spans
from truceline.read.reported import is_hour_known
from truceline.read.times_calendar import Grain
from truceline.read.times_grammar import NO_TIME, Context, Draft, Grammar, Rule, Told, WhenAsked
from truceline.read.times_spots import sentences_with_times
from truceline.read.times_words import Token, alphabet, tokens_of

if TYPE_CHECKING:
    from truceline.read.table import Doc

# Characters at a time: a line of fifty megabytes is read in pieces, one of a newspaper never is.
PIECE = 200_000
REMEMBERED = 50  # days told, the latest

RULES: tuple[Rule, ...] = (
    *times_days.RULES,
    *times_ranges.RULES,
    *times_dates.RULES,
    *times_spans.RULES,
    *times_anchored.RULES,
    *times_mistakes.RULES,
)
GRAMMAR = Grammar(RULES)


def find_times(
    text: str,
    *,
    published_at: datetime | None,
    timezone: str = "UTC",
    doc: "Doc | None" = None,
    truce_began: datetime | None = None,
) -> Iterator[When]:
    """Every time the text tells, in its order, never overlapping.

    `timezone` is the IANA name of the zone whose days and hours the text means. A parsed `doc` of the same text
    tells numbers that count something from years. `truce_began` is the instant that "since the truce began" means.
    """
    found = find_times_and_mistakes(
        text, published_at=published_at, timezone=timezone, doc=doc, truce_began=truce_began
    )
    return (each for each in found if isinstance(each, When))


def find_times_and_mistakes(
    text: str,
    *,
    published_at: datetime | None,
    timezone: str = "UTC",
    doc: "Doc | None" = None,
    truce_began: datetime | None = None,
    names: Sequence[Span] = (),
) -> Iterator[When | Problem]:
    """The times, and among them what is written like a day or an hour of no calendar ('30 February', '25:00').

    `names` are words that tell no time, whatever they look like ('the 7 July district').
    """
    zone = ZoneInfo(timezone)
    published = _on_the_wall(published_at, zone)
    context = Context(
        published=published,
        has_hour=published_at is not None and is_hour_known(published_at, zone),
        zone=timezone,
        truce=_on_the_wall(truce_began, zone),
        counts=() if doc is None else WhenAsked(lambda: _counting(doc)),
    )
    for at, piece in _pieces(text):
        for start, sentence in sentences_with_times(piece):
            context.offset = at + start
            for draft, span in _drafts(sentence, context, names):
                yield _written_down(draft, span, zone) if not draft.problem else _mistake(draft, span.of(text), span)


def _on_the_wall(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """What the clocks of a zone show at an instant."""
    return None if moment is None else moment.astimezone(zone).replace(tzinfo=None)


def _mistake(draft: Draft, words: str, span: Span) -> Problem:
    return Problem(
        code="date.impossible",
        message=f"'{words}': {draft.problem}; nothing was read from it, look it up in the original",
        start=span.start,
        end=span.end,
        severity=Severity.WARNING,
    )


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


def _drafts(text: str, context: Context, names: Sequence[Span]) -> Iterator[tuple[Draft, Span]]:
    """What each time of a sentence comes to, with where it stands in the whole text."""
    tokens = tokens_of(text)
    reached = 0
    for rule, found in GRAMMAR.matches(alphabet().letters(tokens), tokens):
        first = found.first + rule.trim
        draft = rule.build(found, context) if first >= reached else None
        if draft is None:
            continue
        reached = found.last + draft.more
        span = Span(context.offset + tokens[first].start, context.offset + tokens[reached - 1].end)
        if draft is NO_TIME or any(each.overlaps(span) for each in names):
            continue
        if draft.stretch is not None and not draft.aside:
            context.reference = draft.stretch
            if rule.tells_day:
                _remember(Told(draft.stretch, tokens, first), context)
        yield _since(draft, tokens[first - 1] if first else None, context), span


def _remember(told: Told, context: Context) -> None:
    """Days and hours told, for what is counted from what happened then."""
    if told.stretch.grain in {Grain.DAY, Grain.PART, Grain.MINUTE, Grain.SECOND}:
        context.told.append(told)
        del context.told[:-REMEMBERED]


def _counting(doc: "Doc") -> Iterator[int]:
    """Where numbers stand that count a noun ('2000 people'): no years, unlike those of 'the 1991 uprisings'."""
    for token in doc:
        counts = token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in {"NNS", "NNPS"}
        if counts and not (token.i and doc[token.i - 1].pos_ == "DET"):
            yield from (each.idx for each in token.subtree)  # of 'two thousand' both words


def _since(draft: Draft, before: Token | None, context: Context) -> Draft:
    """'Since March' runs from the start of March until publication; a range ends where it says."""
    if "/" in draft.value:
        return draft
    now = context.now
    start = draft.start or (None if draft.stretch is None else draft.stretch.start)
    elsewhere = draft.offset_hours is not None or draft.zone is not None
    if before is None or "since" not in before.meanings or start is None or now is None or elsewhere:
        return draft
    return replace(draft, start=start, end=now) if start < now else draft


def _written_down(draft: Draft, span: Span, zone: ZoneInfo) -> When:
    start, end = draft.start, draft.end
    if start is None and draft.stretch is not None:
        start, end = draft.stretch.start, draft.stretch.end
    if draft.offset_hours is not None:
        given: ZoneInfo | timezone = _fixed(draft.offset_hours)
    else:
        given = zone if draft.zone is None else ZoneInfo(draft.zone)
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
