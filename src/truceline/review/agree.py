"""Double review: two people answer the same question, neither knowing the other's answer, and how far they agree.

J. Cohen, A coefficient of agreement for nominal scales, 1960: kappa is the agreement beyond what the two would reach by
chance, as a share of what is left beyond it. Its interval puts Wilson's for the observed agreement (1927) through the
same formula, chance agreement held as found, as Cohen's own standard error does; unlike that one it stays an interval
where nobody ever disagreed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


class Stage(StrEnum):
    """How far a question under double review has come."""

    FIRST = "nobody answered yet"
    SECOND = "waits for a second person"
    THIRD = "two people disagree: a third decides"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One question, the latest answer of each person in the order they first answered, and the one that stands."""

    subject: str
    kind: ItemKind | None
    decisions: tuple[Decision, ...]
    stands: Decision | None

    @property
    def stage(self) -> Stage:
        if self.stands is not None and self.stands.ruling is not Ruling.REOPEN:
            return Stage.SETTLED
        return (Stage.FIRST, Stage.SECOND, Stage.THIRD)[min(len(self.decisions), 2)]


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


def subject_of(decision: Decision) -> str:
    """What is decided on: the item of the queue, else the question with its claims."""
    if decision.item:
        return decision.item
    words = ",".join(sorted(map(fold_words, decision.words)))
    if decision.question is Ruling.SAME:
        sides = sorted((*decision.claims, *decision.others))
        return f"{decision.question} {' '.join(sides)}"
    return f"{decision.question} {' '.join(sorted(decision.claims))} {words}".rstrip()


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


def find_reviews(decisions: Iterable[Decision], policy: ReviewPolicy) -> tuple[Review, ...]:
    """Every question that people answered, in the order of their first answers."""
    by_subject: defaultdict[str, dict[str, Decision]] = defaultdict(dict)
    for decision in sorted(decisions, key=lambda each: (each.at, each.id)):
        answers = by_subject[subject_of(decision)]
        if decision.ruling is Ruling.REOPEN:
            answers.clear()
        answers[decision.by] = decision  # a person who answers again keeps their place in the order
    return tuple(open_review(subject, tuple(answers.values()), policy) for subject, answers in by_subject.items())


def open_review(subject: str, decisions: tuple[Decision, ...], policy: ReviewPolicy) -> Review:
    """A question that was reopened begins anew; until it is settled again the reopening is what stands."""
    kind = kind_of(decisions[0])
    reopened = next((each for each in decisions if each.ruling is Ruling.REOPEN), None)
    given = tuple(each for each in decisions if each.ruling is not Ruling.REOPEN)
    stands = settle(given, double=kind in policy.double) if given else None
    return Review(subject=subject, kind=kind, decisions=given, stands=stands or reopened)


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
    """The decisions that take effect: all but those under double review that wait for somebody else."""
    if not policy.double:
        return tuple(decisions)
    under = [each for each in decisions if kind_of(each) in policy.double]
    stand = {each.stands.id for each in find_reviews(under, policy) if each.stands is not None}
    return tuple(each for each in decisions if kind_of(each) not in policy.double or each.id in stand)


def stage_of(subject: str, decisions: Iterable[Decision], policy: ReviewPolicy) -> Stage:
    """How far an item of the queue has come."""
    found = find_reviews((each for each in decisions if subject_of(each) == subject), policy)
    return found[0].stage if found else Stage.FIRST


# ---- agreement


def find_agreements(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """The agreement of the first two people on whatever at least two answered, by kind and over all."""
    pairs: defaultdict[ItemKind | None, list[tuple[str, str]]] = defaultdict(list)
    for review in find_reviews(decisions, ReviewPolicy()):
        if len(review.decisions) > 1:
            first, second = map(answer_of, review.decisions[:2])
            pairs[None].append((first, second))
            if review.kind is not None:
                pairs[review.kind].append((first, second))
    kinds = [each for each in ItemKind if each in pairs]
    return tuple(measure_agreement(pairs[kind], kind) for kind in (*kinds, None) if pairs[kind])


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
