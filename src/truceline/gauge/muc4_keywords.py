"""The plain reader beside the MUC-4 scores: keywords for the type, the nearest listed words for the participants."""

import re
from collections.abc import Iterator
from typing import Any

from truceline.gauge.case import ContractReading, empty_reading
from truceline.model.document import Document

TYPES = {
    "kidnapping": (r"kidnap\w*|abduct\w*", "abduct"),
    "bombing": (r"bomb(?:ed|ing|ings|s)?|explo(?:sion|sions|ded)|dynamited?", "explosives"),
    "arson": (r"arson|burned|set fire", "destroy"),
    "attack": (r"attack(?:s|ed)?|murder(?:s|ed)?|kill(?:ed|ing)|assassinat\w*|ambush\w*|shot", None),
}
PERPETRATORS = re.compile(
    r"\b(?:(?:[a-z-]+ ){0,1}(?:guerrillas?|terrorists?|rebels?|gunmen|individuals|assassins?|soldiers|members)|"
    r"[a-z]+ (?:front|army|cartel|movement|forces))\b",
    re.IGNORECASE,
)
WEAPONS = re.compile(
    r"\b(?:car bombs?|bombs?|dynamite|explosives?|grenades?|rockets?|rifles?|machine ?guns?|mortars?|pistols?)\b",
    re.IGNORECASE,
)
# What stands behind the keyword up to the next small word or mark.
BEHIND = re.compile(
    r"\s*(?:of|on|against|at|in)?\s*(?:the|an?)?\s*((?:[\w'-]+\s){0,4}?[\w'-]+)(?=\s(?:in|at|on|by|who|and|of|near|with|last)\b|[.,;]|$)",
    re.IGNORECASE,
)


def read_by_keywords(document: Document) -> ContractReading:
    """The first keyword of each type makes one claim, with what stands nearest in its sentence."""
    claims = []
    for pattern, mode in TYPES.values():
        match = re.search(rf"\b(?:{pattern})\b", document.text, re.IGNORECASE)
        if match is not None:
            claims.append(_claim(document.text, match, mode))
    return {**empty_reading(document), "claims": claims}


def _claim(text: str, trigger: re.Match[str], mode: str | None) -> dict[str, Any]:
    start, end = _sentence(text, trigger.start())
    behind = BEHIND.match(text, trigger.end(), end)
    return {
        "event": {
            "start": trigger.start(),
            "end": trigger.end(),
            "text": trigger[0],
            "plover": "ASSAULT",
            "mode": mode,
            "acled": None,
        },
        "mood": "assertion",
        "factuality": 3.0,
        "negated": False,
        "agents": list(_nearest(PERPETRATORS, text, start, end, trigger.start())),
        "recipients": [] if behind is None else [_words(text, *behind.span(1))],
        "instruments": list(_nearest(WEAPONS, text, start, end, trigger.start())),
        "place": None,
        "time": None,
        "harm": {"killed": {"low": 1, "high": 1}, "injured": None, "killed_civilians": {"low": 1, "high": 1}},
    }


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(". ", 0, at) + 1, 0)
    end = text.find(". ", at)
    return start, len(text) if end < 0 else end


def _nearest(pattern: re.Pattern[str], text: str, start: int, end: int, at: int) -> Iterator[dict[str, Any]]:
    found = [match.span() for match in pattern.finditer(text, start, end)]
    if found:
        yield _words(text, *min(found, key=lambda span: abs(span[0] - at)))


def _words(text: str, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end], "actor": None}
