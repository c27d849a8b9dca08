"""Who does what a statement counts: names of the mission's actors as subjects, as adjectives and behind 'by'."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from truceline.model.actor import Actor, ActorKind

# Verbs after which a subject is a speaker, not a doer.
SPEAKS = re.compile(
    r"\W*(?:[\w’'-]+ ){0,3}?(?:said|says|reported|reports|noted|announced|stated|added|claimed|confirmed|warned|told"
    r"|complained|insisted|predicted|expects?|judged|logged|counted|recorded|registered|statement|spokes\w+|ministry)\b",
    re.IGNORECASE,
)
# What may stand between the beginning of a clause and its subject, or between an adjective and what is counted.
LEAD = re.compile(r"^\W*(?:[\w\s]{0,40}?(?:, |that |\x01+[, ]*))?(?:the |some |more |further )?$", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:'s|’s)\b")
NEAR_WORDS = 2
AGENT_REACH = 60  # letters behind what is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Every name of every actor, folded, and the adjectives of states."""

    by_name: Mapping[str, str]
    pattern: re.Pattern[str]


def compile_names(actors: Iterable[Actor], adjectives: Mapping[str, str]) -> Names:
    """`adjectives`: adjective of nationality -> ISO country code; each stands for the state's own actor."""
    by_name: dict[str, str] = {}
    for actor in actors:
        if actor.kind in {ActorKind.MEDIA, ActorKind.PERSON, ActorKind.NGO, ActorKind.CIVILIANS, ActorKind.ROLE}:
            continue
        for name in (actor.name, *actor.aliases, *(each.name for each in actor.names)):
            by_name.setdefault(name.casefold().removeprefix("the "), actor.id)
    states = {each.country: each.id for each in actors if each.kind is ActorKind.STATE and each.country}
    for adjective, country in adjectives.items():
        if country in states:
            by_name.setdefault(adjective.casefold(), states[country])
    longest_first = sorted(by_name, key=len, reverse=True)
    pattern = "|".join(re.escape(each) for each in longest_first) or "(?!)"
    return Names(by_name=by_name, pattern=re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE))


def find_doer(clause: str, counted: tuple[int, int], names: Names, others: Sequence[int] = ()) -> str | None:
    """The actor that the clause has do what stands at the offsets `counted`; None where it names none.

    `others` are where other acts stand: a subject before one of them is that one's.
    """
    for match in names.pattern.finditer(clause):
        if SPEAKS.match(clause[match.end() :]) or match.start() >= counted[1] + AGENT_REACH:
            continue
        if any(match.end() <= other < counted[0] for other in others):
            continue
        if is_doer(clause, match, counted):
            return names.by_name[match[0].casefold()]
    return None


def is_doer(clause: str, match: re.Match[str], counted: tuple[int, int]) -> bool:
    """A subject, 'by' somebody, or an adjective right before what is counted."""
    ahead, behind = clause[: match.start()], clause[match.end() : counted[0]]
    if match.start() >= counted[0]:
        return re.search(r"\bby (?:the )?$", ahead) is not None
    if LEAD.match(ahead) and not POSSESSIVE.match(clause, match.end()):
        return True
    is_close = len(behind.split()) <= NEAR_WORDS and re.fullmatch(r"[\w -]*", behind) is not None
    return is_close and not re.search(r"\b(?:on|against|of|in|near|at) (?:the )?$", ahead)
