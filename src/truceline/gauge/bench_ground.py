"""`make bench-ground`: what finding out who, where and when costs, and the gazetteer's own figures."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial, wraps
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from truceline.gauge.bench import articles, headlines, peak_mb
from truceline.gauge.bench_read import Row
from truceline.gauge.invented import NAMES_EACH, file_invented, invented_places, write_invented_dump
from truceline.gauge.predict import batch_reader
from truceline.model.document import Document
from truceline.read.gazetteer import MissionGazetteer, WorldGazetteer
from truceline.read.gazetteer_file import Additions, begin_file, compile_file, finish_file

NAMES = 1000
DUMP_ROWS = 35_000  # about what GeoNames has of Syria
MANY_LOOKUPS = 20_000
ARABIC = ("SY", "LB", "IQ", "JO", "TR", "IL")
# Where names become ids: the attribute to put a watch on, and whether it gives them one by one.
STEPS = (
    ("places", "truceline.read.reader:Reader", "_named_places", False),
    ("places", "truceline.read.reader", "placed", False),
    ("places", "truceline.read.reader", "without_idle_pointers", False),
    ("places", "truceline.read.assemble", "place_of", False),
    ("actors", "truceline.read.actors:ActorIndex", "find_actors", True),
    ("actors", "truceline.read.reader", "settle", False),
    ("actors", "truceline.read.speakers:Speakers", "guess", False),
    ("actors", "truceline.read.reader", "with_references", False),
    ("times", "truceline.read.reader:Reader", "_times", False),
    ("times", "truceline.read.assemble", "time_of", False),
)


@dataclass(slots=True)
class Watch:
    """Processor seconds by group; of steps within steps only the outermost counts."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    running: bool = False

    def on(self, group: str, step: Callable[..., Any], *, lazy: bool) -> Callable[..., Any]:
        """The step, timed; what it gives one by one is taken at once, so that its time is its own."""

        @wraps(step)
        def timed(*given: Any, **options: Any) -> Any:
            if self.running:
                return step(*given, **options)
            self.running, start = True, process_time()
            try:
                return list(step(*given, **options)) if lazy else step(*given, **options)
            finally:
                self.seconds[group] += process_time() - start
                self.running = False

        return timed


def measure_grounding(gold_folder: Path, *, limit: int | None = None, simulated: int = 0) -> Iterator[Row]:
    """The rows in order, each as soon as it is measured. `simulated` names of invented places, 0 for none."""
    with TemporaryDirectory() as folder:
        # First what runs in processes of its own: a process starts with the memory of the one that made it.
        yield from _built(Path(folder))
        yield from _asked(Path(folder))
        if simulated:
            yield from _simulated(Path(folder), simulated)
    yield from _shares("news articles", articles(gold_folder, limit=limit))
    yield from _shares("headlines", headlines(gold_folder, limit=limit))


def _built(folder: Path) -> Iterator[Row]:
    write_invented_dump(folder / "SY.txt", DUMP_ROWS)
    kinds: tuple[tuple[str, tuple[Path, ...]], ...] = (
        ("the world", ()),
        (f"with a dump of {DUMP_ROWS:,} rows", (folder / "SY.txt",)),
    )
    for name, dumps in kinds:
        cost = _alone(partial(_build, folder / "world.sqlite", dumps))
        yield Row(name=f"gazetteer built, {name}: seconds (of the processor)", value=cost.seconds(), goal="< 60 s")
        yield Row(name=f"gazetteer built, {name}: peak memory", value=f"{cost.peak_mb:,.0f} MB", goal="< 400 MB")
        yield Row(name=f"gazetteer built, {name}: size", value=f"{_mb(folder / 'world.sqlite'):,.0f} MB")


def _asked(folder: Path) -> Iterator[Row]:
    """Of the file with the dump: opened for a mission of six countries, names asked for the first time."""
    path = folder / "world.sqlite"
    _forget(path)
    for state in ("file not in memory", "file in memory"):
        opened, asked = _alone(partial(_open_and_ask, path))
        yield Row(name=f"gazetteer opened, {state}: ms (of the processor)", value=opened.ms(), goal="< 200 ms")
        yield Row(name=f"{NAMES:,} names, {state}: ms (of the processor)", value=asked.ms(), goal="< 50 ms")
    yield Row(name="peak memory of that process", value=f"{asked.peak_mb:,.0f} MB")


def _simulated(folder: Path, names: int) -> Iterator[Row]:
    path, about = folder / "simulated.sqlite", f"{names:,} invented names"
    cost = _alone(partial(_build_invented, path, names // NAMES_EACH))
    yield Row(name=f"{about}: built in seconds (of the processor)", value=cost.seconds())
    yield Row(name=f"{about}: peak memory of building", value=f"{cost.peak_mb:,.0f} MB")
    yield Row(name=f"{about}: size", value=f"{_mb(path):,.0f} MB")
    _forget(path)
    for state in ("file not in memory", "file in memory"):
        asked, bearers = _alone(partial(_ask_invented, path))
        yield Row(
            name=f"{about}: a lookup, {bearers:.0f} places, {state}: ms (of the processor)",
            value=asked.ms(MANY_LOOKUPS),
            goal="≤ 1 ms",
        )
        yield Row(name=f"{about}: resident, {state}", value=f"{asked.peak_mb:,.0f} MB", goal="< 1,500 MB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds by the wall's clock and of the processor, and the process's peak memory afterwards."""

    wall: float
    processor: float
    peak_mb: float

    def seconds(self) -> str:
        return f"{self.wall:.1f} ({self.processor:.1f})"

    def ms(self, times: int = 1) -> str:
        """Milliseconds for each of so many."""
        return f"{self.wall / times * 1000:.3g} ({self.processor / times * 1000:.3g})"


def _cost(act: Callable[[], object]) -> Cost:
    wall, processor = perf_counter(), process_time()
    act()
    return Cost(wall=perf_counter() - wall, processor=process_time() - processor, peak_mb=peak_mb())


def _alone(act: Callable[[], Any]) -> Any:
    """What it gives, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(act).result()


def _build(path: Path, dumps: tuple[Path, ...]) -> Cost:
    additions = Additions(dumps=dumps)
    return _cost(lambda: compile_file(path, additions, tell=lambda _done, _total: None, complain=lambda _problem: None))


def _build_invented(path: Path, count: int) -> Cost:
    def build() -> None:
        with closing(begin_file(path)) as base:
            file_invented(base, count)
            finish_file(base)
            base.commit()

    return _cost(build)


def _open_and_ask(path: Path) -> tuple[Cost, Cost]:
    """Opening and a first name, then a thousand more; half of them are filed, half are not."""
    filed = [each.names[0] for each in islice(invented_places(DUMP_ROWS), 0, DUMP_ROWS, DUMP_ROWS // 500)]
    keys = [key for name in filed[: NAMES // 2] for key in (name, f"{name}q")]
    made: list[MissionGazetteer] = []

    def open_file() -> None:
        made.append(MissionGazetteer(WorldGazetteer(path), (), ARABIC))
        made[0].named("aleppo")

    opened = _cost(open_file)
    return opened, _cost(lambda: [made[0].named(key) for key in keys])


def _ask_invented(path: Path) -> tuple[Cost, float]:
    """Many lookups of names as often as places bear them, all over the file; places a name."""
    world = WorldGazetteer(path)
    keys = [each.names[0] for each in invented_places(MANY_LOOKUPS)]
    found: list[int] = []
    cost = _cost(lambda: found.extend(len(world.named(key)) for key in keys))
    return cost, sum(found) / len(keys)


def _shares(kind: str, documents: Sequence[Document]) -> Iterator[Row]:
    """Processor time of the steps that ground, beside the whole of reading; the models are warm."""
    read = batch_reader()
    read(documents[:16])
    watch = Watch()
    with watched(watch):
        start = process_time()
        read(documents)
        whole = process_time() - start
    grounding = sum(watch.seconds.values())
    for group in ("places", "actors", "times"):
        yield Row(name=f"{kind}: {group}, share of reading", value=f"{watch.seconds[group] / whole:.1%}")
    yield Row(
        name=f"{kind}: grounding adds to the rest of reading",
        value=f"{grounding / (whole - grounding):.1%}",
        goal="≤ 15 %",
    )


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """The reader's grounding steps under the watch."""
    with ExitStack() as stack:
        for group, home, name, lazy in STEPS:
            owner = _owner(home)
            step = getattr(owner, name)
            stack.callback(setattr, owner, name, step)
            setattr(owner, name, watch.on(group, step, lazy=lazy))
        yield


def _owner(home: str) -> Any:
    module, _, name = home.partition(":")
    found = import_module(module)
    return getattr(found, name) if name else found


def _forget(path: Path) -> None:
    """Asks the system to keep nothing of the file in memory."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _mb(path: Path) -> float:
    return path.stat().st_size / 1e6
