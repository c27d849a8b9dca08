"""How quickly the service answers, on a register of simulated claims, to several readers at once.

python -m truceline.gauge.bench_serve missions/syria-2016 --claims 60000 --readers 20

The mission only lends its name and its map: the claims are those of `simulate`, fused as a run fuses them.
"""

import argparse
import json
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from truceline.flow.derive import found_by
from truceline.fuse.refresh import Refreshed, shelve
from truceline.gauge.bench_fuse_one import SEED, Given
from truceline.gauge.simulate_claims import simulate
from truceline.gauge.simulate_world import make_world
from truceline.kit.hashing import sha256_of_text
from truceline.model.actor import Actor
from truceline.model.document import Document, Form
from truceline.model.telling import Telling
from truceline.store.register import Derived
from truceline.store.sqlite import open_register

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("shelling", "residents", "north", "killed", "rockets", "convoy", "hospital", "sta", "ma", "kar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How long each request of one kind took, in seconds."""

    kind: str
    seconds: tuple[float, ...]

    def at(self, share: float) -> float:
        """The time within which this share of them was answered, in milliseconds."""
        return 1000 * sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


def fill(folder: Path, claims: int) -> int:
    """Write a register of so many simulated claims; gives how many incidents they made."""
    tellings = [each.telling for each in simulate(claims, seed=SEED)]
    world = make_world(SEED)
    fused = shelve(tellings, Given(tellings=tellings, new=(), world=world).frame)
    actors = {each.id: each for each in world.actors}
    with open_register(folder, now=NOW, writing=True) as register, register.writing() as writer:
        writer.add_documents(list(documents_of(tellings)), gathered_at=NOW)
        writer.replace_derived(derived_of(tellings, fused, actors))
    return len(fused.fusion.incidents)


def derived_of(tellings: Sequence[Telling], fused: Refreshed, actors: Mapping[str, Actor]) -> Derived:
    by_claim = {each.claim: each for each in tellings}
    incidents = tuple(fused.fusion.incidents)
    found = tuple(found_by(each, None, [by_claim[one.claim] for one in each.versions], actors) for each in incidents)
    return Derived(tellings=tuple(tellings), incidents=incidents, assessments=(), watch=None, found=found)


def documents_of(tellings: Sequence[Telling]) -> Iterator[Document]:
    """The documents the claims are of, their text the claims' words."""
    told: dict[str, list[Telling]] = defaultdict(list)
    for each in tellings:
        told[each.document].append(each)
    for name, some in told.items():
        text = "\n".join(dict.fromkeys(each.quote for each in some)) or name
        first = some[0]
        yield Document(
            id=name,
            text=text,
            sha256=sha256_of_text(text),
            form=Form.TEXT,
            title=f"Report {name}",
            publisher=first.source,
            published_at=first.published_at,
            language="en",
        )


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def fetch(port: int, address: str) -> bytes:
    """The body of an answer. Raises RuntimeError for one that is no 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    return body


def addresses(port: int, count: int) -> dict[str, list[str]]:
    """What readers ask for: so many addresses of each kind, drawn from what the register holds."""
    chance = Random(SEED)  # noqa: S311
    page = json.loads(fetch(port, "/api/v1/incidents?limit=200"))
    ids = [each["id"] for each in page["items"]]
    days = sorted({each["start"][:10] for each in page["items"] if each["start"]})
    filters = ["", "?kind=air", "?kind=shelling", "?grade=C", f"?from={days[0]}", "?kind=clash&grade=3"]
    return {
        "register": ["/" + chance.choice(filters) for _ in range(count)],
        "incident": [f"/incidents/{chance.choice(ids)}.html" for _ in range(count)],
        "search": [f"/api/v1/search?q={chance.choice(WORDS)}" for _ in range(count)],
        "search page": [f"/?q={chance.choice(WORDS)}" for _ in range(count)],
        "api page": [f"/api/v1/incidents?limit=200&q={chance.choice(WORDS)}" for _ in range(count)],
    }


def measure(port: int, *, readers: int, count: int) -> list[Answered]:
    """Each kind of request by so many readers at once, after one of each kind unmeasured."""
    asked = addresses(port, count)
    for some in asked.values():
        fetch(port, some[0])

    def take(address: str) -> float:
        start = time.perf_counter()
        fetch(port, address)
        return time.perf_counter() - start

    with ThreadPoolExecutor(readers) as pool:
        return [Answered(kind=kind, seconds=tuple(pool.map(take, some))) for kind, some in asked.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mission", type=Path)
    parser.add_argument("--claims", type=int, default=60_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--register", type=Path, help="keep the register here, or use the one that is there")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        place = given.register or Path(folder)
        if not (place / "register.sqlite").is_file():
            print(f"{fill(place, given.claims):,} incidents of {given.claims:,} claims", file=sys.stderr)
        port = free_port()
        command = [sys.executable, "-m", "truceline", "serve", "-m", str(given.mission), "--register", str(place)]
        served = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE)  # noqa: S603
        try:
            assert served.stdout is not None
            served.stdout.readline()
            wait_for(port)
            for each in measure(port, readers=given.readers, count=given.count):
                print(f"{each.kind:<14}p50 {each.at(0.5):7.0f} ms   p95 {each.at(0.95):7.0f} ms")
        finally:
            served.terminate()
            served.wait(10)


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            fetch(port, "/assets/style.css")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the service did not start")


if __name__ == "__main__":
    main()
