"""One gold document with its answers, and the shape that every suite has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

from truceline.gauge.measure import Measure
from truceline.model.document import Document, Form

# A reading as `truceline read --format jsonl` prints it: scorers judge what users get, never our own records.
ContractReading: TypeAlias = Mapping[str, Any]
Predict: TypeAlias = Callable[[Document], ContractReading]

Gold = TypeVar("Gold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Generic[Gold]):
    """A text and what a perfect reader would find in it; `part` names the corpus it belongs to."""

    document: Document
    part: str
    gold: Gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one document adds: `counts` are summed, `samples` are pooled (for medians)."""

    counts: Mapping[str, float]
    samples: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A table beside the scores, cells as printed."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@runtime_checkable
class Detailed(Protocol):
    """A suite that has more to show than its scores."""

    def details(self, tallies: Sequence[Tally]) -> Detail: ...


class Suite(Protocol[Gold]):
    """A gold set, how it is scored, and the plain reader it is compared with.

    `reading_of` is the gold turned into a reading: fed back, it must score 1 everywhere.
    """

    @property
    def name(self) -> str: ...

    @property
    def splits(self) -> tuple[str, ...]: ...

    @property
    def baseline_name(self) -> str: ...

    @property
    def measures(self) -> tuple[Measure, ...]: ...

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]: ...

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally: ...

    def baseline(self, case: Case[Gold]) -> ContractReading: ...

    def reading_of(self, case: Case[Gold]) -> ContractReading: ...


def gold_document(id: str, text: str, published_at: datetime | None = None, publisher: str | None = None) -> Document:
    """A gold text as the reader meets it; English unless a gold set says otherwise."""
    return Document(
        id=id,
        text=text,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        form=Form.JSONL,
        publisher=publisher,
        published_at=published_at,
        language="en",
    )


def empty_reading(document: Document) -> dict[str, Any]:
    """What a reader prints that finds nothing at all."""
    published = document.published_at
    return {
        "contract": 1,
        "document": {
            "id": document.id,
            "publisher": document.publisher,
            "published_at": published and published.isoformat().replace("+00:00", "Z"),
            "sha256": document.sha256,
            "length": len(document.text),
        },
        "mentions": [],
        "places": [],
        "times": [],
        "quantities": [],
        "attributions": [],
        "claims": [],
        "problems": [],
    }
