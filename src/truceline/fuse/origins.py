"""Whom the tellings go back to: ten papers with one agency's text are one origin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.fuse.lineage import Lineage, links_of, trace_lineage
from truceline.fuse.naming import write_origins
from truceline.fuse.registry import Registry
from truceline.fuse.roots import Root, name_origin
from truceline.fuse.sides import find_bearing
from truceline.model.grading import NOTHING_KNOWN, Grading
from truceline.model.incident import Origin, OriginLink
from truceline.model.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The independent origins of an incident, those with most claims first, and how its reports lead to them."""

    origins: tuple[Origin, ...]
    links: tuple[OriginLink, ...]
    circles: tuple[tuple[str, ...], ...]
    note: str
    lineage: Lineage


def find_provenance(
    tellings: Sequence[Telling],
    registry: Registry,
    firsts: Mapping[str, Telling],
    grading: Grading = NOTHING_KNOWN,
) -> Provenance:
    """Where the tellings of one incident come from; `firsts` holds a telling of each document by its id."""
    lineage = trace_lineage(tellings, registry, firsts)
    gathered = gather_roots(tellings, lineage)
    held = [(key, settle_origin(key, found, registry, grading)) for key, found in gathered.items()]
    held.sort(key=lambda each: (-len(each[1].claims), each[1].name, each[1].id))
    origins = tuple(origin for _, origin in held)
    deepest = max(held, key=lambda each: (lineage.depths.get(each[0], 0), len(each[1].claims)), default=None)
    return Provenance(
        origins=origins,
        links=links_of(lineage, {key: origin.id for key, origin in held}),
        circles=lineage.circles,
        note=write_origins(
            reports=len({each.document for each in tellings}),
            origins=len(origins),
            deepest=deepest[1].name if deepest is not None else None,
            circles=len(lineage.circles),
            flooded=lineage.flooded,
        ),
        lineage=lineage,
    )


def gather_roots(tellings: Sequence[Telling], lineage: Lineage) -> dict[str, list[tuple[Root, Telling]]]:
    """Tellings by the origin they go back to."""
    gathered: defaultdict[str, list[tuple[Root, Telling]]] = defaultdict(list)
    for telling in tellings:
        for root in lineage.roots[telling.claim]:
            gathered[root.key].append((root, telling))
    return dict(gathered)


def settle_origin(key: str, found: list[tuple[Root, Telling]], registry: Registry, grading: Grading) -> Origin:
    roots = sorted((root for root, _ in found), key=lambda each: (each.name, each.actor or ""))
    amplified = sorted({root.amplifies for root in roots if root.amplifies is not None})
    bearing, side = min(find_bearing(each, registry, grading) for each in roots)
    return Origin(
        id=name_origin(key),
        name=roots[0].name,
        actor=next((root.actor for root in roots if root.actor is not None), None),
        claims=tuple(sorted({telling.claim for _, telling in found})),
        families=tuple(sorted({telling.family for _, telling in found})),
        amplifies=amplified[0] if amplified else None,
        bearing=bearing,
        side=side,
    )
