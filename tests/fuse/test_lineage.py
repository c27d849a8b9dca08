"""Who has it from whom: the graph of one incident's reports, followed to whoever claims to know."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fuse_makers import ACTORS, SOURCES, only, speaker, tell_of
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse.copies import find_copies
from truceline.fuse.oddities import find_oddities, is_odd
from truceline.fuse.origins import Provenance, find_provenance
from truceline.fuse.records import find_track_records, jeffreys
from truceline.fuse.registry import arrange
from truceline.fuse.traces import find_traces
from truceline.kit.graph import find_rings
from truceline.model.incident import How, Incident
from truceline.model.reading import Reading
from truceline.model.telling import Credit, Telling, Traces
from truceline.testing import doc

STRIKE = ("air strike", "Kafr Nabl", "2016-05-05")
NOON = datetime(2016, 5, 5, 12, tzinfo=UTC)
PATIENCE = 60.0  # seconds, for ten thousand texts
REGISTRY = arrange(SOURCES, ACTORS)


def told(
    letter: str, *, hour: int = 12, outlet: str | None = None, source: str | None = None, **given: object
) -> Telling:
    """One report of the strike by an outlet nobody lists, or by a source."""
    telling = tell_of(
        *STRIKE, claim=f"claim-{letter}", document=letter, source=source, published=f"2016-05-05 {hour:02}:00", **given
    )
    return telling if source is not None else replace(telling, family=outlet or f"outlet {letter}")


def crediting(*names: str, **given: object) -> Traces:
    return Traces(credits=tuple(Credit(name=each, words=each) for each in names), brief=True, **given)


def trace(*tellings: Telling) -> Provenance:
    return find_provenance(tellings, REGISTRY, {})


def hows(*tellings: Telling) -> dict[str, tuple[How, str | None]]:
    return {each.document: (each.how, each.to_document) for each in trace(*tellings).links}


def test_who_credits_a_report_of_the_incident_goes_back_to_where_it_leads() -> None:
    found = trace(
        told("a"), told("b", hour=13, traces=crediting("outlet a")), told("c", hour=14, traces=crediting("outlet b"))
    )
    assert [each.name for each in found.origins] == ["outlet a"]
    assert [(each.document, each.how, each.to_document) for each in found.links] == [
        ("a", How.OWN, None),
        ("b", How.CITES, "a"),
        ("c", How.CITES, "b"),
    ]


def test_reports_that_credit_each_other_are_one_origin_and_said_to_be_a_ring() -> None:
    found = trace(
        told("a", traces=crediting("outlet b")),
        told("b", hour=13, traces=crediting("outlet c")),
        told("c", hour=14, traces=crediting("outlet a")),
    )
    assert len(found.origins) == 1
    assert found.circles == (("a", "b", "c"),)
    assert "ring" in found.note


def test_a_ring_from_which_credit_leads_out_adds_no_origin() -> None:
    found = trace(
        told("a", traces=crediting("outlet b")),
        told("b", hour=13, traces=crediting("outlet a", "sohr")),
        told("c", source="sohr"),
    )
    assert [each.name for each in found.origins] == ["Syrian Observatory for Human Rights"]


def test_an_outlet_that_credits_itself_is_its_own_origin() -> None:
    found = trace(told("a", traces=crediting("outlet a")))
    assert [each.name for each in found.origins] == ["outlet a"]
    assert found.circles == ()


def test_a_reporter_on_the_spot_is_an_origin_beside_whom_his_paper_credits() -> None:
    found = trace(told("a"), told("b", hour=13, traces=crediting("outlet a", own="our reporter")))
    assert len(found.origins) == 2


def test_an_odd_figure_shared_with_an_earlier_report_is_taken_from_it() -> None:
    odd = Traces(oddities=("137",))
    assert hows(told("a", traces=odd), told("b", hour=13, traces=odd))["b"] == (How.TAKES, "a")


def test_an_odd_figure_proves_nothing_against_who_counted_for_himself() -> None:
    odd = Traces(oddities=("137",))
    found = trace(told("a", traces=odd), told("b", hour=13, traces=replace(odd, own="we counted")))
    assert len(found.origins) == 2


def test_hearsay_goes_back_to_the_earliest_report_and_counts_where_there_is_none() -> None:
    heard = Traces(hearsay="media reports")
    assert hows(told("a"), told("b", hour=13, traces=heard))["b"] == (How.CITES, "a")
    assert hows(told("b", hour=13, traces=heard))["b"] == (How.OWN, None)


def test_a_private_witness_who_speaks_to_two_papers_is_the_one_origin() -> None:
    witness = (speaker("Abu Karim Sallum, a baker"),)
    found = trace(told("a", chain=witness), told("b", hour=13, chain=(speaker("the baker Karim Sallum"),)))
    assert len(found.origins) == 1


def test_a_report_of_ones_own_side_without_anything_of_its_own_is_amplification() -> None:
    found = hows(told("a", source="army-command"), told("b", hour=13, source="sana"))
    assert found["b"] == (How.AMPLIFIES, "a")


def test_the_incident_says_how_many_reports_and_origins_there_are() -> None:
    incident = only(told("a"), told("b", hour=13, traces=crediting("outlet a")))
    assert incident.origin_note.startswith("2 reports, 1 independent origin, deepest origin outlet a")


def test_fresh_outlets_with_nearly_the_same_words_count_once_and_are_reported() -> None:
    wording = "Jets bombed the bread market of Kafr Nabl leaving shoppers dead {}"
    found = trace(*(told(each, hour=at, quote=wording.format(each)) for at, each in enumerate("abcdef", start=10)))
    assert len(found.origins) == 1
    assert "not counted" in found.note


def test_two_listed_papers_with_a_like_headline_stay_two_origins() -> None:
    wording = "Jets bombed the bread market of Kafr Nabl leaving shoppers dead"
    found = trace(told("a", source="daily", quote=wording), told("b", hour=13, source="gazette", quote=wording))
    assert len(found.origins) == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16),
    st.randoms(use_true_random=False),
)
def test_any_web_of_credits_gives_origins_and_the_same_in_any_order(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    names = "abcdefgh"
    told_by: dict[int, list[str]] = {}
    for one, other in pairs:
        told_by.setdefault(one, []).append(f"outlet {names[other]}")
    tellings = [
        told(each, hour=at + 1, traces=crediting(*told_by.get(at, ())), quote=f"{each * 5} {each * 6} {each * 7}")
        for at, each in enumerate(names)
    ]
    found = trace(*tellings)
    assert 1 <= len(found.origins) <= len(names)
    shuffled = list(tellings)
    chance.shuffle(shuffled)
    assert trace(*shuffled) == found


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), max_size=10))
def test_rings_hold_every_node_once_and_come_after_what_they_lead_to(ahead: dict[int, list[int]]) -> None:
    rings = find_rings({node: [each for each in after if each in ahead] for node, after in ahead.items()})
    assert sorted(each for ring in rings for each in ring) == sorted(ahead)
    where = {each: at for at, ring in enumerate(rings) for each in ring}
    assert all(where[each] <= where[node] for node, after in ahead.items() for each in after if each in ahead)


@pytest.mark.parametrize(
    "text", ["Jets bombed the bread market of Kafr Nabl at noon, twelve shoppers dead", "Jets bomb market, twelve dead"]
)
def test_ten_thousand_texts_of_one_story_are_one_origin_in_bounded_time(text: str) -> None:
    began = time.process_time()
    documents = [
        doc(text, id=f"d{at:05}", publisher=f"Outlet {at}", published_at=NOON + timedelta(seconds=at))
        for at in range(10_000)
    ]
    copies = find_copies(documents)
    traces = find_traces([Reading(document=each) for each in documents], SOURCES, ACTORS)
    tellings = [
        replace(
            told(each.id, outlet=f"outlet {at}", quote=each.text, copied_from=copies.get(each.id)),
            published_at=each.published_at,
            traces=traces.get(each.id),
        )
        for at, each in enumerate(documents)
    ]
    found = trace(*tellings)
    assert time.process_time() - began < PATIENCE
    if len(text.split()) > 6:
        assert len(found.origins) == 1
        assert found.note.startswith("10,000 reports, 1 independent origin")


def read(text: str, publisher: str = "Valley Herald", **given: object) -> Reading:
    return Reading(document=doc(text, id=publisher, publisher=publisher, published_at=NOON, **given))


def traced(*readings: Reading) -> Sequence[Traces]:
    found = find_traces(readings, SOURCES, ACTORS)
    return [found.get(each.document.id, Traces()) for each in readings]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ROAD TOWN (Reuters) - A bridge was hit on Monday.", "reuters"),
        ("A bridge was hit on Monday, the Syrian Observatory for Human Rights said.", "sohr"),
        ("Bridge hit on Monday. Source: Hill Post", "hill post"),
        ("A bridge was hit, writes Hill Post.", "hill post"),
    ],
)
def test_whom_a_text_credits_is_found_in_datelines_sentences_and_at_the_end(text: str, name: str) -> None:
    first, _ = traced(read(text), read("A bridge was hit.", "Hill Post"))
    assert [each.name for each in first.credits] == [name]


def test_a_text_never_credits_its_own_publisher() -> None:
    (found,) = traced(read("A Valley Herald reporter saw the bridge burn, the Valley Herald said."))
    assert found.credits == ()
    assert found.own is not None


def test_a_party_that_acts_is_not_credited_for_being_named() -> None:
    first, _ = traced(
        read("Fighters of Ahrar al-Sham crossed the bridge at dawn."), read("We hold it.", "Ahrar al-Sham")
    )
    assert first.credits == ()


@pytest.mark.parametrize(
    ("figure", "odd"), [(137, True), (18, True), (3140, True), (12, False), (20, False), (250, False)]
)
def test_figures_that_anybody_might_round_to_are_no_oddity(figure: int, odd: bool) -> None:
    assert is_odd(figure) is odd


def test_tolls_dates_and_usual_calibres_are_no_oddities() -> None:
    assert list(find_oddities(read("On 17 May 2016 a 122mm shell killed 17 people and 43 civilians were hurt."))) == []
    assert list(find_oddities(read("Two hundred and thirteen rockets fell, 137 of them on the mill."))) == [
        "213",
        "137",
    ]


def incident_of(*tellings: Telling) -> Incident:
    return only(*tellings)


def test_a_track_record_counts_what_independent_origins_confirmed() -> None:
    tellings = (told("a", source="rebel-media", by="army"), told("b", hour=13, source="reuters", by="army"))
    records = find_track_records([incident_of(*tellings)], sources=SOURCES, actors=ACTORS)
    held = {(each.family, each.kind, each.served): each for each in records}
    assert held["rebel-media", "", ""].confirmed == 1
    assert held["reuters", "ASSAULT", ""].incidents == 1


def test_intervals_of_records_hold_the_share_and_are_none_without_cases() -> None:
    assert jeffreys(0, 0) == (None, None)
    low, high = jeffreys(8, 10)
    assert low is not None
    assert high is not None
    assert low < 0.8 < high
    assert jeffreys(0, 5)[0] == 0.0
    assert jeffreys(5, 5)[1] == 1.0


def test_a_long_text_that_calls_one_thing_untrue_still_asserts_the_others() -> None:
    long = Traces(denial="carried out no strikes")
    found = trace(told("a", traces=long), told("b", hour=13))
    assert {each.name for each in found.origins} == {"outlet a", "outlet b"}


def test_a_report_alone_asserts_what_it_tells_whatever_else_it_denies() -> None:
    assert len(trace(told("a", traces=Traces(denial="no such raid", brief=True))).origins) == 1
