"""re3d: mentions by type, times, quantities, and relations between mentions, on Syria and Iraq."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from truceline.gauge.align import Offsets, jaccard, pair_best_first
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import Measure, counted, f1

# The set's types in the words of the reading contract; what is missing here is not scored.
TYPES = {
    "Person": "PERSON",
    "Organisation": "ORGANISATION",
    "Location": "LOCATION",
    "Coordinate": "LOCATION",
    "Nationality": "NATIONALITY",
    "MilitaryPlatform": "VEHICLE",
    "Vehicle": "VEHICLE",
    "Weapon": "WEAPON",
    "Money": "MONEY",
    "DocumentReference": "DOCUMENT",
    "Temporal": "TIME",
    "Quantity": "QUANTITY",
}
KINDS = tuple(dict.fromkeys(TYPES.values()))
SOURCES = (
    "Australian Department of Foreign Affairs",
    "Delegation of the European Union to Syria",
    "UK Government",
    "US State Department",
    "Wikipedia",
)
BOTH_WAYS = frozenset({"CoLocated", "Apart", "IsSynonymOf", "AlliesOf", "FightingAgainst", "CommWith"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    kind: str
    start: int
    end: int

    @property
    def offsets(self) -> Offsets:
        return self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    kind: str
    source: Offsets
    target: Offsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]


def _measures() -> Iterator[Measure]:
    for way in ("strict", "relaxed"):
        yield f1(f"mentions {way} F1", f"{way}.right", "found", "gold")
    for kind in KINDS:
        yield f1(f"{kind} relaxed F1", f"relaxed.{kind}.right", f"{kind}.found", f"{kind}.gold")
    yield f1("relations F1", "relation.right", "relation.found", "relation.gold")


class Re3d:
    """Short documents of five sources; `relations` of a reading are an optional list of {type, source, target}."""

    name = "re3d"
    splits = ("all", *SOURCES)
    baseline_name = "capitals are organisations, digits quantities"
    measures = tuple(_measures())

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        for source in (folder / "re3d" / name for name in SOURCES if split in {"all", name}):
            if not source.is_dir():
                continue
            entities = _by_document(source / "entities.json")
            relations = _by_document(source / "relations.json")
            for row in _rows(source / "documents.json"):
                gold = Gold(
                    mentions=tuple(_mentions(entities.get(row["_id"], ()))),
                    relations=tuple(_relations(relations.get(row["_id"], ()))),
                )
                yield Case(document=gold_document(row["_id"], row["text"]), part="", gold=gold)

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        found = _found(reading)
        counts: dict[str, float] = {"found": len(found), "gold": len(case.gold.mentions)}
        strict = pair_best_first(case.gold.mentions, found, _same)
        relaxed = pair_best_first(case.gold.mentions, found, _close)
        counts |= {"strict.right": len(strict), "relaxed.right": len(relaxed)}
        for kind in KINDS:
            counts[f"{kind}.found"] = sum(each.kind == kind for each in found)
            counts[f"{kind}.gold"] = sum(each.kind == kind for each in case.gold.mentions)
            counts[f"relaxed.{kind}.right"] = sum(case.gold.mentions[at].kind == kind for at, _ in relaxed)
        related = [_relation(each) for each in reading.get("relations", ())]
        right = len(pair_best_first(case.gold.relations, related, _agree))
        return Tally(
            counts=counts | counted("relation", right=right, found=len(related), gold=len(case.gold.relations))
        )

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """A run of capitalised words is an organisation, the commonest type; a run of digits a quantity."""
        text = case.document.text
        capitals = re.finditer(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)*", text)
        digits = re.finditer(r"\b\d[\d,.]*\b", text)
        mentions = [Mention(kind="ORGANISATION", start=each.start(), end=each.end()) for each in capitals]
        mentions += [Mention(kind="QUANTITY", start=each.start(), end=each.end()) for each in digits]
        return _reading(case, mentions, ())

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold.mentions, case.gold.relations)


def _same(gold: Mention, found: Mention) -> float:
    return float(gold == found)


def _close(gold: Mention, found: Mention) -> float:
    return jaccard(gold.offsets, found.offsets) if gold.kind == found.kind else 0.0


def _agree(gold: Relation, found: Relation) -> float:
    """Both ends overlap and the type is equal; where the type has no direction, either way round."""
    if gold.kind != found.kind:
        return 0.0
    ways = [(found.source, found.target)]
    if gold.kind in BOTH_WAYS:
        ways.append((found.target, found.source))
    return max(min(jaccard(gold.source, one), jaccard(gold.target, other)) for one, other in ways)


def _found(reading: ContractReading) -> list[Mention]:
    mentions = [_mention(each, each["type"]) for each in reading["mentions"] if each["type"] in KINDS]
    times = [_mention(each, "TIME") for each in reading["times"]]
    quantities = [_mention(each, "QUANTITY") for each in reading["quantities"]]
    return [*mentions, *times, *quantities]


def _mention(row: Mapping[str, Any], kind: str) -> Mention:
    return Mention(kind=kind, start=row["start"], end=row["end"])


def _relation(row: Mapping[str, Any]) -> Relation:
    source, target = row["source"], row["target"]
    return Relation(kind=row["type"], source=(source[0], source[1]), target=(target[0], target[1]))


def _mentions(rows: Sequence[Mapping[str, Any]]) -> Iterator[Mention]:
    for row in rows:
        if row["type"] in TYPES:
            yield Mention(kind=TYPES[row["type"]], start=row["begin"], end=row["end"])


def _relations(rows: Sequence[Mapping[str, Any]]) -> Iterator[Relation]:
    for row in rows:
        source, target = (row["sourceBegin"], row["sourceEnd"]), (row["targetBegin"], row["targetEnd"])
        yield Relation(kind=row["type"], source=source, target=target)


def _reading(case: Case[Gold], mentions: Sequence[Mention], relations: Sequence[Relation]) -> ContractReading:
    rows = [{"start": each.start, "end": each.end, "type": each.kind} for each in mentions]
    return {
        **empty_reading(case.document),
        "mentions": [row for row in rows if row["type"] not in {"TIME", "QUANTITY"}],
        "times": [row for row in rows if row["type"] == "TIME"],
        "quantities": [row for row in rows if row["type"] == "QUANTITY"],
        "relations": [{"type": each.kind, "source": each.source, "target": each.target} for each in relations],
    }


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream if line.strip())


def _by_document(path: Path) -> dict[str, list[dict[str, Any]]]:
    rows = sorted(_rows(path), key=lambda row: str(row["documentId"]))
    return {document: list(group) for document, group in groupby(rows, key=lambda row: str(row["documentId"]))}
