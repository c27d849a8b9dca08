"""The people of a sentence, counted: numbers of people and single persons, and which are part of which."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from truceline.model.quantity import Quantity, Status, Unit
from truceline.model.span import Span
from truceline.read.harm_words import AUXILIARY, STOP, statuses_in, words

# Joined to the number before by nothing but this: one sum.
JOIN = (
    r"\s*(?:,\s*and|,|and|&|as\s+well\s+as|along\s+with|together\s+with|plus|و)\s*"
    r"(?:(?:his|her|their|its|also|the|then)\s+){0,2}"
)
_JOINED = re.compile(JOIN, re.IGNORECASE)
_JOINED_FAR = re.compile(rf"\s+(?:of|from|in|at|near|loyal\s+to)\s+[^,;:.…]{{1,60}}?{JOIN}", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|or)\s+(?:other\s+)?", re.IGNORECASE)
# One person more than those before: 'and another was wounded', 'injured a third'.
_MORE = r"(?:another|one|a\s+(?:second|third|fourth|fifth|further)|one\s+(?:other|more))"
_MORE_BEFORE = re.compile(rf"(?<!\bno\s)\b({_MORE})\s+(?:{AUXILIARY}\s+)?\Z", re.IGNORECASE)
_MORE_AFTER = re.compile(rf"\s+({_MORE})(?=\s*(?:[,.;:]|{STOP}|\Z))", re.IGNORECASE)
# The doer's verb and the one it was done to: 'wounded the ferryman'.
_OBJECT = re.compile(
    rf"\s+((?:the|his|her|its|their)\s+(?!{STOP})[\w’'-]+(?:\s+(?!{STOP})[\w’'-]+){{0,2}})", re.IGNORECASE
)
_DOER = re.compile(rf"\w+\s+(?:(?!{STOP})[\w’'-]+\s+)*?[\w-]+(?:man|woman|er|or|ist|ian|ee)(?!\w)", re.IGNORECASE)
# What opens a list of those told just before: 'four people died: two women and a boy'.
_OPENS_LIST = re.compile(r"(?:\s[–—-]\s|[:(]\s*)\Z")
_OF_THE = re.compile(r"\s+of\s+(?:the|those|these|his|its|their)\s+", re.IGNORECASE)
_OPEN_AFTER = re.compile(rf"\s+(an?\s+(?!{STOP})[\w’'-]+(?:\s+(?!{STOP})[\w’'-]+){{0,2}})", re.IGNORECASE)
_OPEN_BEFORE = re.compile(
    rf"\b((?:an?|one)\s+(?:(?!{AUXILIARY}\b)\w+\s+){{0,3}}?(?!{AUXILIARY}\b)\w+)\s+{AUXILIARY}\s+\Z", re.IGNORECASE
)
_TOLD_AT = re.compile(rf"\s*(?:{AUXILIARY}\s+)?{words().telling.pattern}", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|from|in)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """`low` to `high` people over `span`; `of` are the words for them, `statuses` who they were."""

    span: Span
    low: int | None
    high: int | None
    of: str
    statuses: tuple[Status, ...] = ()
    is_part: bool = False
    is_known: bool = False  # 'the five wounded' of 'two of the five wounded died': told before, counted for nothing
    is_mixed: bool = False  # of '5 women and children' nobody says how many of which


def find_people(text: str, quantities: Iterable[Quantity], telling: Sequence[Span], *, within: Span) -> list[People]:
    """Numbers of people and single persons in a sentence, in its order, apart from each other.

    `telling` are the words of harm: beside them any 'a …' is a person.
    """
    counts = [each for each in quantities if each.unit is Unit.COUNT and within.covers(each.span) and _is_people(each)]
    found = [_counted(text, each) for at, each in enumerate(counts) if not _is_of_another(text, counts, at)]
    for single in (*_known_singles(text, within), *_open_singles(text, telling, within)):
        if not any(single.span.overlaps(each.span) for each in found):
            found.append(single)
    found.sort(key=lambda each: each.span.start)
    return _with_parts(text, found, within)


def _is_people(quantity: Quantity) -> bool:
    last = quantity.of.lower().split()[-1:]
    return not last or last[0] not in words().things


def _is_of_another(text: str, counts: Sequence[Quantity], at: int) -> bool:
    """'7 citizens of one family': a number of what the one before it counts."""
    if at == 0 or not counts[at - 1].of:
        return False
    return _OF.fullmatch(text[counts[at - 1].span.end : counts[at].span.start]) is not None


def _counted(text: str, quantity: Quantity) -> People:
    low, high = (None if each is None else int(each) for each in (quantity.low, quantity.high))
    end = quantity.span.end
    own = statuses_in(quantity.of) or _membership(text, quantity.of, end)
    several = _AND.match(text, end) if own else None
    added = None if several is None else words().status.match(text, several.end())
    # '5 women and children': nobody says how many of which.
    other = () if added is None else statuses_in(added[0])
    both = tuple(each for each in Status if each in {*own, *other})
    of = quantity.of or ("couple" if quantity.span.of(text).lower().endswith("couple") else "")
    return People(span=quantity.span, low=low, high=high, of=of, statuses=both, is_mixed=set(both) > set(own))


def _membership(text: str, of: str, end: int) -> tuple[Status, ...]:
    """'10 members of the army', 'regime forces members': what they belong to says who they were."""
    if words().members.search(of) is None:
        return ()
    body = words().bodies.match(text, end)
    named = " ".join(body["body"].lower().split()) if body is not None else ""
    inside = [status for word, status in words().bodies_status.items() if word in of.lower()]
    return (words().bodies_status[named],) if named else tuple(inside[:1])


def _known_singles(text: str, within: Span) -> Iterator[People]:
    for match in words().single.finditer(text, within.start, within.end):
        yield _one(Span(*match.span()), match[0])


def _open_singles(text: str, telling: Sequence[Span], within: Span) -> Iterator[People]:
    """'killed a vendor', 'a vendor was killed', 'wounded the ferryman', 'and another was wounded'."""
    for word in telling:
        since = max(within.start, word.start - 80)
        for more in (_MORE_BEFORE.search(text, since, word.start), _MORE_AFTER.match(text, word.end, within.end)):
            if more is not None:
                yield People(span=Span(*more.span(1)), low=1, high=1, of="")
        for match in (_OPEN_AFTER.match(text, word.end, within.end), _OPEN_BEFORE.search(text, since, word.start)):
            if match is not None and _is_person(match[1]):
                yield _one(Span(*match.span(1)), match[1])
        if (hurt := _OBJECT.match(text, word.end, within.end)) is not None:
            worded = _first_noun(hurt[1])
            if worded and _is_person(worded):
                yield _one(Span(hurt.start(1), hurt.start(1) + len(worded)), worded)


def _first_noun(worded: str) -> str:
    """The words up to the first that by its ending is a person; "" where there is none."""
    match = _DOER.match(worded)
    return "" if match is None else match[0]


def _is_person(worded: str) -> bool:
    last = worded.lower().split()[-1]
    return words().collective.search(worded) is None and last not in words().things


def _one(span: Span, worded: str) -> People:
    return People(span=span, low=1, high=1, of=worded, statuses=statuses_in(worded))


# --- parts ------------------------------------------------------------------------------------------------------


def _with_parts(text: str, found: Sequence[People], within: Span) -> list[People]:
    """The same with those marked that are part of a number told before: 'including 4 children and 2 women'."""
    marked: list[People] = []
    for each, after in zip(found, [*found, None][1:], strict=True):
        if marked and _is_whole_of(text, marked[-1], each):
            marked.append(each if marked[-1].is_part else replace(each, is_known=True))
        elif _leads_part(text, each, marked, within) or (marked and _continues_part(text, marked[-1], each)):
            marked.append(_as_part(text, each))
        elif after is not None and _is_whole_of(text, each, after) and (who := _following(text, after.span.end)):
            marked.append(replace(each, statuses=who, is_part=True))  # 'two of the seven dead were women'
        elif points_back(text, each) and (who := _following(text, each.span.end)):
            marked.append(replace(each, statuses=who, is_part=True))
        elif marked and not each.of and (who := _predicate(text, each.span.end)):
            marked.append(replace(each, statuses=who, is_part=True))  # '… eight were militants'
        else:
            marked.append(each)
    return marked


def _is_whole_of(text: str, part: People, whole: People) -> bool:
    return not part.of and _OF_THE.fullmatch(text[part.span.end : whole.span.start]) is not None


def _leads_part(text: str, people: People, earlier: Sequence[People], within: Span) -> bool:
    lead = text[max(within.start, people.span.start - 44) : people.span.start]
    if words().part_of.search(lead) is not None:
        return True
    if people.statuses and words().part_after.match(text, people.span.end) is not None:
        return True
    lists = bool(earlier) and bool(people.statuses) and _OPENS_LIST.search(lead) is not None
    return lists and not _is_told_at(text, people)


def _continues_part(text: str, before: People, people: People) -> bool:
    if not before.is_part or not people.of or not is_joined(text, before, people) or _is_told_at(text, people):
        return False
    return bool(people.statuses) or "," not in text[before.span.end : people.span.start]


def _is_told_at(text: str, people: People) -> bool:
    """Whether a word of harm follows at once: '… and 20 wounded'."""
    return _TOLD_AT.match(text, people.span.end) is not None


def _as_part(text: str, people: People) -> People:
    return replace(people, statuses=people.statuses or _following(text, people.span.end), is_part=True)


def points_back(text: str, people: People) -> bool:
    """'two of them', 'three of the dead'."""
    last = people.of.lower().split()[-1:]
    if not last or last[0] not in words().back:
        return False
    return last[0] in {"them", "whom", "those", "which"} or _OF_THE.search(people.span.of(text)) is not None


def _following(text: str, end: int) -> tuple[Status, ...]:
    """'… were children', '… said to be women'."""
    match = words().following.match(text, end)
    return () if match is None else statuses_in(match["status"])


def _predicate(text: str, end: int) -> tuple[Status, ...]:
    match = words().predicate.match(text, end)
    return () if match is None else statuses_in(match["status"])


def is_joined(text: str, first: People, second: People) -> bool:
    """Whether the second is added to the first: '3 soldiers and 2 guards', '3 soldiers of the army and 2 guards'."""
    gap = text[first.span.end : second.span.start]
    if _JOINED.fullmatch(gap) is not None:
        return True
    return _JOINED_FAR.fullmatch(gap) is not None and words().telling.search(gap) is None


def find_shares(
    text: str, quantities: Iterable[Quantity], *, within: Span
) -> Iterator[tuple[int, float, tuple[Status, ...]]]:
    """'half of them women': where it stands, the share as a factor, and who."""
    for each in quantities:
        if each.unit is Unit.PERCENT and within.covers(each.span) and each.low is not None:
            back = re.match(r"\s+of\s+(?:them|whom|the\s+\w+)", text[each.span.end : each.span.end + 24])
            statuses = _following(text, each.span.end + back.end()) if back is not None else ()
            if statuses:
                yield each.span.start, each.low / 100, statuses
