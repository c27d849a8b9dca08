"""A shelf in memory, with the incidents that lie above it."""

from collections.abc import Collection, Iterator, Mapping

from truceline.errors import Dropped
from truceline.fuse.incidents import rank_incident
from truceline.fuse.refresh import Refreshed
from truceline.model.incident import Incident
from truceline.model.shelved import Shelved
from truceline.model.telling import Telling


class MemoryShelf:
    """Claims by id, the incidents and the dropped, kept up with what is refreshed."""

    def __init__(self) -> None:
        self.claims: dict[str, Shelved] = {}
        self.tellings: dict[str, tuple[Telling, ...]] = {}
        self.incidents: dict[str, Incident] = {}
        self.dropped: dict[str, Dropped] = {}

    def put(self, refreshed: Refreshed, tellings: Mapping[str, tuple[Telling, ...]]) -> int:
        """Takes over what changed; gives how many incidents were touched."""
        told_before = {each.claim for name in tellings for each in self.tellings.get(name, ())}
        gone = refreshed.claims | told_before
        stale = [name for name, each in self.incidents.items() if gone & {version.claim for version in each.versions}]
        for name in stale:
            del self.incidents[name]
        for claim in gone:
            self.claims.pop(claim, None)
            self.dropped.pop(claim, None)
        self.claims |= {each.telling.claim: each for each in refreshed.shelved}
        self.incidents |= {each.id: each for each in refreshed.fusion.incidents}
        self.dropped |= {each.id: each for each in refreshed.fusion.dropped}
        self.tellings |= tellings
        return len(stale) + len(refreshed.fusion.incidents)

    def in_order(self) -> list[Incident]:
        return sorted(self.incidents.values(), key=rank_incident)

    def of_documents(self, documents: Collection[str]) -> Iterator[Shelved]:
        return (each for each in self.claims.values() if each.telling.document in documents)

    def of_islands(self, islands: Collection[str]) -> Iterator[Shelved]:
        return (each for each in self.claims.values() if each.island in islands)

    def of_claims(self, claims: Collection[str]) -> Iterator[Shelved]:
        return (self.claims[each] for each in claims if each in self.claims)

    def taken_from(self, documents: Collection[str]) -> Iterator[Shelved]:
        for each in self.claims.values():
            taken = each.telling.taken_from
            if each.telling.copied_from in documents or (taken is not None and taken.document in documents):
                yield each

    def within(self, since: float, until: float) -> Iterator[Shelved]:
        return (
            each
            for each in self.claims.values()
            if each.start is not None and each.start <= until and each.end >= since
        )

    def told_by(self, documents: Collection[str]) -> Iterator[Telling]:
        return (each for name in documents for each in self.tellings.get(name, ()))
