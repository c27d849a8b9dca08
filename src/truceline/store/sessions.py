"""Logins that last, and links that let somebody in once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from truceline.model.person import Account, Role, Standing
from truceline.store import tables
from truceline.store.records import as_instant, parse_instant, parse_record
from truceline.store.seals import new_secret, sealed
from truceline.store.team import Desk

SYSTEM = "system"
HANDLE = 16  # characters of an id that name a session or an invitation on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One login that lasts; `csrf` goes into forms. `has_second_factor`: the account asks for a code."""

    id: str
    account: Account
    csrf: str
    made_at: datetime
    ends_at: datetime
    seen_at: datetime
    waits_for_totp: bool
    has_second_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that works once: it makes an account with this role, or gives `account` a new password."""

    id: str
    role: Role
    account: str
    made_by: str
    ends_at: datetime


def open_session(desk: Desk, account: Account, *, hours: float, waits_for_totp: bool = False) -> str:
    """Log in: the secret for the cookie. Sessions that have ended go."""
    secret = new_secret()
    gone = delete(tables.sessions).where(tables.sessions.c.ends_at < as_instant(desk.now))
    desk.connection.execute(gone)
    row = {
        "id": sealed(secret),
        "account": account.id,
        "csrf": secrets.token_hex(32),
        "made_at": as_instant(desk.now),
        "seen_at": as_instant(desk.now),
        "ends_at": as_instant(desk.now + timedelta(hours=hours)),
        "waits_for_totp": waits_for_totp,
    }
    desk.connection.execute(insert(tables.sessions), row)
    return secret


def find_session(connection: Connection, secret: str, *, now: datetime, idle_hours: float) -> Session | None:
    """The session of a cookie; None where it has ended, lay idle for so long, or its account is closed."""
    session, account = tables.sessions.c, tables.accounts.c
    joined = tables.sessions.join(tables.accounts, session.account == account.id)
    wanted = select(tables.sessions, account.record, account.totp).select_from(joined)
    wanted = wanted.where(session.id == sealed(secret))
    alive = (session.ends_at > as_instant(now), session.seen_at > as_instant(now - timedelta(hours=idle_hours)))
    row = connection.execute(wanted.where(*alive)).mappings().first()
    if row is None:
        return None
    found = parse_session(row)
    return found if found.account.standing is Standing.ACTIVE else None


def sessions_of(connection: Connection, account: str, *, now: datetime) -> tuple[Session, ...]:
    """Whole logins of an account that have not ended, the one used last first."""
    session, owner = tables.sessions.c, tables.accounts.c
    joined = tables.sessions.join(tables.accounts, session.account == owner.id)
    wanted = select(tables.sessions, owner.record, owner.totp).select_from(joined)
    mine = (session.account == account, session.ends_at > as_instant(now), session.waits_for_totp.is_(False))
    rows = connection.execute(wanted.where(*mine).order_by(session.seen_at.desc(), session.id)).mappings()
    return tuple(map(parse_session, rows))


def parse_session(row: Any) -> Session:
    return Session(
        id=row["id"],
        account=parse_record(Account, row["record"]),
        csrf=row["csrf"],
        made_at=parse_instant(row["made_at"]),
        ends_at=parse_instant(row["ends_at"]),
        seen_at=parse_instant(row["seen_at"]),
        waits_for_totp=bool(row["waits_for_totp"]),
        has_second_factor=bool(row["totp"]),
    )


def note_seen(desk: Desk, session: Session) -> None:
    """Something was done with the session just now."""
    seen = update(tables.sessions).where(tables.sessions.c.id == session.id)
    desk.connection.execute(seen.values(seen_at=as_instant(desk.now)))


def end_session(desk: Desk, id: str) -> bool:
    """False where it had ended already."""
    return desk.connection.execute(delete(tables.sessions).where(tables.sessions.c.id == id)).rowcount == 1


def end_sessions(connection: Connection, account: str, *, but: str = "") -> None:
    """All of an account, or all but one."""
    column = tables.sessions.c
    connection.execute(delete(tables.sessions).where(column.account == account, column.id != but))


def end_session_of(desk: Desk, account: str, *, handle: str) -> bool:
    """One that its owner names by the beginning of its id; False where the account has none such."""
    column = tables.sessions.c
    mine = (column.account == account, column.id.startswith(handle, autoescape=True))
    return len(handle) == HANDLE and desk.connection.execute(delete(tables.sessions).where(*mine)).rowcount > 0


# ---- invitations


def invite(
    desk: Desk,
    *,
    role: Role,
    hours: float,
    account: str = "",
    why: str = "",
    key: str | None = None,
    expected: int | None = None,
) -> str:
    """The secret of a link that works once. One that gives a password ends those given before for the account.

    `key` and `expected` as in `ledger.append`. Raises Overtaken.
    """
    secret, column = new_secret(), tables.invitations.c
    if account:
        desk.connection.execute(delete(tables.invitations).where(column.account == account, column.used_at.is_(None)))
    row = {
        "id": sealed(secret),
        "role": role.value,
        "account": account,
        "made_by": desk.who,
        "made_at": as_instant(desk.now),
        "ends_at": as_instant(desk.now + timedelta(hours=hours)),
        "used_at": None,
    }
    desk.connection.execute(insert(tables.invitations), row)
    if desk.who != SYSTEM:
        subject = f"account {account}" if account else "accounts"
        what = "account.password_link" if account else "account.invited"
        desk.enter(what, subject, why=why, body=role.value, key=key, expected=expected)
    return secret


def find_invitation(connection: Connection, secret: str, *, now: datetime) -> Invitation | None:
    """None where it was used, has ended or never was."""
    column = tables.invitations.c
    open_now = (column.id == sealed(secret), column.used_at.is_(None), column.ends_at > as_instant(now))
    row = connection.execute(select(tables.invitations).where(*open_now)).mappings().first()
    if row is None:
        return None
    return parse_invitation(row)


def open_invitations(connection: Connection, *, now: datetime, account: str = "") -> tuple[Invitation, ...]:
    """Links that still work, those that end last first: for new accounts, or for a new password of one."""
    column = tables.invitations.c
    open_now = (column.used_at.is_(None), column.ends_at > as_instant(now), column.account == account)
    rows = connection.execute(select(tables.invitations).where(*open_now).order_by(column.ends_at.desc())).mappings()
    return tuple(map(parse_invitation, rows))


def parse_invitation(row: Any) -> Invitation:
    return Invitation(
        id=row["id"],
        role=Role(row["role"]),
        account=row["account"],
        made_by=row["made_by"],
        ends_at=parse_instant(row["ends_at"]),
    )


def use_invitation(desk: Desk, invitation: Invitation) -> bool:
    """Use it up; False where somebody else was quicker."""
    column = tables.invitations.c
    used = update(tables.invitations).where(column.id == invitation.id, column.used_at.is_(None))
    return desk.connection.execute(used.values(used_at=as_instant(desk.now))).rowcount == 1


def withdraw_invitations(desk: Desk, *, made_by: str) -> None:
    """Unused links of somebody stop working."""
    column = tables.invitations.c
    desk.connection.execute(delete(tables.invitations).where(column.made_by == made_by, column.used_at.is_(None)))


def withdraw_invitation(desk: Desk, *, handle: str) -> bool:
    """One, named by the beginning of its id, stops working; False where there is none such, or it was used."""
    column = tables.invitations.c
    meant = (column.id.startswith(handle, autoescape=True), column.used_at.is_(None))
    gone = len(handle) == HANDLE and desk.connection.execute(delete(tables.invitations).where(*meant)).rowcount > 0
    if gone:
        desk.enter("account.invitation_withdrawn", "accounts")
    return gone
