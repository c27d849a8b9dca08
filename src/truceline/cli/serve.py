"""`truceline serve`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.options import DatabaseAddress, MissionFolder, RegisterFolder, known_mission, moment, settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from truceline.web import Keeper

HERE = ("127.0.0.1", "localhost")


def serve(
    mission: MissionFolder,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on this machine.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Only 127.0.0.1, this machine, until there are accounts.", metavar="ADDRESS")
    ] = "127.0.0.1",
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Processes that serve: as many as there are cores for it.")
    ] = 1,
) -> None:
    """Show the register to a browser on this machine.

    Filters, search, every incident and document, a text pasted and checked at once, and the same for programs under
    /api/v1. It only reads: `truceline run` fills the register, also while this runs. Stop it with Ctrl+C.

        truceline serve -m missions/syria-2016
    """
    from truceline.web.processes import run_service

    refuse_other_hosts(host)
    folder, address = register or mission / "register", database or settings().database
    keeper = open_keeper(mission, folder, address)
    keeper.held()
    keeper.close()
    refuse_taken(port)
    print(f"Open http://127.0.0.1:{port}/", flush=True)
    run_service(
        partial(make_served, mission, folder, address),
        workers=workers,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=200,
    )


def open_keeper(mission: Path, folder: Path, database: str | None) -> "Keeper":
    from truceline.flow.tools import Tools
    from truceline.store.address import parse_address
    from truceline.web import Keeper

    known, address = known_mission(mission), None if database is None else parse_address(database)
    return Keeper(known, folder, tools=Tools.for_mission(known, now=moment()), now=moment, database=address)


def make_served(mission: Path, folder: Path, database: str | None) -> "FastAPI":
    """The application, in whichever process serves it."""
    from truceline.web import make_app

    return make_app(open_keeper(mission, folder, database))


def refuse_other_hosts(host: str) -> None:
    """Raises UsageError for an address that others could reach."""
    from truceline.errors import UsageError

    if host not in HERE:
        raise UsageError(
            f"--host: {host} could be reached by others, and there are no accounts yet to keep them out; "
            "leave it out, and open the service on this machine (from afar: ssh -L 8000:127.0.0.1:8000)"
        )


def refuse_taken(port: int) -> None:
    """Raises UsageError where another program listens on the port."""
    import socket

    from truceline.errors import UsageError

    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            raise UsageError(
                f"--port: {port} cannot be used ({error.strerror}); choose another, as --port 8001"
            ) from error
