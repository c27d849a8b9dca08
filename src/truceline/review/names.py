"""Words that ground to nobody: actors that no list of the mission knows, by their wording."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from truceline.model.actor import Actor
from truceline.model.attribution import SpeakerKind
from truceline.model.review import ItemKind
from truceline.model.ruling import Proposal, Ruling
from truceline.model.telling import Role, Speaker, Telling
from truceline.review.duplicates import shorten
from truceline.review.groundings import word_decided
from truceline.review.holdings import Holdings, counted
from truceline.review.items import REJECTED, Item, Needs, Option, name_item
from truceline.review.policy import Stakes, policy, weigh
from truceline.review.words import ARTICLES, NOBODY, fold_words

SUGGESTED, ALIKE = 3, 80  # actors of the mission offered for a name, and how alike (0 to 100) their spelling must be
MOST_WORDS = 8  # longer ones are clauses, and name nobody
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "who", "which", "that", "this", "these", "those", "him", "them"}
)


@dataclass(slots=True)
class Unknown:
    """Claims in which the same words ground to nobody, and whether they are said to have acted."""

    words: str
    named: bool
    told: list[tuple[str, Telling]] = field(default_factory=list)  # with the incident
    acting: set[str] = field(default_factory=set)  # incidents in which they are said to have acted
    decided: list[str] = field(default_factory=list)

    @property
    def incidents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(incident for incident, _ in self.told))


def find_new_actors(holdings: Holdings) -> Iterator[Item]:
    """Names over the whole register; who is only described ('the factions'), in each report by itself."""
    places, names = find_place_names(holdings), find_names(holdings.view.mission.actors)
    for key, unknown in gather_unknown(holdings, places).items():
        if unknown.told:
            yield ask_who(holdings, unknown, key, names)


def find_place_names(holdings: Holdings) -> frozenset[str]:
    """What places are called: a place struck is nobody to be found."""
    mission = holdings.view.mission.places
    names = {name for each in mission for name in (each.name, *each.aliases)}
    for told in holdings.told.values():
        for each in told:
            places = (place for place in (each.place, each.scene) if place is not None)
            names |= {name for place in places for name in (place.name or "", holdings.written(each, place))}
    return frozenset(map(fold_words, names))


def gather_unknown(holdings: Holdings, places: frozenset[str]) -> dict[tuple[str, ...], Unknown]:
    found: dict[tuple[str, ...], Unknown] = {}
    for incident, told in holdings.told.items():
        for telling in told:
            for each in find_askable(telling, places):
                folded, named = fold_words(each.words), is_name(each.words, telling.quote)
                key = (folded,) if named else (folded, telling.document)
                unknown = found.setdefault(key, Unknown(each.words, named))
                if is_decided(telling, folded):
                    unknown.decided.append(telling.claim)
                elif all(one.claim != telling.claim for _, one in unknown.told):
                    unknown.told.append((incident, telling))
                if each in telling.agents:
                    unknown.acting.add(incident)
    return found


def is_decided(telling: Telling, folded: str) -> bool:
    return any(each.about is Ruling.ACTOR and fold_words(each.words) == folded for each in telling.ruled)


def find_askable(telling: Telling, places: frozenset[str]) -> Iterator[Role | Speaker]:
    """Who is said to have acted, whoever is named as struck, and speakers by name, as far as nobody is known."""
    named = [each for each in telling.recipients if is_name(each.words, telling.quote)]
    speakers = [each for each in telling.chain if each.kind == SpeakerKind.NAMED.value]
    everybody: tuple[Role | Speaker, ...] = (*telling.agents, *named, *speakers)
    for each in everybody:
        folded = fold_words(each.words)
        known = each.actor is not None and not is_decided(telling, folded)
        struck = each not in telling.agents
        if not known and is_somebody(each.words, telling.quote) and not is_of_place(folded, places, anywhere=struck):
            yield each


def is_somebody(words: str, quote: str) -> bool:
    """Words, and whole ones ('Farah' of 'al-Farah' is not), that are no pronoun, number or clause."""
    folded = fold_words(words)
    broken = f"-{words}" in quote or f"{words}-" in quote
    spelt = any(each.isalpha() for each in folded)
    return spelt and not broken and folded not in PRONOUNS and len(folded.split()) <= MOST_WORDS


def is_of_place(folded: str, places: frozenset[str], *, anywhere: bool) -> bool:
    """A place's name, or words that end in one ('the village of al-Fuah'); or that hold one `anywhere` in them."""
    words = folded.split()
    ends = range(1, len(words) + 1) if anywhere else (len(words),)
    return any(" ".join(words[at:end]) in places for end in ends for at in range(end))


def is_name(words: str, quote: str) -> bool:
    """Its last word has a capital that does not only begin the sentence, or is a body's ('the Murad brigade').

    Words of a script without capitals may be a name. 'Iran-backed militiamen' are described, not named.
    """
    if words.upper() == words.lower():
        return True
    parts = words.split()
    before = quote.partition(words)[0].rstrip(" “\"'")
    begins = len(parts) == 1 and (not before or before[-1] in ".!?…:;")
    head = len(parts) - 1
    if head and parts[head].casefold() in policy()["actor"]["bodies"]["words"]:
        head -= 1
    return parts[head][:1].isupper() and not begins and parts[head].casefold() not in ARTICLE_WORDS


ARTICLE_WORDS = frozenset(each.strip() for each in ARTICLES)


def ask_who(holdings: Holdings, unknown: Unknown, key: tuple[str, ...], names: Mapping[str, Actor]) -> Item:
    claims = tuple(each.claim for _, each in unknown.told)
    acting = [each for each in unknown.incidents if each in unknown.acting]
    table = policy()["actor"]["named" if unknown.named else "described"]
    chance = holdings.learned.chance(ItemKind.ACTOR, table["chance"])
    stakes = Stakes(incidents=len(unknown.incidents), claims=len(claims), verdicts=holdings.hang_on_doer(acting))
    weight = weigh(stakes, chance, f"{table['reason'].rstrip('.')}{holdings.learned.word(ItemKind.ACTOR)}")
    return Item(
        id=name_item(ItemKind.ACTOR, *key),
        kind=ItemKind.ACTOR,
        question=f"Whom does “{unknown.words}” mean in {counted(len(claims), 'claim')}? "
        f"{shorten(unknown.told[0][1].quote)}",
        proposal=Proposal(value="", words=f"{NOBODY}: no list of the mission holds these words"),
        options=(
            Option(key="a", words=f"accept: {NOBODY}", ruling=Ruling.CONFIRM, about=Ruling.ACTOR),
            *suggest(unknown.words, names),
            Option(key="c", words="correct: an actor", ruling=Ruling.ACTOR, needs=Needs.ACTOR),
            REJECTED,
        ),
        incidents=unknown.incidents,
        claims=claims,
        words=(unknown.words,),
        chance=round(chance, 3),
        weight=weight.amount,
        weight_reason=weight.reason,
        reopened=word_decided(unknown.decided, unknown.words),
    )


def find_names(actors: Sequence[Actor]) -> dict[str, Actor]:
    """Everything the mission's actors are called, folded; of one name the first listed bears it."""
    return {
        fold_words(name): actor
        for actor in reversed(actors)
        for name in (*actor.aliases, *(each.name for each in actor.names), actor.name)
    }


def suggest(words: str, names: Mapping[str, Actor]) -> Iterator[Option]:
    """Actors with a name nearly like it, the likest first."""
    alike = process.extract(fold_words(words), names.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=SUGGESTED * 2)
    likest = dict.fromkeys(names[name].id for name, *_ in alike)
    called = {names[name].id: names[name].name for name, *_ in alike}
    for number, actor in enumerate(list(likest)[:SUGGESTED], start=1):
        yield Option(key=str(number), words=called[actor], ruling=Ruling.ACTOR, actor=actor)
