"""The agents dictionary: roles that add to an actor's code, with their plurals and sets that stand for parts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from truceline.errors import Problem
from truceline.vocab.dictionaries.lines import Line, flaw, without_flawed
from truceline.vocab.dictionaries.records import AgentEntry
from truceline.vocab.dictionaries.words import parse_name

_SET = re.compile(r"(![A-Za-z0-9_]+!)\s*=(.*)")
_MARK = re.compile(r"![A-Za-z0-9_]+!")
_BRACES = re.compile(r"\{([^}]*)\}")


def parse_agents(lines: Iterable[Line], problems: list[Problem]) -> Iterator[AgentEntry]:
    """One entry a form of each role; what cannot be read is told and left out."""
    sets: dict[str, tuple[str, ...]] = {}
    for line in without_flawed(lines, problems):
        defined = _SET.fullmatch(line.text.strip())
        if defined:
            sets[defined[1]] = tuple(each.strip() for each in defined[2].split(",") if each.strip())
        else:
            yield from _entries(line, sets, problems)


def _entries(line: Line, sets: Mapping[str, tuple[str, ...]], problems: list[Problem]) -> Iterator[AgentEntry]:
    code = line.codes[-1] if line.codes else ""
    if "~" not in (code[:1], code[-1:]) or len(code) < 2:
        problems.append(flaw(line, "agent", f"'{line.text.strip()}' has no agent code; end it with [~CODE] or [CODE~]"))
        return
    unknown = [mark for mark in _MARK.findall(line.phrase) if mark not in sets]
    if unknown:
        problems.append(flaw(line, "set", f"{unknown[0]} is not defined; add a line '{unknown[0]} = …' above"))
        return
    names = [name for form in _forms(line, sets) if (name := parse_name(form)).words]
    if not names:
        problems.append(flaw(line, "agent", f"no words before the code in '{line.text.strip()}'; put the role there"))
    for name in names:
        yield AgentEntry(name=name, code=code.strip("~").strip(), leads=code.endswith("~"))


def _forms(line: Line, sets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The singular and its plural; a phrase with a set has every one of its phrases and no plural of its own."""
    marks = _MARK.findall(line.phrase)
    if marks:
        for chosen in product(*(sets[mark] for mark in marks)):
            phrase = line.phrase
            for mark, words in zip(marks, chosen, strict=True):
                phrase = phrase.replace(mark, words, 1)
            yield phrase
        return
    yield line.phrase
    given = _BRACES.search(line.text)
    if given is None:
        yield plural_of(line.phrase)
    else:
        yield from given[1].split()


def plural_of(phrase: str) -> str:
    """The regular plural of the last word: -IES after a consonant and Y, -ES after a hiss, else -S."""
    stem = phrase.rstrip("_ ")
    if re.search(r"[^AEIOU]Y$", stem, re.IGNORECASE):
        return f"{stem[:-1]}IES"
    return f"{stem}ES" if re.search(r"(?:S|X|Z|CH|SH)$", stem, re.IGNORECASE) else f"{stem}S"
