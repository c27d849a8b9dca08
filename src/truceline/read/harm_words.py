"""The words of harm as patterns: what tells killed and injured, and who they were (vocab/cues/en_harm.toml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from truceline.model.quantity import Status
from truceline.read.quantities_words import one_of, tables


class Kind(StrEnum):
    KILLED = "killed"
    INJURED = "injured"
    EITHER = "either"  # 'casualties', 'killed and wounded 16'
    TOLL = "toll"


AUXILIARY = r"(?:was|were|is|are|has\s+been|have\s+been|had\s+been|being|been|got)"
# Words that end a noun phrase.
STOP = (
    r"(?:and|or|in|on|at|by|of|from|near|with|for|to|as|after|before|during|when|while|who|whom|which|that|inside|"
    r"outside|is|are|was|were|has|have|had|be|been|being|amid|under|over|into|than)\b"
)
_LATER = r"(?:yesterday|today|tonight|overnight|early|late|there|here|alone|then|also|\w+ly|\w+day)\b"
_DETERMINER = r"(?:an?|another|the|his|her|its|their|one\s+other|a\s+further)"
_PLURALS = frozenset({"children", "schoolchildren", "police", "troops", "townspeople", "townsfolk", "wives"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`telling` finds every word that tells harm, `kinds` says what it tells."""

    stems: tuple[str, ...]
    telling: re.Pattern[str]
    kinds: dict[str, Kind]
    of_people: frozenset[str]
    only_after_number: frozenset[str]
    only_before_number: frozenset[str]
    part_of: re.Pattern[str]
    part_after: re.Pattern[str]
    back: frozenset[str]
    verbs: frozenset[str]
    toll: re.Pattern[str]
    rising: re.Pattern[str]
    raising: re.Pattern[str]
    raised_to: re.Pattern[str]
    so_far: re.Pattern[str]
    out_of: re.Pattern[str]
    reaching: re.Pattern[str]
    collective: re.Pattern[str]
    things: frozenset[str]
    none: re.Pattern[str]
    no_deaths: frozenset[str]
    no_injuries: frozenset[str]
    civil: re.Pattern[str]
    status: re.Pattern[str]
    statuses: dict[str, tuple[Status, ...]]
    following: re.Pattern[str]
    predicate: re.Pattern[str]
    members: re.Pattern[str]
    bodies: re.Pattern[str]
    bodies_status: dict[str, Status]
    single: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def words() -> Words:
    """The tables of en_harm.toml, compiled once."""
    known = tables("en_harm")
    kinds = {word: Kind.KILLED for words in known["killed"].values() for word in words}
    kinds |= dict.fromkeys(known["killed_of"]["words"], Kind.KILLED)
    kinds |= dict.fromkeys(known["casualties"]["words"], Kind.EITHER)
    kinds |= {word: Kind.INJURED for words in known["injured"].values() for word in words}
    kinds |= dict.fromkeys(known["casualties"]["nouns"], Kind.EITHER)
    statuses = _statuses(known["status"])
    status = one_of(list(statuses))
    bodies = {word: Status(name) for name, words in known["members"].items() if name != "words" for word in words}
    civil = [*known["civilians"]["words"], *(word for word, kinds in statuses.items() if set(kinds) & CIVIL)]
    persons = [word for word in (*known["person"]["words"], *statuses) if _is_singular(word)]
    back = known["back"]
    are = (
        r"(?:\s*(?:,\s*)?"
        r"(?:who|which|are|were|was|is|being|said\s+to\s+be|believed\s+to\s+be|reportedly|identified\s+as))*"
    )
    return Words(
        **_tellings(known, kinds),
        things=frozenset(known["things"]["words"]),
        none=re.compile(rf"(?<!\w){one_of(known['none']['words'])}(?!\w)", re.IGNORECASE),
        no_deaths=frozenset(known["none"]["no_deaths"]),
        no_injuries=frozenset(known["none"]["no_injuries"]),
        civil=re.compile(rf"(?<!\w){one_of(civil)}(?!\w)", re.IGNORECASE),
        status=re.compile(rf"(?<!\w){status}(?!\w)", re.IGNORECASE),
        statuses=statuses,
        following=re.compile(rf"{are}\s+(?:(?!{STOP})\w+\s+){{0,2}}?(?P<status>{status})(?!\w)", re.IGNORECASE),
        predicate=re.compile(
            rf"\s+(?:are|were|was|is)\s+(?:(?!{STOP})\w+\s+){{0,2}}?(?P<status>{status})(?!\w)", re.IGNORECASE
        ),
        members=re.compile(rf"(?<!\w){one_of(known['members']['words'])}\Z", re.IGNORECASE),
        bodies=re.compile(
            rf"\s+(?:of|from|in)\s+(?:(?!{STOP})[\w“”\"’'-]+\s+){{0,4}}?(?P<body>{one_of(list(bodies))})(?!\w)",
            re.IGNORECASE,
        ),
        bodies_status=bodies,
        single=re.compile(
            rf"(?<!\w){_DETERMINER}\s+(?:(?!{STOP}|{_DETERMINER}\b|{one_of(list(kinds))}\b)[\w’'-]+\s+){{0,4}}?"
            rf"{one_of(persons)}(?![\w-])"
            rf"(?!\s+(?!{STOP}|{AUXILIARY}\b|{_LATER}|{one_of(list(kinds))}\b)\w)",  # 'a rebel faction'
            re.IGNORECASE,
        ),
        whole=re.compile(
            rf"(?<!\w)(?:(?P<all>{one_of(back['all'])})|(?P<rest>{one_of(back['rest'])})|(?P<mostly>{one_of(back['mostly'])}))"
            rf"(?:\s+(?:of\s+)?(?:them|whom|the\s+dead|the\s+victims|the\s+wounded|the\s+injured))?"
            rf"{are}\s+(?:(?!{STOP})\w+\s+){{0,2}}?(?P<status>{status}(?P<also>\s+(?:and|or)\s+{status})?)(?!\w)",
            re.IGNORECASE,
        ),
    )


def _tellings(known: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """The words that tell of deaths and injuries, of tolls and their growth: the first half of `Words`."""
    back, toll = known["back"], known["toll"]
    raising, raised = one_of(toll["raising"]), one_of(toll["raised"])
    return {
        "telling": re.compile(
            rf"(?<![^\W\d])(?:{one_of(known['killed_of']['nouns'])}(?:\s+by\s+[^,.;:]{{1,40}}?)?\s+(?:of|against)\b"
            rf"|و?{one_of(list(kinds))}(?![^\W\d]))",  # '6killed' too
            re.IGNORECASE,
        ),
        "stems": _stems([*kinds, *known["killed_of"]["nouns"], *toll["words"], *known["none"]["words"]]),
        "kinds": kinds,
        "of_people": frozenset(known["killed"]["of_people"]),
        "only_after_number": frozenset(known["order"]["number_precedes"]),
        "only_before_number": frozenset(known["order"]["number_follows"] + known["killed_of"]["words"]),
        "part_of": re.compile(rf"(?<!\w){one_of(known['part_of']['words'])}:?\s*(?:\w+\s+)?\Z", re.IGNORECASE),
        "part_after": re.compile(rf"\s+{one_of(known['part_after']['words'])}(?!\w)", re.IGNORECASE),
        "verbs": frozenset(word for word in known["killed"]["words"] if word != "dead"),
        "back": frozenset(word.split()[-1] for word in back["words"]),
        "toll": re.compile(rf"(?<!\w){one_of(toll['words'])}(?!\w)", re.IGNORECASE),
        "rising": re.compile(
            rf"(?<!\w)({one_of(toll['risers'])})\b[^.;:,…]{{0,60}}?\b{one_of(toll['rising'])}\s+(?:from|to)\b",
            re.IGNORECASE,
        ),
        "raising": re.compile(
            rf"(?<!\w){raising}\s+(?:the|their|its)\s+(?:(?:total|overall)\s+)?({raised})(?!\w)", re.IGNORECASE
        ),
        "raised_to": re.compile(rf"(?<!\w){raising}\s+to\s+\Z", re.IGNORECASE),
        "so_far": re.compile(rf"[^.;:…]{{0,60}}?(?<!\w){one_of(toll['so_far'])}(?!\w)", re.IGNORECASE),
        "out_of": re.compile(rf"(?<!\w){one_of(toll['out_of'])}\s+\Z", re.IGNORECASE),
        "reaching": re.compile(rf"(?:\A\s*|:\s*|(?<!\w){one_of(toll['reaching'])}\s+)\Z", re.IGNORECASE),
        "collective": re.compile(rf"(?<!\w){one_of(known['collective']['words'])}(?!\w)", re.IGNORECASE),
    }


# Whoever is one of these is a civilian, whether or not the words say so.
CIVIL = frozenset({Status.CIVILIAN, Status.CHILD, Status.WOMAN, Status.MEDIC, Status.JOURNALIST, Status.AID_WORKER})


def _statuses(table: dict[str, list[str]]) -> dict[str, tuple[Status, ...]]:
    found: dict[str, tuple[Status, ...]] = {}
    for name, listed in table.items():
        for word in listed:
            found[word] = (*found.get(word, ()), Status(name))
    return found


_TOO_COMMON = frozenset({"number", "total", "civilian", "civilians", "down", "his", "her", "their"})


def _stems(listed: list[str]) -> tuple[str, ...]:
    """A few letters of each, one of which every sentence holds that tells harm; the shortest stand for the longer."""
    longest = {max((word for word in each.split() if word not in _TOO_COMMON), key=len)[:5] for each in listed}
    found: list[str] = []
    for word in sorted(longest, key=lambda each: (len(each), each)):
        if not any(stem in word for stem in found):
            found.append(word)
    return tuple(found)


def tells_harm(sentence: str) -> bool:
    """Whether a sentence may tell harm: cheap to ask, so that most need not be read."""
    lowered = sentence.lower()
    return any(stem in lowered for stem in words().stems)


def _is_singular(word: str) -> bool:
    return not word.endswith(("s", "men", "staff")) and word not in _PLURALS


def statuses_in(worded: str) -> tuple[Status, ...]:
    """The statuses that words give, in the order of the list of statuses."""
    found = {each for match in words().status.findall(worded) for each in words().statuses[_written(match)]}
    return tuple(each for each in Status if each in found)


def _written(worded: str) -> str:
    return " ".join(worded.lower().split())


@cache
def casualties_of(publisher: str | None) -> Kind:
    """What 'casualties' are in the words of a publisher: killed or injured, unless its desk means the killed."""
    if publisher is not None:
        for usage in tables("en_harm")["usage"]:
            if publisher.casefold() in {each.casefold() for each in usage["publishers"]}:
                return Kind(usage["casualties"])
    return Kind.EITHER
