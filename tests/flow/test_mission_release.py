"""release.toml and confidential sources: read, checked, never left out by a mistake that would release something."""

from pathlib import Path

import pytest
from test_mission_left_out import SOURCES, loaded, written

from truceline.errors import MissionError
from truceline.flow.checkpoint import publication_inputs, way_of_deriving
from truceline.flow.mission import load_mission
from truceline.model.release import ActRule, SensitivePlaces
from truceline.vocab.release import profile_named

PROFILE = """\
[[profile]]
id = "public"
name = "public"
says = "Passages only."
sensitive_places = "rounded"
confidential = false
texts = false
delay_hours = 12
grid_degrees = 0.5
radius_km = 40

[[profile.act]]
what = "clashes"
names = ["Armed clash", "ASSAULT aerial", "194"]
delay_hours = 24.5
source = "agreed"
"""
HIDDEN = SOURCES + "confidential = true\n"


def problems_of(folder: Path, **files: str) -> list[str]:
    with pytest.raises(MissionError) as error:
        load_mission(written(folder, **files))
    return [f"{each.where} {each.message}" for each in error.value.problems]


def test_a_mission_without_the_file_has_the_shipped_profiles(tmp_path: Path) -> None:
    mission, problems = loaded(tmp_path)
    assert (mission.releases, problems) == ((), [])
    assert profile_named("public", mission).sensitive_places is SensitivePlaces.ROUNDED


def test_a_profile_of_a_mission_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    mission, problems = loaded(tmp_path, release=PROFILE)
    assert not problems
    profile = profile_named("public", mission)
    assert (profile.says, profile.texts, profile.delay_hours) == ("Passages only.", False, 12)
    assert (profile.grid_degrees, profile.radius_km) == (0.5, 40)
    rule = ActRule(what="clashes", names=("Armed clash", "ASSAULT aerial", "194"), source="agreed", delay_hours=24.5)
    assert profile.acts == (rule,)


@pytest.mark.parametrize(
    ("written_as", "told"),
    [
        ('texts = "no"', "release.toml:7 profile 'public': 'texts'"),
        ("text = false", "unknown key 'text'; did you mean 'texts'?"),
        ("texts = false\ndelay_hours = -1", "'delay_hours'"),
    ],
)
def test_a_mistake_in_a_profile_forbids_the_mission(tmp_path: Path, written_as: str, told: str) -> None:
    wrong = PROFILE.replace("delay_hours = 12\n", "").replace("texts = false", written_as)
    assert any(told in each for each in problems_of(tmp_path, release=wrong))


def test_an_act_that_nobody_codes_is_told_with_what_was_meant(tmp_path: Path) -> None:
    told = problems_of(tmp_path, release=PROFILE.replace('"Armed clash"', '"Armed clashes"'))
    assert any(
        "'Armed clashes' is no act by PLOVER, ACLED or CAMEO; did you mean 'Armed clash'?" in each for each in told
    )
    assert problems_of(tmp_path, release=PROFILE.replace('"Armed clash"', '"firearms"')), "a mode alone is no act"


def test_a_profile_given_twice_and_a_file_that_is_no_toml_are_told(tmp_path: Path) -> None:
    assert any("more than once" in each for each in problems_of(tmp_path, release=PROFILE + PROFILE))
    assert any(each.startswith("release.toml:1") for each in problems_of(tmp_path, release="[[profile"))


def test_a_source_can_be_confidential(tmp_path: Path) -> None:
    mission, problems = loaded(tmp_path, sources=HIDDEN)
    assert [each.confidential for each in mission.sources] == [True]
    assert not problems


@pytest.mark.parametrize(
    "sources",
    [
        HIDDEN.replace("confidential = true", 'confidential = "yes"'),
        HIDDEN.replace("confidential = true", "confidental = true"),
        HIDDEN.replace('reliability = "D"', 'reliability = "Z"'),
        HIDDEN.replace("[[source]]", '[[source]]\naliases = ["NNA", 7]'),
        HIDDEN + HIDDEN.replace("Northland News", "Northland Post"),
    ],
)
def test_a_confidential_source_is_never_left_out(tmp_path: Path, sources: str) -> None:
    assert any("a confidential source is never left out" in each for each in problems_of(tmp_path, sources=sources))


def test_what_is_released_is_published_anew_and_derived_no_more_than_before(tmp_path: Path) -> None:
    plain, _ = loaded(tmp_path)
    changed, _ = loaded(tmp_path, release=PROFILE, sources=HIDDEN)
    ways = {way_of_deriving(each, reading="r", decisions=()) for each in (plain, changed)}
    assert len(ways) == 1
    inputs = {
        publication_inputs(each, register="x", release=release, manifest=tmp_path / "none")
        for each in (plain, changed)
        for release in ("public", "partner")
    }
    assert len(inputs) == 4
