"""Places in doubt: chosen over close runners-up, named in words no gazetteer knows, or told by nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from truceline.model.incident import Incident
from truceline.model.place import Candidate, Toponym
from truceline.model.review import ItemKind
from truceline.model.ruling import Proposal, Ruling
from truceline.model.telling import Telling
from truceline.review.duplicates import describe, shorten
from truceline.review.holdings import Holdings, counted
from truceline.review.items import REJECTED, Item, Needs, Option, name_item
from truceline.review.policy import Stakes, policy, weigh
from truceline.review.words import fold_words, word_place, write_place

CORRECT = Option(key="c", words="correct: another place", ruling=Ruling.PLACE, needs=Needs.PLACE)
UNDECIDABLE = Option(key="u", words="cannot be determined", ruling=Ruling.PLACE)
RUNNERS_UP = 5


@dataclass(slots=True)
class Doubt:
    """Claims whose place is in doubt alike, and what they hang together by."""

    words: str
    place: Toponym
    told: list[tuple[str, Telling]] = field(default_factory=list)  # with the incident
    decided: list[str] = field(default_factory=list)  # claims of the same words that a person decided on

    @property
    def incidents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(incident for incident, _ in self.told))


def find_groundings(holdings: Holdings) -> Iterator[Item]:
    """Every group of claims with one doubt, then incidents of which nobody tells where they were."""
    known = find_known_places(holdings)
    for (words, chosen), doubt in gather_doubts(holdings).items():
        if doubt.told:
            yield ask_which(holdings, doubt, known, key=(words, chosen))
    for incident in holdings.incidents.values():
        told = holdings.told[incident.id]
        if incident.place is None and not any(each.place or each.scene for each in told):
            item = ask_where(holdings, incident)
            if item is not None:
                yield item


def find_known_places(holdings: Holdings) -> Mapping[str, Toponym]:
    """Every place that the register's tellings were resolved to, by id: a runner-up may be among them."""
    places = (place for told in holdings.told.values() for each in told for place in (each.place, each.scene))
    return {each.id: each for each in places if each is not None and each.id is not None}


def gather_doubts(holdings: Holdings) -> dict[tuple[str, str], Doubt]:
    """Doubts by the folded words and the place chosen."""
    doubts: dict[tuple[str, str], Doubt] = {}
    for incident, told in holdings.told.items():
        for each in told:
            place = each.place or each.scene
            if place is None:
                continue
            ruled = each.ruled_on(Ruling.PLACE)
            words = holdings.written(each, place)
            key = fold_words(words), write_place(place) if ruled is None else ruled.machine
            if ruled is None and not is_doubtful(place):
                continue
            doubt = doubts.setdefault(key, Doubt(words, place))
            if ruled is None:
                doubt.told.append((incident, each))
            else:
                doubt.decided.append(each.claim)
    return doubts


def is_doubtful(place: Toponym) -> bool:
    """Not resolved, less than sure, or with a close runner-up."""
    table = policy()["grounding"]
    close = any(each.chance >= table["close"]["chance"] for each in place.runners_up)
    return place.id is None or close or place.chance < table["sure"]["chance"]


def ask_which(holdings: Holdings, doubt: Doubt, known: Mapping[str, Toponym], *, key: tuple[str, str]) -> Item:
    place, claims = doubt.place, tuple(each.claim for _, each in doubt.told)
    kind = ItemKind.PLACE if place.id is None else ItemKind.GROUNDING
    chance, because = chance_of_change(holdings, doubt, kind)
    stakes = Stakes(
        incidents=len(doubt.incidents), claims=len(claims), verdicts=holdings.hang_on_place(doubt.incidents)
    )
    weight = weigh(stakes, chance, because)
    accepted = None if place.id is None else place
    accept = f"accept: {word_place(place)}"
    return Item(
        id=name_item(kind, *key),
        kind=kind,
        question=f"Which place is “{doubt.words}” in {counted(len(claims), 'claim')}? "
        f"{shorten(doubt.told[0][1].quote)}",
        proposal=Proposal(
            value=write_place(place),
            words=word_place(place),
            reasons=tuple(each for each in (place.reason, f"chance {place.chance:.0%}" if place.id else "") if each),
            runners_up=tuple(f"{each.id}: {each.name}, {each.chance:.0%}" for each in place.runners_up),
        ),
        options=(
            Option(key="a", words=accept, ruling=Ruling.CONFIRM, about=Ruling.PLACE, place=accepted),
            *offer_runners_up(place.runners_up, known),
            CORRECT,
            *(() if place.id is None else (UNDECIDABLE,)),
            REJECTED,
        ),
        incidents=doubt.incidents,
        claims=claims,
        words=(doubt.words,),
        chance=round(chance, 3),
        weight=weight.amount,
        weight_reason=weight.reason,
        reopened=word_decided(doubt.decided, doubt.words),
    )


def word_decided(decided: list[str], words: str) -> str:
    """Why claims with words that were decided before are asked about: they came since."""
    if not decided:
        return ""
    return f"“{words}” was decided on in {counted(len(decided), 'claim')}; these were not among them"


def chance_of_change(holdings: Holdings, doubt: Doubt, kind: ItemKind) -> tuple[float, str]:
    if kind is ItemKind.PLACE:
        chance = holdings.learned.chance(kind, policy()["place"]["named"]["chance"])
        return chance, f"words that no gazetteer knows are often on a map{holdings.learned.word(kind)}"
    places = [each.place or each.scene or doubt.place for _, each in doubt.told]
    sure = sum(each.chance for each in places) / len(places)
    return 1 - sure, f"the reader is {sure:.0%} sure of it"


def offer_runners_up(candidates: tuple[Candidate, ...], known: Mapping[str, Toponym]) -> Iterator[Option]:
    """The runners-up by number; one that the register holds nowhere has to be looked up by its id."""
    for number, each in enumerate(candidates[:RUNNERS_UP], start=1):
        place = known.get(each.id)
        needs = Needs.PLACE if place is None else Needs.NOTHING
        words = f"{each.name if place is None else word_place(place)}, {each.chance:.0%}"
        yield Option(key=str(number), words=words, ruling=Ruling.PLACE, needs=needs, value=each.id, place=place)


def ask_where(holdings: Holdings, incident: Incident) -> Item | None:
    """Where an incident was of which no telling says it; None where people already said that of all of them."""
    told = [each for each in holdings.told[incident.id] if each.ruled_on(Ruling.PLACE) is None]
    if not told:
        return None
    chance = holdings.learned.chance(ItemKind.GROUNDING, policy()["grounding"]["unplaced"]["chance"])
    stakes = Stakes(incidents=1, claims=len(told), verdicts=holdings.hang_on_place((incident.id,)))
    weight = weigh(stakes, chance, f"the rest of a report may tell it{holdings.learned.word(ItemKind.GROUNDING)}")
    return Item(
        id=name_item(ItemKind.GROUNDING, incident.id),
        kind=ItemKind.GROUNDING,
        question=f"Where was {describe(holdings, incident)}? {shorten(told[0].quote)}",
        proposal=Proposal(value="", words="cannot be determined: no telling names a place"),
        options=(
            Option(key="a", words="accept: cannot be determined", ruling=Ruling.CONFIRM, about=Ruling.PLACE),
            CORRECT,
            REJECTED,
        ),
        incidents=(incident.id,),
        claims=tuple(each.claim for each in told),
        chance=round(chance, 3),
        weight=weight.amount,
        weight_reason=weight.reason,
    )
