"""Every document of every set that training or its scores look at."""

from collections.abc import Iterator
from pathlib import Path

from training.gold import (
    Marked,
    folded,
    read_ecb,
    read_factuality,
    read_geo,
    read_muc,
    read_polnear,
    read_re3d,
    read_timeml,
)


def all_marked(gold: Path) -> Iterator[Marked]:
    """Every document of every set, those held out for measurement included: `split` tells them apart."""
    for split in ("train", "dev"):
        yield from read_polnear(gold, split)
        yield from read_muc(gold, split)
        yield from read_ecb(gold, split)
        for name in ("uw", "meantime"):
            yield from read_factuality(gold, name, split)
    yield from read_re3d(gold)
    yield from read_geo(gold)
    held_out = {folded(each.text) for name in ("uw", "meantime") for each in read_factuality(gold, name, "dev")}
    yield from read_timeml(gold, frozenset(held_out))
