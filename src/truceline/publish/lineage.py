"""Who has it from whom, drawn and told: an arrow for every report that repeats another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from truceline.model.incident import How, Incident, OriginLink
from truceline.publish.lookup import Lookup

HOW_WORDS = {
    How.OWN: "tells it on its own account",
    How.CITES: "has it from",
    How.COPIES: "has the words of",
    How.TAKES: "seems to have it from",
    How.AMPLIFIES: "repeats its own side's",
    How.DENIES: "calls it untrue",
}
DASHES = {How.CITES: "", How.COPIES: "7 3", How.TAKES: "2 3", How.AMPLIFIES: "9 3 2 3"}
MOST = 16  # reports drawn; more are told beside the picture
ROW, TOP, LEFT, WIDTH = 30, 22, 12, 640
NAME_WIDTH, BEND = 360, 24
LETTERS = 44  # of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One line of the picture: a report with its publisher and time, or somebody who has no report."""

    key: str
    name: str
    note: str
    own: bool


def name_report(document: str, lookup: Lookup) -> str:
    """The publisher of a report, as worded."""
    held = lookup.documents.get(document)
    return (held.publisher if held is not None else None) or document


def tell_links(incident: Incident, lookup: Lookup) -> list[str]:
    """The graph in sentences, one a report and whom it has it from, in the order of the links."""
    return [tell_link(each, lookup) for each in incident.origin_links]


def tell_link(link: OriginLink, lookup: Lookup) -> str:
    target = name_report(link.to_document, lookup) if link.to_document is not None else link.to
    told = f"{name_report(link.document, lookup)} {HOW_WORDS[link.how]}"
    told = f"{told} {target}" if link.how not in {How.OWN, How.DENIES} else told
    return f"{told} (“{link.evidence}”)" if link.evidence else told


def draw_origins(incident: Incident, lookup: Lookup) -> Markup | None:
    """Reports from the first to the last, and an arrow from each to whom it has it from; None for a single report."""
    nodes = list(find_nodes(incident, lookup))[:MOST]
    if len(nodes) < 2:
        return None
    rows = {each.key: at for at, each in enumerate(nodes)}
    arrows = list(
        {
            (each.document, target_of(each), each.how): each
            for each in incident.origin_links
            if each.document in rows and target_of(each) in rows
        }.values()
    )
    height = TOP + ROW * len(nodes)
    label = incident.origin_note or f"{len(incident.origins)} independent origins"
    head = Markup(
        '<svg class="lineage" viewBox="0 0 {} {}" role="img" aria-label="{}"><defs><marker id="tip" viewBox="0 0 8 8" '
        'refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
    ).format(WIDTH, height, label)
    drawn = [
        *(draw_arrow(each, rows, at) for at, each in enumerate(arrows)),
        *(draw_node(each, rows) for each in nodes),
    ]
    return head + Markup("").join(drawn) + Markup("</svg>")


def find_nodes(incident: Incident, lookup: Lookup) -> Iterator[Node]:
    """Those without a report first, then the reports by time."""
    links = incident.origin_links
    outside = dict.fromkeys(each.to for each in links if each.to_document is None and each.to)
    yield from (Node(key=f"outside {each}", name=each, note="no report of its own", own=True) for each in outside)
    own = {each.document for each in links if each.how is How.OWN}
    reports = dict.fromkeys(each.document for each in links)
    for each in sorted(reports, key=lambda name: (published_of(name, lookup) == "", published_of(name, lookup), name)):
        yield Node(key=each, name=name_report(each, lookup), note=published_of(each, lookup), own=each in own)


def published_of(document: str, lookup: Lookup) -> str:
    held = lookup.documents.get(document)
    return "" if held is None or held.published_at is None else f"{held.published_at:%Y-%m-%d %H:%M}"


def target_of(link: OriginLink) -> str:
    return link.to_document if link.to_document is not None else f"outside {link.to}"


def draw_node(node: Node, rows: Mapping[str, int]) -> Markup:
    y = TOP + ROW * rows[node.key]
    name = node.name if len(node.name) <= LETTERS else f"{node.name[: LETTERS - 1]}…"
    return Markup(
        '<circle class="{}" cx="{}" cy="{}" r="5"/><text x="{}" y="{}">{}<tspan class="soft" dx="8">{}</tspan></text>'
    ).format("knows" if node.own else "repeats", LEFT, y, LEFT + 14, y + 4, name, node.note)


def draw_arrow(link: OriginLink, rows: Mapping[str, int], at: int) -> Markup:
    """A bow at the right, the further out the more lines it passes."""
    start, end = (TOP + ROW * rows[each] for each in (link.document, target_of(link)))
    span = abs(rows[link.document] - rows[target_of(link)])
    out = min(NAME_WIDTH + 40 + BEND * span + 4 * (at % 4), WIDTH - 20)
    return Markup(
        '<path class="{}" d="M{} {}C{} {} {} {} {} {}" stroke-dasharray="{}" marker-end="url(#tip)">'
        "<title>{}</title></path>"
    ).format(
        link.how.value, NAME_WIDTH, start, out, start, out, end, NAME_WIDTH + 4, end, DASHES.get(link.how, ""),
        f"{HOW_WORDS[link.how]} {link.to}: {link.evidence}",
    )  # fmt: skip


def rows_of_links(incidents: Sequence[Incident], lookup: Lookup) -> Iterator[list[str]]:
    """Every arrow of every graph as cells: incident, report, its publisher, how, to whom, evidence, origins."""
    for incident in incidents:
        names = {each.id: each.name for each in incident.origins}
        for link in incident.origin_links:
            yield [
                incident.id,
                link.document,
                name_report(link.document, lookup),
                link.how.value,
                link.to_document or "",
                link.to,
                link.evidence,
                " | ".join(names.get(each, each) for each in link.origins),
                "yes" if any(link.document in ring for ring in incident.origin_circles) else "",
            ]
