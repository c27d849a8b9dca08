"""A folder of dictionaries as one vocabulary."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from truceline.errors import Problem, Severity, UsageError
from truceline.kit.textin import parse_text
from truceline.vocab.dictionaries.actors import parse_actors
from truceline.vocab.dictionaries.agents import parse_agents
from truceline.vocab.dictionaries.discards import parse_discards
from truceline.vocab.dictionaries.lines import Line, read_lines
from truceline.vocab.dictionaries.records import ActorEntry, AgentEntry, Dictionaries, Discard, Verb
from truceline.vocab.dictionaries.verbs import parse_verbs

# How the files of TABARI, PETRARCH and Phoenix are named: by what they hold, in the name or as its ending.
KINDS = ("actors", "agents", "verbs", "discards")
BLOCK = re.compile(r"---.*---$")
PATTERN = re.compile(r"-\s.*\*.*\[")
ENDINGS = {".txt", *(f".{kind}" for kind in KINDS)}

Entry = TypeVar("Entry", ActorEntry, AgentEntry)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The vocabulary and every line that was left out of it."""

    dictionaries: Dictionaries
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Gathered:
    actors: list[ActorEntry] = field(default_factory=list)
    agents: list[AgentEntry] = field(default_factory=list)
    verbs: list[tuple[str, Verb]] = field(default_factory=list)
    discards: list[Discard] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@cache
def load_dictionaries(folder: Path) -> Loaded:
    """All dictionaries in a folder, by their names (`*actors*`, `*agents*`, `*verbs*`, `*discards*`), read once.

    A line that cannot be read is a Problem and is left out. Raises UsageError where there is no dictionary of verbs.
    """
    gathered, digest = _Gathered(), sha256()
    for path in _text_files(folder):
        octets = path.read_bytes()
        digest.update(octets)
        _read(path, octets, gathered)
    if not gathered.verbs:
        raise UsageError(
            f"{folder}: no dictionary of verbs here; expected a text file with 'verbs' in its name or blocks of them"
        )
    made = Dictionaries(
        actors=_by_first_word(gathered.actors),
        agents=_by_first_word(gathered.agents),
        verbs=_by_form(gathered.verbs),
        discards=tuple(gathered.discards),
        fingerprint=digest.hexdigest()[:12],
    )
    return Loaded(made, tuple(gathered.problems))


def _text_files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_file() and each.suffix.lower() in ENDINGS)


def _kind(path: Path) -> str | None:
    return next((kind for kind in KINDS if kind.removesuffix("s") in path.name.lower()), None)


def _read(path: Path, octets: bytes, gathered: _Gathered) -> None:
    decoded, problems = parse_text(octets), gathered.problems
    if decoded is None:
        problems.append(_unread(path, "not a text file; save it as plain text in UTF-8"))
        return
    lines = list(read_lines(decoded.text, path.name))
    match _kind(path) or ("verbs" if looks_like_verbs(lines) else None):
        case "actors":
            gathered.actors.extend(parse_actors(lines, problems))
        case "agents":
            gathered.agents.extend(parse_agents(lines, problems))
        case "verbs":
            gathered.verbs.extend(parse_verbs(lines, problems))
        case "discards":
            gathered.discards.extend(parse_discards(lines))
        case _:
            problems.append(_unread(path, f"not read; put what it holds into its name, one of {', '.join(KINDS)}"))


def looks_like_verbs(lines: Iterable[Line]) -> bool:
    """Blocks and patterns, as no other dictionary has them: the CAMEO verbs are published as `CAMEO.2.0.txt`."""
    texts = [line.text for line in lines]
    return any(BLOCK.match(text) for text in texts) and any(PATTERN.match(text) for text in texts)


def _unread(path: Path, message: str) -> Problem:
    return Problem(code="dictionary.unread", message=message, where=path.name, severity=Severity.WARNING)


def _by_first_word(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries by their first word, those of more words first; of two alike the one that came first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.name.words[0]].append(entry)
    return {word: tuple(sorted(each, key=lambda entry: -len(entry.name.words))) for word, each in found.items()}


def _by_form(verbs: Iterable[tuple[str, Verb]]) -> dict[str, tuple[Verb, ...]]:
    """Verbs by form, those of more words first; blocks that repeat a verb are one."""
    found: dict[str, dict[tuple[tuple[str, ...], tuple[str, ...]], Verb]] = defaultdict(dict)
    for form, verb in verbs:
        known = found[form].get((verb.before, verb.after))
        found[form][verb.before, verb.after] = verb if known is None else _joined(known, verb)
    return {form: tuple(_ranked(each.values())) for form, each in found.items()}


def _joined(one: Verb, other: Verb) -> Verb:
    patterns = tuple(sorted((*one.patterns, *other.patterns), key=len, reverse=True))
    return Verb(
        before=one.before,
        after=one.after,
        code=other.code or one.code,
        patterns=patterns,
        where=other.where if other.code else one.where,
    )


def _ranked(verbs: Iterable[Verb]) -> Iterator[Verb]:
    yield from sorted(verbs, key=lambda verb: -(len(verb.before) + len(verb.after)))
