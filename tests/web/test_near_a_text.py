"""A text is held against what lies near it in time, and that is as good as all of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from served import READER, fill, make_client
from views import small_view

from truceline.flow.check import check_against, check_near
from truceline.flow.tools import Tools
from truceline.gather.pasted import parse_pasted
from truceline.model.document import Document
from truceline.model.view import View
from truceline.testing import NOON
from truceline.web.held import Held, Keeper


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    fill(tmp_path / "register", small_view())
    found = make_client(small_view(), tmp_path / "register").app.state.keeper  # type: ignore[attr-defined]
    assert isinstance(found, Keeper)
    return found


def pasted(text: str, published: str) -> Document:
    document, _ = parse_pasted(text, now=NOON, title="", publisher="Reuters", published=published)
    assert document is not None
    return document


def is_loaded(held: Held) -> bool:
    return "_whole" in vars(held)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Warplanes struck Khan Tuman on 2 June 2016, residents said.", "2016-06-03"),
        ("Shelling hit Aleppo.", "2016-06-01"),
        ("Shelling hit Aleppo in 2031.", "2031-01-01"),
        ("Nothing of the kind.", "2016-06-01"),
    ],
)
def test_the_near_part_gives_what_the_whole_gives(keeper: Keeper, text: str, published: str) -> None:
    held, document = keeper.held(), pasted(text, published)
    checked, view = keeper.check(document, held)
    assert not is_loaded(held)
    tools = replace(Tools.for_mission(held.mission, now=NOON), make_reader=lambda: READER)
    assert checked == check_against(document, held.whole.view, tools)
    assert (view.fingerprint, view.as_of) == (held.whole.view.fingerprint, held.whole.view.as_of)


def test_what_is_far_away_is_left_out(keeper: Keeper) -> None:
    held = keeper.held()
    every = held.whole.view
    first = min(each.start for each in every.incidents if each.start is not None)
    near = held.near([(first - timedelta(hours=1), first + timedelta(hours=1))])
    assert 0 < len(near.incidents) < len(every.incidents)
    claims = {one.claim for each in near.incidents for one in each.versions}
    assert {each.claim for each in near.tellings} == claims
    assert {each.document for each in near.tellings} <= {each.id for each in near.documents}


def test_a_text_without_a_time_is_held_against_all(keeper: Keeper) -> None:
    held, asked = keeper.held(), list[str]()

    def whole() -> View:
        asked.append("whole")
        return held.whole.view

    tools = replace(Tools.for_mission(held.mission, now=NOON), make_reader=lambda: READER, find_reach=lambda *_: None)
    check_near(pasted("Shelling hit Aleppo.", "2016-06-01"), held.mission, held.near, whole, tools)
    assert asked == ["whole"]
