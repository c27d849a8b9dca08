"""The shape of agreement.toml: what pydantic checks at the door (docs/guide/agreements.md teaches the language)."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Discriminator, Field, Strict, Tag, ValidationInfo, field_validator

from truceline.flow.mission_forms import ActorId, Country, Day, Form, Number, Words, check_country, check_order, mistake
from truceline.flow.mission_mistakes import ZONE_TAGS
from truceline.kit.nearest import did_you_mean
from truceline.model.agreement import Duty, ZoneKind
from truceline.vocab.mission_terms import plover_modes


def _check_term_id(id: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", id):
        raise mistake(f"'{id}' is no id: use letters, digits, dots and hyphens")
    return id


def _check_category(category: str) -> str:
    if category not in plover_modes():
        raise mistake(f"'{category}' is no PLOVER category{did_you_mean(category, plover_modes())}")
    return category


TermId = Annotated[str, AfterValidator(_check_term_id)]
Instant = Annotated[AwareDatetime, Strict()]
Latitude = Annotated[Number, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[Number, Field(ge=-180, le=180, allow_inf_nan=False)]
Kilometres = Annotated[Number, Field(gt=0, le=2000, allow_inf_nan=False)]
Millimetres = Annotated[Number, Field(gt=0, le=1000, allow_inf_nan=False)]

# The keys that give a zone its shape, by kind. What is not listed has no meaning there.
SHAPES = {
    "lat": (ZoneKind.CIRCLE, ZoneKind.PLACE),
    "lon": (ZoneKind.CIRCLE, ZoneKind.PLACE),
    "radius_km": (ZoneKind.CIRCLE, ZoneKind.PLACE, ZoneKind.SETTLEMENTS),
    "points": (ZoneKind.POLYGON,),
    "line": (ZoneKind.BUFFER,),
    "km": (ZoneKind.BUFFER,),
    "places": (ZoneKind.SETTLEMENTS,),
    "country": (ZoneKind.ADMIN1,),
    "slack_km": (ZoneKind.CIRCLE, ZoneKind.PLACE, ZoneKind.POLYGON, ZoneKind.BUFFER, ZoneKind.SETTLEMENTS),
}
Point = Annotated[tuple[Latitude, Longitude], Field(strict=False)]


class EntryForm(Form):
    at: Instant
    as_told: Words
    source: Words


class ZoneForm(Form):
    """A zone with its shape."""

    kind: ZoneKind
    name: Words
    lat: Latitude | None = None
    lon: Longitude | None = None
    radius_km: Kilometres | None = None
    points: list[Point] = []
    line: list[Point] = []
    km: Kilometres | None = None
    places: list[Words] = []
    slack_km: Annotated[Number, Field(ge=0, le=100, allow_inf_nan=False)] = 0.0
    illustrative: Annotated[bool, Strict()] = False
    country: Country | None = None
    source: str = ""

    @field_validator("name")
    @classmethod
    def _country_is_a_code(cls, name: str, known: ValidationInfo) -> str:
        return check_country(name) if known.data.get("kind") is ZoneKind.COUNTRY else name

    @field_validator(*SHAPES)
    @classmethod
    def _only_where_it_has_a_meaning(cls, given: object, known: ValidationInfo) -> object:
        kind, key = known.data.get("kind"), known.field_name or ""
        if given not in (None, [], 0.0) and kind is not None and kind not in SHAPES[key]:
            if kind in {ZoneKind.COUNTRY, ZoneKind.ADMIN1}:
                raise mistake(f"a {kind} has borders: leave '{key}' out, or use kind = \"circle\"")
            raise mistake(f"a {kind} has no '{key}': leave it out, or use kind = \"{SHAPES[key][0]}\"")
        return given


class NamedZoneForm(ZoneForm):
    id: TermId


class ZoneUse(Form):
    """`{ zone = "…" }`: the id of a [[zone]]."""

    zone: TermId


def _tell_zone(given: object) -> str:
    return ZONE_TAGS[1 if isinstance(given, ZoneUse) or (isinstance(given, dict) and "zone" in given) else 0]


AnyZone = Annotated[
    Annotated[ZoneForm, Tag(ZONE_TAGS[0])] | Annotated[ZoneUse, Tag(ZONE_TAGS[1])], Discriminator(_tell_zone)
]


class PartyForm(Form):
    actor: ActorId
    accepted: Day | None = None
    withdrew: Day | None = None
    source: Words

    @field_validator("withdrew")
    @classmethod
    def _withdrew_after_accepting(cls, withdrew: date | None, known: ValidationInfo) -> date | None:
        check_order(known.data.get("accepted"), withdrew, "accepted", "withdrew")
        return withdrew


class ExcludedForm(Form):
    actor: ActorId
    since: Day | None = None
    until: Day | None = None
    source: Words

    @field_validator("until")
    @classmethod
    def _until_comes_after_since(cls, until: date | None, known: ValidationInfo) -> date | None:
        check_order(known.data.get("since"), until, "since", "until")
        return until


class ListedForm(Form):
    actor: ActorId
    source: Words


class ActForm(Form):
    plover: Annotated[str, AfterValidator(_check_category)]
    modes: list[str] = []

    @field_validator("modes")
    @classmethod
    def _modes_of_the_category(cls, modes: list[str], known: ValidationInfo) -> list[str]:
        allowed = plover_modes().get(known.data.get("plover", ""))
        for mode in modes if allowed is not None else ():
            if mode not in (allowed or ()):
                raise mistake(f"'{mode}' is no mode of {known.data['plover']}{did_you_mean(mode, allowed or ())}")
        return modes


class WeaponForm(Form):
    id: TermId
    name: Words
    words: list[Words] = []
    unsure: list[Words] = []
    not_words: list[Words] = []
    calibre_mm_least: Millimetres | None = None
    calibre_mm_below: Millimetres | None = None
    any_of: list[TermId] = []
    but_not: list[TermId] = []
    source: str = ""

    @field_validator("calibre_mm_below")
    @classmethod
    def _a_calibre_fits(cls, below: float | None, known: ValidationInfo) -> float | None:
        least = known.data.get("calibre_mm_least")
        if below is not None and least is not None and below <= least:
            raise mistake(f"no calibre is {least:g} mm or more and below {below:g} mm; turn them round")
        return below


class NeedForm(Form):
    what: Words
    cues: list[Words] = Field(min_length=1)


class ExceptionForm(Form):
    id: TermId
    name: Words
    question: Words
    needs: list[NeedForm] = Field(min_length=1)
    source: str = ""


class VersionForm(Form):
    id: TermId
    name: Words
    begins: Instant = Field(alias="from")
    source: Words


class ObligationForm(Form):
    id: TermId
    title: Words
    version: TermId | None = None
    duty: Duty
    preparatory: Annotated[bool, Strict()] | None = None
    acts: list[ActForm] = Field(min_length=1)
    weapons: list[TermId] = []
    zones: list[TermId] = []
    binds: list[Words] = Field(min_length=1)
    protects: list[Words] = Field(min_length=1)
    begins: Instant | None = Field(default=None, alias="from")
    until: Instant | None = None
    due: Instant | None = None
    superseded_by: TermId | None = None
    exceptions: list[Words] = []
    clause: Words
    source: Words

    @field_validator("until")
    @classmethod
    def _until_comes_after_from(cls, until: datetime | None, known: ValidationInfo) -> datetime | None:
        check_order(known.data.get("begins"), until, "from", "until")
        return until

    @field_validator("due")
    @classmethod
    def _due_while_it_holds(cls, due: datetime | None, known: ValidationInfo) -> datetime | None:
        if due is not None and known.data.get("duty") is Duty.PROHIBITS:
            raise mistake("only what is required falls due; a prohibition holds 'from' an instant")
        check_order(due, known.data.get("until"), "due", "until")
        return due


class TruceForm(Form):
    id: TermId
    name: Words
    start: Instant
    end: Instant
    binds: list[Words] = Field(default=["party"], min_length=1)
    source: Words
    zones: list[AnyZone] = Field(min_length=1)
    other_starts: list[EntryForm] = []
    acts: list[ActForm] = []
    protects: list[Words] = Field(default=["any"], min_length=1)
    exceptions: list[Words] = []

    @field_validator("end")
    @classmethod
    def _end_comes_after_start(cls, end: datetime, known: ValidationInfo) -> datetime:
        check_order(known.data.get("start"), end, "start", "end")
        return end


class AgreementForm(Form):
    """agreement.toml"""

    id: TermId
    name: Words
    source: Words
    ends: Instant | None = None
    entry: list[EntryForm] = Field(min_length=1)
    version: list[VersionForm] = []
    zone: list[NamedZoneForm] = []
    area: list[AnyZone] = Field(min_length=1)
    weapon: list[WeaponForm] = []
    party: list[PartyForm] = []
    excluded: list[ExcludedForm] = []
    unknown: list[ListedForm] = []
    outsider: list[ListedForm] = []
    obligation: list[ObligationForm] = []
    exception: list[ExceptionForm] = []
    truce: list[TruceForm] = []

    @field_validator("entry")
    @classmethod
    def _in_force_before_it_ends(cls, entry: list[EntryForm], known: ValidationInfo) -> list[EntryForm]:
        for each in entry:
            check_order(each.at, known.data.get("ends"), "entry.at", "ends")
        return entry
