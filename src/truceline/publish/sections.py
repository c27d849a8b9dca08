"""The bulletin's smaller sections: disputes, each side's counts, truces, changes, blind spots, corrections."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from truceline.errors import Problem
from truceline.model.agreement import LocalTruce
from truceline.model.claim import Mood
from truceline.model.document import Document
from truceline.model.incident import Incident, Stance
from truceline.model.series import Finding, RateCheck, RateRatio, Watch
from truceline.model.source import SourceKind
from truceline.model.telling import Telling
from truceline.model.trend import TrendCheck
from truceline.publish import words
from truceline.publish.cards import Row, TellingCard, card_of, row_of, rows_of
from truceline.publish.counting import compared_words
from truceline.publish.lookup import NO_AREA, Lookup, area_of, most_common, safe_name
from truceline.publish.stated import document_of, find_checked, shorten, tell_figure, tell_test
from truceline.publish.watching import (
    alarm_words,
    alert_words,
    change_words,
    left_out_words,
    pairs_words,
    pattern_figure,
    pattern_name,
    rarity_words,
    silence_words,
)

# Shorter pieces ("to act") say nothing without the sentence around them.
LEAST_WORDS = 4
SPOKEN = {Mood.DEMAND, Mood.PROMISE, Mood.PREDICTION, Mood.QUESTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One incident with its tellings side by side."""

    row: Row
    tells: tuple[TellingCard, ...]
    denies: tuple[TellingCard, ...]
    points: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What each publisher counts: incidents told, by the side said to have acted."""

    sides: tuple[str, ...]
    lines: tuple[tuple[str, str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruceCard:
    """A local truce with the incidents assessed inside it."""

    name: str
    window: str
    zones: str
    others: tuple[str, ...]
    source: str
    inside: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of rate, or a rate somebody stated and what the register says to it."""

    name: str
    measured: str
    answer: str
    because: str
    document_file: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """What the register could not see."""

    silent: tuple[str, ...]
    unobserved: tuple[str, ...]
    unplaced_count: int
    undated_count: int
    unread: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A document published anew: the words that went and the words that came."""

    document: str
    title: str
    publisher: str
    published: str
    versions: str
    changes: tuple[tuple[str, str], ...]
    file: str


def find_disputes(held: Sequence[Incident], lookup: Lookup, *, paged: frozenset[str]) -> tuple[Dispute, ...]:
    """Incidents told and denied or told differently, the most disputed first."""
    disputed = [
        each
        for each in held
        if each.contradictions or any(version.stance is Stance.DENIES for version in each.versions)
    ]
    disputed.sort(key=lambda each: (-len(each.contradictions), -len(each.origins), each.id))
    return tuple(dispute_of(each, lookup, paged=paged) for each in disputed)


def dispute_of(incident: Incident, lookup: Lookup, *, paged: frozenset[str]) -> Dispute:
    cards = [
        (version.stance, card_of(lookup.tellings[version.claim], lookup, version=version))
        for version in incident.versions
        if version.claim in lookup.tellings
    ]
    return Dispute(
        row=row_of(incident, lookup, paged=paged),
        tells=tuple(card for stance, card in cards if stance is not Stance.DENIES),
        denies=tuple(card for stance, card in cards if stance is Stance.DENIES),
        points=points_of(incident, lookup),
    )


def points_of(incident: Incident, lookup: Lookup) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Each point of contradiction: what, the values with who tells them, a note."""
    return tuple(
        (
            words.DISPUTE_WORDS.get(each.what, each.what),
            tuple(f"{one.value}: {_tellers(one.claims, lookup)}" for one in each.variants),
            each.note,
        )
        for each in incident.contradictions
    )


def _tellers(claims: Sequence[str], lookup: Lookup) -> str:
    names = sorted({lookup.publisher(lookup.tellings[claim]) for claim in claims if claim in lookup.tellings})
    return words.list_words(names, none="telling not at hand")


PARTISAN = {SourceKind.STATE_MEDIA, SourceKind.OFFICIAL, SourceKind.PARTY_MEDIA}


def ledger_of(held: Sequence[Incident], lookup: Lookup) -> Ledger:
    """How many incidents each publisher tells of each side's doing; publishers that belong to a party first."""
    counts: dict[str, Counter[str]] = {}
    for incident in held:
        sides = sorted(
            {lookup.actors[each].side or "no side" for each in incident.agents if each in lookup.actors}
        ) or ["nobody named"]
        for source in {telling.source or "" for telling in lookup.cited(incident) if not telling.negated}:
            counts.setdefault(source, Counter()).update(sides)
    sides = [side for side, _ in most_common([side for each in counts.values() for side in each.elements()])]
    order = sorted(counts, key=lambda one: (not _is_partisan(one, lookup), -counts[one].total(), one))
    return Ledger(
        sides=tuple(side_words(each) for each in sides),
        lines=tuple(
            (_source_name(one, lookup), _source_kind(one, lookup), tuple(counts[one][side] for side in sides))
            for one in order
        ),
    )


def side_words(side: str) -> str:
    """A side as a heading: 'external-russia' is 'external (Russia)', 'isil' is 'ISIL'."""
    if side.startswith("external-"):
        return f"external ({_name_words(side.removeprefix('external-'))})"
    return _name_words(side) if len(side) <= 4 else side.replace("-", " ")


def _name_words(word: str) -> str:
    return word.upper() if len(word) <= 4 else word.replace("-", " ").title()


def _is_partisan(id: str, lookup: Lookup) -> bool:
    return id in lookup.sources and lookup.sources[id].kind in PARTISAN


def _source_name(id: str, lookup: Lookup) -> str:
    return lookup.sources[id].name if id in lookup.sources else "Publishers not in sources.toml"


def _source_kind(id: str, lookup: Lookup) -> str:
    return lookup.sources[id].kind.value.replace("-", " ") if id in lookup.sources else ""


def find_truces(held: Sequence[Incident], lookup: Lookup, *, paged: frozenset[str]) -> tuple[TruceCard, ...]:
    """Local truces whose window meets the period, in order of their start."""
    agreement = lookup.view.mission.agreement
    if agreement is None:
        return ()
    meeting = [each for each in agreement.local_truces if _meets_period(each, lookup)]
    return tuple(
        truce_card(each, held, lookup, paged=paged) for each in sorted(meeting, key=lambda each: (each.start, each.id))
    )


def _meets_period(truce: LocalTruce, lookup: Lookup) -> bool:
    return (
        truce.start.astimezone(lookup.zone).date() < lookup.until
        and truce.end.astimezone(lookup.zone).date() >= lookup.since
    )


def truce_card(truce: LocalTruce, held: Sequence[Incident], lookup: Lookup, *, paged: frozenset[str]) -> TruceCard:
    inside = [
        each for each in held if each.id in lookup.assessments and truce.id in lookup.assessments[each.id].local_truces
    ]
    start, end = words.instant_words(truce.start, lookup.zone), words.instant_words(truce.end, lookup.zone)
    return TruceCard(
        name=truce.name,
        window=f"{start} to {end}",
        zones=words.list_words([each.name for each in truce.zones]),
        others=tuple(
            f"{words.instant_words(each.at, lookup.zone)} (“{each.as_told}”, {each.source})"
            for each in truce.other_starts
        ),
        source=truce.source,
        inside=rows_of(inside, lookup, paged=paged),
    )


def find_changes(lookup: Lookup) -> tuple[Change, ...]:
    """Ratios whose interval leaves out 1, new rates, alerts and patterns, then every stated rate and trend answered."""
    watch = lookup.view.watch
    if watch is None:
        return ()
    names = {each.id: each.name for each in lookup.view.mission.sources}
    moved = [
        Change(name=each.name, measured=compared_words(each), answer=direction, because=because_of(each, names))
        for each in watch.ratios
        if (direction := direction_of(each))
    ]
    checks = (check_change(each, lookup) for each in watch.checks)
    stated = (trend_change(each, lookup) for each in find_checked(lookup))
    return (*moved, *find_watched(watch, lookup), *checks, *stated)


def because_of(ratio: RateRatio, names: Mapping[str, str]) -> str:
    """How far a ratio hangs on one source, and its caveats."""
    left = left_out_words(ratio.left_out, names).rstrip(".")
    return f"{left}. {ratio.note}".strip() if left else ratio.note


def find_watched(watch: Watch, lookup: Lookup) -> Iterator[Change]:
    """New rates that may have begun in the period, alerts raised in it, and the pairs that follow each other."""
    for levels in watch.levels:
        for each in levels.changes:
            if each.latest >= lookup.since and each.earliest < lookup.until:
                yield Change(
                    name=levels.name,
                    measured=change_words(each),
                    answer="new rate",
                    because=alarm_words(levels.false_alarms),
                )
    for alert in watch.alerts:
        if lookup.since <= alert.day < lookup.until:
            yield Change(name=alert.name, measured=alert_words(alert), answer="alert", because=rarity_words(alert))
    asked = pairs_words(len(watch.patterns))
    for pattern in watch.patterns:
        if pattern.finding is Finding.MORE:
            yield Change(
                name=pattern_name(pattern),
                measured=pattern_figure(pattern),
                answer=pattern.finding.value,
                because=asked,
            )


def direction_of(ratio: RateRatio) -> str:
    """'rose' or 'fell' where the interval leaves out 1, else ''."""
    if ratio.low is not None and ratio.low > 1:
        return "rose"
    return "fell" if ratio.high is not None and ratio.high < 1 else ""


def check_change(check: RateCheck, lookup: Lookup) -> Change:
    document = lookup.documents.get(check.document)
    return Change(
        name=f"“{check.words}”",
        measured=compared_words(check.measured),
        answer=check.answer.value,
        because=check.because,
        document=(document.title if document else None) or check.document,
        document_file=f"{safe_name(check.document)}.html" if document else "",
    )


def trend_change(check: TrendCheck, lookup: Lookup) -> Change:
    """A stated trend with the test it was put to."""
    title, file = document_of(check.trend.document, lookup)
    where = f" Counted: {check.place} and around." if check.place else ""
    return Change(
        name=f"“{shorten(check.trend.words)}”",
        measured=f"{tell_figure(check)} ({tell_test(check.trend)})",
        answer=check.answer.value,
        because=" ".join((check.because, *check.caveats)) + where,
        document=title,
        document_file=file,
    )


def is_saying(telling: Telling, lookup: Lookup) -> bool:
    """Whether a telling of the period is words about the future or a demand rather than a report."""
    if telling.published_at is None or telling.mood not in SPOKEN or not telling.chain:
        return False
    if len(telling.quote.split()) < LEAST_WORDS:
        return False
    return lookup.since <= telling.published_at.astimezone(lookup.zone).date() < lookup.until


def tell_blind(held: Sequence[Incident], lookup: Lookup) -> Blind:
    """Silent sources, days without a document, incidents without place or time, documents and files not read."""
    watch = lookup.view.watch
    names = {each.id: each.name for each in lookup.view.mission.sources}
    unusual = {each.source: each for each in (watch.silences if watch else ()) if each.unusual}
    return Blind(
        silent=tuple(
            silence_words(unusual[each], names) if each in unusual else names.get(each, each)
            for each in (watch.silent_sources if watch else ())
        ),
        unobserved=tuple(
            words.day_short(each.day)
            for each in (watch.days if watch else ())
            if each.documents == 0 and lookup.since <= each.day < lookup.until
        ),
        unplaced_count=sum(area_of(each) == NO_AREA for each in held),
        undated_count=sum(each.start is None for each in lookup.view.incidents),
        unread=tuple(str(each) for each in lookup.view.problems if not of_mission(each)),
        left_out=tuple(str(each) for each in lookup.view.problems if of_mission(each)),
    )


def of_mission(problem: Problem) -> bool:
    """Whether it is a mistake of the mission's own files and of no document."""
    return problem.code.startswith("mission.")


def find_corrections(lookup: Lookup) -> tuple[Correction, ...]:
    """Documents of which an older version is held, the latest first, with the sentences that changed."""
    older = sorted(lookup.view.superseded, key=lambda each: (each.id, each.version))
    pairs = [(old, lookup.documents[old.id]) for old in older if old.id in lookup.documents]
    pairs.sort(key=lambda pair: str(pair[1].published_at or ""), reverse=True)
    return tuple(correction_of(old, new, lookup) for old, new in pairs)


def correction_of(old: Document, new: Document, lookup: Lookup) -> Correction:
    return Correction(
        document=new.id,
        title=new.title or new.id,
        publisher=new.publisher or "Unknown publisher",
        published=words.instant_words(new.published_at, lookup.zone) if new.published_at else "date unknown",
        versions=f"version {old.version} → {new.version}",
        changes=changed_sentences(old.text, new.text),
        file=f"{safe_name(new.id)}.html",
    )


def changed_sentences(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Pairs of what stood there and what stands there now; '' where nothing did."""
    before, after = _sentences(old), _sentences(new)
    steps = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return tuple((" ".join(before[a:b]), " ".join(after[c:d])) for what, a, b, c, d in steps if what != "equal")


def _sentences(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"(?<=[.!?؟])\s+|\n+", text) if each.strip()]
