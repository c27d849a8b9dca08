"""`truceline backup` and `truceline restore`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.exits import Exit
from truceline.cli.options import DatabaseAddress, MaybeMissionFolder, RegisterFolder, Wait, moment, open_register_at
from truceline.kit.visible import visible_line

if TYPE_CHECKING:
    from truceline.store.backup_file import Manifest


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it.", show_default=False, metavar="FILE")],
    mission: MaybeMissionFolder = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """Write the whole register into one file.

    Everything of one moment: documents, originals, readings, decisions, and what follows from them. Others go on
    working meanwhile. Either database is restored from it. What was written is read again and proved.

        truceline backup north.backup -m north
    """
    from truceline.cli.shown import complain
    from truceline.store.backup import write_backup

    with open_register_at(folder_of(mission, register), database) as opened:
        manifest = write_backup(opened, file, now=moment())
    print(f"{file}: {told(manifest)}, {file.stat().st_size:,} bytes; proved")
    for sha256 in manifest.missing:
        complain(f"original {sha256}: is gone or damaged and could not be put in; gather it again")
    if manifest.missing:
        raise typer.Exit(Exit.NOT_ALL_READ)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.", show_default=False, metavar="FILE")],
    mission: MaybeMissionFolder = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Lose what the register holds now; else only an empty one is filled.")
    ] = False,
    wait: Wait = None,
) -> None:
    """Fill a register from a backup.

    The file is proved first, byte for byte, and then what stands in the tables; only then does it take effect, all of
    it or nothing. A backup of a file fills a PostgreSQL database and the other way round.

        truceline restore north.backup -m north

        truceline restore north.backup -m north --database postgresql://anna@db.example/north
    """
    from truceline.errors import UsageError
    from truceline.store.backup_file import verify_backup
    from truceline.store.restore import restore_backup

    folder = folder_of(mission, register)
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    verify_backup(file)
    with open_register_at(folder, database, writing=True, wait=wait) as opened:
        manifest = restore_backup(opened, file, replace=replace)
    print(f"restored {told(manifest)}, as of {manifest.made_at[:19]}Z; proved")
    tell_of_people(folder, database)


def tell_of_people(folder: Path, database: str | None) -> None:
    """The ledger and who is in charge by now: a file can be whole and still be somebody else's making."""
    from truceline.cli.options import open_team_at
    from truceline.cli.verify import tell
    from truceline.store.accounts import all_accounts, is_in_charge

    with open_team_at(folder, database) as team:
        tell(team.verify())
        with team.reading() as connection:
            admins = [each.login for each in all_accounts(connection) if is_in_charge(each)]
    if admins:
        print(f"admins: {', '.join(map(visible_line, admins))}")


def folder_of(mission: Path | None, register: Path | None) -> Path:
    """Where the register lies, or its originals. Raises UsageError."""
    from truceline.errors import UsageError

    if register is not None:
        return register
    if mission is None:
        raise UsageError("which register? give --mission DIR or --register DIR")
    if not mission.is_dir():
        raise UsageError(f"{mission}: no such folder; give the mission's")
    return mission / "register"


def told(manifest: "Manifest") -> str:
    rows = {name: each.rows for name, each in manifest.tables.items()}
    main = f"{rows['documents']:,} versions of documents, {rows.get('incidents', 0):,} incidents"
    also = f"{rows.get('decisions', 0):,} decisions, {len(manifest.originals):,} originals"
    return f"{main}, {also}; {manifest.rows:,} rows in all"
