"""The checked form of agreement.toml becomes the frozen record: ids of zones become zones, instants UTC."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from truceline.flow.mission_agreement_forms import (
    ActForm,
    AgreementForm,
    AnyZone,
    EntryForm,
    ExceptionForm,
    NamedZoneForm,
    ObligationForm,
    TruceForm,
    WeaponForm,
    ZoneForm,
    ZoneUse,
)
from truceline.model.agreement import (
    Acceptance,
    Act,
    Agreement,
    Entry,
    Excluded,
    Exemption,
    Listed,
    LocalTruce,
    Need,
    Obligation,
    Version,
    Weapon,
    Zone,
    ZoneKind,
)
from truceline.model.place import Place

SETTLEMENT_KM = 3.0  # the reach of a settlement of a list, where neither places.csv nor the zone gives one


def build_agreement(form: AgreementForm, places: Mapping[str, Place]) -> Agreement:
    zones = {each.id: _zone(each, places) for each in form.zone}
    begins = {each.id: each.begins for each in form.version}
    return Agreement(
        id=form.id,
        name=form.name,
        entries=tuple(map(_entry, form.entry)),
        ends=_utc(form.ends),
        area=_used(form.area, zones, places),
        parties=tuple(
            Acceptance(actor=each.actor, accepted=each.accepted, withdrew=each.withdrew, source=each.source)
            for each in form.party
        ),
        excluded=tuple(
            Excluded(actor=each.actor, since=each.since, until=each.until, source=each.source) for each in form.excluded
        ),
        unknown=tuple(Listed(actor=each.actor, source=each.source) for each in form.unknown),
        outsiders=tuple(Listed(actor=each.actor, source=each.source) for each in form.outsider),
        obligations=tuple(_obligation(each, form.obligation, zones, begins) for each in form.obligation),
        local_truces=tuple(_local_truce(each, zones, places) for each in form.truce),
        weapons=tuple(map(_weapon, form.weapon)),
        exceptions=tuple(map(_exemption, form.exception)),
        versions=tuple(
            Version(id=each.id, name=each.name, begins=each.begins.astimezone(UTC), source=each.source)
            for each in form.version
        ),
        source=form.source,
    )


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def _entry(form: EntryForm) -> Entry:
    return Entry(at=form.at.astimezone(UTC), as_told=form.as_told, source=form.source)


def _used(forms: Iterable[AnyZone], zones: Mapping[str, Zone], places: Mapping[str, Place]) -> tuple[Zone, ...]:
    return tuple(zones[each.zone] if isinstance(each, ZoneUse) else _zone(each, places) for each in forms)


def _zone(form: ZoneForm, places: Mapping[str, Place]) -> Zone:
    """A zone; one that names a place of places.csv takes centre and radius from there unless it says its own."""
    place = places.get(form.name) if form.kind is ZoneKind.PLACE else None
    return Zone(
        kind=form.kind,
        name=form.name,
        id=form.id if isinstance(form, NamedZoneForm) else "",
        lat=place.lat if form.lat is None and place is not None else form.lat,
        lon=place.lon if form.lon is None and place is not None else form.lon,
        radius_km=place.radius_km if form.radius_km is None and place is not None else form.radius_km,
        points=tuple(form.points or form.line),
        km=form.km or 0.0,
        parts=tuple(_settlement(each, form, places) for each in form.places),
        slack_km=form.slack_km,
        illustrative=form.illustrative,
        country=form.country,
        source=form.source,
    )


def _settlement(id: str, form: ZoneForm, places: Mapping[str, Place]) -> Zone:
    """One of a list of settlements: a circle around its centre."""
    place = places.get(id)
    return Zone(
        kind=ZoneKind.PLACE,
        name=id,
        lat=None if place is None else place.lat,
        lon=None if place is None else place.lon,
        radius_km=form.radius_km or (SETTLEMENT_KM if place is None else place.radius_km),
        slack_km=form.slack_km,
        illustrative=form.illustrative,
    )


def _weapon(form: WeaponForm) -> Weapon:
    return Weapon(
        id=form.id,
        name=form.name,
        words=tuple(form.words),
        unsure=tuple(form.unsure),
        not_words=tuple(form.not_words),
        calibre_mm_least=form.calibre_mm_least,
        calibre_mm_below=form.calibre_mm_below,
        any_of=tuple(form.any_of),
        but_not=tuple(form.but_not),
        source=form.source,
    )


def _exemption(form: ExceptionForm) -> Exemption:
    needs = tuple(Need(what=each.what, cues=tuple(each.cues)) for each in form.needs)
    return Exemption(id=form.id, name=form.name, question=form.question, needs=needs, source=form.source)


def _obligation(
    form: ObligationForm,
    others: Sequence[ObligationForm],
    zones: Mapping[str, Zone],
    versions: Mapping[str, datetime],
) -> Obligation:
    """A term; it begins with its version and ends where what supersedes it begins, unless it says so itself."""
    begins = _begin(form, versions)
    successor = next((each for each in others if each.id == form.superseded_by), None)
    until = form.until or (None if successor is None else _begin(successor, versions))
    return Obligation(
        id=form.id,
        title=form.title,
        duty=form.duty,
        acts=_acts(form.acts),
        binds=tuple(form.binds),
        protects=tuple(form.protects),
        clause=form.clause,
        source=form.source,
        exceptions=tuple(form.exceptions),
        weapons=tuple(form.weapons),
        zones=tuple(zones[each] for each in form.zones),
        begins=() if begins is None else (begins.astimezone(UTC),),
        until=_utc(until),
        due=_utc(form.due),
        preparatory=form.preparatory,
        version=form.version,
        superseded_by=form.superseded_by,
    )


def _begin(form: ObligationForm, versions: Mapping[str, datetime]) -> datetime | None:
    return form.begins or versions.get(form.version or "")


def _acts(forms: Iterable[ActForm]) -> tuple[Act, ...]:
    return tuple(Act(plover=act.plover, modes=tuple(act.modes)) for act in forms)


def _local_truce(form: TruceForm, zones: Mapping[str, Zone], places: Mapping[str, Place]) -> LocalTruce:
    return LocalTruce(
        id=form.id,
        name=form.name,
        start=form.start.astimezone(UTC),
        end=form.end.astimezone(UTC),
        zones=_used(form.zones, zones, places),
        source=form.source,
        other_starts=tuple(map(_entry, form.other_starts)),
        binds=tuple(form.binds),
        acts=_acts(form.acts),
        protects=tuple(form.protects),
        exceptions=tuple(form.exceptions),
    )
