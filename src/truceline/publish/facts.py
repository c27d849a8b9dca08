"""What a view that is at hand knows of itself, for deciding what of it is released."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from truceline.model.claim import EventType
from truceline.model.incident import Incident
from truceline.model.release import Brief
from truceline.model.telling import Telling
from truceline.model.view import View


@dataclass(frozen=True)
class ViewFacts:
    """`publish.release.Facts` of a whole view."""

    view: View

    @cached_property
    def _tellings(self) -> Mapping[str, Telling]:
        return {each.claim: each for each in self.view.tellings}

    @cached_property
    def _claims(self) -> Mapping[str, frozenset[str]]:
        told = defaultdict(set)
        for each in self.view.tellings:
            told[each.document].add(each.claim)
        return {document: frozenset(claims) for document, claims in told.items()}

    @cached_property
    def _incidents(self) -> Mapping[str, Incident]:
        return {each.id: each for each in self.view.incidents}

    @cached_property
    def _standing(self) -> Mapping[str, list[str]]:
        held = defaultdict(list)
        for incident in self.view.incidents:
            for claim in dict.fromkeys(each.claim for each in incident.versions):
                held[claim].append(incident.id)
        return held

    def documents_by(self, is_theirs: Callable[[str], bool]) -> frozenset[str]:
        every = (*self.view.documents, *self.view.superseded)
        return frozenset(each.id for each in every if each.publisher and is_theirs(each.publisher))

    def claims_in(self, documents: Collection[str]) -> frozenset[str]:
        return frozenset(claim for each in documents for claim in self._claims.get(each, ()))

    def claims_of(self, incidents: Collection[str]) -> frozenset[str]:
        return frozenset(each.claim for one in incidents for each in self._incidents[one].versions)

    def standing(self, claims: Collection[str]) -> Iterator[tuple[str, str]]:
        yield from ((claim, one) for claim in claims for one in self._standing.get(claim, ()))

    def told_in(self, claims: Collection[str]) -> Mapping[str, frozenset[str]]:
        documents = {self._tellings[each].document for each in claims if each in self._tellings}
        return {each: self._claims[each] for each in documents}

    def naming(self, names: Collection[str], known: Collection[str]) -> Iterator[Incident]:
        """All others: a view has no index to ask."""
        yield from (each for each in self.view.incidents if names and each.id not in known)

    def briefs(self, is_meant: Callable[[EventType], bool], after: datetime | None) -> Iterator[Brief]:
        for each in self.view.incidents:
            over = each.end or each.start
            if is_meant(each.event) and (after is None or over is None or over > after):
                yield self._brief(each)

    def _brief(self, incident: Incident) -> Brief:
        told = (self._tellings[each.claim] for each in incident.versions if each.claim in self._tellings)
        published = tuple(each.published_at for each in told)
        return Brief(id=incident.id, event=incident.event, start=incident.start, end=incident.end, published=published)
