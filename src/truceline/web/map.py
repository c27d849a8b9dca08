"""The map of a filtered view: the published picture, drawn from counts instead of incidents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from truceline.model.assessment import Verdict
from truceline.model.claim import EventType
from truceline.publish.drawing import Spot, still_map
from truceline.publish.looks import Kind, kind_of, shape_of
from truceline.publish.lookup import Lookup
from truceline.publish.map_page import can_be_drawn, home_of
from truceline.publish.words import place_words
from truceline.store.browse import Pile

WIDTH = 680  # pixels: beside the legend
SYMBOLS = 300  # more would cover each other and weigh more than the page


@lru_cache(maxsize=1_000)
def kind_named(event: EventType) -> Kind:
    return kind_of(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The picture; `undrawn` incidents have no place on it, `left_out` stand at places beyond the fullest ones."""

    picture: Markup
    undrawn: int
    left_out: int


def draw_piles(piles: Sequence[Pile], lookup: Lookup) -> Drawn:
    """The incidents of these piles by place, kind and verdict; places are rounded as they are published."""
    counts: Counter[Spot] = Counter()
    undrawn = 0
    for pile in piles:
        place = lookup.place(pile.place)
        if place is None or not can_be_drawn(place):
            undrawn += pile.count
            continue
        shape = shape_of(Verdict(pile.verdict) if pile.verdict else None)
        spot = Spot(place=place, kind=kind_named(pile.event), shape=shape, where=place_words(place), count=0)
        counts[spot] += pile.count
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].where, pair[0].kind.id, pair[0].shape.id))
    spots = [
        Spot(place=spot.place, kind=spot.kind, shape=spot.shape, where=spot.where, count=count) for spot, count in order
    ]
    return Drawn(
        picture=still_map(spots[:SYMBOLS], home_of(lookup), width=WIDTH),
        undrawn=undrawn,
        left_out=sum(each.count for each in spots[SYMBOLS:]),
    )
