"""The queue: everything worth a person's decision, by how much a decision would change.

What was decided is not asked again: an accepted proposal, a corrected one, what two people agree on. It comes back when
something new speaks against it, and the item says what:

duplicate  a telling came in since that would join both acts
grounding, place, actor   new claims with the same words; only these are asked about
verdict    a telling came in since, and the rules now find neither what was decided nor what was shown then

A proposal that only changed because the machine did opens nothing again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from truceline.model.decision import Decision
from truceline.model.review import ItemKind
from truceline.model.view import View
from truceline.review.agree import Review, Stage, find_reviews
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


def open_items(items: Iterable[Item], holdings: Holdings) -> Iterable[Item]:
    """Those that are not settled, each with how far its double review has come."""
    policy = holdings.view.mission.review
    reviews = {each.subject: each for each in find_reviews(holdings.decisions, policy)}
    for item in items:
        review = reviews.get(item.id)
        if review is None or not review.decisions:
            yield item
        elif review.stage is not Stage.SETTLED:
            yield replace(item, stage=review.stage, reviewers=tuple(each.by for each in review.decisions))
        elif item.reopened or holds_new_claims(item, review):
            yield item


def holds_new_claims(item: Item, review: Review) -> bool:
    """A name or a place in claims that nobody was asked about; any other question was answered as a whole."""
    if item.kind not in {ItemKind.PLACE, ItemKind.ACTOR, ItemKind.GROUNDING}:
        return False
    return not set(item.claims) <= {claim for each in review.decisions for claim in each.claims}


def for_reviewer(items: Iterable[Item], person: str) -> tuple[Item, ...]:
    """The items that a person has not answered yet: nobody is asked twice."""
    return tuple(each for each in items if person not in each.reviewers)
