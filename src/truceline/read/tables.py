"""One row of a UCDP GED or ACLED table to one claim: what the coders say, and whom they cite.

The chain of speakers is the data set, then the offices it names. Neither data set codes who struck first, so both
armed sides are agents and nobody is a recipient; civilians and protesters, who do not act, are recipients. A row
that cannot be right in one cell keeps the rest and says so in a `Problem`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from truceline.errors import Severity
from truceline.kit.hashing import content_id
from truceline.kit.near import fold_loosely
from truceline.model.actor import Actor
from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.claim import Claim, EventType, Mood, Participant, Trigger
from truceline.model.document import Document, Form
from truceline.model.mention import Mention, MentionType
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Harm, Quantity, Range, Status, StatusCount
from truceline.model.reading import Reading
from truceline.model.span import Span
from truceline.model.when import Basis, TimexType, When
from truceline.read.tables_cells import Row, find_midnight, is_last_day, lay_out
from truceline.read.tables_sides import (
    Sides,
    arrange_sides,
    drop_kind_words,
    find_admin1,
    find_country,
    tables,
)
from truceline.vocab.load import load_toml

SURE = 3.0  # coders who publish a row hold that it happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each table keeps what."""

    kind: str
    sides: tuple[str, str]
    place: str
    place_precision: str
    admin1: str
    offices: str
    low: str
    best: str
    high: str
    headline: str


COLUMNS = {
    Form.UCDP_GED: Columns(
        kind="type_of_violence",
        sides=("side_a", "side_b"),
        place="where_coordinates",
        place_precision="where_prec",
        admin1="adm_1",
        offices="source_office",
        low="low",
        best="best",
        high="high",
        headline="source_headline",
    ),
    Form.ACLED: Columns(
        kind="sub_event_type",
        sides=("actor1", "actor2"),
        place="location",
        place_precision="geo_precision",
        admin1="admin1",
        offices="source",
        low="fatalities",
        best="fatalities",
        high="fatalities",
        headline="notes",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What happened, the cell or word that tells it, and whether the second side only suffers."""

    event: EventType
    span: Span
    name: str
    directed: bool


def read_row(document: Document, *, actors: Sequence[Actor], timezone: str) -> Reading:
    """The reading of one row: one claim, or none where the row does not tell what happened.

    Days are days of `timezone`. Pass the same unchanging `actors` for every row: their names are prepared once.
    """
    columns = COLUMNS[document.form]
    row = lay_out(document)
    if not row.values:
        row.report("table.row-empty", "the row has no cells; it tells no event", columns.kind)
        return Reading(document=document, problems=tuple(row.problems))
    kind = find_kind(row, columns, document.form)
    place = find_place(row, columns, document.form)
    when = find_time(row, document.form, timezone)
    attributions = tuple(find_attributions(row, columns, arrange_sides(actors)))
    harm, quantities = find_harm(row, columns)
    claims: tuple[Claim, ...] = ()
    participants: list[Participant] = []
    if kind is not None:
        agents, recipients = find_sides(row, columns, arrange_sides(actors), directed=kind.directed)
        participants = [*agents, *recipients]
        claims = (
            Claim(
                id=content_id("c", document.id, document.sha256, "row"),
                span=whole(document),
                chain=tuple(each.id for each in attributions),
                trigger=Trigger(span=kind.span, type=kind.event, lemma=kind.name),
                factuality=SURE,
                negated=False,
                mood=Mood.ASSERTION,
                agents=tuple(agents),
                recipients=tuple(recipients),
                place=0 if place is not None else None,
                time=0 if when is not None else None,
                happened=when,
                harm=harm,
            ),
        )
    return Reading(
        document=document,
        mentions=tuple(find_mentions(participants, place)),
        places=(place,) if place is not None else (),
        times=(when,) if when is not None else (),
        quantities=quantities,
        attributions=attributions,
        claims=claims,
        problems=tuple(row.problems),
    )


def whole(document: Document) -> Span:
    """The row's text without the line end that closes it."""
    return Span(0, len(document.text.rstrip()))


# ---- what happened


def find_kind(row: Row, columns: Columns, form: Form) -> Kind | None:
    cell = row.get(columns.kind)
    span = row.spans.get(columns.kind)
    if span is None:
        row.report("table.kind-unknown", f"{columns.kind} is empty; the row tells no event", columns.kind)
        return None
    known = event_types(form).get(cell)
    if known is None:
        row.report("table.kind-unknown", f"{columns.kind} '{cell}' is no code of this table", columns.kind)
        return None
    event, name, directed = known
    means = find_means(row, columns) if form is Form.UCDP_GED else None
    if means is None:
        return Kind(event=event, span=span, name=name, directed=directed)
    return Kind(event=means[0], span=means[1], name=name, directed=directed)


@cache
def event_types(form: Form) -> Mapping[str, tuple[EventType, str, bool]]:
    """Per code of a table: event type, our name of it, whether its second side only suffers."""
    if form is Form.UCDP_GED:
        return {
            code: (make_event(entry), entry["name"], entry["directed"])
            for code, entry in tables()["ucdp"]["violence"].items()
        }
    return {
        name: (make_event({**entry, "acled": name}), name.casefold(), False)
        for name, entry in tables()["acled"]["kinds"].items()
    }


def make_event(entry: Mapping[str, Any]) -> EventType:
    keys = ("plover", "mode", "acled", "cameo")
    return EventType(**{key: entry.get(key) or None for key in keys})


def find_means(row: Row, columns: Columns) -> tuple[EventType, Span] | None:
    """The means told by the headline of a row's only source, when it names the coded place and one kind of means."""
    headline = row.get(columns.headline)
    span = row.spans.get(columns.headline)
    if span is None or row.get("number_of_sources") != "1":
        return None
    name = fold_loosely(drop_kind_words(row.get(columns.place)))
    if not name or f" {name} " not in f" {fold_loosely(headline)} ":
        return None
    found = list(means_pattern().finditer(headline))
    kinds = {find_means_kind(each.group().casefold()) for each in found}
    if len(kinds) != 1:
        return None
    word = found[0]
    return means_events()[kinds.pop()], Span(span.start + word.start(), span.start + word.end())


@cache
def means_pattern() -> re.Pattern[str]:
    words = sorted((word for listed in tables()["ucdp"]["means"].values() for word in listed), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def find_means_kind(word: str) -> str:
    return next(str(kind) for kind, words in tables()["ucdp"]["means"].items() if word in words)


@cache
def means_events() -> Mapping[str, EventType]:
    kinds = load_toml("events/kinds.toml")["kind"]
    return {name: make_event(kinds[name]) for name in tables()["ucdp"]["means"]}


# ---- who


def find_sides(
    row: Row, columns: Columns, sides: Sides, *, directed: bool
) -> tuple[list[Participant], list[Participant]]:
    """(agents, recipients): both armed sides act; the second side of a directed event suffers, and who never acts."""
    agents: list[Participant] = []
    recipients: list[Participant] = []
    for position, column in enumerate(columns.sides):
        for participant, name in find_participants(row, column, sides):
            suffers = (directed and position == 1) or name.startswith(tuple(tables()["passive"]["names"]))
            (recipients if suffers else agents).append(participant)
    return (agents, recipients) if agents else (recipients, [])


def find_participants(row: Row, column: str, sides: Sides) -> Iterator[tuple[Participant, str]]:
    """The side as one actor when the mission lists it so, else each of the groups it names."""
    span, cell = row.spans.get(column), row.get(column)
    if span is None:
        return
    actor, reason = sides.find(cell)
    if actor is not None or "," not in cell:
        yield Participant(span=span, actor=actor, reason=reason), cell
        return
    for name, place in row.find_pieces(column, ","):
        actor, reason = sides.find(name)
        yield Participant(span=place, actor=actor, reason=reason), name


def find_mentions(participants: Sequence[Participant], place: Toponym | None) -> Iterator[Mention]:
    for each in participants:
        yield Mention(span=each.span, type=MentionType.ORGANISATION, actor=each.actor, reason=each.reason)
    if place is not None:
        yield Mention(span=place.span, type=MentionType.LOCATION)


# ---- who says so


def find_attributions(row: Row, columns: Columns, sides: Sides) -> Iterator[Attribution]:
    """The data set's own voice over the whole row, and within it the offices it cites."""
    content = (whole(row.document),)
    yield Attribution(id="a0", source=(), cue=(), content=content, speaker=None, kind=SpeakerKind.DOCUMENT)
    offices = {fold_loosely(name): (name, span) for name, span in reversed(list(row.find_pieces(columns.offices, ";")))}
    named = sorted(offices.values(), key=lambda each: each[1])
    headline = row.spans.get(columns.headline)
    yield Attribution(
        id="a1",
        source=tuple(span for _, span in named),
        cue=(),
        content=(headline,) if headline is not None else content,
        speaker=sides.find(named[0][0])[0] if len(named) == 1 else None,
        kind=SpeakerKind.ANONYMOUS if not named else SpeakerKind.NAMED if len(named) == 1 else SpeakerKind.COLLECTIVE,
        parent="a0",
    )


# ---- where


def find_place(row: Row, columns: Columns, form: Form) -> Toponym | None:
    """The coded place, its radius after the code of its precision; None when the row names none."""
    column = next((each for each in (columns.place, columns.admin1, "country") if each in row.spans), None)
    if column is None:
        return None
    name = row.get(column)
    country = find_country(row.get("country"))
    lat, lon = row.parse_degrees("latitude", 90), row.parse_degrees("longitude", 180)
    precision = find_precision(row, columns, form)
    if lat is None or lon is None or precision is None:
        reason = "the row gives no usable coordinates"
        return Toponym(span=row.spans[column], id=None, name=name, country=country, reason=reason)
    bare = drop_kind_words(name)
    return Toponym(
        span=row.spans[column],
        id=f"{'ucdp' if form is Form.UCDP_GED else 'acled'}:{fold_loosely(bare).replace(' ', '-')}",
        name=bare if precision["precision"] in {"settlement", "near"} else name,
        lat=lat,
        lon=lon,
        radius_km=float(precision["radius_km"]),
        precision=Precision(precision["precision"]),
        country=country,
        admin1=find_admin1(row.get(columns.admin1), country),
        chance=1.0,
        reason=f"coded by the data set: {precision['words']}",
    )


def find_precision(row: Row, columns: Columns, form: Form) -> Mapping[str, Any] | None:
    codes = tables()["ucdp" if form is Form.UCDP_GED else "acled"]["place"]
    cell = row.get(columns.place_precision)
    known: Mapping[str, Any] | None = codes.get(cell)
    if known is None:
        column = columns.place_precision
        row.report("place.precision-unknown", f"{column} '{cell}' is no code of this table", column)
    return known


# ---- when


def find_time(row: Row, form: Form, timezone: str) -> When | None:
    """The days of the event as one half-open stretch; None, with a problem, for days that cannot be."""
    stated = find_ucdp_days(row) if form is Form.UCDP_GED else find_acled_days(row)
    if stated is None:
        return None
    first, last, span = stated
    if is_last_day(last):
        row.report("date.impossible", f"{last.isoformat()} is beyond any calendar", "date_end")
        return None
    value = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return When(
        span=span,
        type=TimexType.DATE,
        value=value,
        start=find_midnight(first, timezone),
        end=find_midnight(last + timedelta(days=1), timezone),
        basis=Basis.STATED,
    )


def find_ucdp_days(row: Row) -> tuple[date, date, Span] | None:
    first, last = row.parse_day("date_start"), row.parse_day("date_end")
    if first is None or last is None:
        return None
    if last < first:
        row.report("date.impossible", f"date_end {last} lies before date_start {first}", "date_end")
        return None
    start, end = row.spans["date_start"], row.spans["date_end"]
    # The two cells stand side by side in every release; if not, the first one carries the span.
    adjacent = first < last and 0 < end.start - start.end < 20
    return first, last, Span(start.start, end.end) if adjacent else start


def find_acled_days(row: Row) -> tuple[date, date, Span] | None:
    day = row.parse_day("event_date")
    if day is None:
        return None
    slack = tables()["acled"]["time"].get(row.get("time_precision") or "1")
    if slack is None:
        row.report(
            "date.precision-unknown", f"time_precision '{row.get('time_precision')}' is no code", "time_precision"
        )
        return None
    return day - timedelta(days=slack), day + timedelta(days=slack), row.spans["event_date"]


# ---- how many


def find_harm(row: Row, columns: Columns) -> tuple[Harm | None, tuple[Quantity, ...]]:
    """The toll from the lowest to the highest estimate; estimates out of order are put in order, with a warning."""
    cells = {column: row.parse_count(column) for column in dict.fromkeys((columns.low, columns.best, columns.high))}
    known = [each for each in cells.values() if each is not None]
    if not known:
        return None, ()
    if known != sorted(known):
        words = ", ".join(f"{column} {number}" for column, number in cells.items())
        row.report("number.order", f"{words}: not in order, read as a range", columns.best, severity=Severity.WARNING)
    low, high = min(known), max(known)
    civilians = row.parse_count("deaths_civilians")
    told = None if civilians is None else Range(low=civilians, high=civilians)
    harm = Harm(
        killed=Range(low=low, high=high),
        killed_civilians=told,
        killed_by=() if told is None else (StatusCount(status=Status.CIVILIAN, count=told),),
    )
    column = (
        columns.best if cells[columns.best] is not None else next(each for each in cells if cells[each] is not None)
    )
    return harm, (Quantity(span=row.spans[column], low=float(low), high=float(high), of="deaths"),)
