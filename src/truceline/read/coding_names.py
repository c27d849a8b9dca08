"""Codes for noun phrases: the first actor the dictionary knows in it, with the roles that stand beside."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from truceline.vocab.dictionaries.records import NO_CODE, ActorEntry, AgentEntry, Dictionaries, Name

Entry = TypeVar("Entry", ActorEntry, AgentEntry)
# Actor and agent codes are made of blocks of three letters (CAMEO codebook, chapter 3).
BLOCK = 3


def match_name(name: Name, words: Sequence[str], start: int) -> tuple[int, ...] | None:
    """The positions of the name's words, from `start` on; None where they do not stand there."""
    found = [start]
    if words[start] != name.words[0]:
        return None
    for word, glued in zip(name.words[1:], name.glued[1:], strict=True):
        last = found[-1] + 1
        if glued:
            at = last if words[last : last + 1] == (word,) else None
        else:
            at = next((index for index in range(last, len(words)) if words[index] == word), None)
        if at is None:
            return None
        found.append(at)
    return tuple(found)


def find_entry(
    entries: Mapping[str, tuple[Entry, ...]], words: Sequence[str], start: int
) -> tuple[Entry, tuple[int, ...]] | None:
    """The longest entry whose words begin at `start`, and where they stand."""
    for entry in entries.get(words[start], ()):
        positions = match_name(entry.name, words, start)
        if positions is not None:
            return entry, positions
    return None


def has_actor(words: Sequence[str], dictionaries: Dictionaries) -> bool:
    words = tuple(words)
    return any(find_entry(dictionaries.actors, words, start) is not None for start in range(len(words)))


def code_words(words: Sequence[str], dictionaries: Dictionaries, on: date | None) -> tuple[str, ...]:
    """The codes of one phrase: usually one; several where the entry lists them (FRA/GBR); none where nothing is known.

    A role without an actor is coded as somebody's: `---GOV`.
    """
    words = tuple(words)
    actor, used = _first_actor(words, dictionaries, on)
    agents = list(_find_agents(words, used, dictionaries))
    if actor is None and not agents:
        return ()
    return tuple(_with_agents(part, agents) for part in (actor or NO_CODE).split("/"))


def _first_actor(
    words: tuple[str, ...], dictionaries: Dictionaries, on: date | None
) -> tuple[str | None, frozenset[int]]:
    for start in range(len(words)):
        found = find_entry(dictionaries.actors, words, start)
        if found is not None:
            entry, positions = found
            return entry.code_on(on), frozenset(positions)
    return None, frozenset()


def _find_agents(words: tuple[str, ...], used: frozenset[int], dictionaries: Dictionaries) -> Iterator[AgentEntry]:
    start = 0
    while start < len(words):
        found = None if start in used else find_entry(dictionaries.agents, words, start)
        if found is None:
            start += 1
            continue
        entry, positions = found
        yield entry
        start = positions[-1] + 1


def _with_agents(actor: str, agents: Sequence[AgentEntry]) -> str:
    """The actor's code with each role's, unless it already holds it."""
    code = actor
    for agent in agents:
        if not _holds(code, agent.code):
            code = f"{agent.code}{code}" if agent.leads else f"{code}{agent.code}"
    return code


def _holds(code: str, part: str) -> bool:
    return any(code.startswith(part, start) for start in range(0, len(code), BLOCK))
