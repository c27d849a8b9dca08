"""Who held which office: no two at once, no long gap that nobody knows of, and every state has its institutions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from truceline.model.actor import ActorKind, Period
from truceline.read.actors import ActorIndex
from truceline.read.actors_tables import head_titles, held_offices, is_known_on
from truceline.read.actors_world import world_actors
from truceline.vocab.actors import heads_of_state, office_holders

YEAR = timedelta(days=366)
# Between two terms that the table has, over a year in which it names nobody: vacant, acting only, or not known to us.
KNOWN_GAPS = {
    "egy.president 2011-02-11": "the armed forces' council ruled",
    "lbn.president 2014-05-25": "vacant",
    "lbn.president 2022-10-31": "vacant",
    "lby.prime-minister 2014-03-11": "two rival governments",
    "yem.foreign-minister 2019-06-10": "not known to us for certain",
}


def terms(office: str) -> list[Period]:
    return sorted((each.period for each in held_offices()[office]), key=lambda each: each.since or date.min)


def test_no_two_hold_one_office_on_one_day() -> None:
    overlapping = [
        (office, str(later.since))
        for office in held_offices()
        for earlier, later in pairwise(terms(office))
        if earlier.until is None or later.since is None or later.since < earlier.until
    ]
    assert overlapping == []


def test_a_gap_of_over_a_year_is_one_that_we_know_of() -> None:
    gaps = {
        f"{office} {earlier.until}"
        for office in held_offices()
        for earlier, later in pairwise(terms(office))
        if earlier.until is not None and later.since is not None and later.since - earlier.until > YEAR
    }
    assert gaps == set(KNOWN_GAPS)


def test_a_term_ends_after_it_begins_and_names_an_office_of_its_state() -> None:
    for row in office_holders():
        assert not (row["since"] and row["until"]) or row["since"] < row["until"], row
        prefix = row["office"].split(".")[0]
        assert row["of"].split(".")[0] == prefix, row


def test_one_holder_has_one_name() -> None:
    names: dict[str, set[str]] = {}
    for row in office_holders():
        names.setdefault(row["id"], set()).add(row["name"])
    assert [name for name in names.values() if len(name) > 1] == []


def test_every_state_has_a_government_a_head_and_a_foreign_ministry() -> None:
    ids = {actor.id: actor for actor in world_actors()}
    renamed = {"usa.mfa": "usa.state-department", "usa.mod": "usa.dod"}
    assert len(head_titles()) == 193 + 4  # members of the UN; Kosovo, Palestine, Taiwan, the Holy See
    for prefix, titles in head_titles().items():
        for organ in ("gov", "mfa", "mod", "foreign-minister"):
            own = f"{prefix}.{organ}"
            assert renamed.get(own, own) in ids, own
        for title, _period in titles:
            assert ids[f"{prefix}.{title}"].kind is ActorKind.ROLE
            assert ids[f"{prefix}.{title}"].memberships[0].of in ids


def test_a_state_has_one_head_on_every_day_since_2010() -> None:
    for prefix, titles in head_titles().items():
        for day in (date(year, 6, 1) for year in range(2010, 2027)):
            assert sum(period.holds(day) for _, period in titles) == 1, (prefix, day)
    assert {row["title"] for row in heads_of_state()} <= {
        "president", "king", "emir", "sultan", "supreme-leader", "head-of-state",
    }  # fmt: skip


@pytest.fixture(scope="module")
def index() -> ActorIndex:
    return ActorIndex(world_actors())


@pytest.mark.parametrize(
    ("words", "on", "actor"),
    [
        ("the Bulgarian president", date(2016, 5, 1), "bgr.president"),
        ("the Fijian foreign minister", date(2016, 5, 1), "fji.foreign-minister"),
        ("the Omani sultan", date(2016, 5, 1), "omn.qaboos"),
        ("the Jordanian head of state", date(2016, 5, 1), "jor.abdullah"),
        ("the Iranian head of state", date(2016, 5, 1), "irn.khamenei"),
        ("the Iranian president", date(2016, 5, 1), "irn.rouhani"),
        ("the Syrian defence minister", date(2016, 5, 1), "syr.freij"),
        ("the Iraqi president", date(2016, 5, 1), "irq.masum"),
        ("the South Korean president", date(2017, 4, 1), "kor.president"),
        ("the US Secretary of State", date(2018, 4, 10), "usa.foreign-minister"),
        ("the British emir", date(2016, 5, 1), None),
        ("the Barbadian president", date(2016, 5, 1), None),
    ],
)
def test_whom_the_table_does_not_know_is_the_office_and_never_another(
    index: ActorIndex, words: str, on: date, actor: str | None
) -> None:
    assert index.resolve(words, on=on).actor == actor


def test_an_open_term_of_an_office_that_changes_often_is_not_carried_on_for_ever(index: ActorIndex) -> None:
    later = date(2026, 11, 1)
    guess = index.resolve("the German chancellor", on=later)
    assert guess.actor == "deu.chancellor"
    assert "deu.merz" in guess.runners_up
    assert index.resolve("the German chancellor", on=date(2025, 9, 1)).actor == "deu.merz"
    assert is_known_on("usa.president", Period(since=date(2025, 1, 20)), later)


def test_without_a_day_the_office_is_meant_and_its_holders_are_runners_up(index: ActorIndex) -> None:
    guess = index.resolve("the French president")
    assert guess.actor == "fra.president"
    assert {"fra.sarkozy", "fra.hollande", "fra.macron"} <= set(guess.runners_up)
