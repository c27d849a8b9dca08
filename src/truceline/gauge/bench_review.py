"""How long the review queue takes on simulated claims, fused and judged as a run does it.

python -m truceline.gauge.bench_review missions/syria-2016 --claims 62000

The mission lends its agreement; places, actors and claims are those of `simulate`. Times are of the processor.
"""

import argparse
import json
import resource
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import process_time

from truceline.flow.mission import load_mission
from truceline.flow.tools import assess_incidents
from truceline.fuse.refresh import shelve
from truceline.gauge.bench_fuse_one import SEED, Given
from truceline.gauge.simulate_claims import simulate
from truceline.gauge.simulate_world import make_world
from truceline.model.view import View
from truceline.review.queue import find_items, score_view


def make_view(folder: Path, claims: int) -> View:
    """A register of so many simulated claims under the mission's agreement."""
    tellings = tuple(each.telling for each in simulate(claims, seed=SEED))
    world = make_world(SEED)
    incidents = shelve(tellings, Given(tellings=list(tellings), new=(), world=world).frame).fusion.incidents
    mission = replace(load_mission(folder), actors=tuple(world.actors), sources=tuple(world.sources))
    return View(
        mission=mission,
        documents=(),
        superseded=(),
        tellings=tellings,
        incidents=incidents,
        assessments=tuple(assess_incidents(incidents, tellings, mission)),
        watch=None,
        problems=(),
        fingerprint="",
        as_of=None,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mission", type=Path)
    parser.add_argument("--claims", type=int, default=62_000)
    given = parser.parse_args()
    view = make_view(given.mission, given.claims)
    began = process_time()
    scored = score_view(view)
    ready = process_time()
    items = find_items(view, (), scored=scored)
    done = process_time()
    told = {
        "claims": given.claims,
        "incidents": len(view.incidents),
        "likeness_seconds": round(ready - began, 1),
        "items_seconds": round(done - ready, 1),
        "items": Counter(each.kind.value for each in items),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
