"""Key judgements, made by rule: what, how likely, and apart from it how sure we are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.model.assessment import Verdict
from truceline.model.incident import Incident
from truceline.model.series import RateRatio
from truceline.publish.cards import Row, rows_of
from truceline.publish.counting import chance_of_rise, likelihood_words
from truceline.publish.figures import ALL
from truceline.publish.looks import Section, kind_of
from truceline.publish.lookup import Lookup
from truceline.publish.words import count_words, list_words

BASIS_LIMIT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judgement; `likelihood` and `confidence` are sentences of their own, as ICD 203 asks.

    `rule` names the rule that made it, "" for one of an editor's; `figures` are what it rests on beside incidents.
    """

    statement: str
    likelihood: str
    confidence: str
    basis: tuple[Row, ...] = ()
    figures: tuple[str, ...] = ()
    rule: str = ""


def find_judgements(held: Sequence[Incident], lookup: Lookup, *, paged: frozenset[str]) -> tuple[Judgement, ...]:
    """The judgements the rules support, most consequential first; none where there is nothing to judge."""
    if not held:
        return ()
    judged = lookup.view.mission.agreement is not None
    rules = (judge_violations, judge_contested, judge_excluded) if judged else ()
    found = (rule(held, lookup, paged) for rule in rules)
    return tuple(each for each in (judge_level(lookup), *found) if each is not None)


def judge_level(lookup: Lookup) -> Judgement | None:
    """Whether reporting of incidents rose or fell against the period before."""
    ratio = (
        None
        if lookup.view.watch is None
        else next((each for each in lookup.view.watch.ratios if each.name == ALL), None)
    )
    if ratio is None:
        return None
    chance = chance_of_rise(ratio)
    if chance is None:
        return None
    rose = chance >= 0.5
    word, likely = ("rose", chance) if rose else ("fell", 1 - chance)
    now = f"{ratio.now_count} in {count_words(ratio.now_days, 'day')}"
    before = f"{ratio.before_count} in {count_words(ratio.before_days, 'day')}"
    return Judgement(
        statement=f"Reported incidents per observed day {word} against the period before: {now}, {before} before.",
        likelihood=f"That the rate of reported incidents {word} is assessed as: {likelihood_words(likely)}.",
        confidence=_level_confidence(ratio),
        figures=(now, f"{before} before"),
        rule="level",
    )


def _level_confidence(ratio: RateRatio) -> str:
    """How good the ground is: few days or other sources make it low, and it never gets high."""
    if min(ratio.now_days, ratio.before_days) < 4:
        return "Confidence is low: fewer than four days of one period were observed."
    if "changed" in ratio.note:
        return "Confidence is low: who reports, or how much, changed between the periods."
    return "Confidence is moderate: a change in how much is reported looks the same as a change in what happens."


def judge_violations(held: Sequence[Incident], lookup: Lookup, paged: frozenset[str]) -> Judgement | None:
    """Incidents held to be violations, and by whom."""
    found = _with_verdict(held, lookup, Verdict.VIOLATION, Verdict.PREPARATORY)
    if not found:
        return Judgement(
            statement="No incident of the period is held to be a violation on what the register has.",
            likelihood="This says nothing on whether violations happened.",
            confidence="No confidence level is given: absence of a finding is not a finding.",
            rule="violations",
        )
    assessments = [lookup.assessments[each.id] for each in found]
    actors = list_words(
        sorted({name for each in assessments for name in lookup.actor_names(each.by)}), none="nobody in particular"
    )
    terms = _distinct(each.likelihood for each in assessments)
    return Judgement(
        statement=f"{count_words(len(found), 'incident')} held to be a violation or a prohibited preparatory act, "
        f"attributed to {actors}.",
        likelihood=f"Likelihood stated for them: {list_words(terms)}."
        if terms
        else "No likelihood is stated for them.",
        confidence=f"Confidence stated for them: {list_words(_distinct(each.confidence for each in assessments))}.",
        basis=rows_of(found[:BASIS_LIMIT], lookup, paged=paged),
        rule="violations",
    )


def judge_contested(held: Sequence[Incident], lookup: Lookup, paged: frozenset[str]) -> Judgement | None:
    """Incidents told and denied."""
    found = _with_verdict(held, lookup, Verdict.CONTESTED)
    if not found:
        return None
    return Judgement(
        statement=f"{count_words(len(found), 'incident')} told and denied, or told of different doers; "
        "we hold both tellings and pick none.",
        likelihood="Who did it cannot be determined from the register.",
        confidence="Confidence in any attribution is low; the section on claims and denials shows the words.",
        basis=rows_of(found[:BASIS_LIMIT], lookup, paged=paged),
        rule="contested",
    )


def judge_excluded(held: Sequence[Incident], lookup: Lookup, paged: frozenset[str]) -> Judgement | None:
    """Fighting the agreement does not forbid."""
    acts = [each for each in held if kind_of(each.event).section is not Section.STATEMENTS]
    found = _with_verdict(acts, lookup, Verdict.NOT_A_VIOLATION)
    if not found:
        return None
    levels = _distinct(lookup.assessments[each.id].confidence for each in found)
    return Judgement(
        statement=f"{count_words(len(found), 'act')} told of and not a violation under the agreement: "
        "an excluded group, another place or time, or no forbidden act.",
        likelihood="No likelihood applies to a reading of the agreement's terms.",
        confidence=f"Confidence stated for them: {list_words(levels)}.",
        basis=rows_of(found[:BASIS_LIMIT], lookup, paged=paged),
        rule="excluded",
    )


def _with_verdict(held: Sequence[Incident], lookup: Lookup, *verdicts: Verdict) -> list[Incident]:
    found = [each for each in held if each.id in lookup.assessments and lookup.assessments[each.id].verdict in verdicts]
    return sorted(found, key=lambda each: (-len(each.origins), -len(each.versions), each.id))


def _distinct(terms: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(each for each in terms if each))
