"""People write while a run goes on: a run that reads before it writes is not refused for it."""

from pathlib import Path
from threading import Thread

from truceline.model.person import Role
from truceline.store.accounts import add_account, count_accounts
from truceline.store.sqlite import open_register, open_team
from truceline.testing import NOON


def test_what_a_person_writes_between_a_runs_reading_and_writing_stops_neither(tmp_path: Path) -> None:
    with open_team(tmp_path, now=lambda: NOON) as team, open_register(tmp_path, now=NOON, writing=True) as register:

        def let_in() -> None:
            with team.writing(who="system") as desk:
                add_account(desk, login="rima", name="Rima", role=Role.ADMIN)

        person = Thread(target=let_in)
        with register.transaction() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM readings").scalar_one()
            person.start()
            person.join(0.5)  # seconds; whoever does not wait has written by then
            connection.exec_driver_sql("INSERT INTO checkpoints (name, fingerprint) VALUES ('step', 'once')")
        person.join()
        assert register.checkpoint("step") == "once"
        with team.reading() as connection:
            assert count_accounts(connection) == 1
