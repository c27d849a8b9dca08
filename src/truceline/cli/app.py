"""The commands in the order of the work, and what happens when one cannot go on."""

import os
import sys
from collections.abc import Sequence
from types import TracebackType

import typer

from truceline.cli import (
    check,
    decide,
    explain,
    gather,
    gauge,
    gazetteer,
    incidents,
    keeping,
    mission,
    publish,
    read,
    release,
    review,
    run,
    serve,
    start,
    statements,
    totals,
    verify,
    watch,
)
from truceline.cli.exits import EXITS, Exit
from truceline.errors import MissionError, RegisterBusy, TrucelineError, UnknownId, UsageError

COMMANDS = (
    ("init", start.init),
    ("gather", gather.gather),
    ("read", read.read),
    ("run", run.run),
    ("check", check.check),
    ("incidents", incidents.incidents),
    ("watch", watch.watch),
    ("explain", explain.explain),
    ("statements", statements.statements),
    ("totals", totals.totals),
    ("review", review.review),
    ("decide", decide.decide),
    ("publish", publish.publish),
    ("release", release.release),
    ("serve", serve.serve),
    ("verify", verify.verify),
    ("backup", keeping.backup),
    ("restore", keeping.restore),
    ("gauge", gauge.gauge),
)

ABOUT = """Partisan reports on a war under a truce in, a register anyone can check out.

A document is gathered and read into claims; claims are fused into incidents; incidents are judged against the
agreement, watched over time, and published. Nothing alleged is recorded as fact, and "cannot determine" is an answer.

Start with:

    truceline init north

    truceline run -m north"""


def make_app() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        name="truceline",
        help=ABOUT,
        epilog=EXITS,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(version)
    for name, command in COMMANDS:
        app.command(name)(command)
    app.add_typer(mission.make_app(), name="mission")
    app.add_typer(gazetteer.make_app(), name="gazetteer")
    return app


def show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError
        from importlib.metadata import version as installed

        try:
            print(f"truceline {installed('truceline')}")
        except PackageNotFoundError:
            print("truceline, run from its source")
        raise typer.Exit


def version(
    _wanted: bool = typer.Option(
        False, "--version", callback=show_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    pass


version.__doc__ = ABOUT


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code; what we raise on purpose is told in a line, without a traceback."""
    sys.excepthook = confess
    try:
        # Called through typer's own door, this would lose the hook above to typer's.
        typer.main.get_command(make_app())(args=list(arguments) if arguments is not None else None)
    except TrucelineError as error:
        sys.exit(tell(error))
    except OSError as error:
        sys.exit(tell_refusal(error))


def tell_refusal(error: OSError) -> Exit:
    """Say what the system refused, and for which file: a full disk or a locked folder is no mistake of ours."""
    from truceline.cli.shown import complain

    if os.environ.get("TRUCELINE_TRACEBACK"):
        raise error
    where = "" if error.filename is None else f"{error.filename}: "
    complain(f"{where}{(error.strerror or str(error)).lower()}; nothing is lost: put it right and do it again")
    return Exit.UNEXPECTED


def confess(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell a mistake of ours in a few lines; the whole trace for those who ask for it."""
    if os.environ.get("TRUCELINE_TRACEBACK") or trace is None:
        sys.__excepthook__(kind, error, trace)
        return
    while trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119  shown, not opened
    print(f"unexpected: {kind.__name__}: {error} ({place})", file=sys.stderr)
    print(
        "This is a mistake of ours: set TRUCELINE_TRACEBACK=1, do it again and report what is printed.", file=sys.stderr
    )


def tell(error: TrucelineError) -> Exit:
    """Say on standard error what went wrong; gives the exit code."""
    from truceline.cli.shown import complain, complain_of

    match error:
        case MissionError():
            complain_of(error.problems)
            return Exit.USAGE
        case UsageError() | UnknownId():
            complain(str(error))
            return Exit.USAGE
        case RegisterBusy():
            complain(str(error))
            return Exit.BUSY
        case _:
            complain(str(error))
            return Exit.UNEXPECTED
