"""Checked forms become the frozen records of the model."""

from collections.abc import Sequence
from pathlib import Path

from truceline.flow.mission_agreement_forms import AgreementForm
from truceline.flow.mission_agreement_records import build_agreement
from truceline.flow.mission_forms import ActorForm, GradingForm, MissionForm, PeriodForm, PlaceForm, SourceForm
from truceline.flow.mission_release_forms import ProfileForm, build_profile
from truceline.model.actor import Actor, DatedName, DatedStatus, Membership, Period
from truceline.model.grading import Grading
from truceline.model.mission import Mission
from truceline.model.place import Place
from truceline.model.review import ReviewPolicy
from truceline.model.source import Source
from truceline.vocab.mission_terms import place_kinds


def build_mission(
    folder: Path,
    form: MissionForm,
    *,
    agreement: AgreementForm | None,
    actors: Sequence[ActorForm],
    sources: Sequence[SourceForm],
    places: Sequence[PlaceForm],
    profiles: Sequence[ProfileForm] = (),
) -> Mission:
    """The mission as one record."""
    known_places = {place.id: place for place in map(build_place, places)}
    return Mission(
        id=form.id,
        name=form.name,
        summary=form.summary,
        since=form.since,
        until=form.until,
        timezone=form.timezone,
        cutoff=form.cutoff,
        languages=tuple(form.languages),
        countries=tuple(form.countries),
        window_hours=form.incident.window_hours,
        window_km=form.incident.window_km,
        bulletin_days=form.bulletin.days,
        four_eyes=form.bulletin.four_eyes,
        grading=build_grading(form.grading),
        review=ReviewPolicy(double=tuple(form.review.double)),
        folder=folder,
        agreement=None if agreement is None else build_agreement(agreement, known_places),
        actors=tuple(map(build_actor, actors)),
        sources=tuple(map(build_source, sources)),
        places=tuple(known_places.values()),
        releases=tuple(map(build_profile, profiles)),
    )


def build_grading(form: GradingForm) -> Grading:
    return Grading(
        war_began=form.war_began,
        camps=tuple(tuple(sorted(camp)) for camp in form.camps),
        no_aircraft=tuple(form.no_aircraft),
        source=form.source,
    )


def build_place(form: PlaceForm) -> Place:
    """A gazetteer entry; its kind gives the precision, and the radius where the row gives none."""
    kind = place_kinds()[form.kind]
    return Place(
        id=form.id,
        name=form.name,
        lat=form.lat,
        lon=form.lon,
        kind=form.kind,
        precision=kind.precision,
        radius_km=kind.radius_km if form.radius_km is None else form.radius_km,
        country=form.country,
        admin1=form.admin1,
        admin2=form.admin2,
        aliases=tuple(alias.strip() for alias in form.aliases.split("|") if alias.strip()),
    )


def build_actor(form: ActorForm) -> Actor:
    """An actor; a membership or status without a source of its own takes its actor's."""
    return Actor(
        id=form.id,
        name=form.name,
        kind=form.kind,
        side=form.side,
        country=form.country,
        aliases=tuple(form.aliases),
        names=tuple(DatedName(name=each.name, period=_period(each)) for each in form.names),
        memberships=tuple(
            Membership(of=each.of, period=_period(each), source=each.source or form.source) for each in form.memberships
        ),
        statuses=tuple(
            DatedStatus(status=each.status, period=_period(each), source=each.source or form.source)
            for each in form.status
        ),
        source=form.source,
    )


def build_source(form: SourceForm) -> Source:
    return Source(
        id=form.id,
        name=form.name,
        kind=form.kind,
        family=form.family,
        reliability=form.reliability,
        reason=form.reason,
        actor=form.actor,
        aliases=tuple(form.aliases),
        utc_offset=form.utc_offset,
        entries=form.entries,
        confidential=form.confidential,
    )


def _period(form: PeriodForm) -> Period:
    return Period(since=form.since, until=form.until)
