"""Verdicts that the rules leave open, and what would settle them."""

from collections.abc import Iterator

from truceline.model.assessment import Assessment, Verdict
from truceline.model.decision import Decision
from truceline.model.review import ItemKind
from truceline.model.ruling import Proposal, Ruling
from truceline.review.apply import find_verdicts
from truceline.review.duplicates import describe
from truceline.review.holdings import Holdings, lives
from truceline.review.items import REJECTED, Item, Option, name_item
from truceline.review.policy import Stakes, policy, weigh

EASE = {Verdict.CONTESTED: "contested", Verdict.INSUFFICIENT: "insufficient"}


def find_open_verdicts(holdings: Holdings) -> Iterator[Item]:
    """Assessments with a verdict that queue.toml lists, and decided ones that new tellings speak against."""
    asked = {Verdict(each) for each in policy()["verdict"]["kinds"]}
    decided = find_verdicts(holdings.incidents.values(), settled_verdicts(holdings))
    for assessment in holdings.assessments.values():
        if assessment.incident not in holdings.incidents:
            continue
        decision = decided.get(assessment.incident)
        if decision is None:
            if assessment.verdict in asked:
                yield ask_verdict(holdings, assessment, assessment.verdict)
        elif reopened := find_new_evidence(holdings, assessment, decision):
            yield ask_verdict(holdings, assessment, machine_verdict(assessment), reopened=reopened)


def settled_verdicts(holdings: Holdings) -> list[Decision]:
    """The decisions in effect that are about a verdict."""
    held = {each.id: each for each in holdings.standing.by_point.values() if each.question is Ruling.VERDICT}
    return list(held.values())


def machine_verdict(assessment: Assessment) -> Verdict:
    return assessment.verdict if assessment.ruled is None else Verdict(assessment.ruled.machine)


def find_new_evidence(holdings: Holdings, assessment: Assessment, decision: Decision) -> str:
    """What speaks against a decided verdict: tellings not seen then, by which the rules now find otherwise.

    "" where nothing does: a verdict of the rules that changed with the rules alone reopens nothing.
    """
    incident, machine = holdings.incidents[assessment.incident], machine_verdict(assessment)
    new = [each.claim for each in incident.versions if each.claim not in set(decision.claims)]
    shown = "" if decision.proposed is None else decision.proposed.value
    if not new or decision.verdict is None or machine.value in {decision.verdict.value, shown}:
        return ""
    told = ", ".join(new[: policy()["limits"]["shown"]["most"]])
    return (
        f"decided as {decision.verdict.value} on {decision.at:%Y-%m-%d}; since then {told} came in, "
        f"and the rules now find: {machine.value}"
    )


def ask_verdict(holdings: Holdings, assessment: Assessment, machine: Verdict, *, reopened: str = "") -> Item:
    incident = holdings.incidents[assessment.incident]
    table = policy()["verdict"][EASE.get(machine, "contested")]
    chance = holdings.learned.chance(ItemKind.VERDICT, table["chance"])
    stakes = Stakes(verdicts=1, deaths=lives(incident))
    weight = weigh(stakes, chance, f"{table['reason'].rstrip('.')}{holdings.learned.word(ItemKind.VERDICT)}")
    others = [each for each in Verdict if each is not machine]
    return Item(
        id=name_item(ItemKind.VERDICT, incident.id),
        kind=ItemKind.VERDICT,
        question=f"What is {describe(holdings, incident)} under the agreement?",
        proposal=Proposal(
            value=machine.value,
            words=f"{machine.value}; {assessment.would_change}",
            reasons=tuple(f"{each.question} {each.answer}. {each.because}" for each in assessment.steps),
            runners_up=tuple(f"{each.value}: {each.value}" for each in others),
        ),
        options=(
            Option(
                key="a", words=f"accept: {machine.value}", ruling=Ruling.CONFIRM, about=Ruling.VERDICT, verdict=machine
            ),
            *(
                Option(key=str(number), words=each.value, ruling=Ruling.VERDICT, verdict=each)
                for number, each in enumerate(others, start=1)
            ),
            REJECTED,
        ),
        incidents=(incident.id,),
        claims=tuple(each.claim for each in holdings.told[incident.id]),
        chance=round(chance, 3),
        weight=weight.amount,
        weight_reason=weight.reason,
        reopened=reopened,
    )
