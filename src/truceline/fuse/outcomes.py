"""How an act ended, as a telling words it: taken or repelled, delivered or turned back, freed or still held."""

from collections.abc import Iterator

from truceline.fuse.cards import Card
from truceline.fuse.disputed import disputed


def find_ends(card: Card) -> Iterator[tuple[str, str]]:
    """(kind of outcome, its end) for every outcome that the telling's sentence tells one end of."""
    quote = card.telling.quote
    for outcome in disputed().outcomes:
        told = [end for end, pattern in outcome.ends if pattern.search(quote)]
        # 'The attack was repelled and the hill retaken' tells a course of events.
        if len(told) == 1:
            yield outcome.name, told[0]
