"""The reasoning in plain words: steps a mediator can read aloud, and what would change the verdict."""

from collections.abc import Sequence
from itertools import groupby

from truceline.judge.evidence import Basis, Witness
from truceline.judge.facts import ActFact, EvidenceFact, ExceptionFact, TargetFact
from truceline.judge.parties import Stand, Standing
from truceline.judge.rules import Sides
from truceline.judge.scope import Scope
from truceline.judge.weapons import Told
from truceline.judge.weigh import Weighed, find_changes
from truceline.judge.wording import counted, listed, sentence
from truceline.judge.zones import Within
from truceline.model.agreement import Agreement, LocalTruce
from truceline.model.assessment import Step, Verdict
from truceline.model.incident import Incident
from truceline.vocab.verdicts import Change, VerdictTable

CHANGES_SHOWN = 3
ASKED_WHERE = "Does the agreement apply there?"
ASKED_WHO = "Who is said to have done it, and does the agreement bind them?"

VERDICT_WORDS = {
    Verdict.VIOLATION: "a violation",
    Verdict.PREPARATORY: "a prohibited preparatory act",
    Verdict.CONTESTED: "contested",
    Verdict.ALLEGED: "alleged and not assessed",
    Verdict.INSUFFICIENT: "undecided for lack of information",
    Verdict.NOT_A_VIOLATION: "not a violation",
    Verdict.DUPLICATE: "set aside as circular",
}

EVIDENCE_WORDS = {
    EvidenceFact.SUPPORTED: "far enough to support a verdict",
    EvidenceFact.ONE_SIDE: "only one side tells it",
    EvidenceFact.THIN: "not far enough: no second independent origin",
    EvidenceFact.DENIED: "told and denied",
    EvidenceFact.DISPUTED: "told, but of different actors",
    EvidenceFact.UNTOLD: "nobody asserts it",
    EvidenceFact.CIRCULAR: "no origin of its own",
}


def explain_steps(
    incident: Incident, weighed: Weighed, sides: Sides, basis: Basis, witness: Witness
) -> tuple[Step, ...]:
    """All steps in the order of the questions, each with its answer and what the answer rests on."""
    scope = weighed.scope
    return (
        step_told(incident, basis),
        step_term(weighed),
        *steps_weapon(weighed, witness),
        Step(
            question=f"Was {word_force(weighed)} when it happened?",
            answer=scope.time.within,
            because=scope.time.because,
        ),
        Step(question=ASKED_WHERE, answer=scope.area.within, because=scope.area.because),
        *steps_truces(scope),
        step_doers(incident, sides.doers, weighed),
        step_targets(incident, sides.targets, weighed),
        *steps_exception(weighed),
        step_evidence(incident, basis, weighed),
        Step(
            question="What follows?",
            answer=weighed.row.verdict,
            because=sentence(weighed.row.because),
        ),
    )


def word_force(weighed: Weighed) -> str:
    overdue = weighed.touch is not None and weighed.touch.obligation.due and weighed.facts.act is ActFact.FAILED
    return "the duty overdue" if overdue else "the agreement in force"


def steps_weapon(weighed: Weighed, witness: Witness) -> list[Step]:
    """What is told of the weapon, where the term speaks of some weapons only."""
    touch = weighed.touch
    if touch is None or touch.armed is None:
        return []
    kinds = [each.name for each in witness.registry.agreement.weapons if each.id in touch.obligation.weapons]
    told = f"The weapon is told as {listed([f'“{words}”' for words in touch.armed.words])}."
    because = "No telling names a weapon." if touch.armed.told is Told.NOT else told
    answers = {Told.SUCH: "yes", Told.OTHER: "no"}
    answer = answers.get(touch.armed.told, "cannot be determined")
    return [
        Step(
            question=f"Was it a weapon of which the term speaks ({' or '.join(kinds)})?", answer=answer, because=because
        )
    ]


def step_told(incident: Incident, basis: Basis) -> Step:
    told = [counted(len(basis.asserting), "telling asserts", "tellings assert")]
    told.append(counted(len(basis.denying), "denies", "deny") if basis.denying else "none denies")
    because = f"{' and '.join(told)} it."
    if basis.aside:
        aside = counted(len(basis.aside), "telling denies", "tellings deny")
        because += f" {aside} it for somebody else: a denial by one not accused is only another claim."
    return Step(question="What is told?", answer=incident.title, because=because)


def step_term(weighed: Weighed) -> Step:
    question = "Does a term of the agreement speak of such an act?"
    touch = weighed.touch
    if touch is None:
        return Step(question=question, answer="no", because="No act named by the terms is of this kind.")
    words = {
        ActFact.PROHIBITED: "yes, it prohibits it",
        ActFact.PREPARATORY: "yes, it prohibits it as a preparation",
        ActFact.FAILED: "yes, it asks for the contrary",
        ActFact.FULFILLED: "yes, it asks for it",
        ActFact.UNCLEAR: "cannot be determined: the act is told too vaguely",
        ActFact.UNTOUCHED: "no",
    }
    return Step(
        question=question,
        answer=words[touch.act],
        because=f"{touch.obligation.title} ({touch.obligation.clause}).",
    )


def steps_truces(scope: Scope) -> list[Step]:
    """One step for every local truce that covers the incident or may do so."""
    words = {Within.INSIDE: "yes", Within.UNCLEAR: "cannot be determined"}
    return [
        Step(
            question=f"Was the local truce '{cover.truce.name}' in force then and there?",
            answer=words[cover.within],
            because=f"{cover.because} {word_own_term(cover.truce)} {sentence(cover.truce.source)}",
        )
        for cover in scope.truces
    ]


def word_own_term(truce: LocalTruce) -> str:
    if truce.acts:
        return "What it prohibits is weighed as a term of its own."
    return "It names no act of its own, so that the verdict rests on the agreement alone."


def step_doers(incident: Incident, doers: Sequence[Standing], weighed: Weighed) -> Step:
    question = ASKED_WHO
    answer = weighed.facts.doer.value if weighed.touch is not None else "does not matter here"
    return Step(question=question, answer=answer, because=word_standings(doers, incident.agent_words))


def step_targets(incident: Incident, targets: Sequence[Standing], weighed: Weighed) -> Step:
    question = "Against whom, and does the agreement protect them?"
    answer = weighed.facts.target.value if weighed.touch is not None else "does not matter here"
    return Step(question=question, answer=answer, because=word_standings(targets, incident.recipient_words))


def word_standing(standing: Standing) -> str:
    if standing.stand is Stand.NOBODY:
        return f"{standing.name}: {standing.because}"
    return f"{standing.name}: {standing.stand.value}, {standing.because}"


def word_standings(standings: Sequence[Standing], words: Sequence[str]) -> str:
    """'Ahrar al-Sham: unknown, …' for each, or that the words told identify nobody."""
    if standings:
        return sentence("; ".join(word_standing(each) for each in standings))
    if words:
        return f"They are called {listed([f'“{word}”' for word in words])}, which identifies no known actor."
    return "No telling says."


def steps_exception(weighed: Weighed) -> list[Step]:
    """The exceptions of the term, as questions: never decided in silence."""
    if weighed.touch is None or not weighed.touch.obligation.exceptions:
        return []
    claim = weighed.exception
    if claim is None:
        allowed = listed(weighed.touch.obligation.exceptions)
        return [
            Step(
                question=f"Could an exception apply ({allowed})?",
                answer="nobody claims it",
                because="No telling in the register claims one; a claim would reopen the question.",
            )
        ]
    said = f"Claim {claim.claim} says “{claim.words}”."
    if claim.fact is ExceptionFact.SHOWN:
        needs = listed([need.what for need in claim.exemption.needs])
        return [
            Step(question=claim.exemption.question, answer="yes", because=f"{said} Independent origins show {needs}.")
        ]
    because = f"{said} Independent origins do not show {listed(claim.unshown)}."
    return [Step(question=claim.exemption.question, answer="cannot be determined", because=because)]


def step_evidence(incident: Incident, basis: Basis, weighed: Weighed) -> Step:
    parts = []
    for label, chosen in (
        ("Origins that take no side", [each for each in basis.backing if not each.partisan]),
        ("Origins on a side", [each for each in basis.backing if each.partisan]),
        ("Of the side of those who acted", [each for each in basis.backing if each.own]),
    ):
        if chosen:
            parts.append(f"{label}: {listed([each.origin.name for each in chosen])}")
    if not parts:
        parts.append("No independent origin asserts it")
    grade = incident.grade
    parts.append(f"Grade {grade.reliability}{grade.credibility}: {grade.reason}")
    return Step(
        question="How far do the tellings carry?",
        answer=EVIDENCE_WORDS[weighed.facts.evidence],
        because=" ".join(sentence(part) for part in parts),
    )


def is_possible(change: Change, weighed: Weighed, agreement: Agreement) -> bool:
    """Can this be learnt under this agreement? None excludes nobody; a term that names no exception has none."""
    match change.fact, change.to:
        case "target", TargetFact.EXCLUDED.value:
            return bool(agreement.excluded)
        case "exception", (ExceptionFact.CLAIMED.value | ExceptionFact.SHOWN.value):
            return weighed.touch is not None and bool(weighed.touch.obligation.exceptions)
        case _:
            return True


def explain_change(weighed: Weighed, table: VerdictTable, agreement: Agreement) -> str:
    """What would have to be learnt for the verdict to be another, read off the table itself."""
    found = [each for each in find_changes(weighed.facts, table) if is_possible(each[0], weighed, agreement)]
    changes = sorted(found, key=lambda each: table.order.index(each[1]))[:CHANGES_SHOWN]
    if not changes:
        return "Only a different account of the act itself would change this."
    sentences = []
    for verdict, group in groupby(changes, key=lambda each: each[1]):
        conditions = ", or if ".join(change.words for change, _ in group)
        sentences.append(f"It would be {VERDICT_WORDS[verdict]} if {conditions}.")
    return " ".join(sentences)
