"""The totals of a UCDP GED file, added up from its cells alone: nothing of ours reads it but the csv module."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from truceline.errors import UsageError
from truceline.model.coded import CodedTotal

FIGURES = ("events", "low", "best", "high")
Key = tuple[int, str]  # year of date_start, type of violence


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One year and type: what the register adds up to beside what the file does, in the order of FIGURES."""

    year: int
    kind: str
    register: tuple[int, ...]
    file: tuple[int, ...]

    @property
    def is_same(self) -> bool:
        return self.register == self.file


def add_up_file(path: Path) -> Mapping[Key, tuple[int, ...]]:
    """Events and low, best and high deaths by year and type. Raises UsageError where the file is none of UCDP's."""
    totals: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * len(FIGURES))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        missing = {"date_start", "type_of_violence", *FIGURES[1:]} - set(rows.fieldnames or ())
        if missing:
            raise UsageError(f"{path}: no column {', '.join(sorted(missing))}; give a UCDP GED file")
        for row in rows:
            total = totals[int(row["date_start"][:4]), row["type_of_violence"]]
            total[0] += 1
            for place, column in enumerate(FIGURES[1:], start=1):
                total[place] += int(float(row[column] or 0))
    return {key: tuple(total) for key, total in totals.items()}


def lay_beside(register: Sequence[CodedTotal], file: Mapping[Key, tuple[int, ...]]) -> tuple[Line, ...]:
    """Every year and type of either, in order."""
    held = {(each.year, each.kind): (each.events, each.low, each.best, each.high) for each in register}
    nothing = (0,) * len(FIGURES)
    return tuple(
        Line(year=key[0], kind=key[1], register=held.get(key, nothing), file=file.get(key, nothing))
        for key in sorted({*held, *file})
    )
