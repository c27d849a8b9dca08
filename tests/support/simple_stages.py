"""Stages simple enough to check by hand, for tests of what joins them: importable by a worker or a killed process."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from truceline.errors import Dropped, Problem
from truceline.flow.tools import Tools
from truceline.model.assessment import Assessment
from truceline.model.document import Document, Original
from truceline.model.incident import Incident, Stance
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.store.evidence import hash_of
from truceline.testing import NOON, SHELLING, WordReader, assessment, doc, incident, telling

WORDS = {"shells": SHELLING, "truce": replace(SHELLING, plover="CONCEDE")}


@dataclass(frozen=True, slots=True)
class SlowReader:
    """Reads at one document every `seconds`; stumbles over one word."""

    seconds: float = 0.0
    fingerprint: str = "slow-reader-1"
    stumbles_over: str = "stumble"

    def read(self, document: Document) -> Reading:
        time.sleep(self.seconds)
        if self.stumbles_over in document.text:
            raise KeyError("stumbled")
        return WordReader(WORDS).read(document)

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return (self.read(document) for document in documents)


def gather(paths: Sequence[Path]) -> Iterator[Original | Document | Problem]:
    """One text file, one document; `a.2.txt` is the second version of `a`."""
    for folder in paths:
        for path in sorted(folder.glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            if not text:
                yield Problem(code="file.empty", message="the file is empty", where=path.as_posix())
                continue
            yield Original(sha256=hash_of(path), path=path)
            yield doc(text, id=path.name.split(".")[0], uri=path.name)


def tell(readings: Sequence[Reading], _mission: Mission, _older: Sequence[Reading] = ()) -> tuple[Telling, ...]:
    return tuple(
        telling(each.id, document=reading.document.id, event=each.trigger.type)
        for reading in readings
        for each in reading.claims
    )


def fuse(tellings: Sequence[Telling], _mission: Mission, _decisions: object) -> Any:
    """All tellings of one kind are one incident; talk of a truce is dropped."""
    shells = [each.claim for each in tellings if each.event == SHELLING]
    dropped = [Dropped(id=each.claim, reason="no act") for each in tellings if each.event != SHELLING]
    found = (incident("|".join(shells), claims=shells),) if shells else ()
    return SimpleNamespace(claims=frozenset(), shelved=(), fusion=SimpleNamespace(incidents=found, dropped=dropped))


def assess(incidents: Sequence[Incident], _tellings: object, _mission: Mission) -> Iterator[Assessment]:
    return (assessment(each.id) for each in incidents)


def publish(view: View, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(view.fingerprint, encoding="utf-8")


def find_copies(documents: Sequence[Document]) -> dict[str, str]:
    """Copies are documents that begin with the same ten characters."""
    firsts: dict[str, str] = {}
    copies: dict[str, str] = {}
    for document in documents:
        first = firsts.setdefault(document.text[:10], document.id)
        if first != document.id:
            copies[document.id] = first
    return copies


def match(one: Telling, view: View) -> list[Any]:
    """Every incident of its kind."""
    return [SimpleNamespace(incident_id=each.id, reasons=("same kind",)) for each in view.incidents]


def tools(*, workers: int = 1, seconds: float = 0.0, **given: Any) -> Tools:
    stages: dict[str, Any] = {
        "gather": gather,
        "tell": tell,
        "fuse": fuse,
        "assess": assess,
        "watch": lambda _view: None,
        "publish": publish,
        "find_copies": find_copies,
        "find_bar": lambda telling: None if telling.incident_worthy else "an opinion",
        "parse_stance": lambda telling: Stance.DENIES if telling.negated else Stance.ASSERTS,
        "match": match,
        "check_rates": lambda _tellings, _view: (),
        "make_reader": partial(SlowReader, seconds),
    }
    return Tools(**{"now": NOON, "workers": workers, **stages, **given})


def main(documents: str, register: str, seconds: str) -> None:
    """One whole run in a process of its own, for tests that kill it."""
    from truceline.flow.run import run
    from truceline.store.sqlite import open_register
    from truceline.testing import mission

    with open_register(Path(register), now=NOON, writing=True) as opened:
        print("open", flush=True)
        run(mission(Path(documents)), [Path(documents)], register=opened, tools=tools(seconds=float(seconds)), out=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
