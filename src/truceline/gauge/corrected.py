"""Corrected articles, in cases of our own (tests/cases/versions/corrected*.txt): what became of each claim."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

from truceline.errors import UsageError
from truceline.flow.tools import revise_all, tell_all
from truceline.fuse.worthy import find_bar
from truceline.gauge.case import Detail, Tally, gold_document
from truceline.gauge.fusing import Asked, Suite, read_set, score_all
from truceline.gauge.measure import Measure, f1, share
from truceline.gauge.passages import MISSION, passage_file
from truceline.gauge.suites import Report
from truceline.model.document import Document
from truceline.model.mission import Mission
from truceline.model.notice import NoticeKind
from truceline.model.reading import Reading
from truceline.model.revision import ClaimChange, ClaimState, Revision
from truceline.model.telling import Telling

HEADING = re.compile(r"^\[(?P<what>old|new|third|other) (?P<time>\S+) (?P<publisher>.+)\]$")
LINE = re.compile(r'^(?P<state>changed|withdrawn|added) "(?P<one>.+?)"(?: -> "(?P<other>.+?)")?(?:: (?P<aspects>.+))?$')
STATES = (ClaimState.CHANGED, ClaimState.WITHDRAWN, ClaimState.ADDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One change a person names: words of the older and of the newer text, "" where it has none, and in what."""

    step: int
    state: ClaimState
    old: str
    new: str
    aspects: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page, its later versions or a page beside it, and what is to be found.

    `notice` is the kind of the newest text's notice, None where it has none; `corrects` None where none is asked.
    """

    name: str
    documents: tuple[Document, ...]
    expected: tuple[Expected, ...]
    notice: NoticeKind | None
    corrects: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One change found, by the texts it stands in: the event word's offsets tell which claim it is."""

    step: int
    change: ClaimChange
    old: Telling | None
    new: Telling | None

    def touches(self, wanted: Expected, texts: tuple[str, str]) -> bool:
        """Whether the event word stands in the words that a person names."""
        return stands_in(self.old, wanted.old, texts[0]) or stands_in(self.new, wanted.new, texts[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    changes: tuple[Met, ...]
    unchanged: int
    notice: NoticeKind | None
    linked: bool


MEASURES: tuple[Measure, ...] = (
    f1("changes of claims, F1", "right", "found", "expected"),
    share("changes named that are found", "right", "expected"),
    share("changes found that are none", "wrong", "found", lower_is_better=True),
    share("right in what changed too", "exact", "expected"),
    share("texts right in whole", "whole", "cases"),
    share("notices read", "notices.right", "notices"),
    share("notices linked right, or left alone", "links.right", "links"),
)


def measure_corrected(asked: Asked) -> Report:
    """What became of the claims of corrected articles, held against what a person says of them."""
    cases = list(islice(read_cases(asked.folder), asked.limit))
    readings = iter(read_set((each for case in cases for each in case.documents), asked))
    held = [tuple(islice(readings, len(case.documents))) for case in cases]
    found = [revise_case(own, asked.mission) for own in held]
    plain = [sentences_apart(own, asked.mission) for own in held]
    return Report(
        suite="corrected",
        split=asked.split,
        documents=len(cases),
        scores=score_all(
            MEASURES,
            [tally_case(*pair) for pair in zip(cases, found, strict=True)],
            [tally_case(*pair) for pair in zip(cases, plain, strict=True)],
            "claims of a sentence that stands nowhere in the other text",
        ),
        note=f"Read for {asked.mission.id}; the interval draws cases.",
        detail=detail_of(cases, found),
    )


SUITES = {"corrected": Suite(run=measure_corrected, mission=MISSION, measures=MEASURES)}


# ---- the cases


def read_cases(folder: Path) -> Iterator[Case]:
    path = passage_file(folder, "corrected.txt", home="versions")
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# "))
    for block in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        body, _, answers = rest.partition("[expect]\n")
        yield parse_case(name.strip(), body, answers.splitlines())


def parse_case(name: str, body: str, answers: Sequence[str]) -> Case:
    documents = tuple(parse_texts(name, body))
    notice = next((line.split()[1] for line in answers if line.startswith("notice ")), None)
    corrects = next((line.split()[1] for line in answers if line.startswith("corrects ")), None)
    return Case(
        name=name,
        documents=documents,
        expected=tuple(parse_expected(name, answers)),
        notice=None if notice is None else NoticeKind(notice),
        corrects=None if corrects is None else corrects == "old",
    )


def parse_texts(name: str, body: str) -> Iterator[Document]:
    parts: list[tuple[re.Match[str], list[str]]] = []
    for line in body.splitlines():
        heading = HEADING.match(line)
        if heading is not None:
            parts.append((heading, []))
        elif parts:
            parts[-1][1].append(line)
    for number, (heading, lines) in enumerate(parts, start=1):
        page = "other" if heading["what"] == "other" else "page"
        published = datetime.fromisoformat(heading["time"]).replace(tzinfo=UTC)
        made = gold_document(f"{name}/{page}", "\n".join(lines).strip(), published, heading["publisher"])
        yield replace(made, version=1 if page == "other" else number)


def parse_expected(name: str, answers: Sequence[str]) -> Iterator[Expected]:
    step = 0
    for line in answers:
        step += line.strip() == "then"
        found = LINE.match(line)
        if found is None:
            if line.strip() and line.split()[0] not in ("then", "notice", "corrects"):
                raise UsageError(f"corrected.txt, '{name}': cannot read the line '{line}'")
            continue
        state = ClaimState(found["state"])
        added = state is ClaimState.ADDED
        yield Expected(
            step=step,
            state=state,
            old="" if added else found["one"],
            new=found["one"] if added else found["other"] or "",
            aspects=frozenset((found["aspects"] or "").split()),
        )


# ---- what is found


def revise_case(readings: Sequence[Reading], mission: Mission) -> Found:
    latest, older = split_versions(readings)
    told = tell_all(latest, mission, older)
    revisions = revise_all(latest, older, told, mission)
    tellings = {each.claim: each for each in (*told, *tell_all(older, mission))}
    met = tuple(met_in(revisions, tellings))
    changes = tuple(each for each in met if each.change.state is not ClaimState.UNCHANGED)
    return Found(
        changes=changes,
        unchanged=len(met) - len(changes),
        notice=next((each.kind for each in readings[-1].notices), None),
        linked=any(each.by_document != each.document for each in revisions),
    )


def split_versions(readings: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """The latest version of every page, and the others."""
    last = {each.document.id: each for each in readings}
    return list(last.values()), [each for each in readings if last[each.document.id] is not each]


def met_in(revisions: Sequence[Revision], tellings: dict[str, Telling]) -> Iterator[Met]:
    """The changes of claims that tell or deny an act in one of the texts."""
    for revision in revisions:
        for change in revision.changes:
            old, new = tellings.get(change.old or ""), tellings.get(change.new or "")
            if any(each is not None and find_bar(replace(each, withdrawn=None)) is None for each in (old, new)):
                yield Met(step=revision.version - 1, change=change, old=old, new=new)


def sentences_apart(readings: Sequence[Reading], mission: Mission) -> Found:
    """The plain way: a claim stands where its very sentence does, else it is withdrawn or new."""
    met = []
    pages = [each for each in readings if each.document.id.endswith("/page")]
    for step, (old, new) in enumerate(pairwise(pages)):
        before, after = tell_all([old], mission), tell_all([new], mission)
        kept = {each.quote for each in before} & {each.quote for each in after}
        for each in (*before, *after):
            if each.quote not in kept and find_bar(each) is None:
                gone = each in before
                state = ClaimState.WITHDRAWN if gone else ClaimState.ADDED
                change = ClaimChange(state=state, old=each.claim if gone else None, new=None if gone else each.claim)
                met.append(Met(step=step, change=change, old=each if gone else None, new=None if gone else each))
    return Found(changes=tuple(met), unchanged=0, notice=None, linked=False)


# ---- scoring


def stands_in(telling: Telling | None, words: str, text: str) -> bool:
    if telling is None or not words:
        return False
    start = text.find(words)
    trigger = text.find(telling.trigger, telling.span.start)
    return start >= 0 and start <= trigger < start + len(words)


def tally_case(case: Case, found: Found) -> Tally:
    right, exact, wrong = judge(case, found)
    noticed = case.notice == found.notice
    linked = case.corrects is None or case.corrects == found.linked
    whole = exact == len(case.expected) and not wrong and noticed and linked
    return Tally(
        counts={
            "right": right,
            "exact": exact,
            "wrong": len(wrong),
            "found": right + len(wrong),
            "expected": len(case.expected),
            "cases": 1,
            "whole": whole,
            "notices": 1,
            "notices.right": noticed,
            "links": case.corrects is not None,
            "links.right": case.corrects is not None and linked,
        }
    )


def judge(case: Case, found: Found) -> tuple[int, int, list[Met]]:
    """Changes right in their state, those right in what changed too, and changes found that nobody named.

    Several claims of the words named count once; one of another state among them is wrong.
    """
    pages = [each.text for each in case.documents if each.id.endswith("/page")]
    texts = [each.text for each in case.documents]
    right = exact = 0
    left = list(found.changes)
    for wanted in case.expected:
        pair = (pages[wanted.step], pages[wanted.step + 1]) if len(pages) > 1 else (texts[0], texts[-1])
        touching = [each for each in left if each.step == wanted.step and each.touches(wanted, pair)]
        fitting = [each for each in touching if each.change.state is wanted.state]
        left = [each for each in left if each not in fitting]
        right += bool(fitting)
        exact += bool(fitting) and any(aspects_of(each) == wanted.aspects for each in fitting)
    return right, exact, left


def aspects_of(met: Met) -> frozenset[str]:
    return frozenset(each.aspect.value for each in met.change.differences)


def detail_of(cases: Sequence[Case], found: Sequence[Found]) -> Detail:
    rows = []
    for case, each in zip(cases, found, strict=True):
        right, exact, wrong = judge(case, each)
        said = "; ".join(tell_met(one) for one in wrong)
        notice = "" if case.notice == each.notice else f"notice {each.notice or 'none'}"
        link = "" if case.corrects in (None, each.linked) else ("linked" if each.linked else "not linked")
        misses = " ".join(filter(None, (notice, link, said)))
        rows.append((case.name, f"{right}/{len(case.expected)}", f"{exact}", misses or "–"))
    return Detail(title="Cases", columns=("case", "found", "exact", "amiss"), rows=tuple(rows))


def tell_met(met: Met) -> str:
    words = " / ".join(each.trigger for each in (met.old, met.new) if each is not None)
    return f"{met.change.state.value} {words} {' '.join(sorted(aspects_of(met)))}".strip()
