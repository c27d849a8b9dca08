"""What stated trends count and the words that state them, loaded from trends.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.kit.numerals import NUMERAL, parse_numeral
from truceline.model.agreement import Act
from truceline.model.claim import EventType
from truceline.model.trend import Course, Rough, TrendKind

# What stands, letter for letter, where words of time were masked: <time> and <row> in the patterns look for it.
TIME_MARK = "\x01"
ROW_MARK = "\x02"  # days in a row
SCALES = {"hundred": 100, "thousand": 1000}
# <name> in a pattern, not the name of a group.
MACRO = re.compile(r"(?<!\?P)<(\w+)>")
ORDINAL_DIGITS = r"\d{1,3}(?:st|nd|rd|th)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Countable:
    """What may be counted: the incidents of `acts` (any act of force where `force`), or persons they harmed."""

    name: str
    rank: int
    measure: str
    force: bool
    acts: tuple[Act, ...]
    cameo: frozenset[str]
    pattern: re.Pattern[str]

    def counts(self, event: EventType) -> bool:
        """Whether an event of this type is one of those counted, `force` aside."""
        fitting = any(event.plover == act.plover and (not act.modes or event.mode in act.modes) for act in self.acts)
        return fitting and (not self.cameo or event.cameo in self.cameo)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPattern:
    """Words that state a trend of one kind."""

    kind: TrendKind
    pattern: re.Pattern[str]
    course: Course | None
    largely: bool
    needs: str
    only: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRules:
    """When a test on counts bears a statement out; trends.toml says what each means."""

    least_incidents: int
    leeway: float
    least_observed: float
    ratio_days: tuple[int, int]
    open_days: int
    pause_days: int
    record_chance: float
    no_record_chance: float
    credible: int
    daily_share: float
    almost_daily_share: float
    share_slack: float
    largely_share: float
    near_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendTable:
    """All of trends.toml."""

    tests: TrendRules
    narrows: re.Pattern[str]
    narrows_persons: re.Pattern[str]
    narrows_unplaced: re.Pattern[str]

    countables: tuple[Countable, ...]
    patterns: tuple[TrendPattern, ...]
    void: re.Pattern[str]
    void_before: re.Pattern[str]
    other_subjects: re.Pattern[str]
    sums: re.Pattern[str]
    cuts: re.Pattern[str]
    down: re.Pattern[str]
    up: re.Pattern[str]
    hint: re.Pattern[str]
    rough: Mapping[str, Rough]
    rough_before: re.Pattern[str]
    inclusive: frozenset[str]
    numbers: Mapping[str, int]
    nth: Mapping[str, int]
    parts: Mapping[str, float]
    folds: Mapping[str, float]

    def countable(self, name: str) -> Countable:
        return next(each for each in self.countables if each.name == name)

    def parse_number(self, words: str) -> float:
        """'12', 'twelve', 'a dozen', 'twice' as a number."""
        folded = " ".join(words.casefold().split())
        if folded in self.numbers:
            return float(self.numbers[folded])
        base, _, scale = folded.partition(" ")
        return float(parse_numeral(base) * SCALES.get(scale, 1))

    def parse_nth(self, words: str) -> int:
        folded = words.casefold()
        return self.nth[folded] if folded in self.nth else int(re.sub(r"\D", "", folded))


@cache
def load_trend_table() -> TrendTable:
    """The table shipped with the package."""
    raw = tomllib.loads(files("truceline.vocab").joinpath("trends.toml").read_text(encoding="utf-8"))
    words = raw["words"]
    macros = _macros(raw)
    guards: dict[str, list[str]] = {scope: [] for scope in ("sentence", "before")}
    for guard in raw["guard"]:
        guards[guard["scope"]].extend(guard["words"])
    tests = raw["tests"]
    return TrendTable(
        tests=TrendRules(**{**tests, "ratio_days": tuple(tests["ratio_days"])}),
        narrows=_either(raw["narrows"]["always"]),
        narrows_persons=_either(raw["narrows"]["persons"]),
        narrows_unplaced=_either(raw["narrows"]["unplaced"]),
        countables=tuple(_countable(each) for each in raw["countable"]),
        patterns=tuple(_patterns(raw["pattern"], macros)),
        void=_either(guards["sentence"]),
        void_before=_either(guards["before"]),
        other_subjects=re.compile(rf"\b{_join(words['other_subjects'])}\b", re.IGNORECASE),
        cuts=_either(words["cuts"]),
        sums=re.compile(rf"\b{_join(words['sums'])}\W+(?:\w+\W+){{0,14}}?$", re.IGNORECASE),
        down=re.compile(rf"\b{_join(words['down'])}\b", re.IGNORECASE),
        up=re.compile(rf"\b{_join(words['up'])}\b", re.IGNORECASE),
        hint=re.compile(rf"\b(?:{'|'.join(raw['hints']['words'])})", re.IGNORECASE),
        rough={phrase: Rough(sign) for sign, phrases in words["rough"].items() for phrase in phrases},
        rough_before=re.compile(rf"\b({macros['rough']})[ -]?$", re.IGNORECASE),
        inclusive=frozenset(words["inclusive"]),
        numbers=words["number"],
        nth=words["nth"],
        parts=words["part"],
        folds=words["fold"],
    )


def _countable(raw: Mapping[str, Any]) -> Countable:
    return Countable(
        name=raw["name"],
        rank=raw["rank"],
        measure=raw.get("measure", "incidents"),
        force=raw.get("force", False),
        acts=tuple(Act(plover=act["plover"], modes=tuple(act["modes"])) for act in raw.get("acts", ())),
        cameo=frozenset(raw.get("cameo", ())),
        pattern=re.compile(rf"\b{_join(raw['words'])}(?!\w)", re.IGNORECASE),
    )


def _macros(raw: Mapping[str, Any]) -> dict[str, str]:
    words = raw["words"]
    up, down = _join(words["up"]), _join(words["down"])
    named = "|".join(sorted(words["number"], key=len, reverse=True))
    nth = f"(?:{ORDINAL_DIGITS}|{'|'.join(words['nth'])})"
    units = f"(?:{'|'.join(words['units'])})s?"
    number = f"(?:{named}|{NUMERAL}(?: hundred| thousand)?)"
    return {
        "rough": _join([phrase for phrases in words["rough"].values() for phrase in phrases]),
        "number": number,
        "count": number,
        "nth": nth,
        "part": _join(words["part"]),
        "fold": _join(words["fold"]),
        "units": units,
        "unit": units,
        "up": up,
        "down": down,
        "way": f"(?:{up}|{down})",
        "persons": _join(words["persons"]),
        "reports": "(?:reports?|word|news|signs?)",
        "gap": r"(?: [\w-]+){0,8}? ?",
        "row": f"{ROW_MARK}+",
        "time": f"[{TIME_MARK}{ROW_MARK}]",
        "counted": _join([word for each in raw["countable"] for word in each["words"]]) + r"(?!\w)",
    }


def _patterns(raw: Iterable[Mapping[str, Any]], macros: Mapping[str, str]) -> Iterable[TrendPattern]:
    for each in raw:
        for words in each["words"]:
            expanded = MACRO.sub(lambda named: macros[named[1]], words)
            yield TrendPattern(
                kind=TrendKind(each["kind"]),
                pattern=re.compile(expanded, re.IGNORECASE),
                course=Course(each["course"]) if "course" in each else None,
                largely=each.get("largely", False),
                needs=each.get("needs", ""),
                only=re.compile(each["only"], re.IGNORECASE) if "only" in each else None,
            )


def _join(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def _either(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in words), re.IGNORECASE)
