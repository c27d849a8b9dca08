"""What the register shows of each source: its letter as given, its record, and what that does to the letter."""

from collections.abc import Iterator
from dataclasses import dataclass

from truceline.model.record import TrackRecord
from truceline.model.source import Source
from truceline.model.view import View
from truceline.publish.lookup import Lookup, look_up
from truceline.publish.page import render
from truceline.publish.words import RELIABILITY_WORDS

SERVED_WORDS = {
    "own": "claims that serve its own side",
    "against": "claims against its own side",
    "neither": "claims that serve neither",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One record as shown: over which claims, and how they fared."""

    which: str
    incidents_count: int
    confirmed_count: int
    contradicted_count: int
    open_count: int
    share: str
    counting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """One source with its letters and its family's records. `others` are the other sources of its family."""

    id: str
    name: str
    given: str
    letter: str
    letter_spelled: str
    reason: str
    record: str
    owner: str
    others: tuple[str, ...]
    rows: tuple[RecordRow, ...]


def source_cards(lookup: Lookup) -> tuple[SourceCard, ...]:
    """Every source of the mission, those with most incidents first."""
    counted = {each.family: each.incidents for each in lookup.view.records if not each.kind and not each.served}
    letters = {each.source: each for each in lookup.view.letters}
    listed = sorted(lookup.sources.values(), key=lambda each: (-counted.get(each.family, 0), each.family, each.id))
    return tuple(card_of_source(each, lookup) for each in listed if each.id in letters)


def card_of_source(source: Source, lookup: Lookup) -> SourceCard:
    letter = next(each for each in lookup.view.letters if each.source == source.id)
    family = [each for each in lookup.sources.values() if each.family == source.family and each.id != source.id]
    return SourceCard(
        id=source.id,
        name=source.name,
        given=letter.given,
        letter=letter.letter,
        letter_spelled=RELIABILITY_WORDS[letter.letter],
        reason=source.reason,
        record=letter.words,
        owner=lookup.actor_name(source.actor) if source.actor is not None else "",
        others=tuple(sorted(each.name for each in family)),
        rows=tuple(row_of_record(each) for each in lookup.view.records if each.family == source.family),
    )


def row_of_record(record: TrackRecord) -> RecordRow:
    kind = f"{record.kind.capitalize()} incidents" if record.kind else ""
    return RecordRow(
        which=kind or SERVED_WORDS.get(record.served, "all claims"),
        incidents_count=record.incidents,
        confirmed_count=record.confirmed,
        contradicted_count=record.contradicted,
        open_count=record.incidents - record.confirmed - record.contradicted,
        share="none decided" if record.low is None else f"{record.low:.0%} to {record.high:.0%}",
        counting=record.counting,
    )


def sources_page(lookup: Lookup, *, documents: frozenset[str]) -> str:
    """The page of all sources."""
    return render("sources.html", lookup, here="sources", documents=documents, cards=source_cards(lookup))


def explain_source(source: Source, view: View) -> Iterator[str]:
    """The same for one source, line by line; the view holds records and letters."""
    card = card_of_source(source, look_up(view))
    yield f"{card.name}  {card.id}"
    yield f"letter   {card.given} as the mission gives it: {card.reason}"
    yield f"record   {card.record}"
    yield f"letter now {card.letter}, {card.letter_spelled}"
    if card.owner:
        yield f"belongs to {card.owner}"
    if card.others:
        yield f"one origin with {', '.join(card.others)}"
    for row in card.rows:
        counted = f"{row.confirmed_count} confirmed, {row.contradicted_count} contradicted, {row.open_count} open"
        mark = "  (counts for the letter)" if row.counting else ""
        yield f"  {row.which}: {row.incidents_count} told, {counted}; share confirmed {row.share}{mark}"
    if not card.rows:
        yield "  it asserts no incident of this register"
