"""A register made of a view, and a client of the service over it."""

import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from fastapi.testclient import TestClient
from sqlalchemy import URL
from views import D1_OLD

from truceline.flow.derive import find_by
from truceline.flow.tools import Tools
from truceline.model.view import View
from truceline.store import postgres, sqlite
from truceline.store.register import READING, Derived
from truceline.store.sql import SqlRegister
from truceline.testing import NOON, SHELLING, WordReader
from truceline.web import Keeper, make_app

BASE = "http://127.0.0.1:8000"
LATER = datetime(2016, 7, 1, tzinfo=UTC)  # when everything of the small register may be told
READER = WordReader({"struck": SHELLING, "Shelling": SHELLING})


def fill(folder: Path, view: View, address: URL | None = None, *, at: datetime | None = None) -> None:
    """Write a view into a register, in the folder or at the address, with a reading of each document.

    What is gone by it went `at` that moment.
    """
    derived = Derived(
        tellings=view.tellings,
        incidents=view.incidents,
        assessments=view.assessments,
        watch=view.watch,
        found=tuple(find_by(view.incidents, view.assessments, view.tellings, view.mission)),
    )
    opening: AbstractContextManager[SqlRegister]
    if address is None:
        opening = sqlite.open_register(folder, now=NOON, writing=True)
    else:
        opening = postgres.open_register(address, folder, now=NOON, writing=True)
    with opening as register, register.writing() as writer:
        writer.add_documents([D1_OLD, *view.documents], gathered_at=NOON)
        writer.add_readings([READER.read(each) for each in view.documents], fingerprint=READER.fingerprint)
        writer.replace_derived(derived, at=at)
        writer.set_checkpoint(READING, READER.fingerprint)


def make_client(view: View, folder: Path, address: URL | None = None) -> TestClient:
    tools = replace(Tools.for_mission(view.mission, now=NOON), make_reader=lambda: READER)
    keeper = Keeper(view.mission, folder, tools=tools, now=lambda: LATER, database=address)
    if address is None:
        opening = sqlite.open_team(folder, now=lambda: NOON)
    else:
        opening = postgres.open_team(address, now=lambda: NOON)
    app = make_app(keeper, opening.__enter__())
    app.state.opened = opening  # as long as the application is there
    return TestClient(app, base_url=BASE, follow_redirects=False, client=("127.0.0.1", 50000))
