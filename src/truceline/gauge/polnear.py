"""PolNeAR: is every attribution found, with the right source and the right words of saying?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from truceline.gauge.align import characters, pair_best_first, set_jaccard
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import counted, f1, share

Pieces = tuple[tuple[int, int], ...]

# What a prediction must share with a gold content to answer it (the set's own rule).
LEAST_OVERLAP = 0.5

# A quotation ends on its own line and holds three characters at least; its marks belong to it.
_QUOTED = re.compile(r"“[^”\n]{3,}”|\"[^\"\n]{3,}\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    source: Pieces
    cue: Pieces
    content: Pieces


Gold = tuple[Relation, ...]


class Polnear:
    """Attribution relations of US political news; the published split into train and dev."""

    name = "polnear"
    splits = ("dev", "train")
    baseline_name = "quoted text is content"
    measures = (
        f1("relation F1", "relation.right", "relation.found", "relation.gold"),
        f1("full relation F1", "full.right", "relation.found", "relation.gold"),
        f1("outermost relation F1", "outer.right", "outer.found", "relation.gold"),
        f1("outermost full relation F1", "outer.full", "outer.found", "relation.gold"),
        share("relation precision", "relation.right", "relation.found"),
        share("relation recall", "relation.right", "relation.gold"),
        share("source right, of answered", "source.right", "relation.right"),
        share("cue right, of answered", "cue.right", "relation.right"),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        for path in sorted((folder / "polnear" / split).glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as stream:
                text = stream.read()
            with path.with_suffix(".ann").open(encoding="utf-8", newline="") as stream:
                gold = tuple(parse_relations(stream.read()))
            yield Case(document=gold_document(path.stem, text, _published_at(path.stem)), part="", gold=gold)

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        said = [each for each in reading["attributions"] if each["content"]]
        every = _answers(case.gold, [_relation(each) for each in said])
        # The set marks no attribution inside another; ours are told apart by their parent.
        outer = [_relation(each) for each in said if each.get("parent") is None]
        outermost = _answers(case.gold, outer)
        return Tally(
            counts={
                **counted("relation", right=len(every), found=len(said), gold=len(case.gold)),
                "full.right": sum(_is_full(gold, answer) for gold, answer in every),
                "outer.right": len(outermost),
                "outer.full": sum(_is_full(gold, answer) for gold, answer in outermost),
                "outer.found": len(outer),
                "source.right": sum(_meets(gold.source, answer.source) for gold, answer in every),
                "cue.right": sum(_meets(gold.cue, answer.cue) for gold, answer in every),
            }
        )

    def baseline(self, case: Case[Gold]) -> ContractReading:
        """Everything between double quotation marks is content."""
        quoted = [
            Relation(source=(), cue=(), content=(match.span(),)) for match in _QUOTED.finditer(case.document.text)
        ]
        return _reading(case, quoted)

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold)


def _answers(gold: Gold, found: Sequence[Relation]) -> list[tuple[Relation, Relation]]:
    """Gold relations with the found ones that answer them, best overlap first, one to one."""
    contents = [characters(each.content) for each in found]
    pairs = pair_best_first([characters(each.content) for each in gold], contents, _enough)
    return [(gold[at], found[other]) for at, other in pairs]


def _is_full(gold: Relation, answer: Relation) -> bool:
    return _meets(gold.source, answer.source) and _meets(gold.cue, answer.cue)


def _enough(one: frozenset[int], other: frozenset[int]) -> float:
    fit = set_jaccard(one, other)
    return fit if fit >= LEAST_OVERLAP else 0.0


def _meets(one: Pieces, other: Pieces) -> bool:
    """Any overlap, or both empty."""
    if not one or not other:
        return not one and not other
    return bool(characters(one) & characters(other))


def _reading(case: Case[Gold], relations: Sequence[Relation]) -> ContractReading:
    attributions = [
        {"id": f"a{at}", "source": each.source, "cue": each.cue, "content": each.content}
        for at, each in enumerate(relations)
    ]
    return {**empty_reading(case.document), "attributions": attributions}


def _relation(attribution: Mapping[str, Any]) -> Relation:
    source, cue, content = (
        tuple((start, end) for start, end in attribution[part]) for part in ("source", "cue", "content")
    )
    return Relation(source=source, cue=cue, content=content)


def parse_relations(annotations: str) -> Iterator[Relation]:
    """The relations of a brat stand-off file that have a content, in the file's order."""
    lines = [line for line in annotations.split("\n") if line]
    spans = {line.split("\t")[0]: _pieces(line) for line in lines if line.startswith("T")}
    for line in lines:
        if not line.startswith("E"):
            continue
        parts = [part.split(":") for part in line.split("\t")[1].split()]
        source, cue, content = (_joined(parts, spans, name) for name in ("Source", "Cue", "Content"))
        if content:
            yield Relation(source=source, cue=cue, content=content)


def _pieces(line: str) -> Pieces:
    offsets = line.split("\t")[1].split(" ", 1)[1]
    pairs = (piece.split() for piece in offsets.split(";"))
    return tuple((int(start), int(end)) for start, end in pairs)


def _joined(parts: Sequence[Sequence[str]], spans: Mapping[str, Pieces], name: str) -> Pieces:
    """All pieces under one role; a role may carry a number ('Content2')."""
    return tuple(
        piece for role, target in parts if role.rstrip("0123456789") == name for piece in spans.get(target, ())
    )


def _published_at(stem: str) -> datetime | None:
    match = re.search(r"_(\d{4})-(\d\d)-(\d\d)_", stem)
    return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC) if match else None
