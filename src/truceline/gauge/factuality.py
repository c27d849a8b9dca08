"""Factuality: how certain the text presents an event, beside what crowds and annotators gave it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from truceline.gauge.align import Offsets
from truceline.gauge.case import Case, ContractReading, Tally, empty_reading, gold_document
from truceline.gauge.measure import mean, pearson, share

# What an event word counts as when a reader gives it nothing: a reader that never doubts.
CERTAIN = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    offsets: Offsets
    factuality: float


Gold = tuple[Event, ...]

_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": "“", "''": "”"}
_NO_SPACE_BEFORE = frozenset({".", ",", ";", ":", "?", "!", ")", "]", "}", "”", "%", "'", "n't", "..."})
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "“", "$", "#"})


class Factuality:
    """Sentences whose event words carry a value; UW and MEANTIME, each by itself."""

    name = "factuality"
    splits = ("dev", "train")
    baseline_name = "every event is certain"
    measures = (
        mean("MAE", "error", "r.n"),
        pearson("Pearson r", "r"),
        share("events given a value", "given", "r.n"),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        for part, corpus in (("UW", "uw"), ("MEANTIME", "meantime")):
            path = folder / "factuality" / corpus / f"{split}.conll"
            sentences = path.read_text(encoding="utf-8").strip("\n").split("\n\n") if path.exists() else []
            for at, sentence in enumerate(sentences):
                yield parse_sentence(f"{corpus}-{split}-{at}", part, sentence)

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        given = [(_given(event, reading), event.factuality) for event in case.gold]
        pairs = [(CERTAIN if value is None else value, gold) for value, gold in given]
        return Tally(
            counts={
                "error": sum(abs(value - gold) for value, gold in pairs),
                "given": sum(value is not None for value, _ in given),
                "r.n": len(pairs),
                "r.x": sum(value for value, _ in pairs),
                "r.y": sum(gold for _, gold in pairs),
                "r.xx": sum(value * value for value, _ in pairs),
                "r.yy": sum(gold * gold for _, gold in pairs),
                "r.xy": sum(value * gold for value, gold in pairs),
            }
        )

    def baseline(self, case: Case[Gold]) -> ContractReading:
        return empty_reading(case.document)

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        claims = [
            {"event": {"start": each.offsets[0], "end": each.offsets[1]}, "factuality": each.factuality}
            for each in case.gold
        ]
        return {**empty_reading(case.document), "claims": claims}


def _given(event: Event, reading: ContractReading) -> float | None:
    """The factuality of the claim whose event covers the word; of several the shortest, then the first."""
    start, end = event.offsets
    covering = [
        claim for claim in reading["claims"] if claim["event"]["start"] <= start and end <= claim["event"]["end"]
    ]
    if not covering:
        return None
    shortest = min(covering, key=lambda claim: int(claim["event"]["end"] - claim["event"]["start"]))
    return float(shortest["factuality"])


def parse_sentence(id: str, part: str, rows: str) -> Case[Gold]:
    """One sentence put together from its tokens, each event word where it then stands."""
    cells = [row.split("\t") for row in rows.split("\n")]
    text, offsets = join_tokens([row[1] for row in cells])
    gold = tuple(
        Event(offsets=span, factuality=float(row[2])) for row, span in zip(cells, offsets, strict=True) if row[2] != "_"
    )
    return Case(document=gold_document(id, text), part=part, gold=gold)


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[Offsets]]:
    """Penn Treebank tokens as a reader would see them printed, and where each token stands in that text."""
    text = ""
    offsets: list[Offsets] = []
    closed = True
    quoted = False
    for token in tokens:
        word = _BRACKETS.get(token, token)
        if word == '"':
            word, quoted = ("”" if quoted else "“"), not quoted
        glued = closed or word in _NO_SPACE_BEFORE or (word.startswith("'") and len(word) > 1)
        text += word if glued else f" {word}"
        offsets.append((len(text) - len(word), len(text)))
        closed = word in _NO_SPACE_AFTER
    return text, offsets
