"""Numbers of one telling that do not go together, as notes of their own with the numbers in them."""

import re
from collections.abc import Iterator, Sequence

from truceline.fuse.cards import Card
from truceline.fuse.sums import NOT_A_COUNT, parse_sum
from truceline.kit.numerals import NUMERAL, parse_numeral
from truceline.model.incident import SumNote


def find_sum_notes(cards: Sequence[Card]) -> tuple[SumNote, ...]:
    """Numbers of one telling that do not go together, each once with every claim that tells it."""
    found: dict[tuple[str, int, int], tuple[tuple[tuple[int, str], ...], list[str]]] = {}
    for card in sorted(cards, key=lambda each: each.telling.claim):
        for what, stated, added, parts in find_off(card):
            found.setdefault((what, stated, added), (parts, []))[1].append(card.telling.claim)
    return tuple(
        SumNote(
            what=what,
            stated=stated,
            added=added,
            parts=parts,
            claims=tuple(dict.fromkeys(claims)),
            words=WORDS[what].format(stated=f"{stated:,}", added=f"{added:,}"),
        )
        for (what, stated, added), (parts, claims) in sorted(found.items())
    )


WORDS = {
    "sum": "{stated} stated as the total, {added} by adding up its parts",
    "part": "{added} told as a part of {stated}",
}
Off = tuple[str, int, int, tuple[tuple[int, str], ...]]


def find_off(card: Card) -> Iterator[Off]:
    """Totals that their parts do not make, parts that are larger than their whole."""
    if card.row:
        return
    found = parse_sum(card.telling.quote)
    if found is not None and found.is_off:
        yield "sum", found.stated, found.added, found.parts
    told = card.telling.quote
    for each in OF_WHOM.finditer(told) if " of them" in told or " of whom" in told else ():
        whole, part = parse_numeral(each["whole"]), parse_numeral(each["part"])
        if part > whole:
            yield "part", whole, part, ((part, " ".join(each.group().split())),)
    yield from find_statuses_off(card)


def find_statuses_off(card: Card) -> Iterator[Off]:
    """More children among the dead than dead."""
    harm = card.telling.harm
    if harm is None:
        return
    for total, by_status in ((harm.killed, harm.killed_by), (harm.injured, harm.injured_by)):
        for each in by_status:
            if total is not None and total.high is not None and (each.count.low or 0) > total.high:
                yield "part", total.high, each.count.low or 0, ((each.count.low or 0, each.status.value),)


# 'twelve were killed, fifteen of them children': a part that its own sentence calls one.
OF_WHOM = re.compile(
    rf"(?<![-–:.\d])\b(?!no\b)(?P<whole>{NUMERAL})\b{NOT_A_COUNT}[^.:;\d]{{1,60}}?[,(]?\s*"
    rf"(?:(?P<part>{NUMERAL}) of (?:them|whom)\b)",
    re.IGNORECASE,
)
