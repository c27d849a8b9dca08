"""Where a database is: an address such as postgresql://anna@db.example/truceline, its password never shown."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from truceline.errors import UsageError

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
SECRET = ("password", "sslpassword")
PLACE = ("host", "port", "dbname")
HOW = "write postgresql://USER@HOST/DATABASE, the password in PGPASSWORD or a password file"


def parse_address(text: str) -> URL:
    """The address; what is said of one that cannot be never repeats it. Raises UsageError."""
    try:
        address = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise UsageError(f"--database: this is no address of a database; {HOW}") from None
    if address.drivername not in SCHEMES:
        raise UsageError(f"--database: '{address.drivername}' is no database known here; {HOW}")
    if not address.database and "dbname" not in address.query:
        raise UsageError(f"--database: the address names no database; {HOW}")
    return address.set(drivername="postgresql+psycopg")


def shown(address: URL) -> str:
    """The address for people: who, where, which database."""
    place = {name: value for name, value in address.query.items() if name in PLACE}
    user = address.username or None
    without = URL.create("postgresql", user, None, address.host, address.port, address.database, place)
    return without.render_as_string()


def without_secrets(words: str, address: URL) -> str:
    """`words`, which a server or a driver said, with no password of the address in them."""
    secrets = [address.password, *(address.query.get(name) for name in SECRET)]
    for secret in secrets:
        for each in (secret,) if isinstance(secret, str) else secret or ():
            words = words.replace(each, "***") if each else words
    return words
