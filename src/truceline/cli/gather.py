"""`truceline gather`."""

from truceline.cli.options import (
    DatabaseAddress,
    MissionFolder,
    Paths,
    RegisterFolder,
    Wait,
    existing,
    known_mission,
    moment,
    open_register_of,
)


def gather(
    mission: MissionFolder,
    paths: Paths,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    wait: Wait = None,
) -> None:
    """Take documents into the register.

    Text, Markdown, HTML, jsonl, UCDP GED and ACLED tables. Originals are kept under their SHA-256. Gathering again
    adds nothing; a changed page is a new version of the same document, and the old one stays.

        truceline gather -m missions/syria-2016 dispatches/ page.html
    """
    from truceline.cli.report import end_with, show_gathered
    from truceline.cli.shown import progress_shown
    from truceline.flow.run import gather as gather_into
    from truceline.flow.tools import Tools

    known = known_mission(mission)
    tools, given = Tools.for_mission(known, now=moment()), existing(paths)
    with open_register_of(known, register, database, writing=True, wait=wait) as opened, progress_shown() as progress:
        gathered = gather_into(given, register=opened, tools=tools, progress=progress)
    show_gathered(gathered)
    end_with(gathered.problems)
