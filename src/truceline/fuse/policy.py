"""The tables the stage decides by, read once: weights of evidence, kinds of event, grades."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.model.claim import EventType
from truceline.vocab.load import load_toml

FORBIDDEN = float("-inf")  # 'never' in the table: adding anything to it changes nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one level of one feature adds, in log-odds, and the words a user reads for it."""

    feature: str
    level: str
    weight: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """A kind set apart within its category by its CAMEO or ACLED code."""

    category: str
    name: str
    cameo: str | None = None
    acled: str | None = None

    def fits(self, event: EventType) -> bool:
        if event.plover != self.category:
            return False
        return self.cameo == event.cameo if self.cameo is not None else self.acled == event.acled


REFINING = ("category", "name", "cameo", "acled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Words that tell an act as one more, and how many words before and after it they may stand, if not anywhere."""

    words: frozenset[str]
    anywhere: frozenset[str]
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Updates:
    """Words of a toll that grows: one that says it alone, or one of each of the others."""

    growing: frozenset[str]
    counted: frozenset[str]
    alone: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """Which claims may become incidents, and which kinds one act may be told as."""

    moods: frozenset[str]
    least_factuality: float
    firm_factuality: float
    aggregate_days: int
    categories: dict[str, str]
    kin: frozenset[frozenset[str]]
    mutual: frozenset[str]
    refined: tuple[Refined, ...]
    differing: frozenset[frozenset[str]]
    generic: frozenset[str]
    generic_modes: frozenset[str]
    means: dict[str, str]
    pronouns: frozenset[str]
    own: frozenset[str]
    leads: frozenset[str]
    counted: frozenset[str]
    answers: frozenset[str]
    objects: frozenset[str]
    vague: frozenset[str]
    mishaps: frozenset[str]
    common: frozenset[str]
    flying: frozenset[str]
    means_words: frozenset[str]
    further: Further
    updates: Updates
    seldom: frozenset[str]
    small_places: frozenset[str]
    coded_force: frozenset[str]
    open: dict[str, frozenset[str]]


def read_table(package: str, name: str) -> dict[str, Any]:
    """One TOML file that lies beside the code."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


@cache
def weights() -> dict[tuple[str, str], Weight]:
    """Every weight by (feature, level)."""
    tables = read_table("truceline.fuse", "weights.toml")
    return {
        (feature, level): Weight(
            feature=feature,
            level=level,
            weight=FORBIDDEN if entry["weight"] == "never" else float(entry["weight"]),
            reason=entry["reason"],
        )
        for feature, levels in tables.items()
        if feature != "limits"
        for level, entry in levels.items()
    }


@cache
def limits() -> dict[str, float]:
    """The bounds between levels, by name."""
    return {
        name: float(entry["value"]) for name, entry in read_table("truceline.fuse", "weights.toml")["limits"].items()
    }


@cache
def kinds() -> Kinds:
    """What may become an incident."""
    table = read_table("truceline.fuse", "kinds.toml")
    worthy = table["worthy"]
    return Kinds(
        moods=frozenset(worthy["moods"]),
        least_factuality=worthy["least_factuality"],
        firm_factuality=worthy["firm_factuality"],
        aggregate_days=worthy["aggregate_days"],
        categories=table["categories"],
        kin=frozenset(frozenset(entry["kinds"]) for entry in table["kin"]),
        refined=tuple(Refined(**{key: entry.get(key) for key in REFINING}) for entry in table["refined"]),
        differing=frozenset(frozenset(entry["kinds"]) for entry in table["kin"] if entry.get("differ", False)),
        generic=frozenset(table["generic"]["words"]),
        generic_modes=frozenset(table["generic"]["modes"]),
        means={word: kind for kind, words in table["means"].items() for word in words},
        pronouns=frozenset(table["pronouns"]["words"]),
        own=frozenset(table["pronouns"]["own"]),
        vague=frozenset(table["vague"]["words"]),
        means_words=frozenset(part for words in table["means"].values() for word in words for part in word.split()),
        flying=frozenset(table["flying"]["words"]),
        common=frozenset(table["common"]["words"]),
        mishaps=frozenset(table["mishaps"]["words"]),
        objects=frozenset(table["objects"]["words"]),
        answers=frozenset(table["answers"]["words"]),
        counted=frozenset(table["tally"]["words"]),
        leads=frozenset(table["leads"]["kinds"]),
        mutual=frozenset(table["mutual"]["words"]),
        further=Further(
            words=frozenset(table["further"]["words"]),
            anywhere=frozenset(table["further"]["anywhere"]),
            before=table["further"]["before"],
            after=table["further"]["after"],
        ),
        updates=Updates(**{name: frozenset(table["updates"][name]) for name in ("growing", "counted", "alone")}),
        seldom=frozenset(table["seldom"]["kinds"]),
        small_places=frozenset(table["small_places"]["kinds"]),
        coded_force=frozenset(table["coded_force"]["categories"]),
        open={word: frozenset(entry["kinds"]) for entry in table["open"] for word in entry["words"]},
    )


@cache
def name_means(event: EventType) -> str | None:
    """The means or manner that tells this event from others of its category: a refinement, else PLOVER's mode."""
    return next((each.name for each in kinds().refined if each.fits(event)), event.mode)


@cache
def find_group(event: EventType) -> str | None:
    """'material', 'diplomatic', 'statement' or 'tally'; None for an event outside PLOVER."""
    if event.plover is None:
        return None
    means = name_means(event)
    return means if means in {"statement", "tally"} else kinds().categories.get(event.plover)


@cache
def find_kind_codes(name: str) -> EventType:
    """The event type of a kind of the event vocabulary ('airstrike')."""
    entry = load_toml("events/kinds.toml")["kind"][name]
    return EventType(**{key: entry[key] or None for key in ("plover", "mode", "acled", "cameo")})


@cache
def means_pattern() -> re.Pattern[str]:
    words = sorted(kinds().means, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def find_means(words: str) -> EventType | None:
    """The kind of attack told by the words for who or what acts, None when they tell none."""
    found = means_pattern().search(words.casefold())
    return find_kind_codes(kinds().means[found.group()]) if found is not None else None
