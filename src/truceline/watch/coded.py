"""What a register of coded events (UCDP GED) adds up to, by year and type of violence: to be held against the file."""

from collections import defaultdict
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from truceline.model.coded import CodedTotal
from truceline.model.document import Document, Form
from truceline.model.incident import Incident

ESTIMATES = ("low", "best", "high")


def count_coded(
    incidents: Iterable[Incident], documents: Iterable[Document], *, timezone: str
) -> tuple[CodedTotal, ...]:
    """One total for every year and type; years by the local day on which an incident begins.

    An incident counts once, whatever it was told by; its estimates are the cells of the rows that it rests on, so two
    rows in one incident would show as one event too few.
    """
    rows = {each.id: dict(each.cells) for each in documents if each.form is Form.UCDP_GED}
    zone = ZoneInfo(timezone)
    groups: dict[tuple[int, str], list[tuple[Incident, list[dict[str, str]]]]] = defaultdict(list)
    for incident in incidents:
        own = [rows[each] for each in dict.fromkeys(version.document for version in incident.versions) if each in rows]
        if own and incident.start is not None:
            groups[incident.start.astimezone(zone).year, own[0]["type_of_violence"]].append((incident, own))
    return tuple(add_up(year, kind, groups[year, kind]) for year, kind in sorted(groups))


def add_up(year: int, kind: str, group: list[tuple[Incident, list[dict[str, str]]]]) -> CodedTotal:
    low, best, high = (sum(int(row[column] or 0) for _, rows in group for row in rows) for column in ESTIMATES)
    ranges = [incident.killed for incident, _ in group if incident.killed is not None]
    return CodedTotal(
        year=year,
        kind=kind,
        events=len(group),
        low=low,
        best=best,
        high=high,
        least=sum(each.low or 0 for each in ranges),
        most=sum(each.high or 0 for each in ranges),
    )
