"""PETRARCH's unit-test records: triples of source, target and code, with the set's own dictionaries loaded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import counted, f1, share
from truceline.read.coding_names import find_entry
from truceline.vocab.dictionaries import Dictionaries, load_dictionaries
from truceline.vocab.dictionaries.records import NO_CODE, ActorEntry
from truceline.vocab.dictionaries.words import words_of

Triple: TypeAlias = tuple[str, str, str]

FOLDER = "petrarch2"
# CAMEO and WEIS codes open with two digits for the kind of act, 01 to 20 and 01 to 22; what follows divides it.
ROOT_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The triples of one record; `first` for those before the set's first change of options.

    `plain` is what the plain reader says: known before a model is loaded, since it needs the dictionaries only.
    """

    triples: frozenset[Triple]
    first: bool
    plain: tuple[Triple, ...]


class Petrarch2:
    """Exact triples by the set's rule, and triples whose code counts on its root alone; option changes are ignored."""

    name = FOLDER
    splits = ("all",)
    baseline_name = "first and last actor named, first verb that has a code"
    measures = (
        f1("actors and root code F1", "root.right", "root.found", "root.gold"),
        f1("exact F1", "exact.right", "exact.found", "exact.gold"),
        share("exact precision", "exact.right", "exact.found"),
        share("exact recall", "exact.right", "exact.gold"),
        f1("before options change: root code F1", "first.root.right", "first.root.found", "first.root.gold"),
        f1("before options change: exact F1", "first.exact.right", "first.exact.found", "first.exact.gold"),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:  # noqa: ARG002 -- one split
        home = folder / FOLDER
        records = home / "sentences.jsonl"
        if not records.is_file():
            return
        dictionaries = load_dictionaries(home).dictionaries
        first = count_first(home / "PETR.UnitTest.records.xml")
        with records.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream):
                record = json.loads(line)
                if record["in_suite"] and record["error"] is None:
                    yield parse_case(record, number, first=number < first, dictionaries=dictionaries)

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        found = {(each["source"]["code"], each["target"]["code"], each["code"]) for each in reading.get("coded", ())}
        counts = {
            **_counts("exact", found, case.gold.triples),
            **_counts("root", rooted(found), rooted(case.gold.triples)),
        }
        if case.gold.first:
            counts |= {f"first.{name}": count for name, count in counts.items()}
        return Tally(counts=counts)

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """The first actor named does what the first verb with a code says to the last actor named."""
        return _reading(case, case.gold.plain)

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, sorted(case.gold.triples))


def count_first(records: Path) -> int:
    """How many records come before the first change of options; ids repeat, so it is told by position."""
    listed = ET.parse(records).getroot().find("Sentences")  # noqa: S314 -- a gold set the user chose to measure against
    assert listed is not None
    return sum(1 for each in takewhile(lambda each: each.tag != "Config", listed) if each.tag == "Sentence")


def parse_case(record: Mapping[str, Any], number: int, *, first: bool, dictionaries: Dictionaries) -> Case[Gold]:
    """One record as a document published on its date."""
    day = date(int(record["date"][:4]), int(record["date"][4:6]), int(record["date"][6:]))
    published_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    triples = frozenset((each["source"], each["target"], each["code"]) for each in record["events"])
    return Case(
        document=gold_document(f"{number}-{record['id']}", record["text"], published_at),
        part="",
        gold=Gold(triples=triples, first=first, plain=tuple(find_plain(record["text"], dictionaries, day))),
    )


def find_plain(text: str, dictionaries: Dictionaries, day: date) -> Iterator[Triple]:
    """The plain reader's one triple, where two actors and a verb are named."""
    words = words_of(text.replace(",", " "))
    actors = [entry for at in range(len(words)) if (entry := _actor(dictionaries, words, at)) is not None]
    codes = [verb.code.code for word in words for verb in dictionaries.verbs.get(word, ()) if verb.code is not None]
    named = [code for each in actors if (code := each.code_on(day)) != NO_CODE]
    if codes and named and named[0] != named[-1]:
        yield named[0], named[-1], codes[0]


def _actor(dictionaries: Dictionaries, words: tuple[str, ...], at: int) -> ActorEntry | None:
    found = find_entry(dictionaries.actors, words, at)
    return None if found is None else found[0]


def rooted(triples: frozenset[Triple] | set[Triple]) -> set[Triple]:
    return {(source, target, code[:ROOT_DIGITS]) for source, target, code in triples}


def _counts(name: str, found: set[Triple], gold: frozenset[Triple] | set[Triple]) -> dict[str, float]:
    return counted(name, right=len(found & gold), found=len(found), gold=len(gold))


def _reading(case: Case[Gold], triples: tuple[Triple, ...] | list[Triple]) -> ContractReading:
    coded = [{"source": {"code": source}, "target": {"code": target}, "code": code} for source, target, code in triples]
    return {**empty_reading(case.document), "coded": coded}
