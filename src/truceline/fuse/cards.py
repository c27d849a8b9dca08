"""A telling laid out for comparing: numbers and sets instead of records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from truceline.fuse.kinds import is_toll, settle_kind
from truceline.fuse.policy import find_group, kinds, limits, name_means
from truceline.fuse.worthy import parse_stance
from truceline.kit.near import EMPTY, content_words, find_words, fold_loosely
from truceline.kit.numerals import VALUES
from truceline.model.claim import EventType
from truceline.model.incident import Stance
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Range, Status
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import Basis, When

HOUR = 3600.0

# Extent of a place whose toponym states none, in km.
USUAL_RADIUS_KM = {
    Precision.POINT: 1.0,
    Precision.SETTLEMENT: 3.0,
    Precision.NEAR: 10.0,
    Precision.AREA: 20.0,
    Precision.ADMIN2: 30.0,
    Precision.ADMIN1: 80.0,
    Precision.COUNTRY: 400.0,
    Precision.REGION: 1000.0,
}
WIDE = frozenset({Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY, Precision.REGION})


@dataclass(slots=True, eq=False)
class Where:
    """A resolved place: `wide` when it says no more than a district; `extent_km` is its radius, or a village's usual
    one where only the spot of the village is in doubt.
    """

    id: str | None
    name: str
    lat: float
    lon: float
    radius_km: float
    extent_km: float
    wide: bool
    vast: bool
    offset: bool
    exact: bool
    admin1: str


@dataclass(slots=True, eq=False)
class Card:
    """`start` and `end` are hours since 1970, end exclusive; `reported`: only the publication dates it.

    `unplaced`: a place is named that no gazetteer knows. `names` are proper names in place and target beside the
    resolved place's. `losses` says whose fighters were killed, empty where others were or nobody says. `refers_to` is
    the claim of the same report that this one goes on about. `further`: told as one more act or as going on;
    `updates`: the report tells of a toll that grew, so that what it tells of may lie days back.
    """

    telling: Telling
    event: EventType
    stance: Stance
    group: str
    kind: str
    mutual: bool
    start: float | None
    end: float
    reported: bool
    where: Where | None
    unplaced: bool
    place_name: str
    agents: frozenset[str]
    recipients: frozenset[str]
    agent_words: frozenset[str]
    recipient_words: frozenset[str]
    killed: Range | None
    losses: str
    names: frozenset[str]
    row: bool
    root: str
    further: bool = False
    updates: bool = False
    credited: frozenset[str] = frozenset()
    refers_to: str | None = None

    @property
    def words(self) -> frozenset[str]:
        """Those that say something. None for a row: its text is mostly column names, its headline covers more."""
        return frozenset() if self.row else content_words_of(self.telling.quote)

    @property
    def telling_words(self) -> frozenset[str]:
        """The words beyond those of kind, place, people and trade."""
        told = content_words_of(self.telling.trigger) | frozenset(self.place_name.split())
        return self.words - told - self.agent_words - self.recipient_words - kinds().common

    @property
    def details(self) -> frozenset[str]:
        """The words that few tellings of the same day share: what was hit, who was there."""
        return find_details(self.words - self.agent_words, self.telling, self.place_name)

    @property
    def place(self) -> Toponym | None:
        """The place it names, or that its report is set in."""
        return self.telling.place or self.telling.scene

    @property
    def happened(self) -> When | None:
        """The time it states, or that of its report; what only the publication tells where there is no other."""
        return self.telling.scene_time or self.telling.happened

    @property
    def settled(self) -> bool:
        """It names a settlement, rather than a site or an area."""
        return self.place is not None and self.place.precision is Precision.SETTLEMENT

    @property
    def open_to(self) -> frozenset[str] | None:
        """Kinds that its word leaves open within bounds ('bombing'); None for all other words."""
        return kinds().open.get(self.telling.trigger.casefold())

    @property
    def hourly(self) -> bool:
        return not self.reported and self.start is not None and self.end - self.start <= limits()["hours"]

    @property
    def vague(self) -> bool:
        return not self.reported and self.start is not None and self.end - self.start > limits()["day"]

    @property
    def aggregate(self) -> bool:
        return self.start is not None and self.end - self.start > kinds().aggregate_days * 24

    @property
    def category(self) -> str:
        return self.kind.partition(" ")[0]


def lay_out(telling: Telling) -> Card:
    """A card for an incident-worthy telling."""
    event = settle_kind(telling)
    group, means = find_group(event), name_means(event)
    assert group is not None
    row = bool(telling.chain) and telling.chain[0].kind == "document"
    updates = not row and tells_growth(telling.quote)
    start, end, reported = find_hours(telling, limits()["update" if updates else "late"])
    where, place_name = find_where(telling.place or telling.scene), name_place(telling)
    doers, sufferers = find_roles(telling)
    agent_words = find_role_words(doers)
    recipient_words = leave_out_vague(find_role_words(sufferers))
    return Card(
        telling=telling,
        event=event,
        stance=parse_stance(telling),
        group=group,
        kind=f"{event.plover} {means}" if means is not None else str(event.plover),
        mutual=bool(content_words(telling.trigger) & kinds().mutual),
        start=start,
        end=end,
        reported=reported,
        where=where,
        unplaced=telling.place is not None and where is None,
        place_name=place_name,
        agents=find_actors(doers, telling.chain),
        recipients=find_actors(sufferers, ()),
        agent_words=agent_words,
        recipient_words=recipient_words,
        killed=telling.harm.killed if telling.harm is not None else None,
        losses=find_side(telling),
        names=find_names(telling, where),
        row=row,
        root=telling.copied_from or telling.document,
        credited=find_credited(telling),
        further=not row and tells_further(telling.quote, telling.trigger),
        updates=updates and reported,
    )


def find_credited(telling: Telling) -> frozenset[str]:
    """Sources and publishers that a brief text credits with what it tells."""
    traces = telling.traces
    if traces is None or not traces.brief or not traces.credits:
        return frozenset()
    return frozenset(each.name for each in traces.credits)


@lru_cache(maxsize=4096)
def content_words_of(quote: str) -> frozenset[str]:
    """Worked out as asked, for some thousand tellings at a time: kept for all, words would take most of the memory."""
    return frozenset(words_of(quote)) - EMPTY


@lru_cache(maxsize=4096)
def words_of(quote: str) -> tuple[str, ...]:
    """Every word in order, for the few tellings in hand: each is asked for its words several times."""
    return tuple(find_words(quote))


def find_details(words: frozenset[str], telling: Telling, place_name: str) -> frozenset[str]:
    """The words of a telling that few tellings of the same day share: what was hit, who was there."""
    named = [each.words for each in telling.recipients if each.actor is not None]
    spoken = [each.words for each in telling.chain]
    told = content_words_of(" ".join((telling.trigger, place_name, *named, *spoken)))
    return frozenset(each for each in words - words_of_trade() - told if not each[0].isdigit())


@lru_cache(maxsize=1)
def words_of_trade() -> frozenset[str]:
    return kinds().common | kinds().generic | kinds().means_words | kinds().pronouns


def find_roles(telling: Telling) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """Who acts and who suffers: those of whom a word only tells that they died do nothing."""
    if is_toll(telling):
        return (), (*telling.recipients, *telling.agents)
    # 'Turkish guns did not fire': whose weapon it was.
    armed = () if any(each.actor is not None for each in telling.agents) else telling.instruments
    return (*telling.agents, *(each for each in armed if each.actor is not None)), telling.recipients


def find_side(telling: Telling) -> str:
    """'soldier' or 'fighter' where only such were killed."""
    told = [] if telling.harm is None else [each.status for each in telling.harm.killed_by]
    return str(told[0]) if len(told) == 1 and told[0] in {Status.SOLDIER, Status.FIGHTER} else ""


def find_hours(telling: Telling, late: float) -> tuple[float | None, float, bool]:
    """(start, end, reported): a telling that states no time reaches back from its publication by `late` hours."""
    happened = telling.scene_time or telling.happened
    if happened is None or happened.start is None or happened.end is None:
        if telling.published_at is None:
            return None, 0.0, True
        published = telling.published_at.timestamp() / HOUR
        return published - late, published, True
    start, end = happened.start.timestamp() / HOUR, happened.end.timestamp() / HOUR
    if happened.basis is Basis.PUBLISHED:
        return start - late, end, True
    return start, end, False


@lru_cache(maxsize=4096)
def tells_growth(quote: str) -> bool:
    """'The death toll rose to 43', 'more casualties', 'succumbed to his wounds': an act told before."""
    words, table = frozenset(words_of(quote)), kinds().updates
    return bool(words & table.alone or (words & table.growing and words & table.counted))


@lru_cache(maxsize=4096)
def tells_further(quote: str, trigger: str) -> bool:
    """'Renewed shelling', 'clashes continue': the words beside the one that tells the act say that it is one more."""
    words, acts, table = words_of(quote), words_of(trigger), kinds().further
    if not table.anywhere.isdisjoint(words):
        return True
    places = [at for at, word in enumerate(words) if acts and word == acts[0]]
    return any(not table.words.isdisjoint(words[max(0, at - table.before) : at + table.after + 1]) for at in places)


def find_where(place: Toponym | None) -> Where | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    precision = place.precision or Precision.AREA
    radius = place.radius_km if place.radius_km is not None else USUAL_RADIUS_KM[precision]
    return Where(
        id=place.id,
        name=fold_loosely(place.name or ""),
        lat=place.lat,
        lon=place.lon,
        radius_km=radius,
        extent_km=min(radius, limits()["small_km"]) if is_small(place, precision) else radius,
        wide=precision in WIDE or radius > limits()["wide_km"],
        vast=precision in {Precision.COUNTRY, Precision.REGION},
        offset=precision is Precision.NEAR,
        exact=precision in {Precision.POINT, Precision.SETTLEMENT},
        admin1=fold_loosely(place.admin1 or ""),
    )


def is_small(place: Toponym, precision: Precision) -> bool:
    """A village, a quarter or a facility, however surely its spot is known: one name means one small place."""
    return place.kind in kinds().small_places and precision in {Precision.POINT, Precision.SETTLEMENT}


def name_place(telling: Telling) -> str:
    """The place's name folded: the gazetteer's, or the words of the text where none is known."""
    place = telling.place
    if place is None:
        return fold_loosely(telling.scene.name or "") if telling.scene is not None else ""
    since, until = place.span.start - telling.span.start, place.span.end - telling.span.start
    written = telling.quote[since:until] if since >= 0 else ""
    return fold_loosely(place.name or written)


def find_names(telling: Telling, where: Where | None) -> frozenset[str]:
    """Proper names of quarters and sites: 'Midan' of 'the Midan district', not the city it lies in."""
    told = [each.words for each in telling.recipients if each.actor is None]
    found = {word for words in told for word in PROPER.findall(words)}
    found |= {name for each in QUARTER.finditer(telling.quote) for name in each.groups() if name is not None}
    names = {name for word in found for name in fold_loosely(word).split()}
    if telling.place is not None and where is None:
        names |= set(name_place(telling).split())
    known = set(where.name.split()) | set(where.admin1.split()) if where is not None else set()
    return frozenset(names - known - kinds().pronouns - COUNTING)


QUARTER = re.compile(
    r"\b((?:al-|el-)?[A-Z][\w'’-]+) (?:district|neighbou?rhood|quarter)\b"
    r"|\b(?:district|neighbou?rhood|quarter) of ((?:al-|el-)?[A-Z][\w'’-]+)"
)
PROPER = re.compile(r"\b(?:al-|el-)?[A-Z][\w'’-]+")


def find_actors(roles: Sequence[Role], chain: Sequence[Speaker]) -> frozenset[str]:
    """Actors of the roles; in what somebody says, 'it' and 'its aircraft' are his."""
    found = tuple(each.actor for each in roles if each.actor is not None)
    speaker = chain[-1].actor if chain else None
    if speaker is not None and not found and any(is_own(each.words) for each in roles):
        found = (speaker,)
    return one_set(found)


@lru_cache(maxsize=65536)
def one_set(names: tuple[str, ...]) -> frozenset[str]:
    """Equal sets are one: most claims share theirs with many."""
    return frozenset(names)


def is_own(words: str) -> bool:
    return words.casefold().partition(" ")[0] in kinds().own


def find_role_words(roles: Sequence[Role]) -> frozenset[str]:
    """Content words of the roles; '20 militants' and 'militants' are called alike, and 'it' is no name."""
    return content_of(tuple(each.words for each in roles))


@lru_cache(maxsize=65536)
def leave_out_vague(words: frozenset[str]) -> frozenset[str]:
    return words - kinds().vague


@lru_cache(maxsize=65536)
def content_of(told: tuple[str, ...]) -> frozenset[str]:
    found = {word for each in told for word in content_words(fold_loosely(each)) if not word.isdigit()}
    return one_set(tuple(sorted(found - kinds().pronouns - COUNTING)))


# Numerals and their company: no likeness of names.
COUNTING = frozenset(("least", "dozens", "several", "number", *VALUES))
