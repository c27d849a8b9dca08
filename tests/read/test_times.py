from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.model.when import Basis, TimexType
from truceline.read.sentences import parse_texts
from truceline.read.times import find_times

CASES = Path(__file__).parents[1] / "cases/read/times.txt"
DAMASCUS = ZoneInfo("Asia/Damascus")
PUBLISHED = datetime(2016, 6, 4, 10, 30, tzinfo=UTC)


def passages() -> Iterator[tuple[str, datetime | None, list[str]]]:
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        published: datetime | None = PUBLISHED
        if lines and lines[0].startswith("@"):
            told = lines.pop(0)[2:]
            published = None if told == "unknown" else datetime.fromisoformat(told)
        if lines:
            yield lines[0], published, [line[2:] for line in lines[1:]]


def local(moment: datetime) -> str:
    return moment.astimezone(DAMASCUS).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(("passage", "published", "expected"), passages())
def test_times_are_read_as_a_reader_would(passage: str, published: datetime | None, expected: list[str]) -> None:
    found = []
    for line, when in zip(
        expected + [""] * 9, find_times(passage, published_at=published, timezone="Asia/Damascus"), strict=False
    ):
        assert when.span is not None
        shown = f"{when.span.of(passage)} = {when.value}"
        if "[" in line and when.start is not None and when.end is not None:
            shown += f" [{local(when.start)} .. {local(when.end)}]"
        found.append(shown)
    assert found == expected


def linguists_passages() -> Iterator[tuple[str, datetime, str, list[str]]]:
    day, zone = "", "UTC"
    for block in (CASES.parent / "time_values.txt").read_text(encoding="utf-8").split("\n\n"):
        passage = ""
        for line in block.splitlines():
            if line.startswith("@published"):
                day = line.split()[1]
            elif line.startswith("@timezone"):
                zone = line.split()[1]
            elif not line.startswith(("#", ">")):
                passage = line
        if passage:
            told = datetime.fromisoformat(day)
            published = told if told.tzinfo else told.replace(tzinfo=ZoneInfo(zone))
            yield passage, published, zone, [line[2:].strip() for line in block.splitlines() if line.startswith(">")]


# Known and left: half an hour is written in minutes, as TimeBank does; 'the March brothers' reads as the month.
OTHERWISE = ("They talked for two and a half hours.", "The March brothers opened a bakery.")


@pytest.mark.parametrize(
    ("passage", "published", "zone", "expected"), [each for each in linguists_passages() if each[0] not in OTHERWISE]
)
def test_the_linguists_times_are_read(passage: str, published: datetime, zone: str, expected: list[str]) -> None:
    found = [
        f"{when.span.of(passage)} | {when.type.value} | {when.value}"
        for when in find_times(
            passage, published_at=published, timezone=zone, doc=next(parse_texts([passage], ner=False))
        )
        if when.span is not None
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("words", "kind", "basis"),
    [
        ("on 5 May 2016", TimexType.DATE, Basis.STATED),
        ("on 5 May", TimexType.DATE, Basis.RELATIVE),
        ("on Friday night", TimexType.TIME, Basis.RELATIVE),
        ("for two years", TimexType.DURATION, Basis.RELATIVE),
        ("every day", TimexType.SET, Basis.STATED),
    ],
)
def test_kind_and_basis_say_how_a_time_was_told(words: str, kind: TimexType, basis: Basis) -> None:
    (when,) = find_times(words, published_at=PUBLISHED)
    assert (when.type, when.basis) == (kind, basis)


def test_a_length_without_an_anchor_has_no_instants() -> None:
    (when,) = find_times("It took two years.", published_at=PUBLISHED)
    assert (when.start, when.end) == (None, None)


def test_a_relative_time_without_publication_is_never_placed() -> None:
    for words in ("yesterday", "last week", "three days ago", "on Monday", "in March", "this morning"):
        assert all(when.start is None for when in find_times(words, published_at=None)), words


def test_a_zone_told_beats_the_zone_of_the_mission() -> None:
    (told,) = find_times("at 22:00 GMT on 4 May", published_at=PUBLISHED, timezone="Asia/Damascus")
    (untold,) = find_times("at 22:00 on 4 May", published_at=PUBLISHED, timezone="Asia/Damascus")
    assert told.start == datetime(2016, 5, 4, 22, tzinfo=UTC)
    assert untold.start == datetime(2016, 5, 4, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "first"),
    [("in the past 24 hours", 3), ("in the latest 48 hours", 2), ("in recent hours", 3), ("in the past two days", 3)],
)
def test_without_an_hour_of_publication_past_hours_count_from_any_hour_of_its_day(words: str, first: int) -> None:
    (when,) = find_times(words, published_at=datetime(2016, 6, 4, tzinfo=UTC))
    assert (when.start, when.end) == (datetime(2016, 6, first, tzinfo=UTC), datetime(2016, 6, 5, tzinfo=UTC))


def test_a_midnight_told_as_past_began_the_day_of_publication() -> None:
    (when,) = find_times("shells fell after midnight", published_at=datetime(2016, 6, 4, tzinfo=UTC))
    assert when.start == datetime(2016, 6, 4, tzinfo=UTC)


# fmt: off
WORDS = [
    "early", "late", "the", "last", "next", "this", "Friday", "May", "5", "2016", "night", "of", "-",
    ",", "ago", "two", "weeks", "daily", "24:00", "p.m.", "1/2", "a", "year's",
]
# fmt: on


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_heap_of_words_of_time_reads_back_in_order(text: str) -> None:
    found = list(find_times(text, published_at=PUBLISHED))
    spans = [when.span for when in found if when.span is not None]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(when.start < when.end for when in found if when.start is not None and when.end is not None)


def test_an_endless_line_is_read_in_pieces_at_the_right_places() -> None:
    text = "Shells fell on 5 May 2016. " * 8_000
    found = list(find_times(text, published_at=PUBLISHED))
    assert len(found) == 8_000
    assert all(when.value == "2016-05-05" and when.span is not None for when in found)
    assert all(when.span is not None and when.span.of(text) == "5 May 2016" for when in found)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for when in find_times(text, published_at=PUBLISHED):
        assert when.span is not None
        assert when.span.of(text).strip()
