"""Passwords: how long, and kept as Argon2id."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from truceline.errors import RegisterBusy
from truceline.web.limits import allowed

AT_ONCE = BoundedSemaphore(2)  # each takes 64 MiB
WAITING = BoundedSemaphore(10)  # and one of the threads that all requests share
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


@contextmanager
def in_turn() -> Iterator[None]:
    """Raises RegisterBusy where many wait already: passwords that are tried by the hundred keep nobody from reading."""
    if not WAITING.acquire(blocking=False):
        raise RegisterBusy("many are logging in just now; do it again shortly")
    try:
        with AT_ONCE:
            yield
    finally:
        WAITING.release()


def seal_password(password: str) -> str:
    with in_turn():
        return HASHER.hash(password)


def is_right(secret: str, password: str) -> bool:
    """Whether this is the password; it takes as long where there is no account."""
    with in_turn():
        try:
            return HASHER.verify(secret or nobodys(), password) and bool(secret)
        except (VerificationError, InvalidHashError):
            return False


@cache
def nobodys() -> str:
    return HASHER.hash("of no account")
