"""What each role may do in the service, from rights.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from truceline.model.person import Right, Role
from truceline.vocab.load import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The rights somebody has, and the id of the release profile they see."""

    rights: frozenset[Right]
    release: str


@cache
def grant_of(role: Role | None, *, before_accounts: bool = False, is_open: bool = False) -> Grant:
    """Of a role: its own rights and those of the roles before it; None for somebody who is not logged in."""
    table = load_toml("rights.toml")
    if role is None:
        return parse_grant(table["before_accounts" if before_accounts else "open" if is_open else "nobody"])
    roles = list(Role)
    rows = [parse_grant(table["roles"][each.value]) for each in roles[: roles.index(role) + 1]]
    return Grant(rights=frozenset().union(*(each.rights for each in rows)), release=rows[-1].release)


def words_of(right: Right) -> str:
    """What a right lets somebody do, after "may"."""
    words: str = load_toml("rights.toml")["words"][right.value]
    return words


def parse_grant(row: Mapping[str, Any]) -> Grant:
    """Raises ValueError for a right that there is none of."""
    return Grant(rights=frozenset(Right(each) for each in row["rights"]), release=row["release"])
