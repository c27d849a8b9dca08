"""Documents brought together by the event they tell of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse.stories import find_stories

BRIDGE = (
    "Shells hit the bridge at Velmar on Tuesday, killing four people, the Velmar hospital said. The bridge was closed.",
    "Four dead as shells strike Velmar bridge. Doctors at the hospital of Velmar said four people were killed Tuesday.",
    "The Velmar bridge was closed on Tuesday after shells hit it and killed four people, residents said.",
)
MARKET = (
    "An air strike on the market of Dornik killed eleven traders on 9 June, the Dornik council said.",
    "Eleven traders killed in Dornik market by an air strike on 9 June. The council of Dornik blamed the air force.",
    "The council counts eleven dead traders after the 9 June strike on Dornik's market.",
)
TEXTS = {f"{name}{at}": text for name, texts in (("b", BRIDGE), ("m", MARKET)) for at, text in enumerate(texts)}


def test_reports_on_two_acts_are_two_stories() -> None:
    stories = find_stories(TEXTS)
    assert {stories[each] for each in TEXTS if each[0] == "b"} == {"b0"}
    assert {stories[each] for each in TEXTS if each[0] == "m"} == {"m0"}


@settings(max_examples=20, deadline=None)
@given(st.permutations(sorted(TEXTS)))
def test_the_order_of_the_texts_is_all_one(order: list[str]) -> None:
    assert find_stories({each: TEXTS[each] for each in order}) == find_stories(TEXTS)


def test_no_texts_are_no_stories_and_one_is_its_own() -> None:
    assert find_stories({}) == {}
    assert find_stories({"a": "Shells hit the bridge."}) == {"a": "a"}


def test_texts_without_words_stand_alone() -> None:
    assert find_stories({"a": "", "b": "…", "c": "the of and"}) == {"a": "a", "b": "b", "c": "c"}
