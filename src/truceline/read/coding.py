"""Dictionary coding: events as (source, target, code) in the codes of dictionaries that a user brings.

The outermost verb that the dictionaries code speaks for its verb phrase; what stands inside it is not coded again.
The source is its subject, or the first phrase before it that the dictionaries know; the target is the first known
phrase in its verb phrase; patterns and passives say otherwise. After TABARI (Schrodt, manual of version 0.8) and
PETRARCH (Norris, Schrodt & Beieler 2017), on a dependency parse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from truceline.errors import Problem, Severity
from truceline.model.claim import Claim
from truceline.model.coded import CodedEvent
from truceline.model.reading import Reading
from truceline.model.span import Span
from truceline.read.coding_patterns import Fit, Matcher, Side
from truceline.read.coding_phrases import PhraseCoder
from truceline.read.coding_sentence import CodingSentence, below, is_verbal, phrase_tokens, span_of_tokens
from truceline.vocab.dictionaries.records import NO_CODE, Dictionaries, Discard, EventCode, Verb

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

# Relations by which a clause without a subject takes that of the word it hangs on.
BORROWING = frozenset({"xcomp", "conj", "advcl", "ccomp", "acomp", "pcomp", "prep"})
# Words on either side of a verb that its patterns look at: no sentence that tells one event is longer.
REACH = 150


@dataclass(frozen=True, slots=True)
class Coding:
    """The events of one text, and what was not coded and why."""

    events: tuple[CodedEvent, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a dictionary makes of one verb: its code, the phrases a pattern names, the line it stands on."""

    code: EventCode
    fit: Fit
    rule: str
    after: Sequence[int]


def code_reading(reading: Reading, doc: "Doc", dictionaries: Dictionaries, *, on: date | None) -> Reading:
    """The reading with its coded events, each pointing at the claim that the same verb tells."""
    coding = code_document(doc, dictionaries, on=on)
    events = tuple(replace(event, claim=_claim_at(event.span, reading.claims)) for event in coding.events)
    return replace(reading, coded=events, problems=(*reading.problems, *coding.problems))


def _claim_at(span: Span, claims: Sequence[Claim]) -> str | None:
    return next((claim.id for claim in claims if claim.trigger.span.overlaps(span)), None)


def code_document(doc: "Doc", dictionaries: Dictionaries, *, on: date | None) -> Coding:
    """Every event that the dictionaries see, in the order of the verbs; `on` is the day that dated codes go by."""
    sentences = [CodingSentence(sentence) for sentence in doc.sents]
    barred = {index: found for index, each in enumerate(sentences) if (found := _discard(each, dictionaries))}
    problems = tuple(_left_out(sentences[index], found) for index, found in barred.items())
    if any(found.whole_text for found in barred.values()):
        return Coding(problems=problems)
    coder = PhraseCoder(dictionaries, on)
    events = [
        event
        for index, sentence in enumerate(sentences)
        if index not in barred
        for event in SentenceCoder(sentence, dictionaries, coder).events()
    ]
    return Coding(events=tuple(events), problems=problems)


def _discard(sentence: CodingSentence, dictionaries: Dictionaries) -> Discard | None:
    words = tuple(word.text for word in sentence.words)
    found = [
        each
        for each in dictionaries.discards
        if any(words[at : at + len(each.words)] == each.words for at in range(len(words)))
    ]
    return next((each for each in found if each.whole_text), found[0] if found else None)


def _left_out(sentence: CodingSentence, found: Discard) -> Problem:
    span = span_of_tokens(sentence.tokens)
    what = "the text" if found.whole_text else "the sentence"
    return Problem(
        code="coding.discarded",
        message=f"'{' '.join(found.words).lower()}' rules out {what} ({found.where}); not coded",
        start=span.start,
        end=span.end,
        severity=Severity.WARNING,
    )


class SentenceCoder:
    """Codes one sentence."""

    def __init__(self, sentence: CodingSentence, dictionaries: Dictionaries, coder: PhraseCoder) -> None:
        self._sentence = sentence
        self._dictionaries = dictionaries
        self._codes = coder.codes
        self._matcher = Matcher(coder.codes)

    def events(self) -> Iterator[CodedEvent]:
        told: set[tuple[str, str, str]] = set()
        spoken_for: set[int] = set()
        for token in self._sentence.tokens:
            if token.i in spoken_for or not is_verbal(token):
                continue
            chosen = self._chosen(token)
            if chosen is None:
                continue
            spoken_for.update(self._sentence.words[at].token for at in chosen.after)
            for event in self._events(token, chosen):
                if (triple := (event.source, event.target, event.code)) not in told:
                    told.add(triple)
                    yield event

    def _chosen(self, token: "Token") -> Chosen | None:
        """The code that the dictionaries give a verb here; None where they give none."""
        own = self._sentence.position.get(token.i)
        verbs = self._dictionaries.verbs.get(self._sentence.words[own[0]].text, ()) if own else ()
        if not own or not verbs:
            return None
        start = self._sentence.clause_start(own[0])
        before = list(range(own[0] - 1, start - 1, -1))
        after = self._sentence.positions(verb_phrase(token))
        for verb in verbs:
            sides = self._sides(verb, before, after)
            if sides is not None:
                return self._ruled(verb, *sides, after)
        return None

    def _sides(self, verb: Verb, before: Sequence[int], after: Sequence[int]) -> tuple[Side, Side] | None:
        """The words around a verb of several words without those; None where they do not stand there."""
        words = self._sentence.words
        left, right = len(verb.before), len(verb.after)
        if tuple(words[at].text for at in before[:left]) != verb.before:
            return None
        if tuple(words[at].text for at in after[:right]) != verb.after:
            return None
        return (
            Side(self._sentence, before[left : left + REACH], backwards=True),
            Side(self._sentence, after[right : right + REACH], backwards=False),
        )

    def _ruled(self, verb: Verb, before: Side, after: Side, positions: Sequence[int]) -> Chosen | None:
        for pattern in verb.patterns:
            fit = self._matcher.fit(pattern, before, after)
            if fit is not None:
                return None if pattern.code is None else Chosen(pattern.code, fit, pattern.where, positions)
        return None if verb.code is None else Chosen(verb.code, Fit(), verb.where, positions)

    def _events(self, token: "Token", chosen: Chosen) -> Iterator[CodedEvent]:
        source, target = self._actors(token, chosen)
        if chosen.code.back is not None:
            source, target = source or target, target or source
        if source is None or target is None:
            return
        span = Span(token.idx, token.idx + len(token.text))
        ways = [(source, target, chosen.code.code)]
        if chosen.code.back is not None:
            ways.append((target, source, chosen.code.back))
        for one, other, code in ways:
            for acting, acted in product(self._codes(one), self._codes(other)):
                if acting != acted:
                    yield CodedEvent(
                        source=acting,
                        target=acted,
                        code=code,
                        span=span,
                        source_span=span_of_tokens(phrase_tokens(one)),
                        target_span=span_of_tokens(phrase_tokens(other)),
                        rule=chosen.rule,
                    )

    def _actors(self, token: "Token", chosen: Chosen) -> "tuple[Token | None, Token | None]":
        """Who did it and to whom: as the pattern says, else by syntax, else by the order of the words."""
        source, target = chosen.fit.source, chosen.fit.target
        doer = passive_agent(token)
        if doer is not None and self._codes(doer):
            return source or doer, target or self._subject(token, apart_from=source or doer)
        if source is None:
            source = self._subject(token, apart_from=target)
        if target is None and source is not None:
            target = self._object(chosen, source)
        return source, target

    def _subject(self, token: "Token", *, apart_from: "Token | None") -> "Token | None":
        """The subject where the dictionaries know it, else the first phrase before the verb that they know."""
        subject = subject_of(token)
        first = self._sentence.clause_start(self._sentence.position[token.i][0])
        limit = self._sentence.words[first].token
        earlier = [head for head, tokens in self._sentence.phrases.items() if limit <= tokens[0].i < token.i]
        return self._best(([] if subject is None else [subject]) + earlier, apart_from)

    def _object(self, chosen: Chosen, source: "Token") -> "Token | None":
        """The first phrase in the verb phrase that the dictionaries know as somebody else."""
        reached = {self._sentence.words[at].token for at in chosen.after}
        return self._best([head for head, tokens in self._sentence.phrases.items() if tokens[0].i in reached], source)

    def _best(self, heads: Sequence["Token"], apart_from: "Token | None") -> "Token | None":
        """The first of the phrases that names an actor, else the first that names a role ('officials')."""
        other = () if apart_from is None else self._codes(apart_from)
        known = [head for head in heads if self._codes(head) and self._codes(head) != other]
        named = (head for head in known if not all(code.startswith(NO_CODE) for code in self._codes(head)))
        return next(named, known[0] if known else None)


def verb_phrase(token: "Token") -> list["Token"]:
    """What follows a verb inside its own phrase: not the verbs joined to it."""
    joined = {child.i for child in token.children if child.dep_ == "conj" and is_verbal(child)}
    return [each for each in below(token, lambda child: child.i not in joined) if each.i > token.i]


def passive_agent(token: "Token") -> "Token | None":
    """Who did it, where the verb is passive and says so with 'by'."""
    for child in token.children:
        if child.dep_ == "agent":
            return next((each for each in child.children if each.dep_ == "pobj"), None)
    return None


def subject_of(token: "Token") -> "Token | None":
    """The subject of a verb; of one without, that of the clause it hangs on; of a describing clause, its noun."""
    while True:
        own = next((each for each in token.children if each.dep_ in {"nsubj", "nsubjpass"}), None)
        if token.dep_ in {"relcl", "acl"} and (own is None or own.tag_ in {"WDT", "WP"}):
            return token.head
        if own is not None or token.dep_ not in BORROWING:
            return own
        token = token.head
