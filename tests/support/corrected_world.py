"""Corrected articles for tests: the mission's own reader, each text read once, and runs over documents given."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from truceline.flow.mission import load_mission
from truceline.flow.run import run
from truceline.flow.tools import Tools
from truceline.gauge.passages import MISSION
from truceline.model.document import Document
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.read.reader import Reader
from truceline.store.register import Register
from truceline.testing import NOON, doc

TOLD = datetime(2016, 5, 3, 12, tzinfo=UTC)
SIX = "Shells killed six people in the market of Binnish on Monday evening, the civil defence in the town said. "
FOUR = SIX.replace("six", "four")
MORE = "The shells fell within minutes of each other while families were buying bread after the long day of fasting. "


@cache
def watched() -> Mission:
    return load_mission(MISSION)


class Remembering:
    """The mission's reader, each text read once however many registers ask."""

    def __init__(self) -> None:
        self.reader = Reader.for_mission(watched())
        self.known: dict[Document, Reading] = {}

    @property
    def fingerprint(self) -> str:
        return self.reader.fingerprint

    def read(self, document: Document) -> Reading:
        return next(iter(self.read_all([document])))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        asked = list(documents)
        first = [replace(each, version=1) for each in asked]
        new = [each for each in dict.fromkeys(first) if each not in self.known]
        self.known |= dict(zip(new, self.reader.read_all(new), strict=True))
        for document, each in zip(asked, first, strict=True):
            yield replace(self.known[each], document=document)


@cache
def reader() -> Remembering:
    return Remembering()


def bring(register: Register, documents: Sequence[Document], *, refreshed: list[int] | None = None) -> None:
    """One run over these documents; notes in `refreshed` how many documents were fused again by themselves."""
    tools = Tools.for_mission(watched(), now=NOON)

    def refresh(*given: Any) -> Any:
        if refreshed is not None:
            refreshed.append(len(given[2]))
        assert tools.refresh is not None
        return tools.refresh(*given)

    walked = replace(tools, make_reader=reader, gather=lambda _paths: iter(documents), refresh=refresh)
    run(watched(), [], register=register, tools=walked, out=None)


def article(text: str, *, id: str = "wire-1", after: float = 0, publisher: str = "Orontes Wire") -> Document:
    return doc(text, id=id, publisher=publisher, published_at=TOLD + timedelta(hours=after))
