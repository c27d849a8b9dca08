"""What a profile withholds is in none of the files that are published for it, however one looks."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from canaries import EVERY, HIDDEN, LEAK, NOW, SOURCE, find_markers, world

from truceline.errors import UsageError
from truceline.flow.release import publish_view, released_view
from truceline.model.release import NOTHING, Reason
from truceline.model.view import View
from truceline.publish.bulletin import make_bulletin
from truceline.publish.facts import ViewFacts
from truceline.publish.lookup import look_up
from truceline.publish.release import Releasing
from truceline.vocab.release import profile_named, profiles_of, public, shipped_profiles

PROFILES = tuple(HIDDEN)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for each in PROFILES:
        made[each] = tmp_path_factory.mktemp(each)
        publish_view(world(), made[each], release=each, now=NOW)
    return made


def released(profile: str, view: View | None = None) -> View:
    held = view or world()
    return released_view(held, profile_named(profile, held.mission), now=NOW)[0]


def all_told(folder: Path, view: View) -> Iterator[tuple[str, str]]:
    """Every file as text and by its name; the PDF by the record it is printed from, its fonts hold no letters."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.name
            yield path.name, path.read_bytes().decode("utf-8", "replace")
    yield "bulletin.pdf", str(make_bulletin(look_up(view), paged=frozenset()))


@pytest.mark.parametrize("profile", PROFILES)
def test_no_file_holds_what_the_profile_withholds(folders: dict[str, Path], profile: str) -> None:
    told = all_told(folders[profile], released(profile))
    found = {(name, each) for name, text in told for each in find_markers(text, HIDDEN[profile])}
    assert not found


def test_every_marker_is_published_where_everything_is_released(folders: dict[str, Path]) -> None:
    everything = " ".join(text for _, text in all_told(folders["internal"], released("internal")))
    assert find_markers(everything, EVERY) == list(EVERY)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_page_and_the_data_say_by_which_profile_they_are_released(folders: dict[str, Path], profile: str) -> None:
    says = profile_named(profile, world().mission).says
    pages = [each.read_text("utf-8") for each in folders[profile].rglob("*.html")]
    assert len(pages) > 10
    assert all(says in each for each in pages)
    assert says in (folders[profile] / "data/README.txt").read_text("utf-8")
    assert says in make_bulletin(look_up(released(profile)), paged=frozenset()).masthead.release


def test_numbers_are_those_of_what_is_released() -> None:
    view = released("public")
    bulletin = make_bulletin(look_up(view), paged=frozenset())
    assert bulletin.register_count == len(world().incidents) - 4
    assert view.watch is not None
    assert view.watch != world().watch
    assert SOURCE.id not in view.watch.silent_sources
    assert sum(each.incidents for each in view.watch.days) <= len(view.incidents)
    assert all(each.source != SOURCE.id for each in view.letters)


def test_the_whole_incident_goes_for_one_confidential_telling() -> None:
    view, withheld = released_view(world(), public(), now=NOW)
    assert withheld.incidents["i-narwhal"] is Reason.SOURCE
    assert "k-open" not in {each.claim for each in view.tellings}, "the open telling would tell of the incident"
    assert "open-2016-06-03" in withheld.quoted
    (shown,) = (each for each in view.documents if each.id == "open-2016-06-03")
    assert (shown.text, shown.title) == ("", "Round-up of a day")


def test_a_claim_shown_points_to_nothing_withheld() -> None:
    (camp,) = (each for each in released("public").tellings if each.claim == "k-camp")
    assert (camp.copied_from, camp.taken_from, camp.withdrawn) == (None, None, None)
    (kept,) = (each for each in released("internal").tellings if each.claim == "k-camp")
    assert kept.copied_from == LEAK.id


def test_what_waits_is_told_when_its_time_has_come() -> None:
    view = world()
    profile = public()
    _, before = released_view(view, profile, now=NOW)
    assert before.incidents["i-ibex"] is Reason.DELAY
    assert before.next_at is not None
    _, after = released_view(view, profile, now=before.next_at)
    assert "i-ibex" not in after.incidents
    _, until = released_view(view, profile, now=before.next_at - timedelta(seconds=1))
    assert "i-ibex" in until.incidents


def test_an_undated_incident_waits_from_when_it_was_last_told() -> None:
    view = world()
    undated = tuple(replace(each, start=None, end=None) if each.id == "i-ibex" else each for each in view.incidents)
    view = replace(view, incidents=undated)
    published = max(each.published_at for each in view.tellings if each.claim == "k-convoy" and each.published_at)
    _, early = released_view(view, public(), now=published + timedelta(hours=71))
    _, late = released_view(view, public(), now=published + timedelta(hours=73))
    assert "i-ibex" in early.incidents
    assert "i-ibex" not in late.incidents


def test_a_profile_that_withholds_nothing_changes_nothing() -> None:
    view = world()
    profile = profile_named("internal", view.mission)
    releasing = Releasing(mission=view.mission, profile=profile, now=NOW)
    assert releasing.find_withheld(ViewFacts(view)) == NOTHING
    assert releasing.cut(view, NOTHING) == replace(view, release=profile)


def test_cutting_twice_is_cutting_once() -> None:
    view = world()
    for profile in profiles_of(view.mission):
        releasing = Releasing(mission=view.mission, profile=profile, now=NOW)
        withheld = releasing.find_withheld(ViewFacts(view))
        once = releasing.cut(view, withheld)
        assert releasing.cut(once, withheld) == once


def test_a_mission_may_change_a_shipped_profile_and_add_its_own() -> None:
    mission = world().mission
    changed = replace(mission, releases=(*mission.releases, replace(public(), texts=False)))
    assert not profile_named("public", changed).texts
    assert profile_named("public", mission).texts
    assert [each.id for each in profiles_of(mission)] == ["public", "partner", "internal", "quotes", "delayed"]


def test_an_unknown_profile_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="did you mean 'partner'"):
        profile_named("partners", world().mission)


def test_shipped_profiles_name_acts_that_exist_and_their_source() -> None:
    from truceline.flow.mission_release_forms import act_names

    for profile in shipped_profiles():
        for act in profile.acts:
            assert act.source
            assert all(each.casefold() in act_names() or each.isdigit() for each in act.names)


def test_the_manifest_lists_exactly_what_was_published(folders: dict[str, Path]) -> None:
    listed = json.loads((folders["public"] / "manifest.json").read_text("utf-8"))["files"]
    assert not find_markers(" ".join(listed), HIDDEN["public"])
