"""API tokens: what a program of somebody's may do, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from truceline.model.person import Account, Right, Standing
from truceline.store import tables
from truceline.store.records import as_instant, as_json, parse_instant, parse_record
from truceline.store.seals import new_id, new_secret, sealed
from truceline.store.team import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRecord:
    """An API token as its owner named it, and what it may be used for at most."""

    id: str
    account: str
    name: str
    scopes: tuple[Right, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldToken:
    """A token with what became of it."""

    token: TokenRecord
    ends_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


def add_token(
    desk: Desk, account: Account, *, name: str, scopes: Sequence[Right], days: float, key: str | None = None
) -> tuple[str, HeldToken]:
    """A new token: what only its owner is shown, once, and what is kept. `key` as in `ledger.append`."""
    secret = f"tl_{new_secret()}"
    token = TokenRecord(
        id=new_id("t"), account=account.id, name=name.strip(), scopes=tuple(sorted(set(scopes))), made_at=desk.now
    )
    ends_at = desk.now + timedelta(days=days)
    row = {
        "id": token.id,
        "sha256": sealed(secret),
        "account": account.id,
        "record": as_json(token),
        "ends_at": as_instant(ends_at),
        "revoked_at": None,
        "used_at": None,
    }
    desk.connection.execute(insert(tables.api_tokens), row)
    desk.enter("token.made", f"account {account.id}", body=f"{token.id}: {', '.join(token.scopes)}", key=key)
    return secret, HeldToken(token=token, ends_at=ends_at, revoked_at=None, used_at=None)


def find_token(connection: Connection, secret: str, *, now: datetime) -> tuple[HeldToken, Account, bool] | None:
    """The token, its account and whether that has a second factor; None for one that works no more."""
    token, account = tables.api_tokens.c, tables.accounts.c
    joined = tables.api_tokens.join(tables.accounts, token.account == account.id)
    wanted = select(tables.api_tokens, account.record.label("owner"), account.totp).select_from(joined)
    valid = (token.sha256 == sealed(secret), token.revoked_at.is_(None), token.ends_at > as_instant(now))
    row = connection.execute(wanted.where(*valid)).mappings().first()
    if row is None:
        return None
    owner = parse_record(Account, row["owner"])
    return (parse_token(row), owner, bool(row["totp"])) if owner.standing is Standing.ACTIVE else None


def tokens_of(connection: Connection, account: str) -> tuple[HeldToken, ...]:
    """The tokens of an account, the newest first."""
    column = tables.api_tokens.c
    rows = connection.execute(select(tables.api_tokens).where(column.account == account)).mappings()
    return tuple(sorted(map(parse_token, rows), key=lambda each: each.token.made_at, reverse=True))


def revoke_token(desk: Desk, id: str, *, account: str) -> bool:
    """False where the account has no such token in use."""
    column = tables.api_tokens.c
    mine = (column.id == id, column.account == account, column.revoked_at.is_(None))
    gone = desk.connection.execute(update(tables.api_tokens).where(*mine).values(revoked_at=as_instant(desk.now)))
    if gone.rowcount == 1:
        desk.enter("token.revoked", f"account {account}", body=id)
    return gone.rowcount == 1


def revoke_tokens(desk: Desk, account: str) -> None:
    for each in tokens_of(desk.connection, account):
        revoke_token(desk, each.token.id, account=account)


def note_used(desk: Desk, id: str) -> None:
    used = update(tables.api_tokens).where(tables.api_tokens.c.id == id)
    desk.connection.execute(used.values(used_at=as_instant(desk.now)))


def parse_token(row: Any) -> HeldToken:
    return HeldToken(
        token=parse_record(TokenRecord, row["record"]),
        ends_at=parse_instant(row["ends_at"]),
        revoked_at=None if row["revoked_at"] is None else parse_instant(row["revoked_at"]),
        used_at=None if row["used_at"] is None else parse_instant(row["used_at"]),
    )
