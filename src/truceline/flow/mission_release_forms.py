"""release.toml of a mission: the release profiles that it changes or adds.

A profile says all of itself: one that took half of its rules from elsewhere could release by a mistake of spelling what
its author meant to withhold. A mistake in the file forbids the mission for the same reason.
"""

import re
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field, Strict, field_validator

from truceline.flow.mission_forms import Form, Number, Words, mistake
from truceline.kit.nearest import did_you_mean
from truceline.model.release import ActRule, ReleaseProfile, SensitivePlaces
from truceline.vocab.mission_terms import kind_names, plover_modes

LONGEST_HOURS = 24 * 366 * 5


def _check_profile_id(id: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", id):
        raise mistake(f"'{id}' is no id of a profile: use lower case letters, digits and hyphens, as in \"partner\"")
    return id


@cache
def act_names() -> dict[str, str]:
    """Whatever an act may be called, by its folded name: "AID", "ASSAULT sexual", "Sexual violence"."""
    combined = [f"{category} {mode}" for category, modes in plover_modes().items() for mode in modes]
    modes = {mode for modes in plover_modes().values() for mode in modes} - set(plover_modes())
    return {each.casefold(): each for each in (*combined, *(each for each in kind_names() if each not in modes))}


def _check_act(name: str) -> str:
    if name.casefold() not in act_names() and not re.fullmatch(r"[0-9]{2,4}", name):
        hint = did_you_mean(name, act_names().values()) or '; write it as "AID", "ASSAULT sexual" or "Sexual violence"'
        raise mistake(f"'{name}' is no act by PLOVER, ACLED or CAMEO{hint}")
    return name


class ActForm(Form):
    """[[profile.act]]"""

    what: Words
    names: Annotated[list[Annotated[str, AfterValidator(_check_act)]], Field(min_length=1)]
    source: Words
    delay_hours: Annotated[Number, Field(gt=0, le=LONGEST_HOURS, allow_inf_nan=False)] | None = None


class ProfileForm(Form):
    """[[profile]]"""

    id: Annotated[str, AfterValidator(_check_profile_id)]
    name: Words
    says: Words
    sensitive_places: SensitivePlaces
    confidential: Annotated[bool, Strict()]
    texts: Annotated[bool, Strict()]
    delay_hours: Annotated[Number, Field(ge=0, le=LONGEST_HOURS, allow_inf_nan=False)] = 0.0
    grid_degrees: Annotated[Number, Field(gt=0, le=5, allow_inf_nan=False)] | None = None
    radius_km: Annotated[Number, Field(gt=0, le=500, allow_inf_nan=False)] | None = None
    act: list[ActForm] = Field(default=[])


class ReleaseForm(Form):
    """release.toml"""

    profile: list[ProfileForm] = Field(default=[])

    @field_validator("profile")
    @classmethod
    def _each_id_is_there_once(cls, profiles: list[ProfileForm]) -> list[ProfileForm]:
        ids = [each.id for each in profiles]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise mistake(f"profile '{twice[0]}' is there more than once; keep one of them")
        return profiles


def build_profile(form: ProfileForm) -> ReleaseProfile:
    return ReleaseProfile(
        id=form.id,
        name=form.name,
        says=form.says,
        sensitive_places=form.sensitive_places,
        confidential=form.confidential,
        texts=form.texts,
        delay_hours=form.delay_hours,
        grid_degrees=form.grid_degrees,
        radius_km=form.radius_km,
        acts=tuple(
            ActRule(what=each.what, names=tuple(each.names), source=each.source, delay_hours=each.delay_hours)
            for each in form.act
        ),
    )
