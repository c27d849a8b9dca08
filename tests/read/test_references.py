"""Whom words stand for that name nobody themselves, and when they stand for nobody that the text supports."""

from datetime import UTC, datetime

import pytest

from truceline.model.actor import Actor, ActorKind, Membership
from truceline.model.mention import Manner
from truceline.read.reader import Reader
from truceline.testing import doc

MISSION = (
    Actor(id="hill", name="Hill Front", kind=ActorKind.ARMED_GROUP, aliases=("جبهة التل",)),
    Actor(id="dale", name="Harakat Dale al-Sham", kind=ActorKind.ARMED_GROUP, aliases=("Dale al-Sham",)),
    Actor(id="pact", name="Northern Operations Room", kind=ActorKind.COALITION, aliases=("NOR",)),
    Actor(id="syr.army", name="Syrian Arab Army", kind=ActorKind.MILITARY, country="SY", aliases=("the army",)),
    Actor(id="rus.putin", name="Vladimir Putin", kind=ActorKind.PERSON, aliases=("Putin",)),
    Actor(
        id="media.nna",
        name="National Lebanese Agency",
        kind=ActorKind.MEDIA,
        aliases=("NLA",),
        memberships=(Membership(of="lbn.gov"),),
    ),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(actors=MISSION, places=(), countries=("SY",), timezone="UTC")


def meant(reader: Reader, text: str, *, on: str = "2016-05-15", by: str | None = None) -> dict[str, str | None]:
    """Words → whom they mean: mentions and references together, the last of the same words."""
    day = datetime.fromisoformat(on).replace(hour=12, tzinfo=UTC)
    reading = reader.read(doc(text, published_at=day, publisher=by))
    said = [*reading.references, *reading.mentions]
    told = {each.span.of(text): each.actor for each in sorted(said, key=lambda each: each.span)}
    return told | {each.span.of(text): each.actor for each in said if each.actor is not None}


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Hill Front denied it had fired.", "it", "hill"),
        ("Turkey shut the gate. It gave no reason.", "It", "tur.gov"),
        ("Vladimir Putin came late. He did not apologise.", "He", "rus.putin"),
        ("Russia sent a column. It withdrew at noon.", "It", None),
        ("It is unclear who fired on Hill Front.", "It", None),
        ("Hill Front and Dale al-Sham signed. They will keep off the road.", "They", None),
        ("Hill Front shelled the villagers. They fled.", "They", None),
        ("A shell hit the mill. It burned down.", "It", None),
    ],
)
def test_a_pronoun_takes_up_who_is_plainly_meant_or_nobody(
    reader: Reader, text: str, words: str, actor: str | None
) -> None:
    assert meant(reader, text).get(words) == actor


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Hill Front left the town. The group gave no reason.", "The group", "hill"),
        ("Hill Front fought Dale al-Sham. The movement lost two men.", "The movement", "hill"),
        ("Hill Front and Dale al-Sham clashed. The group lost two men.", "The group", None),
        ("The Northern Operations Room met. The alliance will meet again.", "The alliance", "pact"),
        ("The Turkish army fired. The army gave no reason.", "The army", "tur.forces"),
        ("Shots were heard. The army gave no reason.", "The army", "syr.army"),
        ("The Russian foreign ministry wrote to Paris. The ministry is angry.", "The ministry", "rus.mfa"),
        ("Jordan keeps the gate shut. The foreign minister is abroad.", "The foreign minister", "jor.judeh"),
        ("Russia says its air force did not fly.", "its air force", "rus.forces"),
    ],
)
def test_a_description_takes_up_the_nearest_that_it_fits(
    reader: Reader, text: str, words: str, actor: str | None
) -> None:
    assert meant(reader, text).get(words) == actor


def test_a_states_agency_means_its_own_states_institutions(reader: Reader) -> None:
    text = "The foreign ministry protested."
    assert meant(reader, text, by="NLA")["The foreign ministry"] == "lbn.mfa"
    assert meant(reader, text, by="Valley Courier")["The foreign ministry"] is None


@pytest.mark.parametrize(
    ("on", "actor"), [("2016-06-01", "gbr.hammond"), ("2017-06-01", "gbr.johnson"), ("2024-08-01", "gbr.lammy")]
)
def test_an_office_is_who_held_it_on_the_day_of_publication(reader: Reader, on: str, actor: str) -> None:
    assert meant(reader, "The British foreign secretary spoke.", on=on)["The British foreign secretary"] == actor


@pytest.mark.parametrize("office", ["former British foreign secretary", "deputy British foreign secretary"])
def test_who_no_longer_holds_an_office_or_another_is_nobody_known(reader: Reader, office: str) -> None:
    told = meant(reader, f"The {office} spoke.")
    assert set(told.values()) <= {None}


def test_each_nation_of_a_row_has_its_own_organ(reader: Reader) -> None:
    told = meant(reader, "British, French and American jets flew over the town.")
    assert [told["British"], told["French"], told["American jets"]] == ["gbr.forces", "fra.forces", "usa.forces"]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Hill Front terrorists dug in. The terrorists fired on the mill.", "The terrorists", "hill"),
        ("Terrorists dug in.", "Terrorists", None),
        ("Rebels and Hill Front dug in. The rebels fired on the mill.", "The rebels", None),
        ("The Turkish regime sent arms, and the regime denies it.", "the regime", "tur.gov"),
        ("The regime sent arms.", "The regime", None),
    ],
)
def test_a_label_means_somebody_only_beside_a_name(reader: Reader, text: str, words: str, actor: str | None) -> None:
    assert meant(reader, text).get(words) == actor


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        ("Damascus rejected the offer.", "Damascus", "syr.gov"),
        ("Shells fell on Damascus.", "Damascus", None),
        ("The plane left Moscow at noon.", "Moscow", None),
        ("Talks between Washington and Moscow failed.", "Moscow", "rus.gov"),
        ("Crowds stood before the Kremlin.", "Kremlin", None),
        ("The Kremlin denied that a date was set.", "The Kremlin", "rus.gov"),
        ("According to Baghdad, two men crossed.", "Baghdad", "irq.gov"),
    ],
)
def test_a_seat_is_a_government_where_it_acts_and_a_place_where_something_happens(
    reader: Reader, text: str, word: str, actor: str | None
) -> None:
    told = meant(reader, text)
    assert told.get(word, told.get(word.removeprefix("The "))) == actor


def test_a_government_that_acts_is_no_place_of_an_event(reader: Reader) -> None:
    text = "Damascus shelled two villages."
    (shelled,) = (each for each in reader.read(doc(text)).claims if each.trigger.span.of(text) == "shelled")
    assert shelled.place is None
    assert [each.actor for each in shelled.agents] == ["syr.gov"]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("The Orchard Relief Trust (ORT) sent flour. ORT will be back.", "Orchard Relief Trust"),
        ("The Orchard Relief Trust, or ORT, sent flour. ORT will be back.", "Orchard Relief Trust"),
        ("The Orchard Relief Trust – ORT for short – sent flour. ORT will be back.", "Orchard Relief Trust"),
        ("The New Orchard Rescue (NOR) sent flour. NOR will be back.", "New Orchard Rescue"),
    ],
)
def test_an_acronym_stands_for_the_name_it_is_introduced_behind(reader: Reader, text: str, full: str) -> None:
    reading = reader.read(doc(text))
    last = [each for each in (*reading.mentions, *reading.references) if each.span.start > text.index(". ")]
    (acronym,) = (each for each in last if each.stands_for is not None)
    assert (acronym.actor, acronym.stands_for) == (None, full)


@pytest.mark.parametrize("text", ["Damascus (DAM) is shut. DAM has no flights.", "The war (WAR) goes on. WAR is bad."])
def test_brackets_behind_other_words_introduce_nothing(reader: Reader, text: str) -> None:
    reading = reader.read(doc(text))
    assert all(each.stands_for is None for each in (*reading.mentions, *reading.references))


def test_every_reference_says_how_and_why(reader: Reader) -> None:
    text = "The Turkish foreign minister met Hill Front. It said that the group would stay."
    references = reader.read(doc(text)).references
    assert {each.manner for each in references} <= set(Manner)
    assert all(each.reason for each in references)
