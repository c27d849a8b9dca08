"""How quickly the service answers on a large register, to several readers at once, over both databases.

python -m truceline.gauge.big_register missions/syria-2016 --into FOLDER --database postgresql://…
python -m truceline.gauge.bench_serve FOLDER --database postgresql://… --readers 20 --workers 2

`truceline serve` runs as anybody starts it. The readers are threads of another process, each on a connection of its
own; each asks for one thing after the other, of every kind by turns, hardly ever for the same: without a pause, or
with `--pause` after looking at what it got.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

SEED = 1
SLOW_SECONDS = 2.0  # an answer of a process that has still to read what it keeps
WORDS = (
    "shelling",
    "residents",
    "killed",
    "rockets",
    "convoy",
    "hospital",
    "soldiers",
    "bombed",
    "strikes",
    "sta",
    "ma",
)
KINDS = ("air", "shelling", "clash", "bomb", "")
VERDICTS = ("violation", "contested", "insufficient information", "", "")
GRADES = ("B", "C", "2", "3", "B2", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a register can be asked for."""

    ids: Sequence[str]
    titles: Sequence[str]
    parties: Sequence[str]
    sources: Sequence[str]
    first: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How long each request of one kind took, in seconds, and how large the answers were, in bytes."""

    kind: str
    seconds: tuple[float, ...]
    sizes: tuple[int, ...]

    def at(self, share: float) -> float:
        """The time within which this share of them was answered, in milliseconds."""
        return 1000 * sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


# ---- the readers, in a process of their own


class Reader:
    """One reader, with a connection that stays open as a browser's does."""

    def __init__(self, port: int, *, timeout: float = 600) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=timeout)

    def fetch(self, address: str) -> bytes:
        """The body of an answer. Raises RuntimeError for one that is no 200."""
        try:
            self._connection.request("GET", address)
            answer = self._connection.getresponse()
        except (RemoteDisconnected, ConnectionError):  # idle for too long: a browser, too, opens another one
            self._connection.close()
            self._connection.request("GET", address)
            answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status} {body[:300]!r}")
        return body


def find_known(port: int, mission: Path) -> Known:
    """Read off the service: incidents of all times, and what there is to choose from."""
    reader, items = Reader(port), []
    days = json.loads(reader.fetch("/api/v1/incidents?limit=1"))["items"]
    last = date.fromisoformat(days[0]["start"][:10])
    first = last - timedelta(days=365 * 9)
    for n in range(30):
        until = first + timedelta(days=(last - first).days * (n + 1) // 30)
        items += json.loads(reader.fetch(f"/api/v1/incidents?limit=60&to={until}"))["items"]
    return Known(
        ids=[each["id"] for each in items],
        titles=[each["place"] for each in items if each["place"]],
        parties=sorted({one for each in items for one in each["agents"]}),
        sources=[each["id"] for each in tomllib.loads((mission / "sources.toml").read_text("utf-8"))["source"]],
        first=first,
        days=(last - first).days,
    )


def draw_filters(known: Known, chance: Random, **given: str) -> str:
    """A query that was hardly asked before."""
    since = known.first + timedelta(days=chance.randrange(known.days - 30))
    until = since + timedelta(days=chance.randrange(7, known.days))
    drawn = {
        "from": chance.choice(["", since.isoformat()]),
        "to": chance.choice(["", until.isoformat()]),
        "kind": chance.choice(KINDS),
        "party": chance.choice([*known.parties[:8], "", "", "", ""]),
        "source": chance.choice([*known.sources[:8], "", "", "", ""]),
        "verdict": chance.choice(VERDICTS),
        "grade": chance.choice(GRADES),
        **given,
    }
    return "?" + urlencode({name: value for name, value in drawn.items() if value})


def draw_words(known: Known, chance: Random) -> str:
    """A place, the beginning of one, a common word, or two."""
    place = chance.choice(known.titles)
    return chance.choice([place, place[:5], chance.choice(WORDS), f"{chance.choice(WORDS)} {place}"])


def draw_window(chance: Random) -> tuple[str, int]:
    """A window on the map and the zoom it is seen at."""
    zoom = chance.choice((6, 7, 8, 9, 10))
    width = 360 / 2**zoom * 2
    west, south = chance.uniform(35.8, 40.5 - min(4, width)), chance.uniform(32.8, 36.8 - min(3.5, width * 0.6))
    return f"{west:.3f},{south:.3f},{west + width:.3f},{south + width * 0.7:.3f}", zoom


def draw_address(kind: str, known: Known, chance: Random) -> str:
    window, zoom = draw_window(chance)
    match kind:
        case "register":
            return "/" + draw_filters(known, chance)
        case "search page":
            return "/" + draw_filters(known, chance, q=draw_words(known, chance), grade="", verdict="")
        case "incident":
            return f"/incidents/{chance.choice(known.ids)}.html"
        case "search":
            return "/api/v1/search?" + urlencode({"q": draw_words(known, chance), "limit": chance.randrange(20, 60)})
        case "map heaps":
            return "/api/v1/heaps" + draw_filters(known, chance, bbox=window, zoom=str(zoom))
        case "map points":
            return "/api/v1/incidents.geojson" + draw_filters(known, chance, bbox=window, limit="200")
        case _:
            return "/api/v1/incidents" + draw_filters(known, chance, limit="100")


ASKED = ("register", "register", "search page", "incident", "incident", "search", "map heaps", "map points", "api page")
KINDS_ASKED = tuple(dict.fromkeys(ASKED))


def read_all(port: int, mission: Path, given: argparse.Namespace) -> list[Answered]:
    """So many readers at once, each asking for `count` things after two that are not measured."""
    readers, count, kinds = given.readers, given.count, given.kinds
    known = find_known(port, mission)

    def read(number: int) -> list[tuple[str, float, int]]:
        chance, reader, took = Random(SEED * 1000 + number), Reader(port), []  # noqa: S311
        for n in range(count + 2):
            kind = chance.choice([each for each in ASKED if each in kinds])
            address = draw_address(kind, known, chance)
            time.sleep(chance.expovariate(1 / given.pause) if given.pause else 0.0)
            start = time.perf_counter()
            size = len(reader.fetch(address))
            if n >= 2:
                took.append((kind, time.perf_counter() - start, size))
        return took

    found: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    with ThreadPoolExecutor(readers) as pool:
        for took in pool.map(read, range(readers)):
            for kind, seconds, size in took:
                found[kind].append((seconds, size))
    return [
        Answered(kind=kind, seconds=tuple(a for a, _ in found[kind]), sizes=tuple(b for _, b in found[kind]))
        for kind in KINDS_ASKED
        if found[kind]
    ]


# ---- the service


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def serving(folder: Path, database: str | None, workers: int) -> Iterator[tuple[int, int]]:
    """The service, as a command; gives its port and its process."""
    port = free_port()
    command = [sys.executable, "-m", "truceline", "serve", "-m", str(folder / "mission"), "--port", str(port)]
    command += ["--register", str(folder / "register"), "--workers", str(workers)]
    environment = {name: value for name, value in os.environ.items() if name != "TRUCELINE_DATABASE"}
    if database is not None:
        environment["TRUCELINE_DATABASE"] = database
    served = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603
    try:
        wait_for(port)
        yield port, served.pid
    finally:
        served.terminate()
        served.wait(20)


def processor_seconds(process: int) -> float:
    """What a process and those it has started took of the processor so far, as Linux tells it."""
    total, tick = 0.0, os.sysconf("SC_CLK_TCK")
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = each.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if process in (int(each.parent.name), int(told[1])):
            total += (int(told[11]) + int(told[12])) / tick
    return total


def wait_for(port: int) -> None:
    for _ in range(1200):
        try:
            Reader(port).fetch("/assets/style.css")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the service did not start")


def time_first(port: int) -> Mapping[str, float]:
    """The first page of each kind after a start, in seconds."""
    found = {}
    for address in ("/", "/?kind=air", "/map.html", "/bulletin.html", "/sources.html"):
        start = time.perf_counter()
        Reader(port).fetch(address)
        found[address] = time.perf_counter() - start
    return found


def warm(port: int, workers: int) -> float:
    """Ask until every process has what it keeps, none of many answers being slow; seconds it took."""
    begun = time.perf_counter()

    def ask(_: int) -> float:
        start = time.perf_counter()
        Reader(port).fetch("/")
        return time.perf_counter() - start

    with ThreadPoolExecutor(4 * workers) as pool:
        while max(pool.map(ask, range(12 * workers))) > SLOW_SECONDS:
            pass
    return time.perf_counter() - begun


def measure(folder: Path, database: str | None, given: argparse.Namespace) -> None:
    name = "SQLite" if database is None else "PostgreSQL"
    with serving(folder, database, given.workers) as (port, process):
        if given.first:
            for address, seconds in time_first(port).items():
                print(f"{name:<12}first {address:<20}{seconds:8.2f} s", flush=True)
        print(f"{name:<12}{given.workers} processes warm after {warm(port, given.workers):.2f} s", flush=True)
        command = [sys.executable, "-m", "truceline.gauge.bench_serve", str(folder), "--read", str(port)]
        command += ["--readers", str(given.readers), "--count", str(given.count), "--kinds", *given.kinds]
        command += ["--pause", str(given.pause)]
        before = processor_seconds(process)
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
        took = processor_seconds(process) - before
    answered = json.loads(told.stdout)
    for each in answered["kinds"]:
        found = Answered(**each)
        size = sum(found.sizes) / len(found.sizes) / 1000
        print(
            f"{name:<12}{found.kind:<14}{len(found.seconds):5d} times   p50 {found.at(0.5):6.0f} ms   "
            f"p95 {found.at(0.95):6.0f} ms   most {found.at(1):6.0f} ms   {size:6.0f} kB",
            flush=True,
        )
    count, seconds = answered["count"], answered["seconds"]
    cores = f"the service had {took / seconds:.2f} cores, load {os.getloadavg()[0]:.1f}"
    each_took = f"{1000 * took / count:.0f} ms of the processor each"
    print(f"{name:<12}{count / seconds:.1f} answers a second, {each_took}; {cores}", flush=True)


def read_and_tell(port: int, given: argparse.Namespace) -> None:
    start = time.perf_counter()
    answered = read_all(port, given.folder / "mission", given)
    told: dict[str, Any] = {"seconds": time.perf_counter() - start, "kinds": [asdict(each) for each in answered]}
    told["count"] = sum(len(each.seconds) for each in answered)
    print(json.dumps(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what big_register made")
    parser.add_argument("--database", help="measure this one, too")
    parser.add_argument("--only-database", action="store_true", help="and not the file")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--count", type=int, default=40, help="answers for each reader")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds a reader looks before asking, on average")
    parser.add_argument("--workers", type=int, default=2, help="processes that serve")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS_ASKED), choices=KINDS_ASKED)
    parser.add_argument("--first", action="store_true", help="time the first page of each kind after a start, too")
    parser.add_argument("--read", type=int, metavar="PORT", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read is not None:
        read_and_tell(given.read, given)
        return
    for database in [None] * (not given.only_database) + [given.database] * (given.database is not None):
        measure(given.folder, database, given)


if __name__ == "__main__":
    main()
