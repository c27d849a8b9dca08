"""Every voice's own certainty: the author and each speaker of a chain; the words that hedge."""

import pytest
from passages import Passages

from truceline.read.certainty import weigh
from truceline.read.certainty_words import load_colours, load_words
from truceline.read.cues import load_cues
from truceline.read.sentences import parse_texts


def stances(read: Passages, text: str, trigger: str) -> dict[str, float]:
    """The certainty of each voice, by 'author' or the words of the source."""
    told = read(text)
    named = {each.id: told.words(each.source) for each in told.reading.attributions}
    return {named.get(each.by, each.by): each.factuality for each in told.claim(trigger).stances}


def test_what_the_author_tells_himself_is_his_alone(read: Passages) -> None:
    assert stances(read, "The army shelled the village.", "shelled") == {"author": 3.0}


@pytest.mark.parametrize("cue", ["said", "reported", "stated", "wrote"])
def test_an_author_who_merely_reports_leaves_it_open(read: Passages, cue: str) -> None:
    assert stances(read, f"The council {cue} that the army had shelled the village.", "shelled") == {
        "author": 0.0,
        "The council": 3.0,
    }


@pytest.mark.parametrize("cue", ["confirmed", "revealed", "admitted", "proved", "pointed out", "made clear"])
def test_an_author_who_says_confirmed_shares_it(read: Passages, cue: str) -> None:
    assert stances(read, f"The council {cue} that the army had shelled the village.", "shelled")["author"] > 2.0


@pytest.mark.parametrize("cue", ["claimed", "alleged", "insinuated"])
def test_an_author_who_says_claimed_stands_back(read: Passages, cue: str) -> None:
    assert -1.0 <= stances(read, f"The council {cue} that the army had shelled the village.", "shelled")["author"] < 0


def test_an_author_who_says_falsely_turns_it_over(read: Passages) -> None:
    found = stances(read, "The council falsely said that the army had shelled the village.", "shelled")
    assert found["author"] < -1.5
    assert found["The council"] == 3.0


@pytest.mark.parametrize("cue", ["did not confirm", "may confirm", "would not confirm"])
def test_what_is_not_confirmed_is_shared_by_nobody(read: Passages, cue: str) -> None:
    assert stances(read, f"The council {cue} that the army had shelled the village.", "shelled")["author"] == 0.0


def test_a_denial_is_the_speakers_and_not_the_authors(read: Passages) -> None:
    found = stances(read, "The army denied that it had shelled the market.", "shelled")
    assert found == {"author": 0.0, "The army": -3.0}


def test_each_voice_of_a_chain_takes_from_the_one_inside(read: Passages) -> None:
    found = stances(
        read, "The agency reported that the council confirmed that insurgents had fired at the convoy.", "fired"
    )
    assert found["author"] == 0.0
    assert found["The agency"] > 2.0
    assert found["the council"] == 3.0


def test_who_says_what_he_believes_is_as_sure_as_he_believes(read: Passages) -> None:
    told = read("The governor said he believed that insurgents had fired at the convoy.").claim("fired")
    assert [each.factuality for each in told.stances][1:] == [told.factuality] * (len(told.stances) - 1)


def test_the_innermost_number_is_the_claims_own(read: Passages) -> None:
    for claim in read("The agency said the army denied that it might have shelled the village.").reading.claims:
        assert [each.by for each in claim.stances] == ["author", *claim.chain]
        assert claim.stances[-1].factuality == pytest.approx(claim.factuality, abs=0.01)


@pytest.mark.parametrize(
    ("text", "trigger", "words"),
    [
        ("The army may have shelled the village.", "shelled", ["may"]),
        ("The army did not shell the village.", "shell", ["not"]),
        ("The army probably failed to seize the hill.", "seize", ["failed"]),
        ("An alleged attack is being examined.", "attack", ["alleged"]),
        ("The army shelled the village.", "shelled", []),
    ],
)
def test_the_words_that_hedge_are_shown(read: Passages, text: str, trigger: str, words: list[str]) -> None:
    told = read(text)
    assert [each.of(told.text) for each in told.claim(trigger).hedges] == words


def test_what_others_said_would_be_is_a_prediction(read: Passages) -> None:
    claim = read("The mayor said that the army would shell the village.").claim("shell")
    assert claim.mood.value == "prediction"
    assert read("The army would shell the village.").claim("shell").mood.value == "hypothetical"


def test_a_question_who_did_it_takes_it_that_it_was_done(read: Passages) -> None:
    assert read("Who shelled the village?").claim("shelled").factuality == 3.0
    assert read("Did the army shell the village?").claim("shell").factuality == 0.0


def test_a_demand_to_stop_takes_it_that_it_goes_on(read: Passages) -> None:
    assert read("The envoy urged the army to stop the shelling.").claim("shelling").factuality == 3.0


# The seam for a learned number


@pytest.mark.parametrize(
    ("text", "trigger", "prior", "low", "high"),
    [
        ("The army shelled the village.", "shelled", None, 3.0, 3.0),
        ("The army shelled the village.", "shelled", 1.0, 1.0, 2.0),
        ("The army shelled the village.", "shelled", -3.0, 0.0, 0.0),
        ("The army did not shell the village.", "shell", 3.0, -3.0, -3.0),
        ("The army did not shell the village.", "shell", -2.0, -2.5, -2.0),
        ("The army will shell the village.", "shell", -3.0, 2.4, 2.4),
        ("Did the army shell the village?", "shell", 3.0, 0.0, 0.0),
        ("The army denied that it had shelled the village.", "shelled", 3.0, -3.0, -3.0),
        ("The army shelled the village.", "shelled", 99.0, 3.0, 3.0),
    ],
)
def test_a_learned_number_moves_a_plain_claim_and_never_what_grammar_settles(
    text: str, trigger: str, prior: float | None, low: float, high: float
) -> None:
    (doc,) = parse_texts([text])
    token = next(each for each in doc if each.text == trigger)
    assert low <= weigh(token, load_cues(), load_words(), prior=prior).factuality <= high


def test_no_word_both_endorses_and_distances() -> None:
    colours = load_colours()
    assert not colours.endorses & colours.distances
    assert not colours.truly & colours.falsely
    assert colours.shares["neutral"] == 0.0
