"""Fifty reviewers at once, the server killed three times: no decision lost or doubled, none written over another's.

TRUCELINE_SOAK: how many seconds they write (by default 12).
"""

import json
import os
from collections import Counter, defaultdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from served import fill
from soak import run_soak
from sqlalchemy import URL, select
from views import small_view

from truceline.cli.app import main
from truceline.store import postgres, tables
from truceline.store.address import parse_address
from truceline.store.sqlite import open_team

SECONDS = float(os.environ.get("TRUCELINE_SOAK", "12"))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> URL | None:
    """Where the register lies: in a file, or on a server of the tests'."""
    return None if request.param == "sqlite" else parse_address(request.getfixturevalue("server").address())


@pytest.mark.slow
def test_no_decision_is_lost_or_doubled_or_written_over_anothers(tmp_path: Path, address: URL | None) -> None:
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "north")])
    view, register = small_view(), tmp_path / "register"
    fill(register, view, address)
    incidents = [(each.id, each.versions[0].claim) for each in view.incidents]
    now = partial(datetime.now, UTC)
    opening = (
        partial(open_team, register, now=now) if address is None else partial(postgres.open_team, address, now=now)
    )
    options = () if address is None else ("--database", address.render_as_string(hide_password=False))
    soak = run_soak(tmp_path / "north", register, opening, incidents, seconds=SECONDS, options=options)
    assert soak.odd == []
    assert len(soak.kept) > 30
    assert soak.unreachable > 0
    with opening() as team:
        proof = team.verify()
        with team.reading() as connection:
            held = [json.loads(each) for each in connection.execute(select(tables.decisions.c.record)).scalars()]
            entries = connection.execute(select(tables.ledger).order_by(tables.ledger.c.seq)).mappings().all()
    assert proof.faults == ()
    told = Counter(each["why"].removeprefix("soak ") for each in held)
    assert set(told) == set(soak.kept)
    assert set(told.values()) == {1}
    assert {each["id"] for each in held} == {decision for decision, _, _ in soak.kept.values()}
    by_subject = defaultdict(list)
    for each in entries:
        by_subject[each["subject"]].append(each["seq"])
    for _, entry, seen in soak.kept.values():
        subject = next(each["subject"] for each in entries if each["seq"] == entry)
        before = [seq for seq in by_subject[subject] if seq < entry]
        assert seen == (before[-1] if before else 0)
    print(f"{len(soak.kept)} kept, {soak.overtaken} overtaken, {soak.unreachable} unanswered")
