"""Who was harmed, and by which act: one strike that kills is one event."""

import pytest
from passages import Passage, Passages

from truceline.model.quantity import Harm, Range, Status, StatusCount


def harmed(passage: Passage, trigger: str) -> tuple[tuple[int | None, int | None] | None, ...] | None:
    """(killed, injured) as (low, high) pairs; None where the claim tells no harm."""
    harm = passage.claim(trigger).harm
    if harm is None:
        return None
    return tuple(None if each is None else (each.low, each.high) for each in (harm.killed, harm.injured))


@pytest.mark.parametrize(
    ("passage", "trigger", "harm"),
    [
        ("The strike killed three people.", "strike", ((3, 3), None)),
        ("A mortar attack killed four people in Homs on Sunday.", "attack", ((4, 4), None)),
        ("The raid wounded dozens of people.", "raid", (None, (24, None))),
        ("At least nine people were killed in a strike on a market in Idlib.", "strike", ((9, None), None)),
        ("12 dead in shelling of Douma", "shelling", ((12, 12), None)),
        ("Gunmen attacked the checkpoint and killed two guards.", "attacked", ((2, 2), None)),
        ("An explosion in Homs on Monday killed at least 12 people.", "explosion", ((12, None), None)),
    ],
)
def test_an_act_that_kills_is_one_event_with_its_harm(
    read: Passages, passage: str, trigger: str, harm: tuple[tuple[int | None, int | None] | None, ...]
) -> None:
    told = read(passage)
    assert list(told.told()) == [trigger]
    assert harmed(told, trigger) == harm


def test_the_verb_of_killing_stays_an_untyped_claim(read: Passages) -> None:
    passage = read("The strike killed three people.")
    assert passage.kind("killed") == ""
    assert passage.claim("killed").harm is None


def test_those_killed_are_the_recipients_of_the_act(read: Passages) -> None:
    assert read("The strike killed three people.").recipients("strike") == ["three people"]


def test_the_act_takes_its_place_and_day_from_its_outcome(read: Passages) -> None:
    passage = read("A mortar attack killed four people in Homs on Sunday.")
    assert (passage.place("attack"), passage.time("attack")) == ("Homs", "Sunday")


def test_a_killing_without_another_act_is_an_event_itself(read: Passages) -> None:
    passage = read("Gunmen killed two guards.")
    assert passage.told() == {"killed": "ASSAULT"}
    assert harmed(passage, "killed") == ((2, 2), None)


def test_casualties_told_in_the_next_sentence_belong_to_the_act(read: Passages) -> None:
    passage = read("Shells hit the market. Three people were killed.")
    assert passage.told() == {"hit": "ASSAULT/heavy-weapons"}
    assert harmed(passage, "hit") == ((3, 3), None)


@pytest.mark.parametrize(
    "passage",
    [
        'The governor said shells hit the market. "Three people were killed," a medic said.',
        "Insurgents attacked a post near Homs. Two soldiers were killed in Hama.",
        "Bombs hit the market.\n\nThree people were killed.",
    ],
    ids=["in another voice", "at another place", "in another paragraph"],
)
def test_casualties_told_apart_stay_apart(read: Passages, passage: str) -> None:
    told = read(passage)
    act = next(iter(told.told()))
    assert harmed(told, act) is None
    assert harmed(told, "killed") is not None


def test_two_voices_with_two_counts_are_two_claims(read: Passages) -> None:
    passage = read("The shelling killed 3 civilians, the monitor said. The ministry said 7 civilians were killed.")
    counted = {
        passage.speakers(each.trigger.span.of(passage.text))[0]: each.harm.killed
        for each in passage.reading.claims
        if each.harm is not None and each.trigger.span.of(passage.text) == "shelling"
    }
    assert counted == {"the monitor": Range(low=3, high=3)}
    last = [each for each in passage.reading.claims if each.harm is not None][-1]
    seven = Range(low=7, high=7)
    civilians = (StatusCount(status=Status.CIVILIAN, count=seven),)
    assert last.harm == Harm(killed=seven, killed_civilians=seven, killed_by=civilians)
    assert passage.reading.attribution(last.chain[0]).source[0].of(passage.text) == "The ministry"


def test_reported_absence_of_casualties_is_a_harm_of_nobody(read: Passages) -> None:
    assert harmed(read("No casualties were reported in the shelling of Harran."), "shelling") == ((0, 0), (0, 0))


def test_an_act_that_tells_no_harm_has_none(read: Passages) -> None:
    assert harmed(read("Army units shelled the village of Harran on Sunday."), "shelled") is None


def test_two_killings_of_one_sentence_keep_their_own_numbers(read: Passages) -> None:
    passage = read("After killing a guard, gunmen executed 3 prisoners near Harran.")
    told = {each.trigger.span.of(passage.text): each.harm.killed for each in passage.reading.claims if each.harm}
    assert told == {"killing": Range(low=1, high=1), "executed": Range(low=3, high=3)}


def test_deaths_without_an_act_are_a_claim_without_a_type(read: Passages) -> None:
    passage = read("12 dead in Harran.")
    assert passage.told() == {}
    assert harmed(passage, "dead") == ((12, 12), None)


def test_the_act_whose_verb_leads_on_to_the_killing_bears_the_harm(read: Passages) -> None:
    assert harmed(read("The strike hit a hospital, killing 27 people."), "strike") == ((27, 27), None)


def test_the_next_sentence_says_who_the_dead_were(read: Passages) -> None:
    harm = read("Shells hit the market, killing 12 people. Three of the dead were children.").claim("hit").harm
    assert harm is not None
    assert harm.killed_by == (StatusCount(status=Status.CHILD, count=Range(low=3, high=3)),)


# What is not kept yet; each reason says what is read instead.


@pytest.mark.parametrize(
    "passage",
    [
        "A strike on the market in Idlib killed three people and wounded seven.",
        "Shells hit the market. Three people were killed and seven wounded.",
        "Shells killed two and wounded five.",
    ],
)
def test_killed_and_wounded_by_one_act_are_told_once(read: Passages, passage: str) -> None:
    assert len(read(passage).told()) == 1
