"""The shape of a mission's files: what pydantic checks at the door. Records come after (`mission_records`)."""

import re
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from truceline.kit.nearest import did_you_mean
from truceline.model.actor import ActorKind, Status
from truceline.model.review import ItemKind
from truceline.model.source import Reliability, SourceKind
from truceline.vocab.mission_terms import country_codes, place_kinds, plover_modes


def mistake(message: str) -> PydanticCustomError:
    # Braces would be read as places to fill in.
    return PydanticCustomError("mission", "{message}", {"message": message})


def _check_id(id: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", id):
        raise mistake(f"'{id}' is no id: use lower case letters and digits, joined by dots or hyphens")
    return id


def _check_place_id(id: str) -> str:
    if re.search(r"\s|\|", id):
        raise mistake(f"'{id}' is no id: leave out blanks and bars, as in mission:hmeimim")
    return id


def check_country(code: str) -> str:
    if code not in country_codes():
        hint = f"; did you mean '{code.upper()}'?" if code.upper() in country_codes() else ""
        raise mistake(f"'{code}' is no ISO 3166 alpha-2 country code, such as \"SY\"{hint}")
    return code


def _check_language(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise mistake(f"'{code}' is no language code: write two or three lower case letters, such as \"en\"")
    return code


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a folder of the database, a path, an unknown name
        hint = did_you_mean(name, available_timezones())
        raise mistake(f"'{name}' is no IANA time zone, such as \"Asia/Damascus\"{hint}") from None
    return name


def _check_offset(offset: str) -> str:
    if not re.fullmatch(r"[+-](0\d|1[0-4]):[0-5]\d", offset):
        raise mistake(f"'{offset}' is no offset from UTC, such as \"+03:00\"")
    return offset


def _check_entries(entries: str) -> str:
    plover, _, mode = entries.partition(" ")
    if plover not in plover_modes() or (mode and mode not in plover_modes()[plover]):
        raise mistake(f"'{entries}' is no PLOVER category with one of its modes, such as \"ASSAULT aerial\"")
    return entries


def _check_place_kind(kind: str) -> str:
    if kind not in place_kinds():
        known = ", ".join(place_kinds())
        raise mistake(f"'{kind}' is no kind of place{did_you_mean(kind, place_kinds())}; known: {known}")
    return kind


Words = Annotated[str, StringConstraints(min_length=1)]
ActorId = Annotated[str, AfterValidator(_check_id)]
Country = Annotated[str, AfterValidator(check_country)]
Language = Annotated[str, AfterValidator(_check_language)]
# Strict: a date must be a TOML date, not a text or a number that could be read as one.
Day = Annotated[date, Strict()]
Number = Annotated[float, Strict()]


class Form(BaseModel):
    """A table of a mission file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PeriodForm(Form):
    since: Day | None = None
    until: Day | None = None

    @field_validator("until")
    @classmethod
    def _until_comes_after_since(cls, until: date | None, known: ValidationInfo) -> date | None:
        check_order(known.data.get("since"), until, "since", "until")
        return until


def check_order(start: date | None, end: date | None, start_key: str, end_key: str) -> None:
    """The end is exclusive, so an equal one would leave nothing."""
    if start is not None and end is not None and end <= start:
        raise mistake(f"'{end_key}' ({end}) must come after '{start_key}' ({start})")


class IncidentForm(Form):
    window_hours: Number = Field(default=36.0, gt=0, le=24 * 60)
    window_km: Number = Field(default=15.0, gt=0, le=500)


class BulletinForm(Form):
    days: Annotated[int, Strict()] = Field(default=7, ge=1, le=366)
    four_eyes: Annotated[bool, Strict()] | None = None


class GradingForm(Form):
    """What a mission knows that grades need."""

    war_began: Day | None = None
    camps: list[Annotated[list[Words], Field(min_length=2)]] = []
    no_aircraft: list[Words] = []
    source: str = ""

    @field_validator("camps")
    @classmethod
    def _a_side_is_in_one_camp(cls, camps: list[list[str]]) -> list[list[str]]:
        sides = [side for camp in camps for side in camp]
        twice = sorted({side for side in sides if sides.count(side) > 1})
        if twice:
            raise mistake(f"'{twice[0]}' is in more than one camp; a side fights together with one only")
        return camps


class ReviewForm(Form):
    """How people's decisions are taken."""

    double: list[ItemKind] = []

    @field_validator("double")
    @classmethod
    def _a_kind_is_named_once(cls, double: list[ItemKind]) -> list[ItemKind]:
        twice = sorted({each.value for each in double if double.count(each) > 1})
        if twice:
            raise mistake(f"'{twice[0]}' is named twice; once is enough")
        return double


class MissionForm(Form):
    """mission.toml"""

    id: Annotated[str, AfterValidator(_check_id)]
    name: Words
    summary: str = ""
    since: Day
    until: Day
    timezone: Annotated[str, AfterValidator(_check_timezone)]
    cutoff: Annotated[time, Strict()] = time(0, 0)
    languages: list[Language] = Field(default=["en"], min_length=1)
    countries: list[Country] = []
    incident: IncidentForm = IncidentForm()
    bulletin: BulletinForm = BulletinForm()
    grading: GradingForm = GradingForm()
    review: ReviewForm = ReviewForm()

    @field_validator("until")
    @classmethod
    def _until_comes_after_since(cls, until: date, known: ValidationInfo) -> date:
        check_order(known.data.get("since"), until, "since", "until")
        return until


class NameForm(PeriodForm):
    name: Words


class MembershipForm(PeriodForm):
    of: ActorId
    source: str = ""


class StatusForm(PeriodForm):
    status: Status
    source: str = ""


class ActorForm(Form):
    id: ActorId
    name: Words
    kind: ActorKind
    side: Words | None = None
    country: Country | None = None
    aliases: list[Words] = []
    names: list[NameForm] = []
    memberships: list[MembershipForm] = []
    status: list[StatusForm] = []
    source: str = ""


class ActorsForm(Form):
    """actors.toml"""

    actor: list[ActorForm] = []


class SourceForm(Form):
    id: ActorId
    name: Words
    aliases: list[Words] = []
    kind: SourceKind
    family: Words
    actor: ActorId | None = None
    reliability: Reliability
    reason: Words
    utc_offset: Annotated[str, AfterValidator(_check_offset)] | None = None
    entries: Annotated[str, AfterValidator(_check_entries)] | None = None
    confidential: Annotated[bool, Strict()] = False


class SourcesForm(Form):
    """sources.toml"""

    source: list[SourceForm] = []


class PlaceForm(Form):
    """One row of places.csv; its cells come as text, an empty cell as no key."""

    id: Annotated[Words, AfterValidator(_check_place_id)]
    name: Words
    kind: Annotated[str, AfterValidator(_check_place_kind)]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    radius_km: Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False)] | None = None
    country: Country | None = None
    admin1: str | None = None
    admin2: str | None = None
    aliases: str = ""
    source: str = ""
