"""What is wrong with a registry is told with its lines, all at once, and nobody is guessed."""

from pathlib import Path

import pytest

from truceline.errors import Severity
from truceline.flow.mission import check_mission

MISSION = """\
id = "north"
name = "Northland"
since = 2016-02-26
until = 2016-06-21
timezone = "UTC"
"""
SOURCES = ""
HEAD = '[[actor]]\nid = "nor.gov"\nname = "Government of Northland"\nkind = "state"\nsource = "x"\n'


def actor(id: str, name: str, *lines: str, kind: str = "armed-group") -> str:
    return "\n".join(["[[actor]]", f'id = "{id}"', f'name = "{name}"', f'kind = "{kind}"', 'source = "x"', *lines, ""])


def problems(folder: Path, actors: str) -> list[tuple[str, str, str]]:
    files = {"mission.toml": MISSION, "actors.toml": HEAD + actors, "sources.toml": SOURCES}
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8")
    found = check_mission(folder)[1]
    return [(each.code, each.where.removeprefix("actors.toml:"), each.message) for each in found]


def test_an_alias_of_two_actors_on_one_day_is_told_with_both_lines(tmp_path: Path) -> None:
    one = actor("a", "Hill Front", 'names = [{ name = "Valley Shield", since = 2015-01-01 }]')
    other = actor("b", "River Front", 'aliases = ["Valley shield"]')
    ((code, line, message),) = problems(tmp_path, one + other)
    assert (code, line) == ("mission.shared-alias", "17")
    assert "at actors.toml:11" in message


def test_a_name_taken_over_after_the_other_laid_it_down_is_nobodys_mistake(tmp_path: Path) -> None:
    one = actor("a", "Hill Front", 'names = [{ name = "Valley Shield", until = 2016-03-01 }]')
    other = actor("b", "River Front", 'names = [{ name = "Valley Shield", since = 2016-03-01 }]')
    assert problems(tmp_path, one + other) == []


def test_an_office_is_shared_only_by_those_who_held_it_on_one_day(tmp_path: Path) -> None:
    first = 'memberships = [{ of = "nor.gov", since = 2010-01-01, until = 2016-01-01 }]'
    then = 'memberships = [{ of = "nor.gov", since = 2016-01-01 }]'
    office = 'aliases = ["Northland president"]'
    following = actor("p", "Ada Holm", office, first, kind="person") + actor(
        "q", "Bo Lind", office, then, kind="person"
    )
    assert problems(tmp_path, following) == []
    at_once = actor("p", "Ada Holm", office, first, kind="person") + actor("q", "Bo Lind", office, first, kind="person")
    assert [code for code, _, _ in problems(tmp_path, at_once)] == ["mission.shared-alias"]


def test_a_shared_alias_forbids_no_mission(tmp_path: Path) -> None:
    problems(tmp_path, actor("a", "Hill Front", 'aliases = ["HF"]') + actor("b", "Harbour Force", 'aliases = ["HF"]'))
    mission, (problem,) = check_mission(tmp_path)
    assert mission is not None
    assert problem.severity is Severity.WARNING


def test_a_ring_of_memberships_is_told_at_each_of_its_links(tmp_path: Path) -> None:
    ring = "".join(
        actor(each, f"Front {each}", f'memberships = [{{ of = "{of}" }}]')
        for each, of in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    assert [code for code, _, _ in problems(tmp_path, ring)] == ["mission.circular-membership"] * 3


def test_an_id_given_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    found = problems(tmp_path, actor("a", "Hill Front") + actor("a", "River Front"))
    assert [(code, line) for code, line, _ in found] == [("mission.duplicate-id", "12")]
    assert "actors.toml:7" in found[0][2]


@pytest.mark.parametrize("day", ["2016-02-30", "2016-13-01", "20016-05-01", "2016-2-3"])
def test_a_day_of_no_calendar_hides_no_other_mistake(tmp_path: Path, day: str) -> None:
    wrong = actor("a", "Hill Front", f'memberships = [{{ of = "nobody", since = {day}, source = "30-02-2016" }}]')
    found = problems(tmp_path, wrong)
    assert sorted(code for code, _, _ in found) == ["mission.impossible-date", "mission.unknown-actor"]
    assert any(f"'{day}' is no day of the calendar" in message for _, _, message in found)


def test_a_year_that_cannot_be_meant_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, actor("a", "Hill Front", 'memberships = [{ of = "nor.gov", since = 0216-05-01 }]'))
    assert [(code, line) for code, line, _ in found] == [("mission.impossible-date", "11")]


def test_a_period_that_ends_before_it_begins_is_told(tmp_path: Path) -> None:
    backwards = 'memberships = [{ of = "nor.gov", since = 2016-05-01, until = 2016-01-01 }]'
    (found,) = problems(tmp_path, actor("a", "Hill Front", backwards))
    assert "must come after" in found[2]
