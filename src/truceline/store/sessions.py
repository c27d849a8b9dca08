"""Logins that last, and links that let somebody in once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from truceline.model.person import Account, Role, Standing
from truceline.store import tables
from truceline.store.records import as_instant, parse_instant, parse_record
from truceline.store.seals import new_secret, sealed
from truceline.store.team import Desk

SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One login that lasts; `csrf` goes into forms."""

    id: str
    account: Account
    csrf: str
    ends_at: datetime
    seen_at: datetime
    waits_for_totp: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that works once: it makes an account with this role, or gives `account` a new password."""

    id: str
    role: Role
    account: str
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
    wanted = select(tables.sessions, account.record).select_from(joined).where(session.id == sealed(secret))
    alive = (session.ends_at > as_instant(now), session.seen_at > as_instant(now - timedelta(hours=idle_hours)))
    row = connection.execute(wanted.where(*alive)).mappings().first()
    if row is None:
        return None
    found = parse_record(Account, row["record"])
    if found.standing is not Standing.ACTIVE:
        return None
    return Session(
        id=row["id"],
        account=found,
        csrf=row["csrf"],
        ends_at=parse_instant(row["ends_at"]),
        seen_at=parse_instant(row["seen_at"]),
        waits_for_totp=bool(row["waits_for_totp"]),
    )


def note_seen(desk: Desk, session: Session) -> None:
    """Something was done with the session just now."""
    seen = update(tables.sessions).where(tables.sessions.c.id == session.id)
    desk.connection.execute(seen.values(seen_at=as_instant(desk.now)))


def end_session(desk: Desk, id: str) -> None:
    desk.connection.execute(delete(tables.sessions).where(tables.sessions.c.id == id))


def end_sessions(connection: Connection, account: str) -> None:
    connection.execute(delete(tables.sessions).where(tables.sessions.c.account == account))


# ---- invitations


def invite(desk: Desk, *, role: Role, hours: float, account: str = "") -> str:
    """The secret of a link that works once. One that gives a password ends those given before for the account."""
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
        desk.enter("account.invited", subject, body=role.value)
    return secret


def find_invitation(connection: Connection, secret: str, *, now: datetime) -> Invitation | None:
    """None where it was used, has ended or never was."""
    column = tables.invitations.c
    open_now = (column.id == sealed(secret), column.used_at.is_(None), column.ends_at > as_instant(now))
    row = connection.execute(select(tables.invitations).where(*open_now)).mappings().first()
    if row is None:
        return None
    return Invitation(
        id=row["id"], role=Role(row["role"]), account=row["account"], ends_at=parse_instant(row["ends_at"])
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
