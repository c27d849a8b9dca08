"""Fusing what changed alone gives what fusing everything gives, in any order, in any batches."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from fuse_world import FRAME, varied_tellings
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_shelf import MemoryShelf

from truceline.fuse.decided import arrange_decisions
from truceline.fuse.incidents import fuse
from truceline.fuse.records import grade_by_records
from truceline.fuse.refresh import refresh
from truceline.model.actor import Actor
from truceline.model.decision import Decision, Ruling
from truceline.model.telling import Telling


def by_document(told: list[Telling]) -> dict[str, tuple[Telling, ...]]:
    found: defaultdict[str, list[Telling]] = defaultdict(list)
    for each in told:
        found[each.document].append(each)
    return {name: tuple(each) for name, each in found.items()}


def bring(shelf: MemoryShelf, documents: dict[str, tuple[Telling, ...]], decisions: Sequence[Decision] = ()) -> int:
    tellings = [each for told in documents.values() for each in told]
    refreshed = refresh(shelf, tellings, documents=documents.keys(), frame=FRAME, decisions=decisions)
    return shelf.put(refreshed, documents)


def assert_is_all(shelf: MemoryShelf, told: list[Telling], decisions: list[Decision] | None = None) -> None:
    whole = fuse(told, window_hours=36, window_km=15, actors=ACTORS, decisions=decisions or [])
    assert shelf.in_order() == list(whole.incidents)
    assert grade_by_records(shelf.in_order(), sources=(), actors=ACTORS) == grade_by_records(
        whole.incidents, sources=(), actors=ACTORS
    )
    assert sorted(shelf.dropped.values(), key=lambda each: each.id) == sorted(whole.dropped, key=lambda each: each.id)


ACTORS: tuple[Actor, ...] = tuple(FRAME.registry.actors.values())


@settings(max_examples=300, deadline=None)
@given(varied_tellings(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_documents_in_any_order_and_batches_give_what_all_at_once_gives(
    told: list[Telling], chance: object, size: int
) -> None:
    documents = list(by_document(told).items())
    chance.shuffle(documents)  # type: ignore[attr-defined]
    shelf = MemoryShelf()
    while documents:
        some, documents = documents[:size], documents[size:]
        bring(shelf, dict(some))
    assert_is_all(shelf, told)


@settings(max_examples=200, deadline=None)
@given(varied_tellings(), varied_tellings())
def test_a_changed_document_leaves_no_trace_of_what_it_told_before(before: list[Telling], after: list[Telling]) -> None:
    shelf = MemoryShelf()
    bring(shelf, by_document(before))
    changed = by_document(after)
    bring(shelf, {name: changed.get(name, ()) for name in {*changed, *by_document(before)}})
    assert_is_all(shelf, after)


@settings(max_examples=200, deadline=None)
@given(varied_tellings(), st.data())
def test_a_persons_decisions_hold_however_the_documents_come(told: list[Telling], data: st.DataObject) -> None:
    claims = [each.claim for each in told]
    decisions = [
        Decision(
            id=f"decision-{number}",
            ruling=data.draw(st.sampled_from(tuple(Ruling))),
            claims=(data.draw(st.sampled_from(claims)),),
            others=(data.draw(st.sampled_from(claims)),),
            by="an analyst",
            at=datetime(2016, 6, 1, number, tzinfo=UTC),
            why="both films show one tower",
        )
        for number in range(data.draw(st.integers(1, 3)))
    ]
    shelf, decided = MemoryShelf(), arrange_decisions(decisions)
    for name, each in by_document(told).items():
        bring(shelf, {name: each}, decisions)
    assert_is_all(shelf, told, decisions)
    for incident in shelf.in_order():
        held = {version.claim for version in incident.versions if version.stance != "denies"}
        assert not any(decided.apart.get(each, frozenset()) & held for each in held)
