"""Chains of speakers: through whom an event is told, in passages of our own (tests/cases/read/chains*.txt)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from truceline.gauge.align import Offsets, overlap
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import share
from truceline.gauge.passages import offsets_of, passage_file

FILES = "chains*.txt"
NOBODY: Offsets = (0, 0)  # a speaker whom nobody names
PUBLISHED = datetime(2016, 6, 4, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A word that tells an event and the words that name its speakers, outermost first."""

    trigger: Offsets
    chain: tuple[Offsets, ...]


Gold = tuple[Told, ...]


class Chains:
    """Passages written by a linguist who had not read the reader; they lie in the repository, not among the gold.

    A chain is exact when every speaker overlaps the one expected, in order, none missing and none added; a speaker said
    to say that he himself says counts once.
    """

    name = "chains"
    file = "chains.txt"
    splits = ("all",)
    baseline_name = "the author says everything"
    measures = (
        share("exact chain", "exact", "told"),
        share("exact chain, one speaker", "exact.1", "told.1"),
        share("exact chain, two and more", "exact.2", "told.2"),
        share("exact chain, author alone", "exact.0", "told.0"),
        share("events with a claim", "claimed", "told"),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:  # noqa: ARG002  one split only
        passages = passage_file(folder, self.file).read_text(encoding="utf-8")
        for number, block in enumerate(re.split(r"\n\s*\n", passages)):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            text = "\n".join(line for line in lines if not line.startswith("= "))
            told = tuple(_told(line[2:], text) for line in lines if line.startswith("= "))
            if told:
                yield Case(document=gold_document(f"chain-{number}", text, PUBLISHED), part="", gold=told)

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        counts: dict[str, float] = {}
        for told in case.gold:
            claim = _claim_at(told.trigger, reading["claims"])
            depth = min(len(told.chain), 2)
            right = claim is not None and _same(told.chain, _speakers(claim, reading["attributions"]))
            for name, value in (("told", 1), ("claimed", claim is not None), ("exact", right)):
                counts[name] = counts.get(name, 0) + value
            counts[f"told.{depth}"] = counts.get(f"told.{depth}", 0) + 1
            counts[f"exact.{depth}"] = counts.get(f"exact.{depth}", 0) + right
        return Tally(counts=counts)

    def baseline(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, [Told(trigger=each.trigger, chain=()) for each in case.gold])

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold)


class LaterChains(Chains):
    """Passages written later, of which no miss has been looked at: the reader was not mended by them."""

    name = "chains-later"
    file = "chains_later.txt"


def _told(line: str, text: str) -> Told:
    word, _, chain = (part.strip() for part in line.partition("|"))
    speakers = [] if chain == "author" else [each.strip() for each in chain.split(";")]
    return Told(
        trigger=offsets_of(word, text, file=FILES),
        chain=tuple(NOBODY if each == "-" else offsets_of(each, text, file=FILES) for each in speakers),
    )


def _claim_at(trigger: Offsets, claims: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return next(
        (each for each in claims if overlap(trigger, (each["event"]["start"], each["event"]["end"]))),
        None,
    )


def _speakers(claim: Mapping[str, Any], attributions: Sequence[Mapping[str, Any]]) -> list[tuple[Offsets, ...]]:
    """The pieces that name each speaker of a claim's chain."""
    by_id = {each["id"]: each for each in attributions}
    chain = [tuple((start, end) for start, end in by_id[each]["source"]) for each in claim["chain"]]
    return [each for at, each in enumerate(chain) if not at or each != chain[at - 1]]


def _same(gold: Sequence[Offsets], said: Sequence[tuple[Offsets, ...]]) -> bool:
    folded = [each for at, each in enumerate(gold) if not at or each != gold[at - 1]]
    return len(folded) == len(said) and all(
        not pieces if speaker == NOBODY else any(overlap(speaker, piece) for piece in pieces)
        for speaker, pieces in zip(folded, said, strict=True)
    )


def _reading(case: Case[Gold], told: Sequence[Told]) -> ContractReading:
    attributions: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for each in told:
        names = []
        for speaker in each.chain:
            names.append(f"a{len(attributions)}")
            attributions.append(
                {
                    "id": names[-1],
                    "source": [] if speaker == NOBODY else [speaker],
                    "cue": [],
                    "content": [each.trigger],
                }
            )
        claims.append({"event": {"start": each.trigger[0], "end": each.trigger[1]}, "chain": names})
    return {**empty_reading(case.document), "attributions": attributions, "claims": claims}
