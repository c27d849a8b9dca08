"""Passwords: how long, and kept as Argon2id."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from truceline.web.limits import allowed

AT_ONCE = BoundedSemaphore(2)  # each takes 64 MiB
HASHER = PasswordHasher()


def find_fault(password: str, *, login: str, name: str) -> str | None:
    """What is wrong with a password somebody wants; None for a good one."""
    least, most = allowed()["password"]["least"], allowed()["password"]["most"]
    if len(password) < least:
        return f"is too short: take {least} characters or more, a sentence you can remember is best"
    if len(password) > most:
        return f"is longer than {most} characters"
    if len(set(password)) < 5:
        return "repeats a few characters; take a sentence you can remember"
    folded = password.casefold()
    if any(each and len(each) > 3 and each.casefold() in folded for each in (login, name, "truceline")):
        return "has your login or name in it; take something that nobody would guess"
    return None


def seal_password(password: str) -> str:
    with AT_ONCE:
        return HASHER.hash(password)


def is_right(secret: str, password: str) -> bool:
    """Whether this is the password; it takes as long where there is no account."""
    with AT_ONCE:
        try:
            return HASHER.verify(secret or nobodys(), password) and bool(secret)
        except (VerificationError, InvalidHashError):
            return False


@cache
def nobodys() -> str:
    return HASHER.hash("of no account")
