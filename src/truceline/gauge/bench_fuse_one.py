"""One way of fusing on so many simulated claims, in a process of its own: prints what it took and how well it did.

python -m truceline.gauge.bench_fuse_one truceline 10000
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from math import floor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from truceline.flow.halves import in_halves
from truceline.fuse.cards import HOUR, Card, lay_out
from truceline.fuse.compare import Frame
from truceline.fuse.incidents import sift
from truceline.fuse.refresh import Refreshed, refresh, shelve
from truceline.fuse.registry import arrange
from truceline.gauge.bench import peak_mb
from truceline.gauge.clusters import fit_groups
from truceline.gauge.simulate_claims import Simulated, simulate
from truceline.gauge.simulate_world import World, make_world
from truceline.model.claim import Mood
from truceline.model.incident import Stance
from truceline.model.telling import Telling
from truceline.store.register import Changes, Derived, Found
from truceline.store.sqlite import open_register

SEED, OTHER_SEED = 1, 2
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WINDOW_HOURS, WINDOW_KM = 36.0, 15.0
DOCUMENT = 10  # claims of the document added at the end
LEARNT_ON = 10_000  # labelled claims
CHANCE, LABELLED_CHANCE = 0.9, 0.99  # where pairs' F1 was highest on ten thousand claims of another seed


@dataclass(slots=True)
class Clock:
    """Seconds by part: on the wall, and of the processor."""

    wall: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        wall, processor = perf_counter(), process_time()
        yield
        self.wall[name], self.processor[name] = perf_counter() - wall, process_time() - processor


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What every way is given: claims, the next document's, and the world they are of."""

    tellings: Sequence[Telling]
    new: Sequence[Telling]
    world: World

    @property
    def frame(self) -> Frame:
        return Frame(
            window_hours=WINDOW_HOURS, window_km=WINDOW_KM, registry=arrange(self.world.sources, self.world.actors)
        )


Way = Callable[[Given, Clock], Mapping[str, str]]


def by_truceline(given: Given, clock: Clock) -> Mapping[str, str]:
    """What the product does: all at once, kept in a register on disk, then one document more."""
    with clock.part("all"):
        fused = shelve(given.tellings, given.frame, spread=in_halves)
    found = {version.claim: incident.id for incident in fused.fusion.incidents for version in incident.versions}
    with TemporaryDirectory() as folder, open_register(Path(folder), now=NOW, writing=True) as register:
        with clock.part("keeping"), register.writing() as writer:
            writer.replace_derived(derived_of(given.tellings, fused))
        del fused
        with clock.part("adding"):
            changed = frozenset(each.document for each in given.new)
            more = refresh(register.shelf(), given.new, documents=changed, frame=given.frame)
            with register.writing() as writer:
                derived = derived_of(given.new, more)
                writer.change_derived(Changes(documents=changed, claims=more.claims, derived=derived), at=NOW)
    return found


def derived_of(tellings: Sequence[Telling], fused: Refreshed) -> Derived:
    incidents = fused.fusion.incidents
    return Derived(
        tellings=tuple(tellings),
        incidents=incidents,
        assessments=(),
        watch=None,
        found=(Found(),) * len(incidents),
        shelved=fused.shelved,
    )


def by_day(given: Given, clock: Clock) -> Mapping[str, str]:
    """One incident a day: the place's id, the day and the category; a claim without a place stands alone."""
    with clock.part("all"):
        keys = {each.claim: day_key(each) for each in given.tellings}
    with clock.part("adding"):
        keys |= {each.claim: day_key(each) for each in given.new}
    return {claim: key for claim, key in keys.items() if key is not None}


def day_key(telling: Telling) -> str | None:
    place, happened = telling.place, telling.happened
    moment = happened.start if happened is not None else telling.published_at
    if place is None or place.id is None or moment is None:
        return None
    return f"{place.id}|{floor(moment.timestamp() / HOUR / 24)}|{telling.event.plover}"


def by_splink(given: Given, clock: Clock) -> Mapping[str, str]:
    """Splink as it trains itself."""
    from truceline.gauge import bench_fuse_splink as splink  # noqa: PLC0415  # no dependency: only where it is installed

    with clock.part("laying out"):
        opened = splink.open_linker(cards_of(given.tellings), given.frame)
    with clock.part("training"):
        splink.train(opened.linker)
    return grouped(opened, given, clock, CHANCE)


def by_labelled_splink(given: Given, clock: Clock) -> Mapping[str, str]:
    """Splink with weights counted on labelled claims of another seed."""
    from truceline.gauge import bench_fuse_splink as splink  # noqa: PLC0415

    labelled = list(simulate(LEARNT_ON, seed=OTHER_SEED))
    acts = {each.telling.claim: each.act for each in labelled if each.act is not None}
    other = replace(given, world=make_world(OTHER_SEED))
    model = splink.learn_labelled(cards_of([each.telling for each in labelled]), acts, other.frame)
    # The more claims, the fewer of all pairs are of one act.
    model["probability_two_random_records_match"] *= LEARNT_ON / len(given.tellings)
    with clock.part("laying out"):
        opened = splink.open_linker(cards_of(given.tellings), given.frame, model)
    with clock.part("training"):
        splink.learn_chance(opened.linker)
    return grouped(opened, given, clock, LABELLED_CHANCE)


def grouped(opened: Any, given: Given, clock: Clock, chance: float) -> Mapping[str, str]:
    from truceline.gauge import bench_fuse_splink as splink  # noqa: PLC0415

    with clock.part("grouping"):
        groups = splink.group(opened, chance)
    with clock.part("adding"):
        splink.add(opened, cards_of(given.new), given.frame, chance)
    return groups


def cards_of(tellings: Sequence[Telling]) -> list[Card]:
    """The tellings that can become incidents, denials left out: nobody else has a place for them."""
    kept, _ = sift(tellings)
    return [card for card in map(lay_out, kept) if card.stance is not Stance.DENIES]


WAYS: dict[str, Way] = {
    "truceline": by_truceline,
    "splink": by_splink,
    "labelled splink": by_labelled_splink,
    "one a day": by_day,
}


def measure(way: str, claims: int) -> dict[str, Any]:
    """Seconds by part, peak memory, and the fit of the groups to the acts, denials left out."""
    stream = simulate(claims + DOCUMENT, seed=SEED)
    simulated = list(islice(stream, claims))
    given = Given(tellings=[each.telling for each in simulated], new=one_document(stream), world=make_world(SEED))
    clock = Clock()
    found = WAYS[way](given, clock)
    fit = fit_groups(truth_of(simulated), found)
    adding, keeping = clock.wall.pop("adding", None), clock.wall.pop("keeping", None)
    return {
        "way": way,
        "claims": claims,
        "wall": sum(clock.wall.values()),
        "processor": sum(clock.processor[name] for name in clock.wall),
        "parts": clock.wall,
        "adding": adding,
        "keeping": keeping,
        "peak_mb": peak_mb(),
        "pairs": [fit.pair_precision, fit.pair_recall, fit.pair_f1],
        "b_cubed": [fit.b_precision, fit.b_recall, fit.b_f1],
    }


def one_document(stream: Iterator[Simulated]) -> list[Telling]:
    """The next claims, as if one document told them all."""
    told = [each.telling for each in stream]
    return [replace(each, document="doc-added", copied_from=None) for each in told]


def truth_of(simulated: Sequence[Simulated]) -> dict[str, int]:
    return {
        each.telling.claim: each.act
        for each in simulated
        if each.act is not None and each.telling.mood is not Mood.DENIAL
    }


def main(arguments: Sequence[str]) -> None:
    way, claims = arguments
    sys.stdout.write(json.dumps(measure(way, int(claims))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
