"""The bulletin as values: every section of it, ready for a page or for print."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from truceline.model.incident import Incident
from truceline.publish import words
from truceline.publish.cards import Row, TellingCard, card_of, rows_of
from truceline.publish.counting import span_of, total_of
from truceline.publish.figures import ALL, Figure, Figures
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
from truceline.publish.stated import Foresight, find_foresight


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
    release: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who answers for a bulletin of the team: `state` since `at`, in words; `changed` what is corrected, and why."""

    edition: int
    state: str
    at: str
    profile: str
    answered: str
    note: str = ""
    changed: str = ""


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
    others: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """The sections in the order in which they are printed; `imprint` is None in one that nobody has read yet."""

    masthead: Masthead
    days: tuple[DayBar, ...]
    total: Figure
    listed_only_count: int
    by_area: tuple[Figure, ...]
    by_party: tuple[Figure, ...]
    by_kind: tuple[Figure, ...]
    by_verdict: tuple[tuple[Shape, int], ...]
    acts_count: int
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
    foresight: Foresight
    blind: Blind
    corrections: tuple[Correction, ...]
    kinds: tuple[Kind, ...]
    shapes: tuple[Shape, ...]
    annex: tuple[Row, ...]
    register_count: int
    imprint: Imprint | None = None


SAYINGS_LIMIT = 40


def make_bulletin(lookup: Lookup, *, paged: frozenset[str]) -> Bulletin:
    """The bulletin of the view's period."""
    held = in_order(each for each in lookup.view.incidents if lookup.in_period(each))
    days = day_bars(lookup)
    figures = Figures(lookup=lookup, days_count=sum(day.is_observed for day in days))
    total = figures.total(held)
    acts = [each for each in held if kind_of(each.event).section is not Section.STATEMENTS]
    of_section = {
        section: rows_of([each for each in held if kind_of(each.event).section is section], lookup, paged=paged)
        for section in Section
    }
    areas = tuple(Area(name=name, rows=rows_of(each, lookup, paged=paged)) for name, each in by_area(held))
    return Bulletin(
        masthead=masthead_of(lookup),
        days=days,
        total=total,
        listed_only_count=max(0, len(held) - total.count),
        by_area=figures.by("area", held),
        by_party=figures.by("party", held),
        by_kind=figures.by("kind", held),
        by_verdict=count_verdicts(acts, lookup),
        acts_count=len(acts),
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
        foresight=find_foresight(lookup),
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
        as_of=lookup.as_of,
        fingerprint=view.fingerprint,
        release="" if view.release is None else words.release_words(view.release),
    )


def day_bars(lookup: Lookup) -> tuple[DayBar, ...]:
    """The days of the period, from the watch where there is one, else from the documents."""
    watch = lookup.view.watch
    # A table of events watches every day between its first row and its last, rows or none.
    whole = watch is not None and any(
        each.name == ALL and each.now_days >= (lookup.until - lookup.since).days for each in watch.ratios
    )
    if watch is not None:
        counted = [(each.day, each.incidents, each.documents) for each in watch.days]
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
            is_observed=whole or documents > 0,
        )
        for day, incidents, documents in counted
        if lookup.since <= day < lookup.until
    )


def count_verdicts(held: Iterable[Incident], lookup: Lookup) -> tuple[tuple[Shape, int], ...]:
    """How many incidents got which verdict, in the order of the legend; verdicts nobody got are left out."""
    if lookup.view.mission.agreement is None:
        return ()
    verdicts = {each.incident: each.verdict for each in lookup.view.assessments}
    found = [shape_of(verdicts.get(each.id)) for each in held]
    return tuple((shape, found.count(shape)) for shape in find_shapes() if shape in found)


def harm_told(held: Iterable[Incident], lookup: Lookup, *, paged: frozenset[str]) -> HarmTold:
    """Incidents with people killed or injured, and the sums told."""
    hurt = [each for each in held if each.killed is not None or each.injured is not None]
    civilians = [
        span_of(each.harm.killed_civilians for each in lookup.cited(one) if each.harm is not None) for one in hurt
    ]
    return HarmTold(
        killed=words.range_words(total_of(each.killed for each in hurt)),
        injured=words.range_words(total_of(each.injured for each in hurt)),
        civilians=words.range_words(total_of(civilians)),
        others=", ".join(others_killed(hurt, lookup)),
        rows=rows_of(hurt, lookup, paged=paged),
    )


def others_killed(hurt: Sequence[Incident], lookup: Lookup) -> Iterator[str]:
    """'children 3–5', 'medics at least 1': who else the killed were said to be, in the order of the statuses."""
    for status, plural in words.STATUSES.items():
        told = (
            span_of(
                part.count
                for each in lookup.cited(one)
                if each.harm is not None
                for part in each.harm.killed_by
                if part.status is status
            )
            for one in hurt
        )
        if number := words.range_words(total_of(told)):
            yield f"{plural} {number}"


def find_sayings(lookup: Lookup) -> tuple[TellingCard, ...]:
    """Demands, promises, predictions and questions published in the period: words, not incidents."""
    said = [each for each in lookup.view.tellings if is_saying(each, lookup)]
    said.sort(key=lambda each: (str(each.published_at), each.document, each.span, each.claim))
    # Two events told in the same words are shown once.
    distinct = {(each.document, each.quote): each for each in reversed(said)}
    return tuple(card_of(each, lookup) for each in reversed(distinct.values()))
