"""The missions that ship with the project: whole, graded, and honest about what they are."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from truceline.flow.mission import load_mission
from truceline.gather import documents
from truceline.model.document import Document
from truceline.model.mission import Mission

MISSIONS = Path(__file__).parents[2] / "missions"
SYRIA = MISSIONS / "syria-2016"
LOADED_WORDS = ("terrorist", "terrorists", "rebel", "rebels", "militant", "militants", "regime", "regime forces")


@pytest.fixture(scope="module")
def mission() -> Mission:
    return load_mission(SYRIA)


@pytest.fixture(scope="module")
def dispatches() -> list[Document]:
    found = list(documents([SYRIA / "documents"], now=datetime(2016, 7, 1, tzinfo=UTC)))
    return [each for each in found if isinstance(each, Document)]


def test_syria_mission_has_the_actors_sources_and_places_it_needs(mission: Mission) -> None:
    assert len(mission.actors) >= 80
    assert len(mission.sources) >= 30
    assert len(mission.places) >= 150


def test_no_label_of_one_side_is_an_alias_of_anybody(mission: Mission) -> None:
    for actor in mission.actors:
        assert not {alias.casefold() for alias in (actor.name, *actor.aliases)} & set(LOADED_WORDS), actor.id


def test_no_name_belongs_to_two_actors(mission: Mission) -> None:
    owners = Counter(
        name for actor in mission.actors for name in {each.casefold() for each in (actor.name, *actor.aliases)}
    )
    assert [name for name, count in owners.items() if count > 1] == []


def test_every_state_has_its_country(mission: Mission) -> None:
    assert [actor.id for actor in mission.actors if actor.kind == "state" and actor.country is None] == []


def test_every_dispatch_comes_from_a_graded_source_inside_the_period(
    mission: Mission, dispatches: list[Document]
) -> None:
    known = {name.casefold() for source in mission.sources for name in (source.name, *source.aliases)}
    assert len(dispatches) >= 64
    for dispatch in dispatches:
        assert (dispatch.publisher or "").casefold() in known, dispatch.id
        assert dispatch.published_at is not None
        assert mission.since <= dispatch.published_at.date() < mission.until, dispatch.id


def test_every_dispatch_says_that_it_was_composed() -> None:
    for said in composed():
        assert "composed for demonstration" in said


def composed() -> Iterator[str]:
    for path in sorted((SYRIA / "documents").iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["note"] for line in text.splitlines())
        else:
            yield text


def test_two_dispatches_are_corrected_under_their_own_id(dispatches: list[Document]) -> None:
    editions = Counter(dispatch.id for dispatch in dispatches)
    assert sorted(name for name, count in editions.items() if count == 2) == [
        "msf-2016-04-28-al-quds",
        "sohr-2016-03-31-deir-al-asafir",
    ]


def test_data_set_mission_judges_nothing() -> None:
    assert load_mission(MISSIONS / "ucdp-syria-2017-2019").agreement is None
