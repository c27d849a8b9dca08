"""Where and when an event is said to have happened, among the places and days that a sentence names."""

import pytest
from passages import Passages

from truceline.model.when import Basis


@pytest.mark.parametrize(
    ("passage", "trigger", "place"),
    [
        ("Army units shelled the village of Harran on Sunday.", "shelled", "Harran"),
        ("The shelling of Harran by army units lasted an hour.", "shelling", "Harran"),
        ("Mortar shells hit a school in Aleppo.", "hit", "Aleppo"),
        ("12 dead in shelling of Douma", "shelling", "Douma"),
        ("An explosion in Homs on Monday killed at least 12 people.", "explosion", "Homs"),
        ("The envoys met in Geneva on Monday.", "met", "Geneva"),
        ("Russian aircraft bombed a depot near Palmyra.", "bombed", "near Palmyra"),
    ],
)
def test_the_place_that_goes_with_the_act_is_its_place(read: Passages, passage: str, trigger: str, place: str) -> None:
    assert read(passage).place(trigger) == place


@pytest.mark.parametrize(
    ("passage", "trigger", "place"),
    [
        ("The ministry in Moscow said that shells had hit a school in Aleppo.", "hit", "Aleppo"),
        ("A spokesman in Geneva said that insurgents attacked the post near Homs.", "attacked", "near Homs"),
        ("In Washington, officials said insurgents had attacked the post.", "attacked", None),
        ("The ministry in Moscow said that shells had hit a school.", "hit", None),
    ],
)
def test_the_seat_of_the_speaker_is_no_place_of_the_event(
    read: Passages, passage: str, trigger: str, place: str | None
) -> None:
    assert read(passage).place(trigger) == place


@pytest.mark.parametrize(
    ("passage", "trigger", "place"),
    [
        ("Moscow sent a column to Latakia.", "sent", "Latakia"),
        ("Russian aircraft bombed a depot near Palmyra.", "bombed", "near Palmyra"),
        ("Turkish forces shelled the mill.", "shelled", None),
        ("Russia said that Turkey had shelled the mill.", "shelled", None),
    ],
)
def test_a_state_that_acts_is_no_place_of_the_event(
    read: Passages, passage: str, trigger: str, place: str | None
) -> None:
    assert read(passage).place(trigger) == place


def test_the_words_of_saying_have_no_setting_of_their_own(read: Passages) -> None:
    passage = read("The ministry in Moscow said that shells had hit a school in Aleppo.")
    assert (passage.place("said"), passage.time("said")) == (None, None)


@pytest.mark.parametrize(
    ("passage", "trigger", "time"),
    [
        ("Army units shelled the village of Harran on Sunday.", "shelled", "Sunday"),
        ("The army shelled the village on 2 May 2016.", "shelled", "2 May 2016"),
        ("On Friday the army shelled Homs; on Saturday it shelled Hama.", "shelled", "Friday"),
        ("The death toll from Sunday's attack rose to 19.", "attack", "Sunday"),
        ("The talks in Astana ended on Thursday.", "talks", "Thursday"),
    ],
)
def test_the_day_that_goes_with_the_act_is_its_time(read: Passages, passage: str, trigger: str, time: str) -> None:
    assert read(passage).time(trigger) == time


def test_the_day_beside_the_cue_is_when_it_was_said(read: Passages) -> None:
    passage = read("A spokesman in Geneva said on Tuesday that insurgents attacked the post near Homs on Sunday.")
    said = passage.reading.attributions[0].time
    assert said is not None
    assert passage.reading.times[said].value == "2016-05-03"
    assert passage.time("attacked") == "Sunday"


def test_a_day_on_which_it_was_said_dates_no_event(read: Passages) -> None:
    passage = read("Two shells had hit the bakery, the ministry said on Monday.")
    claim = passage.claim("hit")
    assert passage.time("hit") is None
    assert claim.happened is not None
    assert (claim.happened.basis, claim.happened.value) == (Basis.PUBLISHED, "2016-05-03")


def test_an_event_without_a_place_gets_none(read: Passages) -> None:
    passage = read("Mortar shells hit a school.")
    assert passage.reading.places == ()
    assert passage.claim("hit").place is None


def test_a_place_of_another_sentence_is_not_taken(read: Passages) -> None:
    passage = read("The envoys met in Geneva. Gunmen kidnapped a doctor.")
    assert passage.place("kidnapped") is None


def test_each_of_two_clauses_keeps_its_own_place_and_day(read: Passages) -> None:
    passage = read("The army attacked a post near Homs on Friday, and insurgents burned a camp near Hama on Saturday.")
    assert (passage.place("attacked"), passage.time("attacked")) == ("near Homs", "Friday")
    assert (passage.place("burned"), passage.time("burned")) == ("near Hama", "Saturday")


def test_a_place_of_another_clause_is_not_taken(read: Passages) -> None:
    passage = read("On Friday the army shelled Homs; on Saturday it shelled Hama.")
    assert passage.place("shelled") != "Hama"


def test_a_quarter_of_a_town_is_no_time(read: Passages) -> None:
    assert read("Helicopters dropped barrel bombs on the quarter.").time("dropped") is None


@pytest.mark.parametrize(
    ("passage", "trigger", "time"),
    [
        ("Shells killed 12 people since the raids of last May.", "killed", None),
        ("After the raid of Friday gunmen killed a miller.", "killed", None),
        ("Gunmen killed a miller after he was seized on Friday.", "killed", None),
        ("Gunmen killed a miller on Sunday after he was seized on Friday.", "killed", "Sunday"),
        ("Shells killed 12 people in the past 24 hours.", "killed", "the past 24 hours"),
        ("May 2nd 2016: two fishermen dead, shelling of the harbour", "shelling", "May 2nd 2016"),
        ("Shells killed 12 people on Sunday, as in the past two days.", "killed", "Sunday"),
    ],
)
def test_the_time_of_what_went_before_is_no_time_of_the_event(
    read: Passages, passage: str, trigger: str, time: str | None
) -> None:
    assert read(passage).time(trigger) == time


@pytest.mark.parametrize(
    ("passage", "trigger", "place"),
    [
        ("BEIRUT, Friday - Six people were killed, the monitor said.", "killed", None),
        ("ANKARA - A shell fell on a mill in Homs.", "fell", "Homs"),
        ("Nadim, a resident of Douma, was arrested at a checkpoint in Homs.", "arrested", "Homs"),
        ("Four nurses were kidnapped from Palmyra.", "kidnapped", "Palmyra"),
        ("As envoys met in Vienna, jets bombed Homs.", "met", "Vienna"),
    ],
)
def test_datelines_homes_and_other_clauses_are_no_place_of_the_event(
    read: Passages, passage: str, trigger: str, place: str | None
) -> None:
    assert read(passage).place(trigger) == place
