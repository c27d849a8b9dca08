"""Which incidents a text as a whole reports, and who is involved: with weights made up, and with those that ship."""

import numpy as np
import pytest
from passages import Passages

from truceline.model.reading import InvolvedAs
from truceline.read.incident_features import SIZE, number_of
from truceline.read.incident_types import chance_of, score_of
from truceline.read.incident_weights import LAYERS, load_weights

BOMBING = (
    "A car bomb exploded yesterday in front of the Union Bank in Lima, police said. Two guards, Pedro Rojas and Luis "
    "Soto, were killed. The police attributed the attack to the Red Dawn Front."
)
TRADE = "The two ministers signed an agreement on coffee prices. Exports will rise next year, the bank said."


def test_a_report_of_an_incident_has_its_type_a_report_of_trade_none(read: Passages) -> None:
    types = read(BOMBING).reading.incident_types
    assert types is not None
    assert types[0].type == "bombing"
    assert types[0].chance > 0.5
    assert max((each.chance for each in read(TRADE).reading.incident_types or ()), default=0.0) < 0.1


def test_more_incidents_are_never_likelier_than_fewer(read: Passages) -> None:
    for each in read(BOMBING).reading.incident_types or ():
        chances = (each.chance, *each.more)
        assert list(chances) == sorted(chances, reverse=True)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("A car bomb", InvolvedAs.WEAPON),
        ("Pedro Rojas", InvolvedAs.VICTIM),
        ("the Red Dawn Front", InvolvedAs.PERPETRATING_BODY),
    ],
)
def test_who_is_blamed_or_struck_anywhere_in_the_text_is_involved(read: Passages, words: str, role: InvolvedAs) -> None:
    told = read(BOMBING)
    found = {(each.span.of(told.text), each.role): each.chance for each in told.reading.involved or ()}
    assert max((chance for (named, at), chance in found.items() if at is role and words in named), default=0.0) > 0.25


def test_nobody_is_involved_in_a_text_without_incidents(read: Passages) -> None:
    assert read(TRADE).reading.involved == ()


def test_features_are_kept_as_numbers_that_the_weights_know() -> None:
    weights = load_weights()
    assert 0 <= number_of("w=bomb") < SIZE
    assert weights.text.shape[1] == weights.words.shape[1] == SIZE
    assert len(weights.words) == len(LAYERS)


def test_chances_and_scores_turn_into_each_other() -> None:
    chances = np.array([0.01, 0.5, 0.99])
    assert np.allclose(chance_of(score_of(chances)), chances)
    assert np.isfinite(score_of(np.array([0.0, 1.0]))).all()
