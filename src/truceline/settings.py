"""The environment as one frozen record, read once in the command line.

TRUCELINE_NOW       the moment a run counts as now (ISO 8601); for registers that must come out the same
TRUCELINE_WORKERS   how many processes read (default: two, or one on a single core)
TRUCELINE_WAIT      seconds to wait for a register that another run holds (default 0)
TRUCELINE_FETCH     "off": a service fetches no page from the internet, whoever asks (default "on")
TRUCELINE_DATABASE  the address of a PostgreSQL database that holds the register (default: a file in its folder)

Logging in at an identity provider (OpenID Connect), for `truceline serve`:

TRUCELINE_OIDC_ISSUER              its address, exactly as it calls itself
TRUCELINE_OIDC_CLIENT_ID           the name this service has there
TRUCELINE_OIDC_CLIENT_SECRET       its secret there, or
TRUCELINE_OIDC_CLIENT_SECRET_FILE  a file that holds it; neither for a client without one
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from truceline.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """An identity provider, and who this service is there; the secret, "" for none, is never shown."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`now` is None for the clock's time, `database` for a file; it may hold a password and is never shown."""

    now: datetime | None = None
    workers: int = 1
    wait_seconds: float = 0.0
    may_fetch: bool = True
    database: str | None = field(default=None, repr=False)
    provider: ProviderSettings | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], *, cores: int) -> "Settings":
        """Raises UsageError on a value that cannot be."""
        now = environment.get("TRUCELINE_NOW")
        return cls(
            now=None if not now else parse_moment(now, name="TRUCELINE_NOW"),
            workers=int(parse_number(environment, "TRUCELINE_WORKERS", default=min(2, cores), least=1)),
            wait_seconds=parse_number(environment, "TRUCELINE_WAIT", default=0, least=0),
            may_fetch=parse_switch(environment, "TRUCELINE_FETCH"),
            database=environment.get("TRUCELINE_DATABASE") or None,
            provider=parse_provider(environment),
        )


def parse_moment(text: str, *, name: str) -> datetime:
    """An ISO 8601 date or instant in UTC; one without an offset is meant in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{name}: '{text}' is no date; write 2016-06-04 or 2016-06-04T14:20:00+03:00") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def parse_number(environment: Mapping[str, str], name: str, *, default: float, least: float) -> float:
    text = environment.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError as error:
        raise UsageError(f"{name}: '{text}' is no number") from error
    if not number >= least:
        raise UsageError(f"{name}: {text} is too small; give {least:g} or more")
    return number


def parse_switch(environment: Mapping[str, str], name: str) -> bool:
    """Whether a switch is on, which it is where it is not set. Raises UsageError on any other word."""
    word = environment.get(name, "").strip().lower() or "on"
    if word not in ("on", "off"):
        raise UsageError(f"{name}: '{word}' is neither on nor off")
    return word == "on"


def parse_provider(environment: Mapping[str, str]) -> ProviderSettings | None:
    """The identity provider; None where none is set. Raises UsageError on one that is set by halves."""
    issuer, client = (environment.get(f"TRUCELINE_OIDC_{each}", "").strip() for each in ("ISSUER", "CLIENT_ID"))
    if not issuer and not client:
        return None
    if not issuer or not client:
        raise UsageError("set both TRUCELINE_OIDC_ISSUER and TRUCELINE_OIDC_CLIENT_ID, or neither")
    split = urlsplit(issuer)
    is_safe = split.scheme == "https" or (split.scheme == "http" and split.hostname in LOOPBACK)
    if not is_safe or not split.hostname or split.query or split.fragment:
        raise UsageError(f"TRUCELINE_OIDC_ISSUER: '{issuer}' is no address of a provider; write https://HOST/…")
    return ProviderSettings(issuer=issuer, client_id=client, client_secret=find_client_secret(environment))


def find_client_secret(environment: Mapping[str, str]) -> str:
    """Raises UsageError for a file that cannot be read."""
    path = environment.get("TRUCELINE_OIDC_CLIENT_SECRET_FILE")
    if not path:
        return environment.get("TRUCELINE_OIDC_CLIENT_SECRET", "")
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"TRUCELINE_OIDC_CLIENT_SECRET_FILE: {path} cannot be read") from error
