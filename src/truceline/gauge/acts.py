"""Which acts a sentence of the field tells, and that the others tell none (tests/cases/read/acts*.txt)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from truceline.errors import UsageError
from truceline.gauge.align import Offsets, overlap
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import share
from truceline.gauge.passages import offsets_of, passage_file
from truceline.model.claim import EventType
from truceline.read.lexicon import load_kinds, load_lexicon

ANY = "?"
# Talks, statements and demands, which are never incidents whatever their mood.
STATEMENTS = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
TOLD_AS_DONE = frozenset({"assertion", "denial"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act that a sentence tells: the words that may stand for it; `mode` is ANY where any will do.

    `is_done`: told, or denied, as done on the ground.
    """

    heads: tuple[Offsets, ...]
    plover: str
    mode: str | None
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The acts of one sentence, under the heading of its part of the file."""

    section: str
    acts: tuple[Act, ...]


class Acts:
    """Sentences with their acts, made by a linguist before the reader was read.

    An act is found where a claim of its category stands on one of its heads, and right with its mode as well. A claim
    with a category on no head is an act that is none.
    """

    name = "acts"
    file = "acts.txt"
    splits = ("all",)
    baseline_name = "list of words"
    measures = (
        share("acts right", "right", "acts"),
        share("acts found, of any mode", "found", "acts"),
        share("sentences that tell acts, right in whole", "whole", "telling"),
        share("incident or not right, of found", "worthy", "found"),
        replace(share("acts read that are none", "idle", "read"), lower_is_better=True),
        replace(share("acts read in sentences without", "misled", "without"), lower_is_better=True),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:  # noqa: ARG002  one split only
        section = ""
        path = folder.with_name(self.file) if folder.is_file() else folder
        blocks = re.split(r"\n\s*\n", passage_file(path, self.file).read_text(encoding="utf-8"))
        for number, block in enumerate(blocks):
            heading = re.search(r"^# --- (.*)", block, re.MULTILINE)
            section = heading[1] if heading else section
            lines = [line for line in block.splitlines() if line and line[0] != "#"]
            text = "\n".join(line for line in lines if line[:2] != "> ")
            if text:
                acts = tuple(_act(line[2:], text, self.file) for line in lines if line[:2] == "> ")
                document = gold_document(f"{self.name}-{number}", text)
                yield Case(document=document, part="", gold=Gold(section=section, acts=acts))

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        claims = [claim for claim in reading["claims"] if claim["event"]["plover"]]
        pairs = [(act, found) for act in case.gold.acts if (found := _claim_of(act, claims)) is not None]
        right = [act for act, claim in pairs if act.mode in {ANY, claim["event"]["mode"]}]
        heads = [head for act in case.gold.acts for head in act.heads]
        idle = [each for each in claims if not any(overlap(head, _offsets(each)) for head in heads)]
        tells = bool(case.gold.acts)
        counts = {
            "telling": tells,
            "acts": len(case.gold.acts),
            "found": len(pairs),
            "right": len(right),
            "worthy": sum(act.is_done == _is_done(claim) for act, claim in pairs),
            "read": len(claims),
            "idle": len(idle),
            "whole": tells and len(right) == len(case.gold.acts) and not idle,
            "without": not tells,
            "misled": not tells and bool(claims),
        }
        return Tally(counts={name: float(value) for name, value in counts.items()})

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """Every word of the lexicon, whatever stands beside it, as the first kind it has there."""
        known = _first_kinds()
        words = re.finditer(r"[A-Za-z-]+", case.document.text)
        told = ((word.span(), next((known[each] for each in _bare(word[0]) if each in known), None)) for word in words)
        claims = [_row(span, kind.plover or "", kind.mode, done=True) for span, kind in told if kind is not None]
        return {**empty_reading(case.document), "claims": claims}

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        rows = [_row(each.heads[0], each.plover, each.mode, done=each.is_done) for each in case.gold.acts]
        return {**empty_reading(case.document), "claims": rows}


class LaterActs(Acts):
    """Sentences kept apart, of which no miss has been looked at: the reader was not mended by them."""

    name = "acts-later"
    file = "acts_later.txt"


def _claim_of(act: Act, claims: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The claim of its category on one of its heads; one of its mode before the others."""
    found = [
        each
        for each in claims
        if each["event"]["plover"] == act.plover and any(overlap(head, _offsets(each)) for head in act.heads)
    ]
    return min(found, key=lambda each: each["event"]["mode"] != act.mode, default=None)


def _is_done(claim: Mapping[str, Any]) -> bool:
    """Whether the claim would be an incident's: no statement, and told or denied as done."""
    stated = claim["event"]["plover"] in STATEMENTS
    return not stated and claim["mood"] in TOLD_AS_DONE and bool(claim["factuality"])


def _offsets(claim: Mapping[str, Any]) -> Offsets:
    return claim["event"]["start"], claim["event"]["end"]


def _act(line: str, text: str, file: str) -> Act:
    heads, kind, *rest = (cell.strip() for cell in line.split("|"))
    plover, _, mode = kind.partition("/")
    if rest not in ([], ["no"]):
        raise UsageError(f"{file}: '{line}' does not end in '| no' or in its kind")
    return Act(
        heads=tuple(offsets_of(each.strip(), text, file=file) for each in heads.split(" / ")),
        plover=plover,
        mode=mode or None,
        is_done=not rest and plover not in STATEMENTS,
    )


def _row(head: Offsets, plover: str, mode: str | None, *, done: bool) -> dict[str, Any]:
    event = {"start": head[0], "end": head[1], "plover": plover, "mode": mode}
    return {"event": event, "mood": "assertion" if done else "plan", "factuality": 3.0}


@cache
def _first_kinds() -> Mapping[str, EventType]:
    lexicon, kinds = load_lexicon(), load_kinds()
    return {word: kinds[rules[0].kind] for words in (lexicon.nouns, lexicon.verbs) for word, rules in words.items()}


def _bare(word: str) -> Iterator[str]:
    """The word, and what is left of it without an ending."""
    word = word.lower()
    yield word
    for ending in ("s", "es", "ed", "d", "ing"):
        if word.endswith(ending):
            yield word.removesuffix(ending)
            yield word.removesuffix(ending) + "e"
