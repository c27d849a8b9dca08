"""Killed and injured as a sentence tells them: which number goes with which word, and who they were.

A number goes with the word right before it ('killed 3', 'the death of 5') or, in the passive and with 'dead' or
'deaths', with the word after it ('3 were killed'). A number that is part of another ('including 4 children') does
not count; it says who some of them were. 'Casualties' are killed or injured, the source does not say which: an upper
bound on each, unless the injured are told beside them or the publisher is known to mean the dead. A death toll is a
sum so far: it stands for the killed only where nothing tells this event's own number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from truceline.model.quantity import Harm, Quantity, Status
from truceline.model.span import Span
from truceline.read.harm_people import People, find_people, find_shares, is_joined, points_back
from truceline.read.harm_settled import Told, settle
from truceline.read.harm_words import AUXILIARY, Kind, casualties_of, statuses_in, tells_harm, words

# What may stand between a word and the number it tells: 'killing a family of 6', 'killed another 3'.
_SMALL = re.compile(
    r"[\s:]*(?:an?\s+(?:family|group|crew|cell)\s+of\s+)?(?:(?:of|the|a|total|another|further|some|his|her|its|their)\s+){0,3}",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:and|or|&|/)\s*", re.IGNORECASE)
_AND_ANOTHER = re.compile(r"\s+(?:and|or)\s+\w+(?:ing|ed)\s+", re.IGNORECASE)
_ADJACENT = re.compile(rf"\s*(?:(?:people|persons|others|more)\s+)?(?:{AUXILIARY}\s+)?", re.IGNORECASE)
_HELPED = re.compile(rf"{AUXILIARY}\s+(?:\w+ly\s+|also\s+|all\s+)?\Z", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s+(?:the|an?|his|her|its|their|them|him|civilians|people|soldiers|fighters|militants)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"(?:of|among|amongst|between|to|for|carrying|treated|treating)\s+(?:the|those)\s+\Z", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:another|others?|more|further|additional)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;:]|\.\s|…|\s(?:while|after|but|whereas)\s")
_BY = re.compile(r"\bby\s+\Z", re.IGNORECASE)
_TO_TOLL = re.compile(r"\s*,?\s*(?:the\s+)?(?:total\s+)?", re.IGNORECASE)
_FAR = 110  # characters between a number and a word told after it
_FAR_TOLL = 180  # … and between a toll and what it reaches
# Who a bare number is of is told by the number before it: 'three soldiers killed and five wounded'.
_BARE = frozenset({"", "others", "more", "wounded", "injured", "dead", "killed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence laid out: its words of harm, its people, and what 'casualties' are in it."""

    text: str
    within: Span
    words: tuple[Span, ...]
    tolls: tuple[Span, ...]
    people: tuple[People, ...]
    parts: tuple[People, ...]
    casualties: Kind

    def written(self, word: Span) -> str:
        """A telling word as the tables write it, without the Arabic 'and' that is glued to what follows."""
        written = " ".join(word.of(self.text).lower().split())
        return written if written in words().kinds else written.removeprefix("و")

    def kind(self, word: Span) -> Kind:
        kind = words().kinds.get(self.written(word), Kind.KILLED)
        return self.casualties if kind is Kind.EITHER else kind


def parse_harm(
    text: str,
    quantities: Iterable[Quantity],
    *,
    within: Span,
    trigger: Span | None = None,
    publisher: str | None = None,
) -> Harm | None:
    """Killed and injured in one sentence; None where it tells neither.

    `within` is the sentence. Where it tells several numbers of killed, that nearest to `trigger` is taken; without
    one they are all of one event and add up.
    """
    told = find_told(text, quantities, within=within, publisher=publisher)
    return settle(told if trigger is None else _nearest(told, trigger))


def _nearest(told: Sequence[Told], trigger: Span) -> list[Told]:
    """Of each kind the one nearest to the trigger."""
    best: dict[Kind, Told] = {}
    for each in sorted(told, key=lambda one: abs(one.word.start - trigger.start)):
        best.setdefault(each.kind, each)
    return list(best.values())


# --- which number goes with which word --------------------------------------------------------------------------


def find_told(text: str, quantities: Iterable[Quantity], *, within: Span, publisher: str | None = None) -> list[Told]:
    """Every number of people killed or injured in a sentence, in the order of the words that tell it."""
    if not tells_harm(within.of(text)):
        return []
    counts = [each for each in quantities if within.covers(each.span)]
    scene = _laid_out(text, counts, within, casualties_of(publisher))
    told = list(_told_by_words(scene))
    told = [_inheriting(each, told[:at]) for at, each in enumerate(told)]
    return [*_with_parts(scene, counts, [*told, *_tolls(scene)]), *_told_none(text, within)]


def _laid_out(text: str, counts: Sequence[Quantity], within: Span, casualties: Kind) -> Scene:
    tolls = tuple(_toll_words(text, within))
    found = (Span(*match.span()) for match in words().telling.finditer(text, within.start, within.end))
    telling = tuple(
        each
        for each in found
        if not any(toll.overlaps(each) for toll in tolls)
        and (
            each.of(text).lower().endswith((" of", " against"))  # 'led to the death of 6'
            or _POINTS_BACK.search(text, max(within.start, each.start - 24), each.start) is None
        )
    )
    people = find_people(text, counts, telling, within=within) if telling or tolls else []
    known = [each.span for each in people if each.is_known]
    return Scene(
        text=text,
        within=within,
        words=tuple(each for each in telling if not any(span.covers(each) for span in known)),
        tolls=tolls,
        people=tuple(each for each in people if not (each.is_part or each.is_known)),
        parts=tuple(each for each in people if each.is_part),
        casualties=casualties,
    )


def _told_by_words(scene: Scene) -> Iterator[Told]:
    injured_too = any(scene.kind(word) is Kind.INJURED for word in scene.words)
    used: set[Span] = set()
    told: set[Kind] = set()
    for at, word in enumerate(scene.words):
        people = _row_of(scene, at)
        if not people or any(each.span in used for each in people):
            continue
        if scene.written(word) in words().of_people and not all(_is_somebody(each) for each in people):
            continue
        kind = scene.kind(word)
        if kind in told and all(points_back(scene.text, each) for each in people):
            continue  # 'killed 4 men and beheaded one of them'
        told.add(kind)
        used |= {each.span for each in people}
        if kind is Kind.EITHER and injured_too:
            kind = Kind.KILLED  # 'casualties and injuries': the injured are told apart
        if _shares_its_number(scene, word, people[0]):
            kind = Kind.EITHER
        elif kind is Kind.KILLED and _is_so_far(scene, word, people):
            kind = Kind.TOLL
        more = any(_MORE.search(each.span.of(scene.text)) for each in people)
        yield Told(kind=kind, word=word, people=tuple(people), is_more=more)


def _is_so_far(scene: Scene, word: Span, people: Sequence[People]) -> bool:
    """'430 killed since the clashes began', 'out of 430 killed': a sum that other events share in."""
    end = max(word.end, people[-1].span.end)
    start = people[0].span.start
    lead = words().out_of.search(scene.text, max(scene.within.start, start - 16), start)
    return lead is not None or words().so_far.match(scene.text, end, scene.within.end) is not None


def _is_somebody(people: People) -> bool:
    """Whether the words name people: 'lost three soldiers', not 'lost three points'."""
    return bool(people.statuses) or words().members.search(people.of) is not None


def _row_of(scene: Scene, at: int) -> list[People]:
    """The people that a word tells of."""
    word = scene.words[at]
    after, before = _after(scene, word), _before(scene, at)
    if after and before and _ends_at(scene, before[-1], word) and _is_told_next(scene, after[-1], at):
        return before  # '12 killed 30 wounded'
    if after:
        return after
    acts = _OBJECT.match(scene.text, word.end) is not None and not _is_helped(scene, word)
    return [] if acts else before


def _is_helped(scene: Scene, word: Span) -> bool:
    return _HELPED.search(scene.text, max(scene.within.start, word.start - 24), word.start) is not None


def _ends_at(scene: Scene, people: People, word: Span) -> bool:
    return _ADJACENT.fullmatch(scene.text[people.span.end : word.start]) is not None


def _is_told_next(scene: Scene, people: People, at: int) -> bool:
    return any(_ends_at(scene, people, word) for word in scene.words[at + 1 : at + 2])


def _after(scene: Scene, word: Span) -> list[People]:
    """The people that follow the word at once: 'killing 3', 'killed at least 2 soldiers and 4 civilians'."""
    if scene.written(word) in words().only_after_number:
        return []
    start = max((other.end for other in _coordinated(scene, word)), default=word.end)
    first = next((each for each in scene.people if each.span.start >= start), None)
    if first is None:
        return []
    gap = scene.text[start : first.span.start]
    return _row(scene, first) if _SMALL.fullmatch(gap) or _AND_ANOTHER.fullmatch(gap) else []


def _row(scene: Scene, first: People) -> list[People]:
    """A number and those joined to it by nothing but 'and' or a comma, where each counts somebody."""
    row = [first]
    for each in scene.people[scene.people.index(first) + 1 :]:
        if not (row[-1].of and each.of) or not is_joined(scene.text, row[-1], each):
            break
        row.append(each)
    return row


def _before(scene: Scene, at: int) -> list[People]:
    """The people before the word in its clause: '3 soldiers and 2 guards were killed', '15 deaths'."""
    word, text = scene.words[at], scene.text
    if scene.written(word) in words().only_before_number or word.of(text).lower().endswith((" of", " against")):
        return []
    since = max([scene.within.start, *(other.end for other in scene.words[:at])])
    clause = max((match.end() for match in _CLAUSE_END.finditer(text, since, word.start)), default=since)
    near = [
        each
        for each in scene.people
        if clause <= each.span.start < word.start and word.start - each.span.end < _FAR and not _acts(text, each)
    ]
    if not near:
        return []
    last = near[-1]
    first = next(each for each in near if last in _row(scene, each))
    return [each for each in _row(scene, first) if each.span.start < word.start]


def _acts(text: str, people: People) -> bool:
    """'… by three gunmen'."""
    return _BY.search(text, max(0, people.span.start - 4), people.span.start) is not None


def _coordinated(scene: Scene, word: Span) -> Iterator[Span]:
    """Telling words joined to this one: 'killed and wounded 5', 'killing or injuring 16'."""
    at = word.end
    for other in scene.words:
        if other.start >= at and _AND.fullmatch(scene.text[at : other.start]):
            yield other
            at = other.end


def _shares_its_number(scene: Scene, word: Span, first: People) -> bool:
    """'killed and wounded 16', 'killing and arresting 16': nobody says how many of them were killed."""
    if any(scene.kind(other) is not scene.kind(word) for other in _coordinated(scene, word)):
        return True
    return _AND_ANOTHER.fullmatch(scene.text[word.end : first.span.start]) is not None


# --- who they were ----------------------------------------------------------------------------------------------


def _inheriting(told: Told, earlier: Sequence[Told]) -> Told:
    """'Three soldiers killed and five wounded': the five are soldiers too."""
    if not earlier or len(told.people) != 1 or told.people[0].of.lower() not in _BARE:
        return told
    given = {each.statuses for each in earlier[-1].people}
    statuses = given.pop() if len(given) == 1 else ()
    return replace(told, people=(replace(told.people[0], statuses=statuses),)) if statuses else told


def _with_parts(scene: Scene, counts: Sequence[Quantity], told: Sequence[Told]) -> list[Told]:
    """Each part with the number it is of: the last one told before it, or the kind that its words name."""
    found = list(told)
    for part in scene.parts:
        at = _whole_of(scene, part.span, found)
        if at is not None:
            found[at] = replace(found[at], parts=(*found[at].parts, part))
    for start, factor, statuses in find_shares(scene.text, counts, within=scene.within):
        at = _whole_of(scene, Span(start, start + 1), found)
        if at is not None:
            low, high = (None if each is None else round(each * factor) for each in found[at].bounds)
            found[at] = _with_part(found[at], low, high, statuses, start)
    for match in words().whole.finditer(scene.text, scene.within.start, scene.within.end):
        at = _whole_of(scene, Span(*match.span()), found)
        if at is not None:
            found[at] = _reckoned(found[at], match)
    return found


def _with_part(told: Told, low: int | None, high: int | None, statuses: tuple[Status, ...], start: int) -> Told:
    part = People(span=Span(start, start + 1), low=low, high=high, of="", statuses=statuses, is_part=True)
    return replace(told, parts=(*told.parts, part))


def _reckoned(told: Told, match: re.Match[str]) -> Told:
    """'All of them civilians', 'the rest were soldiers', 'mostly women', in numbers."""
    low, high = told.bounds
    if match["rest"] is not None:
        if low is None or low != high or not told.parts:
            return told
        low = high = low - sum(each.low or 0 for each in told.parts)
    elif match["mostly"] is not None:
        if high == 0:
            return told  # nobody, most of whom are nothing
        low = None if low is None else low // 2 + 1
    if match["also"] is not None:
        low = None  # 'mostly women and children'
    return _with_part(told, low, high, statuses_in(match["status"]), match.start())


def _whole_of(scene: Scene, part: Span, told: Sequence[Told]) -> int | None:
    around = scene.text[max(scene.within.start, part.start - 30) : part.end + 30].lower()
    named = re.search(
        r"(?:of|among|amongst)\s+(?:the\s+)?(?:those\s+)?(dead|killed|slain|wounded|injured|hurt)\b", around
    )
    kind = None if named is None else Kind.INJURED if named[1] in {"wounded", "injured", "hurt"} else Kind.KILLED
    fitting = [at for at, each in enumerate(told) if kind is None or each.kind is kind]
    before = [at for at in fitting if told[at].people[0].span.start < part.start]
    if before:
        return max(before, key=lambda at: told[at].people[-1].span.start)
    return fitting[0] if fitting else None


# --- sums so far, and nobody ------------------------------------------------------------------------------------


def _toll_words(text: str, within: Span) -> Iterator[Span]:
    """Words that name a sum so far, in order and apart from each other."""
    known = words()
    found = [Span(*match.span()) for match in known.toll.finditer(text, within.start, within.end)]
    for pattern in (known.rising, known.raising):
        found += [Span(*match.span(1)) for match in pattern.finditer(text, within.start, within.end)]
    reached = 0
    for each in sorted(found, key=lambda span: (span.start, -span.end)):
        if each.start >= reached:
            reached = each.end
            yield each


def _tolls(scene: Scene) -> Iterator[Told]:
    """'The death toll rose to 19', 'raise the number of people killed to about 45', 'to 600, the number of dead'."""
    for toll in scene.tolls:
        for each in scene.people:
            if _reaches(scene, toll, each) or _is_raised(scene, toll, each):
                yield Told(kind=Kind.TOLL, word=toll, people=(each,))
                break


def _reaches(scene: Scene, toll: Span, people: People) -> bool:
    lead = scene.text[toll.end : people.span.start]
    return people.span.start >= toll.end and len(lead) < _FAR_TOLL and words().reaching.search(lead) is not None


def _is_raised(scene: Scene, toll: Span, people: People) -> bool:
    """'… raises to 8, half of them women, the number of those killed'."""
    if people.span.end > toll.start:
        return False
    between = scene.text[people.span.end : toll.start]
    if _TO_TOLL.fullmatch(between) is not None:
        return True
    lead = scene.text[max(scene.within.start, people.span.start - 16) : people.span.start]
    return len(between) < _FAR and words().raised_to.search(lead) is not None


def _told_none(text: str, within: Span) -> Iterator[Told]:
    """'No casualties': nobody killed, nobody injured."""
    for match in words().none.finditer(text, within.start, within.end):
        written = " ".join(match[0].lower().split())
        word = Span(*match.span())
        nobody = (People(span=word, low=0, high=0, of=""),)
        if written not in words().no_injuries:
            yield Told(kind=Kind.KILLED, word=word, people=nobody)
        if written not in words().no_deaths:
            yield Told(kind=Kind.INJURED, word=word, people=nobody)
