"""What kind of event a telling tells of, as far as its words say: no more than 'attack' where they say 'attack'."""

from dataclasses import replace
from functools import lru_cache

from truceline.fuse.policy import find_kind_codes, find_means, kinds, name_means
from truceline.fuse.sums import parse_sum
from truceline.kit.near import content_words
from truceline.model.claim import EventType, Mood
from truceline.model.ruling import Ruling
from truceline.model.telling import Telling

# A bulletin's count of violations accuses somebody of many acts and tells of none.
TALLY = EventType(plover="ACCUSE", mode="allege", acled=None, cameo="196")

# People killed or hurt, by a word that tells no act ('twelve dead'): somebody's act, nobody says which.
TOLL = EventType(plover="ASSAULT", mode=None, acled=None, cameo="190")


def settle_kind(telling: Telling) -> EventType:
    """The kind of event as far as its words tell it.

    'Hit' and 'attack' tell no means, whatever mode they came with; 'air strikes killed' tells it by who acts;
    '15 violations: 11 in Aleppo …' is a count. A kind that a person decided is that kind.
    """
    event = telling.event
    if telling.ruled_on(Ruling.KIND) is not None:
        return event
    if is_toll(telling):
        return find_means(telling.quote) or TOLL
    if is_denied(telling) and telling.trigger.casefold() in kinds().flying:
        return find_kind_codes("airstrike")  # who denies having flown denies having bombed
    if (event.plover is None or event.cameo == TALLY.cameo) and is_tally(telling):
        return TALLY
    if event.plover != "ASSAULT":
        return event
    if event.mode in kinds().generic_modes and telling.trigger.casefold() in kinds().generic:
        event = replace(event, mode=None, acled=None, cameo="190")
    if name_means(event) not in {None, "destroy"}:
        return event
    acting = " ; ".join(each.words for each in (*telling.agents, *telling.instruments))
    return find_means(acting) or find_means(words_before(telling)) or event


NEAR_WORDS = 3  # 'opposition shelling killed 14', 'air strikes reportedly killed'


def words_before(telling: Telling) -> str:
    """The words right before the trigger: with what a killing was done, where the reading has only by whom."""
    before, found, _ = telling.quote.partition(f" {telling.trigger}")
    return " ".join(before.split()[-NEAR_WORDS:]) if found else ""


def is_denied(telling: Telling) -> bool:
    return telling.mood is Mood.DENIAL or telling.negated or telling.factuality < 0


def is_toll(telling: Telling) -> bool:
    """It tells people killed or hurt, without an act, and without a cause in which nobody acted."""
    harm = telling.harm
    if telling.event.plover is not None or harm is None or (harm.killed is None and harm.injured is None):
        return False
    return not content_words(telling.quote) & kinds().mishaps


def tells_none(telling: Telling) -> bool:
    """'Nobody was hurt': a number, and no denial of an act; 'they did not return fire, nobody was hurt' denies one."""
    harm = telling.harm
    if is_denied(telling) and any(each.actor is not None for each in telling.agents):
        return False
    told = [] if harm is None else [each for each in (harm.killed, harm.injured) if each is not None]
    return bool(told) and all(each.high == 0 for each in told)


def is_tally(telling: Telling) -> bool:
    return telling.mood is Mood.ASSERTION and telling.factuality > 0 and counts_violations(telling.quote)


@lru_cache(maxsize=1024)
def counts_violations(sentence: str) -> bool:
    """It gives a number of violations and then its parts."""
    return bool(content_words(sentence) & kinds().counted) and parse_sum(sentence) is not None
