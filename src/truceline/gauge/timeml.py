"""TempEval-3's way of scoring time expressions: found, typed, and given the right value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from truceline.gauge.align import Offsets, jaccard, pair_best_first
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import f1


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    offsets: Offsets
    type: str
    value: str


Gold = tuple[Timex, ...]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class TimeMl:
    """TimeBank and AQUAINT together; the creation time is given to the reader as the date of publication."""

    name = "timeml"
    splits = ("all", "TimeBank", "AQUAINT")
    baseline_name = "four-digit years"
    measures = (
        f1("relaxed F1", "relaxed", "found", "gold"),
        f1("strict F1", "strict", "found", "gold"),
        f1("value F1", "value", "found", "gold"),
        f1("type F1", "type", "found", "gold"),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        for corpus in ("TimeBank", "AQUAINT"):
            if split not in {"all", corpus}:
                continue
            for path in sorted((folder / "timeml" / corpus).glob("*.tml")):
                yield parse_case(path.stem, path.read_bytes())

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        found = [_timex(each) for each in reading["times"]]
        pairs = pair_best_first(case.gold, found, lambda gold, answer: jaccard(gold.offsets, answer.offsets))
        both = [(case.gold[at], found[other]) for at, other in pairs]
        return Tally(
            counts={
                "found": len(found),
                "gold": len(case.gold),
                "relaxed": len(pairs),
                "strict": sum(gold.offsets == answer.offsets for gold, answer in both),
                "value": sum(gold.value == answer.value for gold, answer in both),
                "type": sum(gold.type == answer.type for gold, answer in both),
            }
        )

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """Years written in four digits, and nothing else."""
        years = _YEAR.finditer(case.document.text)
        return _reading(case, [Timex(offsets=each.span(), type="DATE", value=each[0]) for each in years])

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold)


def parse_case(id: str, markup: bytes) -> Case[Gold]:
    """The text of one TimeML file with its time expressions, offsets counted after the tags are gone."""
    root = ET.fromstring(markup)  # noqa: S314 -- a gold set the user chose to measure against
    created = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    pieces: list[str] = []
    gold = tuple(_walk(body, pieces)) if body is not None else ()
    published_at = None if created is None else parse_creation_time(created.get("value", ""))
    return Case(document=gold_document(id, "".join(pieces), published_at), part="", gold=gold)


def parse_creation_time(value: str) -> datetime | None:
    """A creation time as an instant; a day alone is its midnight. UTC, since the set gives no zone."""
    stamp = re.match(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?", value)
    return datetime.fromisoformat(stamp[0]).replace(tzinfo=UTC) if stamp else None


def _walk(element: ET.Element, pieces: list[str]) -> Iterator[Timex]:
    """Append the text in order; give each TIMEX3 once its text has been passed."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        yield from _walk(child, pieces)
        pieces.append(child.tail or "")
    end = sum(map(len, pieces))
    if element.tag == "TIMEX3" and end > start:
        yield Timex(offsets=(start, end), type=element.get("type", ""), value=element.get("value", ""))


def _timex(row: Mapping[str, Any]) -> Timex:
    return Timex(offsets=(row["start"], row["end"]), type=row["type"], value=row["value"])


def _reading(case: Case[Gold], times: Sequence[Timex]) -> ContractReading:
    rows = [
        {"start": each.offsets[0], "end": each.offsets[1], "type": each.type, "value": each.value} for each in times
    ]
    return {**empty_reading(case.document), "times": rows}
