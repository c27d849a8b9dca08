"""The kinds of event and the verdicts as readers see them: words, colours, shapes, line styles."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.model.assessment import Verdict
from truceline.model.claim import EventType, Mood


class Section(StrEnum):
    """The section of the bulletin that tells a kind of event."""

    FIGHTING = "fighting"
    MOVEMENT = "movement"
    ACCESS = "access"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of event: its words, its colour (hex) and its section."""

    id: str
    label: str
    colour: str
    section: Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A verdict as drawn: SVG path on a grid of 16 by 16, and the words beside it."""

    value: str
    words: str
    meaning: str
    path: str
    filled: bool

    @property
    def id(self) -> str:
        return "shape-" + (self.value.replace(",", "").replace(" ", "-") or "none")


class Line(StrEnum):
    """How a claim is underlined: certainty is line style, never colour."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    STRUCK = "struck"


LINE_WORDS = {
    Line.SOLID: "asserted",
    Line.DASHED: "hedged",
    Line.DOTTED: "asked, predicted, demanded or supposed",
    Line.STRUCK: "denied",
}


def certainty_words(mood: Mood, line: Line) -> str:
    """What a claim is, in a word: the mood where the line alone does not say it."""
    return mood.value if line is Line.DOTTED else LINE_WORDS[line]


# FactBank's CT+ sits at 3 and PR+ at 2 on the contract's scale: from 2 on the speaker commits himself.
COMMITTED = 2.0


def line_of(mood: Mood, factuality: float, *, negated: bool) -> Line:
    """The line style for one claim, from what its innermost speaker does with it."""
    if mood is Mood.DENIAL or (mood is Mood.ASSERTION and (negated or factuality <= -1)):
        return Line.STRUCK
    if mood is not Mood.ASSERTION:
        return Line.DOTTED
    return Line.SOLID if factuality >= COMMITTED else Line.DASHED


def kind_of(event: EventType) -> Kind:
    """The kind of event; 'other' where nothing fits."""
    matching = (kind for kind, acts in _kinds() if any(_fits(act, event) for act in acts))
    return next(matching, other_kind())


def find_kinds() -> tuple[Kind, ...]:
    """Every kind in the order of the legend."""
    return (*(kind for kind, _ in _kinds()), other_kind())


def shape_of(verdict: Verdict | None) -> Shape:
    """The shape of a verdict; None: not assessed."""
    return _shapes()["" if verdict is None else verdict.value]


def find_shapes() -> tuple[Shape, ...]:
    """Every verdict's shape in the order of the legend."""
    return tuple(_shapes().values())


@cache
def other_kind() -> Kind:
    return _kind(_table("kinds.toml")["other"])


@cache
def _kinds() -> tuple[tuple[Kind, tuple[Mapping[str, Any], ...]], ...]:
    return tuple((_kind(row), tuple(row["match"])) for row in _table("kinds.toml")["kind"])


def _kind(row: Mapping[str, Any]) -> Kind:
    return Kind(id=row["id"], label=row["label"], colour=row["colour"], section=Section(row["section"]))


def _fits(act: Mapping[str, Any], event: EventType) -> bool:
    return act["plover"] == event.plover and (not act.get("modes") or event.mode in act["modes"])


@cache
def _shapes() -> dict[str, Shape]:
    table = _table("verdicts.toml")
    return {row["value"]: Shape(**row) for row in [*table["verdict"], table["none"]]}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("truceline.publish").joinpath(name).read_text("utf-8"))
