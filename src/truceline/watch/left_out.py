"""A ratio with any one source left out: does a headline hang on one voice?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from truceline.model.series import LeftOut
from truceline.watch.counting import Counted
from truceline.watch.days import Exposure, Stretch


def leave_out(counted: Sequence[Counted], exposure: Exposure, period: Stretch) -> LeftOut | None:
    """The ratio of the period to the one before without each source in turn; None where nobody is known to tell.

    An incident goes when only the source left out told of it, a day when only that source was heard on it.
    """
    before = period.before()
    now = [each for each in counted if period.holds(each.first, each.last)]
    then = [each for each in counted if before.holds(each.first, each.last)]
    sources = sorted(frozenset().union(*(each.sources for each in (*now, *then))))
    if not sources:
        return None
    if len(sources) == 1:
        return LeftOut(sources=1, least=None, most=None, source=sources[0], ratio=None)
    lone_now, lone_then = count_alone(now), count_alone(then)
    lone_days = (count_lone_days(exposure, period), count_lone_days(exposure, before))
    days = (exposure.count_days(period), exposure.count_days(before))
    whole = Share(count=len(now), days=days[0], base=len(then), base_days=days[1])
    shares = {
        source: Share(
            count=len(now) - lone_now[source],
            days=days[0] - lone_days[0][source],
            base=len(then) - lone_then[source],
            base_days=days[1] - lone_days[1][source],
        )
        for source in sources
    }
    return summed(whole, shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Incidents and observed days of a period, and those of the period before."""

    count: int
    days: int
    base: int
    base_days: int

    @property
    def ratio(self) -> float | None:
        """None: nothing to divide by."""
        if not (self.days and self.base_days and self.base):
            return None
        return self.count / self.days / (self.base / self.base_days)

    @property
    def height(self) -> float:
        """The logarithm of the ratio, a half added to both counts so that there is always one."""
        return log((self.count + 0.5) / max(self.days, 1) / ((self.base + 0.5) / max(self.base_days, 1)))


def summed(whole: Share, shares: dict[str, Share]) -> LeftOut:
    turning = {source for source, each in shares.items() if is_turned(each.ratio, whole.ratio)}
    furthest = max(shares, key=lambda source: (source in turning, abs(shares[source].height - whole.height)))
    known = [each.ratio for each in shares.values() if each.ratio is not None]
    return LeftOut(
        sources=len(shares),
        least=min(known, default=None),
        most=max(known) if len(known) == len(shares) else None,
        source=furthest,
        ratio=shares[furthest].ratio,
        turns=bool(turning),
    )


def is_turned(without: float | None, ratio: float | None) -> bool:
    """Whether a rise becomes a fall, or a fall a rise."""
    return without is not None and ratio is not None and (without - 1) * (ratio - 1) < 0


def count_alone(counted: Iterable[Counted]) -> Counter[str]:
    """Incidents that nobody else told of, by source."""
    return Counter(next(iter(each.sources)) for each in counted if len(each.sources) == 1)


def count_lone_days(exposure: Exposure, stretch: Stretch) -> Counter[str]:
    """Days on which nobody else was heard, by source."""
    heard = [exposure.sources.get(day, frozenset()) for day in stretch.days() if not exposure.is_in_table(day)]
    return Counter(next(iter(each)) for each in heard if len(each) == 1)
