"""The profiles of release: those that are shipped, and what a mission makes of them."""

from functools import cache
from typing import Any

from truceline.errors import UsageError
from truceline.kit.nearest import did_you_mean
from truceline.model.mission import Mission
from truceline.model.release import ActRule, ReleaseProfile, SensitivePlaces
from truceline.vocab.load import load_toml

PUBLIC = "public"


@cache
def shipped_profiles() -> tuple[ReleaseProfile, ...]:
    """Those of release.toml, the one for everybody first."""
    return tuple(_profile(each) for each in load_toml("release.toml")["profile"])


def profiles_of(mission: Mission) -> tuple[ReleaseProfile, ...]:
    """The shipped profiles as the mission changes them, then its own."""
    own = {each.id: each for each in mission.releases}
    shipped = [own.pop(each.id, each) for each in shipped_profiles()]
    return (*shipped, *own.values())


def profile_named(id: str, mission: Mission) -> ReleaseProfile:
    """One of the mission's profiles. Raises UsageError with those there are."""
    known = {each.id: each for each in profiles_of(mission)}
    if id not in known:
        hint = did_you_mean(id, known) or f"; there are {', '.join(known)}"
        raise UsageError(f"--release: '{id}' is no release profile of this mission{hint}")
    return known[id]


def public() -> ReleaseProfile:
    """The shipped profile for everybody."""
    return next(each for each in shipped_profiles() if each.id == PUBLIC)


def _profile(table: dict[str, Any]) -> ReleaseProfile:
    acts = (ActRule(**{**each, "names": tuple(each["names"])}) for each in table.get("act", ()))
    told = {key: value for key, value in table.items() if key != "act"}
    return ReleaseProfile(
        **{**told, "sensitive_places": SensitivePlaces(told["sensitive_places"]), "acts": tuple(acts)}
    )
