"""MUC-4: which incidents of political violence a report tells, and who and what took part."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import Measure, f1
from truceline.gauge.muc4_incidents import ROLES
from truceline.gauge.muc4_keywords import read_by_keywords
from truceline.gauge.muc4_roles import Entity, normalised
from truceline.gauge.muc4_templates import Template, entities_of, templates_of

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ID = re.compile(r"(?m)^((?:TST\d|DEV)-MUC\d-\d{4})\b")
_DATELINE = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})\b")

# What a claim must say for each type of incident: category, mode and the word that tells it.
SAID_AS = {
    "attack": ("ASSAULT", "beat", "attack"),
    "bombing": ("ASSAULT", "explosives", "bombing"),
    "kidnapping": ("ASSAULT", "abduct", "kidnapping"),
    "arson": ("ASSAULT", "destroy", "arson"),
    "robbery": ("COERCE", "seize", "robbery"),
    "forced work stoppage": ("COERCE", "restrict", "stoppage"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    templates: tuple[Template, ...]
    rows: tuple[Mapping[str, Any], ...]


def _measures() -> Iterator[Measure]:
    yield f1("micro F1", "all.right", "all.found", "all.gold")
    for name in ("incident type", "perpetrator", "victim", "weapon", "target"):
        yield f1(f"{name} F1", f"{name}.right", f"{name}.found", f"{name}.gold")


class Muc4:
    """Wire and radio reports on Latin America around 1989; the text given to the reader is the lower-case one."""

    name = "muc4"
    splits = ("dev", "train")
    baseline_name = "keywords"
    measures = tuple(_measures())

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        written = datelines(folder / "muc4" / "texts")
        with (folder / "muc4" / f"{split}.jsonl").open(encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                yield Case(
                    document=gold_document(row["docid"], row["doctext"], written.get(row["docid"])),
                    part="",
                    gold=parse_gold(row["templates"]),
                )

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        return Tally(counts=score_templates(case.gold.templates, templates_of(reading, case.document.text)))

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """A keyword gives the type; the nearest words of each role's list, or the words beside it, the participants."""
        return read_by_keywords(case.document)

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return gold_reading(case)


# Scoring -----------------------------------------------------------------------------------------

SLOTS = {
    "PerpInd": "perpetrator",
    "PerpOrg": "perpetrator",
    "Victim": "victim",
    "Weapon": "weapon",
    "Target": "target",
}


def score_templates(golds: Sequence[Template], found: Sequence[Template]) -> dict[str, float]:
    """Right, found and gold of every slot, under the mapping of templates that gets most right."""
    counts: dict[str, float] = {}
    for template in golds:
        _count(counts, template, "gold")
    for template in found:
        _count(counts, template, "found")
    for gold, answer in _mapping(golds, found):
        _add(counts, "incident type", "right", 1)
        for role, right in _right(gold, answer).items():
            _add(counts, SLOTS[role], "right", right)
    return counts


def _count(counts: dict[str, float], template: Template, kind: str) -> None:
    _add(counts, "incident type", kind, 1)
    for role, entities in template.roles.items():
        _add(counts, SLOTS[role], kind, len(entities))


def _add(counts: dict[str, float], slot: str, kind: str, number: int) -> None:
    for name in (slot, "all"):
        counts[f"{name}.{kind}"] = counts.get(f"{name}.{kind}", 0.0) + number


def _mapping(golds: Sequence[Template], found: Sequence[Template]) -> list[tuple[Template, Template]]:
    """One to one, only where the type is right; the sums found and gold are fixed, so most right is best F1."""
    if not golds or not found:
        return []
    gains = np.array([[_gain(gold, answer) for answer in found] for gold in golds], dtype=float)
    rows, columns = linear_sum_assignment(gains, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(golds[at], found[other]) for at, other in pairs if gains[at, other] > 0]


def _gain(gold: Template, answer: Template) -> int:
    if not set(gold.types) & set(answer.types):
        return 0
    return 1 + sum(_right(gold, answer).values())


def _right(gold: Template, answer: Template) -> dict[str, int]:
    return {role: _paired(gold.roles[role], answer.roles[role]) for role in ROLES}


def _paired(golds: Sequence[Entity], found: Sequence[Entity]) -> int:
    """How many entities can be paired so that all mentions found are mentions of the gold one."""
    if not golds or not found:
        return 0
    fits = np.array([[bool(answer) and answer <= gold for answer in found] for gold in golds], dtype=float)
    rows, columns = linear_sum_assignment(fits, maximize=True)
    return int(fits[rows, columns].sum())


# The set -----------------------------------------------------------------------------------------


@cache
def datelines(folder: Path) -> Mapping[str, datetime]:
    """Document id → the day of its dateline; documents without a full date are missing."""
    found: dict[str, datetime] = {}
    for path in sorted(folder.glob("*")):
        pieces = _ID.split(path.read_text(encoding="latin-1"))
        for name, body in zip(pieces[1::2], pieces[2::2], strict=True):
            written = _DATELINE.search(body[:400])
            if written is not None and written[2] in MONTHS:
                day = date(1900 + int(written[3]), MONTHS.index(written[2]) + 1, int(written[1]))
                found[name] = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return found


def parse_gold(rows: Sequence[Mapping[str, Any]]) -> Gold:
    return Gold(templates=tuple(_template(row) for row in rows), rows=tuple(rows))


def _template(row: Mapping[str, Any]) -> Template:
    return Template(
        types=tuple(row["incident_type"].split(" / ")),
        roles={role: tuple(dict.fromkeys(entities_of(each) for each in row[role])) for role in ROLES},
    )


# The gold as a reading ---------------------------------------------------------------------------


def gold_reading(case: Case[Gold]) -> ContractReading:
    """Every template as one claim on a day of its own, so that no two are taken for one."""
    reading = empty_reading(case.document)
    published = case.document.published_at or datetime(1990, 1, 1, tzinfo=UTC)
    for number, row in enumerate(case.gold.rows):
        day = published - timedelta(days=number)
        reading["times"].append(
            {"type": "DATE", "from": _instant(day), "to": _instant(day + timedelta(days=1)), "start": 0, "end": 1}
        )
        reading["claims"].append(_claim(row, number, reading["mentions"]))
    return reading


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _claim(row: Mapping[str, Any], number: int, mentions: list[dict[str, Any]]) -> dict[str, Any]:
    plover, mode, word = SAID_AS[row["incident_type"].split(" / ")[0]]

    def words(role: str, kind: str) -> list[dict[str, Any]]:
        return list(_participants(row[role], f"gold.{number}.{role}", kind, mentions))

    one = {"low": 1, "high": 1}
    return {
        "event": {"start": 0, "end": 0, "text": word, "plover": plover, "mode": mode, "acled": None},
        "mood": "assertion",
        "factuality": 3.0,
        "negated": False,
        "agents": words("PerpInd", "PERSON") + words("PerpOrg", "ORGANISATION"),
        "recipients": words("Victim", "PERSON") + words("Target", "FACILITY"),
        "instruments": words("Weapon", "WEAPON"),
        "place": None,
        "time": number,
        "harm": {"killed": one, "injured": None, "killed_civilians": one},
    }


def _participants(
    entities: Sequence[Sequence[Sequence[Any]]], actor: str, kind: str, mentions: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    used: set[str] = set()
    # The shortest first: an entity of one mention has no other to be told by.
    for at, entity in enumerate(sorted(entities, key=len)):
        words, start = next((each for each in entity if normalised(each[0]) not in used), entity[0])
        used.add(normalised(words))
        found = {"start": start, "end": start + len(words), "text": words, "actor": f"{actor}.{at}"}
        mentions.append({**found, "type": kind})
        yield found
