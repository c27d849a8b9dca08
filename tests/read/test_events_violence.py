"""Acts of violence told by nouns, weapons, blame and pronouns: who did it, to whom, with what."""

import pytest
from passages import Passages

# Passage, trigger, category and mode, agents, recipients, instruments.
TOLD = [
    # nouns whose victim stands behind "of" or before 's
    ("The murder of Pedro Galvez shocked Tarsin.", "murder", "ASSAULT", [], ["Pedro Galvez"], []),
    (
        "The assassination in May of Pedro Galvez is unsolved.",
        "assassination",
        "ASSAULT/targeted",
        [],
        ["Pedro Galvez"],
        [],
    ),
    ("Pedro Galvez's kidnapping lasted a week.", "kidnapping", "ASSAULT/abduct", [], ["Pedro Galvez's"], []),
    ("The kidnapping and murder of Rosa Salas went on trial.", "kidnapping", "ASSAULT/abduct", [], ["Rosa Salas"], []),
    ("An attempt on the life of the mayor failed.", "attempt", "ASSAULT/targeted", [], ["the mayor"], []),
    # who is said to have done it
    ("The attack carried out by the Red Dawn shut the port.", "attack", "ASSAULT/firearms", ["the Red Dawn"], [], []),
    ("The police attributed the attack to the Red Dawn.", "attack", "ASSAULT/firearms", ["the Red Dawn"], [], []),
    (
        "The mayor blamed the rebels for the murder of the judge.",
        "murder",
        "ASSAULT",
        ["the rebels"],
        ["the judge"],
        [],
    ),
    (
        "The army is responsible for the massacre of ten villagers.",
        "massacre",
        "ASSAULT",
        ["The army"],
        ["ten villagers"],
        [],
    ),
    ("The army is accused of killing three priests.", "killing", "ASSAULT", ["The army"], ["three priests"], []),
    ("Rebels staged an attack on the depot.", "attack", "ASSAULT/firearms", ["Rebels"], ["the depot"], []),
    # weapons laid, thrown and going off
    (
        "Two men placed a bomb in front of the bank.",
        "placed",
        "ASSAULT/explosives",
        ["Two men"],
        ["the bank"],
        ["a bomb"],
    ),
    ("A car bomb exploded outside the embassy.", "exploded", "ASSAULT/explosives", [], ["the embassy"], ["A car bomb"]),
    (
        "Youths hurled grenades at the barracks.",
        "hurled",
        "ASSAULT/explosives",
        ["Youths"],
        ["the barracks"],
        ["grenades"],
    ),
    (
        "Rebels attacked the post with rifles and grenades.",
        "attacked",
        "ASSAULT",
        ["Rebels"],
        ["the post"],
        ["rifles", "grenades"],
    ),
    ("Three bomb attacks shook Tarsin.", "attacks", "ASSAULT", [], [], ["bomb"]),
    # fire and blades
    ("The gang set fire to the warehouse.", "set", "ASSAULT/destroy", ["The gang"], ["the warehouse"], []),
    (
        "Militiamen captured Pedro Galvez near the mill.",
        "captured",
        "ASSAULT/abduct",
        ["Militiamen"],
        ["Pedro Galvez"],
        [],
    ),
    # pronouns
    (
        "Gunmen attacked the farm, where they burned two trucks.",
        "burned",
        "ASSAULT/destroy",
        ["Gunmen"],
        ["two trucks"],
        [],
    ),
    ("The judge was stopped by two men who shot him.", "shot", "ASSAULT/firearms", ["two men"], ["The judge"], []),
]


@pytest.mark.parametrize(("passage", "trigger", "kind", "agents", "recipients", "instruments"), TOLD)
def test_an_act_of_violence_is_told_with_its_participants(
    read: Passages,
    passage: str,
    trigger: str,
    kind: str,
    agents: list[str],
    recipients: list[str],
    instruments: list[str],
) -> None:
    told = read(passage)
    assert told.kind(trigger).startswith(kind)
    assert told.agents(trigger) == agents
    assert told.recipients(trigger) == recipients
    assert told.instruments(trigger) == instruments


def test_who_only_reports_is_not_taken_for_the_doer(read: Passages) -> None:
    told = read("Police said that they burned the mill.")
    assert told.agents("burned") == []


@pytest.mark.parametrize(
    ("passage", "word"),
    [
        ("The ministry fights corruption.", "fights"),
        ("The union leveled charges at the council.", "leveled"),
        ("A cold wind blew from the hills.", "blew"),
    ],
)
def test_fighting_an_abstraction_is_no_violence(read: Passages, passage: str, word: str) -> None:
    assert word not in read(passage).told()
