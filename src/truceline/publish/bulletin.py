"""The bulletin as values: every section of it, ready for a page or for print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from truceline.model.incident import Incident
from truceline.model.series import RateRatio
from truceline.publish import words
from truceline.publish.cards import Row, TellingCard, card_of, rows_of
from truceline.publish.counting import Figure, figure_of, total_of
from truceline.publish.judgements import Judgement, find_judgements
from truceline.publish.looks import Kind, Section, Shape, find_kinds, find_shapes, kind_of, shape_of
from truceline.publish.lookup import Lookup, by_area, in_order
from truceline.publish.sections import (
    Blind,
    Change,
    Correction,
    Dispute,
    Ledger,
    TruceCard,
    find_changes,
    find_corrections,
    find_disputes,
    find_truces,
    is_saying,
    ledger_of,
    tell_blind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What the reader must know before the first number."""

    mission: str
    summary: str
    agreement: str
    number: int
    period: str
    cutoff: str
    as_of: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBar:
    """One day of the period; a day without a report is not observed, which is not zero."""

    day: str
    iso: str
    incidents_count: int
    documents_count: int
    is_observed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The incidents of one governorate."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmTold:
    """Harm as told: sums run from the lowest to the highest told of each incident."""

    killed: str
    injured: str
    civilians: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """Handbook outline: masthead, figures, judgements, areas, harm, movement, access, truces, statements, disputes, …"""

    masthead: Masthead
    days: tuple[DayBar, ...]
    total: Figure
    by_area: tuple[Figure, ...]
    by_party: tuple[Figure, ...]
    by_kind: tuple[tuple[Kind, Figure], ...]
    by_verdict: tuple[tuple[Shape, int], ...]
    judgements: tuple[Judgement, ...]
    areas: tuple[Area, ...]
    harm: HarmTold
    movement: tuple[Row, ...]
    access: tuple[Row, ...]
    truces: tuple[TruceCard, ...]
    statements: tuple[Row, ...]
    sayings: tuple[TellingCard, ...]
    disputes: tuple[Dispute, ...]
    ledger: Ledger
    changes: tuple[Change, ...]
    blind: Blind
    corrections: tuple[Correction, ...]
    kinds: tuple[Kind, ...]
    shapes: tuple[Shape, ...]
    annex: tuple[Row, ...]
    register_count: int


SAYINGS_LIMIT = 40


def make_bulletin(lookup: Lookup, *, paged: frozenset[str]) -> Bulletin:
    """The bulletin of the view's period."""
    held = in_order(each for each in lookup.view.incidents if lookup.in_period(each))
    days = day_bars(lookup)
    figures = Figures(lookup=lookup, days_count=sum(day.is_observed for day in days))
    of_section = {
        section: rows_of([each for each in held if kind_of(each.event).section is section], lookup, paged=paged)
        for section in Section
    }
    areas = tuple(Area(name=name, rows=rows_of(each, lookup, paged=paged)) for name, each in by_area(held))
    return Bulletin(
        masthead=masthead_of(lookup),
        days=days,
        total=figures.of("All incidents", held, keys=("all", "total", "incidents")),
        by_area=tuple(figures.of(name, each) for name, each in by_area(held)),
        by_party=figures.by_party(held),
        by_kind=figures.by_kind(held),
        by_verdict=count_verdicts(held, lookup),
        judgements=find_judgements(held, lookup, paged=paged),
        areas=areas,
        harm=harm_told(held, lookup, paged=paged),
        movement=of_section[Section.MOVEMENT],
        access=of_section[Section.ACCESS],
        truces=find_truces(held, lookup, paged=paged),
        statements=of_section[Section.STATEMENTS],
        sayings=find_sayings(lookup)[:SAYINGS_LIMIT],
        disputes=find_disputes(held, lookup, paged=paged),
        ledger=ledger_of(held, lookup),
        changes=find_changes(lookup),
        blind=tell_blind(held, lookup),
        corrections=find_corrections(lookup),
        kinds=find_kinds(),
        shapes=find_shapes(),
        annex=rows_of(held, lookup, paged=paged),
        register_count=len(lookup.view.incidents),
    )


def masthead_of(lookup: Lookup) -> Masthead:
    mission, view = lookup.view.mission, lookup.view
    cutoff = f"{mission.cutoff:%H:%M} {mission.timezone}"
    return Masthead(
        mission=mission.name,
        summary=mission.summary,
        agreement=mission.agreement.name
        if mission.agreement
        else "No agreement: this mission counts and does not judge",
        number=max(1, -(-(lookup.until - mission.since).days // max(1, mission.bulletin_days))),
        period=words.period_words(lookup.since, lookup.until),
        cutoff=cutoff,
        as_of="no document yet" if view.as_of is None else words.instant_words(view.as_of, lookup.zone),
        fingerprint=view.fingerprint,
    )


def day_bars(lookup: Lookup) -> tuple[DayBar, ...]:
    """The days of the period, from the watch where there is one, else from the documents."""
    if lookup.view.watch is not None:
        counted = [(each.day, each.incidents, each.documents) for each in lookup.view.watch.days]
    else:
        published = [
            each.published_at.astimezone(lookup.zone).date() for each in lookup.view.documents if each.published_at
        ]
        span = [lookup.since + timedelta(days=n) for n in range((lookup.until - lookup.since).days)]
        started = [lookup.day(each) for each in lookup.view.incidents]
        counted = [(day, started.count(day), published.count(day)) for day in span]
    return tuple(
        DayBar(
            day=words.day_short(day),
            iso=day.isoformat(),
            incidents_count=incidents,
            documents_count=documents,
            is_observed=documents > 0,
        )
        for day, incidents, documents in counted
        if lookup.since <= day < lookup.until
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Makes the figures of one period."""

    lookup: Lookup
    days_count: int

    def of(self, name: str, held: Iterable[Incident], *, keys: tuple[str, ...] = ()) -> Figure:
        ratio = self.ratio((name, *keys))
        return figure_of(name, held, self.lookup, days=self.days_count, ratio=ratio)

    def ratio(self, names: tuple[str, ...]) -> RateRatio | None:
        """The ratio the watch gives under one of these names."""
        if self.lookup.view.watch is None:
            return None
        wanted = {each.casefold() for each in names}
        return next((each for each in self.lookup.view.watch.ratios if each.name.casefold() in wanted), None)

    def by_party(self, held: Iterable[Incident]) -> tuple[Figure, ...]:
        """One figure for each actor alleged; an incident with two alleged actors counts under both."""
        groups = group(held, lambda each: each.agents or ("",))
        return tuple(
            self.of(self.lookup.actor_name(id) if id else "Nobody named", each, keys=(id,) if id else ())
            for id, each in sorted(groups.items(), key=lambda pair: (pair[0] == "", -len(pair[1]), pair[0]))
        )

    def by_kind(self, held: Iterable[Incident]) -> tuple[tuple[Kind, Figure], ...]:
        groups = group(held, lambda each: (kind_of(each.event).id,))
        return tuple((kind, self.of(kind.label, groups[kind.id])) for kind in find_kinds() if kind.id in groups)


def group(held: Iterable[Incident], keys_of: Callable[[Incident], tuple[str, ...]]) -> dict[str, list[Incident]]:
    """Incidents by key; one with several keys stands under each."""
    groups: dict[str, list[Incident]] = {}
    for incident in held:
        for key in keys_of(incident):
            groups.setdefault(key, []).append(incident)
    return groups


def count_verdicts(held: Iterable[Incident], lookup: Lookup) -> tuple[tuple[Shape, int], ...]:
    """How many incidents got which verdict, in the order of the legend; verdicts nobody got are left out."""
    found = [shape_of(lookup.assessments[each.id].verdict if each.id in lookup.assessments else None) for each in held]
    return tuple((shape, found.count(shape)) for shape in find_shapes() if shape in found)


def harm_told(held: Iterable[Incident], lookup: Lookup, *, paged: frozenset[str]) -> HarmTold:
    """Incidents with people killed or injured, and the sums told."""
    hurt = [each for each in held if each.killed is not None or each.injured is not None]
    civilians = [
        telling.harm.killed_civilians
        for each in hurt
        for telling in lookup.cited(each)[:1]
        if telling.harm is not None and telling.harm.killed_civilians is not None
    ]
    return HarmTold(
        killed=words.range_words(total_of(each.killed for each in hurt)),
        injured=words.range_words(total_of(each.injured for each in hurt)),
        civilians=words.range_words(total_of(civilians)),
        rows=rows_of(hurt, lookup, paged=paged),
    )


def find_sayings(lookup: Lookup) -> tuple[TellingCard, ...]:
    """Demands, promises, predictions and questions published in the period: words, not incidents."""
    said = [each for each in lookup.view.tellings if is_saying(each, lookup)]
    return tuple(card_of(each, lookup) for each in sorted(said, key=lambda each: (str(each.published_at), each.claim)))
