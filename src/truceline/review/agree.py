"""Double review: two people answer the same question, neither knowing the other's answer, and how far they agree.

J. Cohen, A coefficient of agreement for nominal scales, 1960: kappa is the agreement beyond what the two would reach by
chance, as a share of what is left beyond it. Its interval puts Wilson's for the observed agreement (1927) through the
same formula, chance agreement held as found, as Cohen's own standard error does; unlike that one it stays an interval
where nobody ever disagreed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import sqrt

from truceline.model.decision import Decision
from truceline.model.review import ItemKind, ReviewPolicy
from truceline.model.ruling import Ruling
from truceline.review.words import NOBODY, UNKNOWN, fold_words, write_event, write_time

LEAST_ITEMS = 10  # fewer say nothing of how far two people agree
NORMAL_95 = 1.959964

# What a decision that names no item of the queue is about.
KIND_OF = {
    Ruling.SAME: ItemKind.DUPLICATE,
    Ruling.PLACE: ItemKind.GROUNDING,
    Ruling.ACTOR: ItemKind.ACTOR,
    Ruling.VERDICT: ItemKind.VERDICT,
}


# What an item asks of each of its claims.
QUESTION_OF = {ItemKind.GROUNDING: Ruling.PLACE, ItemKind.PLACE: Ruling.PLACE, ItemKind.ACTOR: Ruling.ACTOR}


class Stage(StrEnum):
    """How far a question under double review has come."""

    FIRST = "nobody answered yet"
    SECOND = "waits for a second person"
    THIRD = "two people disagree: a third decides"
    SETTLED = "settled"


@dataclass(slots=True, kw_only=True)
class Review:
    """One question, answered in rounds: a round ends when its answers settle it, and a later answer begins another.

    `answers` are those of the last round by person, in the order they first answered. `stands` is what is in effect
    meanwhile: the answer of the last round that ended, a reopening, or None.
    """

    kind: ItemKind | None
    answers: dict[str, Decision] = field(default_factory=dict)
    stands: Decision | None = None
    ended: bool = True
    rounds: list[dict[str, Decision]] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        if not self.ended:
            return Stage.THIRD if len(self.answers) > 1 else Stage.SECOND
        settled = self.stands is not None and self.stands.ruling is not Ruling.REOPEN
        return Stage.SETTLED if settled else Stage.FIRST

    def take(self, decision: Decision, *, double: bool) -> None:
        """One more answer, the later after the earlier."""
        if self.ended or decision.ruling is Ruling.REOPEN:
            self.answers = {}
            self.rounds.append(self.answers)
        self.answers[decision.by] = decision  # a person who answers again keeps their place in the order
        stands = decision if decision.ruling is Ruling.REOPEN else settle(tuple(self.answers.values()), double=double)
        self.ended = stands is not None
        self.stands = stands or self.stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far the first two people agreed, over questions of one kind (None: of all kinds).

    `kappa`, `low` and `high` (95 %) are None where it cannot be determined; `words` say it in a sentence.
    """

    kind: ItemKind | None
    items: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None
    words: str


def kind_of(decision: Decision) -> ItemKind | None:
    """The kind of item that a decision answers, by the item's id, else by its question; None for other questions."""
    prefix = decision.item.partition("-")[0]
    if prefix in {each.value for each in ItemKind}:
        return ItemKind(prefix)
    return KIND_OF.get(decision.question)


def subjects_of(decision: Decision) -> tuple[str, ...]:
    """What is decided on: an act as a whole, by the item of the queue or its claims; all else claim by claim.

    Who rejects the claims of an item answers its question too.
    """
    question, kind = decision.question, kind_of(decision)
    if decision.item and kind not in QUESTION_OF:
        return (decision.item,)
    if question in {Ruling.SAME, Ruling.VERDICT}:
        claims = " ".join(sorted((*decision.claims, *decision.others)))
        return (f"{question} {claims}",)
    asked = QUESTION_OF.get(kind, question) if kind is not None else question
    words = decision.words if asked is Ruling.ACTOR else ()
    return tuple(write_subject(asked, claim, words) for claim in decision.claims)


def write_subject(question: Ruling, claim: str, words: Iterable[str] = ()) -> str:
    return " ".join((question.value, claim, *sorted(map(fold_words, words))))


def answer_of(decision: Decision) -> str:
    """What was answered, alike for everybody who answered alike: an accepted proposal is that proposal."""
    match decision.holds:
        case None:
            return decision.ruling.value
        case Ruling.PLACE:
            return UNKNOWN if decision.place is None else decision.place.id or UNKNOWN
        case Ruling.ACTOR:
            return decision.actor or NOBODY
        case Ruling.TIME:
            return write_time(decision.start, decision.end) or UNKNOWN
        case Ruling.KIND:
            return write_event(decision.event)
        case Ruling.VERDICT:
            return "" if decision.verdict is None else decision.verdict.value
        case held:
            return held.value


def find_reviews(decisions: Iterable[Decision], policy: ReviewPolicy) -> dict[str, Review]:
    """Every question that people answered, by its subject, in the order of the first answers."""
    found: dict[str, Review] = {}
    for decision in sorted(decisions, key=lambda each: (each.at, each.id)):
        kind = kind_of(decision)
        for subject in subjects_of(decision):
            found.setdefault(subject, Review(kind=kind)).take(decision, double=kind in policy.double)
    return found


def settle(decisions: Sequence[Decision], *, double: bool) -> Decision | None:
    """The answer that stands: the latest; under double review the second of two equal ones, else the third's."""
    if not double:
        return max(decisions, key=lambda each: (each.at, each.id))
    if len(decisions) > 2:
        return decisions[2]
    if len(decisions) == 2 and answer_of(decisions[0]) == answer_of(decisions[1]):
        return max(decisions, key=lambda each: (each.at, each.id))
    return None


def settle_reviews(decisions: Sequence[Decision], policy: ReviewPolicy) -> tuple[Decision, ...]:
    """The decisions that take effect: all but those under double review that wait for somebody else.

    One that is settled on some of its claims only is left with these.
    """
    if not policy.double:
        return tuple(decisions)
    under = [each for each in decisions if kind_of(each) in policy.double]
    stand = {
        (subject, review.stands.id)
        for subject, review in find_reviews(under, policy).items()
        if review.stands is not None
    }
    settled = (each if kind_of(each) not in policy.double else settled_part(each, stand) for each in decisions)
    return tuple(each for each in settled if each is not None)


def settled_part(decision: Decision, stand: Collection[tuple[str, str]]) -> Decision | None:
    subjects = subjects_of(decision)
    if len(subjects) == 1:
        return decision if (subjects[0], decision.id) in stand else None
    pairs = zip(decision.claims, subjects, strict=True)
    claims = tuple(claim for claim, subject in pairs if (subject, decision.id) in stand)
    return replace(decision, claims=claims) if claims else None


def stage_of(decision: Decision, decisions: Iterable[Decision], policy: ReviewPolicy) -> Stage:
    """How far the question has come that a decision answers, over all its claims: the earliest."""
    found = find_reviews(decisions, policy)
    stages = [found[each].stage if each in found else Stage.FIRST for each in subjects_of(decision)]
    return min(stages, key=list(Stage).index)


# ---- agreement


def find_agreements(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """The agreement of the first two people in every round that two answered, by kind and over all.

    What two people answered of several claims at once counts as one question.
    """
    pairs: defaultdict[ItemKind | None, set[tuple[str, str, str]]] = defaultdict(set)
    for review in find_reviews(decisions, ReviewPolicy(double=tuple(ItemKind))).values():
        for answers in review.rounds:
            first, *others = answers.values()
            if others:
                named = first.id, answer_of(first), answer_of(others[0])
                pairs[None].add(named)
                pairs[review.kind].add(named)
    kinds = [each for each in ItemKind if each in pairs]
    return tuple(
        measure_agreement([each[1:] for each in sorted(pairs[kind])], kind) for kind in (*kinds, None) if pairs[kind]
    )


def measure_agreement(pairs: Sequence[tuple[str, str]], kind: ItemKind | None = None) -> Agreement:
    """Cohen's kappa over (first, second) answers, with its interval or why there is none."""
    items, agreed = len(pairs), sum(first == second for first, second in pairs)
    kappa, low, high = find_kappa(pairs) if items >= LEAST_ITEMS else (None, None, None)
    told = f"{agreed} of {items} answered alike"
    if items < LEAST_ITEMS:
        words = f"{told}; cannot determine: fewer than {LEAST_ITEMS} items"
    elif kappa is None:
        words = f"{told}; cannot determine: both gave one answer throughout, so chance alone agrees"
    else:
        words = f"{told}; kappa {kappa:.2f} [{low:.2f}, {high:.2f}]"
    return Agreement(kind=kind, items=items, agreed=agreed, kappa=kappa, low=low, high=high, words=words)


def find_kappa(pairs: Sequence[tuple[str, str]]) -> tuple[float | None, float | None, float | None]:
    """(kappa, low, high); all None where chance agreement is 1, for which kappa is not defined."""
    items = len(pairs)
    firsts, seconds = Counter(each[0] for each in pairs), Counter(each[1] for each in pairs)
    chance = sum(count * seconds[answer] for answer, count in firsts.items()) / items**2
    if chance >= 1:
        return None, None, None
    agreed = sum(first == second for first, second in pairs)
    low, high = wilson(agreed, items)
    return tuple((share - chance) / (1 - chance) for share in (agreed / items, low, high))  # type: ignore[return-value]


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % score interval of a share."""
    share, square = right / of, NORMAL_95**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = NORMAL_95 * sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)
