"""Bulletins of the team as they are shown and printed, and what the wording of their judgements is held to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from truceline.model.assessment import Verdict
from truceline.model.bulletin import KeyJudgement, Wording
from truceline.publish.bulletin import Bulletin, Imprint
from truceline.publish.cards import Row
from truceline.publish.judgements import Judgement
from truceline.publish.page import templates
from truceline.vocab.wording import (
    find_bare_sentences,
    find_likelihood_faults,
    find_loaded,
    states_confidence,
    states_likelihood,
)

HELD = (Verdict.VIOLATION.value, Verdict.PREPARATORY.value)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of a judgement; one that `blocks` keeps the bulletin from being approved."""

    words: str
    blocks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An incident of the period that is not as it was when the draft was made."""

    title: str
    file: str | None
    was: str
    now: str


# ---- judgements


def propose(bulletin: Bulletin) -> tuple[KeyJudgement, ...]:
    """The machine's judgements, ready to be worded by people."""
    return tuple(proposed(each) for each in bulletin.judgements)


def proposed(judgement: Judgement) -> KeyJudgement:
    wording = Wording(statement=judgement.statement, likelihood=judgement.likelihood, confidence=judgement.confidence)
    named = tuple(each.id for each in judgement.basis)
    return KeyJudgement(
        wording=wording,
        machine=wording,
        rests_on=named,
        named=named,
        figures=judgement.figures,
        rule=judgement.rule,
    )


def take_over(judgements: Sequence[KeyJudgement], bulletin: Bulletin) -> tuple[KeyJudgement, ...]:
    """Judgements as worded, on the ground of other values: what the machine says now stands beside the editors' words.

    A wording that nobody touched follows the machine; incidents that are gone from the period are no ground any more.
    """
    fresh = {each.rule: each for each in propose(bulletin)}
    here = rows_by_id(bulletin)
    kept = []
    for each in judgements:
        now = fresh.pop(each.rule, None) if each.rule else None
        held = tuple(one for one in each.rests_on if one in here)
        own = tuple(one for one in held if one not in each.named)
        if now is None:
            bare = replace(each, rests_on=held, machine=None, named=(), rule="")
            kept += [] if each.wording == each.machine else [bare]
        else:
            wording = now.wording if each.wording == each.machine else each.wording
            kept.append(replace(now, wording=wording, rests_on=tuple(dict.fromkeys((*now.rests_on, *own)))))
    return (*kept, *fresh.values())


def rows_by_id(bulletin: Bulletin) -> dict[str, Row]:
    return {each.id: each for each in bulletin.annex}


def find_remarks(judgement: KeyJudgement, rows: Mapping[str, Row], *, names: Sequence[str] = ()) -> Iterator[Remark]:
    """What keeps a judgement from being approved, then what should be looked at; `names` are those of known actors."""
    wording = judgement.wording
    for what, words in (("statement", wording.statement), ("likelihood", wording.likelihood)):
        if not words.strip():
            yield Remark(words=f"There is no {what}.")
    for fault in find_likelihood_faults("\n".join((wording.statement, wording.likelihood, wording.confidence))):
        yield Remark(words=f"{fault[:1].upper()}{fault[1:]}.")
    if wording.likelihood.strip() and not states_likelihood(wording.likelihood):
        yield Remark(words="The likelihood uses no word of the table, nor says that none is given.")
    if not states_confidence(wording.confidence):
        yield Remark(words="The confidence says neither low, moderate nor high, nor that none is given.")
    yield from find_ground_remarks(judgement, rows)
    yield from find_fact_remarks(judgement, rows)
    yield from find_soft_remarks(judgement, names)


def find_ground_remarks(judgement: KeyJudgement, rows: Mapping[str, Row]) -> Iterator[Remark]:
    if judgement.machine is None and not judgement.rests_on:
        yield Remark(words="It rests on nothing: name the incidents of the period that it rests on.")
    for each in judgement.rests_on:
        if each not in rows:
            yield Remark(words=f"'{each}' is no incident of the period.")


def find_fact_remarks(judgement: KeyJudgement, rows: Mapping[str, Row]) -> Iterator[Remark]:
    """An allegation is never worded as a fact; nor, less strictly, is what we hold."""
    verdicts = {rows[each].shape.value for each in judgement.rests_on if each in rows}
    is_alleged = bool(verdicts - set(HELD))
    for sentence in find_bare_sentences(judgement.wording.statement):
        why = "it rests on incidents that are alleged or contested" if is_alleged else "a finding is an assessment"
        yield Remark(
            words=f"Worded as a fact, and {why}; say who tells it or that it is held: {sentence}", blocks=is_alleged
        )


def find_soft_remarks(judgement: KeyJudgement, names: Sequence[str]) -> Iterator[Remark]:
    for loaded in find_loaded(judgement.wording.statement, names=names):
        instead = f"; neutral: {loaded.neutral}" if loaded.neutral else ""
        yield Remark(words=f"'{loaded.word}' is loaded{instead}. {loaded.reason}", blocks=False)
    if judgement.machine is not None:
        known = set(NUMBER.findall(f"{judgement.machine.statement} {' '.join(judgement.figures)}"))
        strange = [each for each in NUMBER.findall(judgement.wording.statement) if each not in known]
        if strange:
            yield Remark(words=f"Not a number of the machine's: {', '.join(dict.fromkeys(strange))}.", blocks=False)


# ---- what changed since


def find_differences(was: Sequence[Row], now: Sequence[Row]) -> tuple[Difference, ...]:
    """Incidents of the period that are new, gone, or held otherwise than when the values were taken."""
    before, after = {each.id: each for each in was}, {each.id: each for each in now}
    found = []
    for one in dict.fromkeys((*before, *after)):
        words = held_words(before.get(one)), held_words(after.get(one))
        if words[0] != words[1]:
            row = after[one] if one in after else before[one]
            file = row.file if one in after else None
            found.append(Difference(title=row.title, file=file, was=words[0], now=words[1]))
    return tuple(found)


def held_words(row: Row | None) -> str:
    """How an incident is held, "" where it is not."""
    return "" if row is None else f"{row.shape.words}, {row.grade}"


# ---- showing


def dress(bulletin: Bulletin, judgements: Sequence[KeyJudgement], imprint: Imprint) -> Bulletin:
    """Values with the judgements as worded and who answers for them."""
    rows = rows_by_id(bulletin)
    worded = tuple(
        Judgement(
            statement=each.wording.statement,
            likelihood=each.wording.likelihood,
            confidence=each.wording.confidence,
            basis=tuple(rows[one] for one in each.rests_on if one in rows),
            figures=each.figures,
            rule=each.rule,
        )
        for each in judgements
    )
    return replace(bulletin, judgements=worded, imprint=imprint)


def bulletin_body(bulletin: Bulletin, *, documents: frozenset[str]) -> str:
    """The bulletin as HTML without a page around it, its links from the root; `documents` are those with a page."""
    template = templates().get_template("bulletin.html")
    # Pictures are drawn from the watch as it stands, and would move.
    return template.render(layout="frozen.html", root="/", documents=documents, b=bulletin, pictures=())
