"""Contradictions between accounts of one incident, in cases of our own (tests/cases/fuse/contradictions*.txt)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby, islice, permutations
from pathlib import Path

from truceline.errors import UsageError
from truceline.flow.tools import fuse_tellings, tell_all
from truceline.gauge.case import Detail, Tally, gold_document
from truceline.gauge.fusing import Asked, Suite, read_set, score_all
from truceline.gauge.measure import Measure, share
from truceline.gauge.passages import MISSION, REPOSITORY
from truceline.gauge.suites import Report
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.reading import Reading

CASES = REPOSITORY / "tests" / "cases" / "fuse"
WHATS = ("killed", "injured", "agent", "recipient", "means", "hour", "day", "place", "status", "denial", "sum")
# The words of the file for what has another name, or none of its own, in an incident.
SAME_WHAT = {"count": "sum"}

Sides = tuple[frozenset[str], ...]  # the texts that stand together, side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something in which texts contradict each other: what, and which texts on which side."""

    what: str
    sides: Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Texts of one incident, and every contradiction between them."""

    name: str
    documents: tuple[Document, ...]
    asked: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What fusing made of the texts of a case; `joined`: one incident holds all of them."""

    stated: tuple[Told, ...]
    joined: bool


MEASURES: tuple[Measure, ...] = (
    share("contradictions found", "found", "asked"),
    share("invented, of those stated", "invented", "stated", lower_is_better=True),
    share("cases right in whole", "whole", "cases"),
    share("cases not brought into one incident", "apart", "cases", lower_is_better=True),
    share("found, where one incident holds the texts", "found.joined", "asked.joined"),
    *(share(f"found: {what}", f"found.{what}", f"asked.{what}") for what in WHATS),
)


def measure_contradictions(file: str, name: str, asked: Asked) -> Report:
    """The contradictions of the incidents that a run makes of each case, held against those that a reader names."""
    cases = list(islice(read_cases(asked.folder, file), asked.limit))
    readings = read_set((document for case in cases for document in case.documents), asked)
    found = [fuse_case(own, asked.mission) for own in by_case(cases, readings)]
    tallies = [tally_case(*pair) for pair in zip(cases, found, strict=True)]
    plain = [tally_case(case, differing_numbers(case)) for case in cases]
    return Report(
        suite=name,
        split=asked.split,
        documents=len(cases),
        scores=score_all(MEASURES, tallies, plain, "any two different numbers of people"),
        note=f"Read for {asked.mission.id}; the interval draws cases.",
        detail=detail_of(cases, found),
    )


FILES = {"contradictions": "contradictions.txt", "contradictions-later": "contradictions_later.txt"}
SUITES = {
    name: Suite(run=partial(measure_contradictions, file, name), mission=MISSION, measures=MEASURES)
    for name, file in FILES.items()
}


def read_cases(folder: Path, file: str) -> Iterator[Case]:
    """The cases of a file, which lies in the folder or among the project's tests."""
    path = next((each for each in (folder, folder / file, CASES / file) if each.is_file()), None)
    if path is None:
        raise UsageError(f"no {file} in {folder}; give the folder tests/cases/fuse of the repository")
    for number, block in enumerate(
        re.split(r"^===\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE), start=1
    ):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        title = next((line[6:] for line in block.splitlines() if line.startswith("# --- ")), "")
        if lines:
            yield parse_case(f"{number} {title}", lines)


def parse_case(name: str, lines: Sequence[str]) -> Case:
    answers = [line[2:] for line in lines if line.startswith("= ")]
    texts: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("@ "):
            texts.append((line[2:], []))
        elif not line.startswith("= "):
            texts[-1][1].append(line)
    return Case(
        name=name,
        documents=tuple(parse_text(name, heading, words) for heading, words in texts),
        asked=tuple(parse_answer(each) for each in answers if each != "none"),
    )


def parse_text(case: str, heading: str, lines: Sequence[str]) -> Document:
    label, publisher, published = (each.strip() for each in heading.split("|"))
    stamp = datetime.fromisoformat(published.replace("Z", "+00:00"))
    return gold_document(f"{case.split(maxsplit=1)[0]}/{label}", "\n".join(lines), stamp, publisher)


def parse_answer(line: str) -> Told:
    what, *sides = line.split(" | ")
    if what not in WHATS:
        raise UsageError(f"'= {line}': '{what}' is none of {', '.join(WHATS)}")
    return Told(what=what, sides=tuple(frozenset(each.partition(":")[0].split()) for each in sides))


def by_case(cases: Sequence[Case], readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """The readings of each case; they come in the order of its texts."""
    stream = iter(readings)
    for case in cases:
        yield list(islice(stream, len(case.documents)))


def fuse_case(readings: Sequence[Reading], mission: Mission) -> Found:
    """What a run states of these texts alone."""
    tellings = tell_all(readings, mission)
    texts = {each.claim: label_of(each.document) for each in tellings}
    incidents = fuse_tellings(tellings, mission).incidents
    return Found(
        stated=tuple(told for each in incidents for told in told_of(each, texts)),
        joined=any(texts_in(each) == {label_of(one.document.id) for one in readings} for each in incidents),
    )


def label_of(document: str) -> str:
    return document.rpartition("/")[2]


def texts_in(incident: Incident) -> set[str]:
    return {label_of(each.document) for each in incident.versions}


def told_of(incident: Incident, texts: Mapping[str, str]) -> Iterator[Told]:
    for each in incident.contradictions:
        sides = tuple(frozenset(texts[claim] for claim in variant.claims) for variant in each.variants)
        yield Told(what=SAME_WHAT.get(each.what, each.what), sides=sides)


def answers(stated: Told, asked: Told) -> bool:
    """It is the same that differs, and two sides of the one stand apart in the other; a sum has but one side."""
    if stated.what != asked.what:
        return False
    if len(asked.sides) == 1:
        return any(side & asked.sides[0] for side in stated.sides)
    return any(
        ours & one and theirs & other
        for ours, theirs in permutations(stated.sides, 2)
        for one, other in permutations(asked.sides, 2)
    )


def tally_case(case: Case, found: Found) -> Tally:
    hits = [each for each in case.asked if any(answers(stated, each) for stated in found.stated)]
    invented = [each for each in found.stated if not any(answers(each, asked) for asked in case.asked)]
    counts: Counter[str] = Counter()
    counts.update(asked=len(case.asked), found=len(hits), stated=len(found.stated), invented=len(invented), cases=1)
    counts["whole"] = len(hits) == len(case.asked) and not invented
    counts["apart"] = not found.joined
    if found.joined:
        counts.update({"asked.joined": len(case.asked), "found.joined": len(hits)})
    counts.update(f"asked.{each.what}" for each in case.asked)
    counts.update(f"found.{each.what}" for each in hits)
    return Tally(counts={name: float(count) for name, count in counts.items()})


def detail_of(cases: Sequence[Case], found: Sequence[Found]) -> Detail:
    """By kind, what was stated and how much of it answers nothing."""
    rows = []
    for what in (*WHATS, "other"):
        stated = invented = 0
        for case, each in zip(cases, found, strict=True):
            own = [told for told in each.stated if (told.what if told.what in WHATS else "other") == what]
            stated += len(own)
            invented += sum(not any(answers(told, asked) for asked in case.asked) for told in own)
        rows.append((what, str(stated), str(invented)))
    return Detail(title="stated, and of it invented, by kind", columns=("kind", "stated", "invented"), rows=tuple(rows))


WORDED = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty"
NUMBER = rf"(?P<number>\d+|{WORDED})"
HARMED = re.compile(
    rf"\b{NUMBER}\b(?:\W+\w+){{0,3}}?\W+(?P<word>killed|dead|died|wounded|injured|hurt)\b"
    rf"|\b(?P<verb>killed|killing|wounded|wounding|injured|injuring)\W+{NUMBER.replace('number', 'after')}\b",
    re.IGNORECASE,
)
HURT = ("wound", "injur", "hurt")


def differing_numbers(case: Case) -> Found:
    """All texts of a case as one incident, and whatever numbers of harmed people differ in them."""
    told: list[tuple[str, str, str]] = []
    for document in case.documents:
        for each in HARMED.finditer(document.text):
            word = (each["word"] or each["verb"]).casefold()
            what = "injured" if word.startswith(HURT) else "killed"
            told.append((what, (each["number"] or each["after"]).casefold(), label_of(document.id)))
    stated = []
    for what, own in groupby(sorted(told), key=lambda each: each[0]):
        sides = [frozenset(text for *_, text in same) for _, same in groupby(own, key=lambda each: each[1])]
        if len(sides) > 1:
            stated.append(Told(what=what, sides=tuple(sides)))
    return Found(stated=tuple(stated), joined=True)
