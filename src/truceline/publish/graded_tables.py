"""Agreed values, numbers that do not go together, and what became of each source's claims, as tables."""

from truceline.model.incident import Incident
from truceline.publish.cells import Cell, columns, joined, write_table
from truceline.publish.lookup import Lookup, in_order

VALUE_COLUMNS = columns(
    ("incident", "Id of the incident."),
    ("what", "killed, injured, place, hour, actor or weapon; 'killed soldier': only that side's loss."),
    ("rule", "Name of the rule by which it is agreed, or by which it is not."),
    ("rule_words", "What the rule says."),
    ("low", "Lowest that the rule allows: people, or an instant in UTC; empty: none, or no such bound."),
    ("best", "The agreed value; empty: none agreed."),
    ("high", "Highest that the rule allows; empty with a low: open upwards."),
    ("origins", "How many independent origins tell it."),
    ("told", "Every value told, each with its claims: 'value: claim, claim', separated by ' | '."),
    ("superseded", "Claims that a later report of their own origin replaced, separated by ' | '."),
)
SUM_COLUMNS = columns(
    ("incident", "Id of the incident."),
    ("what", "sum: a total that its parts do not make; part: a part larger than its whole."),
    ("stated", "The number stated."),
    ("added", "What the parts come to, or the part."),
    ("parts", "The parts with their words, separated by ' | '."),
    ("claims", "Claims that tell it, separated by ' | '."),
)
SOURCE_COLUMNS = columns(
    ("family", "Sources of one family are one origin."),
    ("source", "Name of one of its sources."),
    ("kind", "PLOVER category of the incidents counted; empty: all."),
    ("served", "own: the claim serves the source's own side; against; neither; empty: all."),
    ("incidents", "Incidents that it asserts itself."),
    ("confirmed", "Of these, asserted by an origin of no party or of another camp too."),
    ("contradicted", "Of these, not confirmed, and denied or told otherwise by an origin of no party."),
    ("confirmed_low", "Lower bound (95 %, Jeffreys) of the share confirmed among those confirmed or contradicted."),
    ("confirmed_high", "Upper bound."),
    ("counting", "yes: the record by which the letters of the family may move."),
)
LETTER_COLUMNS = columns(
    ("source", "Id of the source in sources.toml."),
    ("name", "Its name."),
    ("family", "Sources of one family are one origin."),
    ("given", "Admiralty letter that the mission gives it, a person's judgement."),
    ("letter", "The letter that its record makes of it: one step off at the most."),
    ("record", "The record in words."),
    ("reason", "The mission's reason for the letter given."),
)
GRADED_TABLES = (
    ("values.csv", VALUE_COLUMNS),
    ("sums.csv", SUM_COLUMNS),
    ("sources.csv", SOURCE_COLUMNS),
    ("letters.csv", LETTER_COLUMNS),
)


def best_of(incident: Incident, what: str) -> Cell:
    """The agreed number of people; None where none is agreed."""
    found = next((each.best for each in incident.agreed if each.what == what), None)
    return None if found is None else int(found)


def values_csv(lookup: Lookup) -> str:
    """One value of an incident a line, by incident."""
    lines: list[list[Cell]] = [
        [
            incident.id, each.what, each.rule, each.words, each.low, each.best, each.high, each.origins_count,
            joined(f"{one.value}: {', '.join(one.claims)}" for one in each.told), joined(each.superseded),
        ]
        for incident in in_order(lookup.view.incidents)
        for each in incident.agreed
    ]  # fmt: skip
    return write_table([each.name for each in VALUE_COLUMNS], lines)


def sums_csv(lookup: Lookup) -> str:
    """One pair of numbers that do not go together a line, by incident."""
    lines: list[list[Cell]] = [
        [
            incident.id, each.what, each.stated, each.added,
            joined(f"{part}: {words}" for part, words in each.parts), joined(each.claims),
        ]
        for incident in in_order(lookup.view.incidents)
        for each in incident.sums
    ]  # fmt: skip
    return write_table([each.name for each in SUM_COLUMNS], lines)


def sources_csv(lookup: Lookup) -> str:
    """What became of each source's claims, one family, kind and interest a line."""
    lines: list[list[Cell]] = [
        [
            each.family, each.source, each.kind, each.served, each.incidents, each.confirmed, each.contradicted,
            None if each.low is None else round(each.low, 3), None if each.high is None else round(each.high, 3),
            "yes" if each.counting else None,
        ]
        for each in lookup.view.records
    ]  # fmt: skip
    return write_table([each.name for each in SOURCE_COLUMNS], lines)


def letters_csv(lookup: Lookup) -> str:
    """The letter of each source, given and after its record, by source."""
    lines: list[list[Cell]] = []
    for each in lookup.view.letters:
        source = lookup.sources[each.source]
        lines.append([each.source, source.name, source.family, each.given, each.letter, each.words, source.reason])
    return write_table([each.name for each in LETTER_COLUMNS], lines)
