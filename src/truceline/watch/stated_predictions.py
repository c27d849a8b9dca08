"""Predictions found in sentences: what is foretold, by whom it would be done, how surely, and within which days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from truceline.kit.hashing import content_id
from truceline.kit.sentences import find_sentences
from truceline.model.span import Span
from truceline.model.trend import Course, Days, Prediction
from truceline.vocab.predictions import ASSERTED, Foretold, PredictionTable
from truceline.vocab.trends import TIME_MARK, Countable, TrendTable
from truceline.watch.stated_actors import Names, find_doer
from truceline.watch.stated_ahead import find_ahead

FLIPPED = {
    "almost-no-chance": "almost-certain", "very-unlikely": "very-likely", "unlikely": "likely", "even": "even",
    "likely": "unlikely", "very-likely": "very-unlikely", "almost-certain": "almost-no-chance",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseeing:
    """What predictions are parsed with."""

    trends: TrendTable
    table: PredictionTable
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What is foretold, and the offsets of the words for it."""

    name: str
    at: tuple[int, int]
    denied: bool = False
    course: Course | None = None


def find_predictions(text: str, document: str, today: date, foreseeing: Foreseeing) -> Iterator[Prediction]:
    """Every prediction of a text; its spans index `text`, its source is left to fill in."""
    for start, end in find_sentences(text):
        sentence = text[start:end]
        found = parse_prediction(" ".join(sentence.split()), today, foreseeing)
        if found is not None:
            yield replace(
                found,
                id=content_id("prediction-", document, str(start), found.what),
                document=document,
                span=Span(start, end),
            )


def parse_prediction(sentence: str, today: date, foreseeing: Foreseeing) -> Prediction | None:
    """What one sentence foretells; None where it foretells nothing that days could prove."""
    table = foreseeing.table
    if not (table.verb_cue.search(sentence) or table.noun_cue.search(sentence)) or table.void.search(sentence):
        return None
    aheads = find_ahead(sentence, today)
    masked = sentence
    for each in aheads:
        masked = masked[: each.start] + TIME_MARK * (each.end - each.start) + masked[each.end :]
    what = find_by_verb(masked, foreseeing) or find_by_noun(masked, foreseeing)
    if what is None:
        return None
    word, chance = find_likelihood(sentence, table)
    if what.denied and word in FLIPPED and word in {"almost-no-chance", "very-unlikely", "unlikely"}:
        # 'Unlikely to hold' is likely to end.
        word, chance, what = FLIPPED[word], 1 - chance, replace(what, denied=False)
    return Prediction(
        id="",
        document="",
        span=Span(0, len(sentence)),
        words=sentence,
        published_on=today,
        what=what.name,
        by=find_doer(masked, what.at, foreseeing.names),
        source="",
        word=word,
        chance=chance,
        days=aheads[0].days if aheads else Days(first=today, last=None),
        denied=what.denied,
        course=what.course,
    )


def find_likelihood(sentence: str, table: PredictionTable) -> tuple[str, float]:
    for each in table.likelihoods:
        if each.pattern.search(sentence):
            return each.name, each.chance
    return ASSERTED, 1.0


def find_by_verb(masked: str, foreseeing: Foreseeing) -> What | None:
    """The verb right behind 'will', 'would', 'is to', with its subject before."""
    table = foreseeing.table
    for cue in table.verb_cue.finditer(masked):
        adverbs = table.adverbs.match(masked, cue.end())
        verb_at = adverbs.end() if adverbs is not None else cue.end()
        denied = adverbs is not None and table.negation.search(adverbs[0]) is not None
        subject = masked[: cue.end()] if table.embracing.match(cue[0]) else masked[: cue.start()]
        for event in table.events:
            what = fit_event(event, subject, masked, verb_at)
            if what is not None:
                return replace(what, denied=event.denied != denied)
        what = fit_countable(subject, masked, verb_at, foreseeing)
        if what is not None:
            return replace(what, denied=denied)
    return None


def fit_event(event: Foretold, subject: str, masked: str, verb_at: int) -> What | None:
    verb = event.verb.match(masked, verb_at)
    if verb is None or (event.subject is not None and not event.subject.search(subject)):
        return None
    return What(name=event.name, at=verb.span())


def fit_countable(subject: str, masked: str, verb_at: int, foreseeing: Foreseeing) -> What | None:
    """A countable as the verb itself, or as the subject of one that says it comes, grows or lessens."""
    table = foreseeing.table
    rises, falls = table.up.match(masked, verb_at), table.down.match(masked, verb_at)
    ahead = best_countable(subject, foreseeing.trends)
    for verb, course in ((rises, Course.UP), (falls, Course.DOWN)):
        if verb is not None and ahead is not None:
            return What(name=ahead[0].name, at=ahead[1].span(), course=course)
    if ahead is not None and table.happens.match(masked, verb_at):
        return What(name=ahead[0].name, at=ahead[1].span())
    for pattern, name in table.strikes:
        strike = pattern.match(masked, verb_at)
        if strike is not None:
            return What(name=name, at=strike.span())
    for countable in sorted(foreseeing.trends.countables, key=lambda each: -each.rank):
        verb = countable.pattern.match(masked, verb_at)
        if verb is not None:
            return What(name=countable.name, at=verb.span())
    return None


def find_by_noun(masked: str, foreseeing: Foreseeing) -> What | None:
    """'A new round of shelling is likely', 'expects an assault'."""
    cue = foreseeing.table.noun_cue.search(masked)
    if cue is None:
        return None
    found = best_countable(cue[0], foreseeing.trends)
    if found is None:
        return None
    countable, match = found
    return What(name=countable.name, at=(cue.start() + match.start(), cue.start() + match.end()))


def best_countable(words: str, trends: TrendTable) -> tuple[Countable, re.Match[str]] | None:
    """Of the highest rank, what stands last."""
    found = [(each, match) for each in trends.countables for match in each.pattern.finditer(words)]
    return max(found, key=lambda each: (each[0].rank, each[1].start()), default=None)
