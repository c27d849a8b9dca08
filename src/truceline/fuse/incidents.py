"""The stage's work in one place: tellings to incidents, and one telling against the incidents there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor

from truceline.errors import Dropped
from truceline.fuse.cards import HOUR, Card, lay_out
from truceline.fuse.cluster import Clustering, find_clusters
from truceline.fuse.compare import Comparison, Frame, compare, explain
from truceline.fuse.kinds import TALLY, settle_kind
from truceline.fuse.policy import limits, weights
from truceline.fuse.refer import is_anchored, is_bare, link_references
from truceline.fuse.registry import arrange
from truceline.fuse.settle import settle
from truceline.fuse.worthy import find_bar
from truceline.model.actor import Actor
from truceline.model.incident import Incident, Stance
from truceline.model.source import Source
from truceline.model.telling import Telling

DENIES_NOTHING = "denies what no telling asserts"
DENIES_SEVERAL = "denies, without a place, what several incidents could be"
BARE = "mentions an event again without telling anything of it"
ADRIFT = "names neither place nor actor, and nothing near it that it could go on about"
COUNTED = "the same count, told by another word of its sentence"
OLDER = "an older version of its document"
TOLD_TWICE = "the same claim came twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """Incidents by time, and every telling that is in none of them with the reason."""

    incidents: tuple[Incident, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An incident one telling could belong to, how likely (log-odds), and why."""

    incident_id: str
    score: float
    reasons: tuple[str, ...]


def fuse(
    tellings: Sequence[Telling],
    *,
    window_hours: float,
    window_km: float,
    sources: Sequence[Source] = (),
    actors: Sequence[Actor] = (),
) -> Fusion:
    """Incidents out of tellings, the same whatever order they come in.

    `sources` give reliability and ownership, `actors` membership and sides; without them every source is
    ungraded and every actor stands alone. Denials join the incidents they deny and make none of their own.
    """
    frame = Frame(window_hours=window_hours, window_km=window_km, registry=arrange(sources, actors))
    kept, dropped = sift(tellings)
    cards = link_references([lay_out(each) for each in kept], frame)
    told = [each for each in cards if each.stance is not Stance.DENIES]
    bare = [Dropped(id=each.telling.claim, reason=BARE) for each in told if is_bare(each)]
    clustering = find_clusters([each for each in told if not is_bare(each)], frame)
    adrift = drop_adrift(clustering)
    denials, homeless = place_denials([each for each in cards if each.stance is Stance.DENIES], clustering)
    firsts = find_firsts(tellings)
    incidents = [
        settle_group(members, clustering, denials[group], firsts) for group, members in clustering.members.items()
    ]
    incidents.sort(key=lambda each: (each.start is None, each.start.timestamp() if each.start else 0.0, each.id))
    return Fusion(incidents=tuple(incidents), dropped=(*dropped, *bare, *adrift, *homeless))


def sift(tellings: Sequence[Telling]) -> tuple[list[Telling], list[Dropped]]:
    """Tellings that may become incidents, by claim id, and why the others may not."""
    kept: dict[str, Telling] = {}
    latest: dict[str, int] = {}
    for telling in tellings:
        latest[telling.document] = max(telling.version, latest.get(telling.document, 0))
    counted: set[tuple[str, str]] = set()
    dropped: list[Dropped] = []
    # Sorted by id: the smallest claim names the incident, and no arrival order shows.
    for telling in sorted(tellings, key=lambda each: (each.claim, -each.version, each.document)):
        older = telling.version < latest[telling.document]
        bar = OLDER if older else TOLD_TWICE if telling.claim in kept else find_bar(telling)
        if bar is None and settle_kind(telling) is TALLY:
            bar = COUNTED if (telling.document, telling.quote) in counted else None
            counted.add((telling.document, telling.quote))
        if bar is not None:
            dropped.append(Dropped(id=telling.claim, reason=bar))
        else:
            kept[telling.claim] = telling
    return list(kept.values()), dropped


def drop_adrift(clustering: Clustering) -> list[Dropped]:
    """Takes out the groups of which nothing says where they were or who was in them."""
    cards, frame = clustering.cards, clustering.frame
    groups = clustering.members.items()
    adrift = [group for group, members in groups if not any(is_anchored(cards[at], frame) for at in members)]
    gone = [at for group in adrift for at in clustering.members.pop(group)]
    return [Dropped(id=cards[at].telling.claim, reason=ADRIFT) for at in sorted(gone)]


def find_firsts(tellings: Iterable[Telling]) -> dict[str, Telling]:
    """A telling of each document: whom a copied text goes back to."""
    firsts: dict[str, Telling] = {}
    for telling in sorted(tellings, key=lambda each: (each.document, -each.version, each.claim)):
        firsts.setdefault(telling.document, telling)
    return firsts


def settle_group(
    members: Sequence[int],
    clustering: Clustering,
    denials: Sequence[tuple[Card, Comparison]],
    firsts: Mapping[str, Telling],
) -> Incident:
    cards = [clustering.cards[at] for at in members]
    reasons = {clustering.cards[at].telling.claim: explain_member(at, members, clustering) for at in members}
    reasons |= {card.telling.claim: f"denies it: {explain(comparison)}" for card, comparison in denials}
    return settle([*cards, *(card for card, _ in denials)], reasons, clustering.frame, firsts)


def explain_member(at: int, members: Sequence[int], clustering: Clustering) -> str:
    """Why a telling is in its group: the evidence of its strongest link."""
    others = [other for other in members if other != at]
    if not others:
        return "the only telling"
    best = max(others, key=lambda other: (clustering.look(at, other).score, -other))
    return explain(clustering.look(at, best))


def place_denials(
    denials: Sequence[Card], clustering: Clustering
) -> tuple[defaultdict[int, list[tuple[Card, Comparison]]], list[Dropped]]:
    """Denials by the group they deny. One that names a place denies every act there that fits it; one that does
    not must fit a single act."""
    placed: defaultdict[int, list[tuple[Card, Comparison]]] = defaultdict(list)
    dropped: list[Dropped] = []
    by_day = file_by_day(clustering.cards) if denials else {}
    for denial in denials:
        fitting = find_denied(denial, clustering, by_day) if is_particular(denial) else {}
        if not fitting:
            dropped.append(Dropped(id=denial.telling.claim, reason=DENIES_NOTHING))
        elif denial.where is None and len(fitting) > 1 and not is_clear(fitting):
            dropped.append(Dropped(id=denial.telling.claim, reason=DENIES_SEVERAL))
        else:
            best = max(each.score for each in fitting.values())
            for group, comparison in fitting.items():
                if comparison.score > best - 0.5:
                    placed[group].append((denial, comparison))
    return placed, dropped


def is_particular(denial: Card) -> bool:
    """It denies something one could find: somebody's act, or one against somebody, or at a place."""
    placed = denial.where is not None and not denial.where.wide
    return placed or bool(denial.agents or denial.recipients or denial.recipient_words)


def is_clear(fitting: Mapping[int, Comparison]) -> bool:
    """One candidate stands out: at least e times as likely as the next."""
    first, second, *_ = sorted((each.score for each in fitting.values()), reverse=True)
    return first - second >= 1.0


def file_by_day(cards: Sequence[Card]) -> dict[tuple[str, int], list[int]]:
    filed: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        if card.start is not None:
            for day in range(floor(card.start / 24), floor(card.end / 24) + 1):
                filed[card.group, day].append(at)
    return filed


def find_denied(
    denial: Card, clustering: Clustering, by_day: Mapping[tuple[str, int], Sequence[int]]
) -> dict[int, Comparison]:
    """Groups a denial fits, each with the comparison to its best member."""
    if denial.start is None:
        return {}
    since = floor((denial.start - limits()["denial"]) / 24)
    candidates = {at for day in range(since, floor(denial.end / 24) + 1) for at in by_day.get((denial.group, day), ())}
    best: dict[int, Comparison] = {}
    for at in sorted(candidates):
        if is_same_voice(denial, clustering.cards[at]):
            continue
        group = clustering.group_of[at]
        if group not in clustering.members:
            continue
        comparison = compare_denial(denial, clustering.cards[at], clustering.frame)
        if comparison.score < weights()["decision", "denial"].weight:
            continue
        if group not in best or comparison.score > best[group].score:
            best[group] = comparison
    return best


def is_same_voice(denial: Card, card: Card) -> bool:
    """Nobody denies in one report what he says in it: 'attacked and failed to advance' tells how it went."""
    same_report = denial.telling.document == card.telling.document
    return same_report and denial.telling.chain == card.telling.chain


def compare_denial(denial: Card, telling: Card, frame: Frame) -> Comparison:
    """As two tellings are compared, but a denial comes later than the act and need not say where."""
    reaching = reach_back(denial)
    comparison = compare(reaching, telling, frame)
    if denial.where is None and not comparison.forbidden:
        return replace(comparison, score=comparison.score - weights()["place", "missing"].weight)
    return comparison


def reach_back(denial: Card) -> Card:
    """The denial, with a time that holds the days before it unless it states the day denied."""
    if not denial.reported or denial.start is None:
        return denial
    return replace(denial, start=denial.start - limits()["denial"] + limits()["late"])


def match(
    telling: Telling,
    incidents: Sequence[Incident],
    tellings: Mapping[str, Telling] | Iterable[Telling],
    *,
    window_hours: float,
    window_km: float,
    actors: Sequence[Actor] = (),
) -> list[Match]:
    """Incidents one telling could belong to, the likeliest first; none for what tells no event.

    `tellings` are the register's, by claim id or in any order. A denial is matched to what it denies.
    """
    if find_bar(telling) is not None:
        return []
    by_claim = tellings if isinstance(tellings, Mapping) else {each.claim: each for each in tellings}
    frame = Frame(window_hours=window_hours, window_km=window_km, registry=arrange((), actors))
    card = lay_out(telling)
    near = [each for each in incidents if is_within_reach(card, each, frame)]
    found = [match_one(card, incident, by_claim, frame) for incident in near]
    return sorted((each for each in found if each is not None), key=lambda each: (-each.score, each.incident_id))


def is_within_reach(card: Card, incident: Incident, frame: Frame) -> bool:
    """Near enough in time to be worth comparing: most incidents of a register are not."""
    if card.start is None or incident.start is None or incident.end is None:
        return True
    reach = frame.window_hours + limits()["denial"] + limits()["late"]
    return incident.start.timestamp() / HOUR - reach < card.end and card.start < incident.end.timestamp() / HOUR + reach


def match_one(card: Card, incident: Incident, by_claim: Mapping[str, Telling], frame: Frame) -> Match | None:
    """A match when the telling fits one version and is at odds with none."""
    denies = card.stance is Stance.DENIES
    told = [
        lay_out(by_claim[each.claim])
        for each in incident.versions
        if each.stance is not Stance.DENIES and each.claim in by_claim and each.claim != card.telling.claim
    ]
    compared = [compare_denial(card, each, frame) if denies else compare(card, each, frame) for each in told]
    if not compared:
        return None
    best = max(compared, key=lambda each: each.score)
    needed = weights()["decision", "denial" if denies else "join"].weight
    if best.score < needed or (not denies and any(each.conflicts for each in compared)):
        return None
    return Match(incident_id=incident.id, score=best.score, reasons=tuple(explain(best).split("; ")))
