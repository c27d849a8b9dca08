"""Who is meant: a name gives an actor, a label never does, and every refusal says why."""

from datetime import date

import pytest

from truceline.model.actor import Actor, ActorKind, DatedName, Membership, Period
from truceline.read.actors import ActorIndex
from truceline.read.actors_shorts import find_shorts
from truceline.read.actors_world import merge_actors, world_actors

DAY = date(2016, 6, 4)
MISSION = (
    Actor(
        id="rus.centre",
        name="Russian Reconciliation Centre",
        kind=ActorKind.MILITARY,
        country="RU",
        aliases=("Russian ceasefire monitoring center in Syria", "Russian ceasefire monitoring center"),
    ),
    Actor(
        id="syr.army", name="Syrian Arab Army", kind=ActorKind.MILITARY, country="SY", aliases=("Syrian army", "SAA")
    ),
    Actor(id="ahrar", name="Ahrar al-Sham", kind=ActorKind.ARMED_GROUP, aliases=("أحرار الشام",)),
    Actor(
        id="jan",
        name="Jabhat al-Nusra",
        kind=ActorKind.ARMED_GROUP,
        aliases=("Nusra Front", "al-Nusra"),
        names=(DatedName(name="Jabhat Fatah al-Sham", period=Period(since=date(2016, 7, 28))),),
    ),
    Actor(
        id="usa.power",
        name="Samantha Power",
        kind=ActorKind.PERSON,
        aliases=("Power",),
        memberships=(Membership(of="un"),),
    ),
    Actor(id="rus.air", name="Russian air arm", kind=ActorKind.MILITARY, country="RU", aliases=("Russian warplanes",)),
)


@pytest.fixture(scope="module")
def index() -> ActorIndex:
    return ActorIndex(merge_actors(world_actors(), MISSION))


def found(index: ActorIndex, text: str) -> list[tuple[str, str]]:
    return [(hit.span.of(text), hit.actor_id) for hit in index.find_actors(text, on=DAY)]


def test_the_longest_name_wins_whatever_the_spelling(index: ActorIndex) -> None:
    text = "Ahrar Ash-Sham and the Nusra Front fought the Syrian Arab Army; the SAA withdrew. أحرار الشام"
    assert found(index, text) == [
        ("Ahrar Ash-Sham", "ahrar"),
        ("Nusra Front", "jan"),
        ("Syrian Arab Army", "syr.army"),
        ("SAA", "syr.army"),
        ("أحرار الشام", "ahrar"),
    ]


def test_an_acronym_in_small_letters_is_only_a_word(index: ActorIndex) -> None:
    assert found(index, "They told us who did it.") == []
    assert found(index, "They told the U.S. and the UN.") == [("U.S.", "usa.gov"), ("UN", "un")]


def test_a_bare_country_is_told_apart_from_its_government(index: ActorIndex) -> None:
    text = "Turkey answered. The Turkish government answered."
    assert [hit.is_country for hit in index.find_actors(text)] == [True, False]


def test_a_person_with_a_common_surname_needs_an_introduction(index: ActorIndex) -> None:
    assert found(index, "Power was cut. Power returned at noon.") == []
    text = "Samantha Power spoke first. Power then left."
    assert found(index, text) == [("Samantha Power", "usa.power"), ("Power", "usa.power")]


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("the Russian ceasefire monitoring center in Syria", "rus.centre"),
        ("The Obama administration", "usa.gov"),
        ("the U.S.", "usa.gov"),
        ("Lavrov", "rus.lavrov"),
        ("Russia's Foreign Ministry", "rus.mfa"),
        ("the [Russian foreign] ministry", "rus.mfa"),
        ("Russian airstrikes", "rus.forces"),
        ("several Turkish soldiers", "tur.forces"),
        ("Israeli warplanes", "isr.forces"),
        ("the Pentagon", "usa.dod"),
        ("Syrian army positions", "syr.army"),
        ("US-backed Syrian Democratic Forces", "sdf"),
        ("Nusra militants", "jan"),
        ("Security Council", "un.unsc"),
    ],
)
def test_words_that_name_an_actor_resolve_to_it(index: ActorIndex, words: str, actor: str) -> None:
    assert index.resolve(words, on=DAY).actor == actor


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("More than 1,000 militants", "label, as worded"),
        ("“rebels”", "label, as worded"),
        ("terrorists", "label, as worded"),
        ("the regime", "label, as worded"),
        ("Russian-backed rebels", "label, as worded"),
        ("armed groups partly made up of Turkish soldiers", "label, as worded"),
        ("al-Qaeda and other terrorists", "a name and a label"),
        ("al-Qaeda, Ahrar al Sham and Nusra Front forces", "several actors named"),
        ("Syrian sources", "a nationality with a noun that names no actor"),
        ("civilians in Aleppo", "no name that the registry knows"),
        ("", "no words"),
    ],
)
def test_words_that_name_nobody_stay_as_worded_with_the_reason(index: ActorIndex, words: str, reason: str) -> None:
    guess = index.resolve(words, on=DAY)
    assert (guess.actor, guess.reason) == (None, reason)


def test_supported_forces_are_not_the_army_named_before(index: ActorIndex) -> None:
    hits = tuple(index.find_actors("The Syrian army moved.", on=DAY))
    assert index.resolve("U.S.-supported forces", on=DAY, document_hits=hits).actor is None


def test_a_definite_description_points_back_only_to_what_was_named_before(index: ActorIndex) -> None:
    text = "The center is late. The Russian ceasefire monitoring center spoke. The center also spoke."
    hits = tuple(index.find_actors(text, on=DAY))
    late = index.resolve("The center", on=DAY, document_hits=hits, before=10)
    spoke = index.resolve("The center", on=DAY, document_hits=hits, before=text.rindex("The center"))
    assert late.actor is None
    assert spoke.actor == "rus.centre"
    assert "points back" in spoke.reason


def test_an_office_is_resolved_by_the_day_it_was_held(index: ActorIndex) -> None:
    assert index.resolve("the US President", on=date(2016, 6, 4)).actor == "usa.obama"
    assert index.resolve("the US President", on=date(2018, 6, 4)).actor == "usa.trump"
    assert index.resolve("US Secretary of State", on=date(2019, 1, 1)).actor == "usa.pompeo"
    between = index.resolve("US Secretary of State", on=date(2018, 4, 10))
    assert between.actor == "usa.foreign-minister"  # the office: nobody held it in earnest
    assert "usa.tillerson" in between.runners_up


def test_an_acronym_introduced_in_the_text_stands_for_what_it_was_introduced_for(index: ActorIndex) -> None:
    text = "Ahrar al-Sham (AAS) advanced. Later AAS withdrew."
    (short,) = find_shorts(text, tuple(index.find_actors(text)))
    assert (short.acronym, short.actor, short.full.of(text)) == ("AAS", "ahrar", "Ahrar al-Sham")
    assert index.resolve("AAS", shorts={"AAS": "ahrar"}).actor == "ahrar"
    assert index.resolve("AAS").actor is None


def test_a_missions_actor_replaces_the_worlds_of_the_same_id() -> None:
    own = Actor(id="rus.gov", name="Moscow's government", kind=ActorKind.STATE, aliases=("the Kremlin",))
    merged = merge_actors(world_actors(), [own])
    assert [actor.name for actor in merged if actor.id == "rus.gov"] == ["Moscow's government"]
    assert len({actor.id for actor in merged}) == len(merged)


def test_a_name_that_a_mission_gives_is_its_actors_alone() -> None:
    own = Actor(
        id="ansar-allah", name="Ansar Allah forces", kind=ActorKind.ARMED_GROUP, aliases=("Ansar Allah", "Houthis")
    )
    spokesman = Actor(id="coalition.maliki", name="Turki al-Maliki", kind=ActorKind.PERSON, aliases=("Maliki",))
    index = ActorIndex(merge_actors(world_actors(), [own, spokesman]))
    assert index.resolve("the Houthis").actor == "ansar-allah"
    assert "yem.houthis" not in index.actors  # its own name is the mission's
    met = index.find_actors("Colonel Turki al-Maliki spoke. Maliki denied it.")
    assert [hit.actor_id for hit in met] == ["coalition.maliki", "coalition.maliki"]


def test_every_state_of_the_world_registry_has_a_neutral_name_and_its_country() -> None:
    states = [actor for actor in world_actors() if actor.id.endswith(".gov")]
    assert len(states) > 190
    assert all(actor.name.startswith("Government of ") and actor.country for actor in states)
