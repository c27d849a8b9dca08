"""Times asked for one by one, in passages of our own (tests/cases/read/times_asked.txt, whose head says how)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from truceline.errors import UsageError
from truceline.gauge.align import Offsets, jaccard, overlap, pair_best_first
from truceline.gauge.case import Case, ContractReading, Predict, Tally, empty_reading, gold_document
from truceline.gauge.measure import Measure, share
from truceline.gauge.passages import passage_file
from truceline.model.document import Document

FILE = "times_asked.txt"
NOT_ASKED = "-"
# The truces that passages may mean by "the truce", as the file's head has them.
TRUCES = {"syria-2016": datetime(2016, 2, 26, 22, tzinfo=UTC)}
# Sections by the first words of their heading, with the name that the scores have.
SECTIONS = {
    "weekdays backwards": "weekdays",
    "nights and parts": "parts of days",
    "parts of months": "parts of months",
    "weeks, months": "weeks to years",
    "days named": "days by name",
    "ranges": "ranges",
    "clocks": "clocks",
    "zones": "zones",
    "durations": "durations, sets",
    "counted from": "from another time",
    "counted back": "back from an instant",
    "the truce": "the truce",
    "other days": "other publication days",
    "a publisher": "another zone",
    "Arabic": "Arabic",
    "Russian": "Russian",
}

_ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A time expression: `type` and `value` are "-" and `start` None where they are not asked."""

    offsets: Offsets
    type: str
    value: str
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a passage asks: times, and words over which there is none."""

    times: tuple[Asked, ...]
    no_times: tuple[Offsets, ...]
    section: str


@dataclass(slots=True, kw_only=True)
class _Setting:
    """What the lines with "@" and the headings have said so far."""

    published: str = ""
    zone: str = "UTC"
    language: str = "en"
    mission: str = ""
    section: str = ""
    known: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)


class Times:
    """Passages written by a linguist who had not read the reader; they lie in the repository, not among the gold.

    A time is exact when type, value and stretch are those asked for; a time that nobody asked for is an error too.
    """

    name = "times"
    splits = ("all",)
    baseline_name = "ISO days and four-digit years"
    measures: tuple[Measure, ...] = (
        share("exact", "exact", "asked and extra"),
        share("exact, of those asked", "exact", "asked"),
        share("exact stretch, where asked", "stretch.right", "stretch"),
        replace(share("words that are none, read as a time", "none.read", "none"), lower_is_better=True),
        *(share(f"exact: {each}", f"exact.{each}", f"asked.{each}") for each in SECTIONS.values()),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:  # noqa: ARG002  one split only
        return _cases(passage_file(folder, FILE), _Setting())

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        gold, times = case.gold, reading["times"]
        spans = [(each["start"], each["end"]) for each in times]
        offsets = [each.offsets for each in gold.times]
        answers = {at: times[other] for at, other in pair_best_first(offsets, spans, jaccard)}
        exact = sum(at in answers and _is_exact(asked, answers[at]) for at, asked in enumerate(gold.times))
        placed = [(at, asked) for at, asked in enumerate(gold.times) if asked.start is not None]
        return Tally(
            counts={
                "asked": len(gold.times),
                "asked and extra": len(gold.times) + len(times) - len(answers),
                "exact": exact,
                "stretch": len(placed),
                "stretch.right": sum(at in answers and _is_placed(asked, answers[at]) for at, asked in placed),
                "none": len(gold.no_times),
                "none.read": sum(any(overlap(each, span) for span in spans) for each in gold.no_times),
                f"asked.{gold.section}": len(gold.times),
                f"exact.{gold.section}": exact,
            }
        )

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """What is written as 2016-05-03, and years of four digits."""
        found = _ISO_DAY.finditer(case.document.text)
        return _reading(case, [Asked(offsets=each.span(), type="DATE", value=each[0]) for each in found])

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold.times)


def times_reader(folder: Path) -> Predict:
    """The reader that the passages ask for: each is read in its own zone, under its own truce."""
    setting = _Setting()
    for _ in _cases(passage_file(folder, FILE), setting):
        pass
    reader_class = import_module("truceline.read.reader").Reader
    as_contract = import_module("truceline.read.contract").as_contract
    readers = {}
    for zone, truce in dict.fromkeys(setting.known.values()):
        readers[zone, truce] = reader_class(actors=(), places=(), countries=(), timezone=zone)
        readers[zone, truce].truce_began = truce

    def predict(document: Document) -> ContractReading:
        reader = readers[setting.known[document.id]]
        reading: ContractReading = as_contract(reader.read(document), with_text=False)
        return reading

    return predict


def _cases(path: Path, setting: _Setting) -> Iterator[Case[Gold]]:
    """The passages in order; `setting` ends up with the zone and the truce of each."""
    for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))):
        passage = []
        for line in block.splitlines():
            if line.startswith(("@", "#")):
                _take(line, setting)
            elif not line.startswith((">", "!")):
                passage.append(line)
        if passage:
            yield _case(f"time-{number}", "\n".join(passage), block.splitlines(), setting)


def _take(line: str, setting: _Setting) -> None:
    if heading := re.match(r"# --- (.*)", line):
        setting.section = next((name for words, name in SECTIONS.items() if heading[1].startswith(words)), "")
    match line.split():
        case ["@published", day]:
            setting.published = day
        case ["@timezone", zone]:
            setting.zone = zone
        case ["@language", language]:
            setting.language = language
        case ["@mission", mission]:
            setting.mission = mission


def _case(id: str, text: str, lines: Sequence[str], setting: _Setting) -> Case[Gold]:
    setting.known[id] = (setting.zone, TRUCES.get(setting.mission))
    published = _instant(setting.published, setting.zone)
    asked: list[Asked] = []
    for line in (each[1:] for each in lines if each.startswith(">")):
        asked.append(_asked(line, text, asked[-1].offsets[1] if asked else 0, setting.zone))
    none = tuple(span for line in lines if line.startswith("!") for span in _spans(line[1:].strip(), text))
    return Case(
        document=replace(gold_document(id, text, published), language=setting.language),
        part="",
        gold=Gold(times=tuple(asked), no_times=none, section=setting.section),
    )


def _asked(line: str, text: str, start: int, zone: str) -> Asked:
    words, kind, value, *stretch = (part.strip() for part in line.split("|"))
    place = next((each for each in _spans(words, text) if each[0] >= start), None)
    if place is None:
        raise UsageError(f"{FILE}: '{words}' does not stand in the passage '{text[:60]}'; write it as it stands there")
    ends = [_instant(each, zone) for each in re.findall(r"[\dT:Z-]{16,}", stretch[0])] if stretch else [None, None]
    return Asked(offsets=place, type=kind, value=value, start=ends[0], end=ends[1])


def _spans(words: str, text: str) -> list[Offsets]:
    return [each.span() for each in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def _instant(written: str, zone: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _is_exact(asked: Asked, answer: Mapping[str, Any]) -> bool:
    typed = asked.type in {NOT_ASKED, answer["type"]} and asked.value in {NOT_ASKED, answer["value"]}
    return typed and (asked.start is None or _is_placed(asked, answer))


def _is_placed(asked: Asked, answer: Mapping[str, Any]) -> bool:
    return bool(answer.get("from")) and (
        datetime.fromisoformat(answer["from"]) == asked.start and datetime.fromisoformat(answer["to"]) == asked.end
    )


def _reading(case: Case[Gold], times: Sequence[Asked]) -> ContractReading:
    rows = [
        {
            "start": each.offsets[0],
            "end": each.offsets[1],
            "type": each.type,
            "value": each.value,
            "from": each.start and each.start.isoformat(),
            "to": each.end and each.end.isoformat(),
        }
        for each in times
    ]
    return {**empty_reading(case.document), "times": rows}
