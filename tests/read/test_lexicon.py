"""The event lexicon: every rule names a kind, every kind a category, every mistake is said by name."""

import pytest

from truceline.read import lexicon
from truceline.read.lexicon import load_grammar, load_kinds, load_lexicon
from truceline.vocab.load import load_toml

# The sixteen event categories of the PLOVER manual of 4 February 2024.
PLOVER = frozenset(
    {
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
        "CONCEDE",
    }
)


def test_every_kind_is_a_plover_category() -> None:
    assert {kind.plover for kind in load_kinds().values()} <= PLOVER


def test_an_empty_code_in_the_file_is_none() -> None:
    codes = [code for kind in load_kinds().values() for code in (kind.mode, kind.acled, kind.cameo)]
    assert "" not in codes
    assert None in codes


def test_cameo_codes_are_two_to_four_digits() -> None:
    codes = [kind.cameo for kind in load_kinds().values() if kind.cameo is not None]
    assert codes
    assert [code for code in codes if not (code.isdigit() and 2 <= len(code) <= 4)] == []


def test_every_rule_names_a_kind_and_a_word() -> None:
    rules = load_toml("events/en.toml")["rule"]
    assert [rule for rule in rules if rule["kind"] not in load_kinds()] == []
    assert [rule for rule in rules if not (rule.get("verbs") or rule.get("nouns") or rule.get("others"))] == []


def test_specific_rules_of_a_word_stand_before_general_ones() -> None:
    kinds = [rule.kind for rule in load_lexicon().nouns["attack"]]
    assert kinds.index("chemical") < kinds.index("airstrike")
    assert kinds.index("drone-strike") < kinds.index("airstrike")


def test_sets_are_spelled_out_in_rules() -> None:
    companions = {word for rules in load_lexicon().verbs.values() for rule in rules for word in rule.companions}
    assert "warplane" in companions | load_lexicon().instruments
    assert not any(word.startswith("@") for word in companions)


def test_words_that_only_carry_a_noun_are_known() -> None:
    assert {"launch", "conduct"} <= load_grammar().light
    assert "be" in load_grammar().uneventful


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ({"kind": "picnic", "verbs": "eat"}, "unknown kind 'picnic'"),
        ({"kind": "shelling", "verbs": "shell", "with": "@spoons"}, "unknown set '@spoons'"),
    ],
)
def test_a_mistake_in_a_rule_is_said_by_name(
    rule: dict[str, str], complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {**load_toml("events/en.toml"), "rule": [rule]}
    load_kinds()
    monkeypatch.setattr(lexicon, "load_toml", lambda _: table)
    with pytest.raises(ValueError, match=complaint):
        load_lexicon.__wrapped__()
