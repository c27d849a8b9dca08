"""The verdict table and the policies of the judge, loaded from verdicts.toml and checked."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from truceline.errors import TrucelineError
from truceline.model.agreement import Act, Exemption, Need
from truceline.model.assessment import Verdict
from truceline.vocab.estimative import words_in_use

FACTS = ("act", "scope", "doer", "target", "exception", "evidence")


class VerdictTableError(TrucelineError):
    """verdicts.toml has mistakes; all of them are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table: the answers it fits (a fact left out: any answer) and what follows."""

    id: str
    when: Mapping[str, tuple[str, ...]]
    verdict: Verdict
    because: str

    def fits(self, answers: Mapping[str, str]) -> bool:
        return all(answers[fact] in wanted for fact, wanted in self.when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A required act and the acts through which the duty to do it fails."""

    duty: Act
    through: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilObject:
    """Words for what is civilian by its nature, and the actor by which a term protects it."""

    counts_as: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceRow:
    """The least basis for one level of confidence."""

    level: str
    origins: int
    reliability: tuple[str, ...]
    credibility: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact learnt: from which answers to which, and in what words."""

    fact: str
    sources: tuple[str, ...]
    to: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictTable:
    """All of verdicts.toml; `decided` and `changed` remember what follows from answers that were once asked."""

    source: str
    rows: tuple[Row, ...]
    order: tuple[Verdict, ...]
    preparatory: tuple[str, ...]
    armed: tuple[str, ...]
    mutual: frozenset[str]
    vague_weapons: tuple[str, ...]
    objects: tuple[CivilObject, ...]
    failures: tuple[Failure, ...]
    reporting_hours: float
    least_chance: float
    very_likely_chance: float
    exceptions: tuple[Exemption, ...]
    impartial_sides: tuple[str, ...]
    reliability: tuple[str, ...]
    credibility: tuple[int, ...]
    likelihood: Mapping[int, str]
    confidence: tuple[ConfidenceRow, ...]
    changes: tuple[Change, ...]
    decided: dict[object, Row] = field(default_factory=dict, compare=False, repr=False)
    changed: dict[object, list[tuple[Change, Verdict]]] = field(default_factory=dict, compare=False, repr=False)


@cache
def load_verdict_table() -> VerdictTable:
    """The table shipped with the package. Raises VerdictTableError with every mistake."""
    return parse_verdict_table(files("truceline.vocab").joinpath("verdicts.toml").read_text(encoding="utf-8"))


def parse_verdict_table(text: str) -> VerdictTable:
    """The table from TOML text. Raises VerdictTableError with every mistake."""
    raw = tomllib.loads(text)
    mistakes = [*find_row_mistakes(raw), *find_order_mistakes(raw), *find_likelihood_mistakes(raw)]
    if mistakes:
        raise VerdictTableError("\n".join(f"verdicts.toml: {mistake}" for mistake in mistakes))
    acts, evidence = raw["acts"], raw["evidence"]
    return VerdictTable(
        source=raw["source"],
        rows=tuple(parse_row(row) for row in raw["row"]),
        order=tuple(Verdict(verdict) for verdict in raw["order"]["verdicts"]),
        preparatory=tuple(acts["preparatory"]),
        armed=tuple(acts["armed"]),
        mutual=frozenset(acts["mutual"]),
        vague_weapons=tuple(acts["vague_weapons"]),
        objects=tuple(
            CivilObject(counts_as=each["counts_as"], pattern=any_of(each["words"])) for each in raw["object"]
        ),
        failures=tuple(parse_failure(each) for each in raw["failure"]),
        least_chance=raw["place"]["least_chance"],
        very_likely_chance=raw["place"]["very_likely_chance"],
        reporting_hours=raw["time"]["reporting_hours"],
        exceptions=tuple(parse_exemption(each) for each in raw["exception"]),
        impartial_sides=tuple(evidence["impartial_sides"]),
        reliability=tuple(evidence["reliability"]),
        credibility=tuple(evidence["credibility"]),
        likelihood={int(credibility): words for credibility, words in raw["likelihood"].items()},
        confidence=tuple(parse_confidence(row) for row in raw["confidence"]),
        changes=tuple(parse_change(each) for each in raw["change"]),
    )


def any_of(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first, on word boundaries."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in longest_first)})\b", re.IGNORECASE)


def parse_row(raw: Mapping[str, object]) -> Row:
    when = raw["when"]
    assert isinstance(when, dict)
    return Row(
        id=str(raw["id"]),
        when={fact: tuple(answers) for fact, answers in when.items()},
        verdict=Verdict(str(raw["verdict"])),
        because=str(raw["because"]),
    )


def parse_act(raw: Mapping[str, object]) -> Act:
    modes = raw.get("modes", [])
    assert isinstance(modes, list)
    return Act(plover=str(raw["plover"]), modes=tuple(modes))


def parse_failure(raw: Mapping[str, object]) -> Failure:
    duty, through = raw["duty"], raw["through"]
    assert isinstance(duty, dict)
    assert isinstance(through, list)
    return Failure(duty=parse_act(duty), through=tuple(parse_act(act) for act in through))


def parse_exemption(raw: Mapping[str, object]) -> Exemption:
    needs = raw["needs"]
    assert isinstance(needs, list)
    return Exemption(
        id=str(raw["id"]),
        name=str(raw["name"]),
        question=str(raw["question"]),
        needs=tuple(Need(what=each["what"], cues=tuple(each["cues"])) for each in needs),
    )


def parse_confidence(raw: Mapping[str, object]) -> ConfidenceRow:
    reliability, credibility, origins = raw["reliability"], raw["credibility"], raw["origins"]
    assert isinstance(reliability, list)
    assert isinstance(credibility, list)
    assert isinstance(origins, int)
    return ConfidenceRow(
        level=str(raw["level"]), origins=origins, reliability=tuple(reliability), credibility=tuple(credibility)
    )


def parse_change(raw: Mapping[str, object]) -> Change:
    sources = raw["from"]
    assert isinstance(sources, list)
    return Change(fact=str(raw["fact"]), sources=tuple(sources), to=str(raw["to"]), words=str(raw["words"]))


def find_row_mistakes(raw: Mapping[str, object]) -> list[str]:
    """Unknown facts and verdicts, and ids used twice."""
    rows, mistakes, seen = raw.get("row", []), [], set()
    assert isinstance(rows, list)
    for row in rows:
        name = row.get("id", "a row without id")
        if name in seen:
            mistakes.append(f"two rows are called '{name}'; give each its own id")
        seen.add(name)
        mistakes += [
            f"row '{name}' asks of '{fact}'; the facts are {', '.join(FACTS)}"
            for fact in row["when"]
            if fact not in FACTS
        ]
        if row["verdict"] not in list(Verdict):
            mistakes.append(f"row '{name}' gives '{row['verdict']}'; the verdicts are {', '.join(Verdict)}")
    return mistakes


def find_likelihood_mistakes(raw: Mapping[str, object]) -> list[str]:
    """Words that are not of the one row of ICD 203 in use."""
    likelihood, known = raw.get("likelihood", {}), words_in_use()
    assert isinstance(likelihood, dict)
    return [
        f"[likelihood] {credibility} = '{words}' is no word of the row in use in estimative.toml: {', '.join(known)}"
        for credibility, words in likelihood.items()
        if words not in known
    ]


def find_order_mistakes(raw: Mapping[str, object]) -> list[str]:
    """Verdicts the order leaves out."""
    order = raw["order"]
    assert isinstance(order, dict)
    missing = [verdict for verdict in Verdict if verdict not in order["verdicts"]]
    return [f"[order] leaves out '{verdict}'" for verdict in missing]
