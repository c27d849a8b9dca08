"""Whether two tellings are of one act: evidence for and against, each piece with its reason.

Fellegi and Sunter (1969): every feature falls on a level, every level has a weight in log-odds, weights add up.
The docstring of a feature is what a user is told it looks at; weights and their reasons are in `weights.toml`.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from truceline.fuse.cards import Card, Where
from truceline.fuse.policy import FORBIDDEN, Weight, kinds, limits, weights
from truceline.fuse.registry import Registry
from truceline.kit.geo import haversine_km
from truceline.kit.near import containment, jaccard
from truceline.model.grading import NOTHING_KNOWN, Grading
from truceline.model.quantity import Range
from truceline.model.telling import Telling

ROUNDED = 6  # digits of a score: sums of the same weights are equal in whatever order they are added
SAME_POINT_KM = 1.0  # two gazetteers' points for one village; quarters of a city lie farther apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a comparison is made in: the mission's windows, what it knows of actors, and what grades need."""

    window_hours: float
    window_km: float
    registry: Registry
    grading: Grading = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Log-odds that two tellings are of one act; `against` is the part that speaks against it."""

    score: float
    against: float
    evidence: tuple[Weight, ...]

    @property
    def forbidden(self) -> bool:
        return self.score == FORBIDDEN

    @property
    def joins(self) -> bool:
        return self.score >= weights()["decision", "join"].weight

    @property
    def conflicts(self) -> bool:
        """At odds: such a pair never meets in one incident, not even through a third telling."""
        return self.forbidden or (not self.joins and self.against <= weights()["decision", "conflict"].weight)


Feature = Callable[[Card, Card, Frame], str]


def time(first: Card, second: Card, frame: Frame) -> str:
    """When: stated hours against hours, days against days; a report without one tells of its day or the one before."""
    if first.start is None or second.start is None:
        return "unknown"
    gap = max(first.start, second.start) - min(first.end, second.end)
    if gap > frame.window_hours:
        return "apart"
    if first.hourly and second.hourly:
        return time_hourly(first, second, gap)
    if first.aggregate != second.aggregate:
        return "aggregate"
    if first.updates != second.updates and is_before(first, second):
        return "updated"
    if gap >= 0:
        return "day_disputed" if is_one_target(first, second) else "day_next"
    if first.vague or second.vague:
        return "vague"
    return time_reported(first, second) if first.reported or second.reported else "day_same"


def is_before(first: Card, second: Card) -> bool:
    """Of a growing toll and another telling, the other comes two days or more before it."""
    later, other = (first, second) if first.updates else (second, first)
    return later.end - other.end >= 2 * HOURS


def time_reported(first: Card, second: Card) -> str:
    """Two undated reports of one day likely tell of one day, those of neighbouring days perhaps."""
    if not (first.reported and second.reported):
        return "day_reported"
    apart = abs(first.end - second.end)
    return "day_reported" if apart < HOURS else "reported_next" if apart < 2 * HOURS else "reported_later"


HOURS = 24.0  # of a day


def time_hourly(first: Card, second: Card, gap: float) -> str:
    """Two stated hours: the same, close, or apart, which two reports of one thing struck may be about its hour."""
    if gap < 0:
        return "hours_same"
    if gap <= limits()["hours_slack"]:
        return "hours_close"
    return "hours_disputed" if gap <= limits()["day"] and is_one_target(first, second) else "hours_apart"


def is_one_target(first: Card, second: Card) -> bool:
    """Two reports tell of one thing struck, of which few are struck, or of the very same high toll.

    What else they tell may be what they dispute.
    """
    if first.telling.document == second.telling.document or first.row or second.row:
        return False
    if first.killed is not None and first.killed == second.killed and is_many(first.killed):
        return True
    shared = first.recipient_words & second.recipient_words or first.words & second.words
    return bool(shared & kinds().objects)


def place(first: Card, second: Card, frame: Frame) -> str:
    """Where: the same place, places whose extents meet, neighbours, or an area that holds the other."""
    here, there = first.where, second.where
    if here is None or there is None:
        return place_by_name(first, second)
    if here.id is not None and here.id == there.id and not (here.offset or there.offset):
        return "vast" if here.vast else score_same(first, second, min(here.extent_km, there.extent_km))
    if is_one_anchor(here, there):
        return "same_anchor"
    distance = haversine_km(here.lat, here.lon, there.lat, there.lon)
    if here.wide or there.wide:
        held = is_held(here, there, distance)
        return "apart" if not held else "vast" if here.vast or there.vast else "holds"
    return place_by_distance(here, there, distance, frame.window_km)


def is_one_anchor(here: Where, there: Where) -> bool:
    """'Near Manbij' and 'outside Manbij': one small place that both take for a landmark."""
    small = max(here.radius_km, there.radius_km) <= limits()["anchor_km"]
    return small and here.id is not None and here.id == there.id


def place_by_name(first: Card, second: Card) -> str:
    if first.names & second.names:
        return "named_alike"
    if first.unplaced or second.unplaced:
        return "unresolved"
    return "missing" if first.group == "material" else "needless"


def place_by_distance(here: Where, there: Where, distance: float, window_km: float) -> str:
    if distance <= SAME_POINT_KM or (here.name and here.name == there.name and distance <= limits()["town_km"]):
        return score_size(max(here.extent_km, there.extent_km))
    edge = distance - here.radius_km - there.radius_km
    large, small = max(here.radius_km, there.radius_km), min(here.radius_km, there.radius_km)
    # Two vague places must lie within the smaller one, else two exact villages of one plain would always meet.
    if distance <= (large if here.exact or there.exact else small):
        return "meeting" if large <= limits()["offset_km"] else "meeting_wide"
    if edge <= 0 and not (here.exact and there.exact):
        return "overlap"
    return "beside" if edge <= window_km else "apart"


def score_same(first: Card, second: Card, extent_km: float) -> str:
    """One place in both; in a city, the quarters or sites that each names decide."""
    size = score_size(extent_km)
    if size != "same_town" or not (first.names and second.names):
        return size
    return "same_quarter" if first.names & second.names else "named_apart"


def score_size(extent_km: float) -> str:
    if extent_km <= limits()["small_km"]:
        return "same_spot"
    return "same_town" if extent_km <= limits()["wide_km"] else "holds"


def is_held(here: Where, there: Where, distance: float) -> bool:
    if here.admin1 and here.admin1 == there.admin1:
        return True
    return distance <= max(here.radius_km, there.radius_km)


def kind(first: Card, second: Card, _frame: Frame) -> str:
    """What: the category of the act and its means; some means are mistaken for one another, others are not."""
    level = score_kinds(first.kind, second.kind, first.open_to, second.open_to)
    return "disputed" if level == "rival" and is_one_target(first, second) else level


Open = frozenset[str] | None  # kinds that a word leaves open within bounds


def score_kinds(first: str, second: str, first_open: Open = None, second_open: Open = None) -> str:
    """How alike two kinds are, each 'CATEGORY' or 'CATEGORY means'; a 'bombing' is open to what is told as a blast."""
    if first == second:
        if " " in first:
            return "same_seldom" if first in kinds().seldom else "same"
        return "same_word" if first_open is not None and first_open == second_open else "unstated"
    if frozenset((first, second)) in kinds().kin:
        return "kin"
    if first.partition(" ")[0] != second.partition(" ")[0]:
        return "other"
    if " " in first and " " in second:
        return "rival"
    return "fitting" if second in (first_open or ()) or first in (second_open or ()) else "unstated"


def agents(first: Card, second: Card, frame: Frame) -> str:
    """Who acted: the same actor, its force or its ally, another one, or roles exchanged as in an answer."""
    ours, theirs = first.agents, second.agents
    registry = frame.registry
    level = score_actors(ours, theirs, registry)
    if level in {"same", "part"}:
        return level
    if is_crossed(first, second, registry):
        return "same" if first.mutual or second.mutual else "swapped"
    if level == "differ" and is_one_target(first, second):
        return "disputed"
    if level == "differ":
        return "allies" if any(registry.allied(one, two) for one in ours for two in theirs) else "differ"
    if level == "alike" or first.agent_words & second.agent_words:
        return "alike"
    return "otherwise" if is_called_otherwise(first, second) else "unknown"


def is_called_otherwise(first: Card, second: Card) -> bool:
    """One writer in one voice names the same people the same way: 'warplanes' are not the 'fighters' of before."""
    one, two = first.telling, second.telling
    return one.document == two.document and not first.row and bool(first.agent_words and second.agent_words)


def is_crossed(first: Card, second: Card, registry: Registry) -> bool:
    """Each acts on whom the other has acting."""
    there = score_actors(first.agents, second.recipients, registry)
    back = score_actors(first.recipients, second.agents, registry)
    return there in AGREEING and back in AGREEING


AGREEING = frozenset({"same", "part", "alike"})


def recipients(first: Card, second: Card, frame: Frame) -> str:
    """Whom or what it struck: the same actor or object, a part of it, or another."""
    if first.mutual and second.mutual and is_same_pair(first, second):
        return "same_pair"
    level = score_actors(first.recipients, second.recipients, frame.registry)
    if level in {"same", "part"}:
        return "same_object" if is_one_target(first, second) else level
    if (first.mutual or second.mutual) and is_crossed(first, second, frame.registry):
        return "same"
    if level == "differ" and first.group == "diplomatic":
        return "differ_talks"
    if is_other_fight(first, second, frame.registry):
        return "differ"
    alike = score_target_words(first, second)
    return alike if alike is not None else level


def score_target_words(first: Card, second: Card) -> str | None:
    """How alike the targets are called, None when they are not."""
    shared = first.recipient_words & second.recipient_words
    if shared & kinds().objects:
        return "alike_object"
    if shared:
        return "alike_closely" if len(shared) > 1 else "alike"
    elsewhere = first.telling.document != second.telling.document
    return "object_told" if elsewhere and first.words & second.words & kinds().objects else None


def is_same_pair(first: Card, second: Card) -> bool:
    """Two or more named people talk, the same in both tellings."""
    ours = first.agents | first.recipients
    return len(ours) > 1 and ours == second.agents | second.recipients


def is_other_fight(first: Card, second: Card, registry: Registry) -> bool:
    """Of two fights without direction, one side is the same and the other is another."""
    if first.recipients or second.recipients or min(len(first.agents), len(second.agents)) < 2:
        return False
    shared = first.agents & second.agents
    return score_actors(first.agents - shared, second.agents - shared, registry) == "differ"


def score_actors(ours: AbstractSet[str], theirs: AbstractSet[str], registry: Registry) -> str:
    if not ours or not theirs:
        return "unknown"
    shared = ours & theirs
    if shared:
        return "alike" if all(registry.vague(each) for each in shared) else "same"
    if any(registry.related(one, two) or registry.party(one) == registry.party(two) for one in ours for two in theirs):
        return "part"
    return "differ"


def figures(first: Card, second: Card, _frame: Frame) -> str:
    """How many were killed: the same toll, ranges that meet, or tolls apart."""
    ours, theirs = first.killed, second.killed
    if ours is None or theirs is None:
        return "unknown"
    if first.losses and second.losses and first.losses != second.losses:
        return "unknown"  # each side's dead
    low, other_low = ours.low or 0, theirs.low or 0
    if is_growing(first, second, low, other_low) or is_growing(second, first, other_low, low):
        return "grown"
    if ours == theirs and low == ours.high and low > 0:
        return "same_many" if low >= 5 else "same" if low >= 3 else "meeting"
    high = ours.high if ours.high is not None else FAR
    other_high = theirs.high if theirs.high is not None else FAR
    if low <= other_high and other_low <= high:
        # 'At least 11' and 'at least 20' meet, and say nothing of each other.
        return "unknown" if FAR in (high, other_high) and max(low, other_low) > 1.5 * min(low, other_low) else "meeting"
    top, bottom = max(low, other_low), min(high, other_high)
    return "far" if top > 3 * max(bottom, 1) else "differ"


FAR = 10**9


def is_many(told: Range) -> bool:
    """An exact toll of five or more: seldom that of two acts."""
    return told.low == told.high and (told.low or 0) >= 5


def is_growing(later: Card, earlier: Card, count: int, before: int) -> bool:
    """A toll told as having grown, from no less than a third of it."""
    return later.updates and later.end >= earlier.end and 0 < before <= count <= 3 * before


def course(first: Card, second: Card, _frame: Frame) -> str:
    """Whether it is told as one more: 'renewed', 'another', 'clashes continue' tell of an act after others."""
    if first.telling.document == second.telling.document:
        return "unknown"
    return "further" if first.further or second.further else "unknown"


LEAST_WORDS = 4  # fewer are shared by chance
LEAST_SHARED, MANY_SHARED = 3, 5  # details: beyond act, place, calendar and the words of the trade


def words(first: Card, second: Card, _frame: Frame) -> str:
    """In which words: near-copies, many or few telling words shared, those of kind, place and people left out."""
    if first.telling.document == second.telling.document:
        return "unknown"
    if len(first.words) >= 8 and jaccard(first.words, second.words) >= 0.75:
        return "copied"
    details = len(first.details & second.details)
    # One house words its bulletins of different days alike.
    if details >= LEAST_SHARED and first.telling.family != second.telling.family:
        return "details" if details < MANY_SHARED else "details_many"
    if min(len(first.telling_words), len(second.telling_words)) < LEAST_WORDS:
        return "unknown"
    shared = containment(first.telling_words, second.telling_words)
    return "many" if shared >= 0.6 else "some" if shared >= 0.34 else "few"


def document(first: Card, second: Card, _frame: Frame) -> str:
    """In which report: a sentence going on about the one before, a report copied or credited, rows of one data set."""
    one, two = first.telling, second.telling
    if first.row and second.row and one.family == two.family:
        return "rows"
    if one.document != two.document:
        if first.root == second.root or is_taken(one, two) or is_taken(two, one):
            return "copy"
        return score_credit(first, second)
    if one.claim == second.refers_to or two.claim == first.refers_to:
        return "elliptic"
    between = find_gap(first, second)
    return "sentence" if between < 0 else "passage" if between <= limits()["passage"] else "same"


def score_credit(first: Card, second: Card) -> str:
    """Whether the one credits the other's publisher, or both credit the same one."""
    ours, theirs = first.credited, second.credited
    if not ours and not theirs:
        return "other"
    one, two = first.telling, second.telling
    if two.source in ours or two.family in ours or one.source in theirs or one.family in theirs:
        return "credited"
    return "credit_shared" if ours & theirs else "other"


def is_taken(later: Telling, earlier: Telling) -> bool:
    """Whether the one's words are taken from where the other's stand, or both from one place."""
    if later.taken_from is None:
        return False
    if later.taken_from.document == earlier.document:
        return later.taken_from.span.overlaps(earlier.span)
    other = earlier.taken_from
    return (
        other is not None and other.document == later.taken_from.document and other.span.overlaps(later.taken_from.span)
    )


def find_gap(first: Card, second: Card) -> int:
    """Characters between two claims of one report, negative where they overlap."""
    one, two = first.telling.span, second.telling.span
    return max(one.start, two.start) - min(one.end, two.end)


# Those that forbid most come first: most pairs end there.
FEATURES: tuple[Feature, ...] = (document, time, place, kind, agents, recipients, figures, words, course)


def compare(first: Card, second: Card, frame: Frame) -> Comparison:
    """All the evidence on one pair; stops at the first piece that forbids the join."""
    table = weights()
    score, against = table["decision", "prior"].weight, 0.0
    found: list[Weight] = []
    for feature in FEATURES:
        piece = table[feature.__name__, feature(first, second, frame)]
        found.append(piece)
        if piece.weight == FORBIDDEN:
            return Comparison(score=FORBIDDEN, against=FORBIDDEN, evidence=(piece,))
        score += piece.weight
        if piece.level not in UNINFORMATIVE:
            against += min(0.0, piece.weight)
    return Comparison(score=round(score, ROUNDED), against=round(against, ROUNDED), evidence=tuple(found))


# Silence lowers the odds of a join, yet contradicts nothing.
UNINFORMATIVE = frozenset({"missing", "unknown", "vast"})


def explain(comparison: Comparison) -> str:
    """The pieces that weighed, strongest first: 'the same village or facility; the same day'."""
    return explain_levels(tuple((each.feature, each.level) for each in comparison.evidence))


@lru_cache(maxsize=65536)
def explain_levels(levels: tuple[tuple[str, str], ...]) -> str:
    """The same from (feature, level) pairs."""
    weighed = [weights()[each] for each in levels if weights()[each].weight != 0]
    weighed.sort(key=lambda each: (-abs(each.weight), each.feature))
    return "; ".join(each.reason for each in weighed)
