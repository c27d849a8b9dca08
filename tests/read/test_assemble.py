"""Claims put together: their extent, who takes part and how many, labels, and what is stated of rates."""

from itertools import pairwise

import pytest
from passages import Passages

from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.span import Span
from truceline.model.when import Basis
from truceline.read.assemble import chain_of, without_idle_pointers
from truceline.testing import claim, toponym


def attribution(id: str, start: int, end: int) -> Attribution:
    return Attribution(id=id, source=(), cue=(), content=(Span(start, end),), speaker=None, kind=SpeakerKind.ANONYMOUS)


def test_a_claim_extends_over_its_sentence(read: Passages) -> None:
    passage = read("The road is open. Army units shelled the village of Harran on Sunday. Nobody left.")
    assert passage.claim("shelled").span.of(passage.text) == "Army units shelled the village of Harran on Sunday."


def test_a_claim_extends_no_further_than_its_speakers_words(read: Passages) -> None:
    passage = read('"Two shells have hit the bakery," the governor said.')
    assert passage.claim("hit").span.of(passage.text) == '"Two shells have hit the bakery,"'


def test_the_saying_itself_is_the_authors_claim(read: Passages) -> None:
    passage = read("The ministry said that two shells had hit the bakery.")
    assert passage.claim("said").chain == ()
    assert passage.kind("said") == ""


@pytest.mark.parametrize(
    ("passage", "trigger", "role", "words", "bounds"),
    [
        (
            "More than 1,000 militants attacked the town.",
            "attacked",
            "agents",
            "More than 1,000 militants",
            (1001, None),
        ),
        (
            "At least six soldiers were captured near Homs.",
            "captured",
            "recipients",
            "At least six soldiers",
            (6, None),
        ),
        ("Gunmen killed two guards.", "killed", "recipients", "two guards", (2, 2)),
        ("Two shells had hit the bakery.", "hit", "instruments", "Two shells", (2, 2)),
    ],
)
def test_participants_keep_how_many_they_are(
    read: Passages, passage: str, trigger: str, role: str, words: str, bounds: tuple[int, int | None]
) -> None:
    told = read(passage)
    (participant,) = getattr(told.claim(trigger), role)
    assert participant.span.of(told.text) == words
    assert participant.count is not None
    assert (participant.count.low, participant.count.high) == bounds


def test_participants_without_a_number_have_no_count(read: Passages) -> None:
    assert [each.count for each in read("Gunmen kidnapped a doctor in Idlib.").claim("kidnapped").agents] == [None]


@pytest.mark.parametrize(
    ("passage", "trigger"),
    [
        ("Terrorists attacked a post held by 40 guards.", "attacked"),
        ("The regime shelled Homs, an opposition official said.", "shelled"),
        ('"Rebels" fired at the post.', "fired"),
        ("More than 1,000 militants attacked the town.", "attacked"),
    ],
)
def test_a_label_is_kept_as_worded_and_names_nobody(read: Passages, passage: str, trigger: str) -> None:
    (agent,) = read(passage).claim(trigger).agents
    assert agent.actor is None
    assert "label" in agent.reason


def test_a_name_beside_a_label_is_still_a_name(read: Passages) -> None:
    (agent,) = read("Islamic State terrorists attacked the post.").claim("attacked").agents
    assert agent.actor == "isil"


def test_whose_aircraft_they_are_is_read_off_the_phrase(read: Passages) -> None:
    (agent,) = read("Russian aircraft bombed a depot near Palmyra.").claim("bombed").agents
    assert agent.actor == "rus.forces"


def test_who_backs_a_force_is_not_the_force(read: Passages) -> None:
    (agent,) = read("Russian-backed forces shelled the mill.").claim("shelled").agents
    assert agent.actor is None


def test_each_participant_says_why_it_is_or_is_not_resolved(read: Passages) -> None:
    passage = read("Syrian troops fired Grad rockets at the town.")
    told = passage.claim("fired")
    assert all(each.reason for each in (*told.agents, *told.recipients, *told.instruments))


def test_a_stated_ratio_belongs_to_the_event_it_is_said_of(read: Passages) -> None:
    passage = read("Airstrikes in the province have tripled over the last days.")
    rate = passage.claim("Airstrikes").stated_rate
    assert rate is not None
    assert (rate.low, rate.high) == (3.0, 3.0)
    assert [each.stated_rate for each in passage.reading.claims if each.stated_rate is not rate] == [None]


def test_what_states_no_time_happened_as_far_as_known_on_the_day_of_publication(read: Passages) -> None:
    happened = read("Soldiers burned the mill.").claim("burned").happened
    assert happened is not None
    assert (happened.basis, happened.value, happened.span) == (Basis.PUBLISHED, "2016-05-03", None)


def test_harm_is_told_only_of_typed_events(read: Passages) -> None:
    passage = read("The strike killed three people.")
    assert [each.harm is not None for each in passage.reading.claims] == [True, False]


def test_a_chain_runs_from_the_widest_content_to_the_narrowest() -> None:
    inner, outer, elsewhere = attribution("a0", 10, 20), attribution("a1", 0, 40), attribution("a2", 50, 60)
    assert chain_of(Span(12, 14), [inner, outer, elsewhere]) == ("a1", "a0")
    assert chain_of(Span(30, 32), [inner, outer, elsewhere]) == ("a1",)
    assert chain_of(Span(45, 47), [inner, outer, elsewhere]) == ()


def test_pointers_that_no_claim_uses_are_left_out_and_the_others_renumbered() -> None:
    named, idle, used = toponym("Homs"), toponym(reason="points back to 'Homs'"), toponym(reason="points back to 'x'")
    places, claims = without_idle_pointers([named, idle, used], [claim(place=2), claim("claim-2", place=None)])
    assert places == (named, used)
    assert [each.place for each in claims] == [1, None]


def test_participants_never_overlap_one_another(read: Passages) -> None:
    passage = read("Insurgents and tribesmen of Jaish al-Islam attacked the post and the mill near Homs.")
    for told in passage.reading.claims:
        for role in (told.agents, told.recipients, told.instruments):
            spans = sorted(each.span for each in role)
            assert all(one.end <= other.start for one, other in pairwise(spans))
