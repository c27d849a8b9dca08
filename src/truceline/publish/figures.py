"""The numbers of a bulletin: each with its interval, its denominator and the period before."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from truceline.model.incident import Incident
from truceline.model.series import RateRatio, Tally
from truceline.publish.counting import compared_words, poisson_interval
from truceline.publish.looks import kind_of
from truceline.publish.lookup import Lookup, area_of
from truceline.publish.words import count_words

# The heading under which the watch compares all incidents.
ALL = "incidents"
# Its words for a party counted with all that belong to it, and for what nobody told; those stand last.
WITH_FORCES = " with its forces"
UNKNOWN = ("not named", "not told closely enough")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number as published: '12 [6–21] in 7 observed days, from 9 sources, 4 origins'."""

    name: str
    count: int
    low: int
    high: int
    days: int
    sources: int
    origins: int
    compared: str
    note: str = ""

    @property
    def interval(self) -> str:
        return f"[{self.low}–{self.high}]"

    @property
    def origin_words(self) -> str:
        return f"{count_words(self.sources, 'source')}, {count_words(self.origins, 'origin')}"

    @property
    def denominator(self) -> str:
        return f"in {count_words(self.days, 'observed day')}, from {self.origin_words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Makes the figures of one period: from the watch where there is one, else by counting here."""

    lookup: Lookup
    days_count: int

    def total(self, held: Sequence[Incident]) -> Figure:
        """All incidents somebody asserts; those only denied or hedged are listed and not counted."""
        ratio = self.ratio(ALL)
        asserted = [each for each in held if any(version.stance.value == "asserts" for version in each.versions)]
        made = self.counted("All incidents", asserted, ratio)
        if ratio is None:
            return made
        return figure(
            "All incidents",
            ratio.now_count,
            made.sources,
            made.origins,
            days=ratio.now_days,
            ratio=ratio,
            note=ratio.note,
        )

    def by(self, heading: str, held: Sequence[Incident]) -> tuple[Figure, ...]:
        """The figures under one heading (area, party or kind), the fullest first."""
        watch = self.lookup.view.watch
        if watch is None:
            groups = group(held, KEYS[heading](self.lookup))
            made = [self.counted(name, each, None) for name, each in groups.items()]
            return tuple(sorted(made, key=lambda each: (-each.count, each.name)))
        tallies = [each for each in watch.tallies if each.by == heading]
        told = {(each.name, each.incidents) for each in tallies}
        # An alliance that adds nothing to what one member is said to have done is not told twice.
        shown = [
            each
            for each in tallies
            if (each.name.removesuffix(WITH_FORCES), each.incidents) not in told - {(each.name, each.incidents)}
        ]
        return tuple(self.tallied(each) for each in sorted(shown, key=lambda each: each.name in UNKNOWN))

    def tallied(self, tally: Tally) -> Figure:
        ratio, whole = self.ratio(tally.name), self.ratio(ALL)
        # What holds for all incidents is said once above the table.
        note = "" if ratio is None or ratio.ratio is None else without_caveats(ratio.note, whole.note if whole else "")
        days = self.days_count if ratio is None else ratio.now_days
        return figure(tally.name, tally.incidents, tally.sources, tally.origins, days=days, ratio=ratio, note=note)

    def counted(self, name: str, held: Sequence[Incident], ratio: RateRatio | None) -> Figure:
        sources = {telling.source or telling.family for incident in held for telling in self.lookup.cited(incident)}
        origins = {origin.id for incident in held for origin in incident.origins}
        return figure(name, len(held), len(sources), len(origins), days=self.days_count, ratio=ratio)

    def ratio(self, name: str) -> RateRatio | None:
        """The ratio the watch gives under this name."""
        watch = self.lookup.view.watch
        return None if watch is None else next((each for each in watch.ratios if each.name == name), None)


def without_caveats(note: str, whole: str) -> str:
    """The sentences of a note that begin otherwise than every sentence of the note on the whole."""
    openings = {opening_of(each) for each in sentences_of(whole)}
    return " ".join(each for each in sentences_of(note) if opening_of(each) not in openings)


def sentences_of(note: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.])\s+(?=[A-Z])", note) if each]


def opening_of(sentence: str) -> tuple[str, ...]:
    return tuple(sentence.split()[:3])


def figure(
    name: str, count: int, sources: int, origins: int, *, days: int, ratio: RateRatio | None, note: str = ""
) -> Figure:
    low, high = poisson_interval(count)
    return Figure(
        name=name,
        count=count,
        low=low,
        high=high,
        days=days,
        sources=sources,
        origins=origins,
        compared=compared_words(ratio),
        note=note,
    )


def group(held: Iterable[Incident], keys_of: Callable[[Incident], Iterable[str]]) -> dict[str, list[Incident]]:
    """Incidents by key; one with several keys stands under each."""
    groups: dict[str, list[Incident]] = {}
    for incident in held:
        for key in keys_of(incident):
            groups.setdefault(key, []).append(incident)
    return groups


KEYS: dict[str, Callable[[Lookup], Callable[[Incident], Iterable[str]]]] = {
    "area": lambda _: lambda incident: (area_of(incident),),
    "party": lambda lookup: lambda incident: lookup.actor_names(incident.agents) or ("not named",),
    "kind": lambda _: lambda incident: (kind_of(incident.event).label,),
}
