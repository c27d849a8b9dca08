"""What is withheld is decided alike over a view and over either database, and is then neither found nor counted."""

from zoneinfo import ZoneInfo

import pytest
from canaries import LEAK, NOW, keep, world
from sqlalchemy import true

from truceline.model.release import Withheld
from truceline.publish.facts import ViewFacts
from truceline.publish.release import Releasing
from truceline.store.browse import Browser, Sought
from truceline.store.register import Register, Wanted
from truceline.store.sql import SqlRegister
from truceline.vocab.release import profile_named, profiles_of

VIEW = world()
PROFILES = tuple(each.id for each in profiles_of(VIEW.mission))


@pytest.fixture
def browser(register: Register) -> Browser:
    assert isinstance(register, SqlRegister)
    with register.writing() as writer:
        keep(writer)
    return Browser(register.engine, lambda _words: true())


def withheld_by(profile: str) -> tuple[Releasing, Withheld]:
    releasing = Releasing(mission=VIEW.mission, profile=profile_named(profile, VIEW.mission), now=NOW)
    return releasing, releasing.find_withheld(ViewFacts(VIEW))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_database_decides_as_the_view_does(browser: Browser, profile: str) -> None:
    releasing, expected = withheld_by(profile)
    assert releasing.find_withheld(browser.facts()) == expected


@pytest.mark.parametrize("profile", PROFILES)
def test_a_released_register_holds_what_the_cut_view_holds(browser: Browser, profile: str) -> None:
    releasing, withheld = withheld_by(profile)
    shown, cut = browser.releasing(withheld), releasing.cut(VIEW, withheld)
    ids = sorted(each.id for each in cut.incidents)
    assert sorted(shown.incident_ids()) == ids
    assert sorted(each.id for each in shown.page(Sought(), limit=100).incidents) == ids
    assert shown.count(Sought()) == len(ids)
    assert sum(each.count for each in shown.piles(Sought())) == len(ids)
    assert sum(count for _, count in shown.starts(Sought(), ZoneInfo("UTC"))) == len(ids)
    assert list(shown.document_ids()) == sorted(each.id for each in cut.documents)
    assert {each.id for each in shown.documents(limit=100)} == {each.id for each in cut.documents}
    days = {each.published_at.date() for each in cut.documents if each.published_at is not None}
    assert set(shown.published(ZoneInfo("UTC"))) == days
    told = {each.source for each in cut.tellings}
    assert set(shown.choices().sources) <= told


def test_pages_follow_each_other_over_what_is_withheld(browser: Browser) -> None:
    _, withheld = withheld_by("public")
    shown, ids, after = browser.releasing(withheld), [], None
    while True:
        page = shown.page(Sought(), limit=2, after=after)
        ids += [each.id for each in page.incidents]
        after = page.after
        if after is None:
            break
    assert len(ids) == len(set(ids)) == shown.count(Sought())


def test_what_is_withheld_is_not_found_by_its_id_or_its_source(browser: Browser) -> None:
    _, withheld = withheld_by("public")
    shown = browser.releasing(withheld)
    assert (browser.has_incident("i-narwhal"), shown.has_incident("i-narwhal")) == (True, False)
    assert shown.count(Sought(wanted=Wanted(source="zebrafinch-post"))) == 0
    assert LEAK.id not in shown.document_ids()
    assert "i-narwhal" not in {each.id for each in shown.document("open-2016-06-03", VIEW.mission).incidents}


def test_very_many_withheld_ids_are_one_value(browser: Browser) -> None:
    """More than a statement may have values in either database."""
    many = Withheld(documents=frozenset(f"none-{n}" for n in range(70_000)) | {LEAK.id})
    assert len(browser.releasing(many).document_ids()) == len(VIEW.documents) - 1
