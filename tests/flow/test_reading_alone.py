import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from simple_stages import tools

from truceline.errors import Dropped, Problem, Severity
from truceline.flow.progress import Lines
from truceline.flow.reading import Particulars, read_paths
from truceline.flow.tally import count_stage
from truceline.model.reading import Reading
from truceline.testing import NOON, doc

WARNING = Problem(code="date.future", message="dated in the future", where="b", severity=Severity.WARNING)
ERROR = Problem(code="file.empty", message="the file is empty", where="c")


def read(stream: Sequence[Any], given: Particulars = Particulars()) -> tuple[list[Reading], list[Problem]]:  # noqa: B008
    heard: list[Problem] = []

    def gather(_paths: Sequence[Path]) -> Iterator[Any]:
        return iter(stream)

    readings = read_paths([], tools(gather=gather), given=given, advance=lambda _count: None, tell=heard.append)
    return list(readings), heard


def test_what_cannot_be_read_keeps_its_place_among_what_can() -> None:
    readings, heard = read([ERROR, doc(id="a"), ERROR, WARNING, doc(id="b"), doc(id="d"), ERROR])
    assert [each.document.id for each in readings] == ["c", "a", "c", "b", "d", "c"]
    assert [len(each.problems) for each in readings] == [1, 0, 1, 1, 0, 1]
    assert heard == [ERROR, ERROR, WARNING, ERROR]


def test_a_warning_goes_to_the_document_that_follows_it() -> None:
    readings, _heard = read([doc(id="a"), WARNING, doc(id="b")])
    assert [each.problems for each in readings] == [(), (WARNING,)]


def test_a_warning_about_a_file_beside_the_documents_is_only_told() -> None:
    beside = replace(WARNING, code="file.unknown")
    readings, heard = read([beside, doc(id="a")])
    assert ([each.problems for each in readings], heard) == ([()], [beside])


def test_what_the_caller_knows_fills_only_what_a_document_does_not_say() -> None:
    given = Particulars(published_at=NOON.replace(year=2017), publisher="Caller")
    readings, _heard = read([doc(id="a"), doc(id="b", published_at=None, publisher=None)], given)
    assert [each.document.publisher for each in readings] == ["Test Agency", "Caller"]
    assert [each.document.published_at for each in readings] == [NOON, NOON.replace(year=2017)]


def test_lines_come_every_few_seconds_and_no_oftener() -> None:
    seconds = iter([0.0, 1.0, 3.0, 3.0, 4.0, 6.5, 6.5])
    stream = io.StringIO()
    with Lines(stream, lambda: next(seconds)).stage("reading", 1000) as advance:
        for _ in range(4):
            advance(250)
    assert stream.getvalue() == "reading: 500 of 1,000\nreading: 1,000 of 1,000\n"


def test_what_was_dropped_is_counted_by_reason_the_commonest_first() -> None:
    dropped = [Dropped(id=str(number), reason=reason) for number, reason in enumerate("bbac")]
    tally = count_stage("fuse", given=9, kept=5, dropped=dropped)
    assert (tally.dropped, tally.dropped_count) == ((("b", 2), ("a", 1), ("c", 1)), 4)
