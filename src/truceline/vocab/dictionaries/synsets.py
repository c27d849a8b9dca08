"""Synonym sets of a verbs dictionary: &NAME, then phrases after +."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from truceline.errors import Problem
from truceline.vocab.dictionaries.agents import plural_of
from truceline.vocab.dictionaries.lines import Line, flaw
from truceline.vocab.dictionaries.words import words_of


@dataclass(slots=True)
class _Written:
    """A set as it stands in the file; `plurals` False where its name ends with an underscore."""

    line: Line
    plurals: bool
    phrases: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Synsets:
    """Phrases by the set's name, longest first, sets within sets taken apart."""

    phrases: dict[str, tuple[tuple[str, ...], ...]]
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, lines: Iterable[Line]) -> "Synsets":
        """All sets of a file, wherever in it they stand."""
        written = _written(lines)
        problems: list[Problem] = []
        phrases = {name: _unfolded(name, written, (), problems) for name in written}
        ranked = {name: tuple(sorted(each, key=len, reverse=True)) for name, each in phrases.items()}
        return cls(ranked, tuple(dict.fromkeys(problems)))


def _written(lines: Iterable[Line]) -> dict[str, _Written]:
    sets: dict[str, _Written] = {}
    current: _Written | None = None
    for line in lines:
        text = line.text.strip()
        if text.startswith("&"):
            name = text[1:].split()[0] if text[1:].split() else ""
            current = sets[name.rstrip("_")] = _Written(line, plurals=not name.endswith("_"))
        elif text.startswith("+") and current is not None:
            current.phrases.append(text[1:].strip())
        else:
            current = None
    return sets


def _unfolded(
    name: str, written: dict[str, _Written], above: tuple[str, ...], problems: list[Problem]
) -> list[tuple[str, ...]]:
    """The phrases of a set with their plurals and those of the sets it holds."""
    found: list[tuple[str, ...]] = []
    for phrase in written[name].phrases:
        inner = phrase[1:].rstrip("_")
        if not phrase.startswith("&"):
            found.extend(_forms(phrase, plurals=written[name].plurals))
        elif inner in written and inner not in (*above, name):
            found.extend(_unfolded(inner, written, (*above, name), problems))
        else:
            told = "holds itself" if inner in written else f"is not defined, but &{name} holds it"
            problems.append(flaw(written[name].line, "set", f"the synonym set &{inner} {told}; it is left out there"))
    return list(dict.fromkeys(found))


def _forms(phrase: str, *, plurals: bool) -> list[tuple[str, ...]]:
    words = words_of(phrase.replace("_", " "))
    if not words:
        return []
    if not plurals or phrase.endswith("_"):
        return [words]
    return [words, words_of(plural_of(phrase))]
