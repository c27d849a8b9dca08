"""Killed and injured as a sentence tells them: which number goes with which word.

A number goes with the word right before it ('killed 3', 'the death of 5') or, in the passive and with 'dead' or
'deaths', with the word after it ('3 were killed'). A number that is part of another ('including 4 children') does
not count. 'Casualties' are killed or injured, the source does not say which: an upper bound on each, unless the
injured are told beside them. A death toll is a sum so far: it is used where nothing tells this event's own number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from truceline.model.quantity import Harm, Quantity, Range, Unit
from truceline.model.span import Span
from truceline.read.quantities_words import one_of, tables


class Kind(StrEnum):
    KILLED = "killed"
    INJURED = "injured"
    EITHER = "either"  # 'casualties', 'killed and wounded 16'
    TOLL = "toll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One number of people with the word that tells what became of them."""

    kind: Kind
    word: Span
    low: int | None
    high: int | None
    civilians: Range | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """`pattern` finds every telling word, `kinds` says what it tells."""

    pattern: re.Pattern[str]
    kinds: dict[str, Kind]
    only_after_number: frozenset[str]
    only_before_number: frozenset[str]
    part_of: re.Pattern[str]
    civilians: re.Pattern[str]
    toll: re.Pattern[str]
    reaching: re.Pattern[str]
    collective: re.Pattern[str]
    none: re.Pattern[str]
    no_deaths: frozenset[str]
    no_injuries: frozenset[str]


# What may stand between a word and the number it tells: 'killing a family of 6', 'killed another 3'.
_SMALL = (
    r"\s*(?:an?\s+(?:family|group|crew|cell)\s+of\s+)?"
    r"(?:(?:of|the|a|total|another|by|further|some|as|many|up|to|with)\s+){0,3}"
)
_AUXILIARY = r"(?:was|were|is|are|has\s+been|have\s+been|had\s+been|being|been)"
_AND_MORE = re.compile(r"\s*(?:,|and|,\s*and|و)\s*\Z", re.IGNORECASE)
_ONE_AFTER = re.compile(r"\s+an?\s+(?:(?!and\b|in\b|by\b|of\b)\w+\s*){1,3}", re.IGNORECASE)
_ONE_BEFORE = re.compile(rf"\b(?:an?|one)\s+(?:(?!{_AUXILIARY}\b)\w+\s+){{1,4}}?{_AUXILIARY}\s+\Z", re.IGNORECASE)
_ONE_AND = re.compile(r"\s*an?\s+(?:\w+\s+){1,3}and\s*\Z", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;:]|\.\s|…|\s(?:while|after|but|whereas)\s")
_FAR = 110  # characters between a number and a word told after it


@cache
def _words() -> _Words:
    known = tables("en_harm")
    kinds = {word: Kind.KILLED for name in ("killed", "killed_of") for words in known[name].values() for word in words}
    kinds |= {word: Kind.INJURED for words in known["injured"].values() for word in words}
    kinds |= dict.fromkeys(known["casualties"]["nouns"], Kind.EITHER)
    return _Words(
        pattern=re.compile(rf"(?<!\w)و?{one_of(list(kinds))}(?!\w)", re.IGNORECASE),
        kinds=kinds,
        only_after_number=frozenset(known["order"]["number_precedes"]),
        only_before_number=frozenset(known["order"]["number_follows"] + known["killed_of"]["words"]),
        part_of=re.compile(rf"(?<!\w){one_of(known['part_of']['words'])}\s*(?:\w+\s+)?\Z", re.IGNORECASE),
        civilians=re.compile(rf"(?<!\w){one_of(known['civilians']['words'])}(?!\w)", re.IGNORECASE),
        toll=re.compile(rf"(?<!\w){one_of(known['toll']['words'])}(?!\w)", re.IGNORECASE),
        reaching=re.compile(rf"(?<!\w){one_of(known['toll']['reaching'])}\s+\Z", re.IGNORECASE),
        collective=re.compile(rf"(?<!\w){one_of(known['collective']['words'])}(?!\w)", re.IGNORECASE),
        none=re.compile(rf"(?<!\w){one_of(known['none']['words'])}(?!\w)", re.IGNORECASE),
        no_deaths=frozenset(known["none"]["no_deaths"]),
        no_injuries=frozenset(known["none"]["no_injuries"]),
    )


def parse_harm(text: str, quantities: Iterable[Quantity], *, within: Span, trigger: Span | None = None) -> Harm | None:
    """Killed and injured in one sentence; None where it tells neither.

    `within` is the sentence. Where it tells several numbers of killed, that nearest to `trigger` is taken (the
    first without one).
    """
    counts = [each for each in quantities if each.unit is Unit.COUNT and within.covers(each.span)]
    told = [*find_told(text, counts, within=within), *_told_none(text, within)]
    killed = _chosen(told, Kind.KILLED, trigger)
    injured = _chosen(told, Kind.INJURED, trigger)
    if killed is None and injured is None:
        return None
    return Harm(
        killed=None if killed is None else Range(low=killed.low, high=killed.high),
        injured=None if injured is None else Range(low=injured.low, high=injured.high),
        killed_civilians=None if killed is None else killed.civilians,
    )


def _chosen(told: Sequence[Told], kind: Kind, trigger: Span | None) -> Told | None:
    """The number of this kind; failing it one that is killed or injured; for killed, failing that, a toll."""
    fallbacks = (kind, Kind.EITHER, Kind.TOLL) if kind is Kind.KILLED else (kind, Kind.EITHER)
    for each in fallbacks:
        found = [one for one in told if one.kind is each]
        if found:
            best = found[0] if trigger is None else min(found, key=lambda one: abs(one.word.start - trigger.start))
            bounds = (None, best.high) if each is Kind.EITHER else (best.low, best.high)
            return (
                None
                if bounds == (None, None)
                else Told(kind=kind, word=best.word, low=bounds[0], high=bounds[1], civilians=best.civilians)
            )
    return None


def find_told(text: str, counts: Sequence[Quantity], *, within: Span) -> Iterator[Told]:
    """Every number of people killed or injured in a sentence, in the order of the words that tell it."""
    words = [Span(*match.span()) for match in _words().pattern.finditer(text, within.start, within.end)]
    whole = [each for at, each in enumerate(counts) if not _is_part(text, each, within) and not _of(text, counts, at)]
    parts = [each for each in counts if each not in whole]
    injured_too = any(_kind(text, word) is Kind.INJURED for word in words)
    used: set[Span] = set()
    for at, word in enumerate(words):
        kind = _kind(text, word)
        people = _after(text, word, whole, words) or _before(text, word, words[:at], whole, within)
        if not people or any(each.span in used for each in people):
            single = _single(text, word, within)
            if single and not people:
                yield Told(kind=kind, word=word, low=1, high=1, civilians=_civilians((), parts, single))
            continue
        used |= {each.span for each in people}
        one_more = _one_more(text, word, people[0])
        low, high = _sum(people, one_more=one_more)
        if kind is Kind.EITHER and injured_too:
            kind = Kind.KILLED  # 'casualties and injuries': the injured are told apart
        if _shares_its_number(text, word, words):
            kind = Kind.EITHER
        yield Told(
            kind=kind, word=word, low=low, high=high, civilians=_civilians(people, parts, None, one_more=one_more)
        )
    yield from _tolls(text, whole, within)


def _kind(text: str, word: Span) -> Kind:
    return _words().kinds[_written(text, word)]


def _written(text: str, word: Span) -> str:
    """A telling word as the tables write it, without the Arabic 'and' that is glued to what follows."""
    written = " ".join(word.of(text).lower().split())
    return written if written in _words().kinds else written.removeprefix("و")


def _is_part(text: str, count: Quantity, within: Span) -> bool:
    lead = text[max(within.start, count.span.start - 40) : count.span.start]
    return _words().part_of.search(lead) is not None


def _of(text: str, counts: Sequence[Quantity], at: int) -> bool:
    """'7 citizens of one family': a number of what the one before it counts."""
    if at == 0 or not counts[at - 1].of:
        return False
    return re.fullmatch(r"\s+(?:of|from|in)\s+", text[counts[at - 1].span.end : counts[at].span.start]) is not None


def _after(text: str, word: Span, counts: Sequence[Quantity], words: Sequence[Span]) -> list[Quantity]:
    """The numbers that follow the word at once: 'killing 3', 'killed at least 2 soldiers and 4 civilians'."""
    written = _written(text, word)
    if written in _words().only_after_number:
        return []
    start = max((other.end for other in _coordinated(text, word, words)), default=word.end)
    first = next((each for each in counts if each.span.start >= start), None)
    if first is None:
        return []
    gap = text[start : first.span.start]
    if not re.fullmatch(_SMALL, gap, re.IGNORECASE) and not _ONE_AND.fullmatch(gap):
        return []
    return _row(text, first, counts)


def _row(text: str, first: Quantity, counts: Sequence[Quantity]) -> list[Quantity]:
    """A number and those joined to it by nothing but 'and' or a comma, where each counts somebody."""
    row = [first]
    for each in counts[counts.index(first) + 1 :]:
        if not _AND_MORE.fullmatch(text[row[-1].span.end : each.span.start]) or not (row[-1].of and each.of):
            break
        row.append(each)
    return row


def _before(text: str, word: Span, earlier: Sequence[Span], counts: Sequence[Quantity], within: Span) -> list[Quantity]:
    """The numbers before the word in its clause: '3 soldiers and 2 guards were killed', '15 deaths'."""
    written = _written(text, word)
    if written in _words().only_before_number:
        return []
    since = max([within.start, *(other.end for other in earlier)])
    clause = max((match.end() for match in _CLAUSE_END.finditer(text, since, word.start)), default=since)
    near = [each for each in counts if clause <= each.span.start < word.start and word.start - each.span.end < _FAR]
    if not near:
        return []
    last = near[-1]
    first = next(each for each in near if last in _row(text, each, near))
    return _row(text, first, near)


def _coordinated(text: str, word: Span, words: Sequence[Span]) -> Iterator[Span]:
    """Telling words joined to this one: 'killed and wounded 5', 'killing or injuring 16'."""
    at = word.end
    for other in words:
        if other.start >= at and re.fullmatch(r"\s*(?:and|or|&)\s*", text[at : other.start], re.IGNORECASE):
            yield other
            at = other.end


def _shares_its_number(text: str, word: Span, words: Sequence[Span]) -> bool:
    return any(_kind(text, other) is not _kind(text, word) for other in _coordinated(text, word, words))


def _one_more(text: str, word: Span, first: Quantity) -> bool:
    """'A man and 3 children': one person more than the number."""
    if first.span.start >= word.end:
        return _ONE_AND.fullmatch(text[word.end : first.span.start]) is not None
    return (
        re.search(r"\ban?\s+(?:\w+\s+){1,2}and\s+\Z", text[max(0, first.span.start - 30) : first.span.start])
        is not None
    )


def _sum(people: Sequence[Quantity], *, one_more: bool) -> tuple[int | None, int | None]:
    lows, highs = [each.low for each in people], [each.high for each in people]
    low = None if None in lows else sum(int(each) for each in lows if each is not None) + one_more
    high = None if None in highs else sum(int(each) for each in highs if each is not None) + one_more
    return low, high


def _single(text: str, word: Span, within: Span) -> str:
    """The words of one person told without a number ('killing a woman', 'an officer was killed'), else ""."""
    written = _written(text, word)
    told = None
    if written not in _words().only_after_number:
        told = _ONE_AFTER.match(text, word.end, within.end)
    if told is None and written not in _words().only_before_number:
        told = _ONE_BEFORE.search(text, max(within.start, word.start - 80), word.start)
    return "" if told is None or _words().collective.search(told[0]) else told[0]


def _civilians(
    people: Sequence[Quantity], parts: Sequence[Quantity], single: str | None, *, one_more: bool = False
) -> Range | None:
    """Civilians among the killed: all of them where that is what is counted, at least the part that is."""
    known = _words().civilians
    if single is not None:
        return Range(low=1, high=1) if known.search(single) else None
    if people and all(known.search(each.of) for each in people):
        low, high = _sum(people, one_more=False)
        return Range(low=low, high=None if one_more else high)
    lows = [each.low for each in parts if known.search(each.of) and each.low is not None]
    return Range(low=int(sum(lows)), high=None) if lows else None


def _tolls(text: str, counts: Sequence[Quantity], within: Span) -> Iterator[Told]:
    """'The death toll rose to 19', 'raise the number of people killed to about 45'."""
    for match in _words().toll.finditer(text, within.start, within.end):
        for each in counts:
            lead = text[match.end() - 1 : each.span.start + 1][1:-1]
            if each.span.start >= match.end() and len(lead) < _FAR and _words().reaching.search(lead):
                low, high = _sum([each], one_more=False)
                yield Told(kind=Kind.TOLL, word=Span(*match.span()), low=low, high=high)
                break


def _told_none(text: str, within: Span) -> Iterator[Told]:
    """'No casualties': nobody killed, nobody injured."""
    for match in _words().none.finditer(text, within.start, within.end):
        written = " ".join(match[0].lower().split())
        word = Span(*match.span())
        if written not in _words().no_injuries:
            yield Told(kind=Kind.KILLED, word=word, low=0, high=0)
        if written not in _words().no_deaths:
            yield Told(kind=Kind.INJURED, word=word, low=0, high=0)
