"""What texts foretell and how surely, loaded from predictions.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.model.agreement import Act
from truceline.model.claim import EventType
from truceline.vocab.trends import load_trend_table

ASSERTED = "asserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """A row of ICD 203: its words and the middle of its range (0..1)."""

    name: str
    chance: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """An event that may be foretold; `pattern` has the subject before a mark, `verb` what stands behind it."""

    name: str
    subject: re.Pattern[str] | None
    verb: re.Pattern[str]
    denied: bool
    countable: bool
    acts: tuple[Act, ...]
    cameo: frozenset[str]

    def shows(self, event: EventType) -> bool:
        """Whether an incident of this type shows that it came."""
        fitting = any(event.plover == act.plover and (not act.modes or event.mode in act.modes) for act in self.acts)
        return fitting and (not self.cameo or event.cameo in self.cameo or event.mode in {"ceasefire"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionTable:
    """All of predictions.toml."""

    likelihoods: tuple[Likelihood, ...]
    verb_cue: re.Pattern[str]
    noun_cue: re.Pattern[str]
    negation: re.Pattern[str]
    adverbs: re.Pattern[str]
    void: re.Pattern[str]
    events: tuple[Foretold, ...]
    up: re.Pattern[str]
    down: re.Pattern[str]
    happens: re.Pattern[str]
    embracing: re.Pattern[str]
    strikes: tuple[tuple[re.Pattern[str], str], ...]

    def event(self, name: str) -> Foretold | None:
        return next((each for each in self.events if each.name == name), None)


@cache
def load_prediction_table() -> PredictionTable:
    """The table shipped with the package."""
    raw = tomllib.loads(files("truceline.vocab").joinpath("predictions.toml").read_text(encoding="utf-8"))
    counted = "|".join(each.pattern.pattern for each in load_trend_table().countables)
    nouns = (each.replace("<event>", f"(?P<event>{counted})", 1) for each in raw["cues"]["noun"])
    return PredictionTable(
        likelihoods=tuple(
            Likelihood(name=each["name"], chance=each["chance"], pattern=either(each["words"], edges=True))
            for each in raw["likelihood"]
        ),
        verb_cue=either(raw["cues"]["verb"]),
        noun_cue=either(_numbered(nouns)),
        negation=re.compile(raw["cues"]["not"], re.IGNORECASE),
        adverbs=re.compile(rf"\s*{raw['cues']['adverbs']}", re.IGNORECASE),
        void=either(raw["void"]["words"]),
        events=tuple(_event(each) for each in raw["event"]),
        up=re.compile(raw["course"]["up"], re.IGNORECASE),
        down=re.compile(raw["course"]["down"], re.IGNORECASE),
        happens=re.compile(raw["course"]["happens"], re.IGNORECASE),
        embracing=re.compile(raw["cues"]["embracing"], re.IGNORECASE),
        strikes=tuple((re.compile(rf"{words}\b", re.IGNORECASE), name) for words, name in raw["strikes"].items()),
    )


def either(words: Iterable[str], *, edges: bool = False) -> re.Pattern[str]:
    joined = "|".join(f"(?:{each})" for each in words)
    return re.compile(rf"\b(?:{joined})\b" if edges else joined, re.IGNORECASE)


def _numbered(patterns: Iterable[str]) -> Iterable[str]:
    """A group may be named once in a pattern: event, event1, …"""
    for number, each in enumerate(patterns):
        yield each.replace("?P<event>", f"?P<event{number}>")


def _event(raw: Mapping[str, Any]) -> Foretold:
    return Foretold(
        name=raw["name"],
        subject=re.compile(rf"\b{raw['subject']}(?!\w)", re.IGNORECASE) if "subject" in raw else None,
        verb=re.compile(raw["verb"], re.IGNORECASE),
        denied=raw.get("denied", False),
        countable=raw.get("countable", False),
        acts=tuple(Act(plover=act["plover"], modes=tuple(act["modes"])) for act in raw.get("acts", ())),
        cameo=frozenset(raw.get("cameo", ())),
    )
