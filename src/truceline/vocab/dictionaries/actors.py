"""The actors dictionary: names, synonyms after +, and codes that may hold between days only."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from truceline.errors import Problem
from truceline.vocab.dictionaries.lines import CONTROLS, Line, flaw, without_flawed
from truceline.vocab.dictionaries.records import NO_CODE, ActorEntry, DatedCode
from truceline.vocab.dictionaries.words import parse_name

_DATE = r"(\d{8}|\d{6})"
_CODE = re.compile(rf"(?P<code>\S+?)(?:\s*(?:(?P<sign>[<>])\s*{_DATE}|\s{_DATE}\s*-\s*{_DATE})\s*>?)?")
# Two-digit years: the dictionaries reach from the 1930s on ([AFGELI 320101-331108]) into this century.
CENTURY_FROM = 30


@dataclass(slots=True)
class _Entry:
    line: Line
    names: list[str] = field(default_factory=list)
    codes: list[DatedCode] = field(default_factory=list)


def parse_actors(lines: Iterable[Line], problems: list[Problem]) -> Iterator[ActorEntry]:
    """One entry a name, each with all codes of its block; what cannot be read is told and left out."""
    entry: _Entry | None = None
    for line in without_flawed(lines, problems):
        starts = not line.is_indented and not line.text.startswith(("+", "["))
        if starts:
            yield from _closed(entry, problems)
            entry = _Entry(line)
        if entry is None:
            problems.append(flaw(line, "orphan", "a synonym or code before any actor; put the actor's name above it"))
            continue
        if line.phrase:
            entry.names.append(line.phrase.removeprefix("+"))
        entry.codes.extend(_codes(line, problems))
    yield from _closed(entry, problems)


def _closed(entry: _Entry | None, problems: list[Problem]) -> Iterator[ActorEntry]:
    if entry is None:
        return
    if not entry.codes:
        told = f"actor '{entry.line.text.strip()}' has no code; add one as [CODE]"
        problems.append(flaw(entry.line, "uncoded", told))
        return
    for each in entry.names:
        name = parse_name(each)
        if name.words:
            yield ActorEntry(name=name, codes=tuple(entry.codes))


def _codes(line: Line, problems: list[Problem]) -> Iterator[DatedCode]:
    for text in line.codes:
        code = parse_dated_code(text)
        if code is None:
            problems.append(
                flaw(line, "code", f"'[{text}]' is no code; write [CODE], [CODE <YYMMDD], [CODE >YYMMDD] "
                     "or [CODE YYMMDD-YYMMDD]")
            )  # fmt: skip
        else:
            yield code


def parse_dated_code(text: str) -> DatedCode | None:
    """The code between brackets with its days; None where it cannot be read. TABARI's orders count as no code."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return None
    code = NO_CODE if found["code"] in CONTROLS else found["code"]
    sign, bound, first, last = found["sign"], found[3], found[4], found[5]
    days = [parse_day(each) for each in (bound, first, last) if each is not None]
    if None in days:
        return None
    if sign == "<":
        return DatedCode(code=code, last=days[0])
    if sign == ">":
        return DatedCode(code=code, first=days[0])
    return DatedCode(code=code, first=days[0], last=days[1]) if days else DatedCode(code=code)


def parse_day(digits: str) -> date | None:
    """YYYYMMDD or YYMMDD; None for a day that no calendar has."""
    if len(digits) == 6:
        digits = f"{'19' if int(digits[:2]) >= CENTURY_FROM else '20'}{digits}"
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
