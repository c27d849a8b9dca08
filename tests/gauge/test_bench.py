from collections.abc import Sequence
from pathlib import Path

from truceline.gauge.bench import SLICE, Pace, headlines, measure_pace
from truceline.model.document import Document


def test_both_readers_are_timed_on_the_same_lines(gold: Path) -> None:
    read: list[str] = []
    parsed: list[str] = []

    def ours(documents: Sequence[Document]) -> None:
        read.extend(document.text for document in documents)

    documents = headlines(gold)
    pace = measure_pace(documents, read=ours, bare=parsed.extend)
    warmed = documents[:SLICE] + documents
    assert read == parsed == [document.text for document in warmed]
    assert (pace.documents, pace.peak_mb > 0) == (len(documents), True)


def test_a_pace_is_told_beside_the_bare_one() -> None:
    pace = Pace(documents=100, seconds=4.0, bare_seconds=2.0, peak_mb=300.0, machine="test")
    assert (pace.per_second, pace.bare_per_second, pace.ratio) == (25.0, 50.0, 2.0)
