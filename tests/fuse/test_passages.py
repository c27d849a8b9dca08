"""Passages taken over: found by their words, given to the earliest, silent where the order is not known."""

import random
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from fuse_makers import tell_of
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse.origins import find_provenance
from truceline.fuse.passages import Reuse, find_reuse
from truceline.fuse.registry import arrange
from truceline.model.document import Document
from truceline.model.span import Span
from truceline.model.telling import TakenFrom
from truceline.testing import doc

NOON = datetime(2016, 5, 5, 12, tzinfo=UTC)
LEAD = "Rescuers carried a baker and his two sons from the cellar of the mill after rockets had hit its northern wall"
REST = "The bakers of the quarter say that they will not light their ovens again before the monitors have come"
STRIKE = ("air strike", "Kafr Nabl", "2016-05-05")
OTHER = "Engineers repaired the water main that feeds the eastern quarters while a third escort waited by the pumps"


def at(hours: float, text: str, *, id: str, **given: object) -> Document:
    return doc(text, id=id, published_at=NOON + timedelta(hours=hours), **given)


def taken(documents: list[Document]) -> list[tuple[str, str, str]]:
    """(later, earlier, words) of every passage."""
    texts = {each.id: each.text for each in documents}
    return [
        (later, each.document, each.span.of(texts[later]))
        for later, passages in find_reuse(documents).passages.items()
        for each in passages
    ]


def test_a_sentence_from_an_earlier_text_is_found_inside_another_text() -> None:
    found = taken([at(0, f"{LEAD}. {REST}.", id="a"), at(1, f"{OTHER}. {LEAD}. Nobody else came.", id="b")])
    assert found == [("b", "a", LEAD)]


def test_small_edits_leave_it_one_passage() -> None:
    edited = LEAD.replace("rockets had hit", "rockets hit").replace("the cellar of the mill", "the mill's cellar")
    assert taken([at(0, LEAD, id="a"), at(1, f"{OTHER}. {edited}.", id="b")]) == [("b", "a", edited)]


def test_of_three_the_first_is_the_source() -> None:
    texts = [at(2, f"{LEAD}. {REST}.", id="c"), at(0, LEAD, id="a"), at(1, f"{OTHER}. {LEAD}.", id="b")]
    assert taken(texts) == [("b", "a", LEAD), ("c", "a", LEAD)]


def test_whoever_shares_the_slip_is_the_source() -> None:
    slip = LEAD.replace("his two sons", "his twin sons and a dog")
    texts = [at(0, LEAD, id="a"), at(1, slip, id="b"), at(2, f"{OTHER}. {slip}.", id="c")]
    assert ("c", "b", slip) in taken(texts)


def test_without_a_date_there_is_no_order() -> None:
    assert taken([at(0, LEAD, id="a"), doc(LEAD, id="b", published_at=None)]) == []


def test_dated_by_the_day_alone_there_is_no_order_within_it() -> None:
    midnight = doc(LEAD, id="a", published_at=datetime(2016, 5, 5, tzinfo=UTC))
    assert taken([midnight, at(0, f"{OTHER}. {LEAD}.", id="b")]) == []
    assert taken([midnight, at(24, f"{OTHER}. {LEAD}.", id="b")]) == [("b", "a", LEAD)]


def test_at_the_same_instant_nobody_took_from_anybody() -> None:
    assert taken([at(0, LEAD, id="a"), at(0, LEAD, id="b")]) == []


def test_versions_of_one_page_take_nothing_from_each_other() -> None:
    assert taken([at(0, LEAD, id="a"), at(1, f"{LEAD}. {REST}.", id="a", version=2)]) == []


def test_a_formula_in_many_texts_is_no_trace() -> None:
    formula = "the council reminds all residents to keep their papers and a torch beside the door at night"
    texts = [at(n, f"{words(n, 40)} {formula} {words(n + 100, 40)}", id=f"d{n}") for n in range(9)]
    assert taken(texts) == []
    assert len(taken(texts[:3])) == 2


def test_standing_language_of_resolutions_is_no_trace() -> None:
    text = "All parties must comply with their obligations under international humanitarian law"
    texts = [at(0, f"{text}, one said. {OTHER}.", id="a"), at(1, f"{text}, the other said. {REST}.", id="b")]
    assert taken(texts) == []


def test_the_same_form_filled_in_anew_is_no_copy() -> None:
    form = "At least {} people were killed and {} were wounded when {} hit a bus station, medics said"
    texts = [at(0, form.format(14, 30, "shells"), id="a"), at(9, form.format(3, 5, "a drone"), id="b")]
    assert taken(texts) == []


def test_a_list_of_names_is_no_trace() -> None:
    names = "Jaish al-Wadi, the Falcons of Sahl, Ahrar al-Nahr, Suqur Dayr, the Brigade of Hama and Liwa al-Furat"
    texts = [at(0, f"{OTHER}. Those of {names} left.", id="a"), at(9, f"{REST}. Said {names}.", id="b")]
    assert taken(texts) == []


def test_the_same_form_with_other_places_is_no_copy() -> None:
    form = "Factions took control of {} in the countryside of {} early on {} after clashes with the army"
    texts = [
        at(0, form.format("Ayn Dara", "Latakia", "Thursday"), id="a"),
        at(99, form.format("Tell Rak", "Hama", "Monday"), id="b"),
    ]
    assert taken(texts) == []


def test_a_house_repeats_its_own_turns_of_phrase_more_easily_than_others() -> None:
    phrase = "the guns fell silent only when the rain had filled the ditches again"
    texts = [
        at(0, f"{OTHER}, and {phrase}.", id="a", publisher="One"),
        at(9, f"{REST}; {phrase}.", id="b", publisher="One"),
    ]
    assert taken(texts) == []
    other = at(9, f"{REST}; {phrase}.", id="b", publisher="Two")
    assert len(taken([texts[0], other])) == 1


def words(seed: int, count: int) -> str:
    """Words that no other seed gives."""
    return " ".join(f"{chr(97 + seed % 26)}w{seed}x{number}" for number in range(count))


# Claims


def span_of(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def test_a_claim_inside_points_to_its_words_in_the_original() -> None:
    first, second = at(0, f"{REST}. {LEAD}.", id="a"), at(1, f"{OTHER}. {LEAD}.", id="b")
    found = find_reuse([first, second]).taken_from("b", span_of(second.text, LEAD))
    assert found == TakenFrom(document="a", span=span_of(first.text, LEAD))


def test_a_claim_in_own_words_points_nowhere() -> None:
    second = at(1, f"{OTHER}. {LEAD}.", id="b")
    reuse = find_reuse([at(0, LEAD, id="a"), second])
    assert reuse.taken_from("b", span_of(second.text, OTHER)) is None
    assert reuse.taken_from("a", Span(0, 40)) is None
    assert Reuse().taken_from("a", Span(0, 4)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("two sons", "five sons"), ("after rockets had", "after no rockets had"), ("of the mill", "of the Sahl mill")],
)
def test_a_claim_whose_number_name_or_sense_was_changed_is_not_the_originals(old: str, new: str) -> None:
    long = f"{LEAD}, and neighbours formed a line to pass sacks of flour out through the broken gate of the yard"
    changed = long.replace(old, new)
    reuse = find_reuse([at(0, long, id="a"), at(1, f"{OTHER}. {changed}.", id="b")])
    whole = f"{OTHER}. {changed}."
    assert reuse.taken_from("b", span_of(whole, changed)) is None


def test_a_number_written_out_is_the_same_number() -> None:
    changed = LEAD.replace("two sons", "2 sons")
    whole = f"{OTHER}. {changed}."
    assert find_reuse([at(0, LEAD, id="a"), at(1, whole, id="b")]).taken_from("b", span_of(whole, changed)) is not None


def test_words_taken_over_are_one_origin_with_the_original() -> None:
    original = tell_of(*STRIKE, claim="a", source="wire")
    place = TakenFrom(document=original.document, span=original.span)
    lifted = tell_of(*STRIKE, claim="b", source="daily", taken_from=place)
    firsts = {original.document: original}
    assert len(find_provenance([original, lifted], arrange((), ()), firsts).origins) == 1
    alone = find_provenance([lifted], arrange((), ()), {}).origins
    assert [each.name for each in alone] == [original.document]


# Sizes


def test_ten_thousand_copies_are_found_in_bounded_time() -> None:
    text = words(2, 60)
    texts = [doc(text, id=f"d{n:05}", published_at=NOON + timedelta(minutes=n)) for n in range(10_000)]
    start = time.monotonic()
    found = find_reuse(texts)
    assert {each.document for passages in found.passages.values() for each in passages} == {"d00000"}
    assert len(found.passages) == 9_999
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("text", ["a " * 100_000, "a b c d e f g " * 20_000, "«»—…" * 50_000, ""])
def test_a_text_of_one_word_repeated_is_no_trap(text: str) -> None:
    start = time.monotonic()
    find_reuse([at(n, text, id=f"d{n}") for n in range(3)])
    assert time.monotonic() - start < 30


def test_a_log_that_grows_at_its_head_takes_from_its_last_edition() -> None:
    long = words(3, 2_000).split()
    texts = [at(n, " ".join(long[2_000 - 20 * n :]), id=f"d{n:03}") for n in range(1, 101)]
    start = time.monotonic()
    found = find_reuse(texts)
    assert [each.document for each in found.passages["d100"]] == ["d099"]
    assert time.monotonic() - start < 30


texts_drawn = st.lists(
    st.tuples(st.lists(st.sampled_from([LEAD, REST, OTHER, "Nobody came.", "7"]), max_size=4), st.integers(0, 3)),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(texts_drawn, st.randoms())
def test_passages_read_back_point_backwards_and_do_not_depend_on_the_order_given(
    drawn: list[tuple[list[str], int]], shuffled: random.Random
) -> None:
    documents = [at(hours, ". ".join(parts), id=f"d{n}") for n, (parts, hours) in enumerate(drawn)]
    by_id = {each.id: each for each in documents}
    found = find_reuse(documents).passages
    for later, passages in found.items():
        for one, other in pairwise(passages):
            assert one.span.end <= other.span.start
        for each in passages:
            earlier = by_id[each.document]
            assert earlier.published_at is not None
            assert earlier.published_at < (by_id[later].published_at or NOON)
            assert 0 <= each.span.start < each.span.end <= len(by_id[later].text)
            assert 0 <= each.original.start < each.original.end <= len(earlier.text)
    shuffled.shuffle(documents)
    assert find_reuse(documents).passages.keys() == found.keys()
