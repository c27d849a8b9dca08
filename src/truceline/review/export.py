"""Corrections as training cases: what the machine proposed and what a person decided, passage by passage.

`corrections.jsonl` holds all of them, one a line. Three kinds are written as the gauge's own case files too, so that a
reader can be scored on what people corrected: `truceline gauge actors FOLDER`, `… areas FOLDER`, `… times FOLDER`.
Nothing leaves the register but the words of the claims; neither who decided nor on what grounds is told.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from truceline.errors import Dropped
from truceline.model.decision import Decision
from truceline.model.document import Document
from truceline.model.mission import Mission
from truceline.model.ruling import Ruling
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.review.agree import answer_of
from truceline.review.holdings import Holdings, lay_holdings
from truceline.review.policy import said
from truceline.review.words import fold_words, named_in

NOT_TOLD = "the register tells the claim no more"
ELSEWHERE = "the words decided on stand outside the passage"
ONE_SIDED = "a decision on acts without tellings on both sides"
NOTE = "Passages belong to their publishers; the rulings are the mission's. Ask both before passing them on."
LINES = "corrections.jsonl"
SUITES = {Ruling.ACTOR: "actors", Ruling.PLACE: "areas", Ruling.TIME: "times"}
FILES = {"actors": "actors.txt", "areas": "areas.txt", "times": "times_asked.txt"}
NEAR_KM = 5.0  # a corrected place's centre lies within it, or within the place's own extent


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Lines as they are written, the text of every case file by its name, and decisions that made no case."""

    lines: tuple[Mapping[str, Any], ...]
    files: Mapping[str, str]
    left_out: tuple[Dropped, ...]

    def write(self, path: Path) -> tuple[Path, ...]:
        """One file of lines where the path ends in .jsonl, else a folder with the case files beside it."""
        lines = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in self.lines)
        if path.suffix == ".jsonl":
            path.write_text(lines, encoding="utf-8")
            return (path,)
        path.mkdir(parents=True, exist_ok=True)
        texts = {LINES: lines, **self.files}
        for name, text in texts.items():
            (path / name).write_text(text, encoding="utf-8")
        return tuple(path / name for name in texts)


def export_corrections(view: View, decisions: Sequence[Decision]) -> Export:
    """Every decision in effect as a case, confirmed proposals too: what is right is worth as much as what is wrong."""
    holdings = lay_holdings(view, decisions)
    by_claim = {each.claim: each for each in view.tellings}
    lines: list[dict[str, Any]] = []
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    left_out: list[Dropped] = []
    for (question, claim, words), decision in holdings.standing.by_point.items():
        telling = by_claim.get(claim)
        if telling is None:
            left_out.append(Dropped(id=decision.id, reason=f"{NOT_TOLD}: {claim}"))
            continue
        if words and meant(telling, words) not in telling.quote:
            left_out.append(Dropped(id=decision.id, reason=f"{ELSEWHERE}: {claim}"))
            continue
        suite, block = write_case(question, telling, decision, words, holdings)
        lines.append(write_line(question, telling, decision, words, holdings, suite=suite if block else None))
        if block:
            blocks[suite].append(block)
    for decision in dict.fromkeys(holdings.decided.why.values()):
        pair = write_pair(decision, by_claim, holdings)
        if pair is None:
            left_out.append(Dropped(id=decision.id, reason=ONE_SIDED))
        else:
            lines.append(pair)
    files = {FILES[suite]: write_file(suite, told, view.mission) for suite, told in sorted(blocks.items())}
    lines.sort(key=lambda each: (str(each["question"]), str(each["claims"]), str(each.get("words"))))
    return Export(lines=tuple(lines), files=files, left_out=tuple(left_out))


def write_file(suite: str, blocks: Sequence[str], mission: Mission) -> str:
    head = [f"# Corrections of the mission {mission.id}, as {suite} cases.", f"# {NOTE}"]
    settings = [f"@timezone {mission.timezone}"] if suite == "times" else []
    return "\n\n".join(("\n".join((*head, *settings)), *sorted(set(blocks)))) + "\n"


def write_line(
    question: Ruling, telling: Telling, decision: Decision, words: str, holdings: Holdings, *, suite: str | None
) -> dict[str, Any]:
    ruled = next((each for each in telling.ruled if each.decision == decision.id and fits(each.words, words)), None)
    proposed = decision.proposed
    return {
        **about(decision, holdings),
        "question": question.value,
        "suite": suite,
        "claims": [telling.claim],
        "passages": [telling.quote],
        "words": meant(telling, words) if words else None,
        "trigger": telling.trigger,
        **write_source(telling, holdings.documents),
        "machine": ruled.machine if ruled is not None else "" if proposed is None else proposed.value,
        "shown": None if proposed is None else proposed.value,
        "person": said(decision),
    }


def fits(ruled: str, words: str) -> bool:
    return fold_words(ruled) == words


def about(decision: Decision, holdings: Holdings) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "decided_on": f"{decision.at:%Y-%m-%d}",
        "ruling": decision.ruling.value,
        "mission": holdings.view.mission.id,
        "note": NOTE,
    }


def write_source(telling: Telling, documents: Mapping[str, Document]) -> dict[str, Any]:
    document = documents.get(telling.document)
    published = telling.published_at
    return {
        "document": telling.document,
        "version": telling.version,
        "uri": None if document is None else document.uri,
        "publisher": None if document is None else document.publisher,
        "published_at": None if published is None else published.isoformat(),
    }


def write_pair(decision: Decision, by_claim: Mapping[str, Telling], holdings: Holdings) -> dict[str, Any] | None:
    """Tellings of one act, or of two; None where fewer than two are still told, or one side is not."""
    ours, theirs = ([each for each in some if each in by_claim] for some in (decision.claims, decision.others))
    if len(ours) + len(theirs) < 2 or (decision.holds is Ruling.DIFFERENT and not (ours and theirs)):
        return None
    return {
        **about(decision, holdings),
        "question": Ruling.SAME.value,
        "suite": None,
        "claims": ours,
        "others": theirs,
        "passages": [by_claim[each].quote for each in ours],
        "other_passages": [by_claim[each].quote for each in theirs],
        "machine": None if decision.proposed is None else decision.proposed.value,
        "shown": None if decision.proposed is None else decision.proposed.value,
        "person": answer_of(decision),
    }


# ---- the gauge's case files


def write_case(
    question: Ruling, telling: Telling, decision: Decision, words: str, holdings: Holdings
) -> tuple[str, str]:
    """The suite and the block of a case file, "" where the passage alone does not hold what it asks."""
    suite = SUITES.get(question, "")
    lines = {"actors": ask_actor, "areas": ask_place, "times": ask_time}
    asked = list(lines[suite](telling, decision, words, holdings)) if suite and is_plain(telling.quote) else []
    if not asked:
        return suite, ""
    return suite, "\n".join((*write_head(suite, telling, holdings), " ".join(telling.quote.split()), *asked))


def is_plain(quote: str) -> bool:
    """No line of it would be read as one that asks or sets something."""
    return bool(quote.strip()) and quote.strip()[0] not in "@>!#"


def write_head(suite: str, telling: Telling, holdings: Holdings) -> Iterator[str]:
    if suite == "areas" or telling.published_at is None:
        return
    local = telling.published_at.astimezone(ZoneInfo(holdings.view.mission.timezone))
    yield f"@published {local:%Y-%m-%d}"
    document = holdings.documents.get(telling.document)
    if suite == "actors" and document is not None and document.publisher:
        yield f"@publisher {document.publisher}"


def meant(telling: Telling, words: str) -> str:
    """The words as the telling has them."""
    return next((each.words for each in named_in(telling) if fold_words(each.words) == words), words)


def ask_actor(telling: Telling, decision: Decision, words: str, _holdings: Holdings) -> Iterator[str]:
    written = " ".join(meant(telling, words).split())
    if stands_once(written, telling.quote):
        yield f"> {written} | {decision.actor or 'unresolved'}"


def ask_place(telling: Telling, decision: Decision, _words: str, holdings: Holdings) -> Iterator[str]:
    place, told = decision.place, telling.place
    written = "" if told is None or told.span == telling.span else holdings.written(telling, told)
    if written and stands_once(written, telling.quote):
        if place is None or place.id is None or place.lat is None or place.lon is None:
            yield f"> {written} | unresolved | -"
        else:
            within = max(NEAR_KM, place.radius_km or 0.0)
            precision = "-" if place.precision is None else place.precision.value
            yield f"> {written} | {place.name} | {precision} | near {place.lat:.4f},{place.lon:.4f} within {within:g}"
    told_where = place.name if place is not None else None if written in telling.quote and written else "none"
    if told_where and stands_once(telling.trigger, telling.quote):
        yield f"@ {telling.trigger} | {told_where}"


def ask_time(telling: Telling, decision: Decision, _words: str, holdings: Holdings) -> Iterator[str]:
    document, when = holdings.documents.get(telling.document), telling.happened
    if document is None or when is None or when.span is None or when.span == telling.span:
        return
    written = " ".join(document.text[when.span.start : when.span.end].split())
    if decision.start is None or decision.end is None or not stands_once(written, telling.quote):
        return
    start, end = (f"{each.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M}Z" for each in (decision.start, decision.end))
    yield f"> {written} | - | - | [{start} .. {end})"


def stands_once(words: str, passage: str) -> bool:
    """As whole words: which of several is meant could not be told."""
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    return bool(words) and len(re.findall(whole, " ".join(passage.split()))) == 1
