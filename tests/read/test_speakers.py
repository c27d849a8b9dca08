"""What kind of speaker a source is, and whom its words name."""

import pytest
from passages import Passages

from truceline.model.attribution import SpeakerKind


@pytest.mark.parametrize(
    ("passage", "kind"),
    [
        ("Sergei Lavrov told reporters that the army had left the town.", SpeakerKind.NAMED),
        ("Ahrar al-Sham said that the garrison had fled.", SpeakerKind.NAMED),
        ("The commander said the hill had fallen.", SpeakerKind.ROLE),
        ("The general was quoted as saying that his troops had left the hill.", SpeakerKind.ROLE),
        ("Medics said the ward was full.", SpeakerKind.COLLECTIVE),
        ("The insurgents threatened to resume the offensive.", SpeakerKind.COLLECTIVE),
        ("Syrian sources said the garrison had left the base.", SpeakerKind.ANONYMOUS),
        ("An unnamed diplomat said the road was open.", SpeakerKind.ANONYMOUS),
        ("Activists said that jets had hit a clinic in Idlib.", SpeakerKind.ANONYMOUS),
        ("It was reported that the bridge had been blown up.", SpeakerKind.ANONYMOUS),
        ("The report found that the garrison had broken the truce twice.", SpeakerKind.DOCUMENT),
        ("A resolution demands that the parties cease fire.", SpeakerKind.DOCUMENT),
        ("Video footage showed that the mill was burning.", SpeakerKind.DOCUMENT),
    ],
)
def test_the_kind_of_speaker_follows_the_words(read: Passages, passage: str, kind: SpeakerKind) -> None:
    assert read(passage).reading.attributions[0].kind is kind


@pytest.mark.parametrize(
    ("passage", "actor"),
    [
        ("Sergei Lavrov told reporters that the army had left the town.", "rus.lavrov"),
        ("Russia said that Turkey had shelled the village.", "rus.gov"),
        ("The Kremlin said that Turkish forces shelled the village.", "rus.gov"),
        ("The U.S. State Department said that the army had shelled a hospital.", "usa.state-department"),
        ("The Russian defence ministry said the road was open.", "rus.mod"),
    ],
)
def test_a_named_speaker_is_an_actor_of_the_registry(read: Passages, passage: str, actor: str) -> None:
    assert read(passage).reading.attributions[0].speaker == actor


@pytest.mark.parametrize(
    "passage",
    [
        "The ministry said that two shells had hit the bakery.",
        "Syrian sources said the garrison had left the base.",
        "A Russian official, who gave no name, said the road was open.",
        "An opposition official said that the regime shelled Homs.",
        "Rebels said the road was open.",
        "He said the truce would hold.",
    ],
)
def test_words_that_name_nobody_are_not_resolved(read: Passages, passage: str) -> None:
    assert read(passage).reading.attributions[0].speaker is None


def test_he_is_the_last_person_who_spoke(read: Passages) -> None:
    passage = read('Lavrov said the army had left the town. "We will not stop here," he added.')
    assert [each.speaker for each in passage.reading.attributions] == ["rus.lavrov", "rus.lavrov"]


def test_it_is_the_last_institution_that_spoke(read: Passages) -> None:
    passage = read("The Kremlin said that Turkish forces shelled the village. It said the truce was broken.")
    assert [each.speaker for each in passage.reading.attributions] == ["rus.gov", "rus.gov"]


def test_it_as_a_participant_may_stand_for_anything(read: Passages) -> None:
    passage = read("Russia sent a column. It withdrew at noon.")
    assert [each.actor for each in passage.claim("withdrew").agents if each.actor is not None] == []


def test_an_acronym_means_whom_the_document_introduced_by_it(read: Passages) -> None:
    passage = read("The Syrian Democratic Forces (SDF) said the road was open. The SDF took the hill.")
    (agent,) = passage.claim("took").agents
    assert agent.actor == passage.reading.attributions[0].speaker == "sdf"


# What is not kept yet; each reason says what is read instead.


def test_he_is_a_person_named_before_who_had_not_spoken(read: Passages) -> None:
    passage = read("Sergei Lavrov met John Kerry's staff in Geneva. He said the truce would hold.")
    assert passage.reading.attributions[0].speaker == "rus.lavrov"


def test_an_institution_that_the_registry_names_is_a_named_speaker(read: Passages) -> None:
    passage = read("The Russian defence ministry said the road was open.")
    assert passage.reading.attributions[0].kind is SpeakerKind.NAMED
