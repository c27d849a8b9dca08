"""What of a register is released: the one place that decides it, for every page, file and answer.

What rests on something withheld is withheld as a whole: the values, the grade and the number of tellings of an incident
could give away what a confidential document says. The facts come from a view or from a database (`Facts`); the
decision is the same.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from truceline.errors import Problem
from truceline.kit.near import fold_loosely
from truceline.model.claim import EventType
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.release import Brief, Reason, ReleaseProfile, Withheld
from truceline.model.source import Source
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.publish.cutting import cut_view, is_gone, named_in, without_pointers, without_text

LEAST_NAME = 4  # letters: a shorter name stands in too many words to be looked for in a message


class Facts(Protocol):
    """What a register knows that the decision asks for; ids in, ids out."""

    def documents_by(self, is_theirs: Callable[[str], bool]) -> frozenset[str]:
        """Documents of which any version names such a publisher."""
        ...

    def claims_in(self, documents: Collection[str]) -> frozenset[str]: ...

    def claims_of(self, incidents: Collection[str]) -> frozenset[str]: ...

    def standing(self, claims: Collection[str]) -> Iterable[tuple[str, str]]:
        """Every incident that one of the claims stands in, as (claim, incident)."""
        ...

    def told_in(self, claims: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Every document that tells one of the claims, with all of its claims."""
        ...

    def naming(self, names: Collection[str], known: Collection[str]) -> Iterable[Incident]:
        """At least the incidents, but for the `known` ones, of which a field is one of the names."""
        ...

    def briefs(self, is_meant: Callable[[EventType], bool], after: datetime | None) -> Iterable[Brief]:
        """Incidents of such an event; with `after` at least those that were not over by then."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Acts that are withheld: those that `means` gives, while they were not over `delay` ago (None: for good)."""

    reason: Reason
    means: Callable[[EventType], bool]
    delay: timedelta | None

    def holds(self, event: EventType, moment: datetime | None, now: datetime) -> bool:
        """Whether what was over at `moment` (None: nobody knows) is withheld."""
        if not self.means(event):
            return False
        return self.delay is None or moment is None or moment > now - self.delay


@dataclass(frozen=True, kw_only=True)
class Releasing:
    """One profile applied to one mission at one moment."""

    mission: Mission
    profile: ReleaseProfile
    now: datetime

    @cached_property
    def confidential(self) -> tuple[Source, ...]:
        """The sources of which nothing is shown."""
        return () if self.profile.confidential else tuple(each for each in self.mission.sources if each.confidential)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name by which one of them could be called."""
        return frozenset(name for each in self.confidential for name in (each.id, each.name, *each.aliases))

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The rules on acts, the lasting ones first."""
        acts = sorted(self.profile.acts, key=lambda each: each.delay_hours is not None)
        found = [
            Bar(
                reason=Reason.ACT if each.delay_hours is None else Reason.DELAY,
                means=each.means,
                delay=None if each.delay_hours is None else timedelta(hours=each.delay_hours),
            )
            for each in acts
        ]
        if self.profile.delay_hours > 0:
            hours = timedelta(hours=self.profile.delay_hours)
            found.append(Bar(reason=Reason.DELAY, means=lambda _event: True, delay=hours))
        return tuple(found)

    @cached_property
    def shown_mission(self) -> Mission:
        """The mission as readers may know it: without the confidential sources and what was said of them."""
        if not self.confidential:
            return self.mission
        hidden = {each.id for each in self.confidential}
        return replace(
            self.mission,
            sources=tuple(each for each in self.mission.sources if each.id not in hidden),
            problems=tuple(each for each in self.mission.problems if not self.is_named_in(each)),
        )

    def is_theirs(self, publisher: str) -> bool:
        """Whether a publisher's name is that of a confidential source, or of a branch of one."""
        folded = fold_loosely(publisher)
        return any(folded == name or folded.startswith(f"{name} ") for name in self._folded)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(fold_loosely(each) for each in self.names)

    def is_named_in(self, problem: Problem) -> bool:
        told = f"{problem.where} {problem.message}".casefold()
        return any(name.casefold() in told for name in self.names if len(name) >= LEAST_NAME)

    # ---- the decision

    def find_withheld(self, facts: Facts) -> Withheld:
        """What is not shown of a register, and why."""
        theirs = facts.documents_by(self.is_theirs) if self.confidential else frozenset()
        own = facts.claims_in(theirs) if theirs else frozenset()
        incidents = {incident: Reason.SOURCE for _claim, incident in facts.standing(own)} if own else {}
        incidents |= {each.id: Reason.SOURCE for each in self._find_naming(facts, incidents)}
        waits = []
        for bar in self.bars:
            for brief in facts.briefs(bar.means, None if bar.delay is None else self.now - bar.delay):
                if bar.holds(brief.event, brief.moment, self.now):
                    incidents.setdefault(brief.id, bar.reason)
                    if bar.delay is not None and brief.moment is not None:
                        waits.append(brief.moment + bar.delay)
        claims = own | self._find_claims(facts, incidents)
        told = facts.told_in(claims) if claims else {}
        alone = frozenset(document for document, every in told.items() if every <= claims)
        return Withheld(
            incidents=incidents,
            claims=claims,
            documents=theirs | alone,
            quoted=frozenset(told) - theirs - alone,
            next_at=min(waits, default=None),
        )

    def _find_naming(self, facts: Facts, known: Collection[str]) -> Iterator[Incident]:
        """Incidents that lead back to a confidential source though none of its documents stands in them."""
        if self.names:
            yield from (each for each in facts.naming(self.names, known) if self.names & set(named_in(each)))

    def _find_claims(self, facts: Facts, incidents: Mapping[str, Reason]) -> frozenset[str]:
        """The claims of withheld incidents, but for those that a released one rests on too."""
        if not incidents:
            return frozenset()
        claims = facts.claims_of(incidents)
        released = {claim for claim, incident in facts.standing(claims) if incident not in incidents}
        return claims - released

    def is_barred(self, telling: Telling) -> bool:
        """Whether a claim that stands in no incident tells of an act that is withheld."""
        moment = telling.published_at if telling.happened is None else telling.happened.end
        return any(each.holds(telling.event, moment, self.now) for each in self.bars)

    # ---- what is left

    def telling(
        self, telling: Telling, incidents: Collection[str], withheld: Withheld
    ) -> tuple[Telling, tuple[str, ...]] | None:
        """A claim and the incidents it stands in as they are shown; None where it is withheld."""
        shown = tuple(each for each in incidents if each not in withheld.incidents)
        if not shown and (is_gone(telling, withheld) or self.is_barred(telling)):
            return None
        return without_pointers(telling, withheld), shown

    def cut(self, view: View, withheld: Withheld) -> View:
        """A view, or a part of one, without what is withheld; the watch goes where anything does.

        Whole texts stay, but for those with a claim that is withheld (`without_texts`).
        """
        released = cut_view(view, withheld, is_barred=self.is_barred, mission=self.shown_mission)
        problems = tuple(each for each in released.problems if self._may_tell(each, released))
        return replace(released, problems=problems, release=self.profile)

    def without_texts(self, view: View) -> View:
        """The view with passages only, where the profile shows no whole texts. Last: trends are read in them."""
        if self.profile.texts:
            return view
        return replace(
            view,
            documents=tuple(map(without_text, view.documents)),
            superseded=tuple(map(without_text, view.superseded)),
        )

    def _may_tell(self, problem: Problem, view: View) -> bool:
        """Where there are confidential sources, only what is about the mission or about a document that is shown."""
        if not self.confidential:
            return True
        shown = {name for each in view.documents for name in (each.id, each.uri)}
        about = problem.code.startswith("mission.") or problem.where in shown
        return about and not self.is_named_in(problem)
