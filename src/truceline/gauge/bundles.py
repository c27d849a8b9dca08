"""Bundles of texts that tell of one incident: read, told and fused as a run does it, and what comes out of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module

from truceline.flow.mission import load_mission
from truceline.flow.tools import fuse_tellings, tell_all
from truceline.fuse.incidents import find_firsts
from truceline.fuse.origins import find_provenance
from truceline.fuse.registry import Registry, arrange
from truceline.fuse.worthy import find_bar, parse_stance
from truceline.gauge.case import ContractReading, Predict, empty_reading, gold_document
from truceline.gauge.passages import MISSION
from truceline.model.document import Document
from truceline.model.incident import Incident, OriginLink, Stance
from truceline.model.telling import Telling

HEADING = re.compile(r"^@ (?P<id>\w+) \| (?P<publisher>.+?) \| (?P<time>\S+)$")
ANSWER = "= "


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a text does to another, to one who has no text in the bundle, or (own, deny) to nobody.

    `words` name who it is and show it, `roots` are the origins that it leads to; none where a person
    has not said.
    """

    text: str
    how: str
    to: str | None = None
    outside: bool = False
    words: str = ""
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Whom the texts of a bundle go back to, as a person or fusing has it.

    `whole` is False where the texts are told as several incidents, `untold` counts those that are in none.
    `together` is what is stated when a person brings the texts of the bundle together, whatever fusing did.
    """

    origins: int
    links: tuple[Link, ...]
    circles: tuple[frozenset[str], ...] = ()
    whole: bool = True
    untold: int = 0
    together: "Lineage | None" = None


def split_bundle(text: str) -> Iterator[tuple[str, Document]]:
    """The letter and the document of every text, as gathering would give them."""
    for block in re.split(r"^(?=@ )", text, flags=re.MULTILINE):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith(("#", ANSWER))]
        heading = HEADING.match(lines[0]) if lines else None
        if heading is None:
            continue
        published = datetime.fromisoformat(heading["time"].replace("Z", "+00:00"))
        body = "\n".join(lines[1:])
        yield heading["id"], gold_document(heading["id"], body, published, heading["publisher"])


def bundle_reader(bundles: Callable[[], Iterable[Document]]) -> Predict:
    """What a run of the mission makes of all bundles in one register; answers under `lineage`.

    The register is made at the first bundle asked for: how rare a word is depends on all of them.
    """
    found: dict[str, Lineage] = {}

    def predict(document: Document) -> ContractReading:
        if not found:
            found.update(trace_bundles(bundles()))
        return {**empty_reading(document), "lineage": found[document.id]}

    return predict


def trace_bundles(bundles: Iterable[Document]) -> dict[str, Lineage]:
    """The lineage of every bundle by its id, all read, told and fused together."""
    mission = load_mission(MISSION)
    reader = import_module("truceline.read.reader").Reader.for_mission(mission)
    texts = {bundle.id: name_texts(bundle) for bundle in bundles}
    readings = list(reader.read_all(document for documents in texts.values() for document in documents))
    tellings = tell_all(readings, mission)
    incidents = fuse_tellings(tellings, mission).incidents
    by_bundle: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_bundle[telling.document.partition("/")[0]].append(telling)
    registry = arrange(mission.sources, mission.actors)
    return {
        name: replace(
            lineage_of(incidents, documents, name), together=bring_together(by_bundle[name], registry, f"{name}/")
        )
        for name, documents in texts.items()
    }


def bring_together(tellings: Sequence[Telling], registry: Registry, prefix: str) -> Lineage:
    """What would be stated of the texts as one incident: their claims that can be, or all where none of a text can."""
    by_document: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_document[telling.document].append(telling)
    used: list[Telling] = []
    denying = []
    for document, told in by_document.items():
        worthy = [each for each in told if find_bar(each) is None]
        asserting = [each for each in worthy if parse_stance(each) is not Stance.DENIES]
        if worthy and not asserting:
            denying.append(Link(text=document.removeprefix(prefix), how="deny"))
        else:
            used += asserting or told
    found = find_provenance(used, registry, find_firsts(tellings))
    return Lineage(
        origins=len(found.origins),
        links=(*(link_of(each, prefix) for each in found.links), *denying),
        circles=tuple(frozenset(each.removeprefix(prefix) for each in ring) for ring in found.circles),
    )


def name_texts(bundle: Document) -> list[Document]:
    """The texts of a bundle, each with the bundle's id before its letter."""
    return [replace(document, id=f"{bundle.id}/{letter}") for letter, document in split_bundle(bundle.text)]


def lineage_of(incidents: Sequence[Incident], documents: Sequence[Document], name: str) -> Lineage:
    """The lineage that the main incident states: the one that holds most texts of the bundle."""
    ids = {each.id for each in documents}
    held = [({version.document for version in each.versions} & ids, each) for each in incidents]
    held = [each for each in held if each[0]]
    if not held:
        return Lineage(origins=0, links=(), untold=len(ids))
    inside, main = max(held, key=lambda each: (len(each[0]), len(each[1].versions), each[1].id))
    everywhere = frozenset().union(*(each for each, _ in held))
    return Lineage(
        origins=len(main.origins),
        links=tuple(links_of(main, f"{name}/")),
        circles=tuple(frozenset(each.removeprefix(f"{name}/") for each in ring) for ring in main.origin_circles),
        whole=not everywhere - inside,
        untold=len(ids - everywhere),
    )


def link_of(link: OriginLink, prefix: str) -> Link:
    return Link(
        text=link.document.removeprefix(prefix),
        how=link.how.value,
        to=link.to_document.removeprefix(prefix) if link.to_document is not None else link.to,
        outside=link.to_document is None,
        words=f"{link.to} {link.evidence}",
        roots=link.origins,
    )


def links_of(incident: Incident, prefix: str) -> Iterator[Link]:
    yield from (link_of(each, prefix) for each in incident.origin_links)
    stances: dict[str, set[Stance]] = {}
    for version in incident.versions:
        stances.setdefault(version.document, set()).add(version.stance)
    for document, taken in stances.items():
        if taken == {Stance.DENIES}:
            yield Link(text=document.removeprefix(prefix), how="deny")
