"""The queue: everything worth a person's decision, by how much a decision would change.

What was decided is not asked again: an accepted proposal, a corrected one, what two people agree on. It comes back when
something new speaks against it, and the item says what:

duplicate  a telling came in since that would join both acts
grounding, place, actor   new claims with the same words; only these are asked about
verdict    a telling came in since, and the rules now find neither what was decided nor what was shown then

A proposal that only changed because the machine did opens nothing again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from truceline.model.decision import Decision
from truceline.model.ruling import Ruling
from truceline.model.view import View
from truceline.review.agree import QUESTION_OF, Review, Stage, find_reviews, write_subject
from truceline.review.duplicates import Scored, find_duplicates, find_loose, score_tellings
from truceline.review.groundings import find_groundings
from truceline.review.holdings import Holdings, lay_holdings
from truceline.review.items import Item
from truceline.review.names import find_new_actors
from truceline.review.verdicts import find_open_verdicts


def find_items(view: View, decisions: Sequence[Decision], *, scored: Scored | None = None) -> tuple[Item, ...]:
    """What waits, the weightiest first; `decisions` are all that the register keeps.

    The view is the register's own (`Register.view`), as the last run left it: a decision taken since is left out of
    the queue by its item's id, and takes effect with the next run. `scored` is what `score_view` gave for the same
    view: the costly part, which no decision changes.
    """
    holdings = lay_holdings(view, decisions)
    scored = scored or score_tellings(holdings)
    found = (
        *find_duplicates(holdings, scored),
        *find_loose(holdings, scored),
        *find_groundings(holdings),
        *find_open_verdicts(holdings),
        *find_new_actors(holdings),
    )
    return tuple(sorted(open_items(found, holdings), key=rank))


def score_view(view: View) -> Scored:
    """The likeness of a register's tellings, for asking about one view again and again."""
    return score_tellings(lay_holdings(view, ()))


def rank(item: Item) -> tuple[float, str]:
    return -item.weight, item.id


def open_items(items: Iterable[Item], holdings: Holdings) -> Iterator[Item]:
    """Those that are not settled, each with the claims that are not, and how far its double review has come."""
    reviews = find_reviews(holdings.decisions, holdings.view.mission.review)
    for item in items:
        if item.kind in QUESTION_OF:
            left = open_claims(item, reviews)
            if left is not None:
                yield left
            continue
        review = reviews.get(item.id)
        if review is None or item.reopened or review.stage is not Stage.SETTLED:
            yield item if review is None else mark_stage(item, [review])


def open_claims(item: Item, reviews: Mapping[str, Review]) -> Item | None:
    """The item with the claims that are not settled; None where all are."""
    question = QUESTION_OF[item.kind]
    words = item.words if question is Ruling.ACTOR else ()
    by_claim = {each: reviews.get(write_subject(question, each, words)) for each in item.claims}
    left = {claim: review for claim, review in by_claim.items() if review is None or review.stage is not Stage.SETTLED}
    if not left:
        return None
    return mark_stage(replace(item, claims=tuple(left)), list(left.values()))


def mark_stage(item: Item, reviews: Sequence[Review | None]) -> Item:
    """The item with its stage and with who answered already, all of it."""
    running = [each for each in reviews if each is not None and not each.ended]
    if len(running) < len(reviews):
        return item
    everybody = [set(each.answers) for each in running]
    stage = min((each.stage for each in running), key=list(Stage).index)
    return replace(item, stage=stage, reviewers=tuple(sorted(set.intersection(*everybody))))


def for_reviewer(items: Iterable[Item], person: str) -> tuple[Item, ...]:
    """The items that a person has not answered yet: nobody is asked twice."""
    return tuple(each for each in items if person not in each.reviewers)
