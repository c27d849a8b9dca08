"""Mentions of events brought together over reports."""

from dataclasses import replace

import numpy as np
import pytest

from truceline.fuse.event_groups import group_mentions, square
from truceline.fuse.event_pairs import PAIR_FEATURES, Rarity, compare_all
from truceline.fuse.event_support import SUPPORT_FEATURES, support
from truceline.fuse.event_weights import load_background, load_vectors
from truceline.fuse.trees import Trees
from truceline.model.mentioned import Mentioned

TEXTS = {
    "a": "Shells hit the bridge at Velmar on Tuesday and killed four people, the Velmar hospital said.",
    "b": "Four people were killed when shells hit the Velmar bridge on Tuesday, doctors at the hospital said.",
}


def told(id: str, head: str, document: str, *, agents: str = "", patients: str = "", sentence: int = 0) -> Mentioned:
    words = frozenset({head})
    around = frozenset(agents.split()) | frozenset(patients.split())
    return Mentioned(
        id=id,
        document=document,
        sentence=sentence,
        head=head,
        tag="VBD",
        text=head,
        words=words,
        agents=frozenset(agents.split()),
        patients=frozenset(patients.split()),
        others=frozenset(),
        around=around,
        near=around,
        names=frozenset(),
        numbers=frozenset(),
        days=frozenset(),
        verbal=True,
        negated=False,
        modal=False,
    )


MENTIONS = [
    told("a1", "hit", "a", agents="shell", patients="bridge velmar"),
    told("a2", "kill", "a", agents="shell", patients="people four"),
    told("a3", "say", "a", agents="hospital velmar"),
    told("b1", "kill", "b", patients="people four"),
    told("b2", "hit", "b", agents="shell", patients="bridge velmar"),
]


def features(first: Mentioned, second: Mentioned) -> dict[str, float]:
    rarity = Rarity(list(TEXTS.values()), load_background())
    rows = compare_all([first, second], rarity, load_vectors(), np.ones((2, 2)))
    return dict(zip(PAIR_FEATURES, rows[0].tolist(), strict=True))


def test_two_reports_that_tell_one_act_alike_meet_in_it() -> None:
    groups = group_mentions(MENTIONS, TEXTS)
    assert groups["a1"] == groups["b2"] == "a1"
    assert groups["a2"] == groups["b1"] == "a2"


def test_every_mention_is_in_one_group_named_by_its_first() -> None:
    groups = group_mentions(MENTIONS, TEXTS)
    assert set(groups) == {each.id for each in MENTIONS}
    assert all(name == min(each for each in groups if groups[each] == name) for name in groups.values())


def test_the_order_of_mentions_and_texts_is_all_one() -> None:
    turned = group_mentions(MENTIONS[::-1], dict(reversed(TEXTS.items())))
    assert turned == group_mentions(MENTIONS, TEXTS)


def test_nothing_to_group_gives_no_groups() -> None:
    assert group_mentions([], TEXTS) == {}
    assert group_mentions(MENTIONS[:1], TEXTS) == {"a1": "a1"}


def test_who_struck_whom_is_seen_when_it_is_exchanged() -> None:
    struck = told("a1", "attack", "a", agents="red", patients="blue")
    answer = told("b1", "attack", "b", agents="blue", patients="red")
    assert features(struck, answer)["roles exchanged"] == pytest.approx(1.0)
    assert features(struck, replace(struck, id="b1", document="b"))["roles exchanged"] == 0.0


def test_words_of_one_meaning_are_nearer_than_others() -> None:
    kill, murder, visit = (told(each, each, "a") for each in ("kill", "murder", "visit"))
    assert features(kill, murder)["meaning"] > features(kill, visit)["meaning"] + 0.2


def test_a_word_that_is_not_known_means_nothing() -> None:
    assert features(told("a", "qzxv", "a"), told("b", "kill", "b"))["meaning"] == 0.0


def test_a_rival_in_the_same_report_speaks_against_a_pair() -> None:
    chances = square(np.array([0.9, 0.4, 0.1]), 3)  # of the first with the second, with the third; second with third
    rows = support(chances, np.array([0, 1, 1]))
    shown = [dict(zip(SUPPORT_FEATURES, row.tolist(), strict=True)) for row in rows]
    assert (shown[0]["stronger rival"], shown[1]["stronger rival"]) == pytest.approx((0.4, 0.9))
    assert shown[1]["ahead of rivals"] == pytest.approx(-0.5)
    assert shown[2]["best third"] == pytest.approx(0.4)


def test_trees_lead_each_row_to_its_leaf() -> None:
    trees = Trees(
        start=0.0,
        feature=np.array([[1, 0, 0]]),
        threshold=np.array([[0.5, 0.0, 0.0]]),
        left=np.array([[1, 1, 2]]),
        right=np.array([[2, 1, 2]]),
        value=np.array([[0.0, -2.0, 2.0]]),
        depth=1,
    )
    assert trees.scores(np.array([[9.0, 0.5], [9.0, 0.6]])) == pytest.approx([-2.0, 2.0])
