"""`truceline verify`."""

from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.exits import Exit
from truceline.cli.options import DatabaseAddress, MaybeMissionFolder, RegisterFolder, open_team_at

if TYPE_CHECKING:
    from truceline.model.ledger import Proof

SHOWN = 20


def verify(
    mission: MaybeMissionFolder = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    head: Annotated[
        str | None,
        typer.Option("--head", help="A hash noted earlier, which the ledger must still hold.", metavar="HASH"),
    ] = None,
) -> None:
    """Prove that no decision, comment, bulletin or account was altered behind the ledger's back.

    Every change by a person is an entry of the ledger and holds the hash of the entry before it. This walks the chain
    from its first link and holds what is kept against it. Note the head it prints somewhere else: given as `--head`
    later, it also shows that no end of the chain was cut off.

        truceline verify -m north
    """
    from truceline.cli.keeping import folder_of
    from truceline.errors import UsageError

    folder = folder_of(mission, register)
    if database is None and not (folder / "register.sqlite").is_file():
        raise UsageError(f"{folder}: no register here yet; fill one with `truceline run`")
    with open_team_at(folder, database) as team:
        proof = team.verify()
        known = head is None or team.holds(head.strip().lower())
    tell(proof)
    if head is not None and not known:
        print(f"the ledger holds no entry with the hash {head}: it was cut off, or is another register's")
    if proof.faults or not known:
        raise typer.Exit(Exit.UNEXPECTED)


def tell(proof: "Proof") -> None:
    for fault in proof.faults[:SHOWN]:
        print(fault)
    if len(proof.faults) > SHOWN:
        print(f"and {len(proof.faults) - SHOWN:,} more")
    outcome = "does not hold" if proof.faults else "holds"
    print(f"the ledger {outcome}: {proof.entries:,} entries over {proof.records:,} records, head {proof.head}")
