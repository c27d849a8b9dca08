"""What kind of event a telling tells of, as far as its words say: no more than 'attack' where they say 'attack'."""

from dataclasses import replace
from functools import lru_cache

from truceline.fuse.policy import find_means, kinds, name_means
from truceline.fuse.sums import parse_sum
from truceline.kit.near import content_words
from truceline.model.claim import EventType, Mood
from truceline.model.telling import Telling

# A bulletin's count of violations accuses somebody of many acts and tells of none.
TALLY = EventType(plover="ACCUSE", mode="allege", acled=None, cameo="196")


def settle_kind(telling: Telling) -> EventType:
    """The kind of event as far as its words tell it.

    'Hit' and 'attack' tell no means, whatever mode they came with; 'air strikes killed' tells it by who acts;
    '15 violations: 11 in Aleppo …' is a count.
    """
    event = telling.event
    if (event.plover is None or event.cameo == TALLY.cameo) and is_tally(telling):
        return TALLY
    if event.plover != "ASSAULT":
        return event
    if event.mode in kinds().generic_modes and telling.trigger.casefold() in kinds().generic:
        event = replace(event, mode=None, acled=None, cameo="190")
    if event.mode is not None or name_means(event) is not None:
        return event
    acting = " ; ".join(each.words for each in (*telling.agents, *telling.instruments))
    return find_means(acting) or event


def is_tally(telling: Telling) -> bool:
    return telling.mood is Mood.ASSERTION and telling.factuality > 0 and counts_violations(telling.quote)


@lru_cache(maxsize=1024)
def counts_violations(sentence: str) -> bool:
    """It gives a number of violations and then its parts."""
    return bool(content_words(sentence) & kinds().counted) and parse_sum(sentence) is not None
