"""Actors: whom the words mean, in passages of our own (tests/cases/read/actors.txt)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from truceline.gauge.align import Offsets, jaccard
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import share
from truceline.gauge.passages import MISSION, offsets_of, passage_file
from truceline.model.actor import Actor

FILE = "actors.txt"
PUBLISHED = date(2016, 5, 15)
NOBODY, PLACE, LOCAL = "unresolved", "place", "local:"
NEAR = 0.5  # of the characters of two mentions must be common to both, or they are not the same words
ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
PLACES = frozenset({"LOCATION", "FACILITY"})
SECTIONS = {
    "a": "names and offices by date",
    "b": "labels",
    "c": "pronouns and descriptions",
    "d": "acronyms",
    "e": "governments and places",
    "f": "roles",
    "g": "coalitions",
    "h": "spellings and scripts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Words and whom they mean: an actor's id, 'local:' with a full name, 'place' or 'unresolved'."""

    at: Offsets
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    section: str
    asked: tuple[Asked, ...]


class Actors:
    """Passages written by a linguist who had not read the reader; they lie in the repository, not among the gold.

    What is printed over the words asked about (mentions and references, an article more or less) answers; of several,
    those that fit the words best. 'Unresolved' is right where none of them has an actor (and the passage was read at
    all), 'place' where moreover a place, or a mention of the type of one, lies there.
    """

    name = "actors"
    splits = ("all",)
    baseline_name = "registry's first exact name"
    measures = (
        share("exact", "exact", "asked"),
        share("exact, somebody or a place meant", "exact.meant", "asked.meant"),
        share("exact, unresolved", "exact.nobody", "asked.nobody"),
        replace(share("wrong actor", "wrong", "asked"), lower_is_better=True),
        *(share(f"exact, {name}", f"exact.{letter}", f"asked.{letter}") for letter, name in SECTIONS.items()),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:  # noqa: ARG002  one split only
        section = ""
        for number, block in enumerate(re.split(r"\n\s*\n", passage_file(folder, FILE).read_text(encoding="utf-8"))):
            title = re.search(r"^# === \((\w)\)", block, re.MULTILINE)
            section = title[1] if title else section
            case = _case(number, block, section)
            if case is not None:
                yield case

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        counts: dict[str, float] = {}
        for asked in case.gold.asked:
            said = _answer(asked.at, case.document.text, reading)
            right = _folded(said) == _folded(asked.answer)
            wrong = not right and said not in {NOBODY, PLACE, ""}
            for part in ("", f".{case.gold.section}", ".nobody" if asked.answer == NOBODY else ".meant"):
                counts[f"asked{part}"] = counts.get(f"asked{part}", 0) + 1
                counts[f"exact{part}"] = counts.get(f"exact{part}", 0) + right
            counts["wrong"] = counts.get("wrong", 0) + wrong
        return Tally(counts=counts)

    def baseline(self, case: Case[Gold]) -> ContractReading:
        text, known = case.document.text, _first_bearers()
        found = [
            Asked(at=each.at, answer=known.get(_folded(text[slice(*each.at)]), NOBODY)) for each in case.gold.asked
        ]
        return _reading(case, found)

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold.asked)


def _case(number: int, block: str, section: str) -> Case[Gold] | None:
    lines = [line for line in block.splitlines() if line and not line.startswith("#")]
    known = dict(line[1:].split(" ", 1) for line in lines if line.startswith("@"))
    text = "\n".join(line for line in lines if line[:1] not in "@>")
    asked = tuple(_asked(line[2:], text) for line in lines if line.startswith("> "))
    if not asked:
        return None
    published = date.fromisoformat(known["published"].strip()) if "published" in known else PUBLISHED
    noon = datetime.combine(published, time(12), tzinfo=UTC)
    document = gold_document(f"actors-{number}", text, noon, known.get("publisher"))
    return Case(document=document, part="", gold=Gold(section=section, asked=asked))


def _asked(line: str, text: str) -> Asked:
    words, _, answer = (part.strip() for part in line.partition("|"))
    return Asked(at=offsets_of(words, text, file=FILE), answer=answer)


def _answer(at: Offsets, text: str, reading: ContractReading) -> str:
    """What a reading says of the words, in the gold's terms."""
    asked = _without_article(at, text)
    placed = [{**each, "type": "LOCATION", "actor": None} for each in reading["places"]]
    said = [*reading["mentions"], *reading.get("references", ()), *placed]
    fits = [jaccard(asked, _without_article((each["start"], each["end"]), text)) for each in said]
    best = max(fits, default=0.0)
    if not said and not reading["claims"]:
        return ""  # nothing is read in the passage, so nothing is left unresolved either
    there = [each for each, fit in zip(said, fits, strict=True) if fit == best >= NEAR]
    for each in there:
        if each["actor"] is not None:
            return str(each["actor"])
    for each in there:
        if each.get("stands_for"):
            return f"{LOCAL}{each['stands_for']}"
    return PLACE if any(each.get("type") in PLACES for each in there) else NOBODY


def _without_article(at: Offsets, text: str) -> Offsets:
    article = ARTICLE.match(text, *at)
    return (article.end(), at[1]) if article and article.end() < at[1] else at


def _folded(words: str) -> str:
    """An answer or a name without its article, in small letters."""
    return ARTICLE.sub("", words.casefold(), count=1) if ARTICLE.match(words) else words.casefold()


@cache
def _first_bearers() -> Mapping[str, str]:
    """Name in small letters -> the first actor of the registry that bears it."""
    from truceline.flow.mission import load_mission  # noqa: PLC0415  # a suite is listed without reading a mission
    from truceline.read.actors_world import merge_actors, world_actors  # noqa: PLC0415

    known: dict[str, str] = {}
    for actor in merge_actors(world_actors(), load_mission(MISSION).actors):
        for name in _names(actor):
            known.setdefault(_folded(name), actor.id)
    return known


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *(each.name for each in actor.names), *actor.aliases)


def _reading(case: Case[Gold], answers: Sequence[Asked]) -> ContractReading:
    rows = [_row(each, case.document.text) for each in answers]
    return {
        **empty_reading(case.document),
        "mentions": [row for row in rows if row["type"] != "LOCATION"],
        "places": [row for row in rows if row["type"] == "LOCATION"],
    }


def _row(answer: Asked, text: str) -> dict[str, Any]:
    start, end = answer.at
    local = answer.answer.startswith(LOCAL)
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "type": "LOCATION" if answer.answer == PLACE else "ORGANISATION",
        "actor": None if local or answer.answer in {NOBODY, PLACE} else answer.answer,
        "stands_for": answer.answer.removeprefix(LOCAL) if local else None,
    }
