"""Evidence of who and what takes part, from outside the rules, attached to the events that the rules found.

A tagger that marks perpetrators, targets, victims and weapons knows roles without knowing of which act. Each marked
stretch goes to the nearest act of force in its sentence, or in the sentence before; where the rules have an answer of
their own, it stays unless the evidence is surer than `SURER`. Without a tagger nothing changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from truceline.model.span import Span
from truceline.read.events_found import Found
from truceline.read.lexicon import load_kinds

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

SURER = 0.9
# Acts that have a perpetrator and a victim.
FORCE = frozenset({"ASSAULT", "COERCE"})
# Kinds that say only that there was violence: evidence of a narrower kind may replace them.
BROAD = frozenset({"ground-attack", "killing", "strike", "destruction"})


class Role(StrEnum):
    AGENT = "agent"
    RECIPIENT = "recipient"
    INSTRUMENT = "instrument"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpan:
    """Words said to play a role; `chance` is how sure the evidence is, 0..1."""

    span: Span
    role: Role
    chance: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpan:
    """A sentence said to tell an event of a kind of the lexicon (kinds.toml)."""

    span: Span
    kind: str
    chance: float = 1.0


class RoleEvidence(Protocol):
    """What a trained reader gives: roles and kinds over one parsed document, in text order.

    `name` says which evidence it is; readings made with another one are other readings.
    """

    @property
    def name(self) -> str: ...

    def roles(self, doc: "Doc", /) -> Sequence[RoleSpan]: ...

    def kinds(self, doc: "Doc", /) -> Sequence[KindSpan]: ...


class RulesAlone:
    """The default: no evidence but the rules' own."""

    name = ""

    def roles(self, _doc: "Doc", /) -> Sequence[RoleSpan]:
        return ()

    def kinds(self, _doc: "Doc", /) -> Sequence[KindSpan]:
        return ()


def with_evidence(events: Iterable[Found], doc: "Doc", evidence: RoleEvidence) -> tuple[Found, ...]:
    """The events with the evidence's kinds and participants, in the same order."""
    found = list(events)
    for kind in evidence.kinds(doc):
        found = [_retyped(each, kind) for each in found]
    for role in evidence.roles(doc):
        tokens = doc.char_span(role.span.start, role.span.end, alignment_mode="expand")
        at = None if tokens is None else _nearest(found, tokens.root)
        if tokens is not None and at is not None:
            found[at] = _attached(found[at], role, tokens.root)
    return tuple(found)


def _retyped(event: Found, evidence: KindSpan) -> Found:
    """Of the narrower kind, where the rules saw only violence."""
    inside = evidence.span.start <= event.trigger.idx < evidence.span.end
    return replace(event, kind=evidence.kind) if inside and event.kind in BROAD else event


def _nearest(events: Sequence[Found], token: "Token") -> int | None:
    """Index of the act of force nearest to a token in its sentence, failing that in the sentence before.

    One that governs the token is nearer than any that does not.
    """
    sentence = token.sent
    before = token.doc[sentence.start - 1].sent if sentence.start else None
    for place in (sentence, before):
        near = list(_within(events, place.start, place.end)) if place is not None else []
        if near:
            return min(near, key=lambda at: _distance(events[at].trigger, token))
    return None


def _distance(trigger: "Token", token: "Token") -> tuple[bool, int]:
    return not trigger.is_ancestor(token), abs(trigger.i - token.i)


def _within(events: Sequence[Found], start: int, end: int) -> Iterator[int]:
    for at, event in enumerate(events):
        force = event.kind is not None and load_kinds()[event.kind].plover in FORCE
        if force and start <= event.trigger.i < end:
            yield at


def _attached(event: Found, evidence: RoleSpan, token: "Token") -> Found:
    held = {
        Role.AGENT: event.agents,
        Role.RECIPIENT: event.recipients,
        Role.INSTRUMENT: event.instruments,
    }
    answered = next((role for role, tokens in held.items() if _covers(evidence.span, tokens)), None)
    if answered is evidence.role or token.i == event.trigger.i:
        return event
    if answered is not None and evidence.chance < SURER:
        return event
    kept = {
        role: tuple(each for each in tokens if not _covers(evidence.span, (each,))) for role, tokens in held.items()
    }
    kept[evidence.role] = (*kept[evidence.role], token)
    return replace(
        event,
        agents=kept[Role.AGENT],
        recipients=kept[Role.RECIPIENT],
        instruments=kept[Role.INSTRUMENT],
        words={**event.words, token.i: evidence.span},
    )


def _covers(span: Span, tokens: Sequence["Token"]) -> bool:
    return any(span.start <= each.idx < span.end for each in tokens)
