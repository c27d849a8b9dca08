"""Which of very many pairs can come to a join at all, told in bulk from columns.

Nothing is decided here: a pair that is kept is compared in full. A pair is left out only where a level that forbids the
join is certain, or where the best that every feature could still add stays below what a join needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.fuse.columns import NOWHERE, Bits, Books, Columns, Flags, Floats, Ints
from truceline.fuse.compare import LEAST_WORDS, SAME_POINT_KM, Frame, score_actors
from truceline.fuse.policy import kinds, limits, weights
from truceline.kit.geo import EARTH_RADIUS_KM

SLIGHT = 1e-6  # of rounding, in km, hours and log-odds
MOST_SETS = 4096  # of actors: beyond that their likeness is not looked up in bulk
COPIED, MANY, SOME = 0.75, 0.6, 0.34  # `compare.words`
LEAST_COPIED = 8


def most(feature: str, *levels: str) -> float:
    """The highest weight among levels of a feature; all of them where none is named."""
    table = weights()
    wanted = levels or tuple(level for name, level in table if name == feature)
    return max(table[feature, level].weight for level in wanted)


@dataclass(slots=True)
class Sieve:
    """Pairs of cards of two sets of columns (which may be one), made with the same books."""

    ours: Columns
    theirs: Columns
    books: Books
    frame: Frame
    kinds: Flags = field(init=False)
    material: Flags = field(init=False)
    agents: NDArray[np.float32] = field(init=False)
    agent_sets: list[frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        names = [each for each in self.books.kind.things() if isinstance(each, tuple)]
        self.kinds = allowed_kinds(names)
        self.material = np.array([each[0] == "material" for each in names], dtype=np.bool_)
        self.agent_sets = [each for each in self.books.agents.things() if isinstance(each, frozenset)]
        size = len(self.agent_sets) if len(self.agent_sets) <= MOST_SETS else 0
        self.agents = np.full((size, size), np.nan, dtype=np.float32)

    def keep(self, here: Ints, there: Ints, least: Floats) -> tuple[Ints, Ints]:
        """The pairs whose score can reach `least`, given for each of our cards."""
        kept = self.kinds[self.ours.kind[here], self.theirs.kind[there]]
        here, there = here[kept], there[kept]
        gap = self._gap(here, there)
        kept = self._may_meet(here, there, gap)
        here, there, gap = here[kept], there[kept], gap[kept]
        distance = self._distance(here, there)
        kept = self._may_lie_together(here, there, distance)
        here, there, gap, distance = here[kept], there[kept], gap[kept], distance[kept]
        kept = self._best(here, there, gap, distance) >= least[here] - SLIGHT
        return here[kept], there[kept]

    # ---- what forbids

    def _gap(self, here: Ints, there: Ints) -> Floats:
        ours, theirs = self.ours, self.theirs
        gap = np.maximum(ours.start[here], theirs.start[there]) - np.minimum(ours.end[here], theirs.end[there])
        return np.where(self._timeless(here, there), 0.0, gap)

    def _timeless(self, here: Ints, there: Ints) -> Flags:
        return np.isinf(self.ours.start[here]) | np.isinf(self.theirs.start[there])

    def _may_meet(self, here: Ints, there: Ints, gap: Floats) -> Flags:
        """Nothing in time forbids it, and they are not two rows of one data set."""
        ours, theirs = self.ours, self.theirs
        hourly = ours.hourly[here] & theirs.hourly[there]
        fits: Flags = (gap <= self.frame.window_hours + SLIGHT) & (~hourly | (gap <= limits()["hours_slack"] + SLIGHT))
        fits &= self._timeless(here, there) | hourly | (ours.aggregate[here] == theirs.aggregate[there])
        fits &= (ours.row[here] != theirs.row[there]) | (ours.row[here] == NOWHERE)
        return fits

    def _distance(self, here: Ints, there: Ints) -> Floats:
        """km; without meaning where one has no place."""
        one, two = self.ours.lat[here], self.theirs.lat[there]
        across = np.sin((two - one) / 2) ** 2
        across += np.cos(one) * np.cos(two) * np.sin((self.theirs.lon[there] - self.ours.lon[here]) / 2) ** 2
        found: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, across)))
        return found

    def _may_lie_together(self, here: Ints, there: Ints, distance: Floats) -> Flags:
        ours, theirs = self.ours, self.theirs
        radii = ours.radius[here] + theirs.radius[there]
        held: Flags = (ours.admin1[here] == theirs.admin1[there]) & (ours.admin1[here] != NOWHERE)
        held |= distance <= np.maximum(ours.radius[here], theirs.radius[there]) + SLIGHT
        near = distance <= np.maximum(radii + self.frame.window_km, max(limits()["town_km"], SAME_POINT_KM)) + SLIGHT
        wide = ours.wide[here] | theirs.wide[there]
        found: Flags = ~self._placed(here, there) | self._one_place(here, there) | np.where(wide, held, near)
        return found

    def _placed(self, here: Ints, there: Ints) -> Flags:
        return self.ours.placed[here] & self.theirs.placed[there]

    def _one_place(self, here: Ints, there: Ints) -> Flags:
        found: Flags = (self.ours.place[here] == self.theirs.place[there]) & (self.ours.place[here] != NOWHERE)
        return found

    # ---- what it may reach

    def _best(self, here: Ints, there: Ints, gap: Floats, distance: Floats) -> Floats:
        """No pair scores higher than this."""
        score = np.full(len(here), weights()["decision", "prior"].weight)
        score += self._best_time(here, there, gap) + self._best_place(here, there, distance)
        same_kind = self.ours.kind[here] == self.theirs.kind[there]
        score += np.where(same_kind, most("kind", "same", "unstated"), most("kind", "kin", "unstated", "rival"))
        score += self._best_agents(here, there) + self._best_recipients(here, there)
        tolls = self.ours.toll[here] & self.theirs.toll[there]
        score += np.where(tolls, most("figures"), most("figures", "unknown"))
        return score + self._best_words(here, there) + self._best_document(here, there)

    def _best_time(self, here: Ints, there: Ints, gap: Floats) -> Floats:
        ours, theirs = self.ours, self.theirs
        return np.select(
            [
                self._timeless(here, there),
                ours.hourly[here] & theirs.hourly[there],
                gap >= SLIGHT,
                (gap < -SLIGHT) & (ours.vague[here] | theirs.vague[there]),
            ],
            [
                most("time", "unknown"),
                most("time", "hours_same", "hours_close"),
                most("time", "day_next"),
                most("time", "vague"),
            ],
            most("time", "day_same", "day_reported", "day_next", "vague"),
        )

    def _best_place(self, here: Ints, there: Ints, distance: Floats) -> Floats:
        ours, theirs = self.ours, self.theirs
        one, two = ours.radius[here], theirs.radius[there]
        alike = self._one_place(here, there) | ((ours.name[here] == theirs.name[there]) & (ours.name[here] != NOWHERE))
        alike |= distance <= SAME_POINT_KM + SLIGHT
        spot = np.minimum(one, two) <= limits()["small_km"]
        wide = ours.wide[here] | theirs.wide[there]
        placeless = np.where(
            ours.named[here] & theirs.named[there],
            most("place", "named_alike", "unresolved", "missing", "needless"),
            np.where(
                self.material[ours.kind[here]],
                most("place", "missing", "unresolved"),
                most("place", "needless", "unresolved"),
            ),
        )
        return np.select(
            [
                ~self._placed(here, there),
                alike & spot,
                alike,
                wide,
                distance <= np.maximum(one, two) + SLIGHT,
                distance <= one + two + SLIGHT,
            ],
            [
                placeless,
                most("place", "same_spot", "same_town", "holds", "vast", "named_apart"),
                most("place", "same_town", "holds", "vast", "named_apart", "meeting", "meeting_wide", "overlap"),
                most("place", "holds", "vast"),
                most("place", "meeting", "meeting_wide", "overlap", "beside"),
                most("place", "overlap", "beside"),
            ],
            most("place", "beside"),
        )

    def _best_agents(self, here: Ints, there: Ints) -> Floats:
        one, two = self.ours.agents[here], self.theirs.agents[there]
        known = (one != NOWHERE) & (two != NOWHERE)
        crossed = self.ours.mutual[here] | self.theirs.mutual[there]
        named = self._named_agents(one, two, known)
        named = np.where(crossed, np.maximum(named, most("agents", "same")), named)
        return np.where(known, named, most("agents", "alike", "unknown", "otherwise"))

    def _named_agents(self, one: Ints, two: Ints, known: Flags) -> Floats:
        """The best weight of two sets of actors, looked up once for every two that meet."""
        found = np.full(len(one), most("agents"))
        if not self.agents.size:
            return found
        found[known] = self.agents[one[known], two[known]]
        missing = np.isnan(found)
        for row, column in sorted(set(zip(one[missing].tolist(), two[missing].tolist(), strict=True))):
            level = score_actors(self.agent_sets[row], self.agent_sets[column], self.frame.registry)
            weight = most("agents", "allies", "differ") if level == "differ" else most("agents", level)
            self.agents[row, column] = self.agents[column, row] = weight
        found[missing] = self.agents[one[missing], two[missing]]
        return found

    def _best_recipients(self, here: Ints, there: Ints) -> Floats:
        ours, theirs = self.ours, self.theirs
        least_told = np.minimum(ours.roles[here], theirs.roles[there])
        mutual = ours.mutual[here] | theirs.mutual[there]
        told = [level for level in levels_of("recipients") if level != "same_pair"]
        return np.select(
            [mutual, least_told > 0],
            [most("recipients"), most("recipients", *told)],
            most("recipients", "unknown", "object_told", "differ"),
        )

    def _best_words(self, here: Ints, there: Ints) -> Floats:
        ours, theirs = self.ours, self.theirs
        all_ours, all_theirs = ours.words[here], theirs.words[there]
        shared = share_at_most(ours.sketch[here], theirs.sketch[there], all_ours, all_theirs)
        union = np.maximum(all_ours + all_theirs - shared, 1)
        copied = (np.maximum(all_ours, all_theirs) >= LEAST_COPIED) & (shared / union >= COPIED - SLIGHT)
        few, others = ours.telling_words[here], theirs.telling_words[there]
        told = share_at_most(ours.telling_sketch[here], theirs.telling_sketch[there], few, others)
        smaller = np.maximum(np.minimum(few, others), 1)
        enough = np.minimum(few, others) >= LEAST_WORDS
        best = np.select(
            [copied, enough & (told / smaller >= MANY - SLIGHT), enough & (told / smaller >= SOME - SLIGHT)],
            [most("words"), most("words", "many", "some", "few", "unknown"), most("words", "some", "few", "unknown")],
            most("words", "few", "unknown"),
        )
        return np.where(ours.document[here] == theirs.document[there], most("words", "unknown"), best)

    def _best_document(self, here: Ints, there: Ints) -> Floats:
        ours, theirs = self.ours, self.theirs
        one_report = ours.document[here] == theirs.document[there]
        elliptic = ours.elliptic[here] | theirs.elliptic[there]
        copy = (ours.root[here] == theirs.root[there]) | ours.taken[here] | theirs.taken[there]
        return np.select(
            [one_report & elliptic, one_report, copy],
            [
                most("document"),
                most("document", "sentence", "passage", "same"),
                most("document", "copy", "credited", "credit_shared", "other"),
            ],
            most("document", "other"),
        )


def share_at_most(ours: Bits, theirs: Bits, one: Ints, two: Ints) -> Ints:
    """How many words two sets can have in common, by their sketches and sizes."""
    only_ours = np.bitwise_count(ours & ~theirs).astype(np.int64)
    only_theirs = np.bitwise_count(theirs & ~ours).astype(np.int64)
    found: Ints = np.maximum(0, np.minimum(one - only_ours, two - only_theirs))
    return found


def levels_of(feature: str) -> list[str]:
    return [level for name, level in weights() if name == feature]


def allowed_kinds(names: Sequence[tuple[Any, ...]]) -> Flags:
    """Which kinds (group, kind) one act can be told as."""
    kin = kinds().kin

    def fit(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
        if one[0] != other[0]:
            return False
        same = one[1].partition(" ")[0] == other[1].partition(" ")[0]
        return same or frozenset((one[1], other[1])) in kin

    told = [[fit(one, other) for other in names] for one in names]
    return np.array(told, dtype=np.bool_).reshape(len(names), len(names))
