"""`compare` for a great many pairs at once: the same levels and weights, worked out in columns.

`compare` is the definition and gives the reasons; this gives its scores alone, some fifty times as fast, and a property
test holds the two together. Pairs that cannot come to a join are told early: where a level that forbids it is certain,
or where the best that the costly features could add stays below what a join needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from truceline.fuse.bulk_tables import (
    AGREEING,
    ALIKE,
    ALLIED,
    DIFFER,
    MANY_KILLED,
    PART,
    SAME,
    ActorTable,
    KindTable,
    Levels,
    find_objects,
    read_scale,
)
from truceline.fuse.cards import Card
from truceline.fuse.columns import NOTHING, WORD_SETS, Bits, Books, Columns, Flags, Floats, Ints, WordSets
from truceline.fuse.compare import (
    FAR,
    FEATURES,
    HOURS,
    LEAST_SHARED,
    LEAST_WORDS,
    MANY_SHARED,
    ROUNDED,
    SAME_POINT_KM,
    Frame,
    is_taken,
    score_credit,
)
from truceline.fuse.policy import FORBIDDEN, limits, weights
from truceline.kit.geo import EARTH_RADIUS_KM

SLIGHT = 1e-6  # of rounding, where a bound is worked out


@dataclass(slots=True)
class Pairs:
    """Pairs under examination: indexes of both cards, and what has been worked out of them."""

    here: Ints
    there: Ints
    gap: Floats
    distance: Floats
    score: Floats
    against: Floats
    one_target: Flags

    def narrow(self, kept: Flags | Ints) -> "Pairs":
        return Pairs(*(getattr(self, name)[kept] for name in Pairs.__slots__))


class Bulk:
    """Scores of pairs of cards of two sets (which may be one); their columns are made with the same books."""

    def __init__(
        self, ours: tuple[Sequence[Card], Columns], theirs: tuple[Sequence[Card], Columns], books: Books, frame: Frame
    ) -> None:
        self._our_cards, self._ours = ours
        self._their_cards, self._theirs = theirs
        self._frame = frame
        self.scales = {each.__name__: read_scale(each.__name__) for each in FEATURES}
        self.kinds = KindTable(books.kind, self.scales["kind"])
        self.actors = ActorTable(books.actors, frame.registry)
        self._objects = find_objects(books.word)
        self._shared = {name: self._lay_sets(name, len(books.word)) for name in WORD_SETS}

    def _lay_sets(self, name: str, width: int) -> tuple[csr_array, csr_array]:
        ours: csr_array = getattr(self._ours, name).matrix(width)
        one = self._ours is self._theirs
        return ours, ours if one else getattr(self._theirs, name).matrix(width)

    def keep(self, here: Ints, there: Ints, least: Floats) -> Pairs:
        """The pairs that score at least `least`, given for each of our cards."""
        kept = self.kinds.allowed[self._ours.kind[here], self._theirs.kind[there]]
        pairs = self._begin(here[kept], there[kept])
        pairs = pairs.narrow(self._may_lie_together(pairs))
        pairs.one_target = self._one_target(pairs)
        self._add(pairs, "time", self._time)
        self._add(pairs, "place", self._place)
        self._add(pairs, "kind", self._kind)
        self._add(pairs, "document", self._document)
        self._add(pairs, "figures", self._figures)
        self._add(pairs, "course", self._course)
        pairs = pairs.narrow(pairs.score + self._best_rest(pairs) >= least[pairs.here] - SLIGHT)
        self._add(pairs, "agents", self._agents)
        pairs = pairs.narrow(
            pairs.score + self._best_recipients(pairs) + self._best_words(pairs) >= least[pairs.here] - SLIGHT
        )
        self._add(pairs, "recipients", self._recipients)
        self._add(pairs, "words", self._words)
        pairs.score = np.round(pairs.score, ROUNDED)
        return pairs.narrow(pairs.score >= least[pairs.here])

    def score(self, here: Ints, there: Ints) -> Pairs:
        """All of the pairs, scored; one that a level forbids scores minus infinity."""
        pairs = self._begin(here, there)
        pairs.one_target = self._one_target(pairs)
        for name in self.scales:
            self._add(pairs, name, getattr(self, f"_{name}"))
        pairs.score, pairs.against = np.round(pairs.score, ROUNDED), np.round(pairs.against, ROUNDED)
        return pairs

    def at_odds(self, here: Ints, there: Ints, *, join: float, conflict: float) -> Flags:
        """Which of the pairs are forbidden, or score less than `join` with more against them than `conflict` allows."""
        pairs = self._begin(here, there)
        pairs.one_target = self._one_target(pairs)
        for name in self.scales:
            if name != "words":
                self._add(pairs, name, getattr(self, f"_{name}"))
        # Words are costly: they are asked only where they can tip it.
        scale = self.scales["words"]
        odd: Flags = (pairs.score == FORBIDDEN) | (pairs.against + scale.against.min() <= conflict + SLIGHT)
        at = np.flatnonzero(odd & (pairs.score > FORBIDDEN))
        open_ = pairs.narrow(at)
        self._add(open_, "words", self._words)
        score, against = np.round(open_.score, ROUNDED), np.round(open_.against, ROUNDED)
        odd[at] = (score == FORBIDDEN) | ((score < join) & (against <= conflict))
        return odd

    def levels(self, here: Ints, there: Ints) -> list[tuple[str, ...]]:
        """The level of every feature for each pair, in the order of `FEATURES`."""
        pairs = self._begin(here, there)
        pairs.one_target = self._one_target(pairs)
        found = [(scale.names, getattr(self, f"_{name}")(pairs).tolist()) for name, scale in self.scales.items()]
        return list(zip(*([names[code] for code in codes] for names, codes in found), strict=True))

    def _begin(self, here: Ints, there: Ints) -> Pairs:
        ours, theirs = self._ours, self._theirs
        gap = np.maximum(ours.start[here], theirs.start[there]) - np.minimum(ours.end[here], theirs.end[there])
        one, two = ours.lat[here], theirs.lat[there]
        across = np.sin((two - one) / 2) ** 2
        across += np.cos(one) * np.cos(two) * np.sin((theirs.lon[there] - ours.lon[here]) / 2) ** 2
        distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, across)))
        prior = np.full(len(here), weights()["decision", "prior"].weight)
        return Pairs(here, there, gap, distance, prior, np.zeros(len(here)), np.zeros(len(here), dtype=np.bool_))

    def _add(self, pairs: Pairs, feature: str, levels: Callable[[Pairs], Levels]) -> None:
        found, scale = levels(pairs), self.scales[feature]
        pairs.score += scale.weight[found]
        pairs.against += scale.against[found]

    def _codes(self, feature: str, *names: str) -> list[int]:
        return [self.scales[feature].of(name) for name in names]

    # ---- what is cheap to know

    def _may_lie_together(self, pairs: Pairs) -> Flags:
        """Nothing in time and place forbids it; both are worked out in full after this."""
        near = ~self._both_timed(pairs) | (pairs.gap <= self._frame.window_hours)
        radii = self._ours.radius[pairs.here] + self._theirs.radius[pairs.there]
        reach = np.maximum(radii + self._frame.window_km, max(limits()["town_km"], SAME_POINT_KM)) + SLIGHT
        wide = self._ours.wide[pairs.here] | self._theirs.wide[pairs.there]
        unplaced = ~(self._ours.placed[pairs.here] & self._theirs.placed[pairs.there])
        alike: Flags = self._equal("place", pairs) | unplaced | wide | (pairs.distance <= reach)
        return near & alike

    def _both_timed(self, pairs: Pairs) -> Flags:
        found: Flags = self._ours.timed[pairs.here] & self._theirs.timed[pairs.there]
        return found

    def _equal(self, column: str, pairs: Pairs) -> Flags:
        """Both have the same code, which is not that for nothing."""
        ours, theirs = getattr(self._ours, column)[pairs.here], getattr(self._theirs, column)[pairs.there]
        found: Flags = (ours == theirs) & (ours != NOTHING)
        return found

    def _either(self, column: str, pairs: Pairs) -> Flags:
        found: Flags = getattr(self._ours, column)[pairs.here] | getattr(self._theirs, column)[pairs.there]
        return found

    def _both(self, column: str, pairs: Pairs) -> Flags:
        found: Flags = getattr(self._ours, column)[pairs.here] & getattr(self._theirs, column)[pairs.there]
        return found

    def _one_target(self, pairs: Pairs) -> Flags:
        """Two reports tell of one thing struck, or of the very same high toll."""
        asked = ~self._equal("document", pairs) & ~self._either("row", pairs)
        targets = self._count_shared("recipient_words", pairs, asked)
        objects = self._count_shared("recipient_words", pairs, targets > 0, only=self._objects)
        objects += self._count_shared("object_words", pairs, asked & (targets == 0))
        found: Flags = (objects > 0) | (asked & self._same_toll(pairs) & (self._ours.low[pairs.here] >= MANY_KILLED))
        return found

    def _same_toll(self, pairs: Pairs) -> Flags:
        """Both tell one exact figure."""
        ours, theirs, here, there = self._ours, self._theirs, pairs.here, pairs.there
        exact = (ours.low[here] == ours.high[here]) & self._both("toll", pairs)
        found: Flags = exact & (ours.low[here] == theirs.low[there]) & (ours.high[here] == theirs.high[there])
        return found

    def _time(self, pairs: Pairs) -> Levels:
        window, slack = self._frame.window_hours, limits()["hours_slack"]
        gap, hourly = pairs.gap, self._both("hourly", pairs)
        aggregate = self._ours.aggregate[pairs.here] != self._theirs.aggregate[pairs.there]
        hours = ("hours_same", "hours_close", "hours_disputed", "hours_apart")
        days = ("aggregate", "updated", "day_disputed", "day_next", "vague")
        reports = ("reported_later", "reported_next", "day_reported")
        reported, late = self._both("reported", pairs), self._ours.end[pairs.here] - self._theirs.end[pairs.there]
        one, two = self._ours.updates[pairs.here], self._theirs.updates[pairs.there]
        updated = (one & ~two & (late >= 2 * HOURS)) | (two & ~one & (-late >= 2 * HOURS))
        levels = np.select(
            [
                ~self._both_timed(pairs),
                gap > window,
                hourly & (gap < 0),
                hourly & (gap <= slack),
                hourly & (gap <= limits()["day"]) & pairs.one_target,
                hourly,
                aggregate,
                updated,
                (gap >= 0) & pairs.one_target,
                gap >= 0,
                self._either("vague", pairs),
                reported & (np.abs(late) >= 2 * HOURS),
                reported & (np.abs(late) >= HOURS),
                self._either("reported", pairs),
            ],
            self._codes("time", "unknown", "apart", *hours, *days, *reports),
            self.scales["time"].of("day_same"),
        )
        return levels.astype(np.int8)

    def _place(self, pairs: Pairs) -> Levels:
        both, distance, scale = self._both("placed", pairs), pairs.distance, self.scales["place"]
        one, two = self._ours.radius[pairs.here], self._theirs.radius[pairs.there]
        large, small = np.maximum(one, two), np.minimum(one, two)
        extents = self._ours.extent[pairs.here], self._theirs.extent[pairs.there]
        one_id = self._equal("place", pairs) & ~self._either("offset", pairs)
        wide, exact = self._either("wide", pairs), self._either("exact", pairs)
        held = self._equal("admin1", pairs) | (distance <= large)
        edge = distance - one - two
        same_point = (distance <= SAME_POINT_KM) | (self._equal("name", pairs) & (distance <= limits()["town_km"]))
        within = distance <= np.where(exact, large, small)
        codes = dict(zip(scale.names, range(len(scale.names)), strict=True))
        levels = np.select(
            [
                ~both,
                one_id & self._ours.vast[pairs.here],
                one_id,
                self._equal("place", pairs) & (large <= limits()["anchor_km"]),
                wide & ~held,
                wide & self._either("vast", pairs),
                wide,
                same_point,
                within & (large <= limits()["offset_km"]),
                within,
                (edge <= 0) & ~self._both("exact", pairs),
                edge <= self._frame.window_km,
            ],
            [
                self._place_by_name(pairs, codes),
                codes["vast"],
                self._size_of_same(pairs, np.minimum(*extents), codes),
                codes["same_anchor"],
                codes["apart"],
                codes["vast"],
                codes["holds"],
                size_levels(np.maximum(*extents), codes),
                codes["meeting"],
                codes["meeting_wide"],
                codes["overlap"],
                codes["beside"],
            ],
            codes["apart"],
        )
        return levels.astype(np.int8)

    def _place_by_name(self, pairs: Pairs, codes: dict[str, int]) -> Ints:
        material = self.kinds.material[self._ours.kind[pairs.here]]
        found: Ints = np.select(
            [self._count_shared("names", pairs) > 0, self._either("unplaced", pairs), material],
            [codes["named_alike"], codes["unresolved"], codes["missing"]],
            codes["needless"],
        )
        return found

    def _size_of_same(self, pairs: Pairs, extent: Floats, codes: dict[str, int]) -> Ints:
        size = size_levels(extent, codes)
        named = (self._ours.names.size[pairs.here] > 0) & (self._theirs.names.size[pairs.there] > 0)
        shared = self._count_shared("names", pairs) > 0
        found: Ints = np.select(
            [(size != codes["same_town"]) | ~named, shared], [size, codes["same_quarter"]], codes["named_apart"]
        )
        return found

    def _kind(self, pairs: Pairs) -> Levels:
        found: Levels = self.kinds.level[self._ours.kind[pairs.here], self._theirs.kind[pairs.there]]
        rival, disputed = self._codes("kind", "rival", "disputed")
        return np.where((found == rival) & pairs.one_target, disputed, found).astype(np.int8)

    def _document(self, pairs: Pairs) -> Levels:
        ours, theirs = self._ours, self._theirs
        rows = self._both("row", pairs) & self._equal("family", pairs)
        one_report = self._equal("document", pairs)
        copy = self._equal("root", pairs) | self._taken(pairs)
        elliptic = (ours.claim[pairs.here] == theirs.refers_to[pairs.there]) | (
            theirs.claim[pairs.there] == ours.refers_to[pairs.here]
        )
        between = np.maximum(ours.since[pairs.here], theirs.since[pairs.there])
        between = between - np.minimum(ours.until[pairs.here], theirs.until[pairs.there])
        levels = np.select(
            [rows, ~one_report & copy, ~one_report, elliptic, between < 0, between <= limits()["passage"]],
            self._codes("document", "rows", "copy", "other", "elliptic", "sentence", "passage"),
            self.scales["document"].of("same"),
        )
        return self._credited(pairs, levels.astype(np.int8), ~one_report & ~copy & ~rows)

    def _credited(self, pairs: Pairs, levels: Levels, asked: Flags) -> Levels:
        """Which of the separate reports credit each other: asked one by one, since few do."""
        for at in np.flatnonzero(asked & self._either("credits", pairs)):
            told = score_credit(self._our_cards[pairs.here[at]], self._their_cards[pairs.there[at]])
            levels[at] = self.scales["document"].of(told)
        return levels

    def _taken(self, pairs: Pairs) -> Flags:
        """Whether words are taken over from one to the other: asked one by one, since few are."""
        found = self._either("taken", pairs)
        for at in np.flatnonzero(found):
            one = self._our_cards[pairs.here[at]].telling
            other = self._their_cards[pairs.there[at]].telling
            found[at] = is_taken(one, other) or is_taken(other, one)
        return found

    def _figures(self, pairs: Pairs) -> Levels:
        ours, theirs, here, there = self._ours, self._theirs, pairs.here, pairs.there
        low, other_low = ours.low[here], theirs.low[there]
        high, other_high = ours.high[here], theirs.high[there]
        same = self._same_toll(pairs) & (low > 0)
        meeting = (low <= other_high) & (other_low <= high)
        lowest, highest = np.minimum(low, other_low), np.maximum(low, other_low)
        loose = meeting & (np.maximum(high, other_high) >= FAR) & (highest > 1.5 * lowest)
        grown = ours.updates[here] & (ours.end[here] >= theirs.end[there]) & is_grown(low, other_low)
        grown |= theirs.updates[there] & (theirs.end[there] >= ours.end[here]) & is_grown(other_low, low)
        far = np.maximum(low, other_low) > 3 * np.maximum(np.minimum(high, other_high), 1)
        # Each side's dead are figures of different things.
        sides = (ours.losses[here] != theirs.losses[there]) & (ours.losses[here] != NOTHING)
        sides &= theirs.losses[there] != NOTHING
        levels = np.select(
            [
                ~self._both("toll", pairs) | sides,
                grown,
                same & (low >= MANY_KILLED),
                same & (low >= 3),
                loose & ~same,
                same | meeting,
                far,
            ],
            self._codes("figures", "unknown", "grown", "same_many", "same", "unknown", "meeting", "far"),
            self.scales["figures"].of("differ"),
        )
        return levels.astype(np.int8)

    def _course(self, pairs: Pairs) -> Levels:
        further = self._either("further", pairs) & ~self._equal("document", pairs)
        codes = self._codes("course", "further", "unknown")
        return np.where(further, *codes).astype(np.int8)

    # ---- what is costly

    def _agents(self, pairs: Pairs) -> Levels:
        told, ours, theirs = self.actors, self._ours, self._theirs
        level = told.look(ours.agents[pairs.here], theirs.agents[pairs.there])
        crossed, mutual = self._crossed(pairs), self._either("mutual", pairs)
        one_report = self._equal("document", pairs)
        worded = (ours.agent_words.size[pairs.here] > 0) & (theirs.agent_words.size[pairs.there] > 0)
        open_ = ~np.isin(level, (SAME, PART, DIFFER, ALLIED))
        shared = self._count_shared("agent_words", pairs, open_ & worded) > 0
        names = ("same", "part", "same", "swapped", "disputed", "allies", "differ", "alike", "otherwise")
        levels = np.select(
            [
                level == SAME,
                level == PART,
                crossed & mutual,
                crossed,
                np.isin(level, (DIFFER, ALLIED)) & pairs.one_target,
                level == ALLIED,
                level == DIFFER,
                (level == ALIKE) | shared,
                one_report & ~ours.row[pairs.here] & worded,
            ],
            self._codes("agents", *names),
            self.scales["agents"].of("unknown"),
        )
        return levels.astype(np.int8)

    def _crossed(self, pairs: Pairs) -> Flags:
        """Each acts on whom the other has acting."""
        ours, theirs, told = self._ours, self._theirs, self.actors
        there = told.look(ours.agents[pairs.here], theirs.recipients[pairs.there])
        back = told.look(ours.recipients[pairs.here], theirs.agents[pairs.there])
        return np.isin(there, AGREEING) & np.isin(back, AGREEING)

    def _recipients(self, pairs: Pairs) -> Levels:
        ours, theirs, scale = self._ours, self._theirs, self.scales["recipients"]
        level = self.actors.look(ours.recipients[pairs.here], theirs.recipients[pairs.there])
        differ = np.isin(level, (DIFFER, ALLIED))
        same_pair = self._both("mutual", pairs) & self._equal("everyone", pairs)
        same_pair &= self.actors.several[ours.everyone[pairs.here]]
        crossed = self._either("mutual", pairs) & self._crossed(pairs)
        diplomatic = self.kinds.diplomatic[ours.kind[pairs.here]]
        words = self._count_shared("recipient_words", pairs)
        objects = self._count_shared("recipient_words", pairs, words > 0, only=self._objects)
        told = self._count_shared("object_words", pairs, (words == 0) & ~self._equal("document", pairs)) > 0
        levels = np.select(
            [
                same_pair,
                np.isin(level, (SAME, PART)) & pairs.one_target,
                level == SAME,
                level == PART,
                crossed,
                differ & diplomatic,
                self._other_fight(pairs),
                objects > 0,
                words > 1,
                words > 0,
                told,
                level == ALIKE,
                differ,
            ],
            self._codes(
                "recipients",
                *("same_pair", "same_object", "same", "part", "same", "differ_talks", "differ"),
                *("alike_object", "alike_closely", "alike", "object_told", "alike", "differ"),
            ),
            scale.of("unknown"),
        )
        return levels.astype(np.int8)

    def _other_fight(self, pairs: Pairs) -> Flags:
        """Of two fights without direction, one side is the same and the other is another."""
        ours, theirs = self._ours, self._theirs
        asked = (ours.recipients[pairs.here] == NOTHING) & (theirs.recipients[pairs.there] == NOTHING)
        asked &= (ours.agent_count[pairs.here] > 1) & (theirs.agent_count[pairs.there] > 1)
        found = np.zeros(len(pairs.here), dtype=np.bool_)
        for at in np.flatnonzero(asked):
            found[at] = self.actors.fight_others(ours.agents[pairs.here[at]], theirs.agents[pairs.there[at]])
        return found

    def _words(self, pairs: Pairs) -> Levels:
        ours, theirs = self._ours, self._theirs
        one, two = ours.words.size[pairs.here], theirs.words.size[pairs.there]
        elsewhere = ~self._equal("document", pairs)
        shared = self._count_shared("words", pairs, elsewhere & (one >= LEAST_COPIED))
        copied = shared / np.maximum(one + two - shared, 1) >= COPIED
        smaller = np.minimum(ours.telling_words.size[pairs.here], theirs.telling_words.size[pairs.there])
        telling = self._count_shared("telling_words", pairs, elsewhere & (smaller >= LEAST_WORDS))
        share = telling / np.maximum(smaller, 1)
        details = self._count_shared("details", pairs, elsewhere & ~self._equal("family", pairs))
        levels = np.select(
            [
                ~elsewhere,
                (one >= LEAST_COPIED) & copied,
                details >= MANY_SHARED,
                details >= LEAST_SHARED,
                smaller < LEAST_WORDS,
                share >= MANY,
                share >= SOME,
            ],
            self._codes("words", "unknown", "copied", "details_many", "details", "unknown", "many", "some"),
            self.scales["words"].of("few"),
        )
        return levels.astype(np.int8)

    def _count_shared(self, name: str, pairs: Pairs, asked: Flags | None = None, only: Ints | None = None) -> Ints:
        """How many words both sets have; 0 where not asked, or where their sketches have no bit in common."""
        ours, theirs = getattr(self._ours, name), getattr(self._theirs, name)
        may: Flags = (ours.bits[pairs.here] & theirs.bits[pairs.there]) != 0
        at = np.flatnonzero(may if asked is None else may & asked)
        found = np.zeros(len(pairs.here), dtype=np.int64)
        if len(at):
            first, second = self._shared[name]
            found[at] = count_in_both(first[pairs.here[at]], second[pairs.there[at]], only)
        return found

    # ---- what the costly could still add

    def _best_rest(self, pairs: Pairs) -> Floats:
        known = (self._ours.agents[pairs.here] != NOTHING) & (self._theirs.agents[pairs.there] != NOTHING)
        scale = self.scales["agents"]
        agents = np.where(known, scale.best(), scale.best("alike", "unknown", "otherwise"))
        found: Floats = agents + self._best_recipients(pairs) + self._best_words(pairs)
        return found

    def _best_recipients(self, pairs: Pairs) -> Floats:
        ours, theirs, scale = self._ours, self._theirs, self.scales["recipients"]
        named = (ours.recipients[pairs.here] != NOTHING) & (theirs.recipients[pairs.there] != NOTHING)
        worded = (ours.recipient_words.bits[pairs.here] & theirs.recipient_words.bits[pairs.there]) != 0
        found: Floats = np.select(
            [self._either("mutual", pairs), named | worded],
            [scale.best(), scale.best(*(each for each in scale.names if each != "same_pair"))],
            scale.best("unknown", "object_told", "differ"),
        )
        return found

    def _best_words(self, pairs: Pairs) -> Floats:
        ours, theirs, scale = self._ours, self._theirs, self.scales["words"]
        one, two = ours.words.size[pairs.here], theirs.words.size[pairs.there]
        shared = most_shared(ours.words, theirs.words, pairs)
        copied = (one >= LEAST_COPIED) & (shared / np.maximum(one + two - shared, 1) >= COPIED - SLIGHT)
        smaller = np.minimum(ours.telling_words.size[pairs.here], theirs.telling_words.size[pairs.there])
        share = most_shared(ours.telling_words, theirs.telling_words, pairs) / np.maximum(smaller, 1)
        enough = smaller >= LEAST_WORDS
        details = most_shared(ours.details, theirs.details, pairs) >= LEAST_SHARED
        found: Floats = np.select(
            [
                self._equal("document", pairs),
                copied | (details & ~self._equal("family", pairs)),
                enough & (share >= MANY - SLIGHT),
                enough & (share >= SOME - SLIGHT),
            ],
            [scale.best("unknown"), scale.best(), scale.best("many"), scale.best("some")],
            scale.best("few", "unknown"),
        )
        return found


COPIED, MANY, SOME, LEAST_COPIED = 0.75, 0.6, 0.34, 8  # `compare.words`


def count_in_both(ours: csr_array, theirs: csr_array, only: Ints | None = None) -> Ints:
    both = ours.multiply(theirs)
    found: Ints = (both.sum(axis=1) if only is None else both @ only).astype(np.int64)
    return found


def most_shared(ours: WordSets, theirs: WordSets, pairs: Pairs) -> Ints:
    """How many words two sets can have in common, by their sketches and sizes."""
    sizes = ours.size[pairs.here], theirs.size[pairs.there]
    return share_at_most(*sizes, ours.bits[pairs.here], theirs.bits[pairs.there])


def share_at_most(size: Ints, other_size: Ints, bits: Bits, other_bits: Bits) -> Ints:
    """The same of sizes and sketches: a bit that only one has stands for a word that only it has."""
    both = bits & other_bits
    only, only_other = np.bitwise_count(bits ^ both), np.bitwise_count(other_bits ^ both)
    found: Ints = np.minimum(size - only, other_size - only_other)
    return np.maximum(found, 0)


def is_grown(count: Floats, before: Floats) -> Flags:
    found: Flags = (before > 0) & (before <= count) & (count <= 3 * before)
    return found


def size_levels(extent: Floats, codes: dict[str, int]) -> Ints:
    found: Ints = np.select(
        [extent <= limits()["small_km"], extent <= limits()["wide_km"]],
        [codes["same_spot"], codes["same_town"]],
        codes["holds"],
    )
    return found
