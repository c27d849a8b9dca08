"""`truceline explain`."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.options import DatabaseAddress, MissionFolder, RegisterFolder, known_mission, open_register_of
from truceline.model.document import Form

if TYPE_CHECKING:
    from truceline.cli.account import WhyPlace
    from truceline.model.document import Document
    from truceline.model.mission import Mission
    from truceline.model.source import Source
    from truceline.model.telling import Telling


def explain(
    id: Annotated[
        str,
        typer.Argument(
            help="An incident, claim, assessment or document, also a former one; the beginning of its id is enough. "
            "Or a source, by id or name.",
            metavar="ID",
            show_default=False,
        ),
    ],
    mission: MissionFolder,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """Show everything that an incident rests on, or what became of a source's claims.

    Claims with their documents and spans, why each place is the one meant and not another of its name, what they
    differ on, the steps of reasoning and the clause. What is no longer held is explained too: what became of it, by
    which version of which document. A document shows its versions and what each did to its claims.

    truceline explain i-3f2a -m missions/syria-2016

    truceline explain sana -m missions/syria-2016
    """
    from truceline.cli.account import account_of
    from truceline.cli.past import tell_past
    from truceline.cli.shown import answers
    from truceline.kit.visible import visible_in_terminal

    known = known_mission(mission)
    source = find_source(id, known)
    with open_register_of(known, register, database) as opened:
        if source is not None:
            from truceline.flow.tools import with_records
            from truceline.publish.sources import explain_source

            for line in explain_source(source, with_records(opened.view(known))):
                answers().print(visible_in_terminal(line), soft_wrap=True, markup=False)
            return
        owners = opened.owners()
        past = None if is_held(id, owners) else tell_past(id, opened, owners, known.timezone)
        if past is not None:
            print(past)
            return
        view = opened.view_of(find_incident(id, owners), known)
    console = answers()
    for part in account_of(view.incidents[0], view, place_reasons(known)):
        console.print(part, soft_wrap=True)


def find_source(named: str, mission: "Mission") -> "Source | None":
    """The source of the mission with this id or name."""
    wanted = named.casefold()
    return next((each for each in mission.sources if wanted in (each.id.casefold(), each.name.casefold())), None)


def is_held(id: str, owners: Mapping[str, str]) -> bool:
    return id in owners or any(known.startswith(id) for known in owners)


def place_reasons(mission: "Mission") -> "WhyPlace":
    """Why a place was taken for the one it is, computed anew from the document's words."""
    from truceline.read.gazetteer import open_gazetteer
    from truceline.read.places_why import explain_place, word_why

    gazetteer = cache(lambda: open_gazetteer(mission.places, countries=mission.countries))

    def reasons(telling: "Telling", document: "Document") -> list[str]:
        if telling.place is None or document.form in (Form.UCDP_GED, Form.ACLED):
            return []
        why = explain_place(document.text, telling.place.span, gazetteer=gazetteer(), countries=mission.countries)
        return [] if why is None else list(word_why(why))

    return reasons


def find_incident(id: str, owners: Mapping[str, str]) -> str:
    """The id of the incident meant by an id or its beginning. Raises UnknownId with what comes nearest."""
    from truceline.errors import UnknownId

    meant = {owners[id]} if id in owners else {owner for known, owner in owners.items() if known.startswith(id)}
    if len(meant) > 1:
        some = ", ".join(sorted(meant)[:5])
        raise UnknownId(f"'{id}' could be {len(meant)} incidents ({some} …); write more of the id")
    if not meant:
        raise UnknownId(unknown(id, list(owners)))
    return meant.pop()


def unknown(id: str, known: list[str]) -> str:
    from truceline.kit.nearest import find_nearest

    nearest = find_nearest(id, known)
    hint = "" if nearest is None else f"; did you mean '{nearest}'?"
    return f"'{id}': no incident, claim or assessment has this id{hint}; `truceline incidents` lists them"
