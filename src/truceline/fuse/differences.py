"""In what two claims differ, aspect by aspect, whatever their wording."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from truceline.fuse.kinds import settle_kind
from truceline.fuse.policy import find_group
from truceline.kit.near import EMPTY, find_words, fold_loosely
from truceline.kit.numerals import VALUES
from truceline.kit.stems import stem
from truceline.model.claim import EventType
from truceline.model.quantity import Range
from truceline.model.revision import Aspect, Difference
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import Basis, When

LEAST_SURENESS = 0.75  # of factuality, which runs from -3 to 3: less is a change of wording
INHERITED = frozenset({Aspect.PLACE, Aspect.TIME, Aspect.TOLL})
LEAST_LETTERS, NEARLY = 6, 0.93  # names that long and that alike are one name, misspelt
UNTOLD = frozenset(("least", "more", "than", "up", "some", "many", "several", "other", "others", "further", "another"))


@dataclass(frozen=True)
class Said:
    """One claim laid out to be held against another."""

    telling: Telling

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(find_words(self.telling.quote))

    @cached_property
    def trigger(self) -> str:
        return stem(self.telling.trigger.casefold())

    @cached_property
    def event(self) -> EventType:
        return settle_kind(self.telling)

    @cached_property
    def group(self) -> str | None:
        return find_group(self.event)


def say(telling: Telling) -> Said:
    return Said(telling)


def find_differences(old: Said, new: Said) -> tuple[Difference, ...]:
    """What the newer claim says otherwise, in the order of `Aspect`; none where only the wording differs."""
    found = (compare(old, new) for compare in COMPARED)
    return tuple(each for each in found if each is not None and not is_read_elsewhere(each, old, new))


def is_read_elsewhere(difference: Difference, old: Said, new: Said) -> bool:
    """In the same words something that only the one has comes from another sentence: the claim says it in neither."""
    one_sided = not (difference.old and difference.new)
    return one_sided and old.words == new.words and difference.aspect in INHERITED


# ---- one function an aspect


def differ_in_toll(old: Said, new: Said) -> Difference | None:
    return differ(Aspect.TOLL, tell_toll(old.telling), tell_toll(new.telling))


def differ_in_place(old: Said, new: Said) -> Difference | None:
    return differ(Aspect.PLACE, tell_place(old.telling), tell_place(new.telling))


def differ_in_time(old: Said, new: Said) -> Difference | None:
    """A time that only the day of publication stands in for says nothing, and the same words mean the same day."""
    one, other = stated(old.telling), stated(new.telling)
    if one is not None and other is not None:
        same = (one.start, one.end) == (other.start, other.end)
        if same or (old.words == new.words and Basis.RELATIVE in (one.basis, other.basis)):
            return None
    return differ(Aspect.TIME, tell_time(one), tell_time(other))


def differ_in_actor(old: Said, new: Said) -> Difference | None:
    return differ_in_roles(Aspect.ACTOR, old.telling.agents, new.telling.agents)


def differ_in_target(old: Said, new: Said) -> Difference | None:
    return differ_in_roles(Aspect.TARGET, aimed_at(old.telling), aimed_at(new.telling))


def differ_in_kind(old: Said, new: Said) -> Difference | None:
    if old.event == new.event:
        return None
    return Difference(aspect=Aspect.KIND, old=tell_kind(old.event), new=tell_kind(new.event))


def differ_in_certainty(old: Said, new: Said) -> Difference | None:
    one, other = old.telling, new.telling
    same = (one.mood, one.negated) == (other.mood, other.negated)
    if same and abs(one.factuality - other.factuality) < LEAST_SURENESS:
        return None
    return Difference(aspect=Aspect.CERTAINTY, old=tell_certainty(one), new=tell_certainty(other))


def differ_in_attribution(old: Said, new: Said) -> Difference | None:
    one, other = old.telling.chain, new.telling.chain
    if [name_speaker(each) for each in one] == [name_speaker(each) for each in other]:
        return None
    return Difference(aspect=Aspect.ATTRIBUTION, old=tell_chain(one), new=tell_chain(other))


COMPARED: tuple[Callable[[Said, Said], Difference | None], ...] = (
    differ_in_toll,
    differ_in_place,
    differ_in_time,
    differ_in_actor,
    differ_in_target,
    differ_in_kind,
    differ_in_certainty,
    differ_in_attribution,
)


def differ(aspect: Aspect, old: str, new: str) -> Difference | None:
    return None if old == new else Difference(aspect=aspect, old=old, new=new)


# ---- an aspect in words


def tell_toll(telling: Telling) -> str:
    harm = telling.harm
    told = [] if harm is None else [(harm.killed, "killed"), (harm.injured, "injured"), (harm.toll, "so far")]
    told += [(range_of(each), "acted upon") for each in telling.recipients if each.low is not None and harm is None]
    return ", ".join(f"{tell_range(each)} {what}" for each, what in told if each is not None)


def range_of(role: Role) -> Range:
    return Range(low=int_or_none(role.low), high=int_or_none(role.high))


def int_or_none(number: float | None) -> int | None:
    return None if number is None else int(number)


def tell_range(told: Range) -> str:
    if told.low == told.high:
        return f"{told.low}"
    if told.high is None:
        return f"{told.low} or more"
    return f"up to {told.high}" if told.low is None else f"{told.low} to {told.high}"


def tell_place(telling: Telling) -> str:
    place = telling.place or telling.scene
    if place is None:
        return ""
    return place.name if place.name is not None else f"a place not located ({telling.quote[:40]})"


def stated(telling: Telling) -> When | None:
    when = telling.happened
    return None if when is None or when.basis is Basis.PUBLISHED or when.start is None else when


def tell_time(when: When | None) -> str:
    if when is None or when.start is None or when.end is None:
        return ""
    return when.value if when.value[:4].isdigit() else f"{when.start:%Y-%m-%d %H:%M}"


def tell_kind(event: EventType) -> str:
    return " ".join(each for each in (event.plover, event.mode) if each) or "not told"


def tell_certainty(telling: Telling) -> str:
    words = "denied" if telling.negated else "held possible" if abs(telling.factuality) < 2 else "told as so"
    return f"{words} ({telling.mood.value}, {telling.factuality:+.1f})"


def tell_chain(chain: Sequence[Speaker]) -> str:
    return " > ".join(each.words or "somebody not named" for each in chain) or "the author"


def name_speaker(speaker: Speaker) -> str:
    return speaker.actor or " ".join(content(speaker.words))


# ---- who


def aimed_at(telling: Telling) -> tuple[Role, ...]:
    """The recipients but the very place: that is compared as a place."""
    named = fold_loosely(place_words(telling))
    return tuple(each for each in telling.recipients if each.actor is not None or not is_place(each.words, named))


def place_words(telling: Telling) -> str:
    """The claim's place as its own sentence words it; "" where another sentence names it."""
    place = telling.place
    if place is None or not telling.span.covers(place.span):
        return "" if place is None or place.name is None else place.name
    start = place.span.start - telling.span.start
    return telling.quote[start : start + len(place.span)]


def is_place(words: str, named: str) -> bool:
    folded = fold_loosely(words)
    return bool(named) and bool(folded) and (named in folded or folded in named)


def differ_in_roles(aspect: Aspect, old: Sequence[Role], new: Sequence[Role]) -> Difference | None:
    """Known actors by who they are; where none is known by what they are called, mended spelling apart."""
    one, other = (frozenset(filter(None, map(name_role, some))) for some in (old, new))
    if names_of(old) == names_of(new) or is_mended(one - other, other - one):
        return None
    return Difference(aspect=aspect, old=tell_roles(old), new=tell_roles(new))


def names_of(roles: Sequence[Role]) -> frozenset[str]:
    known = frozenset(each.actor for each in roles if each.actor is not None)
    return known or frozenset(filter(None, map(name_role, roles)))


def name_role(role: Role) -> str:
    """What it is called; how many of them is compared as the toll is."""
    words = find_words(role.words)
    counted = [each for each in words if not is_number(each)] if role.low is not None else words
    return " ".join(sorted({stem(each) for each in counted if each not in EMPTY | UNTOLD}))


def is_number(word: str) -> bool:
    return word in VALUES or word.isdigit()


def is_mended(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each name of the one is a name of the other but for a letter or two; numbers are no spelling."""
    if len(one) != len(other):
        return False
    return all(is_misspelt(*pair) for pair in zip(sorted(one), sorted(other), strict=True))


def is_misspelt(one: str, other: str) -> bool:
    if any(each.isdigit() for each in one + other) or min(len(one), len(other)) < LEAST_LETTERS:
        return False
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= NEARLY


def tell_roles(roles: Iterable[Role]) -> str:
    return "; ".join(each.words for each in roles)


def stemmed(words: str) -> frozenset[str]:
    """The stems of the words that say something."""
    return frozenset(content(words))


def content(words: str) -> list[str]:
    """The stems of what is said, without numbers and words that say nothing."""
    return sorted({stem(each) for each in find_words(words) if each not in EMPTY | UNTOLD and not is_number(each)})
