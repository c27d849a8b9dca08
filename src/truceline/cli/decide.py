"""`truceline decide`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.options import (
    DatabaseAddress,
    MissionFolder,
    RegisterFolder,
    known_mission,
    moment,
    open_register_of,
    open_team_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from truceline.model.decision import Decision
    from truceline.model.incident import Incident
    from truceline.store.register import Register


class RulingName(StrEnum):
    SAME = "same"
    DIFFERENT = "different"


def decide(
    ruling: Annotated[RulingName, typer.Argument(help="What they are.", show_default=False)],
    ids: Annotated[
        list[str],
        typer.Argument(help="Two or more incidents or claims, by whole ids.", metavar="ID...", show_default=False),
    ],
    mission: MissionFolder,
    by: Annotated[str, typer.Option("--by", help="Who decides.", metavar="NAME")],
    why: Annotated[str, typer.Option("--why", help="On what grounds.", metavar="TEXT")],
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """Say that incidents or claims are of one act, or that the first is of another act than the rest.

    No run overwrites a decision: `same` are held together whatever the machine finds, `different` never meet. Of two
    decisions that contradict each other on a pair of claims the later one holds. The next run puts it into effect.

        truceline decide same inc-1f0c2a inc-77ab10 --by "R. Haddad" --why "One strike, filmed twice" -m north

        truceline decide different claim-3f inc-77ab10 --by "R. Haddad" --why "Another street" -m north
    """
    from truceline.store.decided import decide as keep

    known = known_mission(mission)
    check_words(ids, by=by, why=why)
    with open_register_of(known, register, database) as opened:
        decision = make_decision(ruling, ids, opened, by=by.strip(), why=why.strip())
    with open_team_at(register or mission / "register", database) as team:
        new = keep(team, decision, who=f"cli:{decision.by}")
    told = f"{decision.id}: {ruling.value}, {len(decision.claims)} and {len(decision.others)} claims"
    print(f"{told}{'' if new else '; decided so before'}; `truceline run` puts it into effect")


def check_words(ids: list[str], *, by: str, why: str) -> None:
    """Raises UsageError for a decision that nobody could follow later."""
    from truceline.errors import UsageError

    if len(set(ids)) < 2:
        raise UsageError("a decision is about two incidents or claims at least; give their ids")
    if not by.strip() or not why.strip():
        raise UsageError("--by and --why: say who decides and on what grounds")


def make_decision(ruling: RulingName, ids: list[str], register: "Register", *, by: str, why: str) -> "Decision":
    """The decision on claims: of an incident all that assert it. Raises UnknownId."""
    import hashlib

    from truceline.model.decision import Decision, Ruling

    incidents = {each.id: each for each in register.incidents()}
    first, *others = ids
    claims, other_claims = claims_of([first], incidents), claims_of(others, incidents)
    at = moment()
    named = "|".join((ruling.value, *claims, "/", *other_claims, by, at.isoformat()))
    return Decision(
        id=f"decision-{hashlib.sha256(named.encode()).hexdigest()[:12]}",
        ruling=Ruling(ruling.value),
        claims=claims,
        others=tuple(each for each in other_claims if each not in claims),
        by=by,
        at=at,
        why=why,
    )


def claims_of(ids: "Iterable[str]", incidents: "dict[str, Incident]") -> tuple[str, ...]:
    """The claims that the ids stand for, each once."""
    from truceline.errors import UnknownId
    from truceline.model.incident import Stance

    told = {
        version.claim: each.id
        for each in incidents.values()
        for version in each.versions
        if version.stance is not Stance.DENIES
    }
    found: list[str] = []
    for each in ids:
        if each in incidents:
            found += [claim for claim, incident in told.items() if incident == each]
        elif each in told:
            found.append(each)
        else:
            raise UnknownId(
                f"'{each}': no incident has this id and no claim that is in one; `truceline incidents` lists them"
            )
    return tuple(sorted(dict.fromkeys(found)))
