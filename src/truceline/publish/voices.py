"""In words: what a speaker goes by, how the author stands to it, by when it can be judged, whose a loaded word is."""

from collections.abc import Iterator, Sequence
from datetime import timedelta, tzinfo
from typing import assert_never

from truceline.model.claim import Claim, Commitment, Evidence, Horizon
from truceline.model.mention import Label
from truceline.model.telling import Telling
from truceline.publish.words import day_words

SHARED = 1.5  # at or above: a voice stands behind it; the middle between FactBank's 'possible' and 'probable'


def said_besides(told: Claim | Telling, zone: tzinfo) -> str:
    """'the author shares it · on video · due by …' as far as it is said; '' where nothing is."""
    return " · ".join(each for each in _besides(told, zone) if each)


def _besides(told: Claim | Telling, zone: tzinfo) -> Iterator[str]:
    yield author_words(told.stances)
    yield evidence_words(told.evidence)
    yield "" if told.horizon is None else horizon_words(told.horizon, zone)


def author_words(stances: Sequence[Commitment]) -> str:
    """How the author stands to what others say; '' where he leaves it open or speaks himself."""
    if len(stances) < 2 or stances[0].factuality == 0:
        return ""
    author, speaker = stances[0].factuality, stances[-1].factuality
    if (author > 0) != (speaker > 0):
        return "the author calls it untrue" if abs(author) >= SHARED else "the author stands back from it"
    return "the author shares it"


def evidence_words(evidence: Evidence) -> str:
    match evidence:
        case Evidence.SAW:
            return "as seen by the speaker"
        case Evidence.HEARD:
            return "as heard by the speaker"
        case Evidence.TOLD:
            return "as the speaker was told"
        case Evidence.DOCUMENT | Evidence.VIDEO | Evidence.PHOTO | Evidence.SATELLITE | Evidence.SENSOR:
            return f"on the basis of {GROUNDS[evidence]}"
        case Evidence.INTERCEPT:
            return "on the basis of an intercept"
        case Evidence.NONE:
            return ""
        case _:
            assert_never(evidence)


GROUNDS = {
    Evidence.DOCUMENT: "a document",
    Evidence.VIDEO: "video",
    Evidence.PHOTO: "a photograph",
    Evidence.SATELLITE: "satellite pictures",
    Evidence.SENSOR: "an instrument",
}


def horizon_words(horizon: Horizon, zone: tzinfo) -> str:
    """'To be judged by 5 May 2016', the last local day; 'from … on' where no end is set."""
    if horizon.end is None:
        return f"to be judged from {day_words(horizon.start.astimezone(zone).date())} on"
    last = (horizon.end - timedelta(microseconds=1)).astimezone(zone).date()
    return f"to be judged by {day_words(last)}"


def label_words(label: Label, *, speaker: str) -> str:
    """What a pointer is told of a loaded word; `speaker` "" is the author."""
    neutral = label.neutral or "left out, nothing is lost"
    return f"loaded word ({label.kind.value}); neutral: {neutral}; {speaker or 'the author'}'s word"
