"""`make bench-read`: speed, size and growth of reading in one run, as the table of docs/performance.md."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from truceline.flow.run import prepare_worker, read_here, read_in_pool
from truceline.flow.tools import reader_of
from truceline.gauge.bench import Pace, articles, headlines, measure_pace
from truceline.gauge.case import gold_document
from truceline.gauge.predict import batch_reader
from truceline.model.document import Document

LENGTHS = (100_000, 300_000, 1_000_000)  # characters
LONG_SENTENCE = 5_000  # tokens
WARMING = 16  # documents that load the models of a worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: what was measured, what came out, what it must be."""

    name: str
    value: str
    goal: str = ""


def measure_reading(gold_folder: Path, *, limit: int | None = None) -> Iterator[Row]:
    """The rows in order, each as soon as it is measured. `limit` takes the first documents of each kind only."""
    news, lines = articles(gold_folder, limit=limit), headlines(gold_folder, limit=limit)
    yield from _started(news)
    yield from _paces("news articles", measure_pace(news))
    yield from _paces("headlines", measure_pace(lines))
    yield from _two_processes(news)
    yield from _growth(news)


def markdown(rows: Sequence[Row]) -> str:
    lines = [f"| {row.name} | {row.value} | {row.goal} |" for row in rows]
    return "\n".join(["| measured | value | goal |", "|---|--:|--:|", *lines])


def _paces(kind: str, pace: Pace) -> Iterator[Row]:
    """Full reading, JSON included, beside the whole of spaCy's small English pipeline."""
    yield Row(name=f"{kind}: documents", value=f"{pace.documents:,}")
    yield Row(name=f"{kind}: bare spaCy, documents/s", value=f"{pace.bare_per_second:.1f}")
    yield Row(name=f"{kind}: full reading, documents/s", value=f"{pace.per_second:.1f}")
    yield Row(name=f"{kind}: share of bare spaCy's pace", value=f"{1 / pace.ratio:.2f}", goal="≥ .60")


def _started(news: Sequence[Document]) -> Iterator[Row]:
    """A process of its own for one article, and one for all of them: what starting costs, and the peak of memory."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "news.jsonl"
        for name, documents, goal in (("one article", news[:1], "< 3 s"), ("all articles", news, "")):
            rows = (json.dumps({"id": each.id, "text": each.text, "language": "en"}) for each in documents)
            file.write_text("\n".join(rows), encoding="utf-8")
            wall, used, peak = _run(file)
            yield Row(
                name=f"`truceline read`, {name}: seconds (of the processor)",
                value=f"{wall:.1f} ({used:.1f})",
                goal=goal,
            )
            yield Row(name=f"`truceline read`, {name}: peak memory", value=f"{peak:,.0f} MB", goal="< 1,200 MB")


def _run(file: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak megabytes of reading a file in its own process."""
    command = [sys.executable, "-m", "truceline", "read", "--format", "jsonl", "--workers", "1", str(file)]
    start = perf_counter()
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=nowhere, stderr=nowhere) as process:  # noqa: S603  # our own program
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    per_mb = 1e6 if sys.platform == "darwin" else 1e3
    return perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / per_mb


def _two_processes(news: Sequence[Document]) -> Iterator[Row]:
    """The same articles by one and by two warm reading processes, by turns; the wall's clock."""
    context = get_context("spawn")
    pool = partial(ProcessPoolExecutor, mp_context=context, initializer=prepare_worker)
    with pool(1, initargs=(partial(reader_of, None),)) as one, pool(2, initargs=(partial(reader_of, None),)) as two:
        for each in [one.submit(read_here, news[:WARMING])] + [two.submit(read_here, news[:WARMING]) for _ in range(4)]:
            each.result()
        alone, together = _by_turns([partial(_in_pool, one, news, 2), partial(_in_pool, two, news, 4)], rounds=3)
    yield Row(name="two processes against one, wall", value=f"{alone / together:.2f}", goal="≥ 1.8")
    yield Row(name="cores here, and processes waiting for them", value=f"{os.cpu_count()}, {os.getloadavg()[0]:.1f}")


def _in_pool(pool: ProcessPoolExecutor, documents: Sequence[Document], ahead: int) -> None:
    for _ in read_in_pool(pool, documents, ahead=ahead):
        pass


def _by_turns(acts: Sequence[Callable[[], None]], *, rounds: int) -> list[float]:
    """The shortest wall seconds of each act."""
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for act, taken in zip(acts, times, strict=True):
            start = perf_counter()
            act()
            taken.append(perf_counter() - start)
    return [min(each) for each in times]


def _growth(news: Sequence[Document]) -> Iterator[Row]:
    """Documents of growing length, and one without a full stop: processor seconds."""
    read = batch_reader()
    read(news[:1])
    text = "\n\n".join(each.text for each in news)
    text *= 1 + max(LENGTHS) // len(text)
    for length in LENGTHS:
        seconds = _processor(read, text[:length])
        yield Row(
            name=f"one document of {length:,} characters",
            value=f"{seconds:.1f} s, {seconds / length * 1e6:.0f} µs each",
        )
    words = [word for word in text.split() if word.isalpha()]
    sentence = " ".join(islice(words, LONG_SENTENCE))
    yield Row(name=f"one sentence of {LONG_SENTENCE:,} tokens", value=f"{_processor(read, sentence):.1f} s")


def _processor(read: Callable[[Sequence[Document]], None], text: str) -> float:
    start = process_time()
    read([gold_document("long", text, None)])
    return process_time() - start
