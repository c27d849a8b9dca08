"""Accounts: who may come in, and as whom.

A password is kept as an Argon2 hash, which the caller makes. A change of an account stands in the ledger; logging in
and out is no change.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from truceline.errors import UsageError
from truceline.kit.lookalikes import looks_of, seen_letters
from truceline.model.ledger import Kept
from truceline.model.person import Account, Role, Standing
from truceline.store import tables
from truceline.store.ledger import digest_of
from truceline.store.records import as_json, parse_record
from truceline.store.seals import new_id, sealed
from truceline.store.sessions import end_sessions, withdraw_invitations
from truceline.store.team import Desk
from truceline.store.tokens import revoke_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What lets an account in: an Argon2 hash, "" for none; the secret of the second factor, "" for none."""

    account: Account
    secret: str
    totp: str
    totp_step: int
    recovery: tuple[str, ...]


def fold_login(text: str) -> str:
    """A login as it is compared."""
    return seen_letters(unicodedata.normalize("NFKC", text)).casefold()


# ---- accounts


def add_account(
    desk: Desk, *, login: str, name: str, role: Role, secret: str = "", subject: str = "", why: str = ""
) -> Account:
    """A new account. Raises UsageError for a login, a name or a subject that is taken."""
    account = Account(
        id=new_id("a"), login=fold_login(login), name=seen_letters(name), role=role, made_at=desk.now, subject=subject
    )
    column = tables.accounts.c
    taken = column.login == account.login
    if subject:
        taken = or_(taken, column.subject == subject)
    if desk.connection.execute(select(column.id).where(taken)).first() is not None:
        raise UsageError(f"the login '{account.login}' is taken; choose another one")
    refuse_taken_name(desk, account)
    record = as_json(account)
    row = {"id": account.id, "login": account.login, "subject": subject or None, "record": record, "secret": secret}
    empty: dict[str, Any] = {"totp": "", "totp_step": 0, "recovery": ""}
    desk.connection.execute(insert(tables.accounts), {**row, **empty})
    desk.enter("account.made", subject_of(account), why=why, body=role.value, kept=kept(account.id, record))
    return account


def refuse_taken_name(desk: Desk, account: Account) -> None:
    """Raises UsageError where another account's name looks the same: decisions are told apart by it."""
    others = (each for each in all_accounts(desk.connection) if each.id != account.id)
    if any(looks_of(each.name) == looks_of(account.name) for each in others):
        raise UsageError(f"somebody is called '{account.name}' here; what you decide must not be taken for theirs")


def has_acted(connection: Connection, account: str) -> bool:
    """Whether the ledger holds anything by an account but changes of accounts and tokens."""
    column = tables.ledger.c
    done = (column.who == account, column.what.not_like("account.%"), column.what.not_like("token.%"))
    return connection.execute(select(column.seq).where(*done).limit(1)).first() is not None


def change_account(
    desk: Desk,
    account: Account,
    *,
    role: Role | None = None,
    name: str | None = None,
    standing: Standing | None = None,
    why: str = "",
    expected: int | None = None,
) -> Account:
    """The account with another role, name or standing; who is closed out is logged out at once.

    Raises Overtaken, and UsageError where nobody would be left who may manage accounts, for a name that is taken, and
    for another name of somebody who acted under theirs: one person must not count as two.
    """
    changed = replace(
        account, role=role or account.role, name=name or account.name, standing=standing or account.standing
    )
    if changed.name != account.name:
        refuse_taken_name(desk, changed)
        if has_acted(desk.connection, account.id):
            raise UsageError("something was decided or written under this name, so it stays")
    record = as_json(changed)
    desk.enter(
        "account.changed",
        subject_of(account),
        why=why,
        body=f"{changed.role.value}, {changed.standing.value}",
        kept=kept(account.id, record),
        expected=expected,
    )
    desk.connection.execute(update(tables.accounts).where(tables.accounts.c.id == account.id).values(record=record))
    leaves = is_in_charge(account) and not is_in_charge(changed)
    if leaves and not any(is_in_charge(each) for each in all_accounts(desk.connection)):
        raise UsageError("somebody must be left who may manage accounts; make another admin first")
    if changed.standing is Standing.CLOSED or changed.role is not account.role:
        end_sessions(desk.connection, account.id)
        withdraw_invitations(desk, made_by=account.id)  # who may invite no more has let nobody in later
    if changed.standing is Standing.CLOSED:
        revoke_tokens(desk, account.id)
    return changed


def is_in_charge(account: Account) -> bool:
    return account.role is Role.ADMIN and account.standing is Standing.ACTIVE


def set_secret(desk: Desk, account: Account, secret: str, *, why: str = "") -> None:
    """Another password hash; every session of the account ends."""
    desk.connection.execute(update(tables.accounts).where(tables.accounts.c.id == account.id).values(secret=secret))
    end_sessions(desk.connection, account.id)
    desk.enter("account.password", subject_of(account), why=why)


def set_second_factor(
    desk: Desk,
    account: Account,
    *,
    totp: str,
    step: int = 0,
    recovery: Sequence[str] = (),
    why: str = "",
    expected: int | None = None,
) -> None:
    """A second factor, or with "" none any more; `recovery` are sealed codes that work once each."""
    values = {"totp": totp, "totp_step": step, "recovery": " ".join(recovery)}
    desk.connection.execute(update(tables.accounts).where(tables.accounts.c.id == account.id).values(**values))
    desk.enter("account.second_factor", subject_of(account), why=why, body="on" if totp else "off", expected=expected)


def set_recovery(desk: Desk, account: Account, recovery: Sequence[str]) -> None:
    """Other sealed recovery codes; those before work no more."""
    values = {"recovery": " ".join(recovery)}
    desk.connection.execute(update(tables.accounts).where(tables.accounts.c.id == account.id).values(**values))
    desk.enter("account.recovery_codes", subject_of(account), body=f"{len(recovery)} made")


def set_subject(desk: Desk, account: Account, subject: str, *, why: str = "", expected: int | None = None) -> Account:
    """The account with another id at an identity provider, "" for none. Raises UsageError for one that is taken."""
    column = tables.accounts.c
    taken = select(column.id).where(column.subject == subject, column.id != account.id)
    if subject and desk.connection.execute(taken).first() is not None:
        raise UsageError("this identity has an account here already; log in with it")
    changed = replace(account, subject=subject)
    record = as_json(changed)
    values = {"subject": subject or None, "record": record}
    desk.connection.execute(update(tables.accounts).where(column.id == account.id).values(**values))
    body = "tied" if subject else "untied"
    desk.enter(
        "account.identity", subject_of(account), why=why, body=body, kept=kept(account.id, record), expected=expected
    )
    return changed


def use_step(desk: Desk, account: str, step: int) -> bool:
    """Note that the code of a time step was used; False when it, or a later one, was used before."""
    column = tables.accounts.c
    used = update(tables.accounts).where(column.id == account, column.totp_step < step).values(totp_step=step)
    return desk.connection.execute(used).rowcount == 1


def use_recovery(desk: Desk, account: str, code: str) -> bool:
    """Use up a recovery code, which is entered; False when it is none, or was used."""
    column = tables.accounts.c
    held = desk.connection.execute(select(column.recovery).where(column.id == account)).scalar() or ""
    left = [each for each in held.split() if each != sealed(code)]
    if len(left) == len(held.split()):
        return False
    desk.connection.execute(update(tables.accounts).where(column.id == account).values(recovery=" ".join(left)))
    desk.enter("account.recovery_used", f"account {account}", body=f"{len(left)} left")
    return True


def count_accounts(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(tables.accounts)).scalar_one()


def all_accounts(connection: Connection) -> tuple[Account, ...]:
    """Every account, by login."""
    wanted = select(tables.accounts.c.record).order_by(tables.accounts.c.login)
    return tuple(parse_record(Account, each) for each in connection.execute(wanted).scalars())


def find_account(connection: Connection, id: str) -> Account | None:
    record = connection.execute(select(tables.accounts.c.record).where(tables.accounts.c.id == id)).scalar()
    return None if record is None else parse_record(Account, record)


def find_credentials(connection: Connection, *, login: str = "", subject: str = "", id: str = "") -> Credentials | None:
    """By login as typed, by the id at an identity provider, or by the account's id."""
    column = tables.accounts.c
    wanted = column.subject == subject if subject else column.login == fold_login(login)
    if id:
        wanted = column.id == id
    row = connection.execute(select(tables.accounts).where(wanted)).mappings().first()
    if row is None:
        return None
    return Credentials(
        account=parse_record(Account, row["record"]),
        secret=row["secret"],
        totp=row["totp"],
        totp_step=row["totp_step"],
        recovery=tuple(row["recovery"].split()),
    )


def subject_of(account: Account) -> str:
    return f"account {account.id}"


def kept(id: str, record: str) -> Kept:
    return Kept(table=tables.accounts.name, id=id, sha256=digest_of(record))
