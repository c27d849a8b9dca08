"""Where and when an event happened, among the places and times that its sentence names."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from math import log2
from typing import TYPE_CHECKING

from truceline.errors import Problem
from truceline.model.attribution import Attribution
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.model.when import Basis, TimexType, When
from truceline.read.attribution_scenes import is_scene
from truceline.read.cues import load_cues
from truceline.read.datelines import in_dateline
from truceline.read.events import Found
from truceline.read.sentences import text_of
from truceline.vocab.places import toml_table

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

# However wide a place is, it costs no more than this many steps in the parse against a narrower one.
BROADEST = 4.0
# 'The first since 2012', 'until Sunday': a bound on something lasting, not the time of an event.
BOUNDS = ("since", "until", "till")
FORMERLY = ("after", "before", "following")  # 'after midnight' is a time, 'after the raid of Friday' another event's
EARLIER = (*BOUNDS, "after", "before")
BEFORE = 100  # characters looked at before a time
DESCRIBES = 3  # steps that a place told of somebody is farther than one told of what happened
NO_DAY, NEVER = -1, datetime.min.replace(tzinfo=UTC)
CLAUSES = frozenset(["ccomp", "advcl", "relcl", "acl", "conj"])
VAGUE = frozenset({Precision.COUNTRY, Precision.REGION})
SPOTS = frozenset({Precision.POINT, Precision.SETTLEMENT})
WHEREABOUTS = frozenset({Precision.NEAR, Precision.AREA, Precision.ADMIN2, Precision.ADMIN1, Precision.SETTLEMENT})
BETWEEN = frozenset({"in", "of", "the", "at"})  # 'Ma'rata village in the southern countryside'
SUBURBS = frozenset({"suburb", "neighbourhood", "neighborhood", "quarter", "district"})


def place_of(
    found: Found, doc: "Doc", places: Iterable[tuple[int, Toponym]], innermost: Attribution | None
) -> int | None:
    """Index of the place where the event happened; None when the sentence names none that can be it.

    `places` are those that may lie in its sentence, with their indexes. The speaker's seat, and countries that only
    qualify a participant, are no place of the event.
    """
    ranked = []
    known = dict(places)
    sentence = found.trigger.sent
    start, end = sentence.start_char, sentence.end_char
    for index, place in known.items():
        if not start <= place.span.start < end:
            continue
        if _is_joined(place.span, text_of(doc)) or in_dateline(place.span, text_of(doc)):
            continue
        if _spoken_from(place.span, innermost):
            continue
        token = _token_at(doc, place.span)
        if token is None:
            continue
        distance = _steps(token, found.trigger)
        if _qualifies(token, place, found.trigger) or _comes_from(token) or distance is None:
            continue
        vague = place.precision is None or place.precision in VAGUE
        breadth = min(BROADEST, log2(1 + (place.radius_km or 0.0)))
        apart = not _is_below(token, found.trigger)
        distance += DESCRIBES if _describes(token, found.trigger) else 0
        ranked.append((vague, apart, distance + breadth, abs(place.span.start - found.trigger.idx), index))
    if not ranked:
        return None
    nearest = min(ranked)[-1]
    told = (index for *_, index in ranked if _is_told_by(known[index], known[nearest], text_of(doc)))
    return next(told, nearest)


def _is_told_by(place: Toponym, offset: Toponym, text: str) -> bool:
    """'In Harasta town, east of Damascus', 'a Damascus suburb of Harasta': the other one says where Harasta lies."""
    if place.precision not in SPOTS or offset.precision not in WHEREABOUTS:
        return False
    if place.span.end <= offset.span.start:
        between = text[place.span.end : offset.span.start]
        told = _kinds_of_place() | (BETWEEN if offset.precision is not Precision.SETTLEMENT else frozenset())
        return set(between.replace(",", " ").casefold().split()) <= told and "." not in between
    words = text[offset.span.end : place.span.start].casefold().split()
    return 1 < len(words) <= 3 and words[-1] == "of" and words[-2] in SUBURBS


@cache
def _kinds_of_place() -> frozenset[str]:
    """Words that follow a name to say what it is: 'Harasta town'."""
    return frozenset(toml_table("cues.toml")["place_nouns"])


def time_of(found: Found, doc: "Doc", times: Iterable[tuple[int, When]], innermost: Attribution | None) -> int | None:
    """Index of the time at which the event is said to have happened; a date beside the cue is when it was said.

    `times` are those that may lie in its sentence, with their indexes. A length that is placed ('the past 48 hours')
    is a time too, where no day or hour is told.
    """
    ranked = []
    sentence = found.trigger.sent
    start, end = sentence.start_char, sentence.end_char
    for index, when in times:
        if when.span is None or not start <= when.span.start < end or when.start is None or when.end is None:
            continue
        if _spoken_from(when.span, innermost):
            continue
        token = _token_at(doc, when.span)
        if token is None:
            continue
        before = text_of(doc)[max(0, when.span.start - BEFORE) : when.span.start]
        if before.rstrip().endswith(BOUNDS) or when.span.of(text_of(doc)).lower().startswith(BOUNDS):
            continue
        steps = _steps(token, found.trigger)
        if steps is not None and not _is_of_another(token, found.trigger):
            ranked.append((when.type is TimexType.DURATION, steps, abs(when.span.start - found.trigger.idx), index))
    return min(ranked)[-1] if ranked else None


def days_of_no_calendar(mistakes: Iterable[Problem]) -> Iterator[tuple[int, When]]:
    """'30 February' as a time like the others, under the index NO_DAY: what is told of it is told of no other day."""
    for each in mistakes:
        if each.start is not None and each.end is not None:
            span = Span(each.start, each.end)
            yield NO_DAY, When(span=span, type=TimexType.DATE, value="", start=NEVER, end=NEVER, basis=Basis.STATED)


def line_before(trigger: "Token", text: str) -> Span:
    """What stands before a word in its line, with the word."""
    return Span(text.rfind("\n", 0, trigger.idx) + 1, trigger.idx + 1)


def heading_time(line: Span, text: str, times: Iterable[tuple[int, When]]) -> int | None:
    """'May 27th: a market in Harran': index of the time set before its line, which dates what the line tells."""
    for index, when in times:
        span = when.span
        if span is None or when.start is None or when.end is None or not line.start <= span.start < line.end:
            continue
        if not text[line.start : span.start].strip() and text[span.end : line.end].lstrip(" \u00a0").startswith(":"):
            return index
    return None


def _token_at(doc: "Doc", span: Span) -> "Token | None":
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return None if tokens is None else tokens.root


def _is_joined(span: Span, text: str) -> bool:
    """'US-backed forces', 'Turkey-led': a mark of the forces."""
    return text[span.end : span.end + 1] == "-" and text[span.end + 1 : span.end + 2].islower()


def _spoken_from(span: Span, innermost: Attribution | None) -> bool:
    """Outside of what the speaker said: where or when it was said."""
    return innermost is not None and not any(piece.overlaps(span) for piece in innermost.content)


def _qualifies(token: "Token", place: Toponym, trigger: "Token") -> bool:
    """A country or capital as the subject of its verb is a government; as a modifier it tells whose.

    Before the word that tells the event a town is where it was: 'the Homs bombing killed'.
    """
    if token.dep_ == "compound" and token.head.i == trigger.i and place.precision not in VAGUE:
        return False
    top = token
    while top.dep_ in {"compound", "amod", "nmod", "poss", "conj"} and top.head.i != top.i:
        top = top.head
    if is_scene(top, load_cues(), is_place=True):
        return False
    acts = top.dep_ in {"nsubj", "agent", "dative"} or (top.dep_ == "pobj" and top.head.dep_ == "agent")
    if top.i != token.i and token.dep_ != "conj":
        return place.precision in VAGUE or acts
    return acts


def _comes_from(token: "Token") -> bool:
    """'shelled the town from the ridge': where it came from is not where it happened; 'fled from the town': it is."""
    top = token
    while top.dep_ in {"compound", "nmod", "conj"} and top.head.i != top.i:
        top = top.head
    if top.dep_ != "pobj" or top.head.lower_ != "from":
        return False
    return top.head.head.lemma_.lower() not in toml_table("cues.toml")["leaving"]


def _steps(token: "Token", trigger: "Token") -> int | None:
    """Steps in the parse from a name up to the clause that the trigger belongs to; fewer is nearer."""
    clause = _side_clause(trigger)
    if clause is not None and not clause.is_ancestor(token) and clause.i != token.i:
        return None
    spine = _spine(trigger)
    steps, node = 0, token
    while node.i not in spine:
        if node.head.i == node.i:
            return None
        if node.dep_ in {"relcl", "acl"} and node.head.i != trigger.i:
            return None
        if node.dep_ in {"ccomp", "advcl"} and node.i != token.i:
            steps += 3
        if node.dep_ == "nsubj" and node.i != token.i and node.head.lemma_.lower() in load_cues().verbs:
            return None  # the seat of whoever reports it
        node = node.head
        steps += 1
    return steps + 2 * spine[node.i]


def _describes(token: "Token", trigger: "Token") -> bool:
    """'A resident of Douma was seized in Harasta', 'Ahmad, a baker in Douma': who somebody is, not where it was."""
    node = token
    while node.i not in (trigger.i, node.head.i):
        if node.dep_ == "appos" and node.i != token.i:
            return True
        if node.dep_ == "prep" and node.lower_ == "of" and node.head.i != trigger.i:
            noun = node.head
            return noun.dep_ in {"nsubj", "nsubjpass", "appos"} and noun.lower_ not in _lies_in()
        node = node.head
    return False


@cache
def _lies_in() -> frozenset[str]:
    """Nouns whose 'of X' says where they lie: 'the village of X', 'the outskirts of X'."""
    return frozenset((*toml_table("cues.toml")["place_nouns_before"], *toml_table("cues.toml")["facilities"]))


def _is_below(token: "Token", trigger: "Token") -> bool:
    """Whether a name stands in what the event's word governs: not above it, nor in a clause of its own."""
    node = token
    while node.i != trigger.i:
        if node.head.i == node.i or (node.i != token.i and node.dep_ in CLAUSES):
            return False
        node = node.head
    return True


def _is_of_another(token: "Token", trigger: "Token") -> bool:
    """'Since the raid of last May, 40 fell', 'after he was seized on Friday, he died': a time of what went before."""
    spine = _spine(trigger)
    node, below = token, token
    while node.i not in spine:
        if node.lower_ in BOUNDS or (node.lower_ in FORMERLY and below.i != token.i):
            return True
        if node.dep_ == "advcl" and any(each.dep_ == "mark" and each.lower_ in EARLIER for each in node.children):
            return True
        below, node = node, node.head
    return False


def _side_clause(trigger: "Token") -> "Token | None":
    """The clause that describes a noun ('troops sent there last month'): what stands outside it is not its setting."""
    node = trigger
    while node.head.i != node.i:
        if node.dep_ == "relcl" or (node.dep_ == "acl" and node.tag_ == "VBN"):
            return node
        node = node.head
    return None


def _spine(trigger: "Token") -> dict[int, int]:
    """The trigger and the tokens above it, with how far up each lies."""
    spine = {trigger.i: 0}
    node = trigger
    while node.head.i != node.i:
        node = node.head
        spine[node.i] = len(spine)
    return spine
