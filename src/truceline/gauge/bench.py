"""How fast Truceline reads, beside bare spaCy on the same lines in the same run."""

import json
import platform
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

from truceline.gauge.case import Case, gold_document
from truceline.gauge.predict import batch_reader
from truceline.gauge.suites import SUITES
from truceline.kit.batches import batched_by_size
from truceline.model.document import Document
from truceline.read.models import load_spacy

Part = TypeVar("Part")

# The bare parse is measured in the same slices as the reading, turn by turn: a busy machine slows both alike.
SLICE = 200
SLICE_LETTERS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`ratio` is our time over the bare parser's for the same lines; `peak_mb` the process's peak memory."""

    documents: int
    seconds: float
    bare_seconds: float
    peak_mb: float
    machine: str

    @property
    def per_second(self) -> float:
        return self.documents / self.seconds

    @property
    def bare_per_second(self) -> float:
        return self.documents / self.bare_seconds

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare_seconds


def bare_spacy(texts: Sequence[str]) -> None:
    """The whole English pipeline over the texts, and nothing else."""
    for _ in load_spacy().pipe(texts):
        pass


def headlines(gold_folder: Path, *, limit: int | None = None) -> list[Document]:
    """The headlines of UCDP's Syria events, in the order of the file."""
    with (gold_folder / "ucdp" / "headlines_2017_2019.jsonl").open(encoding="utf-8") as stream:
        return list(_documents(islice(stream, limit)))


def articles(gold_folder: Path, *, limit: int | None = None) -> list[Document]:
    """News of 400 to 800 words: PolNeAR's development split and the local news of LGL."""
    cases = [each for name in ("polnear", "geo") for each in _cases(name, gold_folder)]
    fitting = (each.document for each in cases if 400 <= len(each.document.text.split()) <= 800)
    return list(islice(fitting, limit))


def _cases(name: str, gold_folder: Path) -> list[Case[Any]]:
    suite = SUITES[name]
    return list(suite.cases(gold_folder, suite.splits[0]))


def _documents(lines: Iterator[str]) -> Iterator[Document]:
    for line in lines:
        row = json.loads(line)
        day = row["published_at"]
        published_at = None if day is None else datetime.fromisoformat(day).replace(tzinfo=UTC)
        yield gold_document(row["id"], row["text"], published_at, row["publisher"])


def measure_pace(
    documents: Sequence[Document],
    *,
    read: Callable[[Sequence[Document]], None] | None = None,
    bare: Callable[[Sequence[str]], None] = bare_spacy,
) -> Pace:
    """Time our reading and the bare parse by turns, slice by slice; the first slice warms both up, unmeasured.

    `read` is the reader of `truceline read` when left out.
    """
    read = read or batch_reader()
    slices = list(batched_by_size(documents, SLICE, size=lambda each: len(each.text), enough=SLICE_LETTERS))
    texts = [[document.text for document in each] for each in slices]
    _time(read, slices[0])
    _time(bare, texts[0])
    ours = theirs = 0.0
    for each, lines in zip(slices, texts, strict=True):
        ours += _time(read, each)
        theirs += _time(bare, lines)
    return Pace(
        documents=len(documents),
        seconds=ours,
        bare_seconds=theirs,
        peak_mb=peak_mb(),
        machine=f"{platform.machine()}, Python {platform.python_version()}",
    )


def _time(act: Callable[[Part], None], on: Part) -> float:
    """Processor time: other programs on the machine count less than on the wall's clock."""
    start = process_time()
    act(on)
    return process_time() - start


def peak_mb() -> float:
    """Peak resident memory of this process in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)  # bytes there, kilobytes here
