"""The local runner: gather, read, tell, fuse, judge, watch, publish; only what changed is done again.

Every batch of documents is one transaction, so a killed run loses at most the batch it was in, and the next run
gathers and reads what is missing. This is the only place that catches everything: a document on which the reader
fails becomes a problem of ours ("internal.reader"), and the rest goes on.
"""

import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from truceline.errors import Problem, TrucelineError
from truceline.flow.checkpoint import derivation_inputs, publication_inputs, reading_inputs, way_of_deriving
from truceline.flow.derive import Before, derive, standing_view
from truceline.flow.progress import Progress, Silent
from truceline.flow.tally import StageTally, tally_reasons
from truceline.flow.tools import Gatherable, Reads, Tools
from truceline.kit.batches import batched, batched_by_size
from truceline.model.document import Document, Original
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.store.register import READING, Counts, Kept, Register, Writer

GATHERED_AT_ONCE = 100  # documents in one transaction
READ_AT_ONCE = 16  # readings in one transaction
# Sent to a worker together: headlines are many, articles few, so that parsing has enough to do at once.
SENT_AT_ONCE, SENT_LETTERS = 256, 60_000

# A worker loads its models in about five seconds, in which one process reads some 150,000 characters of prose:
# below four times that, a second process saves next to nothing.
PROSE_WORTH_WORKERS = 600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What gathering did, by document; `problems` are all that were met, also those known before."""

    kept: dict[Kept, int]
    originals: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one run did.

    `recomputed` is False where nothing had changed and the derived tables were kept, `published` where the folder
    already held this very register. `tallies` are those of the stages that ran.
    """

    gathered: Gathered
    read: StageTally
    tallies: tuple[StageTally, ...]
    counts: Counts
    verdicts: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
    recomputed: bool
    published: bool


def run(
    mission: Mission,
    paths: Sequence[Path],
    *,
    register: Register,
    tools: Tools,
    out: Path | None,
    progress: Progress | None = None,
) -> RunReport:
    """The whole walk over `paths` into `register`, published to `out` (None: not published)."""
    progress = progress or Silent()
    keep_mission_problems(mission, register, tools)
    gathered = gather(paths, register=register, tools=tools, progress=progress)
    reader = tools.make_reader()
    fingerprint = reading_inputs(reader.fingerprint)
    read, met = read_unread(register, reader, tools, progress, fingerprint=fingerprint)
    tallies = derive_when_changed(mission, register, tools, progress, fingerprint=fingerprint)
    register.keep_fingerprint()
    published = out is not None and publish_when_changed(mission, register, tools, progress, out=out)
    verdicts = Counter(each.verdict.value for each in register.assessments())
    return RunReport(
        gathered=gathered,
        read=read,
        tallies=tallies,
        counts=register.counts(),
        verdicts=tuple(verdicts.most_common()),
        problems=(*gathered.problems, *met),
        recomputed=bool(tallies),
        published=published,
    )


def keep_mission_problems(mission: Mission, register: Register, tools: Tools) -> None:
    """What was left out of the mission stands in the register until its files are mended."""
    with register.writing() as writer:
        writer.add_problems(mission.problems, stage="mission", found_at=tools.now)
        writer.settle_problems(None, mission.problems, settled_at=tools.now, stage="mission")


# ---- gather


def gather(paths: Sequence[Path], *, register: Register, tools: Tools, progress: Progress) -> Gathered:
    """Documents into the register, a batch a transaction."""
    kept: Counter[Kept] = Counter()
    problems: list[Problem] = []
    files: set[str] = set()
    originals = 0
    with progress.stage("gathering") as advance:
        for some in batched(tools.gather(paths), GATHERED_AT_ONCE):
            with register.writing() as writer:
                originals += keep_originals(writer, some, tools)
                documents = [each for each in some if isinstance(each, Document)]
                kept.update(writer.add_documents(documents, gathered_at=tools.now))
                met = [each for each in some if isinstance(each, Problem)]
                writer.add_problems(met, stage="gather", found_at=tools.now)
            problems += met
            files |= {each.path.as_posix() for each in some if isinstance(each, Original)}
            advance(len(documents))
    with register.writing() as writer:
        writer.settle_problems(files, problems, settled_at=tools.now)
    return Gathered(kept=dict(kept), originals=originals, problems=tuple(problems))


def keep_originals(writer: Writer, some: Iterable[Gatherable], tools: Tools) -> int:
    """How many originals were new."""
    return sum(
        writer.add_original(each.sha256, each.path, kept_at=tools.now) for each in some if isinstance(each, Original)
    )


# ---- read


def read_unread(
    register: Register, reader: Reads, tools: Tools, progress: Progress, *, fingerprint: str
) -> tuple[StageTally, tuple[Problem, ...]]:
    """Read what this reader has not read yet; gives the account and every problem met in reading."""
    count, prose = register.unread_size(fingerprint)
    met: list[Problem] = []
    with register.writing() as writer:
        writer.set_checkpoint(READING, fingerprint)
    if count == 0:
        return tally_reasons("read", given=0, kept=0, reasons=()), ()
    with progress.stage("reading", count) as advance, readings_of(reader, tools, prose=prose) as read:
        for some in batched(read(register.unread(fingerprint)), READ_AT_ONCE):
            problems = [problem for reading in some for problem in reading.problems]
            with register.writing() as writer:
                writer.add_readings(some, fingerprint=fingerprint)
                writer.add_problems(problems, stage="read", found_at=tools.now, found_with=fingerprint)
            met += problems
            advance(len(some))
    failed = [problem.code for problem in met if problem.code == "internal.reader"]
    return tally_reasons("read", given=count, kept=count - len(failed), reasons=failed), tuple(met)


ReadAll = Callable[[Iterable[Document]], Iterator[Reading]]


@contextmanager
def readings_of(reader: Reads, tools: Tools, *, prose: int) -> Iterator[ReadAll]:
    """A function from documents to readings in the same order, in worker processes when it pays."""
    if tools.workers < 2 or prose < PROSE_WORTH_WORKERS:
        yield partial(read_in_batches, reader)
        return
    context = get_context("spawn")  # a forked copy of a threaded numeric library may hang
    with ProcessPoolExecutor(tools.workers, context, prepare_worker, (tools.make_reader,)) as pool:
        yield partial(read_in_pool, pool, ahead=2 * tools.workers)


def read_in_batches(reader: Reads, documents: Iterable[Document]) -> Iterator[Reading]:
    for some in sent_together(documents):
        yield from read_some(reader, some)


def sent_together(documents: Iterable[Document]) -> Iterator[list[Document]]:
    return batched_by_size(documents, SENT_AT_ONCE, size=lambda each: len(each.text), enough=SENT_LETTERS)


def read_in_pool(pool: ProcessPoolExecutor, documents: Iterable[Document], *, ahead: int) -> Iterator[Reading]:
    """Readings in order; no more than `ahead` batches are out at a time, so memory stays bounded."""
    waiting = []
    try:
        for some in sent_together(documents):
            waiting.append(pool.submit(read_here, some))
            if len(waiting) >= ahead:
                yield from waiting.pop(0).result()
        for each in waiting:
            yield from each.result()
    except BrokenProcessPool as error:
        raise TrucelineError(
            "a reading process was ended from outside (out of memory?); run again, it continues where it was, "
            "or give --workers 1"
        ) from error


HERE: list[Reads] = []  # the one reader of a worker process


def prepare_worker(make_reader: Callable[[], Reads]) -> None:
    HERE[:] = [make_reader()]


def read_here(documents: Sequence[Document]) -> list[Reading]:
    return read_some(HERE[0], documents)


def read_some(reader: Reads, documents: Sequence[Document]) -> list[Reading]:
    """The readings, made together, which is quicker; one by one when that fails, to find who is to blame."""
    try:
        return list(reader.read_all(documents))
    except TrucelineError:
        raise
    except Exception:  # noqa: BLE001  told below, for the one document it belongs to
        return [read_one(reader, document) for document in documents]


def read_one(reader: Reads, document: Document) -> Reading:
    """The reading, or an empty one that carries the problem: one document never stops the others."""
    try:
        return reader.read(document)
    except TrucelineError:
        raise
    except Exception:  # noqa: BLE001  the one place: whatever a document sets off in us is a problem, not the end
        return Reading(document=document, problems=(our_failure(document),))


def our_failure(document: Document) -> Problem:
    """The problem of a document we failed on: the error and the innermost line of ours."""
    _kind, error, trace = sys.exc_info()
    frames = [frame for frame in traceback.extract_tb(trace) if "truceline" in frame.filename]
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Problem(
        code="internal.reader",
        message=f"our reader failed on this document ({type(error).__name__}: {error}{place}); "
        "please report it with the document; everything else was read",
        where=document.uri or document.id,
    )


# ---- tell, fuse, judge, watch


def derive_when_changed(
    mission: Mission, register: Register, tools: Tools, progress: Progress, *, fingerprint: str
) -> tuple[StageTally, ...]:
    """Recompute what is derived, only what changed where that can be told; no tallies where nothing had changed."""
    decisions = register.decisions()
    way = way_of_deriving(mission, reading=fingerprint, decisions=decisions)
    inputs = derivation_inputs(way, contents=register.contents())
    if register.checkpoint("derived") == inputs:
        return ()
    before = None
    if register.checkpoint("way of deriving") == way:
        before = Before(told=register.tellings_by_document(), shelf=register.shelf(), incidents=register.incidents())
    older = register.readings(fingerprint, superseded=True)
    derivation = derive(register.readings(fingerprint), mission, tools, progress, decisions, older=older, before=before)
    with register.writing() as writer:
        if derivation.changes is None:
            writer.replace_derived(derivation.derived, at=tools.now)
        else:
            writer.change_derived(derivation.changes, at=tools.now)
        writer.set_checkpoint(READING, fingerprint)
    with progress.stage("watching"):
        view = standing_view(register, mission)
        watch, revisions = tools.watch(view), tools.place(derivation.revisions, view)
    with register.writing() as writer:
        writer.set_watch(watch)
        writer.set_revisions(revisions)
        # Noted last: a run killed before this derives all of it again.
        writer.set_checkpoint("way of deriving", way)
        writer.set_checkpoint("derived", inputs)
    return derivation.tallies


# ---- publish


def publish_when_changed(mission: Mission, register: Register, tools: Tools, progress: Progress, *, out: Path) -> bool:
    """Publish, unless `out` holds what this register published, file by file, and nothing that waited is released."""
    name, manifest, held = f"published to {out.resolve()}", out / "manifest.json", register.fingerprint()
    inputs = partial(publication_inputs, mission, register=held, release=tools.release)
    waiting = f"{name}, in which more is released at"
    at = register.checkpoint(waiting)
    if register.checkpoint(name) == inputs(manifest=manifest) and (not at or datetime.fromisoformat(at) > tools.now):
        return False
    with progress.stage("publishing"):
        next_at = tools.publish(register.view(mission), out)
    with register.writing() as writer:
        writer.set_checkpoint(waiting, "" if next_at is None else next_at.isoformat())
        writer.set_checkpoint(name, inputs(manifest=manifest))
    return True
