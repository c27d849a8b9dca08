"""What several numbers of killed and injured say together of one event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from truceline.model.quantity import Harm, Range, Status, StatusCount
from truceline.model.span import Span
from truceline.read.harm_people import People
from truceline.read.harm_words import CIVIL, Kind, words

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One number of people with the word that tells what became of them; `parts` are some of them."""

    kind: Kind
    word: Span
    people: tuple[People, ...]
    parts: tuple[People, ...] = ()
    is_more: bool = False  # 'another 3': beside those told before

    @property
    def bounds(self) -> Bounds:
        """Their number; where they may be killed or injured, only how many at most."""
        lows, highs = [each.low for each in self.people], [each.high for each in self.people]
        high = None if None in highs else sum(each for each in highs if each is not None)
        open_below = None in lows or (self.kind is Kind.EITHER and high != 0)
        return None if open_below else sum(each for each in lows if each is not None), high


def settle(told: Sequence[Told]) -> Harm | None:
    """What all of these say together of one event; None where they say nothing."""
    toll = [each for each in told if each.kind is Kind.TOLL]
    killed, injured = _chosen(told, Kind.KILLED) or toll[-1:], _chosen(told, Kind.INJURED)
    harm = Harm(
        killed=_range(killed),
        injured=_range(injured),
        killed_civilians=_civilians(killed),
        killed_by=_by_status(killed),
        injured_by=_by_status(injured),
        toll=_range(toll[-1:]),
    )
    return None if harm == Harm() else harm


def _chosen(told: Sequence[Told], kind: Kind) -> list[Told]:
    """Those of this kind, or failing it those that are killed or injured; 'no civilians were harmed' goes with both."""
    either = [each for each in told if each.kind is Kind.EITHER]
    own = _told_once([each for each in told if each.kind is kind])
    return [*own, *(each for each in either if not own or each.bounds == (0, 0))]


def _told_once(told: Sequence[Told]) -> list[Told]:
    """Without those that say the same number again: 'killed eight civilians … killed three women, five children'."""
    kept: list[Told] = []
    for each in told:
        same = next((at for at, one in enumerate(kept) if _says_again(one, each)), None)
        if same is None:
            kept.append(each)
        else:
            again = tuple(replace(one, is_part=True) for one in each.people)
            kept[same] = replace(kept[same], parts=(*kept[same].parts, *again, *each.parts))
    return kept


def _says_again(first: Told, later: Told) -> bool:
    """The same number, of the same people or taken apart; not '3 soldiers were killed and 3 policemen died'."""
    if first.bounds != later.bounds or later.is_more:
        return False
    before, after = ({status for one in each.people for status in one.statuses} for each in (first, later))
    return len(later.people) > 1 or not before or after <= before


def _range(told: Sequence[Told]) -> Range | None:
    """Their sum; 'no soldiers were killed' says nothing of the others."""
    told = [each for each in told if not all(one.high == 0 and one.statuses for one in each.people)]
    lows, highs = [each.bounds[0] for each in told], [each.bounds[1] for each in told]
    low = None if None in lows else sum(each for each in lows if each is not None)
    high = None if None in highs else sum(each for each in highs if each is not None)
    return None if not told or (low is None and high is None) else Range(low=low, high=high)


def _by_status(told: Sequence[Told]) -> tuple[StatusCount, ...]:
    found: dict[Status, list[Bounds]] = {}
    for each in told:
        whole = {status for one in each.people for status in one.statuses}
        for one in (*each.people, *each.parts):
            for status in one.statuses:
                if not one.is_part or status not in whole:
                    found.setdefault(status, []).append(_bounds_of(one, each.kind))
    return tuple(StatusCount(status=each, count=_added(found[each])) for each in Status if each in found)


def _bounds_of(people: People, kind: Kind) -> Bounds:
    """How many of them had each of their statuses: of '5 women and children' up to five of each."""
    untold = (kind is Kind.EITHER and people.high != 0) or people.is_mixed
    return (None if untold else people.low), people.high


def _added(bounds: Sequence[Bounds]) -> Range:
    lows, highs = [low for low, _ in bounds], [high for _, high in bounds]
    return Range(
        low=None if None in lows else sum(each for each in lows if each is not None),
        high=None if None in highs else sum(each for each in highs if each is not None),
    )


def _civilians(told: Sequence[Told]) -> Range | None:
    """Civilians among the killed: all of them where that is what is counted, at least the part that is."""
    people = [one for each in told for one in each.people]
    if people and all(_is_civil(each) for each in people):
        return _range(told) or _added([(each.low, each.high) for each in people])
    some = [*people, *(one for each in told for one in each.parts)]
    lows = [each.low for each in some if _is_civil(each) and each.low is not None]
    return Range(low=sum(lows), high=None) if lows else None


def _is_civil(people: People) -> bool:
    return bool(CIVIL & set(people.statuses)) or words().civil.search(people.of) is not None
