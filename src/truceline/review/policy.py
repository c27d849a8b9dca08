"""queue.toml: what an item weighs, and how likely a decision is to change something."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from truceline.model.decision import Decision
from truceline.model.review import ItemKind
from truceline.model.ruling import Ruling
from truceline.review.agree import answer_of, kind_of
from truceline.review.words import NOBODY, UNKNOWN


@cache
def policy() -> Mapping[str, Any]:
    """The tables as they stand in the file; every entry carries its reason."""
    return tomllib.loads((files("truceline.review") / "queue.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What one decision would move. `deaths` are those counted twice, or under the wrong act or side."""

    incidents: int = 0
    claims: int = 0
    origins: int = 0
    deaths: int = 0
    verdicts: int = 0

    @property
    def amount(self) -> float:
        """Worth of all of it, in incidents put right."""
        worth, most = policy()["worth"], policy()["limits"]["deaths"]["most"]
        counts = (
            (self.incidents, "incident"),
            (self.claims, "claim"),
            (self.origins, "origin"),
            (min(self.deaths, most), "death"),
            (self.verdicts, "verdict"),
        )
        return float(sum(count * worth[name]["amount"] for count, name in counts))

    def word(self) -> str:
        """'2 incidents, 5 claims, 3 deaths'."""
        counts = (
            (self.incidents, "incident"),
            (self.claims, "claim"),
            (self.origins, "origin"),
            (self.deaths, "death"),
            (self.verdicts, "verdict"),
        )
        told = [f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in counts if count]
        return ", ".join(told) or "nothing but the record itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much a decision would change, and why."""

    amount: float
    reason: str


def weigh(stakes: Stakes, chance: float, because: str) -> Weight:
    """`chance` (0..1) that a decision changes what the machine holds; `because` says where it comes from."""
    amount = round(chance * stakes.amount, 3)
    return Weight(amount=amount, reason=f"{stakes.word()} would move; a chance of {chance:.0%} that they do: {because}")


def chance_of(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


@dataclass(frozen=True, slots=True)
class Learned:
    """How often people decided otherwise than the machine proposed, by kind: (otherwise, all)."""

    counts: Mapping[ItemKind, tuple[int, int]]

    def chance(self, kind: ItemKind, prior: float) -> float:
        """The prior of queue.toml, moved by what people decided: as if it were so many cases itself."""
        otherwise, cases = self.counts.get(kind, (0, 0))
        weight = policy()["learning"]["cases"]["count"]
        return float((prior * weight + otherwise) / (weight + cases))

    def word(self, kind: ItemKind) -> str:
        otherwise, cases = self.counts.get(kind, (0, 0))
        return f"; {otherwise} of {cases} such decisions so far were other than proposed" if cases else ""


def learn(decisions: Iterable[Decision]) -> Learned:
    """What the decisions with a proposal beside them show."""
    otherwise, cases = Counter[ItemKind](), Counter[ItemKind]()
    for each in decisions:
        kind = kind_of(each)
        if kind is None or each.proposed is None or each.ruling is Ruling.REOPEN:
            continue
        cases[kind] += 1
        otherwise[kind] += each.ruling is not Ruling.CONFIRM and said(each) != each.proposed.value
    return Learned({kind: (otherwise[kind], count) for kind, count in cases.items()})


def said(decision: Decision) -> str:
    """The answer as a proposal writes it: "" for what cannot be told."""
    answered = answer_of(decision)
    return "" if answered in {UNKNOWN, NOBODY} else answered
