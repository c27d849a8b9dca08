"""An assessment in a few sentences that a mediator can read aloud: no codes, and nothing that the steps do not say."""

from collections.abc import Iterator, Sequence

from truceline.judge.evidence import Basis
from truceline.judge.facts import EvidenceFact
from truceline.judge.parties import Registry
from truceline.judge.weigh import Weighed
from truceline.judge.wording import counted, listed, sentence
from truceline.model.assessment import Verdict
from truceline.model.incident import Incident

OPENINGS = {
    Verdict.VIOLATION: "We hold this to be a violation{by}",
    Verdict.PREPARATORY: "We hold this to be a prohibited preparatory act{by}",
    Verdict.CONTESTED: "Whether this is a violation{by} is contested",
    Verdict.ALLEGED: "A violation{by} is alleged, and we have not assessed it",
    Verdict.INSUFFICIENT: "We cannot say whether this is a violation",
    Verdict.NOT_A_VIOLATION: "This is not a violation of the agreement",
    Verdict.DUPLICATE: "We set this aside",
}


def say_aloud(
    incident: Incident,
    weighed: Weighed,
    basis: Basis,
    registry: Registry,
    *,
    by: Sequence[str],
    likelihood: str | None,
    confidence: str,
    would_change: str,
) -> str:
    """All of it as one paragraph. Likelihood and confidence have a sentence each, as ICD 203 asks."""
    sentences = [
        f"What is told: {sentence(incident.title)}",
        *say_who_tells(basis, weighed),
        say_term(weighed),
        say_verdict(weighed, [registry.name(each) for each in by]),
    ]
    if likelihood is not None:
        sentences.append(f"That it happened so is {likelihood}.")
        sentences.append(f"Our confidence in this is {confidence}.")
    return " ".join([*sentences, would_change])


def say_who_tells(basis: Basis, weighed: Weighed) -> Iterator[str]:
    names = [each.origin.name for each in basis.backing]
    if not names:
        yield "Nobody is known to tell it of his own knowledge."
    elif weighed.facts.evidence is EvidenceFact.ONE_SIDE:
        yield f"Only one side to the conflict tells it: {listed(names)}."
    else:
        yield f"{counted(len(names), 'independent origin tells', 'independent origins tell')} it: {listed(names)}."
    if basis.denying:
        yield f"{counted(len(basis.denying), 'telling denies', 'tellings deny')} it."


def say_term(weighed: Weighed) -> str:
    if weighed.touch is None:
        return "No term of the agreement speaks of such an act."
    term = weighed.touch.obligation
    return f"The agreement says: {sentence(term.title)} That is its {term.clause}."


def say_verdict(weighed: Weighed, by: Sequence[str]) -> str:
    named = f" by {listed(by)}" if by else ""
    return f"{OPENINGS[weighed.row.verdict].format(by=named)}, because {weighed.row.because.rstrip('.')}."
