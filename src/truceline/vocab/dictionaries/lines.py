"""The lines of a dictionary that say something, with where they stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from truceline.errors import Problem, Severity

_OPEN = re.compile(r"<!\s*--")
_CODE = re.compile(r"\[([^\]]*)\]")
# TABARI's own orders in place of a code: leave the text out, set it aside as too complex.
CONTROLS = frozenset({"###", "+++"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its remark; `text` keeps what stands left of it, an indent included."""

    text: str
    where: str

    @property
    def is_indented(self) -> bool:
        return self.text[:1].isspace()

    @property
    def codes(self) -> tuple[str, ...]:
        """What stands between square brackets, in order."""
        return tuple(each.strip() for each in _CODE.findall(self.text))

    @property
    def phrase(self) -> str:
        """What stands before the first bracket or brace."""
        return re.split(r"[\[{]", self.text, maxsplit=1)[0].strip()


def read_lines(text: str, name: str) -> Iterator[Line]:
    """Lines with something on them, remarks taken out: <!-- … --> over any number of lines, # and ; to the end."""
    hidden = False
    for number, raw in enumerate(text.splitlines(), start=1):
        shown, hidden = _without_markup(raw, hidden=hidden)
        shown = _without_remark(shown).rstrip()
        if shown.strip():
            yield Line(shown, f"{name}:{number}")


def _without_markup(raw: str, *, hidden: bool) -> tuple[str, bool]:
    kept = ""
    while raw:
        if hidden:
            _, closed, raw = raw.partition("-->")
            hidden = not closed
            continue
        opened = _OPEN.search(raw)
        if opened is None:
            return kept + raw, False
        kept, raw, hidden = kept + raw[: opened.start()], raw[opened.end() :], True
    return kept, hidden


def _without_remark(text: str) -> str:
    """Up to # or ;, but never inside brackets: [###] is a code."""
    if "#" not in text and ";" not in text:
        return text
    depth = 0
    for index, letter in enumerate(text):
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if letter in "#;" and depth <= 0:
            return text[:index]
    return text


def flaw(line: Line, code: str, message: str) -> Problem:
    """A line that is left out: what is wrong and what to do; the rest of the file is used."""
    return Problem(code=f"dictionary.{code}", message=message, where=line.where, severity=Severity.WARNING)


def is_unbalanced(line: Line) -> bool:
    return any(line.text.count(left) != line.text.count(right) for left, right in ("[]", "{}"))


def without_flawed(lines: Iterable[Line], problems: list[Problem]) -> Iterator[Line]:
    """The lines whose brackets close; the others are told."""
    for line in lines:
        if is_unbalanced(line):
            problems.append(
                flaw(line, "bracket", f"a bracket does not close in '{line.text.strip()}'; the line is left out")
            )
        else:
            yield line
