"""The agreement as a page: what it asks of whom, who accepted it, what was agreed locally."""

from dataclasses import dataclass
from datetime import date, datetime

from truceline.model.agreement import Agreement, Entry, Obligation, Zone, ZoneKind
from truceline.publish import words
from truceline.publish.lookup import Lookup
from truceline.publish.page import render
from truceline.vocab.geo import find_countries
from truceline.web.agreement_timeline import draw_agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """One term in words."""

    id: str
    title: str
    duty: str
    binds: str
    protects: str
    clause: str
    source: str
    when: str
    superseded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """A group and how it stands to the agreement; `party` is the filter that finds what it is said to have done."""

    name: str
    party: str
    standing: str
    when: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TruceLine:
    name: str
    window: str
    others: tuple[str, ...]
    where: str
    binds: str
    source: str
    since: str
    until: str


def agreement_page(lookup: Lookup) -> str:
    """The page; a mission without an agreement is told so."""
    agreement = lookup.view.mission.agreement
    return render(
        "agreement.html",
        lookup,
        here="agreement",
        packages=("truceline.web",),
        agreement=agreement,
        drawing=None if agreement is None else draw_agreement(agreement, lookup),
        ends="" if agreement is None or agreement.ends is None else words.instant_words(agreement.ends, lookup.zone),
        entries=() if agreement is None else [entry_words(each, lookup) for each in agreement.entries],
        area="" if agreement is None else zones_words(agreement.area),
        terms=() if agreement is None else [term_line(each, lookup) for each in agreement.obligations],
        parties=() if agreement is None else party_lines(agreement, lookup),
        truces=() if agreement is None else truce_lines(agreement, lookup),
    )


def entry_words(entry: Entry, lookup: Lookup) -> tuple[str, str, str]:
    return words.instant_words(entry.at, lookup.zone), entry.as_told, entry.source


def term_line(term: Obligation, lookup: Lookup) -> TermLine:
    return TermLine(
        id=term.id,
        title=term.title,
        duty=term.duty.value,
        binds=who_words(term.binds, lookup),
        protects=who_words(term.protects, lookup),
        clause=term.clause,
        source=term.source,
        when=span_words(term.begins[0] if term.begins else None, term.until, lookup),
        superseded_by=term.superseded_by or "",
    )


def who_words(ids: tuple[str, ...], lookup: Lookup) -> str:
    """'any party', 'the side government', names."""
    told = {"party": "every party", "any": "anybody"}
    named = [
        told.get(each)
        or (f"the side “{each.removeprefix('side:')}”" if each.startswith("side:") else lookup.actor_name(each))
        for each in ids
    ]
    return words.list_words(named, none="nobody named")


def span_words(since: datetime | None, until: datetime | None, lookup: Lookup) -> str:
    """'' where the agreement's own time holds."""
    start = "" if since is None else f"from {words.instant_words(since, lookup.zone)}"
    end = "" if until is None else f"until {words.instant_words(until, lookup.zone)}"
    return " ".join(each for each in (start, end) if each)


def party_lines(agreement: Agreement, lookup: Lookup) -> list[PartyLine]:
    """Those who accepted, those left out, those of whom it is not known, and those who never did."""

    def line(actor: str, standing: str, source: str, when: str = "") -> PartyLine:
        return PartyLine(name=lookup.actor_name(actor), party=actor, standing=standing, when=when, source=source)

    accepted = [
        line(each.actor, "accepted", each.source, accepted_words(each.accepted, each.withdrew))
        for each in agreement.parties
    ]
    excluded = [
        line(each.actor, "left out by the agreement", each.source, days_words(each.since, each.until))
        for each in agreement.excluded
    ]
    unknown = [line(each.actor, "not known whether it accepted", each.source) for each in agreement.unknown]
    outside = [line(each.actor, "never accepted", each.source) for each in agreement.outsiders]
    return [*accepted, *excluded, *unknown, *outside]


def accepted_words(accepted: date | None, withdrew: date | None) -> str:
    told = "day not known" if accepted is None else words.day_words(accepted)
    return told if withdrew is None else f"{told}; withdrew {words.day_words(withdrew)}"


def days_words(since: date | None, until: date | None) -> str:
    start = "" if since is None else f"from {words.day_words(since)}"
    end = "" if until is None else f"until {words.day_words(until)}"
    return " ".join(each for each in (start, end) if each)


def truce_lines(agreement: Agreement, lookup: Lookup) -> list[TruceLine]:
    return [
        TruceLine(
            name=each.name,
            window=f"{words.instant_words(each.start, lookup.zone)} to {words.instant_words(each.end, lookup.zone)}",
            others=tuple(
                f"{words.instant_words(one.at, lookup.zone)} (“{one.as_told}”, {one.source})"
                for one in each.other_starts
            ),
            where=zones_words(each.zones),
            binds=who_words(each.binds, lookup),
            source=each.source,
            since=each.start.astimezone(lookup.zone).date().isoformat(),
            until=each.end.astimezone(lookup.zone).date().isoformat(),
        )
        for each in sorted(agreement.local_truces, key=lambda one: (one.start, one.id))
    ]


def zones_words(zones: tuple[Zone, ...]) -> str:
    return words.list_words([zone_words(each) for each in zones], none="not said")


def zone_words(zone: Zone) -> str:
    if zone.kind is ZoneKind.COUNTRY:
        return next((each.name for each in find_countries() if each.code == zone.name), zone.name)
    radius = f" and {words.number_words(zone.radius_km)} km around" if zone.radius_km is not None else ""
    return f"{zone.name}{radius}{' (illustrative)' if zone.illustrative else ''}"
