"""How surely a speaker puts an event forward: negation, mood, and the number between -3 and +3."""

import pytest
from passages import Passages

from truceline.model.claim import Mood

# Passage, trigger, whether it is negated, sign of the factuality ('+', '-', or '0' for uncommitted).
ASSERTED = [
    ("The army shelled the village.", "shelled", False, "+"),
    ("The army did not shell the village.", "shell", True, "-"),
    ("The army never shelled the village and never attacked the convoy.", "shelled", True, "-"),
    ("The army never shelled the village and never attacked the convoy.", "attacked", True, "-"),
    ("No village was shelled.", "shelled", True, "-"),
    ("Nobody shelled the village.", "shelled", True, "-"),
    ("Neither the army nor the insurgents shelled the village.", "shelled", True, "-"),
    ("The army failed to shell the village.", "shell", True, "-"),
    ("The army stopped short of attacking the town.", "attacking", True, "-"),
    ("The army managed to seize the hill.", "seize", False, "+"),
    ("The army continued to shell the village.", "shell", False, "+"),
    ("The army prevented an attack on the convoy.", "attack", True, "-"),
    ("The minister said the army had not attacked the town.", "attacked", True, "-"),
    ("The governor did not say whether the army had shelled the village.", "shelled", False, "0"),
]
SIGNS = {"+": (2.5, 3.0), "-": (-3.0, -1.5), "0": (-0.5, 0.5)}


@pytest.mark.parametrize(("passage", "trigger", "negated", "sign"), ASSERTED)
def test_a_negation_is_counted_once(read: Passages, passage: str, trigger: str, negated: bool, sign: str) -> None:
    claim = read(passage).claim(trigger)
    low, high = SIGNS[sign]
    assert claim.negated is negated
    assert low <= claim.factuality <= high
    assert claim.mood is Mood.ASSERTION


@pytest.mark.parametrize(
    ("passage", "trigger", "mood"),
    [
        ("The army will shell the village.", "shell", Mood.PREDICTION),
        ("The minister warned that the insurgents would attack the town.", "attack", Mood.PREDICTION),
        ("The army plans to attack the town.", "attack", Mood.PREDICTION),
        ("The army could shell the village.", "shell", Mood.HYPOTHETICAL),
        ("The army would have shelled the village.", "shelled", Mood.HYPOTHETICAL),
        ("If the army shells the village, the talks will end.", "shells", Mood.HYPOTHETICAL),
        ("The army tried to seize the hill.", "seize", Mood.HYPOTHETICAL),
        ("The army sent a column to seize the hill.", "seize", Mood.HYPOTHETICAL),
        ("Troops are preparing for an assault on the town.", "assault", Mood.HYPOTHETICAL),
        ("Did the army shell the village?", "shell", Mood.QUESTION),
        ("Why did the army attack the town?", "attack", Mood.QUESTION),
        ("The envoy urged the army to stop the shelling.", "shelling", Mood.DEMAND),
        ("The envoy called for an end to the shelling.", "shelling", Mood.DEMAND),
        ("The army promised to withdraw from the ridge.", "withdraw", Mood.PROMISE),
        ("The insurgents threatened to resume the offensive.", "offensive", Mood.PROMISE),
        ("The governor believes that the army shelled the village.", "shelled", Mood.OPINION),
        ("The army seems to have shelled the village.", "shelled", Mood.OPINION),
        ("The army denied that it had shelled the market.", "shelled", Mood.DENIAL),
        ("The army denied shelling the market.", "shelling", Mood.DENIAL),
        ("The army denied the attack.", "attack", Mood.DENIAL),
    ],
)
def test_what_is_not_asserted_has_its_mood(read: Passages, passage: str, trigger: str, mood: Mood) -> None:
    assert read(passage).claim(trigger).mood is mood


@pytest.mark.parametrize(
    ("passage", "trigger"),
    [
        ("The army denied that it had shelled the market.", "shelled"),
        ("The army denied shelling the market.", "shelling"),
        ("The army denied the attack.", "attack"),
    ],
)
def test_a_denial_says_that_it_did_not_happen(read: Passages, passage: str, trigger: str) -> None:
    claim = read(passage).claim(trigger)
    assert claim.negated
    assert claim.factuality == -3.0
    assert len(claim.chain) == 1


def test_denying_that_nothing_happened_says_that_it_did(read: Passages) -> None:
    claim = read("The army denied that no shell had been fired.").claim("fired")
    assert not claim.negated
    assert claim.factuality == 3.0
    assert claim.mood is Mood.DENIAL


@pytest.mark.parametrize(
    ("passage", "trigger"),
    [
        ("The army may have shelled the village.", "shelled"),
        ("The army allegedly shelled the village.", "shelled"),
        ("The army probably shelled the village.", "shelled"),
        ("An alleged attack on the clinic is being examined.", "attack"),
        ("The reported shelling of the village was not confirmed.", "shelling"),
        ("The governor believes that the army shelled the village.", "shelled"),
        ("The army seems to have shelled the village.", "shelled"),
        ("The army tried to seize the hill.", "seize"),
    ],
)
def test_a_hedge_leaves_an_event_less_than_sure(read: Passages, passage: str, trigger: str) -> None:
    claim = read(passage).claim(trigger)
    assert not claim.negated
    assert 0.0 < claim.factuality < 2.5


def test_hedges_stand_in_the_order_of_their_strength(read: Passages) -> None:
    weak, middling, sure = (
        read(f"The army {words} the village.").claim("shelled").factuality
        for words in ("may have shelled", "probably shelled", "shelled")
    )
    assert weak < middling < sure


def test_not_believing_it_is_an_opinion_that_it_did_not_happen(read: Passages) -> None:
    claim = read("The governor does not believe that the army shelled the village.").claim("shelled")
    assert claim.mood is Mood.OPINION
    assert claim.factuality < -1


def test_what_is_asked_is_uncommitted(read: Passages) -> None:
    assert read("Did the army shell the village?").claim("shell").factuality == 0.0


def test_the_act_of_asking_is_itself_asserted(read: Passages) -> None:
    claim = read("The envoy urged the army to stop the shelling.").claim("urged")
    assert (claim.factuality, claim.mood) == (3.0, Mood.ASSERTION)


@pytest.mark.parametrize(
    ("passage", "trigger"),
    [
        ("The army sent a column to seize the hill.", "sent"),
        ("If the army shells the village, the talks will end.", "end"),
        ("The army denied the attack.", "denied"),
    ],
)
def test_the_main_clause_keeps_its_own_certainty(read: Passages, passage: str, trigger: str) -> None:
    assert read(passage).claim(trigger).factuality >= 2.0


@pytest.mark.parametrize(
    ("passage", "trigger"),
    [
        ("The governor dismissed the claim that his men had looted the depot.", "looted"),
        ("The ministry rejected the allegation that its aircraft had bombed the clinic.", "bombed"),
    ],
)
def test_who_rejects_an_allegation_denies_it(read: Passages, passage: str, trigger: str) -> None:
    claim = read(passage).claim(trigger)
    assert claim.mood is Mood.DENIAL
    assert claim.factuality < 0


# What is not kept yet; each reason says what is read instead.


def test_what_is_not_true_did_not_happen(read: Passages) -> None:
    assert read("It is not true that the army shelled the village.").claim("shelled").factuality < 0


@pytest.mark.xfail(strict=True, reason="an assertion: only a verb can be an imperative, not the noun that it governs")
def test_an_imperative_over_a_noun_is_a_demand(read: Passages) -> None:
    assert read("Stop the shelling of the village.").claim("shelling").mood is Mood.DEMAND


def test_neither_confirming_nor_denying_leaves_it_open(read: Passages) -> None:
    claim = read("The ministry neither confirmed nor denied the strike.").claim("strike")
    assert claim.mood is not Mood.DENIAL
    assert abs(claim.factuality) < 1


def test_a_shelling_without_casualties_happened(read: Passages) -> None:
    claim = read("The shelling of Harran caused no casualties.").claim("shelling")
    assert not claim.negated
    assert claim.factuality == 3.0


def test_what_nobody_said_is_uncommitted(read: Passages) -> None:
    assert abs(read("Nobody has said that the army shelled the village.").claim("shelled").factuality) < 1
