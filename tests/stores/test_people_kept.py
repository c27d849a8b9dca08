"""Accounts, logins and links, over both databases; and what of them a backup holds."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from databases import Database

from truceline.errors import UsageError
from truceline.model.person import Account, Right, Role, Standing
from truceline.store.accounts import (
    add_account,
    change_account,
    find_credentials,
    set_recovery,
    set_second_factor,
    set_secret,
    set_subject,
    use_recovery,
    use_step,
)
from truceline.store.backup import write_backup
from truceline.store.seals import sealed
from truceline.store.sessions import (
    HANDLE,
    end_session,
    end_session_of,
    end_sessions,
    find_invitation,
    find_session,
    invite,
    open_invitations,
    open_session,
    sessions_of,
    use_invitation,
    withdraw_invitation,
)
from truceline.store.team import Team
from truceline.store.tokens import add_token, find_token
from truceline.testing import NOON

SEALED = "sealed"


@pytest.fixture
def team(database: Database) -> Iterator[Team]:
    with database.open_team() as opened:
        yield opened


def made(team: Team, login: str, role: Role = Role.ANALYST) -> Account:
    with team.writing(who="system") as desk:
        return add_account(desk, login=login, name=login.title(), role=role, secret=SEALED)


def test_a_login_is_known_by_its_owner_only_and_ends_by_its_handle(team: Team) -> None:
    rima, omar = made(team, "rima"), made(team, "omar")
    with team.writing(who=rima.id) as desk:
        secrets = [open_session(desk, rima, hours=hours) for hours in (1, 2, 3)]
        open_session(desk, rima, hours=1, waits_for_totp=True)
        ids = [each.id for each in sessions_of(desk.connection, rima.id, now=desk.now)]
        assert sorted(ids) == sorted(sealed(each) for each in secrets)
        assert sessions_of(desk.connection, omar.id, now=desk.now) == ()
        assert len(sessions_of(desk.connection, rima.id, now=desk.now + timedelta(minutes=90))) == 2
        for handle in ("", ids[0], ids[0][: HANDLE - 1], "%" * HANDLE, "_" * HANDLE):
            assert not end_session_of(desk, rima.id, handle=handle)
        assert not end_session_of(desk, omar.id, handle=ids[0][:HANDLE])
        assert end_session_of(desk, rima.id, handle=ids[0][:HANDLE])
        end_sessions(desk.connection, rima.id, but=ids[1])
        assert [each.id for each in sessions_of(desk.connection, rima.id, now=desk.now)] == [ids[1]]
        assert end_session(desk, ids[1])
        assert not end_session(desk, ids[1])


def test_a_second_factor_shows_on_the_session_and_each_code_is_used_once(team: Team) -> None:
    rima = made(team, "rima")
    with team.writing(who=rima.id) as desk:
        cookie = open_session(desk, rima, hours=1)
        assert not find_session(desk.connection, cookie, now=desk.now, idle_hours=1).has_second_factor
        set_second_factor(desk, rima, totp="SECRET", step=10, recovery=[sealed("one"), sealed("two")])
        assert find_session(desk.connection, cookie, now=desk.now, idle_hours=1).has_second_factor
        assert [use_step(desk, rima.id, step) for step in (9, 10, 11, 11, 10, 12)] == [
            False,
            False,
            True,
            False,
            False,
            True,
        ]
        assert [use_recovery(desk, rima.id, code) for code in ("one", "one", "three", "")] == [
            True,
            False,
            False,
            False,
        ]
        set_recovery(desk, rima, [sealed("four")])
        assert [use_recovery(desk, rima.id, code) for code in ("two", "four")] == [False, True]
        set_second_factor(desk, rima, totp="")
        assert find_credentials(desk.connection, id=rima.id).recovery == ()
    assert team.verify().faults == ()


def test_links_are_withdrawn_used_and_end_with_who_made_them(team: Team) -> None:
    admin, second = made(team, "admin", Role.ADMIN), made(team, "second", Role.ADMIN)
    with team.writing(who=second.id) as desk:
        first, other = (invite(desk, role=Role.VIEWER, hours=hours) for hours in (2, 1))
        shown = open_invitations(desk.connection, now=desk.now)
        assert [each.id for each in shown] == [sealed(first), sealed(other)]
        assert {each.made_by for each in shown} == {second.id}
        assert not withdraw_invitation(desk, handle="%" * HANDLE)
        assert withdraw_invitation(desk, handle=sealed(other)[:HANDLE])
        assert find_invitation(desk.connection, other, now=desk.now) is None
        assert use_invitation(desk, find_invitation(desk.connection, first, now=desk.now))
        assert not withdraw_invitation(desk, handle=sealed(first)[:HANDLE])
        left = invite(desk, role=Role.ADMIN, hours=1)
    with team.writing(who=admin.id) as desk:
        change_account(desk, second, role=Role.EDITOR, why="w")
        assert find_invitation(desk.connection, left, now=desk.now) is None
    assert team.verify().faults == ()


def test_an_identity_belongs_to_one_account(team: Team) -> None:
    rima, omar = made(team, "rima"), made(team, "omar")
    with team.writing(who="system") as desk:
        assert set_subject(desk, rima, "issuer#1").subject == "issuer#1"
        with pytest.raises(UsageError, match="has an account here"):
            set_subject(desk, omar, "issuer#1")
        assert find_credentials(desk.connection, subject="issuer#1").account.id == rima.id
        assert find_credentials(desk.connection, subject="issuer#2") is None
        set_subject(desk, rima, "")
        set_subject(desk, omar, "issuer#1")
    assert team.verify().faults == ()


def test_only_an_admin_who_goes_must_leave_another(team: Team) -> None:
    rima = made(team, "rima")
    with team.writing(who="system") as desk:
        change_account(desk, rima, name="Rima Haddad")  # no admin was there, none goes
    admin = made(team, "admin", Role.ADMIN)
    with team.writing(who="system") as desk:
        change_account(desk, rima, standing=Standing.CLOSED)
    for changed in ({"role": Role.EDITOR}, {"standing": Standing.CLOSED}):
        with pytest.raises(UsageError, match="somebody must be left"), team.writing(who="system") as desk:
            change_account(desk, admin, **changed)
    with team.reading() as connection:
        assert find_credentials(connection, id=admin.id).account == admin
    assert team.verify().faults == ()


def test_a_backup_lets_nobody_in(database: Database, tmp_path: Path) -> None:
    """It holds hashes of passwords and tokens, not what they are of, and nothing that lets in as it is."""
    with database.open(writing=True) as register, database.open_team() as team:
        rima = made(team, "rima", Role.ADMIN)
        service = team.key("forms").hex()
        with team.writing(who=rima.id) as desk:
            set_secret(desk, rima, "$argon2id$sealed")
            cookie, link = open_session(desk, rima, hours=1), invite(desk, role=Role.ADMIN, hours=1)
            bearer, held = add_token(desk, rima, name="n", scopes=[Right.READ], days=1)
            set_second_factor(desk, rima, totp="SECRET", recovery=[sealed("one-code")])
            csrf = find_session(desk.connection, cookie, now=NOON, idle_hours=1).csrf
            assert find_token(desk.connection, bearer, now=NOON) is not None
        write_backup(register, tmp_path / "a.backup", now=NOON)
    with ZipFile(tmp_path / "a.backup") as archive:
        whole = b"\n".join(archive.read(name) for name in archive.namelist()).decode()
    gone = (cookie, sealed(cookie), link, sealed(link), csrf, service, bearer, "one-code")
    assert [each for each in gone if each in whole] == []
    assert all(each in whole for each in (held.token.id, sealed(bearer), "$argon2id$sealed", rima.id))
