"""`truceline serve`."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from truceline.cli.options import (
    DatabaseAddress,
    MissionFolder,
    RegisterFolder,
    known_mission,
    moment,
    open_team_at,
    settings,
)

if TYPE_CHECKING:
    from fastapi import FastAPI

    from truceline.store.team import Team
    from truceline.web import Keeper
    from truceline.web.provider import Provider
    from truceline.web.work import Handler

HERE = ("127.0.0.1", "localhost", "::1")
LISTENING: Mapping[str, Any] = {
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "forwarded_allow_ips": "127.0.0.1",
    "ws": "none",
    "limit_concurrency": 200,
}


def serve(
    mission: MissionFolder,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on this machine.")] = 8000,
    host: Annotated[
        str,
        typer.Option("--host", help="Where to listen; 0.0.0.0 for others, too.", metavar="ADDRESS"),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A host name that the service answers to.", metavar="NAME")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="TLS: a certificate, PEM.", metavar="FILE", exists=True)
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="TLS: its key, PEM.", metavar="FILE", exists=True)] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy on this machine speaks TLS and says who asks.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="Who is not logged in may read what is public.")] = False,
    admin_link: Annotated[
        bool,
        typer.Option("--admin-link", help="Print a link for one more admin: where every admin has lost the way in."),
    ] = False,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Processes that serve: as many as there are cores for it.")
    ] = 1,
) -> None:
    """Show the register to a browser: to one person on this machine, or to a team with accounts.

    Filters, search, every incident and document, a text pasted and checked at once, review, bulletins, and the same for
    programs under /api/v1. `truceline run` fills the register, also while this runs. The first time, a link is printed
    that works once and makes the first account, an admin's; until then this machine may read. Stop it with Ctrl+C.

        truceline serve -m missions/syria-2016

        truceline serve -m missions/syria-2016 --host 0.0.0.0 --name truce.example.org --certificate c.pem --key k.pem
    """
    from truceline.web.listening import Impatient
    from truceline.web.processes import run_service

    refuse_bare_hosts(host, name or [], has_tls=certificate is not None, behind_proxy=behind_proxy)
    folder, where = register or mission / "register", database or settings().database
    refuse_unreadable(mission, folder, where)
    refuse_taken(host, port)
    address = address_of(host, port, name or [], has_tls=certificate is not None, behind_proxy=behind_proxy)
    with open_team_at(folder, where) as team:
        print(f"Open {address}/", flush=True)
        print_first_link(team, address, is_wanted=admin_link)
    names = frozenset(each.lower() for each in name or ())
    run_service(
        partial(make_served, mission, folder, where, names=names, is_open=open_, behind_proxy=behind_proxy),
        workers=workers,
        host=host,
        port=port,
        proxy_headers=behind_proxy,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        http=Impatient,
        **LISTENING,
    )


def refuse_unreadable(mission: Path, folder: Path, database: str | None) -> None:
    """What is wrong with the mission, the register or the provider is told here, not by each process that serves."""
    if database is not None:
        os.environ["TRUCELINE_DATABASE"] = database  # for the runs that the service starts
    keeper = open_keeper(mission, folder, database)
    keeper.held()
    keeper.close()
    find_provider()


def address_of(host: str, port: int, names: list[str], *, has_tls: bool, behind_proxy: bool) -> str:
    """Where people open it: behind a proxy by the name that it answers to there."""
    if behind_proxy and names:
        return f"https://{names[0]}"
    shown = "127.0.0.1" if host in HERE else (names or [host])[0]
    return f"{'https' if has_tls else 'http'}://{shown}:{port}"


def open_keeper(mission: Path, folder: Path, database: str | None) -> "Keeper":
    from truceline.flow.tools import Tools
    from truceline.store.address import parse_address
    from truceline.web import Keeper

    known, address = known_mission(mission), None if database is None else parse_address(database)
    return Keeper(known, folder, tools=Tools.for_mission(known, now=moment()), now=moment, database=address)


def make_served(
    mission: Path, folder: Path, database: str | None, *, names: frozenset[str], is_open: bool, behind_proxy: bool
) -> "FastAPI":
    """The application, in whichever process serves it; what it opens stays open until that process ends."""
    from truceline.web import make_app
    from truceline.web.fetching import Fetching
    from truceline.web.work import Worker

    opened = ExitStack()
    keeper, team = open_keeper(mission, folder, database), opened.enter_context(open_team_at(folder, database))
    Thread(target=keeper.warm, daemon=True).start()
    worker = Worker(team, handlers_for(team, mission, folder, may_send=settings().may_fetch))
    app = make_app(
        keeper,
        team,
        names=names,
        is_open=is_open,
        behind_proxy=behind_proxy,
        worker=worker,
        provider=find_provider(),
    )
    app.state.fetching = Fetching(is_on=settings().may_fetch)
    app.state.opened = opened
    return app


def find_provider() -> "Provider | None":
    """Where people may log in beside passwords, as the environment says. Raises UsageError."""
    from truceline.web.provider import Provider

    known = settings().provider
    return None if known is None else Provider(known, now=moment)


def handlers_for(team: "Team", mission: Path, register: Path, *, may_send: bool) -> "dict[str, Handler]":
    """What the worker does; messages wait where the service may not use the network."""
    from truceline.store.webhooks import DELIVER
    from truceline.web.deliver import Deliver, send_now
    from truceline.web.rerun import RUN, rerun

    handlers: dict[str, Handler] = {RUN: rerun(mission, register, out=mission / "out")}
    if may_send:
        handlers[DELIVER] = Deliver(team=team, send=send_now)
    return handlers


def print_first_link(team: "Team", address: str, *, is_wanted: bool = False) -> None:
    """Where there is no account yet: the one link that makes the first, an admin's. Those of before stop working.

    `is_wanted`: one for a further admin, which is entered into the ledger.
    """
    from truceline.model.person import Role
    from truceline.store.accounts import count_accounts
    from truceline.store.sessions import SYSTEM, invite, withdraw_invitations
    from truceline.web.limits import allowed

    hours = allowed()["invitation"]["first_hours"]
    with team.reading() as connection:
        is_first = count_accounts(connection) == 0
    if not is_first and not is_wanted:
        return
    who = SYSTEM if is_first else "cli:serve"
    with team.writing(who=who) as desk:
        withdraw_invitations(desk, made_by=who)
        secret = invite(desk, role=Role.ADMIN, hours=hours, why="asked for where the service is started")
    print(
        f"{'First' if is_first else 'One more'} admin: {address}/join/{secret}  (works once, for {hours:g} h)",
        flush=True,
    )


def refuse_bare_hosts(host: str, names: list[str], *, has_tls: bool, behind_proxy: bool) -> None:
    """Raises UsageError for an address that others reach without TLS, or without a name to answer to."""
    from truceline.errors import UsageError

    if host in HERE:
        return
    if not has_tls and not behind_proxy:
        raise UsageError(
            f"--host: {host} can be reached by others, and passwords would cross the network in clear; give "
            "--certificate and --key, or --behind-proxy where a proxy speaks TLS"
        )
    if not names:
        raise UsageError("--name: say which host name the service answers to, as --name truce.example.org")


def refuse_taken(host: str, port: int) -> None:
    """Raises UsageError where another program listens on the port."""
    import socket

    from truceline.errors import UsageError

    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host if "." in host else "127.0.0.1", port))
        except OSError as error:
            raise UsageError(
                f"--port: {port} cannot be used ({error.strerror}); choose another, as --port 8001"
            ) from error
