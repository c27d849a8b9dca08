"""A register laid out for reviewing: what is told of each incident, and what people decided of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from truceline.fuse.decided import Decided, arrange_decisions
from truceline.judge.explain import ASKED_WHERE, ASKED_WHO
from truceline.judge.facts import DoerFact
from truceline.judge.zones import Within
from truceline.model.assessment import Assessment
from truceline.model.decision import Decision
from truceline.model.document import Document
from truceline.model.incident import Incident, Stance
from truceline.model.place import Toponym
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.review.agree import settle_reviews
from truceline.review.apply import Standing, find_standing
from truceline.review.carried import carry_decisions
from truceline.review.policy import Learned, learn


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """`told` are the tellings of each incident that assert it, by claim id; `decisions` all that were ever taken.

    `standing` and `decided` hold those that are in effect, on claims and on acts.
    """

    view: View
    incidents: Mapping[str, Incident]
    told: Mapping[str, tuple[Telling, ...]]
    documents: Mapping[str, Document]
    assessments: Mapping[str, Assessment]
    decisions: tuple[Decision, ...]
    standing: Standing
    decided: Decided
    learned: Learned

    def written(self, telling: Telling, place: Toponym) -> str:
        """The words of the text that name a place; its name where the text is not at hand."""
        document = self.documents.get(telling.document)
        words = "" if document is None else document.text[place.span.start : place.span.end]
        return " ".join(words.split()) or place.name or ""

    def hangs_on(self, incident: str, question: str, answer: str) -> bool:
        """Whether the verdict on an incident met with this answer to one of its questions."""
        assessment = self.assessments.get(incident)
        steps = () if assessment is None else assessment.steps
        return any(each.question == question and each.answer == answer for each in steps)

    def hang_on_place(self, incidents: Iterable[str]) -> int:
        """How many verdicts could not tell whether the agreement applies where it happened."""
        return sum(self.hangs_on(each, ASKED_WHERE, Within.UNCLEAR.value) for each in incidents)

    def hang_on_doer(self, incidents: Iterable[str]) -> int:
        """How many verdicts found nobody named as having done it."""
        return sum(self.hangs_on(each, ASKED_WHO, DoerFact.UNNAMED.value) for each in incidents)


def lay_holdings(view: View, decisions: Sequence[Decision]) -> Holdings:
    """The register with the decisions on the claims that go on in the latest versions of their texts."""
    by_claim = {each.claim: each for each in view.tellings}
    carried = carry_decisions(decisions, view.revisions)
    settled = settle_reviews(carried, view.mission.review)
    return Holdings(
        view=view,
        incidents={each.id: each for each in view.incidents},
        told={
            incident.id: tuple(
                by_claim[each.claim]
                for each in incident.versions
                if each.stance is not Stance.DENIES and each.claim in by_claim
            )
            for incident in view.incidents
        },
        documents={each.id: each for each in view.documents},
        assessments={each.incident: each for each in view.assessments},
        decisions=carried,
        standing=find_standing(settled),
        decided=arrange_decisions(settled),
        learned=learn(settled),
    )


def name_tellers(told: Iterable[Telling], most: int = 3) -> str:
    """'sana, sohr and 2 more': who tells it, each once."""
    names = list(dict.fromkeys(each.source or each.family for each in told))
    shown, more = names[:most], len(names) - most
    return f"{', '.join(shown)} and {more} more" if more > 0 else ", ".join(shown)


def lives(incident: Incident) -> int:
    """The lowest number of dead told."""
    return incident.killed.low or 0 if incident.killed is not None else 0


def counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
