"""The cue lexicon: every word has a class, every class what it does to what is said."""

import pytest

from truceline.model.claim import Mood
from truceline.read.certainty_words import load_words
from truceline.read.cues import Cues, load_cues

COMPLEMENTS = {"clause", "infinitive", "gerund", "object", "about"}


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


def test_classes_take_only_complements_that_are_looked_for(cues: Cues) -> None:
    classes = [kind for kinds in cues.verbs.values() for kind in kinds]
    assert classes
    assert {part for kind in classes for part in kind.takes} <= COMPLEMENTS
    assert all(kind.takes for kind in classes)


def test_factuality_stays_within_its_scale(cues: Cues) -> None:
    assert all(-3.0 <= kind.factuality <= 3.0 for kinds in cues.verbs.values() for kind in kinds)


def test_stances_are_the_three_of_the_contract(cues: Cues) -> None:
    stances = {kind.stance for kinds in cues.verbs.values() for kind in kinds}
    assert stances == {"neutral", "distancing", "endorsing"}


@pytest.mark.parametrize(
    ("verb", "mood", "stance"),
    [
        ("say", Mood.ASSERTION, "neutral"),
        ("claim", Mood.ASSERTION, "distancing"),
        ("deny", Mood.DENIAL, "neutral"),
        ("believe", Mood.OPINION, "neutral"),
        ("vow", Mood.PROMISE, "neutral"),
        ("demand", Mood.DEMAND, "neutral"),
        ("wonder", Mood.QUESTION, "neutral"),
        ("forecast", Mood.PREDICTION, "neutral"),
        ("prove", Mood.ASSERTION, "endorsing"),
    ],
)
def test_a_verb_leads_with_the_class_of_its_commonest_use(cues: Cues, verb: str, mood: Mood, stance: str) -> None:
    assert (cues.verbs[verb][0].mood, cues.verbs[verb][0].stance) == (mood, stance)


def test_nouns_and_adjectives_share_the_classes_of_verbs(cues: Cues) -> None:
    classes = {kind.name for kinds in cues.verbs.values() for kind in kinds}
    assert {kind.name for kind in (*cues.nouns.values(), *cues.adjectives.values())} <= classes


def test_prepositions_are_split_into_words(cues: Cues) -> None:
    assert ("according", "to") in cues.prepositions
    assert all(word == word.lower() and " " not in word for phrase in cues.prepositions for word in phrase)


def test_no_word_is_two_kinds_of_speaker_but_by_intent(cues: Cues) -> None:
    kinds = (cues.anonymous, cues.collective, cues.documents)
    shared = {word for at, one in enumerate(kinds) for other in kinds[at + 1 :] for word in one & other}
    assert shared == set()


def test_the_same_lexicon_is_loaded_once() -> None:
    assert load_cues() is load_cues()
    assert load_words() is load_words()


def test_modal_verbs_carry_a_mood_and_a_score_within_the_scale() -> None:
    words = load_words()
    assert {"may", "will", "could"} <= words.modals.keys()
    assert all(-3.0 <= score <= 3.0 for score, _ in (*words.modals.values(), *words.perfect.values()))
