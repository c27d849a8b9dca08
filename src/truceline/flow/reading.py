"""Reading without a register: one reading for every input document, in input order."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from truceline.errors import Problem, Severity
from truceline.flow.progress import Advance, Progress
from truceline.flow.run import readings_of
from truceline.flow.tools import Gatherable, Tools
from truceline.model.document import Document, Form
from truceline.model.reading import Reading
from truceline.read.gazetteer_in_use import gazetteer_file, is_compiled, user_cache

PROSE_SHARE = {".csv": 0.0, ".html": 0.3, ".htm": 0.3, ".jsonl": 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the caller knows of documents that do not say it themselves."""

    published_at: datetime | None = None
    publisher: str | None = None

    def complete(self, document: Document) -> Document:
        return replace(
            document,
            published_at=document.published_at or self.published_at,
            publisher=document.publisher or self.publisher,
        )


def read_paths(
    paths: Sequence[Path],
    tools: Tools,
    *,
    given: Particulars,
    advance: Advance,
    tell: Callable[[Problem], None],
) -> Iterator[Reading]:
    """One reading a document; what could not be read is an empty one that carries the problem, in its place.

    `tell` hears every problem of gathering when it is met, also those that are about no document.
    """
    queue = Queue(given=given, tell=tell)
    with readings_of(tools.make_reader(), tools, prose=sum(map(prose_below, paths))) as read:
        for reading in read(queue.documents(tools.gather(paths))):
            yield from queue.unread_before_next()
            yield queue.with_warnings(reading)
            advance(1)
    yield from queue.unread_before_next()


class Queue:
    """Keeps the order: documents go on to the reader, problems wait for their turn."""

    def __init__(self, *, given: Particulars, tell: Callable[[Problem], None]) -> None:
        self._given = given
        self._tell = tell
        self._passed = 0  # documents handed to the reader
        self._answered = 0  # readings that came back
        self._errors: deque[tuple[int, Problem]] = deque()
        self._warnings: deque[tuple[int, Problem]] = deque()

    def documents(self, stream: Iterable[Gatherable]) -> Iterator[Document]:
        for each in stream:
            if isinstance(each, Document):
                self._passed += 1
                yield self._given.complete(each)
            elif isinstance(each, Problem):
                self._tell(each)
                waiting = self._errors if each.severity is Severity.ERROR else self._warnings
                waiting.append((self._passed, each))

    def unread_before_next(self) -> Iterator[Reading]:
        """Empty readings for what could not be read before the next document."""
        while self._errors and self._errors[0][0] <= self._answered:
            yield unread(self._errors.popleft()[1])

    def with_warnings(self, reading: Reading) -> Reading:
        """The reading with the warnings that came before its document, which are about it."""
        warnings = []
        self._answered += 1
        while self._warnings and self._warnings[0][0] < self._answered:
            warnings.append(self._warnings.popleft()[1])
        about = [each for each in warnings if not each.code.startswith("file.")]
        return replace(reading, problems=(*about, *reading.problems))


def unread(problem: Problem) -> Reading:
    """An empty reading for a document that could not be read: its line is not missing, and says why."""
    empty = hashlib.sha256(b"").hexdigest()
    return Reading(document=Document(id=problem.where, text="", sha256=empty, form=Form.TEXT), problems=(problem,))


def prepare(paths: Sequence[Path], progress: Progress) -> None:
    """Compiles the gazetteer where prose is to be read and this is its first use, telling how far it is.

    Raises UsageError where the gazetteer that was built cannot be used.
    """
    if not any(map(prose_below, paths)):
        return
    if is_compiled(user_cache()):
        gazetteer_file(user_cache())
        return
    told = 0
    with progress.stage("compiling the gazetteer, once") as advance:

        def tell(done: int, _total: int) -> None:
            nonlocal told
            advance(done - told)
            told = done

        gazetteer_file(user_cache(), tell=tell)


def prose_below(path: Path) -> int:
    """About how many characters of prose a path holds, by the sizes of its files: tables hold none, markup is half."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(int(each.stat().st_size * PROSE_SHARE.get(each.suffix.lower(), 1.0)) for each in files if each.is_file())
