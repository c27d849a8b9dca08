"""Bundles of texts that tell of one incident: read, told and fused as a run does it, and what comes out of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from truceline.flow.mission import load_mission
from truceline.flow.tools import fuse_tellings, tell_all
from truceline.gauge.case import Predict, empty_reading, gold_document
from truceline.gauge.passages import MISSION
from truceline.model.document import Document
from truceline.model.incident import Incident, Stance
from truceline.model.mission import Mission

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
    """

    origins: int
    links: tuple[Link, ...]
    circles: tuple[frozenset[str], ...] = ()
    whole: bool = True
    untold: int = 0


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


def bundle_reader() -> Predict:
    """What a run of the mission makes of a bundle alone in its register; answers under `lineage`."""
    mission = load_mission(MISSION)
    reader = import_module("truceline.read.reader").Reader.for_mission(mission)
    return lambda document: {**empty_reading(document), "lineage": trace_bundle(document.text, reader, mission)}


def trace_bundle(text: str, reader: Any, mission: Mission) -> Lineage:
    documents = [document for _, document in split_bundle(text)]
    readings = list(reader.read_all(documents))
    return lineage_of(fuse_tellings(tell_all(readings, mission), mission).incidents, documents)


def lineage_of(incidents: Sequence[Incident], documents: Sequence[Document]) -> Lineage:
    """The lineage that the main incident states: the one that holds most texts."""
    letters = {each.id for each in documents}
    held = [{version.document for version in each.versions} for each in incidents]
    if not held:
        return Lineage(origins=0, links=(), whole=False, untold=len(letters))
    at = max(range(len(held)), key=lambda each: (len(held[each]), len(incidents[each].versions), -each))
    main = incidents[at]
    elsewhere = set().union(*held) - held[at]
    return Lineage(
        origins=len(main.origins),
        links=tuple(links_of(main)),
        circles=tuple(frozenset(each) for each in getattr(main, "origin_circles", ())),
        whole=not elsewhere,
        untold=len(letters - set().union(*held)),
    )


def links_of(incident: Incident) -> Iterator[Link]:
    for link in getattr(incident, "origin_links", ()):
        outside = link.to_document is None
        yield Link(
            text=link.document,
            how=link.how.value,
            to=link.to_document or link.to,
            outside=outside,
            words=f"{link.to} {link.evidence}",
            roots=link.origins,
        )
    stances: dict[str, set[Stance]] = {}
    for version in incident.versions:
        stances.setdefault(version.document, set()).add(version.stance)
    for document, taken in stances.items():
        if taken == {Stance.DENIES}:
            yield Link(text=document, how="deny")
